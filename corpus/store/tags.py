"""Tags: a person's own labels of documents."""

import difflib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence

from corpus.errors import UsageError
from corpus.store.database import Database
from corpus.text.repair import normalise

__all__ = ["Tags"]

_LONGEST = 60
_NAMED = 20
"""Maximum tags named in a message."""


class Tags:
    """The tags of a library, compared without case; a tag keeps its first spelling."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> dict[str, int]:
        """Every tag with the number of its documents, in alphabetical order."""
        rows = self._database.rows("SELECT name, count(*) AS documents FROM tags GROUP BY name")
        counts = {row["name"]: row["documents"] for row in rows}
        return {name: counts[name] for name in sorted(counts, key=str.casefold)}

    def of(self, document_id: str) -> tuple[str, ...]:
        """The tags of one document."""
        return self.by_document([document_id]).get(document_id, ())

    def by_document(self, document_ids: Sequence[str] | None = None) -> dict[str, tuple[str, ...]]:
        """The tags of all documents, or of these; documents without tags are left out."""
        wanted = None if document_ids is None else json.dumps(list(document_ids))
        rows = self._database.rows(
            "SELECT document_id, name FROM tags WHERE ?1 IS NULL OR document_id IN (SELECT value FROM json_each(?1))",
            (wanted,),
        )
        found: defaultdict[str, list[str]] = defaultdict(list)
        for row in rows:
            found[row["document_id"]].append(row["name"])
        return {identity: tuple(sorted(names, key=str.casefold)) for identity, names in found.items()}

    def change(self, document_ids: Iterable[str], add: Sequence[str], remove: Sequence[str]) -> None:
        """Add and remove tags of documents in one transaction.

        Raises:
            UsageError: a tag is empty or very long, or no document has one that is to be removed.
        """
        gone = self.known(remove)
        with self._database.writing() as connection:
            spelt = {name.casefold(): name for name in self.all()}
            new = [spelt.setdefault(name.casefold(), name) for name in map(_checked, add)]
            for document_id in document_ids:
                given, taken = ([(document_id, name) for name in names] for names in (new, gone))
                connection.executemany("INSERT OR IGNORE INTO tags VALUES (?, ?)", given)
                connection.executemany("DELETE FROM tags WHERE document_id = ? AND name = ?", taken)

    def known(self, names: Sequence[str]) -> list[str]:
        """These tags in the library's spelling.

        Raises:
            UsageError: no document has one of them.
        """
        spelt = {name.casefold(): name for name in self.all()}
        for name in names:
            if _folded(name) not in spelt:
                raise UsageError("No document has this tag", place=name, remedy=_hint(_folded(name), spelt))
        return [spelt[_folded(name)] for name in names]


def _hint(wanted: str, spelt: dict[str, str]) -> str:
    if not spelt:
        return "No document has any; give one with loccit tag ID --add NAME"
    if len(spelt) <= _NAMED:
        return f"The tags are {', '.join(spelt.values())}"
    near = difflib.get_close_matches(wanted, spelt, 3)
    return f"Did you mean {', '.join(spelt[name] for name in near)}" if near else "See loccit tag"


def _checked(name: str) -> str:
    written = _written(name)
    if not written or len(written) > _LONGEST:
        raise UsageError("This is not a tag", place=name, remedy=f"Give a word or a few, at most {_LONGEST} characters")
    return written


def _written(name: str) -> str:
    return " ".join(normalise(name).split())


def _folded(name: str) -> str:
    return _written(name).casefold()
