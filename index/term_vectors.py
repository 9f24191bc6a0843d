"""Term vectors: the terms of every passage in order, as arrays that ranking reads instead of the texts.

A passage is one row: 32-bit numbers of its terms (see `index.analyzer`), title first, then heading, then body. The
number of passages that contain a term is kept up to date, so that it need not be counted for each question.
"""

import json
import math
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.store import Database, StoredPassage
from index.analyzer import Hashes, term_hash, term_hashes, terms

__all__ = ["Rows", "TermVectors", "okapi_idf", "passage_terms"]


@dataclass(frozen=True, slots=True)
class PassageTerms:
    """The terms of one passage."""

    title: list[str]
    heading: list[str]
    body: list[str]

    @property
    def all(self) -> list[str]:
        """Title, heading and body."""
        return self.title + self.heading + self.body


@dataclass(frozen=True, slots=True)
class Totals:
    """The size of the library."""

    passages: int
    terms: int
    """In the bodies of all passages."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The term vectors of some passages, laid end to end."""

    passage_ids: NDArray[np.int64]
    document_ids: list[str]
    positions: NDArray[np.int64]
    """Of each passage within its document."""
    lengths: NDArray[np.int64]
    """Shape (passages, 3): terms of title, heading and body."""
    terms: Hashes
    """Shape (sum of lengths,)."""


def okapi_idf(size: int, frequency: int) -> float:
    """Okapi's inverse document frequency of a term in ``size`` passages, kept positive."""
    return math.log(1 + (size - frequency + 0.5) / (frequency + 0.5))


def passage_terms(passage: StoredPassage) -> PassageTerms:
    """Analyze title, heading and text."""
    return PassageTerms(list(terms(passage.title)), list(terms(passage.heading)), list(terms(passage.text)))


class TermVectors:
    """Writes and reads term vectors and the counts of terms."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, connection: sqlite3.Connection, passages: Sequence[tuple[int, PassageTerms]]) -> None:
        """Write the rows of passages, in the caller's transaction."""
        connection.executemany(
            "INSERT INTO term_vectors VALUES (?,?,?,?)",
            ((i, len(found.title), len(found.heading), term_hashes(found.all).tobytes()) for i, found in passages),
        )
        self._count(connection, [found for _, found in passages], 1)

    def remove(self, connection: sqlite3.Connection, passages: Sequence[tuple[int, PassageTerms]]) -> None:
        """Remove the rows of passages, in the caller's transaction."""
        connection.executemany("DELETE FROM term_vectors WHERE passage_id = ?", ((i,) for i, _ in passages))
        self._count(connection, [found for _, found in passages], -1)
        gone = {term_hash(term) for _, found in passages for term in found.all}
        connection.executemany("DELETE FROM terms WHERE hash = ? AND passages <= 0", ((number,) for number in gone))

    def rows(self, passage_ids: Sequence[int]) -> Rows:
        """Return the rows of those passages that have one, in order of id."""
        found = self._read(
            "SELECT v.passage_id, p.document_id, p.position, v.title, v.heading, v.terms FROM term_vectors v"
            " CROSS JOIN passages p ON p.id = v.passage_id WHERE v.passage_id IN (SELECT value FROM json_each(?))"
            " ORDER BY v.passage_id",
            passage_ids,
        ).fetchall()
        counts = [len(row["terms"]) // 4 - row["title"] - row["heading"] for row in found]
        lengths = [(row["title"], row["heading"], body) for row, body in zip(found, counts, strict=True)]
        return Rows(
            np.array([row["passage_id"] for row in found], dtype=np.int64),
            [row["document_id"] for row in found],
            np.array([row["position"] for row in found], dtype=np.int64),
            np.array(lengths, dtype=np.int64).reshape(-1, 3),
            np.frombuffer(b"".join(row["terms"] for row in found), dtype=np.uint32),
        )

    def of_documents(self, document_ids: Sequence[str]) -> dict[str, frozenset[int]]:
        """Return the numbers of all terms of each document; documents without passages are left out."""
        rows = self._read(
            "SELECT p.document_id, v.terms FROM passages p CROSS JOIN term_vectors v ON v.passage_id = p.id"
            " WHERE p.document_id IN (SELECT value FROM json_each(?))",
            document_ids,
        )
        found = defaultdict[str, set[int]](set)
        for row in rows:
            found[row["document_id"]].update(np.frombuffer(row["terms"], dtype=np.uint32).tolist())
        return {document_id: frozenset(numbers) for document_id, numbers in found.items()}

    def neighbours(self, passage_ids: Sequence[int]) -> set[int]:
        """Return the passages right before and after those, in the same documents."""
        rows = self._read(
            "SELECT n.id FROM passages p JOIN passages n ON n.document_id = p.document_id"
            " AND n.position IN (p.position - 1, p.position + 1)"
            " WHERE p.id IN (SELECT value FROM json_each(?))",
            passage_ids,
        )
        return {row[0] for row in rows}

    def frequencies(self, hashes: Sequence[int]) -> dict[int, int]:
        """Count the passages that contain each term; terms that occur nowhere are left out."""
        rows = self._read("SELECT hash, passages FROM terms WHERE hash IN (SELECT value FROM json_each(?))", hashes)
        return {row["hash"]: row["passages"] for row in rows}

    def beginning_with(self, prefix: str, limit: int) -> list[str]:
        """Return the most frequent terms that begin with ``prefix``."""
        rows = self._database.reader().execute(
            "SELECT term FROM terms WHERE term >= ? AND term < ? ORDER BY passages DESC LIMIT ?",
            (prefix, prefix + "\U0010ffff", limit),
        )
        return [row["term"] for row in rows]

    def totals(self) -> Totals:
        """Count the passages and terms of the library."""
        row = self._database.reader().execute("SELECT passages, terms FROM term_totals").fetchone()
        return Totals(row["passages"], row["terms"]) if row else Totals(0, 0)

    def _read(self, sql: str, values: Sequence[int] | Sequence[str]) -> sqlite3.Cursor:
        """Run ``sql`` with a JSON list of ``values`` as its only argument."""
        return self._database.reader().execute(sql, (json.dumps(list(values)),))

    @staticmethod
    def _count(connection: sqlite3.Connection, found: Iterable[PassageTerms], sign: int) -> None:
        counts: Counter[str] = Counter()
        passages = length = 0
        for item in found:
            counts.update(set(item.all))
            passages += 1
            length += len(item.body)
        connection.executemany(
            "INSERT INTO terms VALUES (?1, ?2, ?3)"
            " ON CONFLICT(hash) DO UPDATE SET passages = passages + excluded.passages",
            ((term_hash(term), term, sign * count) for term, count in counts.items()),
        )
        connection.execute(
            "UPDATE term_totals SET passages = passages + ?, terms = terms + ?", (sign * passages, sign * length)
        )
