"""Marks that an archive or a conference prints into the margin, and that are no part of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.pdf.lines import Line, TypePage

__all__ = ["ArxivStamp", "take_arxiv_stamp", "without_line_numbers"]

_STAMP = re.compile(
    r"arXiv:\s*(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?"
    r"(?:\s*\[[\w.-]+\])?(?:\s+(?P<day>\d{1,2})\s+(?P<month>[A-Z][a-z]{2})[a-z]*\.?\s+(?P<year>\d{4}))?"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LINE_NUMBER = re.compile(r"\d{1,4}|[SR]\d{1,3}|\d{1,3}[SR]")
_COLUMN_SPREAD = 13.0
"""Points by which the numbers of one column may begin apart, as they have one to four digits."""
_FEWEST_LINE_NUMBERS = 15
"""So many numbered lines on a page are the line numbers of a submission and no table."""


@dataclass(frozen=True, slots=True)
class ArxivStamp:
    """What arXiv prints along the left margin of page 1."""

    identifier: str
    """Without version: ``1601.03313``."""
    date: str
    """ISO date of the version, or empty."""


def take_arxiv_stamp(pages: Sequence[TypePage]) -> tuple[tuple[TypePage, ...], ArxivStamp | None]:
    """The pages without arXiv's stamp on the first of them, and what it says."""
    if not pages:
        return tuple(pages), None
    for line in pages[0].lines:
        match = _STAMP.fullmatch(line.text)
        if match and (line.turned or match["year"]):
            return (pages[0].without([line]), *pages[1:]), ArxivStamp(match["id"], _iso(match))
        # Without line breaks of its own the stamp ends up in the line drawn before or after it.
        inside = _STAMP.search(line.text)
        if inside and inside["year"] and (inside.start() == 0 or inside.end() == len(line.text)):
            rest = (line.text[: inside.start()] + line.text[inside.end() :]).strip()
            kept = tuple(replace(line, text=rest) if other is line else other for other in pages[0].lines)
            return (replace(pages[0], lines=kept), *pages[1:]), ArxivStamp(inside["id"], _iso(inside))
    return tuple(pages), None


def _iso(match: re.Match[str]) -> str:
    if not match["year"] or match["month"] not in _MONTHS:
        return ""
    return f"{match['year']}-{_MONTHS.index(match['month']) + 1:02d}-{int(match['day']):02d}"


def without_line_numbers(pages: Sequence[TypePage]) -> tuple[TypePage, ...]:
    """The pages without the numbers that a submission or a proof prints beside every line of most pages."""
    columns = {page.number: _number_columns(page) for page in pages}
    filled = [page for page in pages if page.lines]
    if sum(bool(columns[page.number]) for page in filled) < max(1, len(filled) // 2):
        columns = {number: [line for line in lines if _padded(lines)] for number, lines in columns.items()}
    return tuple(page.without(columns[page.number]) for page in pages)


def _padded(lines: Sequence[Line]) -> bool:
    """Whether numbers of few digits are filled up with zeros, as only line numbers are."""
    return sum(line.text.startswith("0") for line in lines) >= 0.3 * len(lines)


def _number_columns(page: TypePage) -> list[Line]:
    """The lines that are nothing but one in a column of numbers counting up."""
    numbered = [line for line in page.lines if _LINE_NUMBER.fullmatch(line.text)]
    dropped: list[Line] = []
    while numbered:
        edge = numbered[0].x
        column = [line for line in numbered if abs(line.x - edge) <= _COLUMN_SPREAD]
        numbered = [line for line in numbered if abs(line.x - edge) > _COLUMN_SPREAD]
        values = [int(line.text.strip("SR")) for line in column]
        if len(column) >= _FEWEST_LINE_NUMBERS and _counts_up(values):
            dropped.extend(column)
    return dropped


def _counts_up(values: Sequence[int]) -> bool:
    steps = [after - before for before, after in pairwise(values)]
    return bool(steps) and sum(step == steps[0] for step in steps) >= 0.9 * len(steps) and steps[0] in (1, 5)
