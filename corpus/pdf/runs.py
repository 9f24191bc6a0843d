"""Runs of characters with exact edges, put into lines: where one ends, and where no space is.

pdfium ends lines and puts spaces by rules of its own: the raised mark of a note stands on a line by itself, and a
heading may go on with the line above it. Where the edges leave no doubt they decide; elsewhere pdfium does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from corpus.pdf.lines import Fragment

__all__ = ["Run", "with_line_ends"]

_ONE_LINE = 0.55
"""Type sizes by which a raised mark stands above its line at most."""
_NEXT_LINE = 0.7
"""Type sizes by which the next line is below at least."""
_TOUCH = 0.5
"""Type sizes; two runs that are no farther apart belong together."""
_NO_SPACE = 0.12
"""Type sizes; a gap that is narrower is none between words."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of characters as pdfium gives it; lengths in points, along the direction of the run."""

    fragment: Fragment
    """Its text has no line end."""
    right: float
    """Where its last character ends."""
    ended: bool = False
    """Whether pdfium ends the line after it."""
    spaced: bool = False
    """Whether the space at its end is pdfium's, and not drawn."""


def with_line_ends(runs: Iterable[Run]) -> Iterator[Fragment]:
    """The fragments of the runs, with line feeds where lines end."""
    before: Run | None = None
    for run in runs:
        if before is not None:
            yield replace(before.fragment, text=_text_before(before, run))
        before = run
    if before is not None:
        yield before.fragment


def _text_before(run: Run, after: Run) -> str:
    """The text of a run with what separates it from the one after it."""
    text = run.fragment.text
    first, second = run.fragment, after.fragment
    size = max(first.size, second.size)
    step, gap = abs(first.y - second.y), second.x - run.right
    if first.turn != second.turn or step > _NEXT_LINE * size:
        return text + "\n"
    if step > _ONE_LINE * size or abs(gap) > _TOUCH * size:
        return text + ("\n" if run.ended else "")
    if gap < _NO_SPACE * size:
        return text[:-1] if run.spaced else text
    return text + (" " if run.ended and not text.endswith(" ") else "")
