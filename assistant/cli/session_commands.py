"""Sessions on the command line: listed, shown, renamed, removed.

The command ``sessions``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from assistant.chat import SavedTurn, Session
from assistant.cli.opening import Json, opened
from assistant.cli.output import ExitCode, emit, emit_json, talk
from assistant.cli.question_commands import print_answer

__all__ = ["sessions"]


def print_sessions(sessions: Sequence[Session]) -> None:
    """A line for each session, the one used last first."""
    if not sessions:
        talk("No session is kept yet. Begin one with: loccit ask QUESTION --session NAME")
    for session in sessions:
        emit(f"{_day(session.used)}  {session.turns:>3}  {session.name}")


def print_turns(turns: Sequence[SavedTurn]) -> None:
    """Each question with its answer, cut anew from the documents."""
    for turn in turns:
        emit(f"> {turn.question}")
        if turn.answer.standalone_question != turn.question:
            emit(f"  (understood as: {turn.answer.standalone_question})")
        print_answer(turn.answer, timed=False)
        emit()


def session_json(session: Session) -> dict[str, Any]:
    """The shape of ``sessions`` in ``loccit sessions --json``."""
    return {
        "name": session.name,
        "turns": session.turns,
        "created": _moment(session.created),
        "used": _moment(session.used),
        "opening": session.opening,
    }


def turn_json(turn: SavedTurn) -> dict[str, Any]:
    """The shape of ``turns`` in ``loccit sessions NAME --json``."""
    return {"asked": _moment(turn.asked), **turn.answer.as_json()}


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds).strftime("%Y-%m-%d %H:%M")


def sessions(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="Show this session.")] = "",
    rename: Annotated[str, typer.Option("--rename", metavar="NEW", help="Give it another name.")] = "",
    remove: Annotated[bool, typer.Option("--remove", help="Remove it; the documents stay.")] = False,
    json: Json = False,
) -> None:
    """List the sessions kept in the library, or show, rename or remove one."""

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
