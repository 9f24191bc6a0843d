"""A person's notes on spans of documents, which follow their text when a file is read again."""

import sqlite3
import time
from dataclasses import dataclass

from corpus.anchors import Anchor, find_anchor, find_words
from corpus.errors import UsageError
from corpus.store.database import Database
from corpus.store.stored import StoredDocument

__all__ = ["Note", "Notes"]

_COLUMNS = "start, end, exact, before, after"


@dataclass(frozen=True, slots=True)
class Note:
    """A note with the span it is about."""

    number: int
    """Its name, from 1; numbers are never reused."""
    document_id: str
    anchor: Anchor
    """In the document's present text; of a broken note, in the last text that had the words."""
    body: str
    created: float
    """Seconds since the epoch."""
    broken: bool
    """Whether the document no longer has the words."""


class Notes:
    """The notes of a library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, stored: StoredDocument, words: str, body: str) -> Note:
        """Write a note on ``words``, which occur once in the document.

        Raises:
            UsageError: the words occur nowhere or several times in the document, or the note is empty.
        """
        if not words.strip() or not body.strip():
            raise UsageError("A note needs words of the document, and a comment", remedy="See loccit note --help")
        text = stored.document.text
        found = find_words(words.strip(), text)
        if len(found) != 1:
            cause = f"These words {f'occur {len(found)} times' if found else 'do not occur'} in the document"
            remedy = "Give more of the sentence" if found else f"Copy them from loccit show {stored.key} --text"
            raise UsageError(cause, place=words.strip(), remedy=remedy)
        anchor = Anchor.of(text, found[0])
        with self._database.writing() as connection:
            number = connection.execute(
                f"INSERT INTO notes(document_id, {_COLUMNS}, body, created) VALUES (?,?,?,?,?,?,?,?)",
                (stored.document_id, *_values(anchor), body.strip(), time.time()),
            ).lastrowid
        return self._get(int(number or 0))

    def of(self, document_id: str | None = None) -> list[Note]:
        """The notes of one document, or of all in the order of adding; in text order."""
        rows = self._database.rows(
            "SELECT n.* FROM notes n JOIN documents d ON d.id = n.document_id WHERE ?1 IS NULL OR d.id = ?1"
            " ORDER BY d.added, d.rowid, n.start, n.id",
            (document_id,),
        )
        return [_note(row) for row in rows]

    def remove(self, number: int) -> Note:
        """Delete a note and return it.

        Raises:
            UsageError: there is no such note.
        """
        note = self._get(number)
        with self._database.writing() as connection:
            connection.execute("DELETE FROM notes WHERE id = ?", (number,))
        return note

    def follow(self, connection: sqlite3.Connection, document_id: str, text: str) -> list[int]:
        """Move a document's notes to their words in its new ``text``, in the caller's transaction.

        Returns the numbers of those whose words are not found; they are marked as broken, and searched again when the
        file is read the next time.
        """
        broken = []
        for row in connection.execute("SELECT * FROM notes WHERE document_id = ?", (document_id,)).fetchall():
            note = _note(row)
            span = find_anchor(note.anchor, text)
            if span is None:
                broken.append(note.number)
                connection.execute("UPDATE notes SET broken = 1 WHERE id = ?", (note.number,))
            else:
                connection.execute(
                    "UPDATE notes SET start = ?, end = ?, exact = ?, before = ?, after = ?, broken = 0 WHERE id = ?",
                    (*_values(Anchor.of(text, span)), note.number),
                )
        return broken

    def _get(self, number: int) -> Note:
        row = self._database.row("SELECT * FROM notes WHERE id = ?", (number,))
        if row is None:
            raise UsageError("There is no note with this number", place=str(number), remedy="See loccit note")
        return _note(row)


def _values(anchor: Anchor) -> tuple[object, ...]:
    """Values of ``_COLUMNS``."""
    return anchor.start, anchor.end, anchor.exact, anchor.before, anchor.after


def _note(row: sqlite3.Row) -> Note:
    anchor = Anchor(row["start"], row["end"], row["exact"], row["before"], row["after"])
    return Note(row["id"], row["document_id"], anchor, row["body"], row["created"], bool(row["broken"]))
