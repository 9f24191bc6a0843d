"""One classification in memory: its head, its columns, its levels, its things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from assistant.taxonomy.cell import Cell

__all__ = ["Column", "Head", "Scheme", "Step", "Thing"]


@dataclass(frozen=True, slots=True)
class Head:
    """What is said of a classification as a whole."""

    name: str
    title: str
    work: str = ""
    key: str = ""
    """The citation key, ``eiras2024``."""
    identifier: str = ""
    accessed: str = ""
    table: str = "table"
    licence: str = ""
    attribution: str = ""
    thing: str = "thing"
    things: str = "things"
    best: str = ""
    """The level that counts as the most open; the first one where it is empty."""
    nouns: tuple[str, ...] = ()
    """Words that ask for all its things."""
    context: tuple[str, ...] = ()
    """Words that may stand beside them without being a condition."""
    anchors: tuple[str, ...] = ()
    """Words of which one must be there for a question to be about it; any word of its context where there are none."""
    definite: bool = False
    """Whether its noun with an article, ``the claims``, asks for it without any of the anchors."""
    named: bool = False
    """Whether a thing of it must be named beside one of its nouns."""

    @property
    def cited(self) -> str:
        """``Eiras et al. 2024 (arXiv:2404.17047v2)``; the title where no work is named."""
        work = self.work or self.title
        return f"{work} ({self.identifier})" if self.identifier else work


@dataclass(frozen=True, slots=True)
class Column:
    """A field, which holds text, or a component, which holds levels."""

    id: str
    title: str
    aliases: tuple[str, ...] = ()
    meaning: str = ""
    groups: bool = False
    """Whether things are asked for by this field's values."""
    nouns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Words that stand for a value, ``risks`` for ``risk``."""


@dataclass(frozen=True, slots=True)
class Step:
    """A level."""

    id: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """A row."""

    name: str
    aliases: tuple[str, ...]
    fields: tuple[str, ...]
    """In the order of the scheme's fields."""
    cells: tuple[str, ...]
    """In the order of the scheme's components, each as printed: ``open``, ``D3(LLaMA-2)``."""


@dataclass(frozen=True)
class Scheme:
    """A classification."""

    head: Head
    fields: tuple[Column, ...]
    components: tuple[Column, ...]
    levels: tuple[Step, ...]
    things: tuple[Thing, ...]
    notes: Mapping[tuple[str, str], str]
    """Remarks by thing and column; either may be empty."""
    evidence: Mapping[tuple[str, str], str]
    """Links by thing and component."""

    @cached_property
    def by_name(self) -> dict[str, Thing]:
        """Things by their names."""
        return {thing.name: thing for thing in self.things}

    @cached_property
    def meanings(self) -> dict[str, str]:
        """The levels' meanings."""
        return {step.id: step.meaning for step in self.levels}

    def level(self, raw: str) -> str:
        """The level of a printed cell, without what stands in brackets."""
        return raw if raw in self.meanings else raw.partition("(")[0].strip()

    def cell(self, thing: Thing, column: Column) -> Cell:
        """One cell or field, to be shown."""
        graded = column in self.components
        raw = thing.cells[self.components.index(column)] if graded else thing.fields[self.fields.index(column)]
        level = self.level(raw) if graded else ""
        notes = (self.notes.get((thing.name, column.id), ""), self.evidence.get((thing.name, column.id), ""))
        return Cell(
            model=thing.name,
            component=column.id,
            component_title=column.title,
            raw=raw,
            level=level,
            annotation=raw[len(level) :].strip(" ()") if graded else "",
            meaning=self.meanings.get(level, ""),
            source=self.head.table,
            note=" ".join(note for note in notes if note),
        )

    def row(self, thing: Thing) -> tuple[Cell, ...]:
        """All cells and fields of a thing that hold something."""
        cells = (self.cell(thing, column) for column in (*self.components, *self.fields))
        return tuple(cell for cell in cells if cell.raw)

    def source(self, things: tuple[str, ...] = (), columns: tuple[str, ...] = ()) -> str:
        """The work, the table, its rows and columns."""
        rows = f"row{'s' if len(things) > 1 else ''} {', '.join(things)}" if 0 < len(things) <= 12 else "all rows"
        which = f"column{'s' if len(columns) > 1 else ''} {', '.join(columns)}" if columns else "all columns"
        return f"{self.head.cited}, {self.head.table}, {rows}, {which}"

    def cite(self) -> str:
        """The citation to paste, ``[@eiras2024, Section 4]``; empty where the scheme has no key."""
        return f"[@{self.head.key}, {self.head.table}]" if self.head.key else ""
