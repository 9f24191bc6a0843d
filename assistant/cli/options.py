"""The library that the global option names, opened for one command, and the options that several commands share."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.output import talk

if TYPE_CHECKING:
    from assistant.workspace import Workspace
    from index.filters import Filters

__all__ = [
    "Author",
    "InSection",
    "Json",
    "Kind",
    "Language",
    "Tag",
    "Within",
    "Year",
    "choose",
    "chosen",
    "filters",
    "has_library",
    "opened",
]

Json = Annotated[bool, typer.Option("--json", help="Print data for programs.")]
Within = Annotated[list[str] | None, typer.Option("--in", help="Search only this document (id or key); repeatable.")]
Author = Annotated[list[str] | None, typer.Option("--author", help="Search only works by this author; repeatable.")]
Year = Annotated[str, typer.Option("--year", help="Search only works of these years: 2020, 2020-2023, 2020- or -2023.")]
Kind = Annotated[list[str] | None, typer.Option("--kind", help="Search only this kind of document; repeatable.")]
InSection = Annotated[
    list[str] | None,
    typer.Option("--section", help="Search only sections with these words in their heading; repeatable."),
]
Tag = Annotated[list[str] | None, typer.Option("--tag", help="Search only documents with this tag; repeatable.")]
Language = Annotated[
    list[str] | None,
    typer.Option("--language", help="Search only documents in this language (en, de ...); repeatable."),
]


class _Choice:
    library: Path | None = None


def choose(library: Path | None) -> None:
    """Set the folder of the library that every command of this process opens; None for the default library."""
    _Choice.library = library


def chosen() -> Path | None:
    """Return the chosen folder; None for the default library."""
    return _Choice.library


def has_library() -> bool:
    """Whether there is a library to open."""
    from assistant.library import default_library

    return ((_Choice.library or default_library()) / "library.db").exists()


@contextmanager
def opened(*, starter: bool = False) -> "Iterator[Workspace]":
    """Open the chosen library; with ``starter``, add the starter documents at the first start of the default one."""
    from assistant.workspace import Workspace

    with Workspace.open(_Choice.library) as workspace:
        if starter:
            _install_starter(workspace)
        yield workspace
        # Not reached when the command fails: its error then says the same.
        if workspace.read_only:
            talk(f"The library is read-only: nothing can be written to {workspace.path}")


def _install_starter(workspace: "Workspace") -> None:
    from corpus.errors import ModelError

    try:
        if workspace.starter.install():
            talk("First start: the starter library, four short briefs, was added (loccit remove --starter drops it)")
    except ModelError as error:
        # The command itself may not need the model.
        talk(f"The starter library was not added. {error}")


def filters(
    within: list[str] | None,
    author: list[str] | None,
    year: str,
    kind: list[str] | None,
    section: list[str] | None,
    tag: list[str] | None,
    language: list[str] | None,
) -> "Filters":
    """Turn the values of the options into the conditions of a search."""
    from index.filters import Filters, parse_years

    return Filters(
        documents=tuple(within or ()),
        authors=tuple(author or ()),
        years=parse_years(year) if year else None,
        kinds=tuple(kind or ()),
        sections=tuple(section or ()),
        tags=tuple(tag or ()),
        languages=tuple(language or ()),
    )
