"""Furniture of a page, which is no part of its text: running heads and feet, arXiv's stamp, line numbers."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.pdf.lines import Line, TypePage
from corpus.text.dates import iso_date
from corpus.text.identifiers import ARXIV_NUMBER

__all__ = ["ArxivStamp", "Edge", "edge_lines", "running_lines", "take_arxiv_stamp", "without_line_numbers"]

_EDGE_DEPTH = 2
"""Number of rows at the top, and at the bottom, of a page that may be furniture."""
_MOST_ROUNDS = 4
_LEAST_TEXT = 0.6
"""Minimum share of the text that must be left; where more repeats, the pages themselves are alike."""
_SAME_HEIGHT = 4.0
"""Points by which the same running line may move between pages."""
_STAMP = re.compile(
    rf"arXiv:\s*(?P<id>{ARXIV_NUMBER})(?:v\d+)?"
    r"(?:\s*\[[\w.-]+\])?(?:\s+(?P<day>\d{1,2})\s+(?P<month>[A-Z][a-z]{2})[a-z]*\.?\s+(?P<year>\d{4}))?"
)
_LINE_NUMBER = re.compile(r"\d{1,4}|[SR]\d{1,3}|\d{1,3}[SR]")
_COLUMN_SPREAD = 13.0
"""Points by which the numbers of one column may begin apart, as they have one to four digits."""
_FEWEST_LINE_NUMBERS = 15
"""Minimum number of numbered lines on a page of a submission; fewer may be a table."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A line among the outermost rows of a page."""

    line: Line
    top: bool
    row: int
    """0 for the outermost row."""


@dataclass(frozen=True, slots=True)
class ArxivStamp:
    """What arXiv prints along the left margin of page 1."""

    identifier: str
    """Without version: ``1601.03313``."""
    date: str
    """ISO date of the version, or empty."""


def edge_lines(page: TypePage) -> list[Edge]:
    """Return the lines in the two highest and two lowest rows of a page."""
    upright = sorted((line for line in page.lines if not line.turned), key=lambda line: -line.y)
    rows: list[list[Line]] = []
    for line in upright:
        if rows and rows[-1][0].y - line.y < 2.0:
            rows[-1].append(line)
        else:
            rows.append([line])
    edges = [Edge(line, True, depth) for depth, row in enumerate(rows[:_EDGE_DEPTH]) for line in row]
    low = rows[max(_EDGE_DEPTH, len(rows) - _EDGE_DEPTH) :]
    edges.extend(Edge(line, False, len(low) - 1 - depth) for depth, row in enumerate(low) for line in row)
    return edges


def running_lines(pages: Sequence[TypePage]) -> dict[int, list[Line]]:
    """Return, by page number, the lines that stand at the same height of at least three pages, numbers aside.

    In a file of two or three pages two are enough. Rows behind a running line are looked at in turn. Where most of
    the text repeats, nothing is furniture.
    """
    running: dict[int, list[Line]] = defaultdict(list)
    rest = list(pages)
    for _ in range(_MOST_ROUNDS):
        found = _outermost(rest)
        if not found:
            break
        for number, lines in found.items():
            running[number].extend(lines)
        rest = [page.without(found.get(page.number, ())) for page in rest]
    return running if _length(rest) >= _LEAST_TEXT * _length(pages) else {}


def take_arxiv_stamp(pages: Sequence[TypePage]) -> tuple[tuple[TypePage, ...], ArxivStamp | None]:
    """Return the pages without arXiv's stamp on the first of them, and what it says."""
    for line in pages[0].lines if pages else ():
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


def without_line_numbers(pages: Sequence[TypePage]) -> tuple[TypePage, ...]:
    """Return the pages without the numbers that a submission or a proof prints beside every line of most pages."""
    columns = {page.number: _number_columns(page) for page in pages}
    filled = [page for page in pages if page.lines]
    if sum(bool(columns[page.number]) for page in filled) < max(1, len(filled) // 2):
        # Only line numbers of few digits are filled up with zeros.
        padded = {number: sum(line.text.startswith("0") for line in lines) for number, lines in columns.items()}
        columns = {number: lines if padded[number] >= 0.3 * len(lines) else [] for number, lines in columns.items()}
    return tuple(page.without(columns[page.number]) for page in pages)


def _length(pages: Sequence[TypePage]) -> int:
    return sum(len(line.text) for page in pages for line in page.lines)


def _outermost(pages: Sequence[TypePage]) -> dict[int, list[Line]]:
    """Return the running lines among the outermost rows."""
    seen: dict[tuple[bool, str], list[Line]] = defaultdict(list)
    for page in pages:
        for edge in edge_lines(page):
            if folded := _folded(edge.line.text):
                seen[edge.top, folded].append(edge.line)
    enough = 2 if len(pages) <= 3 else 3
    running: dict[int, list[Line]] = defaultdict(list)
    for lines in seen.values():
        for line in lines:
            level = {other.page for other in lines if abs(other.y - line.y) <= _SAME_HEIGHT}
            if len(level) >= enough:
                running[line.page].append(line)
    return running


def _folded(text: str) -> str:
    """Return the text without numbers and spaces; empty where too little is left to recognise it by."""
    folded = re.sub(r"[\d\s]+|\b[ivxlc]+$", "", text).casefold()
    return folded if sum(char.isalpha() for char in folded) >= 4 else ""


def _iso(match: re.Match[str]) -> str:
    return iso_date(f"{match['day']} {match['month']} {match['year']}") or "" if match["year"] else ""


def _number_columns(page: TypePage) -> list[Line]:
    """Return the lines that are nothing but one in a column of numbers counting up."""
    numbered = [line for line in page.lines if _LINE_NUMBER.fullmatch(line.text)]
    dropped: list[Line] = []
    while numbered:
        edge = numbered[0].x
        column = [line for line in numbered if abs(line.x - edge) <= _COLUMN_SPREAD]
        numbered = [line for line in numbered if abs(line.x - edge) > _COLUMN_SPREAD]
        steps = [after - before for before, after in pairwise(int(line.text.strip("SR")) for line in column)]
        counts_up = bool(steps) and steps[0] in (1, 5) and steps.count(steps[0]) >= 0.9 * len(steps)
        if len(column) >= _FEWEST_LINE_NUMBERS and counts_up:
            dropped.extend(column)
    return dropped
