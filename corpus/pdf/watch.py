"""The watch over pages: which are left out, how long each may take, and which one is being read just now."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

__all__ = ["LongFile", "PageLost", "PageWatch"]

_AGAIN = 0.5
"""Seconds after which the alarm rings again, should a library have swallowed it."""


class PageLost(Exception):
    """A page is left out, or took longer than it may; it costs only its own text."""


class LongFile(Exception):
    """The file has more pages than are to be read at once; it is read in portions."""

    def __init__(self, pages: int) -> None:
        super().__init__(f"{pages} pages")
        self.pages = pages
        """How many it has."""


class PageWatch:
    """Watches the reading of one file, page by page.

    A page that ends the whole process cannot say so any more. Its number therefore stands in ``trace`` while it is
    read, and whoever waits for the process reads the file again without that page.
    """

    def __init__(
        self,
        *,
        skipped: Iterable[int] = (),
        seconds: float = 0.0,
        trace: Path | None = None,
        most_pages: int | None = None,
    ) -> None:
        self._skipped = frozenset(skipped)
        self._seconds = seconds
        """Processor time that a page may take; 0 for no limit. Kept in the main thread of a process only."""
        self._trace = trace
        self._most_pages = most_pages

    def check_length(self, pages: int) -> None:
        """See to it that a whole file is not too long to be read at once.

        Raises:
            LongFile: it has more pages than that.
        """
        if self._most_pages is not None and pages > self._most_pages:
            raise LongFile(pages)

    @contextmanager
    def over(self, number: int) -> Iterator[None]:
        """Watch over the reading of page ``number``.

        Raises:
            PageLost: the page is one to leave out, or its time is up.
        """
        if number in self._skipped:
            raise PageLost(f"page {number} is left out")
        self._note(str(number))
        if not self._seconds or sys.platform == "win32":
            yield
            return
        before = signal.signal(signal.SIGPROF, _ring)
        signal.setitimer(signal.ITIMER_PROF, self._seconds, _AGAIN)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)

    def finished(self) -> None:
        """All pages are read; what goes wrong from now on is no page's fault."""
        self._note("")

    def _note(self, text: str) -> None:
        if self._trace is not None:
            self._trace.write_text(text, "ascii")


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise PageLost("the page took too long")
