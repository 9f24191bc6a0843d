"""Reads tables from TOML and CSV, the ones that come along and a person's own; faults name line and column."""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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
_TEXTS = (
    "title", "work", "key", "identifier", "accessed", "table", "facts_table", "scale", "several_sources", "caption",
    "licence", "attribution", "thing", "things", "best",
)  # fmt: skip
_LISTS = ("nouns", "context", "anchors")
_FLAGS = ("named", "definite")
_PARTS = ("level", "component", "field", "note", "category", "family", "alias")
_KEYS = {*_TEXTS, *_LISTS, *_FLAGS, *_PARTS, "name", "rows"}
_RESERVED = ("aliases",)
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
    texts = {
        path.name: path.read_text(encoding="utf-8")
        for path in (folder / f"{part}.csv" for part in ("things", "cells", "notes", "others"))
        if path.is_file()
    }
    head = tomllib.loads((folder / "taxonomy.toml").read_text(encoding="utf-8"))
    return read_text(
        name, head, texts["things.csv"], cells=texts.get("cells.csv", ""), notes=texts.get("notes.csv", ""),
        others=texts.get("others.csv", ""),
    )  # fmt: skip


def data_rows(*path: str) -> list[dict[str, str]]:
    """The rows of a CSV file of the package's data folder."""
    file = files("assistant.taxonomy").joinpath("data", *path)
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))


def read_text(
    name: str,
    head: Mapping[str, Any],
    rows: str,
    *,
    cells: str = "",
    notes: str = "",
    others: str = "",
    place: str = "things.csv",
    head_place: str = "taxonomy.toml",
) -> Table:
    """A table from the contents of its files.

    Raises:
        ReadError: with file, line and column.
    """
    first = _head(name, head, head_place)
    levels = tuple(_level(item) for item in _tables(head, "level", head_place))
    graded = _columns(head, "component", head_place)
    described = _columns(head, "field", head_place)
    table = _Rows(place, rows)
    components, fields = table.columns(graded, described, long=bool(cells))
    things = list(table.things(components, fields, {level.id for level in levels}))
    long = _Long(cells)
    if cells:
        components = graded
        things = [long.filled(thing, components) for thing in things]
    remarks = {(row["thing"], row["entry"]): row["note"] for row in csv.DictReader(io.StringIO(notes))}
    for item in _tables(head, "note", head_place):
        remarks[str(item.get("thing", "")), str(item.get("entry", ""))] = str(item.get("note", ""))
    return Table(
        head=first,
        fields=tuple(fields),
        components=tuple(components),
        levels=levels or _found_levels(things, place),
        things=tuple(things),
        notes=remarks,
        evidence=long.evidence,
        annotated=long.annotated,
        categories=tuple(
            Category(item["name"], tuple(item["levels"]), item["meaning"]) for item in head.get("category", ())
        ),
        families=tuple(Family(item["name"], tuple(item["members"]), item["note"]) for item in head.get("family", ())),
        alias_notes={item["name"]: item["note"] for item in head.get("alias", ())},
        others=tuple(row["name"] for row in csv.DictReader(io.StringIO(others))),
    )


def _head(name: str, head: Mapping[str, Any], place: str) -> Head:
    if not _NAME.fullmatch(name):
        raise ReadError(f"{name!r} is no name", place=place, remedy="Use small letters, digits and hyphens")
    for key in head:
        if key not in _KEYS:
            raise ReadError(f"Unknown key {key!r}", place=place, remedy=f"Known are {', '.join(sorted(_KEYS))}")
    texts = {key: str(head[key]).strip() for key in _TEXTS if key in head}
    lists = {key: tuple(str(word).lower() for word in head[key]) for key in _LISTS if key in head}
    flags = {key: bool(head.get(key, False)) for key in _FLAGS}
    values: dict[str, Any] = {"title": name, **texts, **lists, **flags}
    return Head(name=name, **values)


def _tables(head: Mapping[str, Any], key: str, place: str) -> list[dict[str, Any]]:
    found = head.get(key, [])
    needed = "note" if key == "note" else "id"
    for n, item in enumerate(found if isinstance(found, list) else [found], 1):
        if not isinstance(item, dict) or needed not in item:
            raise ReadError(f"[[{key}]] number {n} has no {needed}", place=place, remedy=f'Write {needed} = "…"')
    return list(found)


def _level(item: Mapping[str, Any]) -> Level:
    number = item.get("number")
    texts = {key: str(item.get(key, "")) for key in ("meaning", "kind", "category")}
    return Level(str(item["id"]), number=None if number is None else int(number), **texts)


def _columns(head: Mapping[str, Any], key: str, place: str) -> list[Column]:
    texts = ("meaning", "heading", "stage", "kind", "phrase", "sentence")
    return [
        Column(
            id=str(item["id"]),
            title=str(item.get("title", item["id"])),
            aliases=tuple(str(name) for name in item.get("aliases", ())),
            **{text: str(item.get(text, "")) for text in texts},
            dated=bool(item.get("dated", False)),
            groups=bool(item.get("groups", False)),
            nouns={str(value): tuple(words) for value, words in item.get("nouns", {}).items()},
            values={str(value): tuple(words) for value, words in item.get("values", {}).items()},
        )
        for item in _tables(head, key, place)
    ]


class _Rows:
    """The rows of a CSV file, with the place of each."""

    def __init__(self, place: str, text: str) -> None:
        self._place = place
        first = text.partition("\n")[0]
        separator = max(",;\t", key=first.count)
        self._reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
        self._heading = [title.strip() for title in next(self._lines(), [])]
        if len(self._heading) < 2:
            raise self._fault("The table needs a heading with a name and at least one column", 1)
        for n, title in enumerate(self._heading, 1):
            if not title or title in self._heading[: n - 1]:
                raise self._fault(f"The heading of column {n} is {'given twice' if title else 'empty'}", 1, title)

    def _fault(self, cause: str, line: int, column: str = "", remedy: str = "Correct it in the file") -> ReadError:
        where = f"{self._place}, line {line}" + (f", column {column}" if column else "")
        return ReadError(cause, place=where, remedy=remedy)

    def _lines(self) -> Iterator[list[str]]:
        while True:
            try:
                row = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise self._fault(f"This is no CSV ({error})", self._reader.line_num) from error
            yield row

    def columns(
        self, graded: list[Column], described: list[Column], *, long: bool
    ) -> tuple[list[Column], list[Column]]:
        """The components and fields in the order of the heading; in a file without a head all are components."""
        known = {column.id: column for column in (*graded, *described)}
        components: list[Column] = []
        fields: list[Column] = []
        for title in self._heading[1:]:
            plain = _FIELD.sub("", title)
            if title.lower() in _RESERVED:
                continue
            column = known.get(plain) or next((c for c in known.values() if c.title == plain), None)
            if column is None and (graded or (described and long)):
                raise self._fault("This column is described nowhere", 1, title, "Add it as [[component]] or [[field]]")
            is_field = column in described or _FIELD.match(title) is not None
            (fields if is_field else components).append(column or Column(plain, plain))
        for column in (*(() if long else graded), *described):
            if column not in components and column not in fields:
                raise self._fault(
                    f"The table has no column {column.id}", 1, remedy="Add it, or take it out of the head"
                )
        return components, fields

    def things(self, components: list[Column], fields: list[Column], levels: set[str]) -> Iterator[Thing]:
        """The rows, each checked."""
        places = self._places(components, fields)
        seen: dict[str, int] = {}
        for row in self._lines():
            line = self._reader.line_num
            if not any(value.strip() for value in row):
                continue
            if len(row) != len(self._heading):
                cause = f"The line has {len(row)} values, the heading {len(self._heading)}"
                raise self._fault(cause, line, self._heading[min(len(row), len(self._heading) - 1)])
            name = row[0].strip()
            if not name:
                raise self._fault("The name is empty", line, self._heading[0])
            if name.lower() in seen:
                raise self._fault(f"{name} stands in line {seen[name.lower()]} already", line, self._heading[0])
            seen[name.lower()] = line
            cells = tuple(row[n].strip() for n in places[0])
            if levels:
                self._check(cells, components, levels, line)
            aliases = tuple(alias.strip() for n in places[2] for alias in row[n].split(";") if alias.strip())
            yield Thing(name, aliases, tuple(row[n].strip() for n in places[1]), cells)
        if not seen:
            raise self._fault("The table has a heading and no rows", 2)

    def _places(self, components: list[Column], fields: list[Column]) -> tuple[list[int], list[int], list[int]]:
        at = {_FIELD.sub("", title): n for n, title in enumerate(self._heading)}

        def place(column: Column) -> int:
            return at[column.id] if column.id in at else at[column.title]

        reserved = [n for n, title in enumerate(self._heading) if title.lower() in _RESERVED]
        return [place(column) for column in components], [place(column) for column in fields], reserved

    def _check(self, cells: Sequence[str], components: Sequence[Column], levels: set[str], line: int) -> None:
        for column, raw in zip(components, cells, strict=True):
            if raw and raw not in levels and raw.partition("(")[0].strip() not in levels:
                known = ", ".join(sorted(levels))
                raise self._fault(f"{raw!r} is none of the levels", line, column.title, f"The levels are {known}")


class _Long:
    """The cells of a table of its own, a cell a line."""

    def __init__(self, text: str) -> None:
        self._raws: dict[tuple[str, str], str] = {}
        self.evidence: dict[tuple[str, str], str] = {}
        self.annotated: dict[tuple[str, str], tuple[str, tuple[str, ...]]] = {}
        for row in csv.DictReader(io.StringIO(text)):
            place = row["thing"], row["component"]
            self._raws[place] = f"{row['level']}({row['annotation']})" if row["annotation"] else row["level"]
            if row["evidence"]:
                self.evidence[place] = row["evidence"]
            if row.get("annotation_type"):
                self.annotated[place] = row["annotation_type"], tuple((row["hint"] or "").split())

    def filled(self, thing: Thing, components: Sequence[Column]) -> Thing:
        """A thing with its cells."""
        cells = tuple(self._raws[thing.name, column.id] for column in components)
        return Thing(thing.name, thing.aliases, thing.fields, cells)


def _found_levels(things: Sequence[Thing], place: str) -> tuple[Level, ...]:
    """The levels that the cells of a table without a head have, in the order of their first use."""
    found = dict.fromkeys(raw.partition("(")[0].strip() for thing in things for raw in thing.cells if raw)
    if len(found) > _MOST_LEVELS:
        remedy = "Write field: before the heading of a column that holds free text"
        raise ReadError(
            f"The cells have {len(found)} different levels, more than {_MOST_LEVELS}", place=place, remedy=remedy
        )
    return tuple(Level(level) for level in found)


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
