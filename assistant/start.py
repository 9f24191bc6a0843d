"""The command ``loccit``: the command line, which without a command hands over to the terminal UI."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.workspace import Workspace

__all__ = ["collect_seldom", "main"]

_ALLOCATIONS = 50_000
"""Of tracked objects, net, before the youngest are looked through."""


def main() -> None:
    """Run ``loccit`` with the process's arguments and exit with its code."""
    from assistant.cli.application import run

    collect_seldom()
    run(_open_screen)


def collect_seldom() -> None:
    """Let Python look for reference cycles less often.

    A document in memory is tens of thousands of small objects, none of them in a cycle; by default Python walks over
    all of them about once a question, which then takes 100 ms longer.
    """
    gc.set_threshold(_ALLOCATIONS, 20, 20)


def _open_screen(workspace: Workspace) -> None:
    from assistant.tui import run

    run(workspace)
