"""The command line: a thin front over `assistant.workspace`."""

from __future__ import annotations

__all__ = ["main"]


def main() -> None:
    """Run ``loccit`` with the process's arguments and exit with its code."""
    from assistant.cli.commands import run

    run()
