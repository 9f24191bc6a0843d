"""Full text: SQLite FTS5 over title, heading and body of every passage."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from corpus.store import Database, StoredPassage

__all__ = ["LexicalIndex", "query_terms"]

_WEIGHTS = (3.0, 1.5, 1.0)
"""Of title, heading and body in BM25."""
_WORD = re.compile(r"[^\W_]+(?:[.’'][^\W_]+)*", re.UNICODE)
_MAX_TERMS = 64


@cache
def _stop_words() -> frozenset[str]:
    text = files("index").joinpath("data/stopwords.txt").read_text("utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def query_terms(text: str) -> list[str]:
    """The telling words of a question, each once, in order; all of them where none is telling.

    >>> query_terms("What is C++'s licence, and don't models need one?")
    ['c', 'licence', 'models', 'need', 'one']
    """
    words = [re.sub(r"[’']s$", "", match.group().lower()) for match in _WORD.finditer(text)]
    telling = [word for word in words if word not in _stop_words()]
    return list(dict.fromkeys(telling or words))[:_MAX_TERMS]


class LexicalIndex:
    """Adds, removes and ranks passages by their words."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, connection: sqlite3.Connection, passages: Iterable[StoredPassage]) -> None:
        """Index passages, in the caller's transaction."""
        connection.executemany(
            "INSERT INTO passage_words(rowid, title, heading, body) VALUES (?,?,?,?)",
            ((p.passage_id, p.title, p.heading, p.text) for p in passages),
        )

    def remove(self, connection: sqlite3.Connection, passages: Iterable[StoredPassage]) -> None:
        """Take passages out; a contentless table must be told exactly what was put in."""
        connection.executemany(
            "INSERT INTO passage_words(passage_words, rowid, title, heading, body) VALUES ('delete',?,?,?,?)",
            ((p.passage_id, p.title, p.heading, p.text) for p in passages),
        )

    def search(self, query: str, limit: int, document_ids: Sequence[str] = ()) -> list[tuple[int, float]]:
        """Passage ids with their BM25 scores (higher is better), best first."""
        terms = query_terms(query)
        if not terms:
            return []
        # Every term quoted: FTS5 reads bare ones as its own syntax ("C++", "arXiv:2005", "NOT").
        expression = " OR ".join(f'"{term}"' for term in terms)
        title, heading, body = _WEIGHTS
        sql = f"SELECT w.rowid AS id, -bm25(passage_words, {title}, {heading}, {body}) AS score FROM passage_words w"
        arguments: list[object] = [expression]
        if document_ids:
            marks = ",".join("?" * len(document_ids))
            sql += f" JOIN passages p ON p.id = w.rowid AND p.document_id IN ({marks})"
            arguments = [*document_ids, expression]
        sql += " WHERE passage_words MATCH ? ORDER BY score DESC LIMIT ?"
        rows = self._database.reader().execute(sql, (*arguments, limit))
        return [(row["id"], row["score"]) for row in rows]

    def document_frequency(self, term: str) -> int:
        """In how many passages a word occurs, counted by its stem."""
        row = (
            self._database.reader()
            .execute("SELECT count(*) AS n FROM passage_words WHERE passage_words MATCH ?", (f'"{term}"',))
            .fetchone()
        )
        return int(row["n"])

    def size(self) -> int:
        """How many passages there are."""
        return int(self._database.reader().execute("SELECT count(*) FROM passages").fetchone()[0])
