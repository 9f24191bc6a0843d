"""Reads tables from TOML and CSV, the ones that come along and a person's own; faults name line and column."""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.taxonomy.table import Category, Column, Family, Head, Level, Table, Thing
from corpus.errors import LibraryError, ReadError, UsageError

if TYPE_CHECKING:
    from corpus.store import Database

__all__ = ["OPENNESS", "TABLES", "Added", "OwnTaxonomies", "data_rows", "read_file", "read_table", "read_text"]

OPENNESS = "eiras-2024"
"""The openness tables, asked before all others."""
TABLES = (
    "risks-opportunities", "claims", "recommendations", "governance", "marginal-risk", "release-gradient", "stages",
    "osai-index",
)  # fmt: skip
"""The tables that come along, besides the openness tables."""

_MOST_BYTES = 64 * 2**20
_MOST_LEVELS = 60
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_NEEDED = {
    **dict.fromkeys(("level", "component", "field"), "id"),
    **dict.fromkeys(("category", "family", "alias"), "name"),
    "note": "note",
}
"""The lists of tables that a head may have, each with the key that every entry needs."""
_KEYS = {*_NEEDED, "rows", *(item.name for item in fields(Head))}
_READ: dict[str, Callable[[Any], Any]] = {
    "str": lambda value: str(value).strip(),
    "bool": bool,
    "int | None": int,
    "tuple[str, ...]": lambda values: tuple(map(str, values)),
    "Mapping[str, tuple[str, ...]]": lambda values: {str(key): tuple(words) for key, words in values.items()},
}
"""How a value of a file is read, by the type of the attribute that takes it."""
_ALIASES = "aliases"
_FIELD = re.compile(r"field\s*:\s*", re.IGNORECASE)


@cache
def read_table(name: str) -> Table:
    """A table that comes along, read once.

    Raises:
        LibraryError: there is no such table.
        ReadError: one of its files is damaged.
    """
    folder = files("assistant.taxonomy") / "data" / name
    if not name or "/" in name or not (folder / "taxonomy.toml").is_file():
        remedy = f"The ones that come along are {', '.join((OPENNESS, *TABLES))}"
        raise LibraryError("There is no such taxonomy", place=name, remedy=remedy)
    paths = [folder / f"{part}.csv" for part in ("things", "cells", "notes", "others")]
    texts = {path.name: path.read_text(encoding="utf-8") for path in paths if path.is_file()}
    head = tomllib.loads((folder / "taxonomy.toml").read_text(encoding="utf-8"))
    return read_text(name, head, texts["things.csv"], texts)


def data_rows(*path: str) -> list[dict[str, str]]:
    """The rows of a CSV file of the package's data folder."""
    return _dicts(files("assistant.taxonomy").joinpath("data", *path).read_text(encoding="utf-8"))


def _dicts(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def read_text(
    name: str,
    head: Mapping[str, Any],
    rows: str,
    more: Mapping[str, str] | None = None,
    *,
    place: str = "things.csv",
    head_place: str = "taxonomy.toml",
) -> Table:
    """A table from the contents of its files; ``more`` are files beside the rows, ``cells.csv`` and so on.

    Raises:
        ReadError: with file, line and column.
    """
    if not _NAME.fullmatch(name):
        raise ReadError(f"{name!r} is no name", place=head_place, remedy="Use small letters, digits and hyphens")
    for key in head:
        if key not in _KEYS:
            raise ReadError(f"Unknown key {key!r}", place=head_place, remedy=f"Known are {', '.join(sorted(_KEYS))}")
    more, parts = more or {}, {key: _tables(head, key, head_place) for key in _NEEDED}
    levels = tuple(Level(**_given(Level, item)) for item in parts["level"])
    graded, described = (
        [Column(**{"title": str(item["id"]), **_given(Column, item)}) for item in parts[key]]
        for key in ("component", "field")
    )
    cells = {(row["thing"], row["component"]): row for row in _dicts(more.get("cells.csv", ""))}
    printed = {at: row["level"] + f"({row['annotation']})" * bool(row["annotation"]) for at, row in cells.items()}
    table = _Rows(place, rows, [] if cells else graded, described)
    things = list(table.things({level.id for level in levels}))
    if cells:
        things = [replace(t, cells=tuple(printed[t.name, column.id] for column in graded)) for t in things]
    remarks = {(row["thing"], row["entry"]): row["note"] for row in _dicts(more.get("notes.csv", ""))}
    remarks |= {(str(n.get("thing", "")), str(n.get("entry", ""))): str(n["note"]) for n in parts["note"]}
    told = {key: tuple(map(str.lower, value)) for key, value in _given(Head, head).items() if isinstance(value, tuple)}
    return Table(
        head=Head(**{"title": name, **_given(Head, head), **told, "name": name}),
        fields=tuple(table.fields),
        components=tuple(graded if cells else table.components),
        levels=levels or _found_levels(things, place),
        things=tuple(things),
        notes=remarks,
        evidence={at: row["evidence"] for at, row in cells.items() if row["evidence"]},
        annotated={
            at: (sort, tuple(row["hint"].split())) for at, row in cells.items() if (sort := row.get("annotation_type"))
        },
        categories=tuple(Category(**_given(Category, item)) for item in parts["category"]),
        families=tuple(Family(**_given(Family, item)) for item in parts["family"]),
        alias_notes={item["name"]: item["note"] for item in parts["alias"]},
        others=tuple(row["name"] for row in _dicts(more.get("others.csv", ""))),
    )


def _tables(head: Mapping[str, Any], key: str, place: str) -> list[dict[str, Any]]:
    found, needed = head.get(key, []), _NEEDED[key]
    for n, item in enumerate(found if isinstance(found, list) else [found], 1):
        if not isinstance(item, dict) or needed not in item:
            raise ReadError(f"[[{key}]] number {n} has no {needed}", place=place, remedy=f'Write {needed} = "…"')
    return list(found)


def _given(kind: type[Any], item: Mapping[str, Any]) -> dict[str, Any]:
    """What a file says of the attributes of a class, each in its type."""
    return {at.name: _READ[str(at.type)](item[at.name]) for at in fields(kind) if at.name in item}


class _Rows:
    """The rows of a CSV file, with the place of each; in a file without a head all columns are components."""

    def __init__(self, place: str, text: str, graded: Sequence[Column], described: Sequence[Column]) -> None:
        self._place = place
        first = text.partition("\n")[0]
        self._reader = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=first.count), strict=True)
        _, self._heading = next(self._lines(), (1, []))
        if len(self._heading) < 2:
            raise self._fault("The table needs a heading with a name and at least one column", 1)
        known = {name: column for column in (*described, *graded) for name in (column.title, column.id)}
        columns: dict[str, int] = {}
        self.components: list[Column] = []
        self.fields: list[Column] = []
        for n, title in enumerate(self._heading):
            if not title or title in self._heading[:n]:
                raise self._fault(f"The heading of column {n + 1} is {'given twice' if title else 'empty'}", 1, title)
            plain = _FIELD.sub("", title)
            if not n or title.lower() == _ALIASES:
                continue
            if graded and plain not in known:
                raise self._fault("This column is described nowhere", 1, title, "Add it as [[component]] or [[field]]")
            column = known.get(plain) or Column(plain, plain)
            (self.fields if column in described or plain != title else self.components).append(column)
            columns[column.id] = n
        for column in (*graded, *described):
            if column.id not in columns:
                remedy = "Add it, or take it out of the head"
                raise self._fault(f"The table has no column {column.id}", 1, remedy=remedy)
        self._at = columns

    def _fault(self, cause: str, line: int, column: str = "", remedy: str = "Correct it in the file") -> ReadError:
        where = f"{self._place}, line {line}" + (f", column {column}" if column else "")
        return ReadError(cause, place=where, remedy=remedy)

    def _lines(self) -> Iterator[tuple[int, list[str]]]:
        """The lines that are not empty, with their numbers."""
        try:
            for row in self._reader:
                if any(values := [value.strip() for value in row]):
                    yield self._reader.line_num, values
        except csv.Error as error:
            raise self._fault(f"This is no CSV ({error})", self._reader.line_num) from error

    def things(self, levels: set[str]) -> Iterator[Thing]:
        """The rows, each checked."""
        heading, seen = self._heading, dict[str, int]()
        aliased = [n for n, title in enumerate(heading) if title.lower() == _ALIASES]
        for line, row in self._lines():
            name = row[0]
            if len(row) != len(heading):
                cause = f"The line has {len(row)} values, the heading {len(heading)}"
                raise self._fault(cause, line, heading[min(len(row), len(heading) - 1)])
            if not name or name.lower() in seen:
                cause = f"{name} stands in line {seen[name.lower()]} already" if name else "The name is empty"
                raise self._fault(cause, line, heading[0])
            seen[name.lower()] = line
            for column in self.components if levels else ():
                raw = row[self._at[column.id]]
                if raw and raw not in levels and raw.partition("(")[0].strip() not in levels:
                    known = f"The levels are {', '.join(sorted(levels))}"
                    raise self._fault(f"{raw!r} is none of the levels", line, column.title, known)
            aliases = tuple(alias.strip() for n in aliased for alias in row[n].split(";") if alias.strip())
            values = (tuple(row[self._at[column.id]] for column in part) for part in (self.fields, self.components))
            yield Thing(name, aliases, *values)
        if not seen:
            raise self._fault("The table has a heading and no rows", 2)


def _found_levels(things: Sequence[Thing], place: str) -> tuple[Level, ...]:
    """The levels that the cells of a table without a head have, in the order of their first use."""
    found = dict.fromkeys(raw.partition("(")[0].strip() for thing in things for raw in thing.cells if raw)
    if len(found) > _MOST_LEVELS:
        cause = f"The cells have {len(found)} different levels, more than {_MOST_LEVELS}"
        raise ReadError(cause, place=place, remedy="Write field: before the heading of a column that holds free text")
    return tuple(Level(level) for level in found)


def read_file(path: Path) -> tuple[Table, dict[str, Any], str]:
    """A person's own table, from CSV alone or from TOML that names its CSV; with its head and its rows.

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
        cause = f"The file cannot be read ({error.strerror})"
        raise ReadError(cause, place=str(path), remedy="Name another") from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise ReadError("The file is not UTF-8", place=f"{path}, line {line}", remedy="Save it as UTF-8") from error


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a file did."""

    table: Table
    status: str
    """``added`` or ``updated``."""


class OwnTaxonomies:
    """Adds, lists and removes a person's own tables in one library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, path: Path) -> Added:
        """Read, check and keep a file; one of the same name is replaced.

        Raises:
            ReadError: the file is not as it must be; the message names line and column.
            UsageError: its name is that of a table that comes along.
        """
        table, head, rows = read_file(path)
        name = table.head.name
        if name in (OPENNESS, *TABLES):
            raise UsageError("That name is taken by a taxonomy that comes along", place=name, remedy="Rename the file")
        known = name in self.names()
        with self._database.writing() as connection:
            connection.execute("REPLACE INTO taxonomies VALUES (?, ?, ?)", (name, json.dumps(head), rows))
        return Added(table, "updated" if known else "added")

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
