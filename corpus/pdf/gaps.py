"""Wide gaps inside a line, as between the names of two authors; a reader's text shows them as one space."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import Any

__all__ = ["GapFinder", "wide_gaps"]

_SPACE = -150.0
"""Thousandths of the type size; a shift at least so far is a space, any smaller one is kerning."""
_WIDE = -900.0
"""A shift so far is no space between words of one phrase, unless the line is stretched."""
_STRETCH = 2.5
_GAP = "\x1f"


class GapFinder:
    """Collects the words on both sides of each wide gap, while the operators of a page go by."""

    def __init__(self) -> None:
        self.gaps: set[tuple[str, str]] = set()
        """Last word before and first word after each gap."""

    def visit(self, operator: bytes, operands: list[Any], _cm: list[float], _tm: list[float]) -> None:
        """See one operator; ``TJ`` alone moves inside a line."""
        if operator != b"TJ" or not operands or not isinstance(operands[0], list):
            return
        pieces = operands[0]
        shifts = [float(piece) for piece in pieces if isinstance(piece, int | float) and piece <= _SPACE]
        if not shifts or min(shifts) > _WIDE:
            return
        wide = min(_WIDE, _STRETCH * median(shifts)) if len(shifts) > 2 else _WIDE
        text = "".join(_shown(piece, wide) for piece in pieces)
        for left, right in pairwise(text.split(_GAP)):
            if left.split() and right.split():
                self.gaps.add((left.split()[-1], right.split()[0]))


def _shown(piece: Any, wide: float) -> str:
    """A piece of text as far as it is ASCII, or the space or gap that a shift makes."""
    if isinstance(piece, int | float):
        return _GAP if piece <= wide else " " if piece <= _SPACE else ""
    text = piece.decode("latin-1") if isinstance(piece, bytes) else str(piece)
    return text if text.isascii() and text.isprintable() else "?"


def wide_gaps(lines: Iterable[Sequence[tuple[str, float, float]]]) -> frozenset[tuple[str, str]]:
    """The words on both sides of each wide gap; a word has its text, left and right edge, in type sizes."""
    found: set[tuple[str, str]] = set()
    for words in lines:
        gaps = [(after[1] - before[2], before[0], after[0]) for before, after in pairwise(words)]
        spaces = [-1000 * gap for gap, _, _ in gaps if -1000 * gap <= _SPACE]
        if not spaces:
            continue
        wide = min(_WIDE, _STRETCH * median(spaces)) if len(spaces) > 2 else _WIDE
        found.update((left, right) for gap, left, right in gaps if -1000 * gap <= wide)
    return frozenset(found)
