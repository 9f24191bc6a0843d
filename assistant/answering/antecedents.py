"""Sentences that lean on the one before: a pronoun whose noun stands there."""

from __future__ import annotations

import re
from bisect import bisect_left

from corpus.model import Document, Span

__all__ = ["leans", "with_antecedent"]

_MAX_WORDS = 80
"""Of both sentences together; a longer quotation is no help to a reader."""
_LINK = r"(?:(?:however|thus|therefore|moreover|furthermore|hence|also|instead|similarly|finally|yet|still|then|in turn|in addition|as a result|for example|for instance|on the other hand)[,\s]+)?"  # noqa: E501
_LEANING = re.compile(
    rf"^[“\"(]?{_LINK}(?:it|they|he|she|its|their|his|her|these|those|both|such|the (?:former|latter|same|two)"
    r"|this(?!\s+(?:paper|work|article|study|survey|essay|report|section|chapter|thesis|appendix|review|year|table"
    r"|figure)\b)|that(?=\s+(?:is|was|means)\b))\b",
    re.IGNORECASE,
)


def leans(sentence: str) -> bool:
    """Whether the sentence begins with a word whose meaning stands in the sentence before.

    >>> leans("It was trained on 547 hours."), leans("This paper presents a corpus.")
    (True, False)
    """
    return _LEANING.match(sentence) is not None


def with_antecedent(document: Document, span: Span) -> Span | None:
    """``span`` with the sentence before it, where both stand in one block and stay short together.

    None where there is no such sentence, or where that one leans as well.
    """
    position = bisect_left(document.sentences, span.start, key=lambda sentence: sentence.start)
    block = next((b for b in document.blocks if b.start <= span.start < b.end), None)
    if not position or block is None or document.sentences[position - 1].start < block.start:
        return None
    previous = document.sentences[position - 1]
    joined = Span(previous.start, span.end)
    short = len(joined.within(document.text).split()) <= _MAX_WORDS
    return joined if short and not leans(previous.within(document.text)) else None
