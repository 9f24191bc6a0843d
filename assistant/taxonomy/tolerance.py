"""The tolerant reading of a question that no strict rule has found to speak of the taxonomy.

A question that names two things of the table, such as a model and a part, is read although words are there that the
grammar does not know, as long as the words that are understood cover enough of it and the others ask for nothing else.
"""

from __future__ import annotations

import re

from assistant.taxonomy.mentions import Scan, Sort
from assistant.taxonomy.relevance import YES_NO, asks_else, leftovers, of_a_study, of_other_things, strangers

__all__ = ["anchors", "tolerable"]

_COVERAGE = 0.75
"""The least share of a question's telling words that must be understood, set by hand.

Of 8,218 questions on other things none was wrongly found by it; at 0.6, with looser rules beside it, four were.
"""
_REASONS = re.compile(r"\b(?:because|due\s+to|so\s+that|in\s+order|despite)\b", re.IGNORECASE)
_IMPLYING = re.compile(r"best|worst|strongest|weakest", re.IGNORECASE)
"""Superlatives that imply a column but may mean anything."""
_ALONE = ("weights", "utility", "general")
"""Stages that name a component without a word for code or data."""
_VAGUE = ("open", "public", "?", "N/A", "D2", "C1 D1")
"""Grades in words that are said of many things besides models."""
_ASKED = (
    "how-open", "more-open", "most-open", "least-open", "licence", "components", "compare", "released", "made-by",
    "count", "share", "scale", "categories", "models", "each", "row", "facts", "points",
)  # fmt: skip
_WANTED = re.compile(
    r"(?:\b(?:which|what|whose|how|many|much|of|for|on|with|than|into)|'s|"
    r"\b(?:of|for|on|with|to|by|from|in)\s+(?:the|a|an|its|their))\s+$",
    re.IGNORECASE,
)
"""What stands before a word that is asked for, or that something is asked of."""


def anchors(scan: Scan) -> int:
    """How many kinds of thing of the table a question names: models, parts, levels, columns."""
    stages = scan.of(Sort.STAGE)
    part = bool(stages and scan.of(Sort.MATTER)) or any(item.value in _ALONE for item in stages)
    named = bool(scan.of(Sort.MODEL, Sort.FAMILY, Sort.DEVELOPER))
    told = bool(scan.of(Sort.FIELD) or _measured(scan))
    tabled = scan.has("models", "each") and bool(scan.of(Sort.SUPERLATIVE, Sort.DATE, Sort.GRADE))
    return part + _levelled(scan) + named + told + tabled


def tolerable(scan: Scan) -> bool:
    """Whether a question may be read although it holds words that the grammar does not know."""
    if scan.of(Sort.DISCOURSE, Sort.FOREIGN) or strangers(scan) or anchors(scan) < 2:
        return False
    if asks_else(scan) or of_other_things(scan) or (of_a_study(scan) and not (scan.of(Sort.MODEL) or _levelled(scan))):
        return False
    rest = leftovers(scan)
    if _REASONS.search(scan.text) or (rest and (not _exact(scan) or YES_NO.match(scan.text))):
        return False
    if any((word[0].isupper() and start > 0) or _WANTED.search(scan.text[:start]) for word, start in rest):
        return False
    cues = {item.value for item in scan.of(Sort.CUE)} & set(_ASKED)
    understood = len([item for item in scan.mentions if item.sort not in (Sort.FILLER, Sort.CUE)]) + len(cues)
    return understood / (understood + len(rest)) >= _COVERAGE


def _measured(scan: Scan) -> bool:
    """Whether a superlative names its column, ``most cited``."""
    return any(" " in item.value and not _IMPLYING.fullmatch(item.text) for item in scan.of(Sort.SUPERLATIVE))


def _exact(scan: Scan) -> bool:
    """Whether a level or its words are said of a part, and of no single model."""
    return not scan.of(Sort.MODEL, Sort.FAMILY, Sort.DEVELOPER) and _levelled(scan)


def _levelled(scan: Scan) -> bool:
    return bool(scan.of(Sort.LEVEL)) or any(item.value not in _VAGUE for item in scan.of(Sort.GRADE))
