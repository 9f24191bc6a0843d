"""Two columns whose lines the file draws by turns, left, right, left, right: told by the gutter, and put in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from corpus.pdf.lines import Fragment, estimated_width

__all__ = ["untangled"]

Row = list[Fragment]

_FEWEST_ROWS = 10
_LEAST_SHARE = 0.4
"""Share of the rows of a page that must cross the gutter by turns."""
_SAME_HEIGHT = 2.0
_SAME_EDGE = 2.0
_LEAST_GAP = 0.8
"""The gutter is at least so many type sizes wide, as far as widths can be estimated."""
_OVERSHOOT = 0.12
"""Share of its width by which a line of the left column may seem to reach over the gutter, as widths are estimates."""
_PROSE_WORDS = 4
_PROSE_LOWER = 0.3
"""So many lines of running text begin inside a sentence; cells of a table do not."""


def untangled(rows: Sequence[Row]) -> list[Row]:
    """The rows of a page in drawing order; those of interleaved columns cut at the gutter, left column first.

    A row that spans the gutter stays between what stands above and below it. Other pages stay as they are.
    """
    inked = [row for row in rows if _text(row)]
    if len(inked) < _FEWEST_ROWS:
        return list(rows)
    gutter = _gutter(inked)
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


def _gutter(rows: Sequence[Row]) -> float | None:
    """Where the right column begins, if the rows change columns by turns and hold running text."""
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
    """What stands side by side at one height, drawn one after the other: in one row, or in two."""
    for row in rows:
        for place in range(1, len(row)):
            if _apart(row[:place], row[place:]):
                yield row[:place], row[place:]
    for above, row in pairwise(rows):
        if abs(above[0].y - row[0].y) <= _SAME_HEIGHT and _apart(above, row):
            yield above, row


def _apart(left: Row, right: Row) -> bool:
    """Whether a gap as wide as a gutter is between them."""
    return bool(_text(left) and _text(right)) and right[0].x - _right(left) > _LEAST_GAP * right[0].size


def _cut(row: Row, gutter: float) -> tuple[Row, Row | None]:
    """The parts of a row on both sides of the gutter; the row alone where it does not cross it at a gap."""
    for place in range(1, len(row)):
        over = _right(row[:place]) - gutter
        if row[place - 1].x < gutter <= row[place].x and over <= _OVERSHOOT * (gutter - row[0].x):
            return row[:place], row[place:]
    return row, None


def _right(row: Row) -> float:
    """Estimated right edge of a row."""
    return max(fragment.x + estimated_width(fragment.text.rstrip(), fragment.size) for fragment in row)


def _text(row: Row) -> str:
    return "".join(fragment.text for fragment in row).strip()
