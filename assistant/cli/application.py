"""The command ``loccit``: its commands, its global options, and how errors become messages and exit codes."""

import sys
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.annotation_commands import note, tag
from assistant.cli.document_commands import add, edit, list_documents, remove, show
from assistant.cli.examination_commands import doctor, evaluate
from assistant.cli.options import choose, chosen
from assistant.cli.output import ExitCode, emit, talk
from assistant.cli.question_commands import ask, glance, search, sessions
from assistant.cli.taxonomy_commands import taxonomy

if TYPE_CHECKING:
    from assistant.workspace import Workspace

__all__ = ["app", "run"]

app = typer.Typer(
    name="loccit",
    help="A literature assistant: answers made of passages, each cited to the place where it stands.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_COMMANDS: dict[str, Callable[..., None]] = {
    "add": add,
    "list": list_documents,
    "show": show,
    "edit": edit,
    "remove": remove,
    "search": search,
    "ask": ask,
    "glance": glance,
    "sessions": sessions,
    "taxonomy": taxonomy,
    "eval": evaluate,
    "note": note,
    "tag": tag,
    "doctor": doctor,
}
"""Every command, in the order of ``loccit --help``."""

for _name, _command in _COMMANDS.items():
    app.command(_name)(_command)


def run(open_screen: "Callable[[Workspace], None]") -> None:
    """Run the command line; ``open_screen`` shows the terminal UI when no command is given."""
    from sqlite3 import DatabaseError

    from corpus.errors import LoccitError

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal that cannot show a character shows a question mark.
            stream.reconfigure(errors="replace")
    try:
        app(obj=open_screen)
    except LoccitError as error:
        talk(f"loccit: {error}")
        sys.exit(error.exit_code)
    except (DatabaseError, UnicodeDecodeError) as error:
        from assistant.library import default_library

        place = (chosen() or default_library()) / "library.db"
        talk(f"loccit: The library is damaged ({error}): {place}. Move it away and add the originals again.")
        sys.exit(ExitCode.LIBRARY)


@app.callback(invoke_without_command=True)
def _global(
    context: typer.Context,
    library: Annotated[
        Path | None, typer.Option("--library", help="The library's folder, made where there is none.")
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Without a command, open the terminal UI."""
    choose(library)
    if version:
        from importlib.metadata import version as installed

        emit(f"loccit {installed('loccit')}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        _open_screen(context.obj)


def _open_screen(show: "Callable[[Workspace], None]") -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        talk("The terminal UI needs a terminal. For a plain answer: loccit ask QUESTION")
        raise typer.Exit(ExitCode.USAGE)
    if not sys.stderr.isatty():
        talk("The terminal UI draws on standard error, which is redirected. Start it without 2>: loccit")
        raise typer.Exit(ExitCode.USAGE)
    from assistant.workspace import Workspace

    with Workspace.open(chosen(), remote=True) as workspace:
        show(workspace)
