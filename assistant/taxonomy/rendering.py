"""Puts a result into words, with its remarks and its sources: work, table, row and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.taxonomy.execution import Result, condition_columns
from assistant.taxonomy.gazetteer import nearest
from assistant.taxonomy.conditions import Condition
from assistant.taxonomy.interpreter import Query
from assistant.taxonomy.slots import FAR, Grade
from assistant.taxonomy.table import NOT_APPLICABLE, UNKNOWN, Cell, Table

__all__ = ["TaxonomyAnswer", "enumeration", "joined", "rendered"]

_LISTED = 50
"""Names in one sentence."""
_PLACE = re.compile(r"Table \d+")


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


def enumeration(names: Iterable[str], last: str = "and") -> str:
    """``a, b and c``; of very many names the first ones."""
    items = list(names)
    if len(items) > _LISTED:
        return f"{', '.join(items[:_LISTED])} {last} {len(items) - _LISTED:,} more"
    return f"{', '.join(items[:-1])} {last} {items[-1]}" if len(items) > 1 else "".join(items)


def joined(notes: Iterable[str]) -> str:
    """Notes as one paragraph, each once."""
    return " ".join(dict.fromkeys(note for note in notes if note))


def rendered(query: Query, result: Result, table: Table) -> TaxonomyAnswer:
    """The answer to a query."""
    if query.kind == "none":
        return TaxonomyAnswer(query.question, "none", found=False)
    words = _Words(table)
    text, note, source = _SAID[query.kind](query, result, words)
    head = table.head
    attributed = (
        "" if table.categories else joined([f"As of {head.accessed}." if head.accessed else "", head.attribution])
    )
    return TaxonomyAnswer(
        question=query.question,
        kind=query.kind,
        found=result.found,
        models=result.things,
        components=result.components,
        value=result.value,
        text=text,
        note=joined([*query.notes, note, attributed]),
        source=source,
        cells=result.cells,
        corrections=query.corrections,
        taxonomy=head.name,
        cite=cited(source, table),
        unknown=query.unknown,
    )


def cited(source: str, table: Table) -> str:
    """The citation to paste, with each table that a source names: ``[@eiras2024, Table 3]``."""
    if not table.head.key:
        return ""
    places = [*dict.fromkeys(_PLACE.findall(source))] if table.head.scale else [table.head.table]
    return f"[{'; '.join(f'@{table.head.key}, {place}' for place in places or ['sec. 3.1'])}]"


class _Words:
    """Words for a table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.head = table.head

    def part(self, component: str) -> str:
        return self.table.columns[component].said

    def parts(self, components: Sequence[str], last: str = "or") -> str:
        """Components inside a sentence; all of them in short."""
        if len(components) == len(self.table.components):
            return "any component" if last == "or" else "every component"
        kinds = {self.table.columns[name].kind for name in components}
        everywhere = [item for item in self.table.components if item.kind in kinds]
        if len(kinds) == 1 and len(components) == len(everywhere) > 1:
            return f"{'any' if last == 'or' else 'every'} {kinds.pop()} component"
        return enumeration((self.part(name) for name in components), last)

    def level(self, cell: Cell) -> str:
        """What a cell prints and what it means, ``D3(LLaMA-2), publicly available under …``."""
        if cell.level == NOT_APPLICABLE:
            return f"{cell.raw}, not applicable: the {self.head.thing} has no such component"
        if cell.level == UNKNOWN:
            hint = f"; {cell.annotation} is a hint, not a level" if cell.annotation else ""
            return f"{cell.raw}, the information is not publicly available{hint}"
        meaning = f", {cell.meaning[:1].lower()}{cell.meaning[1:]}" if cell.meaning and self.table.categories else ""
        return f"{cell.raw or 'not given'}{meaning}"

    def cell(self, cell: Cell) -> str:
        """A cell or a fact as a sentence."""
        column = self.table.columns[cell.component]
        if cell.level or not column.sentence:
            return f"{cell.model}, {column.said}: {self.level(cell)}."
        if cell.raw == NOT_APPLICABLE:
            return f"{cell.model}: the table gives no {column.said} (N/A)."
        value = cell.raw
        if column.kind == "names":
            value = enumeration(self.table.names(cell.model, cell.component))
        return column.sentence.format(name=cell.model, value=value)

    def levels(self, levels: Iterable[str]) -> str:
        """Levels in the order of the scale, ``C5/D5``."""
        order = list(self.table.by_level)
        return "/".join(
            sorted(filter(None, levels), key=lambda item: order.index(item) if item in order else len(order))
        )

    def grade(self, grade: Grade) -> str:
        """A grade inside a sentence, with its levels where it was named in words."""
        levels = self.levels(grade.levels)
        plain = grade.sign or grade.levels <= {UNKNOWN, NOT_APPLICABLE}
        return levels if plain or not grade.text else f"{grade.text.lower()} ({levels})"

    def tested(self, test: Condition) -> str:
        """The levels that a test looks for, without those that its components cannot have."""
        kinds = {self.table.columns[name].kind for name in test.columns}
        known = self.table.by_level
        levels = [level for level in test.grade.levels if level not in known or known[level].kind in (*kinds, "")]
        return self.levels(levels or test.grade.levels)

    def condition(self, item: Condition) -> str:
        """A condition inside a sentence, ``weights at D3``."""
        parts = self.parts(item.columns, "and" if item.every else "or") if item.columns else "any component"
        names, field = enumeration(item.names, "or"), self.part(item.columns[0]) if item.columns else ""
        match item.sort:
            case "level":
                return f"{parts} at {self.tested(item)}"
            case "tally":
                return f"{_amount(item.low, item.high)} components at {self.grade(item.grade)}"
            case "annotation":
                return f"{parts} {'not under' if item.excluded else 'under'} {names}"
            case "given":
                return f"{'no' if item.excluded else 'a'} {field} in the table{' (N/A)' if item.excluded else ''}"
            case "value":
                verb = "developed by" if item.columns == ("developer",) else f"with {field}"
                return f"{'not ' if item.excluded else ''}{verb} {names}"
            case "range" if self.table.columns[item.columns[0]].kind == "month":
                return f"released {_span(item.low, item.high)}"
            case "range":
                return f"{field} of {_amount(item.low, item.high)}"
        return f"other than {names}"

    def conditions(self, conditions: Iterable[Condition]) -> str:
        """All conditions inside a sentence."""
        return enumeration(self.condition(condition) for condition in conditions)

    def dated(self, fields: Iterable[str]) -> str:
        """When the facts that change were read, or nothing."""
        changing = [name for name in fields if self.table.columns[name].dated]
        return f"Read on {self.head.accessed}; such figures change." if changing else ""

    def source(self, things: Sequence[str], columns: Sequence[str]) -> str:
        """The work, its tables, their rows and columns; all columns of the cells' table where none is named."""
        fields = [name for name in columns if name in self.table.field_ids]
        components = [name for name in columns if name not in fields]
        sources = []
        if components or not fields:
            sources.append(self._place(self.head.table, things, components, len(self.table.components)))
        if fields:
            place = self.head.facts_table or self.head.table
            sources.append(self._place(place, things, fields, len(self.table.columns)))
        return "; ".join(sources)

    def _place(self, place: str, things: Sequence[str], columns: Sequence[str], whole: int) -> str:
        rows = "all rows"
        if things and len(things) <= 12 and len(things) < len(self.table.things):
            rows = f"row{'s' if len(things) > 1 else ''} {enumeration(things)}"
        headings = [self.table.columns[name].heading or self.table.columns[name].title for name in columns]
        which = f"column{'s' if len(headings) > 1 else ''} {enumeration(headings)}"
        return f"{self.head.cited}, {place}, {rows}, {which if headings and len(headings) < whole else 'all columns'}"

    def scale(self) -> str:
        """Where the levels are explained."""
        return f"{self.head.cited}, {self.head.scale or self.head.table}"


def _amount(low: int, high: int) -> str:
    if low == high:
        return f"exactly {low:,}"
    return f"at least {low:,}" if high >= FAR else f"at most {high:,}" if not low else f"{low:,} to {high:,}"


def _span(low: int, high: int) -> str:
    def stamp(months: int) -> str:
        year, month = divmod(months - 1, 12)
        return f"{month + 1:02}/{year}"

    if low == 0:
        return f"up to {stamp(high)}"
    if high >= FAR:
        return f"from {stamp(low)}"
    return f"in {stamp(low)}" if low == high else f"from {stamp(low)} to {stamp(high)}"


def _remarks(cells: Iterable[Cell]) -> str:
    """The notes on cells, each once; where the cells are of several things, with their names."""
    shown = list(cells)
    several = len({cell.model for cell in shown}) > 1
    noted: dict[str, list[str]] = {}
    for cell in shown:
        if cell.note and cell.model not in noted.setdefault(cell.note, []):
            noted[cell.note].append(cell.model)
    return joined(f"{enumeration(names)}: {note}" if several else note for note, names in noted.items())


_Said = tuple[str, str, str]
"""Text, note and source."""


def _cells(query: Query, result: Result, words: _Words) -> _Said:
    lead = _verdict(result.cells[0], query.grades[0]) if query.grades and len(result.cells) == 1 else ""
    if len(query.things) == 1 and len(result.cells) > 1 and query.components:
        graded = [cell for cell in result.cells if cell.component in query.components]
        listed = "; ".join(f"{words.part(cell.component)} {cell.raw or 'not given'}" for cell in graded)
        facts = [words.cell(cell) for cell in result.cells if cell not in graded]
        text = " ".join([f"{query.things[0]}: {listed}.", *facts])
    else:
        text = lead + " ".join(words.cell(cell) for cell in result.cells)
    if query.licence_asked and len(result.cells) == 1 and query.kind == "cell":
        text += _licence(result.cells[0])
    note = joined([_remarks(result.cells), words.dated(result.fields)])
    return text, note, words.source(result.things, (*result.components, *result.fields))


def _verdict(cell: Cell, grade: Grade) -> str:
    """``Yes.`` or ``No.``, where the table can tell."""
    if cell.level in grade.levels:
        return "Yes. "
    return "Unknown. " if cell.level == UNKNOWN else "" if cell.level == NOT_APPLICABLE else "No. "


def _licence(cell: Cell) -> str:
    if cell.annotation_type == "licence":
        return f" The licence is {cell.annotation}."
    return " The table names no licence for it."


def _row(query: Query, result: Result, words: _Words) -> _Said:
    table = words.table
    sentences = [_summary(query, result, name, words) for name in query.things]
    others = [
        member
        for family in table.families
        for member in family.members
        if [family.name] == list(query.things) and member != family.name
    ]
    sibling = (
        f"{enumeration(others)} {'has a row of its' if len(others) == 1 else 'have rows of their'} own."
        if others
        else ""
    )
    whole = [table.notes.get((name, ""), "") for name in query.things]
    note = joined([*whole, _remarks(result.cells), words.dated(query.fields), sibling])
    columns = (*result.components, *query.fields)
    return " ".join(sentences), note, words.source(query.things, columns if table.categories else ())


def _summary(query: Query, result: Result, name: str, words: _Words) -> str:
    """A row in a sentence: how many components are how open, then the facts."""
    table = words.table
    if not table.categories:
        listed = "; ".join(f"{words.part(c.component)} {c.raw}" for c in result.cells if c.model == name)
        return f"{name}: {listed}."
    facts = " ".join(words.cell(table.cell(name, field)) for field in query.fields)
    if query.topic == "facts":
        return facts
    groups: dict[str, list[str]] = {}
    for cell in table.row(name):
        groups.setdefault(table.by_level[cell.level].category, []).append(words.part(cell.component))
    counted = []
    for category in (*(item.name for item in table.categories), "unknown", "not applicable"):
        if names := groups.get(category, []):
            listed = f" ({enumeration(names)})" if category != "not applicable" else ""
            counted.append(f"{category} {len(names)}{listed}")
    lead = ""
    if query.topic == "part":
        wanted = [words.part(cell.component) for cell in result.cells if cell.model == name]
        lead = f"{name}, {words.grade(query.grades[0])}: {enumeration(wanted) or 'none'}. "
    return f"{lead}{name}, of {len(table.components)} components: {'; '.join(counted)}. {facts}".strip()


def _ambiguous(query: Query, result: Result, words: _Words) -> _Said:
    by_thing = "; ".join(
        f"{name} {enumeration(cell.raw for cell in result.cells if cell.model == name)}" for name in query.things
    )
    asked = enumeration(words.part(name) for name in (*result.components, *result.fields))
    notes = [family.note for family in words.table.families if family.name in query.name.split(" and ")]
    text = f"{query.name} stands for {len(query.things)} {words.head.things} of the table. By {asked}: {by_thing}."
    note = joined([*notes, "Ask for one of them by name.", words.dated(query.fields)])
    return text, note, words.source(query.things, (*result.components, *result.fields))


def _unknown(query: Query, result: Result, words: _Words) -> _Said:
    names, table = enumeration(query.unknown), words.table
    near = dict.fromkeys(name for item in query.unknown for name in nearest(item, tuple(table.by_name)))
    verb = "is" if len(query.unknown) == 1 else "are"
    accessed = f" (data accessed {words.head.accessed})" if words.head.accessed else ""
    text = f"{names} {verb} not in this taxonomy, which covers {len(table.things)} {words.head.things}{accessed}."
    present = f" {enumeration(query.things)} {'is' if len(query.things) == 1 else 'are'} in it." if query.things else ""
    note = f"Nearest names in the table, other {words.head.things}: {enumeration(near)}."
    return f"{text}{present}", note, f"{words.head.cited}, {words.head.table}"


def _comparison(query: Query, result: Result, words: _Words) -> _Said:
    names = enumeration(query.things)
    if result.fields:
        note = joined([_remarks(result.cells), words.dated(result.fields)])
        return " ".join(words.cell(cell) for cell in result.cells), note, words.source(query.things, result.fields)
    components = query.components or words.table.component_ids
    source = words.source(query.things, components)
    if not result.components:
        scope = words.parts(components, "and") if len(components) < len(words.table.components) else "all components"
        text = f"{names} have the same level in {scope}: neither is more open."
        return text, _remarks(result.cells if query.components else ()), source
    listed = "; ".join(f"{words.part(name)}: {', '.join(result.value[name])}" for name in result.components)
    counted = f"{len(result.components)} of {result.total} components" if result.total > 1 else "one component"
    text = f"{names} differ in level in {counted} ({listed}). {_more_open(query, result)}"
    return text.strip(), _remarks(result.cells), source


def _more_open(query: Query, result: Result) -> str:
    """Which thing stands higher how often; cells with ``?`` or ``N/A`` cannot be ordered."""
    things = query.things
    if len(things) != 2:
        return ""
    pairs = list(zip(result.cells[::2], result.cells[1::2], strict=True))
    ordered = [(a.number, b.number) for a, b in pairs if a.number is not None and b.number is not None]
    if not ordered and not any(cell.number for cell in result.cells):
        return ""
    loose = len(pairs) - len(ordered)
    tail = f" {loose} cannot be ordered, since one side is ? or N/A." if loose else ""
    wins = [sum(a > b for a, b in ordered), sum(a < b for a, b in ordered)]
    if not sum(wins):
        return f"Neither is more open by its levels.{tail}"
    if 0 in wins:
        return f"{things[0 if wins[0] else 1]} is more open wherever both have a level ({max(wins)} of these).{tail}"
    return f"{things[0]} is more open in {wins[0]}, {things[1]} in {wins[1]}.{tail}"


def _filter(query: Query, result: Result, words: _Words) -> _Said:
    names, head = result.things, words.head
    which = words.conditions(query.conditions) or f"every {head.thing} of the table"
    found = (
        f"{len(names):,} of {result.total:,} {head.things}: {enumeration(names)}"
        if names
        else f"None of the {head.things}"
    )
    if query.topic == "values" and names:
        found = f"{len(result.value)} developers: {enumeration(result.value)}; by {enumeration(names)}"
    text = f"{which[:1].upper()}{which[1:]}. {found}."
    note = joined([*_readings(query, words), _remarks(result.cells), words.dated(result.fields)])
    return text, note, words.source((), (*result.components, *result.fields))


def _readings(query: Query, words: _Words) -> Iterator[str]:
    """How a plain word was taken, and which hints are no levels."""
    table = words.table
    for item in query.conditions:
        if item.sort != "level":
            continue
        if item.grade.loose:
            yield f'"{item.grade.text.capitalize()}" is taken as {words.tested(item)}.'
        if not table.annotated or len(item.columns) != 1 or UNKNOWN in item.grade.levels:
            continue
        cells = table.column(item.columns[0])
        hinted = [f"{c.model} {c.raw}" for c in cells if c.level == UNKNOWN and set(c.hint) & item.grade.levels]
        if hinted:
            yield f"Not counted, since a hint is no level: {enumeration(hinted)}."


def _column(query: Query, result: Result, words: _Words) -> _Said:
    columns = (*result.components, *result.fields)
    rows = {name: raws if isinstance(raws, dict) else {columns[0]: raws} for name, raws in result.value.items()}
    listed = "; ".join(f"{name} {enumeration(raws.values())}" for name, raws in list(rows.items())[:_LISTED])
    titles = enumeration(words.table.columns[name].title for name in columns)
    note = joined([_remarks(result.cells), words.dated(result.fields)])
    tested = condition_columns(query.conditions, words.table)
    return f"{titles}: {listed}.", note, words.source((), (*columns, *tested[0], *tested[1]))


def _count(query: Query, result: Result, words: _Words) -> _Said:
    source = words.source((), (*result.components, *result.fields))
    if query.topic == "cells":
        return _counted_cells(query, result, words)
    if query.topic == "components":
        return f"{result.value} components.", "", f"{words.head.cited}, {words.head.table}"
    names = result.things
    if query.topic == "values":
        return f"{result.value} developers.", "", words.source((), result.fields or ("developer",))
    which = f", {words.conditions(query.conditions)}" if query.conditions else ""
    share = f" ({result.value['percent']} %)" if query.topic == "share" else ""
    listed = f": {enumeration(names)}" if names and query.conditions else ""
    text = f"{len(names):,} of {result.total:,} {words.head.things}{share}{which}{listed}."
    return text, joined([*_readings(query, words), words.dated(result.fields)]), source


def _counted_cells(query: Query, result: Result, words: _Words) -> _Said:
    count = result.value["count"] if query.shared else result.value
    wanted = {level for grade in query.grades for level in grade.levels}
    what = f" at {words.levels(wanted)}" if wanted else ""
    what += f" under {query.annotation}" if query.annotation else ""
    where = enumeration(query.things) or "the table"
    cells = result.cells
    places = [words.part(c.component) if query.things else f"{c.model}, {words.part(c.component)}" for c in cells]
    listed = f": {'; '.join(places)}" if 0 < len(places) <= 12 else ""
    text = f"{count} of {result.total} cells ({100 * count / result.total:.3g} %) of {where}{what}{listed}."
    return text, "", words.source(query.things, query.components)


def _ranking(query: Query, result: Result, words: _Words) -> _Said:
    ranks = ", ".join(f"{name} {number}" for name, number in result.value) or "none"
    levels = words.levels(query.grades[0].levels if query.grades else words.table.best)
    if query.topic == "components":
        ranks = ", ".join(f"{words.part(name)} {number}" for name, number in result.value)
        note = f"A component that is N/A for many {words.head.things} has few levels of any kind."
        return f"By number of {words.head.things} at {levels}: {ranks}.", note, words.source((), ())
    if query.topic == "values":
        return f"By number of {words.head.things} in the table: {ranks}.", "", words.source((), result.fields)
    if query.topic == "openness":
        single = len(query.components) == 1 and not query.grades and bool(words.table.categories)
        measure = "level" if single else f"number of components at {levels}"
        note = (
            ""
            if single or not words.table.categories
            else "The taxonomy gives no overall score; this counts cells at C5 or D5."
        )
        parts = words.parts(query.components or words.table.component_ids, "and")
        return f"By {measure}, {parts}: {ranks}.", note, words.source((), query.components)
    field = query.fields[0]
    which = f", {words.conditions(query.conditions)}" if query.conditions else ""
    listed = ", ".join(f"{cell.model} {cell.raw}" for cell in result.cells) or "none"
    missing = ""
    if result.total:
        missing = f"{result.total} {words.head.things} are left out: the table gives no {words.part(field)}."
    tested = condition_columns(query.conditions, words.table)
    note = joined([missing, words.dated((field,)), _remarks(result.cells)])
    source = words.source((), tuple(dict.fromkeys((field, *tested[0], *tested[1]))))
    return f"By {words.part(field)}{which}: {listed}.", note, source


def _distribution(query: Query, result: Result, words: _Words) -> _Said:
    single = len(query.components) == 1
    columns = {query.components[0]: result.value} if single else result.value
    sentences = []
    for name, counts in columns.items():
        listed = ", ".join(f"{level or 'empty'} {number}" for level, number in counts.items())
        sentences.append(f"{words.table.columns[name].title}: {listed}.")
    return " ".join(sentences), "", words.source((), query.components)


def _definition(query: Query, result: Result, words: _Words) -> _Said:
    table, value, source = words.table, result.value, words.scale()
    if query.topic == "categories":
        listed = "; ".join(f"{c.name} ({words.levels(c.levels)}): {_low(c.meaning)}" for c in table.categories)
        return f"{listed[:1].upper()}{listed[1:]}.", "", source
    if query.topic == "which":
        named = enumeration(dict.fromkeys(grade.text.lower() for grade in query.grades))
        return f"{named.capitalize()}: {words.levels(value)}.", "", source
    if query.topic == "unused":
        return f"No cell of the table has {enumeration(value, 'or')}.", "", source
    if query.topic == "stages":
        listed = "; ".join(f"{stage}: {enumeration(map(_low, titles))}" for stage, titles in value.items())
        return f"{len(value)} stages. {listed[:1].upper()}{listed[1:]}.", "", source
    if query.topic in ("components", "all components"):
        note = joined(table.notes.get(("", name), "") for name in result.components)
        place = f"{words.head.cited}, {words.head.table}, column headings"
        if query.topic == "components":
            text = " ".join(f"{table.columns[name].title}: {_low(meaning)}" for name, meaning in value.items())
            return text, note, place
        return f"{len(value)} components: {enumeration(map(_low, value))}.", "", place
    named_levels = {level for grade in query.grades for level in grade.levels}
    levels = [level for level in table.levels if query.topic == "scale" or level.id in named_levels]
    named_category = {level.id: f" ({level.category})" if level.number else "" for level in levels}
    if query.topic == "scale":
        named_category = {}
    listed = "; ".join(
        f"{level.id}: {_low(level.meaning) or 'no meaning is given'}{named_category.get(level.id, '')}"
        for level in levels
    )
    if query.topic == "scale":
        return f"{'C is the scale for code, D for data. ' if table.categories else ''}{listed}.", "", source
    categories = [c for c in table.categories if any(set(c.levels) == grade.levels for grade in query.grades)]
    lead = "".join(f"{c.name.capitalize()}: {_low(c.meaning)}. " for c in categories)
    return f"{lead}{listed}.", "", source


def _low(text: str) -> str:
    """The text with a small first letter, unless it begins with capitals."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


_SAID: dict[str, Callable[[Query, Result, _Words], _Said]] = {
    "cell": _cells,
    "cells": _cells,
    "fact": _cells,
    "row": _row,
    "column": _column,
    "filter": _filter,
    "count": _count,
    "ranking": _ranking,
    "comparison": _comparison,
    "distribution": _distribution,
    "definition": _definition,
    "ambiguous": _ambiguous,
    "unknown_model": _unknown,
}
