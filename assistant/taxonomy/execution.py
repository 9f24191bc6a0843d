"""Executes a query on its table: exact values, the cells behind them, both in words, and where they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.taxonomy.conditions import Condition
from assistant.taxonomy.gazetteer import nearest
from assistant.taxonomy.interpreter import Query
from assistant.taxonomy.table import (
    LISTED,
    NOT_APPLICABLE,
    UNKNOWN,
    Cell,
    Table,
    TaxonomyAnswer,
    enumeration,
    joined,
    lowered,
)  # fmt: skip

__all__ = ["execute"]

_SHOWN = 60
"""Cells that an answer on a large table carries."""


@dataclass(frozen=True, slots=True)
class _Result:
    """What a query gives."""

    value: Any
    text: str
    things: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    """The components and fields that the value speaks of."""
    cells: tuple[Cell, ...] = ()
    notes: tuple[str, ...] = ()
    read: tuple[str, ...] | None = None
    """The columns that the source names, where they are others."""
    rows: tuple[str, ...] = ()
    """The rows that the source names; none for all."""
    place: str = ""
    """The source, where it is no cells."""
    found: bool = True


def execute(query: Query, table: Table) -> TaxonomyAnswer:
    """The answer to a query; nothing is found where it is of no kind that a table answers."""
    if query.kind not in _STEPS:
        return TaxonomyAnswer(query.question, "none", found=False)
    run = _Run(query, table)
    result = _STEPS[query.kind](run)
    source = result.place or table.source(result.rows, result.columns if result.read is None else result.read)
    components = tuple(name for name in result.columns if name in table.component_ids)
    return TaxonomyAnswer(
        query.question, query.kind, result.found, result.things, components, result.value, result.text,
        joined([*query.notes, *result.notes, *run.remarks(result)]), source, result.cells, query.corrections,
        table.head.name, table.cite(source), query.unknown,
    )  # fmt: skip


class _Run:
    """A query on its table; a method for each kind of question."""

    def __init__(self, query: Query, table: Table) -> None:
        self.query, self.table, self.head = query, table, table.head
        self.which = enumeration(item.said(table) for item in query.conditions)
        named = dict.fromkeys(name for item in query.conditions for name in item.columns)
        if any(item.sort == "tally" or (item.sort == "annotation" and not item.columns) for item in query.conditions):
            named = dict.fromkeys(table.component_ids) | named
        self.tested = tuple(named)
        """The columns that the conditions look into."""
        self.columns = (*query.components, *query.fields)
        self.levels = frozenset(level for grade in query.grades for level in grade.levels)

    def remarks(self, result: _Result) -> Iterator[str]:
        """The notes on the cells shown, and dates."""
        noted: dict[str, dict[str, None]] = {}
        for cell in result.cells if self.query.kind != "count" else ():
            if cell.note:
                noted.setdefault(cell.note, {})[cell.model] = None
        several = len({cell.model for cell in result.cells}) > 1
        yield joined(f"{enumeration(names)}: {note}" if several else note for note, names in noted.items())
        if any(self.table.columns[name].dated for name in result.columns):
            yield f"Read on {self.head.accessed}; such figures change."
        if not self.table.categories:
            yield joined([f"As of {self.head.accessed}." if self.head.accessed else "", self.head.attribution])

    def _shown(self, things: Iterable[str], columns: Sequence[str]) -> tuple[Cell, ...]:
        return tuple(self.table.cell(name, column) for name in things for column in columns)

    # Named things

    def cells(self) -> _Result:
        query, cells = self.query, self._shown(self.query.things, self.columns)
        value: Any = _nested(query.things, cells)
        text = " ".join(map(self.table.sentence, cells))
        if query.kind == "fact":
            value = self._fact(cells[0])
        elif query.kind == "cell":
            value = {name: getattr(cells[0], name) for name in ("model", "component", "raw", "level", "annotation")}
            text = self._judged(cells[0], text)
        elif len(self.columns) == 1:
            value = {cell.model: cell.raw for cell in cells}
        if query.kind == "cells" and len(query.things) == 1:
            count = len(query.components)
            listed = "; ".join(f"{self.table.columns[c.component].said} {c.raw or 'not given'}" for c in cells[:count])
            text = " ".join([f"{query.things[0]}: {listed}.", *map(self.table.sentence, cells[count:])])
        return _Result(value, text, query.things, self.columns, cells, rows=query.things)

    def _fact(self, cell: Cell) -> Any:
        name, field, number = cell.model, cell.component, self.table.number(cell.model, cell.component)
        value: Any = {"model": name, "field": field, "raw": cell.raw, "value": number}
        match self.table.columns[field].kind:
            case "number" if number is not None:
                return number
            case "month" if number is not None:
                value["value"] = f"{(number - 1) // 12}-{(number - 1) % 12 + 1:02}"
            case "names":
                value["value"] = list(self.table.names(name, field))
        return value

    def _judged(self, cell: Cell, text: str) -> str:
        """A cell's sentence, with yes or no where a level was named, and the licence where it was asked for."""
        if self.query.grades and cell.level != NOT_APPLICABLE:
            unsure = "Unknown. " if cell.level == UNKNOWN else "No. "
            text = ("Yes. " if cell.level in self.query.grades[0].levels else unsure) + text
        if self.query.licence_asked:
            named = cell.annotation_type == "licence"
            text += f" The licence is {cell.annotation}." if named else " The table names no licence for it."
        return text

    def row(self) -> _Result:
        query, table, things = self.query, self.table, self.query.things
        components = () if query.topic == "facts" else table.component_ids
        wanted = set(table.by_level) | {""}
        if query.topic == "part":
            levels = {table.split(raw)[0] for name in things for raw in table.by_name[name].cells}
            loose = query.grades[0].loose and not levels & self.levels
            wanted = {level for item in table.categories[1:2] for level in item.levels} if loose else set(self.levels)
        kept = [[c for c in self._shown([name], components) if c.level in wanted] for name in things]
        groups = [(*cells, *self._shown([name], query.fields)) for name, cells in zip(things, kept, strict=True)]
        cells = tuple(cell for group in groups for cell in group if cell.raw or table.categories)
        text = " ".join(self._summary(name, [c for c in cells if c.model == name]) for name in things)
        columns = (*components, *query.fields)
        notes = [table.notes.get((name, ""), "") for name in things]
        if others := [m for family in table.families if (family.name,) == things for m in family.members[1:]]:
            own = "has a row of its own" if len(others) == 1 else "have rows of their own"
            notes.append(f"{enumeration(others)} {own}.")
        read = columns if table.categories else ()
        return _Result(_nested(things, cells), text, things, columns, cells, tuple(notes), read, things)

    def _summary(self, name: str, cells: Sequence[Cell]) -> str:
        query, table = self.query, self.table
        said = {name: column.said for name, column in table.columns.items()}
        if not table.categories:
            return f"{name}: {'; '.join(f'{said[cell.component]} {cell.raw}' for cell in cells)}."
        facts = " ".join(map(self.table.sentence, self._shown([name], query.fields)))
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
            wanted = self.table.said(cell.component for cell in cells) or "none"
            lead = f"{name}, {query.grades[0].text.lower()} ({self.table.scale(self.levels)}): {wanted}. "
        return f"{lead}{name}, of {len(table.components)} components: {'; '.join(counted)}. {facts}".strip()

    def ambiguous(self) -> _Result:
        query, table = self.query, self.table
        default = tuple(name for name in ("weights",) if name in table.component_ids and not query.fields)
        columns = (*(query.components or default), *query.fields)
        cells = self._shown(query.things, columns)
        rows = [f"{t} {enumeration(cell.raw for cell in cells if cell.model == t)}" for t in query.things]
        stands = f"{query.name} stands for {len(rows)} {self.head.things} of the table."
        text = f"{stands} By {self.table.said(dict.fromkeys(columns))}: {'; '.join(rows)}."
        notes = [family.note for family in table.families if family.name in query.name.split(" and ")]
        notes.append("Ask for one of them by name.")
        things = query.things
        return _Result(list(things), text, things, columns, cells, tuple(notes), rows=things)

    def unknown_model(self) -> _Result:
        names, things, head, known = self.query.unknown, self.query.things, self.head, tuple(self.table.by_name)
        accessed = f" (data accessed {head.accessed})" if head.accessed else ""
        present = f" {enumeration(things)} {'is' if len(things) == 1 else 'are'} in it." if things else ""
        covered = f"which covers {len(known)} {head.things}{accessed}.{present}"
        text = f"{enumeration(names)} {'is' if len(names) == 1 else 'are'} not in this taxonomy, {covered}"
        near = dict.fromkeys(near for name in names for near in nearest(name, known))
        note = f"Nearest names in the table, other {head.things}: {enumeration(near)}."
        return _Result(None, text, notes=(note,), place=f"{head.cited}, {head.table}", found=False)

    def comparison(self) -> _Result:
        query, table, things = self.query, self.table, self.query.things
        facts = query.fields if not query.components else ()
        columns = facts or query.components or table.component_ids
        shown = {column: self._shown(things, [column]) for column in columns}
        differing = {name: cells for name, cells in shown.items() if facts or len({c.level for c in cells}) > 1}
        value = {name: [cell.raw for cell in cells] for name, cells in differing.items()}
        cells = tuple(cell for group in (differing or shown).values() for cell in group)
        names = enumeration(things)
        listed = "; ".join(f"{table.columns[name].said}: {', '.join(raws)}" for name, raws in value.items())
        counted = f"{len(value)} of {len(columns)} components" if len(columns) > 1 else "one component"
        text = f"{names} differ in level in {counted} ({listed}). {self._more_open(cells)}".strip()
        if facts:
            text = " ".join(map(self.table.sentence, cells))
        elif not differing:
            scope = self.table.parts(query.components, "and") if query.components else "all components"
            text = f"{names} have the same level in {scope}: neither is more open."
        read = (*query.components, *facts)
        return _Result(value, text, things, tuple(differing), cells, read=read, rows=things)

    def _more_open(self, cells: Sequence[Cell]) -> str:
        """Which thing stands higher how often; cells with ``?`` or ``N/A`` cannot be ordered."""
        things = self.query.things
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

    # All things

    def _selected(self, conditions: Sequence[Condition]) -> list[str]:
        names = [thing.name for thing in self.table.things if not self.query.things or thing.name in self.query.things]
        for condition in conditions:
            names = list(filter(_test(condition, self.table), names))
        return names

    def _values(self, names: Iterable[str]) -> Counter[str]:
        """The values of the field that names, developers, with the number of things for each."""
        column = self.table.of_kind("names")[0]
        return Counter(value for name in names for value in self.table.names(name, column))

    def _found(self, value: Any, text: str, names: Sequence[str]) -> _Result:
        """Things that meet the conditions, with the cells that show it and how the conditions were taken."""
        table, cells = self.table, list[Cell]()
        graded = [i for i in self.query.conditions if i.sort in ("level", "tally", "annotation") and not i.excluded]
        fields = [name for name in self.tested if name in table.field_ids]
        for name in names[:_SHOWN]:
            for item in graded:
                looked = self._shown([name], item.columns or table.component_ids)
                cells += [c for c in looked if c.annotation in item.names or c.level in item.grade.levels]
            cells += self._shown([name], fields)
        read = (*self.query.components, *self.tested)
        return _Result(value, text, tuple(names), self.tested, tuple(cells), tuple(self._readings()), read)

    def _readings(self) -> Iterator[str]:
        for item in self.query.conditions:
            if item.sort == "level" and item.grade.loose:
                yield f'"{item.grade.text.capitalize()}" is taken as {item.levels(self.table)}.'
            if item.sort == "level" and len(item.columns) == 1 and UNKNOWN not in item.grade.levels:
                cells = self.table.column(item.columns[0]) if self.table.annotated else ()
                hinted = [f"{c.model} {c.raw}" for c in cells if c.level == UNKNOWN and set(c.hint) & item.grade.levels]
                yield f"Not counted, since a hint is no level: {enumeration(hinted)}." if hinted else ""

    def filter(self) -> _Result:
        names, things = self._selected(self.query.conditions), self.head.things
        value, total = names, len(self.query.things or self.table.things)
        said = self.which or f"every {self.head.thing} of the table"
        found = f"{len(names):,} of {total:,} {things}: {enumeration(names)}"
        if self.query.topic == "values":
            value = list(self._values(names))
            found = f"{len(value)} developers: {enumeration(value)}; by {enumeration(names)}"
        text = f"{said[:1].upper()}{said[1:]}. {found if names else f'None of the {things}'}."
        return self._found(value, text, names)

    def column(self) -> _Result:
        names = self._selected(self.query.conditions)
        cells = self._shown(names, self.columns)
        rows: dict[str, list[str]] = {name: [] for name in names}
        for cell in cells:
            rows[cell.model].append(cell.raw)
        value: Any = {name: raws[0] for name, raws in rows.items() if raws}
        if len(self.columns) > 1:
            value = {name: dict(zip(self.columns, raws, strict=True)) for name, raws in rows.items()}
        titles = enumeration(self.table.columns[name].title for name in self.columns)
        listed = "; ".join(f"{name} {enumeration(rows[name])}" for name in names[:LISTED] if self.columns)
        read = (*self.columns, *self.tested)
        return _Result(value, f"{titles}: {listed}.", tuple(names), self.columns, cells[:_SHOWN], read=read)

    def count(self) -> _Result:
        """How many things meet the conditions, as a share too; how many developers, components or cells there are."""
        query, table, things = self.query, self.table, self.head.things
        if query.topic == "cells":
            return self._count_cells()
        if query.topic == "components":
            count = len(table.components)
            return _Result(count, f"{count} components.", place=f"{self.head.cited}, {self.head.table}")
        names = self._selected(query.conditions)
        if query.topic == "values":
            value = len(self._values(names))
            return replace(self._found(value, f"{value} developers.", names), cells=())
        total, share = len(query.things or table.things), ""
        frame = [item for item in query.conditions if item.sort in ("range", "given", "value", "thing")]
        if query.topic == "share":
            total = len(self._selected(frame)) if len(frame) < len(query.conditions) else total
            share = f" ({_share(len(names), total)['percent']} %)"
        listed = f", {self.which}{f': {enumeration(names)}' if names else ''}" if self.which else ""
        found = _share(len(names), total) if share else len(names)
        return self._found(found, f"{len(names):,} of {total:,} {things}{share}{listed}.", names)

    def _count_cells(self) -> _Result:
        query, table, wanted = self.query, self.table, self.levels
        cells = self._shown(query.things or table.by_name, query.components or table.component_ids)
        found = [c for c in cells if (not wanted or c.level in wanted) and query.annotation in ("", c.annotation)]
        shown = tuple(found) if wanted or query.annotation else ()
        value = _share(len(found), len(cells)) if query.shared else len(found)
        what = f" at {self.table.scale(wanted)}" if wanted else ""
        what += f" under {query.annotation}" if query.annotation else ""
        part = [(c.model, table.columns[c.component].said) for c in shown]
        listed = "; ".join(column if query.things else f"{name}, {column}" for name, column in part)
        share = f"{len(found)} of {len(cells)} cells ({100 * len(found) / len(cells):.3g} %)"
        where = f"{enumeration(query.things) or 'the table'}{what}{f': {listed}' if 0 < len(part) <= 12 else ''}"
        text = f"{share} of {where}."
        return _Result(value, text, query.things, query.components, shown, tuple(self._readings()), rows=query.things)

    def distribution(self) -> _Result:
        table, names = self.table, self.query.components
        value: dict[str, dict[str, int]] = {}
        for name in names:
            counts = Counter(cell.level for cell in table.column(name))
            value[name] = {level: counts[level] for level in (*table.by_level, "") if counts[level]}
        rows = {n: ", ".join(f"{level or 'empty'} {count}" for level, count in row.items()) for n, row in value.items()}
        text = " ".join(f"{table.columns[name].title}: {counts}." for name, counts in rows.items())
        return _Result(value[names[0]] if len(value) == 1 else value, text, columns=names, rows=self.query.things)

    def ranking(self) -> _Result:
        query, table, head = self.query, self.table, self.head
        names, graded = self._selected(query.conditions), query.components or table.component_ids
        levels = self.levels if query.grades else table.best
        printed, at = table.printed(levels), f"at {table.scale(levels)}"
        if query.topic == "things":
            return self._ranked_by(query.fields[0], names)
        if query.topic == "values":
            column = table.of_kind("names")[0]
            value, listed = self._cut(self._values(names))
            text = f"By number of {head.things} in the table: {listed}."
            return _Result(value, text, columns=(column,), read=(column, *self.tested))
        if query.topic == "components":
            counts = {name: sum(c.raw in printed for c in table.column(name)) for name in table.component_ids}
            value, listed = self._cut(counts, {name: column.said for name, column in table.columns.items()})
            text = f"By number of {head.things} {at}: {listed}."
            return _Result(value, text, columns=tuple(name for name, _ in value), read=self.tested)
        picked = ([table.raw(name, column) for column in query.components] for name in names)
        rows = {name: raws or table.by_name[name].cells for name, raws in zip(names, picked, strict=True)}
        counts = {name: sum(raw in printed for raw in raws) for name, raws in rows.items()}
        measure = f"number of components {at}"
        notes = ("The taxonomy gives no overall score; this counts cells at C5 or D5.",) if table.categories else ()
        if len(query.components) == 1 and not query.grades and table.categories:
            steps = {name: table.by_level[table.raws[raws[0]]].number for name, raws in rows.items()}
            counts, measure, notes = {name: number for name, number in steps.items() if number}, "level", ()
        value, listed = self._cut(counts)
        text = f"By {measure}, {table.parts(graded, 'and')}: {listed}."
        read, things = (*query.components, *self.tested), tuple(name for name, _ in value)
        return _Result(value, text, things, query.components, notes=notes, read=read)

    def _ranked_by(self, field: str, names: Sequence[str]) -> _Result:
        table, said, head = self.table, self.table.columns[field].said, self.head
        numbers = {name: table.number(name, field) for name in names}
        value, _ = self._cut({name: number for name, number in numbers.items() if number is not None})
        cells = self._shown([name for name, _ in value], [field])
        if table.columns[field].kind == "month":
            value = [[cell.model, cell.raw] for cell in cells]
        listed = ", ".join(f"{cell.model} {cell.raw}" for cell in cells) or "none"
        text = f"By {said}{f', {self.which}' if self.which else ''}: {listed}."
        left = list(numbers.values()).count(None)
        notes = (f"{left} {head.things} are left out: the table gives no {said}.",) if left else ()
        things = tuple(cell.model for cell in cells)
        return _Result(value, text, things, (field,), cells, notes, (field, *self.tested))

    def _cut(self, counts: Mapping[str, int], said: Mapping[str, str] | None = None) -> tuple[list[Any], str]:
        """The ranks that are asked for, in data and in words; equal ones stay together."""
        query, ordered = self.query, sorted(counts.items(), key=lambda pair: pair[1], reverse=self.query.descending)
        if query.place:
            wanted = ordered[query.place - 1][1] if query.place <= len(ordered) else None
            ordered = [pair for pair in ordered if pair[1] == wanted]
        elif query.limit is not None and query.limit < len(ordered):
            last = ordered[max(query.limit, 1) - 1][1]
            kept = [pair for n, pair in enumerate(ordered) if n < query.limit or pair[1] == last]
            ordered = kept[: max(_SHOWN, query.limit)]
        return list(map(list, ordered)), ", ".join(f"{(said or {}).get(name, name)} {n}" for name, n in ordered)

    # The table itself

    def definition(self) -> _Result:
        """What a level, a class of levels or a component means, and which there are."""
        query, table, topic, head = self.query, self.table, self.query.topic, self.head
        shown = (query.components or table.component_ids) if topic.endswith("components") else ()
        value, text = self._listed(shown) or self._meanings()
        notes = tuple(table.notes.get(("", name), "") for name in shown)
        place = f"{head.table}, column headings" if shown else head.scale or head.table
        found, place = value not in ({}, []), f"{head.cited}, {place}"
        return _Result(value, text, columns=shown, notes=notes, place=place, found=found)

    def _listed(self, components: Sequence[str]) -> tuple[Any, str] | None:
        """What is defined by a list: of levels, components or stages."""
        table, query = self.table, self.query
        match query.topic:
            case "which":
                value = [level for level in table.by_level if level in self.levels]
                named = enumeration(dict.fromkeys(grade.text.lower() for grade in query.grades))
                return value, f"{named.capitalize()}: {self.table.scale(value)}."
            case "unused":
                value = [level for level in table.by_level if level not in table.raws.values()]
                return value, f"No cell of the table has {enumeration(value, 'or')}."
            case "stages":
                stages = dict.fromkeys(column.stage for column in table.components)
                titles = {stage: [c.title for c in table.components if c.stage == stage] for stage in stages}
                return titles, _capital(f"{stage}: {enumeration(map(lowered, t))}" for stage, t in titles.items())
            case "all components":
                value = [column.title for column in table.components]
                return value, f"{len(value)} components: {enumeration(map(lowered, value))}."
            case "components":
                told = {name: table.columns[name].meaning or table.columns[name].title for name in components}
                said = (f"{table.columns[name].title}: {lowered(meaning)}" for name, meaning in told.items())
                return told, " ".join(said)
        return None

    def _meanings(self) -> tuple[Any, str]:
        """Levels and classes of levels with their meanings."""
        table, topic, graded = self.table, self.query.topic, [grade.levels for grade in self.query.grades]
        chosen = [c for c in table.categories if topic == "categories" or frozenset(c.levels) in graded]
        levels = [level for level in table.levels if level.id in self.levels or topic == "scale"]
        value: Any = {level.id: level.meaning for level in levels} | {c.name: c.meaning for c in chosen}
        if topic == "categories":
            value = {c.name: list(c.levels) for c in chosen}
        elif topic == "levels" and len(value) == 1:
            value = next(iter(value.values()))
        said = [f"{c.name} ({self.table.scale(c.levels)}): {lowered(c.meaning)}" for c in chosen]
        for level in levels:
            category = f" ({level.category})" if level.number and topic != "scale" else ""
            said.append(f"{level.id}: {lowered(level.meaning) or 'no meaning is given'}{category}")
        lead = "C is the scale for code, D for data. " if topic == "scale" and table.categories else ""
        return value, lead + _capital(said)


def _test(item: Condition, table: Table) -> Callable[[str], bool]:
    graded = item.columns if item.sort in ("level", "annotation") and item.columns else table.component_ids
    printed, field = table.printed(item.grade.levels), next(iter(item.columns), "")

    def raws(name: str) -> list[str]:
        return [table.raw(name, column) for column in graded]

    match item.sort:
        case "level" if item.every:
            return lambda name: {raw in printed for raw in raws(name) if not raw.startswith(NOT_APPLICABLE)} == {True}
        case "level":
            return lambda name: any(raw in printed for raw in raws(name))
        case "tally":
            return lambda name: item.low <= sum(raw in printed for raw in raws(name)) <= item.high
        case "annotation":
            under = {raw for raw in table.raws if table.split(raw)[1] in item.names}
            return lambda name: any(raw in under for raw in raws(name)) is not item.excluded
        case "range":
            return lambda name: (number := table.number(name, field)) is not None and item.low <= number <= item.high
        case "given":
            return lambda name: (table.number(name, field) is None) is item.excluded
        case "value":
            return lambda name: bool(set(table.names(name, field)) & set(item.names)) is not item.excluded
    return lambda name: name not in item.names


def _nested(things: Sequence[str], cells: Sequence[Cell]) -> dict[str, Any]:
    rows: dict[str, Any] = {name: {} for name in things}
    for cell in cells:
        rows[cell.model][cell.component] = cell.raw
    return rows[things[0]] if len(rows) == 1 else rows


def _share(count: int, total: int) -> dict[str, float]:
    """A share as a count, a fraction and a percentage; whole numbers without a point."""
    percent = round(100 * count / total, 2) if total else 0.0
    share = round(count / total, 4) if total else 0.0
    return {"count": count, "total": total, "share": share, "percent": int(percent) if percent % 1 == 0 else percent}


def _capital(parts: Iterable[str]) -> str:
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."


_STEPS: dict[str, Callable[[_Run], _Result]] = {
    "cell": _Run.cells, "cells": _Run.cells, "fact": _Run.cells, "row": _Run.row, "column": _Run.column,
    "filter": _Run.filter, "count": _Run.count, "ranking": _Run.ranking, "comparison": _Run.comparison,
    "distribution": _Run.distribution, "definition": _Run.definition, "ambiguous": _Run.ambiguous,
    "unknown_model": _Run.unknown_model,
}  # fmt: skip
