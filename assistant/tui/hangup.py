"""Leaving when the terminal has gone.

A closed window hangs its programs up, but only the first of them is sure to be told: below ``make run`` that is make,
which waits. Textual would go on reading from a terminal that is not there, without end and at full speed.
"""

from __future__ import annotations

import os
from typing import Any

from textual.app import App

__all__ = ["leave_with_terminal"]

_SECONDS = 1.0


def leave_with_terminal(app: App[Any], fileno: int) -> None:
    """End ``app`` once ``fileno``, from which it reads, is no terminal any more; nothing where it never was one."""

    def look() -> None:
        if not os.isatty(fileno):
            app.exit()

    if os.isatty(fileno):
        app.set_interval(_SECONDS, look, name="terminal is there")
