"""What an answer is, and the words for its parts: cells, levels, components and conditions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.taxonomy.conditions import Condition
from assistant.taxonomy.slots import FAR
from assistant.taxonomy.table import NOT_APPLICABLE, UNKNOWN, Cell, Table, enumeration

__all__ = ["Phrases", "TaxonomyAnswer", "joined", "lowered"]


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


def joined(notes: Iterable[str]) -> str:
    """Notes as one paragraph, each once."""
    return " ".join(dict.fromkeys(note for note in notes if note))


def lowered(text: str) -> str:
    """A title or a meaning inside a sentence; an abbreviation keeps its capitals."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


class Phrases:
    """Says what a table holds."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self.said = {column.id: column.said for column in table.columns.values()}
        """The columns inside a sentence, by their ids."""

    def listed(self, columns: Iterable[str], last: str = "and") -> str:
        """Columns by their names."""
        return enumeration((self.said[name] for name in columns), last)

    def parts(self, components: Sequence[str], last: str = "or") -> str:
        """Components, or that they are all there are, ``any code component``."""
        table, one = self._table, "any" if last == "or" else "every"
        kinds = {table.columns[name].kind for name in components}
        everywhere = [item for item in table.components if item.kind in kinds]
        if len(components) == len(table.components):
            return f"{one} component"
        if len(kinds) == 1 and len(components) == len(everywhere) > 1:
            return f"{one} {kinds.pop()} component"
        return self.listed(components, last)

    def levels(self, levels: Iterable[str]) -> str:
        """Levels in the order of the scale, ``C5/D5``."""
        named = set(levels)
        return "/".join(level for level in self._table.by_level if level in named)

    def tested(self, test: Condition) -> str:
        """The levels that a test looks for, without those that its components cannot have."""
        kinds, known = {self._table.columns[name].kind for name in test.columns} | {""}, self._table.by_level
        levels = [level for level in test.grade.levels if level in known and known[level].kind in kinds]
        return self.levels(levels or test.grade.levels)

    def cell(self, cell: Cell) -> str:
        """A cell or a fact as a sentence, ``Falcon, weights: D3(LLaMA-2), publicly available under …``."""
        column = self._table.columns[cell.component]
        if column.sentence and cell.raw == NOT_APPLICABLE:
            return f"{cell.model}: the table gives no {column.said} (N/A)."
        if column.sentence:
            listed = column.kind == "names"
            value = enumeration(self._table.names(cell.model, cell.component)) if listed else cell.raw
            return column.sentence.format(name=cell.model, value=value)
        meaning = f", {lowered(cell.meaning)}" if cell.meaning and self._table.categories else ""
        if cell.level == UNKNOWN and cell.annotation:
            meaning += f"; {cell.annotation} is a hint, not a level"
        return f"{cell.model}, {column.said}: {cell.raw or 'not given'}{meaning}."

    def condition(self, item: Condition) -> str:
        """A condition inside a sentence, ``weights at D3``."""
        parts = self.parts(item.columns, "and" if item.every else "or") if item.columns else "any component"
        field, names = self.said[item.columns[0]] if item.columns else "", enumeration(item.names, "or")
        match item.sort:
            case "level":
                return f"{parts} at {self.tested(item)}"
            case "tally":
                return f"{_amount(item.low, item.high)} components at {self.levels(item.grade.levels)}"
            case "annotation":
                return f"{parts} {'not under' if item.excluded else 'under'} {names}"
            case "given":
                return f"{'no' if item.excluded else 'a'} {field} in the table{' (N/A)' if item.excluded else ''}"
            case "value":
                verb = "developed by" if item.columns == ("developer",) else f"with {field}"
                return f"{'not ' if item.excluded else ''}{verb} {names}"
            case "range" if self._table.columns[item.columns[0]].kind == "month":
                return f"released {_span(item.low, item.high)}"
            case "range":
                return f"{field} of {_amount(item.low, item.high)}"
        return f"other than {names}"


def _amount(low: int, high: int) -> str:
    if low == high:
        return f"exactly {low:,}"
    return f"at least {low:,}" if high >= FAR else f"at most {high:,}" if not low else f"{low:,} to {high:,}"


def _span(low: int, high: int) -> str:
    first, last = (f"{(months - 1) % 12 + 1:02}/{(months - 1) // 12}" for months in (low, high))
    if low == 0:
        return f"up to {last}"
    return f"from {first}" if high >= FAR else f"in {first}" if low == high else f"from {first} to {last}"
