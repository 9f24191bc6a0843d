"""Lines of type as they stand on a page: characters, place, size and weight, assembled from runs in one font each.

An engine gives `Fragment`s; `assemble_lines` makes `Line`s of them. Kept separately are wide gaps, as between the names
of two authors, and accents that TeX draws as characters of their own (``Strakov´a`` for ``Straková``).
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from statistics import median
from typing import Any

from corpus.text.repair import normalise

__all__ = [
    "Fragment",
    "GapFinder",
    "Line",
    "TypePage",
    "assemble_lines",
    "commonest_size",
    "compose_accents",
    "estimated_width",
    "rows_of",
    "sets_accents_apart",
    "wide_gaps",
]

_NARROW = frozenset("iljtfrI.,;:'`|!()[]/ ’‘-")
_WIDE = frozenset("mwMW—%@")
_INVISIBLE = re.compile("[\u200b\u200c\u2060\ufeff]")
_ALL_BOLD = 0.86
"""Minimum share of bold characters in a bold line."""

_SPACE = -150.0
"""Minimum shift, in thousandths of the type size, that is a space; any smaller one is kerning."""
_WIDE_SHIFT = -900.0
"""Minimum shift between words that do not belong to one phrase, unless the line is stretched."""
_STRETCH = 2.5
"""Minimum ratio of a wide gap to the median space of a line that has several."""
_GAP = "\x1f"

_COMBINING = dict(zip("´`¨ˆ˜ˇ˘˚˙˝", "\u0301\u0300\u0308\u0302\u0303\u030c\u0306\u030a\u0307\u030b", strict=True))
_BEFORE = re.compile(r"(?<![/~])([´¨ˆ˜ˇ˘˚˙˝])([A-Za-zı])(?!´)|(?<=[^\W\d_])(`)([aeiouAEIOU])")
_POSSESSIVE = re.compile(r"[^\W\d_]´[st](?![^\W\d_])")
_CEDILLA = re.compile(r"(?<![/~])([cCsS])¸")

# Behind the last letter of a word: the accent was drawn after it. A word that also begins with one is in quotes.
_BEHIND = re.compile(r"(?<![\w´])([^\W\d_]{2,}[aeiou])([´¨ˆ˜])(?![^\W_])")
_TEX = re.compile(r"tex|dvi", re.IGNORECASE)


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

    @classmethod
    def placed(cls, text: str, x: float, y: float, across: tuple[float, float], size: float, bold: bool) -> "Fragment":
        """Return a run that begins at ``(x, y)`` of the page and runs along the vector ``across``."""
        turn = round(math.degrees(math.atan2(across[1], across[0])) / 90) % 4 * 90 if any(across) else 0
        left, base = {0: (x, y), 90: (y, -x), 180: (-x, -y), 270: (-y, x)}[turn]
        return cls(text, left, base, size, bold, turn)


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

    def without(self, dropped: Iterable[Line]) -> "TypePage":
        """Return this page without the given lines, compared by identity."""
        gone = {id(line) for line in dropped}
        return replace(self, lines=tuple(line for line in self.lines if id(line) not in gone))


def rows_of(fragments: Iterable[Fragment]) -> list[list[Fragment]]:
    """Cut fragments, in drawing order and with line feeds in their texts, into rows."""
    rows: list[list[Fragment]] = [[]]
    for fragment in fragments:
        for position, piece in enumerate(fragment.text.split("\n")):
            if position:
                rows.append([])
            if piece:
                rows[-1].append(replace(fragment, text=piece))
    return rows


def assemble_lines(rows: Sequence[Sequence[Fragment]], page: int) -> tuple[Line, ...]:
    """Make the rows of a page into lines of type; pieces on one baseline that touch are one line."""
    turns: Counter[int] = Counter()
    for fragment in chain.from_iterable(rows):
        turns[fragment.turn] += len(fragment.text.strip())
    upright = turns.most_common(1)[0][0] if turns else 0
    return tuple(_rejoined(line for row in rows for line in _line_of(row, page, upright)))


def estimated_width(text: str, size: float) -> float:
    """Estimate the width of a text in points, as most fonts of that size would set it."""
    narrow = sum(1 for char in text if char in _NARROW)
    wide = sum(1 for char in text if char in _WIDE)
    capitals = sum(1 for char in text if char.isupper())
    plain = len(text) - narrow - wide
    return size * (0.29 * narrow + 0.82 * wide + 0.48 * plain + 0.17 * capitals)


def commonest_size(lines: Iterable[Line], default: float) -> float:
    """Return the type size of most characters in points, ``default`` where there are none."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else default


class GapFinder:
    """Collects the words on both sides of each wide gap, while the operators of a page go by."""

    def __init__(self) -> None:
        self.gaps: set[tuple[str, str]] = set()
        """Last word before and first word after each gap."""

    def visit(self, operator: bytes, operands: list[Any], _cm: list[float], _tm: list[float]) -> None:
        """Note the gaps of one operator; ``TJ`` alone moves inside a line."""
        if operator != b"TJ" or not operands or not isinstance(operands[0], list):
            return
        pieces = operands[0]
        wide = _wide_shift([float(piece) for piece in pieces if isinstance(piece, int | float)])
        text = "".join(_shown(piece, wide) for piece in pieces)
        for left, right in pairwise(text.split(_GAP)):
            if left.split() and right.split():
                self.gaps.add((left.split()[-1], right.split()[0]))


def wide_gaps(lines: Iterable[Sequence[tuple[str, float, float]]]) -> frozenset[tuple[str, str]]:
    """Return the words on both sides of each wide gap; a word has its text, left and right edge, in type sizes."""
    found: set[tuple[str, str]] = set()
    for words in lines:
        gaps = [(-1000 * (after[1] - before[2]), before[0], after[0]) for before, after in pairwise(words)]
        wide = _wide_shift([gap for gap, _, _ in gaps])
        found.update((left, right) for gap, left, right in gaps if gap <= wide)
    return frozenset(found)


def sets_accents_apart(metadata: dict[str, str]) -> bool:
    """Tell whether the file was made by TeX, which alone draws accent and letter one after the other."""
    return any(_TEX.search(metadata.get(name, "")) for name in ("Producer", "Creator", "PTEX.Fullbanner"))


def compose_accents(text: str) -> str:
    """Put every accent that precedes its letter, or ends a word, onto it, where Unicode has that letter.

    >>> compose_accents("Strakov´a, Franc¸ois and the author´s ˆω")
    'Straková, François and the author´s ˆω'
    """
    if text.isascii() and "`" not in text:
        return text
    kept = [match.start() + 1 for match in _POSSESSIVE.finditer(text)]

    def compose(match: re.Match[str]) -> str:
        if match.start() in kept:
            return match[0]
        accent, letter = (match[1], match[2]) if match[1] else (match[3], match[4])
        base = "i" if letter == "ı" else letter
        whole = unicodedata.normalize("NFC", base + _COMBINING[accent])
        return whole if len(whole) == 1 else match[0]

    composed = _CEDILLA.sub(lambda match: unicodedata.normalize("NFC", match[1] + "\u0327"), _BEFORE.sub(compose, text))
    return _BEHIND.sub(lambda match: unicodedata.normalize("NFC", match[1] + _COMBINING[match[2]]), composed)


def _rejoined(lines: Iterable[Line]) -> list[Line]:
    """Join lines that stand on one baseline and touch, as runs in two fonts may."""
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


def _line_of(row: Sequence[Fragment], page: int, upright: int) -> list[Line]:
    """Return the line that one row of fragments makes, or none where it is blank."""
    text = re.sub(r"\s+", " ", normalise(_INVISIBLE.sub("", _joined(row)))).strip()
    inked = [fragment for fragment in row if fragment.text.strip()]
    if not text or not inked:
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
    """Return the text of a row; false gaps inside words set in capitals and small capitals are closed."""
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
    """Tell whether ``after`` continues, in small capitals, the word whose large initial ends ``before``."""
    head, tail = before.text.rstrip(), after.text.lstrip()
    return (
        0.6 * before.size < after.size < 0.92 * before.size
        and abs(after.y - before.y) < 0.05 * before.size
        and re.search(r"(?:^|[^\w])[A-Z]$", head) is not None
        and re.match(r"[A-Z]{2,}|[A-Z]\b", tail) is not None
        and not (len(before.text) > len(head) and len(after.text) > len(tail))
    )


def _wide_shift(shifts: Sequence[float]) -> float:
    """Return the shift from which on a gap of a line is wide; where it has several spaces, by their median."""
    spaces = [shift for shift in shifts if shift <= _SPACE]
    return min(_WIDE_SHIFT, _STRETCH * median(spaces)) if len(spaces) > 2 else _WIDE_SHIFT


def _shown(piece: Any, wide: float) -> str:
    """Return a piece of text if it is ASCII, else a question mark; for a shift the space or gap that it makes."""
    if isinstance(piece, int | float):
        return _GAP if piece <= wide else " " if piece <= _SPACE else ""
    text = piece.decode("latin-1") if isinstance(piece, bytes) else str(piece)
    return text if text.isascii() and text.isprintable() else "?"
