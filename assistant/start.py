"""Entry point of the command ``loccit``: the command line, which opens the terminal UI when no command is given."""

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.workspace import Workspace

__all__ = ["collect_seldom", "main"]

_ALLOCATIONS = 50_000
"""Net allocations before the youngest generation is collected."""


def main() -> None:
    """Run ``loccit`` with the arguments of the process, and exit with its code."""
    from assistant.cli.application import run

    collect_seldom()
    run(_open_screen)


def collect_seldom() -> None:
    """Let Python look for reference cycles less often.

    A document in memory is tens of thousands of small objects, none of them in a cycle. By default Python visits all of
    them about once a question, which takes 100 ms.
    """
    gc.set_threshold(_ALLOCATIONS, 20, 20)


def _open_screen(workspace: "Workspace") -> None:
    from assistant.tui import run

    run(workspace)
