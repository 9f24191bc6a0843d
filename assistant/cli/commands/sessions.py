"""The command ``sessions``."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.commands.opening import opened
from assistant.cli.commands.options import Json
from assistant.cli.output import ExitCode, emit_json, talk

__all__ = ["sessions"]


def sessions(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="Show this session.")] = "",
    rename: Annotated[str, typer.Option("--rename", metavar="NEW", help="Give it another name.")] = "",
    remove: Annotated[bool, typer.Option("--remove", help="Remove it; the documents stay.")] = False,
    json: Json = False,
) -> None:
    """List the sessions kept in the library, or show, rename or remove one."""
    from assistant.cli.sessions import print_sessions, print_turns, session_json, turn_json

    if ((rename or remove) and not name) or (rename and remove):
        talk("Name the session to rename or to remove, and do one of both: loccit sessions NAME --rename NEW")
        raise typer.Exit(ExitCode.USAGE)
    with opened() as workspace:
        if rename:
            workspace.sessions.rename(name, rename)
        elif remove:
            workspace.sessions.remove(name)
        elif name:
            turns = workspace.sessions.turns(name)
            if json:
                emit_json({"name": name, "turns": [turn_json(turn) for turn in turns]})
            else:
                print_turns(turns)
            return
        kept = workspace.sessions.summaries()
    if json:
        emit_json({"sessions": [session_json(session) for session in kept]})
    else:
        print_sessions(kept)
