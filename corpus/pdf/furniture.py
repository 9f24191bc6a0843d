"""Running heads and feet: the lines that a page repeats from the page before."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.pdf.lines import Line, TypePage

__all__ = ["Edge", "edge_lines", "running_lines"]

_EDGE_DEPTH = 2
"""So many rows at the top and at the bottom of a page are looked at."""
_MOST_ROUNDS = 4
_LEAST_TEXT = 0.6
"""Share of the text that must be left; where more repeats, the pages themselves are alike."""
_SAME_HEIGHT = 4.0
"""Points by which the same running line may move between pages."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A line among the outermost rows of a page."""

    line: Line
    top: bool
    row: int
    """0 for the outermost row."""


def edge_lines(page: TypePage) -> list[Edge]:
    """The lines in the two highest and two lowest rows of a page."""
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
    """By page number, the lines that stand at the same height of at least three pages, numbers aside.

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


def _length(pages: Sequence[TypePage]) -> int:
    return sum(len(line.text) for page in pages for line in page.lines)


def _outermost(pages: Sequence[TypePage]) -> dict[int, list[Line]]:
    """The running lines among the outermost rows."""
    seen: dict[tuple[bool, str], list[Line]] = defaultdict(list)
    for page in pages:
        for edge in edge_lines(page):
            folded = _folded(edge.line.text)
            if folded:
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
    """The text without numbers and spaces; empty where too little is left to recognise it by."""
    folded = re.sub(r"[\d\s]+|\b[ivxlc]+$", "", text).casefold()
    return folded if sum(char.isalpha() for char in folded) >= 4 else ""
