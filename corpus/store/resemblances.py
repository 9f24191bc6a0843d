"""Documents whose texts are nearly the same: the same paper downloaded twice, or an essay in two formats."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.resemblance import NEARLY_SAME, bands, estimate, resemblance, signature
from corpus.store.database import Database

if TYPE_CHECKING:
    from corpus.resemblance import Signature

__all__ = ["NearDuplicate", "Resemblances"]

_MARGIN = 0.15
"""Three standard errors below what counts, an estimate rules a pair out."""


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """Two documents of which one text is nearly the other's."""

    document_id: str
    other_id: str
    other_path: str
    share: float
    """Of all runs of five words, those that stand in both; 0 to 1."""


class Resemblances:
    """Keeps a signature per document, and compares."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(self, connection: sqlite3.Connection, document_id: str, text: str) -> None:
        """Keep the signature of a document's text, in the caller's transaction."""
        connection.execute("DELETE FROM signature_bands WHERE document_id = ?", (document_id,))
        connection.execute("DELETE FROM signatures WHERE document_id = ?", (document_id,))
        signed = signature(text)
        if signed is not None:
            connection.execute("INSERT INTO signatures VALUES (?, ?)", (document_id, signed.tobytes()))
            connection.executemany(
                "INSERT OR IGNORE INTO signature_bands VALUES (?, ?)", ((band, document_id) for band in bands(signed))
            )

    def of(self, document_id: str) -> list[NearDuplicate]:
        """The documents with nearly the same text, the nearest first."""
        rows = self._database.reader().execute(
            "SELECT DISTINCT other.document_id AS id FROM signature_bands own JOIN signature_bands other"
            " ON other.band = own.band AND other.document_id != own.document_id WHERE own.document_id = ?",
            (document_id,),
        )
        pairs = self._compared((document_id, row["id"]) for row in rows.fetchall())
        return sorted(pairs, key=lambda pair: -pair.share)

    def pairs(self) -> list[NearDuplicate]:
        """Every pair of documents with nearly the same text, each once."""
        rows = self._database.reader().execute(
            "SELECT DISTINCT own.document_id AS one, other.document_id AS other FROM signature_bands own"
            " JOIN signature_bands other ON other.band = own.band AND other.document_id > own.document_id"
        )
        return self._compared((row["one"], row["other"]) for row in rows.fetchall())

    def _compared(self, pairs: Iterable[tuple[str, str]]) -> list[NearDuplicate]:
        """Those of ``pairs`` whose texts, counted word for word, are nearly the same."""
        found = []
        for one, other in pairs:
            if estimate(self._signature(one), self._signature(other)) >= NEARLY_SAME - _MARGIN:
                share = resemblance(self._column(one, "text"), self._column(other, "text"))
                if share >= NEARLY_SAME:
                    found.append(NearDuplicate(one, other, self._column(other, "path"), share))
        return found

    def _signature(self, document_id: str) -> Signature:
        import numpy as np

        row = (
            self._database.reader()
            .execute("SELECT signature FROM signatures WHERE document_id = ?", (document_id,))
            .fetchone()
        )
        return np.frombuffer(row["signature"], dtype=np.uint32)

    def _column(self, document_id: str, name: str) -> str:
        query = f"SELECT {name} FROM documents WHERE id = ?"
        return str(self._database.reader().execute(query, (document_id,)).fetchone()[0])
