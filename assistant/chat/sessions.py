"""The sessions of a library: made, continued, listed, renamed, removed."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass

from assistant.answering import Answer
from assistant.chat.saved import dump_answer, load_answer, titles_shown
from assistant.followup import PastTurn
from assistant.taxonomy import TaxonomyAnswer
from corpus.errors import LibraryError, UnknownSession, UsageError
from corpus.store import Database, DocumentStore
from corpus.text.characters import normalise

__all__ = ["SavedTurn", "Session", "SessionStore"]

_LONGEST_NAME = 80
_OPENING = 48
"""Code points of the first question that become a session's name."""


@dataclass(frozen=True, slots=True)
class Session:
    """A session, without its turns."""

    name: str
    created: float
    """Seconds since 1970, as all times here."""
    used: float
    """When the last question was asked."""
    turns: int
    opening: str
    """The first question."""


@dataclass(frozen=True, slots=True)
class SavedTurn:
    """A question of a session with its answer, cut anew from the documents."""

    question: str
    asked: float
    answer: Answer


class SessionStore:
    """Keeps conversations in the library. Names are told apart without regard to capitals."""

    def __init__(self, database: Database, documents: DocumentStore, cells: Callable[[str], TaxonomyAnswer]) -> None:
        self._database = database
        self._documents = documents
        self._cells = cells
        """Asks the taxonomy."""

    def summaries(self) -> list[Session]:
        """Every session, the one used last first."""
        rows = self._database.reader().execute(
            "SELECT s.name, s.created, max(t.asked) AS used, count(*) AS turns,"
            " (SELECT question FROM turns f WHERE f.session_id = s.id ORDER BY position LIMIT 1) AS opening"
            " FROM sessions s JOIN turns t ON t.session_id = s.id GROUP BY s.id ORDER BY used DESC, s.id DESC"
        )
        return [Session(row["name"], row["created"], row["used"], row["turns"], row["opening"]) for row in rows]

    def history(self, name: str) -> tuple[PastTurn, ...]:
        """The questions of a session, oldest first; empty for a new one.

        Raises:
            UsageError: this cannot be the name of a session.
        """
        return tuple(
            PastTurn(row["question"], row["standalone_question"], titles_shown(row["answer"]))
            for row in self._rows(valid_name(name))
        )

    def turns(self, name: str) -> list[SavedTurn]:
        """The turns of a session, oldest first.

        Raises:
            UnknownSession: there is none of that name.
        """
        rows = self._rows(name)
        if not rows:
            raise _unknown(name)
        return [self._turn(row) for row in rows]

    def append(self, name: str, answer: Answer) -> None:
        """Add an answered question to a session, made where there is none.

        Raises:
            UsageError: this cannot be the name of a session.
            LibraryError: the library cannot be written.
        """
        name, now = valid_name(name), time.time()
        kept = dump_answer(answer, self._documents)
        with self._database.writing() as connection:
            connection.execute("INSERT OR IGNORE INTO sessions(name, created) VALUES (?, ?)", (name, now))
            connection.execute(
                "INSERT INTO turns SELECT s.id,"
                " 1 + coalesce((SELECT max(position) FROM turns WHERE session_id = s.id), 0), ?, ?, ?, ?"
                " FROM sessions s WHERE s.name = ?",
                (answer.question, answer.standalone_question, kept, now, name),
            )

    def rename(self, name: str, new: str) -> None:
        """Give a session another name.

        Raises:
            UnknownSession: there is none of that name.
            UsageError: the new name is taken, or cannot be one.
        """
        new = valid_name(new)
        try:
            with self._database.writing() as connection:
                renamed = connection.execute(
                    "UPDATE OR ABORT sessions SET name = ? WHERE name = ?", (new, name)
                ).rowcount
        except LibraryError as error:
            if isinstance(error.__cause__, sqlite3.IntegrityError):
                raise UsageError(
                    "A session of this name is there already", place=new, remedy="Choose another name"
                ) from error
            raise
        if not renamed:
            raise _unknown(name)

    def remove(self, name: str) -> None:
        """Remove a session with its turns; the documents stay.

        Raises:
            UnknownSession: there is none of that name.
        """
        with self._database.writing() as connection:
            removed = connection.execute("DELETE FROM sessions WHERE name = ?", (name,)).rowcount
        if not removed:
            raise _unknown(name)

    def new_name(self, question: str) -> str:
        """A name for a new session, made of its first question and not taken yet."""
        line = " ".join(normalise(question).split())
        name = line if len(line) <= _OPENING else f"{line[:_OPENING].rsplit(' ', 1)[0]} …"
        taken = {session.name.casefold() for session in self.summaries()}
        names = (name, *(f"{name} ({n})" for n in range(2, len(taken) + 3)))
        return next(free for free in names if free.casefold() not in taken)

    def _rows(self, name: str) -> list[sqlite3.Row]:
        return (
            self._database.reader()
            .execute(
                "SELECT t.* FROM turns t JOIN sessions s ON s.id = t.session_id WHERE s.name = ? ORDER BY t.position",
                (name,),
            )
            .fetchall()
        )

    def _turn(self, row: sqlite3.Row) -> SavedTurn:
        question, standalone = row["question"], row["standalone_question"]
        cells = self._cells(standalone)
        return SavedTurn(
            question, row["asked"], load_answer(row["answer"], question, standalone, cells, self._documents)
        )


def valid_name(name: str) -> str:
    """``name`` on one line.

    Raises:
        UsageError: nothing is left, or it is too long.
    """
    line = " ".join(normalise(name).split())
    if not line or len(line) > _LONGEST_NAME:
        raise UsageError(
            f"A session's name has 1 to {_LONGEST_NAME} characters",
            place=name[:_LONGEST_NAME],
            remedy="Choose another name",
        )
    return line


def _unknown(name: str) -> UnknownSession:
    return UnknownSession("There is no session of this name", place=name, remedy="See loccit sessions")
