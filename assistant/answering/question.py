"""What a question asks for, as far as its words tell."""

from __future__ import annotations

import re

__all__ = ["asks_for_quantity"]

_QUANTITY = re.compile(
    r"\bhow (?:many|much|large|long|big|often|accurate|fast)\b"
    r"|\b(?:accuracy|percentages?|percent|scores?|sizes?|rates?|number|f1|bleu|rouge|kappa|perplexity)\b",
    re.IGNORECASE,
)


def asks_for_quantity(question: str) -> bool:
    """Whether the answer should hold a figure.

    >>> asks_for_quantity("How many hours of audio are there?"), asks_for_quantity("Who wrote it?")
    (True, False)
    """
    return _QUANTITY.search(question) is not None
