"""Executes a query on its table: exact values, and the cells behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.taxonomy.interpreter import (
    AnnotationTest,
    Condition,
    GivenTest,
    Kind,
    LevelTest,
    Query,
    RangeTest,
    TallyTest,
    ThingTest,
    ValueTest,
)
from assistant.taxonomy.slots import Grade
from assistant.taxonomy.table import NOT_APPLICABLE, Cell, Table

__all__ = ["Result", "condition_columns", "execute"]

_SHOWN = 60
"""Cells that an answer on a large table carries."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a query gives."""

    value: Any = None
    """Plain data, as ``loccit taxonomy --json`` gives it."""
    things: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()
    total: int = 0
    """Of how many things or cells a count is taken."""
    missing: int = 0
    """How many things a ranking leaves out, since the table gives no number."""
    found: bool = True


def execute(query: Query, table: Table) -> Result:
    """The result of a query."""
    return _STEPS[query.kind](query, table)


# Selection


def _selected(query: Query, table: Table) -> list[str]:
    """The things that meet all conditions, in the order of the table."""
    names = [thing.name for thing in table.things if not query.things or thing.name in query.things]
    for condition in query.conditions:
        meets = _test(condition, table)
        names = [name for name in names if meets(name)]
    return names


def _test(condition: Condition, table: Table) -> Callable[[str], bool]:
    match condition:
        case LevelTest():
            return _level_test(condition, table)
        case TallyTest(grade, low, high):
            printed = table.printed(grade.levels)
            return lambda name: low <= sum(raw in printed for raw in table.by_name[name].cells) <= high
        case AnnotationTest(components, annotations, excluded):
            places = [table.place(name) for name in components or table.component_ids]
            under = frozenset(raw for raw in table.raws if table.split(raw)[1] in annotations)
            return lambda name: any(table.by_name[name].cells[n] in under for n in places) is not excluded
        case RangeTest(field, low, high):
            return lambda name: (number := table.number(name, field)) is not None and low <= number <= high
        case GivenTest(field, given):
            return lambda name: (table.number(name, field) is not None) is given
        case ValueTest(field, values, excluded):
            return lambda name: bool(set(table.names(name, field)) & set(values)) is not excluded
        case ThingTest(excluded_names):
            return lambda name: name not in excluded_names


def _level_test(test: LevelTest, table: Table) -> Callable[[str], bool]:
    places = [table.place(name) for name in test.components]
    printed = table.printed(test.grade.levels)
    if not test.every:
        return lambda name: any(table.by_name[name].cells[n] in printed for n in places)
    absent = table.printed(frozenset([NOT_APPLICABLE]))

    def every(name: str) -> bool:
        raws = [raw for n in places if (raw := table.by_name[name].cells[n]) not in absent]
        return bool(raws) and all(raw in printed for raw in raws)

    return every


def condition_columns(conditions: Sequence[Condition], table: Table) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The components and the fields that conditions look into."""
    components: list[str] = []
    fields: list[str] = []
    for item in conditions:
        if isinstance(item, LevelTest | AnnotationTest):
            components += item.components or table.component_ids
        elif isinstance(item, TallyTest):
            components += table.component_ids
        elif isinstance(item, RangeTest | GivenTest | ValueTest):
            fields.append(item.field)
    return tuple(dict.fromkeys(components)), tuple(dict.fromkeys(fields))


def _evidence(query: Query, table: Table, names: Sequence[str]) -> Iterator[Cell]:
    """The cells and facts that make each thing match."""
    _, fields = condition_columns(query.conditions, table)
    for name in names[:_SHOWN]:
        for item in query.conditions:
            if isinstance(item, LevelTest):
                cells = (table.cell(name, column) for column in item.components)
                yield from (cell for cell in cells if cell.level in item.grade.levels)
            elif isinstance(item, TallyTest):
                yield from (cell for cell in table.row(name) if cell.level in item.grade.levels)
            elif isinstance(item, AnnotationTest) and not item.excluded:
                cells = (table.cell(name, column) for column in item.components or table.component_ids)
                yield from (cell for cell in cells if cell.annotation in item.annotations)
        yield from (table.cell(name, field) for field in fields)


# Named things


def _cell(query: Query, table: Table) -> Result:
    name, component = query.things[0], query.components[0]
    cell = table.cell(name, component)
    value = {"model": name, "component": component, "raw": cell.raw, "level": cell.level, "annotation": cell.annotation}
    return Result(value, (name,), (component,), cells=(cell,))


def _cells(query: Query, table: Table) -> Result:
    columns = (*query.components, *query.fields)
    cells = tuple(table.cell(name, column) for name in query.things for column in columns)
    value: dict[str, Any] = {}
    for cell in cells:
        if len(query.things) == 1:
            value[cell.component] = cell.raw
        elif len(columns) == 1:
            value[cell.model] = cell.raw
        else:
            value.setdefault(cell.model, {})[cell.component] = cell.raw
    return Result(value, query.things, query.components, query.fields, cells)


def _fact(query: Query, table: Table) -> Result:
    name, field = query.things[0], query.fields[0]
    column, raw, number = table.columns[field], table.raw(name, field), table.number(name, field)
    value: Any = {"model": name, "field": field, "raw": raw, "value": number}
    if column.kind == "number" and number is not None:
        value = number
    elif column.kind == "month" and number is not None:
        value["value"] = f"{(number - 1) // 12}-{(number - 1) % 12 + 1:02}"
    elif column.kind == "names":
        value["value"] = list(table.names(name, field))
    return Result(value, (name,), (), (field,), (table.cell(name, field),))


def _row(query: Query, table: Table) -> Result:
    components = () if query.topic == "facts" else table.component_ids
    per_thing: dict[str, dict[str, str]] = {}
    shown: list[Cell] = []
    for name in query.things:
        cells = [table.cell(name, column) for column in components]
        if query.topic == "part":
            wanted = _wanted(query.grades[0], cells, table)
            cells = [cell for cell in cells if cell.level in wanted]
        cells += [table.cell(name, field) for field in query.fields]
        if not table.categories:
            cells = [cell for cell in cells if cell.raw]
        per_thing[name] = {cell.component: cell.raw for cell in cells}
        shown += cells
    value = per_thing[query.things[0]] if len(query.things) == 1 else per_thing
    return Result(value, query.things, components, query.fields, tuple(shown))


def _wanted(grade: Grade, cells: Sequence[Cell], table: Table) -> frozenset[str]:
    """The levels asked for; a plain "open" means the semi-open ones where nothing is fully open."""
    if grade.loose and not {cell.level for cell in cells} & grade.levels:
        return frozenset(level for item in table.categories if item.name == "semi-open" for level in item.levels)
    return grade.levels


def _ambiguous(query: Query, table: Table) -> Result:
    default = () if query.fields else tuple(name for name in ("weights",) if name in table.component_ids)
    components = query.components or default
    cells = tuple(table.cell(name, column) for name in query.things for column in (*components, *query.fields))
    return Result(list(query.things), query.things, components, query.fields, cells)


def _comparison(query: Query, table: Table) -> Result:
    if query.fields and not query.components:
        facts = tuple(table.cell(name, field) for field in query.fields for name in query.things)
        value = {field: [table.raw(name, field) for name in query.things] for field in query.fields}
        return Result(value, query.things, (), query.fields, facts)
    components = query.components or table.component_ids
    columns = {name: tuple(table.cell(thing, name) for thing in query.things) for name in components}
    differing = {name: cells for name, cells in columns.items() if len({cell.level for cell in cells}) > 1}
    shown = differing or columns
    value = {name: [cell.raw for cell in cells] for name, cells in differing.items()}
    cells = tuple(cell for group in shown.values() for cell in group)
    return Result(value, query.things, tuple(differing), (), cells, total=len(components))


# All things


def _filter(query: Query, table: Table) -> Result:
    names = _selected(query, table)
    components, fields = condition_columns(query.conditions, table)
    value = list(names)
    if query.topic == "values":
        value = _values(names, table)
    cells = tuple(_evidence(query, table, names))
    return Result(value, tuple(names), components, fields, cells, len(query.things or table.things))


def _values(names: Sequence[str], table: Table) -> list[str]:
    column = next(field.id for field in table.fields if field.kind == "names")
    return list(dict.fromkeys(value for name in names for value in table.names(name, column)))


def _column(query: Query, table: Table) -> Result:
    names = _selected(query, table)
    columns = (*query.components, *query.fields)
    cells = tuple(table.cell(name, column) for name in names[:_SHOWN] for column in columns)
    value: dict[str, Any] = {}
    for name in names:
        raws = {column: table.cell(name, column).raw for column in columns}
        value[name] = raws if len(columns) > 1 else raws[columns[0]]
    return Result(value, tuple(names), query.components, query.fields, cells, len(table.things))


def _count(query: Query, table: Table) -> Result:
    if query.topic == "cells":
        return _count_cells(query, table)
    if query.topic == "components":
        return Result(len(table.components), total=len(table.components))
    names = _selected(query, table)
    components, fields = condition_columns(query.conditions, table)
    if query.topic == "values":
        return Result(len(_values(names, table)), tuple(names), components, fields)
    total = len(query.things or table.things)
    if query.topic == "share":
        total = _frame(query, table, total)
    value = _share(len(names), total) if query.topic == "share" else len(names)
    return Result(value, tuple(names), components, fields, tuple(_evidence(query, table, names)), total)


def _frame(query: Query, table: Table, total: int) -> int:
    """Of how many things a share is taken: of those that a date or a developer names, where levels are asked too."""
    graded = (LevelTest, AnnotationTest, TallyTest)
    frame = tuple(item for item in query.conditions if not isinstance(item, graded))
    return total if len(frame) == len(query.conditions) else len(_selected(replace(query, conditions=frame), table))


def _share(count: int, total: int) -> dict[str, float]:
    """A share as a count, a fraction and a percentage; whole numbers without a point."""
    percent = round(100 * count / total, 2) if total else 0.0
    return {
        "count": count,
        "total": total,
        "share": round(count / total, 4) if total else 0.0,
        "percent": int(percent) if percent == int(percent) else percent,
    }


def _count_cells(query: Query, table: Table) -> Result:
    names = query.things or tuple(table.by_name)
    components = query.components or table.component_ids
    wanted = frozenset(level for grade in query.grades for level in grade.levels)
    cells = [table.cell(name, column) for name in names for column in components]
    found = [
        cell for cell in cells if (not wanted or cell.level in wanted) and query.annotation in ("", cell.annotation)
    ]
    value = _share(len(found), len(cells)) if query.shared else len(found)
    shown = tuple(found) if wanted or query.annotation else ()
    return Result(value, query.things, query.components, cells=shown, total=len(cells))


def _distribution(query: Query, table: Table) -> Result:
    value: dict[str, dict[str, int]] = {}
    for name in query.components:
        counts = Counter(table.raws[thing.cells[table.place(name)]] for thing in table.things)
        value[name] = {level: counts[level] for level in (*table.by_level, "") if counts[level]}
    only = value[query.components[0]] if len(query.components) == 1 else value
    return Result(only, components=query.components)


# Rankings

_Ranks = list[tuple[str, int]]


def _ranking(query: Query, table: Table) -> Result:
    names = _selected(query, table)
    if query.topic == "components":
        printed = table.printed(query.grades[0].levels if query.grades else table.best)
        columns = {c.id: table.place(c.id) for c in table.components}
        counted = [(c, sum(thing.cells[n] in printed for thing in table.things)) for c, n in columns.items()]
        ranks = _cut(counted, query)
        return Result([list(pair) for pair in ranks], components=tuple(name for name, _ in ranks))
    if query.topic == "values":
        field = next(field.id for field in table.fields if field.kind == "names")
        counts = Counter(value for name in names for value in table.names(name, field))
        return Result([list(pair) for pair in _cut(list(counts.items()), query)], fields=(field,))
    if query.topic == "openness":
        ranks = _cut(_openness(query, table, names), query)
        return Result([list(pair) for pair in ranks], tuple(name for name, _ in ranks), query.components)
    field = query.fields[0]
    numbers = [(name, number) for name in names if (number := table.number(name, field)) is not None]
    ranks = _cut(numbers, query)
    month = table.columns[field].kind == "month"
    value = [[name, table.raw(name, field) if month else number] for name, number in ranks]
    shown = tuple(name for name, _ in ranks)
    cells = tuple(table.cell(name, field) for name in shown)
    return Result(value, shown, (), (field,), cells, missing=len(names) - len(numbers))


def _openness(query: Query, table: Table, names: Sequence[str]) -> _Ranks:
    """Things by their level in one component, else by how many components are open."""
    places = [table.place(name) for name in query.components or table.component_ids]
    if len(places) == 1 and not query.grades and any(level.number for level in table.levels):
        levels = {name: table.by_level.get(table.raws[table.by_name[name].cells[places[0]]]) for name in names}
        return [(name, level.number) for name, level in levels.items() if level and level.number]
    printed = table.printed(query.grades[0].levels if query.grades else table.best)
    if len(places) == len(table.components):
        return [(name, sum(map(printed.__contains__, table.by_name[name].cells))) for name in names]
    return [(name, sum(table.by_name[name].cells[n] in printed for n in places)) for name in names]


def _cut(ranks: _Ranks, query: Query) -> _Ranks:
    """The ranks asked for, with ties at their end."""
    ordered = sorted(ranks, key=lambda pair: pair[1], reverse=query.descending)
    if query.place:
        wanted = ordered[query.place - 1][1] if query.place <= len(ordered) else None
        return [pair for pair in ordered if pair[1] == wanted]
    if query.limit is None or query.limit >= len(ordered):
        return ordered
    last = ordered[max(query.limit, 1) - 1][1]
    kept = [pair for n, pair in enumerate(ordered) if n < query.limit or pair[1] == last]
    return kept[: max(_SHOWN, query.limit)]


# The scale


def _definition(query: Query, table: Table) -> Result:
    named = {level for grade in query.grades for level in grade.levels}
    levels = [level for level in table.levels if level.id in named]
    match query.topic:
        case "levels":
            meanings: dict[str, Any] = {level.id: level.meaning for level in levels}
            for item in table.categories:
                if any(set(item.levels) == grade.levels for grade in query.grades):
                    meanings[item.name] = item.meaning
            return Result(next(iter(meanings.values())) if len(meanings) == 1 else meanings)
        case "which":
            return Result([level.id for level in levels])
        case "unused":
            used = set(table.raws.values())
            return Result([level.id for level in table.levels if level.id not in used])
        case "scale":
            return Result({level.id: level.meaning for level in table.levels})
        case "categories":
            return Result({item.name: list(item.levels) for item in table.categories}, found=bool(table.categories))
        case "stages":
            stages: dict[str, list[str]] = {}
            for column in table.components:
                stages.setdefault(column.stage, []).append(column.title)
            return Result(stages)
        case "all components":
            return Result([column.title for column in table.components], components=table.component_ids)
    chosen = [table.columns[name] for name in query.components]
    return Result({c.id: c.meaning or c.title for c in chosen}, components=query.components)


def _nothing(query: Query, table: Table) -> Result:
    return Result(found=False)


_STEPS: dict[Kind, Callable[[Query, Table], Result]] = {
    Kind.CELL: _cell,
    Kind.CELLS: _cells,
    Kind.FACT: _fact,
    Kind.ROW: _row,
    Kind.COLUMN: _column,
    Kind.FILTER: _filter,
    Kind.COUNT: _count,
    Kind.RANKING: _ranking,
    Kind.COMPARISON: _comparison,
    Kind.DISTRIBUTION: _distribution,
    Kind.DEFINITION: _definition,
    Kind.AMBIGUOUS: _ambiguous,
    Kind.UNKNOWN_MODEL: _nothing,
    Kind.NONE: _nothing,
}
