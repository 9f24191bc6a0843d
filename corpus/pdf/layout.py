"""The layout of a paper: body type, leading and columns, and rows of two columns put in reading order.

Some files draw the lines of two columns alternately; the gutter between them tells which.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.pdf.lines import Fragment, Line, TypePage, commonest_size, estimated_width

__all__ = ["Layout", "untangle_columns"]

Row = list[Fragment]

_COLUMN_GAP = 60.0
"""Minimum distance between the left edges of two columns in points; anything nearer is an indent."""
_FEWEST_LINES = 4
"""Minimum number of lines that begin at the left edge of a column."""

_FEWEST_ROWS = 10
"""Minimum number of rows that cross the gutter."""
_LEAST_SHARE = 0.4
"""The same as a share of the rows of a page."""
_SAME_HEIGHT = 2.0
_SAME_EDGE = 2.0
_LEAST_GAP = 0.8
"""Minimum width of the gutter in type sizes, as far as widths can be estimated."""
_OVERSHOOT = 0.12
"""Share of its width by which a line of the left column may seem to reach over the gutter, as widths are estimates."""
_PROSE_WORDS = 4
_PROSE_LOWER = 0.3
"""Minimum share of lines that begin inside a sentence, as those of running text do and cells of a table do not."""


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
        self.body = commonest_size((line for page in pages for line in page.lines if not line.turned), 10.0)
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
        """Tell whether a line is set in the size of the body text."""
        return abs(line.size - self.body) <= 0.35

    def column(self, line: Line) -> Column:
        """Return the column in which a line stands."""
        slack = 0.3 * self.body
        for columns in (self._columns.get(line.page, ()), self._shared):
            inside = [column for column in columns if column.left - slack <= line.x < column.right]
            if inside:
                return max(inside, key=lambda column: column.left)
        return Column(line.x, max(line.right, line.x + 20 * self.body))

    def indent(self, line: Line) -> float:
        """Return how far a line begins right of its column's left edge, in ems."""
        return (line.x - self.column(line).left) / self.body

    def is_full(self, line: Line) -> bool:
        """Tell whether a line reaches its column's right edge, as far as widths can be estimated."""
        column = self.column(line)
        return line.right >= column.right - max(0.1 * column.width, 1.5 * self.body)

    def is_short(self, line: Line) -> bool:
        """Tell whether a line certainly ends before its column's right edge."""
        column = self.column(line)
        return line.right < column.right - max(0.18 * column.width, 2 * self.body)

    def gap(self, above: Line, below: Line) -> float:
        """Return the distance between two lines in leadings of their size; negative when the second stands higher."""
        return (above.y - below.y) / (self.leading * max(above.size, 0.8 * self.body) / self.body or 1.0)


def untangle_columns(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of a page in drawing order; those of interleaved columns cut at the gutter, left column first.

    A row that spans the gutter stays between what stands above and below it. Other pages stay as they are.
    """
    inked = [row for row in rows if _text(row)]
    gutter = _gutter(inked) if len(inked) >= _FEWEST_ROWS else None
    if gutter is None:
        return list(rows)
    result: list[Row] = []
    left: list[Row] = []
    right: list[Row] = []
    for row in inked:
        first, second = _cut(row, gutter)
        if second is None and first[0].x < gutter and _right(first) - gutter > _OVERSHOOT * (gutter - first[0].x):
            result += [*left, *right, first]
            left, right = [], []
        elif second is None:
            (left if first[0].x < gutter - _SAME_EDGE else right).append(first)
        else:
            left.append(first)
            right.append(second)
    return [*result, *left, *right]


def _leading(lines: Sequence[Line], body: float) -> float:
    steps = Counter(
        round(above.y - below.y, 1)
        for above, below in pairwise(lines)
        if above.page == below.page and 0.8 * body < above.y - below.y < 2.5 * body
    )
    return steps.most_common(1)[0][0] if steps else 1.2 * body


def _columns(lines: Sequence[Line]) -> tuple[Column, ...]:
    """Find columns where at least four lines begin; an edge just right of a commoner one is an indent.

    A column that would begin inside the lines of another is none, but a list or a display.
    """
    starts = Counter(round(line.x) for line in lines)
    edges: list[float] = []
    for start, _ in starts.most_common():
        support = sum(starts[start + step] for step in (-1, 0, 1))
        if support >= _FEWEST_LINES and all(abs(start - edge) > _COLUMN_GAP for edge in edges):
            edges.append(start)
    columns: list[Column] = []
    for edge in sorted(edges):
        rights = sorted(line.right for line in lines if abs(line.x - edge) < 2)
        column = Column(edge, rights[int(0.75 * (len(rights) - 1))])
        if not columns or column.left >= columns[-1].right - 0.25 * columns[-1].width:
            columns.append(column)
    return tuple(columns)


def _gutter(rows: Sequence[Row]) -> float | None:
    """Return where the right column begins, if the rows alternate between columns and hold running text."""
    pairs = list(_pairs(rows))
    starts = Counter(round(right[0].x) for _, right in pairs)
    if not starts:
        return None
    edge = starts.most_common(1)[0][0]
    crossing = [pair for pair in pairs if abs(pair[1][0].x - edge) <= _SAME_EDGE]
    if len(crossing) < max(_FEWEST_ROWS, _LEAST_SHARE * len(rows)):
        return None
    for side in (0, 1):
        texts = [_text(pair[side]) for pair in crossing]
        if median(len(text.split()) for text in texts) < _PROSE_WORDS:
            return None
        if sum(text[0].islower() for text in texts) < _PROSE_LOWER * len(texts):
            return None
    return edge - _SAME_EDGE


def _pairs(rows: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Yield what stands side by side at one height, drawn one after the other: in one row, or in two."""
    for row in rows:
        for place in range(1, len(row)):
            if _apart(row[:place], row[place:]):
                yield row[:place], row[place:]
    for above, row in pairwise(rows):
        if abs(above[0].y - row[0].y) <= _SAME_HEIGHT and _apart(above, row):
            yield above, row


def _apart(left: Row, right: Row) -> bool:
    """Tell whether a gap as wide as a gutter is between them."""
    return bool(_text(left) and _text(right)) and right[0].x - _right(left) > _LEAST_GAP * right[0].size


def _cut(row: Row, gutter: float) -> tuple[Row, Row | None]:
    """Return the parts of a row on both sides of the gutter; the row alone where it does not cross it at a gap."""
    for place in range(1, len(row)):
        over = _right(row[:place]) - gutter
        if row[place - 1].x < gutter <= row[place].x and over <= _OVERSHOOT * (gutter - row[0].x):
            return row[:place], row[place:]
    return row, None


def _right(row: Row) -> float:
    """Estimate the right edge of a row."""
    return max(fragment.x + estimated_width(fragment.text.rstrip(), fragment.size) for fragment in row)


def _text(row: Row) -> str:
    return "".join(fragment.text for fragment in row).strip()
