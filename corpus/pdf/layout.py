"""The layout of a document: its body type, its leading, its columns."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.pdf.lines import Line, TypePage, body_size

__all__ = ["Column", "Layout"]

_COLUMN_GAP = 60.0
"""Two columns begin at least so many points apart; anything nearer is an indent."""
_FEWEST_LINES = 4


@dataclass(frozen=True, slots=True)
class Column:
    """A column of body text; edges in points."""

    left: float
    right: float

    @property
    def width(self) -> float:
        """Distance between the edges in points."""
        return self.right - self.left


class Layout:
    """What most of a document's lines have in common.

    Right edges are estimates, because line widths are.
    """

    def __init__(self, pages: Sequence[TypePage]) -> None:
        self.body = body_size(pages)
        """Type size of the body text in points."""
        body_lines = [line for page in pages for line in page.lines if self.is_body_size(line) and not line.turned]
        self.body_bold = sum(line.bold for line in body_lines) > 0.5 * len(body_lines)
        """Whether the body text itself is bold, so that bold type marks nothing."""
        self.leading = _leading(body_lines, self.body)
        """Distance between two lines of body text in points."""
        self._shared = _columns(body_lines)
        by_page: dict[int, list[Line]] = defaultdict(list)
        for line in body_lines:
            by_page[line.page].append(line)
        self._columns = {number: _columns(lines) for number, lines in by_page.items()}

    def is_body_size(self, line: Line) -> bool:
        """Whether a line is set in the size of the body text."""
        return abs(line.size - self.body) <= 0.35

    def column(self, line: Line) -> Column:
        """The column in which a line stands."""
        slack = 0.3 * self.body
        for columns in (self._columns.get(line.page, ()), self._shared):
            inside = [column for column in columns if column.left - slack <= line.x < column.right]
            if inside:
                return max(inside, key=lambda column: column.left)
        return Column(line.x, max(line.right, line.x + 20 * self.body))

    def indent(self, line: Line) -> float:
        """How far a line begins right of its column's left edge, in ems."""
        return (line.x - self.column(line).left) / self.body

    def is_full(self, line: Line) -> bool:
        """Whether a line reaches its column's right edge, as far as widths can be estimated."""
        column = self.column(line)
        return line.right >= column.right - max(0.1 * column.width, 1.5 * self.body)

    def is_short(self, line: Line) -> bool:
        """Whether a line surely ends before its column's right edge."""
        column = self.column(line)
        return line.right < column.right - max(0.18 * column.width, 2 * self.body)

    def gap(self, above: Line, below: Line) -> float:
        """Distance between two lines, 1 being the leading of their size; negative when the second stands higher."""
        return (above.y - below.y) / (self.leading * max(above.size, 0.8 * self.body) / self.body or 1.0)


def _leading(lines: Sequence[Line], body: float) -> float:
    steps = Counter(
        round(above.y - below.y, 1)
        for above, below in pairwise(lines)
        if above.page == below.page and 0.8 * body < above.y - below.y < 2.5 * body
    )
    return steps.most_common(1)[0][0] if steps else 1.2 * body


def _columns(lines: Sequence[Line]) -> tuple[Column, ...]:
    """The columns that begin where at least four lines do; an edge just right of a commoner one is an indent."""
    starts = Counter(round(line.x) for line in lines)
    edges: list[float] = []
    for start, _ in starts.most_common():
        support = sum(starts[start + step] for step in (-1, 0, 1))
        if support >= _FEWEST_LINES and all(abs(start - edge) > _COLUMN_GAP for edge in edges):
            edges.append(start)
    columns: list[Column] = []
    for edge in sorted(edges):
        rights = sorted(line.right for line in lines if abs(line.x - edge) < 2)
        columns.append(Column(edge, rights[int(0.75 * (len(rights) - 1))]))
    return tuple(_untangled(columns))


def _untangled(columns: Sequence[Column]) -> list[Column]:
    """The columns without those that begin inside the lines of another, as lists and displays do."""
    kept: list[Column] = []
    for column in columns:
        if kept and column.left < kept[-1].right - 0.25 * kept[-1].width:
            continue
        kept.append(column)
    return kept
