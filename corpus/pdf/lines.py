"""A line of type as it stands on a page: its characters, its place, its size and its weight."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from corpus.text.characters import normalise

__all__ = ["Fragment", "Line", "TypePage", "assemble_lines", "body_size", "estimated_width", "rows_of"]

_NARROW = frozenset("iljtfrI.,;:'`|!()[]/ ’‘-")
_INVISIBLE = re.compile("[\u200b\u200c\u2060\ufeff]")
_ALL_BOLD = 0.86
_WIDE = frozenset("mwMW—%@")


@dataclass(frozen=True, slots=True)
class Fragment:
    """A run of characters set in one font; lengths in points of the page's own coordinates."""

    text: str
    x: float
    y: float
    size: float
    bold: bool = False
    turn: int = 0
    """Degrees by which the run is turned from upright: 0, 90, 180 or 270."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of type; ``x`` and ``y`` are where its first character stands, in points."""

    text: str
    page: int
    """Position of the page in the file, from 1."""
    x: float
    y: float
    size: float
    """Type size of most of its characters, in points."""
    bold: bool = False
    """Whether nearly all of it is bold, not only the words that open it."""
    turned: bool = False
    """Whether the line runs another way than most of its page, as a stamp in the margin does."""
    lead_raised: bool = False
    """Whether the line begins with a superscript, as a footnote does."""
    tail_raised: int = 0
    """How many characters at its end are a superscript, as a footnote mark is."""

    @property
    def width(self) -> float:
        """Estimated width in points; the file itself does not say it."""
        return estimated_width(self.text, self.size)

    @property
    def right(self) -> float:
        """Estimated right edge, in points."""
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class TypePage:
    """The lines of one page in the order in which the file draws them."""

    number: int
    lines: tuple[Line, ...]
    gaps: frozenset[tuple[str, str]] = frozenset()
    """The words on both sides of each wide gap inside a line, as far as they are known."""

    def without(self, dropped: Iterable[Line]) -> TypePage:
        """This page without the given lines, which are told apart by identity."""
        gone = {id(line) for line in dropped}
        return replace(self, lines=tuple(line for line in self.lines if id(line) not in gone))

    def with_texts(self, change: Callable[[str], str]) -> TypePage:
        """This page with every line's text changed."""
        return replace(self, lines=tuple(replace(line, text=change(line.text)) for line in self.lines))


def rows_of(fragments: Iterable[Fragment]) -> list[list[Fragment]]:
    """The fragments, in drawing order and with line feeds in their texts, a list for each row."""
    rows: list[list[Fragment]] = [[]]
    for fragment in fragments:
        for position, piece in enumerate(fragment.text.split("\n")):
            if position:
                rows.append([])
            if piece:
                rows[-1].append(replace(fragment, text=piece))
    return rows


def assemble_lines(rows: Sequence[Sequence[Fragment]], page: int) -> tuple[Line, ...]:
    """The lines of type that the rows of a page make up."""
    upright = _main_turn(fragment for row in rows for fragment in row)
    return tuple(_rejoined(line for row in rows for line in _line_of(row, page, upright)))


def _rejoined(lines: Iterable[Line]) -> list[Line]:
    """The lines with those put together that stand on one baseline and touch, as runs in two fonts may."""
    whole: list[Line] = []
    for line in lines:
        last = whole[-1] if whole else None
        if last is None or not _touch(last, line):
            whole.append(line)
            continue
        longer = max(last, line, key=lambda part: len(part.text))
        space = " " if line.x - last.right > -0.05 * last.width and line.text[0] not in ".,;:)" else ""
        whole[-1] = replace(
            last, text=last.text + space + line.text, size=longer.size, bold=longer.bold, tail_raised=line.tail_raised
        )
    return whole


def _touch(left: Line, right: Line) -> bool:
    reach = max(0.12 * left.width, 0.4 * left.size)
    return (
        left.turned == right.turned
        and abs(left.y - right.y) < 0.1 * left.size
        and abs(left.size - right.size) < 0.2 * left.size
        and abs(right.x - left.right) < reach
    )


def estimated_width(text: str, size: float) -> float:
    """The width of a text in points, as most fonts of that size would set it."""
    narrow = sum(1 for char in text if char in _NARROW)
    wide = sum(1 for char in text if char in _WIDE)
    capitals = sum(1 for char in text if char.isupper())
    plain = len(text) - narrow - wide
    return size * (0.29 * narrow + 0.82 * wide + 0.48 * plain + 0.17 * capitals)


def body_size(pages: Iterable[TypePage]) -> float:
    """The type size of most characters, in points; 10 where there is no text."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            if not line.turned:
                sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _main_turn(fragments: Iterable[Fragment]) -> int:
    turns: Counter[int] = Counter()
    for fragment in fragments:
        turns[fragment.turn] += len(fragment.text.strip())
    return turns.most_common(1)[0][0] if turns else 0


def _line_of(row: Sequence[Fragment], page: int, upright: int) -> list[Line]:
    """The line that one row of fragments makes, or none where it is blank."""
    text = re.sub(r"\s+", " ", normalise(_INVISIBLE.sub("", _joined(row)))).strip()
    if not text:
        return []
    inked = [fragment for fragment in row if fragment.text.strip()]
    if not inked:
        return []
    weights: Counter[float] = Counter()
    for fragment in inked:
        weights[round(fragment.size, 2)] += len(fragment.text.strip())
    size = weights.most_common(1)[0][0]
    bold = sum(len(fragment.text.strip()) for fragment in inked if fragment.bold) >= _ALL_BOLD * weights.total()
    first = inked[0]
    main = [fragment for fragment in inked if round(fragment.size, 2) == size]
    baseline = median(fragment.y for fragment in main)

    def is_raised(fragment: Fragment) -> bool:
        return len(inked) > 1 and fragment.size < 0.85 * size and fragment.y > baseline + 0.1 * size

    tail = len(inked[-1].text.strip()) if is_raised(inked[-1]) else 0
    return [Line(text, page, first.x, baseline, size, bold, first.turn != upright, is_raised(first), tail)]


def _joined(row: Sequence[Fragment]) -> str:
    """The text of a row; false gaps inside words set in capitals and small capitals are closed."""
    text = ""
    previous: Fragment | None = None
    for fragment in row:
        piece = fragment.text
        if previous is not None and _small_capitals_follow(previous, fragment):
            text = text.rstrip()
            piece = piece.lstrip()
        text += piece
        if piece.strip():
            previous = fragment
    return text


def _small_capitals_follow(before: Fragment, after: Fragment) -> bool:
    """Whether ``after`` goes on in small capitals with the word whose large initial ends ``before``."""
    head, tail = before.text.rstrip(), after.text.lstrip()
    return (
        0.6 * before.size < after.size < 0.92 * before.size
        and abs(after.y - before.y) < 0.05 * before.size
        and re.search(r"(?:^|[^\w])[A-Z]$", head) is not None
        and re.match(r"[A-Z]{2,}|[A-Z]\b", tail) is not None
        and not (len(before.text) > len(head) and len(after.text) > len(tail))
    )
