"""Puts a result into words, with its remarks and its sources: work, table, row and column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.taxonomy.conditions import Condition
from assistant.taxonomy.execution import Result, condition_columns
from assistant.taxonomy.gazetteer import nearest
from assistant.taxonomy.interpreter import Query
from assistant.taxonomy.slots import FAR
from assistant.taxonomy.table import NOT_APPLICABLE, UNKNOWN, Cell, Table, enumeration

__all__ = ["TaxonomyAnswer", "joined", "rendered"]

_LISTED = 50
"""Names in one sentence."""


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


def rendered(query: Query, result: Result, table: Table) -> TaxonomyAnswer:
    """The answer to a query."""
    if query.kind == "none":
        return TaxonomyAnswer(query.question, "none", found=False)
    words = _Words(query, result, table)
    text, source = words.text(), words.source()
    return TaxonomyAnswer(
        query.question, query.kind, result.found, result.things, result.components, result.value, text,
        joined([*query.notes, *words.notes()]), source, result.cells, query.corrections, table.head.name,
        table.cite(source), query.unknown,
    )  # fmt: skip


class _Words:
    """The words for one result: its text, its remarks, its source."""

    def __init__(self, query: Query, result: Result, table: Table) -> None:
        self.query, self.result, self.table, self.head = query, result, table, table.head
        self.which = enumeration(map(self._condition, query.conditions))

    def text(self) -> str:
        """The result as sentences."""
        says: dict[str, Callable[[], str]] = {
            "column": self._column, "filter": self._filter, "count": self._count, "ranking": self._ranking,
            "comparison": self._comparison, "distribution": self._distribution, "definition": self._definition,
            "ambiguous": self._ambiguous, "unknown_model": self._unknown,
            "row": lambda: " ".join(map(self._summary, self.query.things)),
        }  # fmt: skip
        return says.get(self.query.kind, self._cells)()

    def source(self) -> str:
        """The work, its tables, their rows and columns; where the levels are explained."""
        query, head = self.query, self.head
        if query.kind == "unknown_model" or (query.kind, query.topic) == ("count", "components"):
            return f"{head.cited}, {head.table}"
        if query.kind == "definition":
            headed = query.topic.endswith("components")
            return f"{head.cited}, {f'{head.table}, column headings' if headed else head.scale or head.table}"
        tested = condition_columns(query.conditions, self.table)
        named = query.components if query.kind != "ranking" or query.topic == "openness" else ()
        columns = dict.fromkeys((*named, *self.result.fields, *tested[0], *tested[1]))
        if query.kind in ("row", "ambiguous"):
            shown = query.kind == "ambiguous" or self.table.categories
            columns = dict.fromkeys((*self.result.components, *query.fields) if shown else ())
        whole = query.kind in ("filter", "count", "ranking", "column") and query.topic != "cells"
        things = () if whole else query.things
        fields = [name for name in columns if name in self.table.field_ids]
        components = [name for name in columns if name not in fields]
        some = components if len(components) < len(self.table.components) else ()
        sources = [self.table.source(things, some)] if components or not fields else []
        if fields:
            sources.append(self.table.source(things, fields, head.facts_table))
        return "; ".join(sources)

    def notes(self) -> Iterator[str]:
        """What a reader should know: oddities of cells, how a plain word was taken, dates of figures."""
        query, table, result = self.query, self.table, self.result
        if query.kind == "unknown_model":
            near = dict.fromkeys(name for item in query.unknown for name in nearest(item, tuple(table.by_name)))
            yield f"Nearest names in the table, other {self.head.things}: {enumeration(near)}."
        if query.kind in ("filter", "count"):
            yield from self._readings()
        if query.kind == "row":
            yield from (table.notes.get((name, ""), "") for name in query.things)
            others = [m for family in table.families if (family.name,) == query.things for m in family.members[1:]]
            if others:
                yield f"{enumeration(others)} {'has a row of its' if len(others) == 1 else 'have rows of their'} own."
        if query.kind == "ambiguous":
            yield from (family.note for family in table.families if family.name in query.name.split(" and "))
            yield "Ask for one of them by name."
        if query.kind == "ranking" and query.topic == "things" and result.total:
            missing = table.columns[query.fields[0]].said
            yield f"{result.total} {self.head.things} are left out: the table gives no {missing}."
        if query.kind == "ranking" and query.topic == "openness" and table.categories and not self._by_level():
            yield "The taxonomy gives no overall score; this counts cells at C5 or D5."
        if query.kind == "definition":
            yield from (table.notes.get(("", name), "") for name in result.components)
        elif query.kind != "count":
            yield self._remarks()
        if any(table.columns[name].dated for name in result.fields):
            yield f"Read on {self.head.accessed}; such figures change."
        if not table.categories:
            yield joined([f"As of {self.head.accessed}." if self.head.accessed else "", self.head.attribution])

    def _remarks(self) -> str:
        """The notes on cells, each once; where the cells are of several things, with their names."""
        several = len({cell.model for cell in self.result.cells}) > 1
        noted: dict[str, dict[str, None]] = {}
        for cell in self.result.cells:
            if cell.note:
                noted.setdefault(cell.note, {})[cell.model] = None
        return joined(f"{enumeration(names)}: {note}" if several else note for note, names in noted.items())

    def _readings(self) -> Iterator[str]:
        for item in self.query.conditions:
            if item.sort == "level" and item.grade.loose:
                yield f'"{item.grade.text.capitalize()}" is taken as {self._tested(item)}.'
            if item.sort == "level" and len(item.columns) == 1 and UNKNOWN not in item.grade.levels:
                cells = self.table.column(item.columns[0]) if self.table.annotated else ()
                hinted = [f"{c.model} {c.raw}" for c in cells if c.level == UNKNOWN and set(c.hint) & item.grade.levels]
                yield f"Not counted, since a hint is no level: {enumeration(hinted)}." if hinted else ""

    def _parts(self, components: Sequence[str], last: str = "or") -> str:
        if len(components) == len(self.table.components):
            return "any component" if last == "or" else "every component"
        kinds = {self.table.columns[name].kind for name in components}
        everywhere = [item for item in self.table.components if item.kind in kinds]
        if len(kinds) == 1 and len(components) == len(everywhere) > 1:
            return f"{'any' if last == 'or' else 'every'} {kinds.pop()} component"
        return enumeration((self.table.columns[name].said for name in components), last)

    def _sentence(self, cell: Cell) -> str:
        """A cell or a fact as a sentence, ``Falcon, weights: D3(LLaMA-2), publicly available under …``."""
        column = self.table.columns[cell.component]
        if column.sentence and cell.raw == NOT_APPLICABLE:
            return f"{cell.model}: the table gives no {column.said} (N/A)."
        if column.sentence:
            listed = column.kind == "names"
            value = enumeration(self.table.names(cell.model, cell.component)) if listed else cell.raw
            return column.sentence.format(name=cell.model, value=value)
        meaning = f", {_low(cell.meaning)}" if cell.meaning and self.table.categories else ""
        if cell.level == UNKNOWN and cell.annotation:
            meaning += f"; {cell.annotation} is a hint, not a level"
        return f"{cell.model}, {column.said}: {cell.raw or 'not given'}{meaning}."

    def _levels(self, levels: Iterable[str]) -> str:
        """Levels in the order of the scale, ``C5/D5``."""
        named = set(levels)
        return "/".join(level for level in self.table.by_level if level in named)

    def _tested(self, test: Condition) -> str:
        """The levels that a test looks for, without those that its components cannot have."""
        kinds = {self.table.columns[name].kind for name in test.columns} | {""}
        known = self.table.by_level
        levels = [level for level in test.grade.levels if level in known and known[level].kind in kinds]
        return self._levels(levels or test.grade.levels)

    def _condition(self, item: Condition) -> str:
        """A condition inside a sentence, ``weights at D3``."""
        parts = self._parts(item.columns, "and" if item.every else "or") if item.columns else "any component"
        names, columns = enumeration(item.names, "or"), self.table.columns
        field = columns[item.columns[0]].said if item.columns else ""
        match item.sort:
            case "level":
                return f"{parts} at {self._tested(item)}"
            case "tally":
                return f"{_amount(item.low, item.high)} components at {self._levels(item.grade.levels)}"
            case "annotation":
                return f"{parts} {'not under' if item.excluded else 'under'} {names}"
            case "given":
                return f"{'no' if item.excluded else 'a'} {field} in the table{' (N/A)' if item.excluded else ''}"
            case "value":
                verb = "developed by" if item.columns == ("developer",) else f"with {field}"
                return f"{'not ' if item.excluded else ''}{verb} {names}"
            case "range" if columns[item.columns[0]].kind == "month":
                return f"released {_span(item.low, item.high)}"
            case "range":
                return f"{field} of {_amount(item.low, item.high)}"
        return f"other than {names}"

    def _cells(self) -> str:
        query, cells = self.query, self.result.cells
        if query.kind == "cells" and len(query.things) == 1:
            graded = [cell for cell in cells if cell.component in query.components]
            listed = "; ".join(f"{self.table.columns[c.component].said} {c.raw or 'not given'}" for c in graded)
            facts = [self._sentence(cell) for cell in cells if cell not in graded]
            return " ".join([f"{query.things[0]}: {listed}.", *facts])
        said = " ".join(map(self._sentence, cells))
        if query.kind != "cell":
            return said
        lead, tail, cell = "", "", cells[0]
        if query.grades and cell.level != NOT_APPLICABLE:
            unsure = "Unknown. " if cell.level == UNKNOWN else "No. "
            lead = "Yes. " if cell.level in query.grades[0].levels else unsure
        if query.licence_asked:
            named = cell.annotation_type == "licence"
            tail = f" The licence is {cell.annotation}." if named else " The table names no licence for it."
        return lead + said + tail

    def _summary(self, name: str) -> str:
        query, table = self.query, self.table
        cells = [cell for cell in self.result.cells if cell.model == name]
        said = {column.id: column.said for column in table.columns.values()}
        if not table.categories:
            return f"{name}: {'; '.join(f'{said[cell.component]} {cell.raw}' for cell in cells)}."
        facts = " ".join(self._sentence(table.cell(name, field)) for field in query.fields)
        if query.topic == "facts":
            return facts
        groups: dict[str, list[str]] = {}
        for cell in table.row(name):
            groups.setdefault(table.by_level[cell.level].category, []).append(said[cell.component])
        counted = []
        for category in dict.fromkeys(("fully closed", *(item.name for item in table.categories), *groups)):
            listed = f" ({enumeration(groups.get(category, []))})" if category != "not applicable" else ""
            counted += [f"{category} {len(groups[category])}{listed}"] if category in groups else []
        lead = ""
        if query.topic == "part":
            wanted = enumeration(said[cell.component] for cell in cells) or "none"
            lead = f"{name}, {query.grades[0].text.lower()} ({self._levels(query.grades[0].levels)}): {wanted}. "
        return f"{lead}{name}, of {len(table.components)} components: {'; '.join(counted)}. {facts}".strip()

    def _ambiguous(self) -> str:
        query, cells = self.query, self.result.cells
        rows = {name: enumeration(cell.raw for cell in cells if cell.model == name) for name in query.things}
        asked = enumeration(self.table.columns[name].said for name in dict.fromkeys(c.component for c in cells))
        listed = "; ".join(f"{name} {raws}" for name, raws in rows.items())
        return f"{query.name} stands for {len(rows)} {self.head.things} of the table. By {asked}: {listed}."

    def _unknown(self) -> str:
        names, things = self.query.unknown, self.query.things
        accessed = f" (data accessed {self.head.accessed})" if self.head.accessed else ""
        covered = f"which covers {len(self.table.things)} {self.head.things}{accessed}"
        present = f" {enumeration(things)} {'is' if len(things) == 1 else 'are'} in it." if things else ""
        return f"{enumeration(names)} {'is' if len(names) == 1 else 'are'} not in this taxonomy, {covered}.{present}"

    def _comparison(self) -> str:
        query, result = self.query, self.result
        names = enumeration(query.things)
        if result.fields:
            return " ".join(map(self._sentence, result.cells))
        if not result.components:
            scope = self._parts(query.components, "and") if query.components else "all components"
            return f"{names} have the same level in {scope}: neither is more open."
        listed = "; ".join(f"{self.table.columns[name].said}: {', '.join(raws)}" for name, raws in result.value.items())
        counted = f"{len(result.components)} of {result.total} components" if result.total > 1 else "one component"
        return f"{names} differ in level in {counted} ({listed}). {self._more_open()}".strip()

    def _more_open(self) -> str:
        """Which thing stands higher how often; cells with ``?`` or ``N/A`` cannot be ordered."""
        things, cells = self.query.things, self.result.cells
        if len(things) != 2 or not any(cell.number for cell in cells):
            return ""
        pairs = [(a.number, b.number) for a, b in zip(cells[::2], cells[1::2], strict=True)]
        ordered = [(a, b) for a, b in pairs if a is not None and b is not None]
        loose = len(pairs) - len(ordered)
        tail = f" {loose} cannot be ordered, since one side is ? or N/A." if loose else ""
        wins = [sum(a > b for a, b in ordered), sum(a < b for a, b in ordered)]
        if not sum(wins):
            return f"Neither is more open by its levels.{tail}"
        if 0 in wins:
            return f"{things[not wins[0]]} is more open wherever both have a level ({max(wins)} of these).{tail}"
        return f"{things[0]} is more open in {wins[0]}, {things[1]} in {wins[1]}.{tail}"

    def _filter(self) -> str:
        names, head = self.result.things, self.head
        said = self.which or f"every {head.thing} of the table"
        found = f"{len(names):,} of {self.result.total:,} {head.things}: {enumeration(names)}"
        if self.query.topic == "values":
            found = f"{len(self.result.value)} developers: {enumeration(self.result.value)}; by {enumeration(names)}"
        return f"{said[:1].upper()}{said[1:]}. {found if names else f'None of the {head.things}'}."

    def _column(self) -> str:
        columns = (*self.result.components, *self.result.fields)
        rows = list(self.result.value.items())[:_LISTED]
        listed = "; ".join(f"{name} {enumeration(r.values()) if isinstance(r, dict) else r}" for name, r in rows)
        return f"{enumeration(self.table.columns[name].title for name in columns)}: {listed}."

    def _count(self) -> str:
        query, result, names = self.query, self.result, self.result.things
        if query.topic in ("components", "values"):
            return f"{result.value} {'components' if query.topic == 'components' else 'developers'}."
        if query.topic == "cells":
            count = result.value["count"] if query.shared else result.value
            wanted = self._levels(level for grade in query.grades for level in grade.levels)
            what = (f" at {wanted}" if wanted else "") + (f" under {query.annotation}" if query.annotation else "")
            places = [(c.model, self.table.columns[c.component].said) for c in result.cells]
            listed = "; ".join(part if query.things else f"{name}, {part}" for name, part in places)
            share = f"{count} of {result.total} cells ({100 * count / result.total:.3g} %)"
            where = f"{enumeration(query.things) or 'the table'}{what}"
            return f"{share} of {where}{f': {listed}' if 0 < len(places) <= 12 else ''}."
        share = f" ({result.value['percent']} %)" if query.topic == "share" else ""
        listed = f"{f', {self.which}' if self.which else ''}{f': {enumeration(names)}' if names and self.which else ''}"
        return f"{len(names):,} of {result.total:,} {self.head.things}{share}{listed}."

    def _by_level(self) -> bool:
        return len(self.query.components) == 1 and not self.query.grades and bool(self.table.categories)

    def _ranking(self) -> str:
        query, head, columns = self.query, self.head, self.table.columns
        ranks = ", ".join(f"{columns[n].said if n in columns else n} {number}" for n, number in self.result.value)
        levels = self._levels(query.grades[0].levels if query.grades else self.table.best)
        if query.topic == "openness":
            measure = "level" if self._by_level() else f"number of components at {levels}"
            return f"By {measure}, {self._parts(query.components or self.table.component_ids, 'and')}: {ranks}."
        if query.topic == "things":
            ranks = ", ".join(f"{cell.model} {cell.raw}" for cell in self.result.cells)
            return f"By {columns[query.fields[0]].said}{f', {self.which}' if self.which else ''}: {ranks or 'none'}."
        return (
            f"By number of {head.things} {f'at {levels}' if query.topic == 'components' else 'in the table'}: {ranks}."
        )

    def _distribution(self) -> str:
        names, value = self.query.components, self.result.value
        columns = {names[0]: value} if len(names) == 1 else value
        listed = {n: ", ".join(f"{level or 'empty'} {c}" for level, c in row.items()) for n, row in columns.items()}
        return " ".join(f"{self.table.columns[name].title}: {counts}." for name, counts in listed.items())

    def _definition(self) -> str:
        table, value, topic = self.table, self.result.value, self.query.topic
        graded = [grade.levels for grade in self.query.grades]
        match topic:
            case "which":
                named = enumeration(dict.fromkeys(grade.text.lower() for grade in self.query.grades))
                return f"{named.capitalize()}: {self._levels(value)}."
            case "unused":
                return f"No cell of the table has {enumeration(value, 'or')}."
            case "components":
                return " ".join(f"{table.columns[name].title}: {_low(meaning)}" for name, meaning in value.items())
            case "all components":
                return f"{len(value)} components: {enumeration(map(_low, value))}."
            case "stages":
                return _capital(f"{stage}: {enumeration(map(_low, titles))}" for stage, titles in value.items())
        chosen = [c for c in table.categories if topic == "categories" or frozenset(c.levels) in graded]
        said = [f"{c.name} ({self._levels(c.levels)}): {_low(c.meaning)}" for c in chosen]
        for level in table.levels:
            category = f" ({level.category})" if level.number and topic != "scale" else ""
            if topic == "scale" or any(level.id in levels for levels in graded):
                said.append(f"{level.id}: {_low(level.meaning) or 'no meaning is given'}{category}")
        lead = "C is the scale for code, D for data. " if topic == "scale" and table.categories else ""
        return lead + _capital(said)


def _amount(low: int, high: int) -> str:
    if low == high:
        return f"exactly {low:,}"
    return f"at least {low:,}" if high >= FAR else f"at most {high:,}" if not low else f"{low:,} to {high:,}"


def _span(low: int, high: int) -> str:
    first, last = (f"{(months - 1) % 12 + 1:02}/{(months - 1) // 12}" for months in (low, high))
    if low == 0:
        return f"up to {last}"
    return f"from {first}" if high >= FAR else f"in {first}" if low == high else f"from {first} to {last}"


def _low(text: str) -> str:
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def _capital(parts: Iterable[str]) -> str:
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."
