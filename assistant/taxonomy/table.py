"""A table of a taxonomy: things in rows, fields and graded components in columns; what it says, and an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

__all__ = [
    "LISTED", "NOT_APPLICABLE", "UNKNOWN", "Category", "Cell", "Column", "Family", "Head", "Level", "Table",
    "TaxonomyAnswer", "Thing", "enumeration", "joined", "lowered",
]  # fmt: skip

UNKNOWN = "?"
"""Printed where the information is not public."""
NOT_APPLICABLE = "N/A"
"""Printed where the thing has no such component; never the same as unknown."""

_NO_NAMES = ("hint", "availability")
_SCALES = {"T": 10**12, "B": 10**9, "M": 10**6}
LISTED = 50
"""Names in one sentence."""
_PLACE = re.compile(r"Table \d+")


def enumeration(names: Iterable[str], last: str = "and") -> str:
    """``a, b and c``; of very many names the first ones."""
    items = list(names)
    if len(items) > LISTED:
        return f"{', '.join(items[:LISTED])} {last} {len(items) - LISTED:,} more"
    return f"{', '.join(items[:-1])} {last} {items[-1]}" if len(items) > 1 else "".join(items)


def joined(notes: Iterable[str]) -> str:
    """Notes as one paragraph, each once."""
    return " ".join(dict.fromkeys(note for note in notes if note))


def lowered(text: str) -> str:
    """A title or a meaning inside a sentence; an abbreviation keeps its capitals."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


@dataclass(frozen=True, slots=True)
class Head:
    """What is said of a table as a whole."""

    name: str
    title: str
    work: str = ""
    key: str = ""
    """The citation key, ``eiras2024``."""
    identifier: str = ""
    accessed: str = ""
    table: str = "table"
    facts_table: str = ""
    """The table that prints the fields, where it is another one than that of the cells."""
    scale: str = ""
    several_sources: str = ""
    """Which licence counts where a component has several sources."""
    caption: str = ""
    licence: str = ""
    attribution: str = ""
    thing: str = "thing"
    things: str = "things"
    best: str = ""
    """The level that counts as the most open; the first one where it is empty."""
    nouns: tuple[str, ...] = ()
    """Words that ask for all entries of a list."""
    context: tuple[str, ...] = ()
    """Words that may stand beside them without being a condition."""
    anchors: tuple[str, ...] = ()
    """Words of which one must be there for a question to be about the table."""
    definite: bool = False
    """Whether its noun with an article, ``the claims``, asks for the list without any of the anchors."""
    named: bool = False
    """Whether an entry of the list must be named beside one of its nouns."""

    @property
    def cited(self) -> str:
        """``Eiras et al. 2024 (arXiv:2404.17047v2)``; the title where no work is named."""
        work = self.work or self.title
        return f"{work} ({self.identifier})" if self.identifier else work

    @property
    def dated(self) -> str:
        """The work and the date of its data."""
        return f"{self.cited}, data accessed {self.accessed}" if self.accessed else self.cited


@dataclass(frozen=True, slots=True)
class Column:
    """A field, which holds text or a number, or a component, which holds levels."""

    id: str
    title: str
    aliases: tuple[str, ...] = ()
    meaning: str = ""
    heading: str = ""
    """The column's heading in the printed table, where it differs from the title."""
    stage: str = ""
    kind: str = ""
    """Of a component the scale it is judged on; of a field ``names``, ``number``, ``size``, ``month`` or nothing."""
    phrase: str = ""
    sentence: str = ""
    """A field's value as a sentence, ``{name} was released in {value}.``"""
    dated: bool = False
    groups: bool = False
    """Whether things are asked for by this field's values."""
    nouns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Words that stand for a value, ``risks`` for ``risk``."""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Other spellings of a field's values, ``Facebook`` for ``Meta``."""

    @property
    def said(self) -> str:
        """The column inside a sentence."""
        return self.phrase or lowered(self.title)


@dataclass(frozen=True, slots=True)
class Level:
    """A step of the scale, or a sign that stands outside it."""

    id: str
    meaning: str = ""
    kind: str = ""
    """The scale, ``code`` or ``data``; empty for a sign such as ``?``."""
    number: int | None = None
    category: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    """A top-level class of openness."""

    name: str
    levels: tuple[str, ...] = ()
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """A bare name that stands for several things."""

    name: str
    members: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """A row."""

    name: str
    aliases: tuple[str, ...]
    fields: tuple[str, ...]
    """In the order of the table's fields."""
    cells: tuple[str, ...]
    """In the order of the table's components, each as printed: ``open``, ``D3(LLaMA-2)``."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with what it takes to show it and to cite it."""

    model: str
    component: str
    """The component's id, ``weights``; a field's id for a fact."""
    component_title: str
    raw: str
    """Exactly what the table prints, ``D3(LLaMA-2)``."""
    level: str
    """``C1`` to ``D5``, ``?`` or ``N/A``; empty for a fact."""
    annotation: str
    """What stands in brackets: a licence, a source, or a hint. A hint is not a level."""
    meaning: str
    """The level in words."""
    source: str = "Table 3"
    note: str = ""
    annotation_type: str = ""
    """``licence``, ``availability``, ``source dataset``, ``hint`` or empty."""
    hint: tuple[str, ...] = ()
    """The levels that a hint names."""

    @property
    def number(self) -> int | None:
        """The level from 1 to 5, or None where the table gives none."""
        return int(self.level[1]) if self.level[:1] in ("C", "D") and self.level[1:].isdigit() else None

    def as_json(self) -> dict[str, object]:
        """The cell as ``loccit taxonomy --json`` gives it."""
        names = ("model", "component", "raw", "level", "annotation", "meaning")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class Table:
    """A taxonomy: everything that its files say."""

    head: Head
    fields: tuple[Column, ...]
    components: tuple[Column, ...]
    levels: tuple[Level, ...]
    things: tuple[Thing, ...]
    notes: Mapping[tuple[str, str], str]
    """Remarks by thing and column; either may be empty."""
    evidence: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Links by thing and component."""
    annotated: Mapping[tuple[str, str], tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    """Type of the annotation and levels of a hint, by thing and component."""
    categories: tuple[Category, ...] = ()
    families: tuple[Family, ...] = ()
    alias_notes: Mapping[str, str] = field(default_factory=dict)
    """Remarks on names that are written otherwise than in the table."""
    others: tuple[str, ...] = ()
    """Known things that are not in the table, so that no correction turns them into one that is."""

    @cached_property
    def by_name(self) -> dict[str, Thing]:
        """Things by their names."""
        return {thing.name: thing for thing in self.things}

    @cached_property
    def by_level(self) -> dict[str, Level]:
        """Levels by their ids."""
        return {level.id: level for level in self.levels}

    @cached_property
    def columns(self) -> dict[str, Column]:
        """Components and fields by their ids."""
        return {column.id: column for column in (*self.components, *self.fields)}

    @cached_property
    def component_ids(self) -> tuple[str, ...]:
        """The components' ids, in the order of the table."""
        return tuple(column.id for column in self.components)

    @cached_property
    def field_ids(self) -> tuple[str, ...]:
        """The fields' ids, in the order of the table."""
        return tuple(column.id for column in self.fields)

    @cached_property
    def _places(self) -> dict[str, int]:
        """The place of each column in a row: its components, then its fields."""
        return {name: place for place, name in enumerate(self.columns)}

    def of_kind(self, kind: str) -> list[str]:
        """The ids of the fields of a kind, ``month``."""
        return [column.id for column in self.fields if column.kind == kind]

    @cached_property
    def best(self) -> frozenset[str]:
        """The levels that count as open: the highest of each scale, else what the head names, else the first."""
        top = max((level.number or 0 for level in self.levels), default=0)
        if top:
            return frozenset(level.id for level in self.levels if level.number == top)
        return frozenset([self.head.best or self.levels[0].id] if self.levels else ())

    @cached_property
    def annotations(self) -> tuple[str, ...]:
        """What stands in brackets anywhere and is a name: a licence or a source, no hint."""
        named = {
            self.split(raw)[1]
            for thing in self.things
            for column, raw in zip(self.component_ids, thing.cells, strict=True)
            if "(" in raw and self.annotated.get((thing.name, column), ("",))[0] not in _NO_NAMES
        }
        return tuple(sorted(named - {""}))

    @cached_property
    def raws(self) -> dict[str, str]:
        """The level of each printed cell."""
        return {raw: self.split(raw)[0] for thing in self.things for raw in thing.cells}

    def split(self, raw: str) -> tuple[str, str]:
        """The level and the annotation of a printed cell."""
        level = raw if raw in self.by_level else raw.partition("(")[0].strip()
        return level, raw[len(level) :].strip(" ()")

    def printed(self, levels: frozenset[str]) -> frozenset[str]:
        """The printed cells that have one of these levels."""
        return frozenset(raw for raw, level in self.raws.items() if level in levels)

    def raw(self, name: str, column: str) -> str:
        """What is printed for a thing in a column."""
        thing, at = self.by_name[name], self._places[column]
        return thing.cells[at] if at < len(self.components) else thing.fields[at - len(self.components)]

    def cell(self, name: str, column: str) -> Cell:
        """One cell or fact, to be shown."""
        item, place, raw = self.columns[column], (name, column), self.raw(name, column)
        note = " ".join(filter(None, (self.notes.get(place, ""), self.evidence.get(place, ""))))
        if item in self.fields:
            meaning = f"read on {self.head.accessed}" if item.dated else ""
            return Cell(name, column, item.title, raw, "", "", meaning, self.head.facts_table or self.head.table, note)
        level, annotation = self.split(raw)
        meaning = self.by_level[level].meaning if level in self.by_level else ""
        sort, hint = self.annotated.get(place, ("", ()))
        return Cell(name, column, item.title, raw, level, annotation, meaning, self.head.table, note, sort, hint)

    def row(self, name: str) -> tuple[Cell, ...]:
        """The cells of a thing, in the order of the table."""
        return tuple(self.cell(name, column) for column in self.component_ids)

    def column(self, component: str) -> tuple[Cell, ...]:
        """The cells of all things for a component, in the order of the table."""
        return tuple(self.cell(thing.name, component) for thing in self.things)

    def number(self, name: str, field: str) -> int | None:
        """A field as a number, or None where there is none; ``07/2023`` and ``2023-07`` count in months."""
        kind, raw = self.columns[field].kind, self.raw(name, field)
        if kind == "size":
            sized = raw[:-1].replace(".", "", 1).isdigit() and raw[-1:] in _SCALES
            return round(float(raw[:-1]) * _SCALES[raw[-1]]) if sized else None
        if kind == "month":
            parts = sorted((part for part in re.split(r"[/-]", raw)[:2] if part.isdigit()), key=len)
            return int(parts[1]) * 12 + int(parts[0]) if len(parts) == 2 else None
        plain = raw.replace(",", "")
        return int(plain) if plain.isdigit() else None

    def names(self, name: str, field: str) -> tuple[str, ...]:
        """The names that a field lists, ``Microsoft, NVIDIA``."""
        return tuple(part.strip() for part in self.raw(name, field).split(",") if part.strip())

    def said(self, columns: Iterable[str], last: str = "and") -> str:
        """Columns inside a sentence."""
        return enumeration((self.columns[name].said for name in columns), last)

    def parts(self, components: Sequence[str], last: str = "or") -> str:
        """Components inside a sentence, or that they are all there are, ``any code component``."""
        kinds, one = {self.columns[name].kind for name in components}, "any" if last == "or" else "every"
        everywhere = [item for item in self.components if item.kind in kinds]
        if len(components) == len(self.components):
            return f"{one} component"
        if len(kinds) == 1 and len(components) == len(everywhere) > 1:
            return f"{one} {kinds.pop()} component"
        return self.said(components, last)

    def scale(self, levels: Iterable[str]) -> str:
        """Levels in the order of the scale, ``C5/D5``."""
        named = set(levels)
        return "/".join(level for level in self.by_level if level in named)

    def sentence(self, cell: Cell) -> str:
        """A cell or a fact as a sentence, ``Falcon, weights: D3(LLaMA-2), publicly available under …``."""
        column = self.columns[cell.component]
        if column.sentence and cell.raw == NOT_APPLICABLE:
            return f"{cell.model}: the table gives no {column.said} (N/A)."
        if column.sentence:
            listed = column.kind == "names"
            value = enumeration(self.names(cell.model, cell.component)) if listed else cell.raw
            return column.sentence.format(name=cell.model, value=value)
        meaning = f", {lowered(cell.meaning)}" if cell.meaning and self.categories else ""
        if cell.level == UNKNOWN and cell.annotation:
            meaning += f"; {cell.annotation} is a hint, not a level"
        return f"{cell.model}, {column.said}: {cell.raw or 'not given'}{meaning}."

    def source(self, things: Sequence[str] = (), columns: Iterable[str] = ()) -> str:
        """The work, its tables, their rows and columns; all of them where none or very many are given."""
        some = 0 < len(things) <= 12 and len(things) < len(self.things)
        rows = f"row{'s' if len(things) > 1 else ''} {enumeration(things)}" if some else "all rows"
        named = [self.columns[name] for name in dict.fromkeys(columns)]
        fields = [column for column in named if column in self.fields]
        graded = [column for column in named if column not in self.fields]
        places = [(self.head.table, graded if len(graded) < len(self.components) else [])]
        if fields:
            places = [*(places if graded else ()), (self.head.facts_table or self.head.table, fields)]
        headed = [(place, [column.heading or column.title for column in shown]) for place, shown in places]
        return "; ".join(
            f"{self.head.cited}, {place}, {rows}, "
            + (f"column{'s' if len(titles) > 1 else ''} {enumeration(titles)}" if titles else "all columns")
            for place, titles in headed
        )

    def cite(self, source: str = "") -> str:
        """The citation to paste, with each table that a source names: ``[@eiras2024, Table 3]``."""
        found = dict.fromkeys(_PLACE.findall(source)) or ["sec. 3.1"]
        places = found if self.head.scale else [self.head.table]
        return f"[{'; '.join(f'@{self.head.key}, {place}' for place in places)}]" if self.head.key else ""


@dataclass(frozen=True, slots=True)
class TaxonomyAnswer:
    """What the taxonomies say to a question, or that they say nothing."""

    question: str
    kind: str
    """``cell``, ``cells``, ``fact``, ``row``, ``column``, ``filter``, ``count``, ``ranking``, ``comparison``,
    ``distribution``, ``definition``, ``licence_rule``, ``ambiguous``, ``entry``, ``unknown_model``, or ``none`` for a
    question that is not about a taxonomy."""
    found: bool
    models: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    value: Any = None
    """Plain data, by kind: a cell as a mapping, a number, a list of names, a mapping of components to cells …"""
    text: str = ""
    note: str = ""
    source: str = ""
    """The work, the table, the row and the column."""
    cells: tuple[Cell, ...] = ()
    """The cells behind the answer, to be shown."""
    corrections: tuple[str, ...] = ()
    """What was read differently from how it was written, ``mistrall 7b → Mistral-7B``."""
    taxonomy: str = ""
    """The table that answers, ``eiras-2024``."""
    cite: str = ""
    """The citation to paste into a draft, ``[@eiras2024, Table 3]``."""
    unknown: tuple[str, ...] = ()
    """Names that were asked about and that the table lacks."""
    beside: tuple[dict[str, Any], ...] = ()
    """What other tables say of the same thing, each in its own levels, never converted."""

    def as_json(self) -> dict[str, Any]:
        """The shape of ``loccit taxonomy --json``."""
        plain = ("question", "kind", "found", "value", "text", "note", "source", "taxonomy", "cite")
        listed = ("models", "components", "corrections", "beside")
        return {
            **{name: getattr(self, name) for name in plain},
            **{name: list(getattr(self, name)) for name in listed},
            "cells": [cell.as_json() for cell in self.cells],
        }
