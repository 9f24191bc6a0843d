"""A person's own classifications, kept in their library."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from assistant.taxonomy.schemes.reading import SCHEMES, read_file, read_text
from assistant.taxonomy.schemes.scheme import Scheme
from assistant.taxonomy.shelf import OPENNESS
from corpus.errors import UsageError
from corpus.store import Database

__all__ = ["Added", "OwnTaxonomies"]


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a file did."""

    scheme: Scheme
    status: str
    """``added`` or ``updated``."""


class OwnTaxonomies:
    """Adds, lists and removes classifications in one library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, path: Path) -> Added:
        """Read, check and keep a file; one of the same name is replaced.

        Raises:
            ReadError: the file is not as it must be; the message names line and column.
            UsageError: its name is that of a classification that comes along.
        """
        scheme, head, rows = read_file(path)
        name = scheme.head.name
        if name in (OPENNESS, *SCHEMES):
            raise UsageError("That name is taken by a taxonomy that comes along", place=name, remedy="Rename the file")
        known = name in self.names()
        with self._database.writing() as connection:
            connection.execute("REPLACE INTO taxonomies VALUES (?, ?, ?)", (name, json.dumps(head), rows))
        return Added(scheme, "updated" if known else "added")

    def names(self) -> list[str]:
        """The names of all, in order."""
        rows = self._database.reader().execute("SELECT name FROM taxonomies ORDER BY name")
        return [str(row["name"]) for row in rows]

    def remove(self, name: str) -> None:
        """Forget one.

        Raises:
            UsageError: there is none of that name.
        """
        if name not in self.names():
            known = ", ".join(self.names()) or "none yet; add one with loccit taxonomy add FILE"
            raise UsageError("You have no taxonomy of that name", place=name, remedy=f"Yours are: {known}")
        with self._database.writing() as connection:
            connection.execute("DELETE FROM taxonomies WHERE name = ?", (name,))

    def load(self) -> list[Scheme]:
        """All of them."""
        rows = self._database.reader().execute("SELECT name, head, rows FROM taxonomies ORDER BY name")
        return [read_text(row["name"], json.loads(row["head"]), row["rows"]) for row in rows]
