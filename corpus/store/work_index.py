"""Works of a library: versions of a work, and cited documents, found by hashed keys of title and identifier.

The tables are derived from records; their rows are written with each document, so an edit takes effect at once.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from corpus.model import Record, Reference, from_plain, to_plain
from corpus.references.works import (
    HeldWorks,
    Version,
    Work,
    can_be_cited,
    entry_keys,
    names_author,
    same_work,
    work_keys,
)
from corpus.store.database import Database

__all__ = ["WorkIndex", "fill_works", "write_work"]


class WorkIndex:
    """Look-up of works by the keys of documents and entries."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def versions_of(self, document_id: str) -> dict[str, Version]:
        """The other documents that are versions of the same work, the one to cite first."""
        found: dict[str, Version] = {}
        open_ends = [work for work in self._works([document_id]).values() if work.title or work.doi or work.arxiv]
        while open_ends:
            end = open_ends.pop()
            for other in self._candidates(end):
                if other.identity != document_id and other.identity not in found and same_work(end, other):
                    found[other.identity] = other.version
                    open_ends.append(other)
        return dict(sorted(found.items(), key=lambda item: item[1], reverse=True))

    def version(self, document_id: str) -> Version:
        """The document's own version."""
        works = self._works([document_id])
        return works[document_id].version if works else Version(0, 0, "")

    def cited(self, entries: Sequence[tuple[Reference, str]], citing: str) -> list[str | None]:
        """For each entry of the document ``citing``, given with its text, the id of the held document that it cites.

        None if there is none or it is uncertain: the entry must name an author or the identifier of the document, which
        must not be an essay, a brief or a version of the citing document.
        """
        keys = [entry_keys(reference, text) for reference, text in entries]
        found = self._sharing(set().union(*keys))
        apart = {citing, *self.versions_of(citing)} if found else set()
        works = self._works({identity for identities in found.values() for identity in identities} - apart)
        held: list[str | None] = []
        for (reference, text), own in zip(entries, keys, strict=True):
            near = {identity for key in own & found.keys() for identity in found[key]} & works.keys()
            candidates = [works[identity] for identity in sorted(near) if can_be_cited(works[identity])]
            meant = HeldWorks(candidates).find(reference, text) if candidates else None
            held.append(meant if meant is not None and names_author(works[meant], reference, text) else None)
        return held

    def groups(self) -> dict[str, tuple[str, ...]]:
        """The ids of the other versions of every document that has some, in the order of adding."""
        rows = self._database.rows("SELECT document_id, key FROM work_keys ORDER BY key")
        sharing: defaultdict[str, list[str]] = defaultdict(list)
        for row in rows:
            sharing[row["key"]].append(row["document_id"])
        pairs = {pair for members in sharing.values() if len(members) > 1 for pair in combinations(sorted(members), 2)}
        works = self._works({identity for pair in pairs for identity in pair})
        linked: defaultdict[str, set[str]] = defaultdict(set)
        for one, other in pairs:
            if same_work(works[one], works[other]):
                linked[one].add(other)
                linked[other].add(one)
        rows = self._database.rows("SELECT id FROM documents ORDER BY added, rowid")
        order = {row["id"]: n for n, row in enumerate(rows)}
        return {identity: tuple(sorted(_reached(identity, linked), key=order.__getitem__)) for identity in linked}

    def _candidates(self, work: Work) -> Iterable[Work]:
        keys = list(work_keys(work))
        rows = self._database.rows(
            f"SELECT DISTINCT document_id FROM work_keys WHERE key IN ({','.join('?' * len(keys))})", keys
        )
        return self._works(row["document_id"] for row in rows).values()

    def _sharing(self, keys: Iterable[int]) -> dict[int, list[str]]:
        """The documents that have these keys."""
        rows = self._database.rows(
            "SELECT key, document_id FROM work_keys WHERE key IN (SELECT value FROM json_each(?))",
            (json.dumps(list(keys)),),
        )
        found: dict[int, list[str]] = {}
        for row in rows:
            found.setdefault(row["key"], []).append(row["document_id"])
        return found

    def _works(self, identities: Iterable[str]) -> dict[str, Work]:
        rows = self._database.rows(
            "SELECT document_id, work FROM works WHERE document_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(identities)),),
        )
        return {row["document_id"]: from_plain(Work, json.loads(row["work"])) for row in rows}


def write_work(connection: sqlite3.Connection, document_id: str, record: Record, kind: str) -> None:
    """Write a document's work and its keys, in the caller's transaction."""
    work = Work.of(document_id, record, kind)
    connection.execute("DELETE FROM work_keys WHERE document_id = ?", (document_id,))
    connection.execute("REPLACE INTO works VALUES (?, ?)", (document_id, json.dumps(to_plain(work))))
    connection.executemany("INSERT INTO work_keys VALUES (?, ?)", ((key, document_id) for key in work_keys(work)))


def fill_works(connection: sqlite3.Connection) -> None:
    """Write the works of all documents, as a migration of older libraries."""
    for row in connection.execute("SELECT id, record, kind FROM documents").fetchall():
        write_work(connection, row["id"], from_plain(Record, json.loads(row["record"])), row["kind"])


def _reached(identity: str, linked: dict[str, set[str]]) -> set[str]:
    """The documents reached over links from one document, without itself."""
    reached, open_ends = {identity}, [identity]
    while open_ends:
        new = linked[open_ends.pop()] - reached
        reached |= new
        open_ends += new
    return reached - {identity}
