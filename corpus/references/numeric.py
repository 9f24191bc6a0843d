"""In-text citations by number: "[13, 12]", "[3–5]", and superscripts that the page's text keeps as digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["NumberCited", "find_bracketed", "find_superscripts"]

NumberCited = tuple[int, int, int]
"""Start and end of the citation, and one number of it."""

_NUMBERS = r"\d{1,3}(?:\s?[-–—]\s?\d{1,3})?"
_LOCUS = r"(?:\s?[,;]\s?(?:p\.|pp\.|page|pages|Sec\.|Section|Ch\.|Chapter|Fig\.|Table|Thm\.|Theorem|§)[^\[\]]{1,30})?"
_BRACKETED = re.compile(rf"\[(?:(?:see|cf\.|e\.g\.,?)\s)?(?P<all>{_NUMBERS}(?:\s?[,;]\s?{_NUMBERS}){{0,30}}){_LOCUS}\]")
_NO_CITATION = re.compile(
    r"(?:[∈=×<>≤≥±+*/(]|\b(?:interval|range|ranges|between|scale|vector|shape|size)(?:\s\w+)?)\s*$"
)
_SUPERSCRIPT = re.compile(r"(?<=[a-z]{2})[.,;:)”]?(?P<all>\d{1,3}(?:[,–-]\d{1,3}){0,8})(?=[\s.,;:)]|$)")
_LONGEST_RANGE = 30


def find_bracketed(text: str) -> Iterator[NumberCited]:
    """Every number in square brackets that looks like a citation; intervals and vectors do not."""
    for match in _BRACKETED.finditer(text):
        if not _NO_CITATION.search(text[max(0, match.start() - 24) : match.start()]):
            for number in _each(match["all"]):
                yield match.start(), match.end(), number


def find_superscripts(text: str) -> Iterator[NumberCited]:
    """Digits right behind a word or its punctuation; most such digits are no citation."""
    for match in _SUPERSCRIPT.finditer(text):
        for number in _each(match["all"]):
            yield match.start("all"), match.end("all"), number


def _each(numbers: str) -> Iterator[int]:
    for part in re.split(r"\s?[,;]\s?", numbers):
        ends = [int(end) for end in re.split(r"\s?[-–—]\s?", part)]
        if len(ends) == 2 and 0 < ends[1] - ends[0] <= _LONGEST_RANGE:
            yield from range(ends[0], ends[1] + 1)
        else:
            yield from ends
