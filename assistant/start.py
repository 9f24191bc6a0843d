"""The command ``loccit``: the command line, which without a command hands over to the terminal UI."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.workspace import Workspace

__all__ = ["main"]


def main() -> None:
    """Run ``loccit`` with the process's arguments and exit with its code."""
    from assistant.cli.commands import run

    run(_open_screen)


def _open_screen(workspace: Workspace) -> None:
    from assistant.tui import run

    run(workspace)
