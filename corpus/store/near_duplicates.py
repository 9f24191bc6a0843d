"""Near duplicates: documents with nearly the same text, such as one paper downloaded twice.

Resemblance is the share of common shingles (runs of words) among all shingles of both texts, estimated by min-wise
hashing (Broder, "On the resemblance and containment of documents", 1997). Similar signatures share a band (Leskovec,
Rajaraman and Ullman, Mining of Massive Datasets, section 3.4), so that a new text is compared with few.
"""

import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any
from zlib import crc32

from corpus.store.database import Database

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Signature = NDArray[np.uint32]

__all__ = ["NearDuplicate", "Resemblances", "bands", "resemblance", "signature"]

_NEARLY_SAME = 0.75
"""Minimum resemblance of near duplicates; an edit of one word changes five shingles."""
_SHINGLE = 5
"""Words in a shingle."""
_LEAST_WORDS = 20
"""Minimum words of a text that is compared."""
_BANDS = 20
_ROWS = 6
"""A pair of resemblance s shares a band with probability 1 - (1 - s^6)^20: 0.98 at 0.75, 0.27 at 0.5."""
_MIXED = 0x9E3779B97F4A7C15
_CHUNK = 4096
"""Shingles hashed at a time, which bounds the memory for a book."""
_MARGIN = 0.15
"""Three standard errors: estimates that much below the minimum exclude a pair."""


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """Two documents with nearly the same text."""

    document_id: str
    other_id: str
    other_path: str
    share: float
    """Share of common runs of five words; 0 to 1."""


class Resemblances:
    """The signatures of a library's documents, and their comparison."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(self, connection: sqlite3.Connection, document_id: str, text: str) -> None:
        """Store the signature of a document's text, in the caller's transaction."""
        connection.execute("DELETE FROM signature_bands WHERE document_id = ?", (document_id,))
        connection.execute("DELETE FROM signatures WHERE document_id = ?", (document_id,))
        signed = signature(text)
        if signed is not None:
            connection.execute("INSERT INTO signatures VALUES (?, ?)", (document_id, signed.tobytes()))
            connection.executemany(
                "INSERT OR IGNORE INTO signature_bands VALUES (?, ?)", ((band, document_id) for band in bands(signed))
            )

    def of(self, document_id: str) -> list[NearDuplicate]:
        """The near duplicates of a document, most similar first."""
        rows = self._database.rows(
            "SELECT DISTINCT other.document_id AS id FROM signature_bands own JOIN signature_bands other"
            " ON other.band = own.band AND other.document_id != own.document_id WHERE own.document_id = ?",
            (document_id,),
        )
        pairs = self._compared((document_id, row["id"]) for row in rows)
        return sorted(pairs, key=lambda pair: -pair.share)

    def pairs(self) -> list[NearDuplicate]:
        """Every pair of near duplicates, once."""
        rows = self._database.rows(
            "SELECT DISTINCT own.document_id AS one, other.document_id AS other FROM signature_bands own"
            " JOIN signature_bands other ON other.band = own.band AND other.document_id > own.document_id"
        )
        return self._compared((row["one"], row["other"]) for row in rows)

    def _compared(self, pairs: Iterable[tuple[str, str]]) -> list[NearDuplicate]:
        """The near duplicates among ``pairs``, by their counted resemblance."""
        found = []
        for one, other in pairs:
            # The share of equal numbers estimates the resemblance, with a standard error of at most 0.05.
            if (self._signature(one) == self._signature(other)).mean() >= _NEARLY_SAME - _MARGIN:
                share = resemblance(self._column(one, "text"), self._column(other, "text"))
                if share >= _NEARLY_SAME:
                    found.append(NearDuplicate(one, other, self._column(other, "path"), share))
        return found

    def _signature(self, document_id: str) -> "Signature":
        import numpy as np

        row = self._database.row("SELECT signature FROM signatures WHERE document_id = ?", (document_id,))
        return np.frombuffer(row["signature"], dtype=np.uint32)

    def _column(self, document_id: str, name: str) -> str:
        query = f"SELECT {name} FROM documents WHERE id = ?"
        return str(self._database.row(query, (document_id,))[0])


def signature(text: str) -> "Signature | None":
    """The signature of a text, shape (120,); None if it is too short."""
    import numpy as np

    shingles = _shingles(text)
    if shingles is None:
        return None
    factors, summands = _hash_functions()
    least = np.full(_BANDS * _ROWS, np.iinfo(np.uint32).max, dtype=np.uint32)
    for begin in range(0, len(shingles), _CHUNK):
        # Multiply-shift hashing: the upper half of a * x + b, in arithmetic that wraps at 64 bits.
        hashed = (factors[:, None] * shingles[None, begin : begin + _CHUNK] + summands[:, None]) >> np.uint64(32)
        least = np.minimum(least, hashed.min(axis=1).astype(np.uint32))
    return least


def bands(signed: "Signature") -> list[int]:
    """The 20 bands of a signature, each hashed with its number to 64 bits, signed, as SQLite keeps it."""
    rows = signed.astype("<u4").reshape(_BANDS, _ROWS)
    hashes = (blake2b(bytes([number]) + row.tobytes(), digest_size=8).digest() for number, row in enumerate(rows))
    return [int.from_bytes(hashed, signed=True) for hashed in hashes]


def resemblance(one: str, other: str) -> float:
    """The exact resemblance of two texts, 0 to 1; 0 if either is too short."""
    import numpy as np

    first, second = _shingles(one), _shingles(other)
    if first is None or second is None:
        return 0.0
    common = len(np.intersect1d(first, second, assume_unique=True))
    return common / (len(first) + len(second) - common)


def _shingles(text: str) -> "NDArray[Any] | None":
    """The distinct shingles of a text, each hashed to 64 bits."""
    import numpy as np

    # Letters and digits only, because formats differ in hyphens, quotation marks and line ends.
    words = re.findall(r"\w+", text.casefold())
    if len(words) < _LEAST_WORDS:
        return None
    hashes = np.fromiter((crc32(word.encode("utf-8", "replace")) for word in words), dtype=np.uint64, count=len(words))
    runs = np.zeros(len(words) - _SHINGLE + 1, dtype=np.uint64)
    for place in range(_SHINGLE):
        runs = (runs ^ hashes[place : place + len(runs)]) * np.uint64(_MIXED)
        runs ^= runs >> np.uint64(29)
    return np.unique(runs)


@cache
def _hash_functions() -> "tuple[NDArray[Any], NDArray[Any]]":
    """Factors (odd) and summands; constant, because signatures are stored."""
    import numpy as np

    state, numbers = 1, []
    for _ in range(2 * _BANDS * _ROWS):
        # The generator splitmix64 (S. Vigna, public domain description): numpy's may change between versions.
        state = (state + _MIXED) % 2**64
        mixed = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) % 2**64
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) % 2**64
        numbers.append(mixed ^ (mixed >> 31))
    drawn = np.array(numbers, dtype=np.uint64).reshape(2, -1)
    return drawn[0] | np.uint64(1), drawn[1]
