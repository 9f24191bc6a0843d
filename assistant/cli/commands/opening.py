"""The library that the global option chose, opened for one command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.output import talk

if TYPE_CHECKING:
    from assistant.workspace import Workspace

__all__ = ["choose", "chosen", "has_library", "opened"]


class _Choice:
    library: Path | None = None


def choose(library: Path | None) -> None:
    """Let every command of this process work on the library in that folder; None chooses the default one."""
    _Choice.library = library


def chosen() -> Path | None:
    """The chosen folder; None for the default library."""
    return _Choice.library


def has_library() -> bool:
    """Whether there is a library to open."""
    from assistant.places import default_library

    return ((_Choice.library or default_library()) / "library.db").exists()


@contextmanager
def opened(*, starter: bool = False) -> Iterator[Workspace]:
    """The chosen library; with ``starter``, the default one gets its starter documents on its first start."""
    from assistant.workspace import Workspace

    with Workspace.open(_Choice.library) as workspace:
        if starter:
            _install_starter(workspace)
        yield workspace
        # Where the command has failed because of it, its error says so.
        if workspace.read_only:
            talk(f"The library is read-only: nothing can be written to {workspace.path}")


def _install_starter(workspace: Workspace) -> None:
    from corpus.errors import ModelError

    try:
        if workspace.starter.install():
            talk("First start: the starter library, four short briefs, was added (loccit remove --starter drops it)")
    except ModelError as error:
        # What was asked for may not need the model.
        talk(f"The starter library was not added. {error}")
