"""Which passages of an edited document are still the same, so that they keep their ids.

A passage is the same where its title, heading and text are: these are what is embedded and searched. Where it
stands does not matter.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from corpus.model import Document, Passage

if TYPE_CHECKING:
    from corpus.store.stored import StoredPassage

__all__ = ["PassageWords", "kept_ids", "write_passages"]

PassageWords = tuple[str, str, str]
"""Title, heading and text of a passage."""


def kept_ids(before: Iterable[tuple[int, PassageWords]], after: Sequence[PassageWords]) -> list[int | None]:
    """For each passage of ``after`` the id it had ``before``, or None where it is new; of equal ones, in text order.

    >>> kept_ids([(7, ("T", "", "a")), (8, ("T", "", "b"))], [("T", "", "new"), ("T", "", "a")])
    [None, 7]
    """
    free: defaultdict[PassageWords, deque[int]] = defaultdict(deque)
    for passage_id, words in before:
        free[words].append(passage_id)
    return [free[words].popleft() if free[words] else None for words in after]


def write_passages(
    connection: sqlite3.Connection,
    document_id: str,
    document: Document,
    passages: Sequence[Passage],
    before: Sequence[StoredPassage],
) -> None:
    """Insert passages that are new, move those that were there ``before``, and delete the others of these."""
    headings = ["" if p.section is None else document.sections[p.section].title for p in passages]
    title = document.record.title
    after = [(title, h, document.text[p.start : p.end]) for p, h in zip(passages, headings, strict=True)]
    ids = kept_ids([(old.passage_id, old.words) for old in before], after)
    kept = set(ids)
    gone = [(old.passage_id,) for old in before if old.passage_id not in kept]
    connection.executemany("DELETE FROM passages WHERE id = ?", gone)
    # Out of the way first: no two passages of a document may share a position, not even for a moment.
    connection.execute("UPDATE passages SET position = -1 - position WHERE document_id = ?", (document_id,))
    places = [(n, p.start, p.end, p.section) for n, p in enumerate(passages)]
    connection.executemany(
        "UPDATE passages SET position = ?, start = ?, end = ?, section = ? WHERE id = ?",
        [(*place, old) for place, old in zip(places, ids, strict=True) if old is not None],
    )
    connection.executemany(
        "INSERT INTO passages(document_id, position, start, end, section, heading) VALUES (?,?,?,?,?,?)",
        [
            (document_id, *place, heading)
            for place, heading, old in zip(places, headings, ids, strict=True)
            if old is None
        ],
    )
