"""A person's own tables: read from a file, kept in the library."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.taxonomy.table import Table
from assistant.taxonomy.table_files import OPENNESS, TABLES, read_text
from corpus.errors import ReadError, UsageError

if TYPE_CHECKING:
    from corpus.store.database import Database

__all__ = ["Added", "OwnTaxonomies", "read_file"]

_MOST_BYTES = 64 * 2**20


def read_file(path: Path) -> tuple[Table, dict[str, Any], str]:
    """A person's own classification, from CSV alone or from TOML that names its CSV; with its head and its rows.

    Raises:
        ReadError: the file, a line or a value of it is not as it must be.
    """
    if path.suffix.lower() == ".toml":
        try:
            head = tomllib.loads(_text(path))
        except tomllib.TOMLDecodeError as error:
            raise ReadError(f"This is no TOML ({error})", place=str(path), remedy="Correct that line") from error
        rows = path.parent / str(head.get("rows", f"{path.stem}.csv"))
    elif path.suffix.lower() in (".csv", ".tsv"):
        head, rows = {}, path
    else:
        raise ReadError("A taxonomy is a CSV or a TOML file", place=str(path), remedy="See docs/taxonomy.md")
    name = str(head.get("name", path.stem)).lower().replace(" ", "-")
    text = _text(rows)
    return read_text(name, head, text, place=rows.name, head_place=path.name), head, text


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ReadError("The file is larger than 64 MiB", place=str(path), remedy="Split it")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ReadError(
            f"The file cannot be read ({error.strerror})", place=str(path), remedy="Name another"
        ) from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise ReadError("The file is not UTF-8", place=f"{path}, line {line}", remedy="Save it as UTF-8") from error


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a file did."""

    scheme: Table
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
        if name in (OPENNESS, *TABLES):
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

    def load(self) -> list[Table]:
        """All of them."""
        rows = self._database.reader().execute("SELECT name, head, rows FROM taxonomies ORDER BY name")
        return [read_text(row["name"], json.loads(row["head"]), row["rows"]) for row in rows]
