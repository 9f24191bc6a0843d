"""The two streams: data on standard output, talk on standard error. Nothing else writes to either."""

from __future__ import annotations

import enum
import json
import shutil
import sys
import textwrap
from collections.abc import Callable
from time import monotonic
from typing import Any

from corpus.text.repair import strip_controls

__all__ = ["ExitCode", "Progress", "emit", "emit_json", "paragraph", "talk"]


_SECONDS_BETWEEN_LINES = 10.0


class ExitCode(enum.IntEnum):
    """How a command ended."""

    DONE = 0
    SOME_FAILED = 1
    USAGE = 2
    LIBRARY = 3
    SERVICE = 4


def emit(text: str = "") -> None:
    """A line of data; control characters of documents never reach the terminal."""
    sys.stdout.write(_safe(text) + "\n")


def emit_json(data: Any) -> None:
    """Data for programs."""
    json.dump(data, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def talk(text: str) -> None:
    """A line for the person at the terminal."""
    sys.stderr.write(_safe(text) + "\n")
    sys.stderr.flush()


def paragraph(text: str, indent: str = "", width: int = 96) -> str:
    """``text`` wrapped and indented."""
    return textwrap.fill(
        " ".join(text.split()),
        width=min(width, shutil.get_terminal_size((width, 24)).columns),
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )


class Progress:
    """A line on standard error that is rewritten on a terminal, and elsewhere (a log) printed now and then."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._live = sys.stderr.isatty()
        self._shown = False
        self._clock = clock
        self._last = clock()

    def show(self, text: str) -> None:
        """Replace the line; without a terminal, print one if the last is long ago."""
        now = self._clock()
        if self._live:
            width = shutil.get_terminal_size((100, 24)).columns - 1
            sys.stderr.write(f"\r\x1b[2K{_safe(text)[:width]}")
            sys.stderr.flush()
            self._shown = True
        elif now - self._last >= _SECONDS_BETWEEN_LINES:
            talk(text)
            self._last = now

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
            self._shown = False


def _safe(text: str) -> str:
    return strip_controls(text).encode("utf-8", "replace").decode("utf-8")
