"""Sessions on the command line: listed, shown, renamed, removed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from assistant.chat import SavedTurn, Session
from assistant.cli.answers import print_answer
from assistant.cli.output import emit, talk

__all__ = ["print_sessions", "print_turns", "session_json", "turn_json"]


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
