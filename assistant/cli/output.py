"""The two output streams: data on standard output, messages on standard error. No other module writes to either."""

import enum
import json
import shutil
import sys
import textwrap
from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic
from typing import Any

__all__ = ["ExitCode", "ProgressLine", "counted", "emit", "emit_json", "moment", "paragraph", "talk"]

_SECONDS_BETWEEN_LINES = 10.0


class ExitCode(enum.IntEnum):
    """How a command ended."""

    DONE = 0
    SOME_FAILED = 1
    USAGE = 2
    LIBRARY = 3
    SERVICE = 4


def emit(text: str = "") -> None:
    """Write a line of data, without the control characters that documents may contain."""
    sys.stdout.write(_safe(text) + "\n")


def emit_json(data: Any) -> None:
    """Write data for programs."""
    json.dump(data, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def talk(text: str) -> None:
    """Write a message to the person at the terminal."""
    sys.stderr.write(_safe(text) + "\n")
    sys.stderr.flush()


def paragraph(text: str, indent: str = "", width: int = 96) -> str:
    """Wrap and indent ``text``."""
    return textwrap.fill(
        " ".join(text.split()),
        width=min(width, shutil.get_terminal_size((width, 24)).columns),
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )


def counted(number: int, noun: str) -> str:
    """Put a number before its noun: ``1 document``, ``2 documents``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def moment(seconds: float) -> str:
    """Format seconds since 1970 for programs, in ISO 8601 and UTC."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


class ProgressLine:
    """One line on standard error: rewritten in place on a terminal, printed every ten seconds into a log."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._live = sys.stderr.isatty()
        self._shown = False
        self._clock = clock
        self._last = clock()

    def show(self, text: str) -> None:
        """Replace the line on a terminal; elsewhere print it if the last one is ten seconds old."""
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
        """Erase the line."""
        if self._shown:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
            self._shown = False


def _safe(text: str) -> str:
    from corpus.text.repair import strip_controls  # its tables would slow ``loccit --help`` down

    return strip_controls(text).encode("utf-8", "replace").decode("utf-8")
