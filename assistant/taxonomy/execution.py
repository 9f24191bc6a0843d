"""Executes a query on its table: exact values, and the cells behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.taxonomy.conditions import Condition
from assistant.taxonomy.interpreter import Query
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
    """Of how many things or cells a count is taken; how many a ranking leaves out, since they have no number."""
    found: bool = True


def execute(query: Query, table: Table) -> Result:
    """The result of a query; nothing is found where it is of no kind that a table answers."""
    return _STEPS[query.kind](query, table) if query.kind in _STEPS else Result(found=False)


def condition_columns(conditions: Sequence[Condition], table: Table) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The components and the fields that conditions look into."""
    named = dict.fromkeys(name for item in conditions for name in item.columns)
    if any(item.sort == "tally" or (item.sort == "annotation" and not item.columns) for item in conditions):
        named = dict.fromkeys(table.component_ids) | named
    fields = tuple(name for name in named if name in table.field_ids)
    return tuple(name for name in named if name not in fields), fields


def _selected(query: Query, table: Table) -> list[str]:
    names = [thing.name for thing in table.things if not query.things or thing.name in query.things]
    for condition in query.conditions:
        names = list(filter(_test(condition, table), names))
    return names


def _test(item: Condition, table: Table) -> Callable[[str], bool]:
    graded = item.columns if item.sort in ("level", "annotation") and item.columns else table.component_ids
    printed, field = table.printed(item.grade.levels), next(iter(item.columns), "")
    match item.sort:
        case "level" if item.every:
            return lambda name: _every(table.printed_in(name, graded), printed)
        case "level":
            return lambda name: any(raw in printed for raw in table.printed_in(name, graded))
        case "tally":
            return lambda name: item.low <= sum(raw in printed for raw in table.printed_in(name, graded)) <= item.high
        case "annotation":
            under = {raw for raw in table.raws if table.split(raw)[1] in item.names}
            return lambda name: any(raw in under for raw in table.printed_in(name, graded)) is not item.excluded
        case "range":
            return lambda name: (number := table.number(name, field)) is not None and item.low <= number <= item.high
        case "given":
            return lambda name: (table.number(name, field) is None) is item.excluded
        case "value":
            return lambda name: bool(set(table.names(name, field)) & set(item.names)) is not item.excluded
    return lambda name: name not in item.names


def _every(raws: Sequence[str], printed: frozenset[str]) -> bool:
    applying = [raw for raw in raws if not raw.startswith(NOT_APPLICABLE)]
    return bool(applying) and all(raw in printed for raw in applying)


def _evidence(query: Query, table: Table, names: Sequence[str]) -> Iterator[Cell]:
    fields = condition_columns(query.conditions, table)[1]
    graded = [item for item in query.conditions if item.sort in ("level", "tally", "annotation") and not item.excluded]
    for name in names[:_SHOWN]:
        for item in graded:
            cells = (table.cell(name, column) for column in item.columns or table.component_ids)
            yield from (c for c in cells if c.annotation in item.names or c.level in item.grade.levels)
        yield from (table.cell(name, field) for field in fields)


# Named things


def _cells(query: Query, table: Table) -> Result:
    cells = _shown(query.things, (*query.components, *query.fields), table)
    if query.kind == "cell":
        value: Any = {name: getattr(cells[0], name) for name in ("model", "component", "raw", "level", "annotation")}
    elif len(query.components) + len(query.fields) == 1:
        value = {cell.model: cell.raw for cell in cells}
    else:
        value = _nested(query.things, cells)
    return Result(value, query.things, query.components, query.fields, cells)


def _shown(things: Iterable[str], columns: Sequence[str], table: Table) -> tuple[Cell, ...]:
    return tuple(table.cell(name, column) for name in things for column in columns)


def _nested(things: Sequence[str], cells: Sequence[Cell]) -> dict[str, Any]:
    rows: dict[str, Any] = {name: {} for name in things}
    for cell in cells:
        rows[cell.model][cell.component] = cell.raw
    return rows[things[0]] if len(rows) == 1 else rows


def _fact(query: Query, table: Table) -> Result:
    name, field = query.things[0], query.fields[0]
    kind, raw, number = table.columns[field].kind, table.raw(name, field), table.number(name, field)
    value: Any = {"model": name, "field": field, "raw": raw, "value": number}
    if kind == "number" and number is not None:
        value = number
    elif kind == "month" and number is not None:
        value["value"] = f"{(number - 1) // 12}-{(number - 1) % 12 + 1:02}"
    elif kind == "names":
        value["value"] = list(table.names(name, field))
    return Result(value, (name,), (), (field,), (table.cell(name, field),))


def _row(query: Query, table: Table) -> Result:
    components = () if query.topic == "facts" else table.component_ids
    cells = _shown(query.things, components, table)
    if query.topic == "part":
        wanted = query.grades[0].levels
        if query.grades[0].loose and not {cell.level for cell in cells} & wanted:
            wanted = frozenset(level for item in table.categories[1:2] for level in item.levels)
        cells = tuple(cell for cell in cells if cell.level in wanted)
    cells += _shown(query.things, query.fields, table)
    shown = tuple(cell for name in query.things for cell in cells if cell.model == name)
    shown = tuple(cell for cell in shown if cell.raw or table.categories)
    return Result(_nested(query.things, shown), query.things, components, query.fields, shown)


def _ambiguous(query: Query, table: Table) -> Result:
    default = tuple(name for name in ("weights",) if name in table.component_ids and not query.fields)
    components = query.components or default
    cells = _shown(query.things, (*components, *query.fields), table)
    return Result(list(query.things), query.things, components, query.fields, cells)


def _comparison(query: Query, table: Table) -> Result:
    facts = query.fields if not query.components else ()
    components = () if facts else query.components or table.component_ids
    columns = {name: tuple(table.cell(thing, name) for thing in query.things) for name in facts or components}
    differing = {name: cells for name, cells in columns.items() if facts or len({cell.level for cell in cells}) > 1}
    value = {name: [cell.raw for cell in cells] for name, cells in differing.items()}
    cells = tuple(cell for group in (differing or columns).values() for cell in group)
    return Result(value, query.things, () if facts else tuple(differing), facts, cells, len(components))


# All things


def _filter(query: Query, table: Table) -> Result:
    names = _selected(query, table)
    value = _values(names, table) if query.topic == "values" else list(names)
    cells = tuple(_evidence(query, table, names))
    return Result(
        value, tuple(names), *condition_columns(query.conditions, table), cells, len(query.things or table.things)
    )


def _values(names: Sequence[str], table: Table) -> list[str]:
    column = table.of_kind("names")[0]
    return list(dict.fromkeys(value for name in names for value in table.names(name, column)))


def _column(query: Query, table: Table) -> Result:
    names, columns = _selected(query, table), (*query.components, *query.fields)
    cells = _shown(names, columns, table)
    value: dict[str, Any] = {cell.model: cell.raw for cell in cells}
    if len(columns) > 1:
        value = {name: {c.component: c.raw for c in _shown([name], columns, table)} for name in names}
    return Result(value, tuple(names), query.components, query.fields, cells[:_SHOWN], len(table.things))


def _count(query: Query, table: Table) -> Result:
    if query.topic == "cells":
        return _count_cells(query, table)
    if query.topic == "components":
        return Result(len(table.components))
    names, columns = _selected(query, table), condition_columns(query.conditions, table)
    if query.topic == "values":
        return Result(len(_values(names, table)), tuple(names), *columns)
    total = len(query.things or table.things)
    if query.topic == "share":
        frame = tuple(item for item in query.conditions if item.sort in ("range", "given", "value", "thing"))
        if len(frame) < len(query.conditions):
            total = len(_selected(replace(query, conditions=frame), table))
    value = _share(len(names), total) if query.topic == "share" else len(names)
    return Result(value, tuple(names), *columns, tuple(_evidence(query, table, names)), total)


def _share(count: int, total: int) -> dict[str, float]:
    """A share as a count, a fraction and a percentage; whole numbers without a point."""
    percent = round(100 * count / total, 2) if total else 0.0
    share = round(count / total, 4) if total else 0.0
    return {"count": count, "total": total, "share": share, "percent": int(percent) if percent % 1 == 0 else percent}


def _count_cells(query: Query, table: Table) -> Result:
    wanted = frozenset(level for grade in query.grades for level in grade.levels)
    columns = query.components or table.component_ids
    cells = [table.cell(name, column) for name in query.things or table.by_name for column in columns]
    found = [c for c in cells if (not wanted or c.level in wanted) and query.annotation in ("", c.annotation)]
    value = _share(len(found), len(cells)) if query.shared else len(found)
    shown = tuple(found) if wanted or query.annotation else ()
    return Result(value, query.things, query.components, cells=shown, total=len(cells))


def _distribution(query: Query, table: Table) -> Result:
    value: dict[str, dict[str, int]] = {}
    for name in query.components:
        counts = Counter(cell.level for cell in table.column(name))
        value[name] = {level: counts[level] for level in (*table.by_level, "") if counts[level]}
    return Result(value[query.components[0]] if len(value) == 1 else value, components=query.components)


_Ranks = list[tuple[str, int]]


def _ranking(query: Query, table: Table) -> Result:
    names = _selected(query, table)
    if query.topic == "things":
        field = query.fields[0]
        ranks = _cut([(name, number) for name in names if (number := table.number(name, field)) is not None], query)
        month = table.columns[field].kind == "month"
        value = [[name, table.raw(name, field) if month else number] for name, number in ranks]
        cells = tuple(table.cell(name, field) for name, _ in ranks)
        missing = sum(table.number(name, field) is None for name in names)
        return Result(value, tuple(name for name, _ in ranks), (), (field,), cells, missing)
    if query.topic == "values":
        field = table.of_kind("names")[0]
        counts = Counter(value for name in names for value in table.names(name, field))
        return Result(_pairs(_cut(list(counts.items()), query)), fields=(field,))
    printed = table.printed(query.grades[0].levels if query.grades else table.best)
    if query.topic == "components":
        counts = Counter({name: sum(c.raw in printed for c in table.column(name)) for name in table.component_ids})
        ranks = _cut(list(counts.items()), query)
        return Result(_pairs(ranks), components=tuple(name for name, _ in ranks))
    rows = {name: table.printed_in(name, query.components or table.component_ids) for name in names}
    if len(query.components) == 1 and not query.grades and table.categories:
        levels = {name: table.by_level[table.raws[cells[0]]].number for name, cells in rows.items()}
        ranks = _cut([(name, number) for name, number in levels.items() if number], query)
    else:
        ranks = _cut([(name, sum(raw in printed for raw in cells)) for name, cells in rows.items()], query)
    return Result(_pairs(ranks), tuple(name for name, _ in ranks), query.components)


def _pairs(ranks: _Ranks) -> list[list[str | int]]:
    return [list(pair) for pair in ranks]


def _cut(ranks: _Ranks, query: Query) -> _Ranks:
    ordered = sorted(ranks, key=lambda pair: pair[1], reverse=query.descending)
    if query.place:
        wanted = ordered[query.place - 1][1] if query.place <= len(ordered) else None
        return [pair for pair in ordered if pair[1] == wanted]
    if query.limit is None or query.limit >= len(ordered):
        return ordered
    last = ordered[max(query.limit, 1) - 1][1]
    kept = [pair for n, pair in enumerate(ordered) if n < query.limit or pair[1] == last]
    return kept[: max(_SHOWN, query.limit)]


def _definition(query: Query, table: Table) -> Result:
    named = {level for grade in query.grades for level in grade.levels}
    components = query.components or table.component_ids
    value: Any = {level.id: level.meaning for level in table.levels if level.id in named or query.topic == "scale"}
    match query.topic:
        case "levels":
            grades = [grade.levels for grade in query.grades]
            value |= {item.name: item.meaning for item in table.categories if frozenset(item.levels) in grades}
            value = next(iter(value.values())) if len(value) == 1 else value
        case "which":
            value = list(value)
        case "unused":
            value = [level for level in table.by_level if level not in table.raws.values()]
        case "categories":
            value = {item.name: list(item.levels) for item in table.categories}
        case "stages":
            stages = dict.fromkeys(column.stage for column in table.components)
            value = {stage: [c.title for c in table.components if c.stage == stage] for stage in stages}
        case "all components":
            value = [column.title for column in table.components]
        case "components":
            value = {name: table.columns[name].meaning or table.columns[name].title for name in components}
    shown = components if query.topic.endswith("components") else ()
    return Result(value, components=shown, found=value not in ({}, []))


_STEPS: dict[str, Callable[[Query, Table], Result]] = {
    "cell": _cells, "cells": _cells, "fact": _fact, "row": _row, "column": _column, "filter": _filter, "count": _count,
    "ranking": _ranking, "comparison": _comparison, "distribution": _distribution, "definition": _definition,
    "ambiguous": _ambiguous,
}  # fmt: skip
