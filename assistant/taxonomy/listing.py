"""Answers over all rows: models that meet conditions, how many, and whole columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.taxonomy.answer import TaxonomyAnswer
from assistant.taxonomy.cell import NOT_APPLICABLE, UNKNOWN, Cell
from assistant.taxonomy.entries import Model
from assistant.taxonomy.query import (
    Condition,
    DeveloperTest,
    FieldTest,
    LevelTest,
    LicenceTest,
    ModelTest,
    Query,
    ReleaseTest,
    TallyTest,
)
from assistant.taxonomy.wording import Wording, enumeration, joined, remarks

if TYPE_CHECKING:
    from assistant.taxonomy.edition import Edition

__all__ = ["column", "count", "distribution", "matching", "selected"]


def selected(query: Query, edition: Edition) -> tuple[Model, ...]:
    """The models that meet all conditions of a query, in the order of the table."""
    chosen = [model for model in edition.models if not query.models or model.name in query.models]
    return tuple(model for model in chosen if all(_meets(model, item, edition) for item in query.conditions))


def _meets(model: Model, condition: Condition, edition: Edition) -> bool:
    match condition:
        case LevelTest():
            return _meets_level(edition.row(model.name), condition)
        case LicenceTest():
            wanted = condition.components or tuple(edition.by_component)
            under = any(edition.cells[model.name, name].annotation in condition.licences for name in wanted)
            return under != condition.excluded
        case TallyTest():
            tally = sum(cell.level in condition.grade.levels for cell in edition.row(model.name))
            return _holds(tally, condition.operator, condition.number)
        case ModelTest():
            return model.name not in condition.excluded
        case FieldTest():
            return _meets_field(model, condition)
        case ReleaseTest():
            released = model.number("release") or 0
            return condition.first <= released <= condition.last
        case DeveloperTest():
            named = set(model.developers)
            wanted_here = not condition.developers or bool(named & set(condition.developers))
            return wanted_here and not named & set(condition.excluded)


def _meets_level(row: Sequence[Cell], test: LevelTest) -> bool:
    cells = [cell for cell in row if cell.component in test.components]
    if test.every:
        cells = [cell for cell in cells if cell.level != NOT_APPLICABLE]
        return bool(cells) and all(cell.level in test.grade.levels for cell in cells)
    return any(cell.level in test.grade.levels for cell in cells)


def _meets_field(model: Model, test: FieldTest) -> bool:
    number = model.number(test.field)
    if number is None or test.operator in ("given", "missing"):
        return (number is None) == (test.operator == "missing")
    return _holds(number, test.operator, test.number)


def _holds(number: int, sign: str, limit: int) -> bool:
    return {
        ">": number > limit,
        ">=": number >= limit,
        "<": number < limit,
        "<=": number <= limit,
        "=": number == limit,
    }[sign]


def matching(query: Query, edition: Edition) -> TaxonomyAnswer:
    """The models that meet the conditions."""
    words, models = Wording(edition), selected(query, edition)
    names = tuple(model.name for model in models)
    developers = tuple(dict.fromkeys(name for model in models for name in model.developers))
    shown = tuple(_evidence(query, edition, names))
    which = words.conditions(query.conditions) or "every model of the table"
    found = (
        f"{len(names)} of {len(query.models or edition.models)} models: {enumeration(names)}"
        if names
        else "None of the models"
    )
    if query.topic == "developers" and names:
        found = f"{len(developers)} developers: {enumeration(developers)}; by {enumeration(names)}"
    return TaxonomyAnswer(
        question=query.question,
        kind="filter",
        found=True,
        models=names,
        components=_components(query),
        value=list(developers if query.topic == "developers" else names),
        text=f"{which[:1].upper()}{which[1:]}. {found}.",
        note=joined([*_remarks(query, edition), remarks(shown), words.dated(_fields(query))]),
        source=words.conditions_source(query.conditions),
        cells=shown,
    )


def _components(query: Query) -> tuple[str, ...]:
    named = [name for item in query.conditions if isinstance(item, LevelTest | LicenceTest) for name in item.components]
    return tuple(dict.fromkeys(named))


def _fields(query: Query) -> tuple[str, ...]:
    fields = [item.field for item in query.conditions if isinstance(item, FieldTest)]
    fields += ["release" for item in query.conditions if isinstance(item, ReleaseTest)]
    fields += ["developer" for item in query.conditions if isinstance(item, DeveloperTest)]
    return tuple(dict.fromkeys(fields))


def _evidence(query: Query, edition: Edition, models: Sequence[str]) -> Iterator[Cell]:
    """The cells and facts that make each model match."""
    for model in models:
        for item in query.conditions:
            if isinstance(item, LevelTest):
                row = edition.row(model)
                yield from (c for c in row if c.component in item.components and c.level in item.grade.levels)
            elif isinstance(item, TallyTest):
                yield from (c for c in edition.row(model) if c.level in item.grade.levels)
            elif isinstance(item, LicenceTest) and not item.excluded:
                wanted = item.components or tuple(edition.by_component)
                yield from (c for c in edition.row(model) if c.component in wanted and c.annotation in item.licences)
        yield from (edition.fact(model, name) for name in _fields(query))


def _remarks(query: Query, edition: Edition) -> Iterator[str]:
    """What a reader of the list should know: how a plain word was taken, and hints that are not levels."""
    words = Wording(edition)
    for item in query.conditions:
        if not isinstance(item, LevelTest):
            continue
        if item.grade.loose:
            yield f'"{item.grade.text.capitalize()}" is taken as {words.tested(item)}.'
        hinted = [
            f"{cell.model} {cell.raw}"
            for name in item.components
            for cell in edition.column(name)
            if cell.level == UNKNOWN and UNKNOWN not in item.grade.levels and set(cell.hint) & item.grade.levels
        ]
        if hinted and len(item.components) == 1:
            yield f"Not counted, since a hint is no level: {enumeration(hinted)}."


def count(query: Query, edition: Edition) -> TaxonomyAnswer:
    """How many models, cells, components or developers."""
    if query.topic == "cells":
        return _count_cells(query, edition)
    words, models = Wording(edition), selected(query, edition)
    if query.topic == "components":
        return _counted(query, len(edition.components), f"{len(edition.components)} components.", edition)
    if query.topic == "developers":
        developers = tuple(dict.fromkeys(name for model in models for name in model.developers))
        return _counted(query, len(developers), f"{len(developers)} developers: {enumeration(developers)}.", edition)
    names = tuple(model.name for model in models)
    total = _total(query, edition) if query.topic == "share" else len(query.models or edition.models)
    which = f", {words.conditions(query.conditions)}" if query.conditions else ""
    percent = 100 * len(names) / total if total else 0.0
    share = f" ({percent:.4g} %)" if query.topic == "share" else ""
    listed = f": {enumeration(names)}" if names and query.conditions else ""
    shown = tuple(_evidence(query, edition, names))
    return TaxonomyAnswer(
        question=query.question,
        kind="count",
        found=True,
        models=names,
        components=_components(query),
        value=_share(len(names), total) if query.topic == "share" else len(names),
        text=f"{len(names)} of {total} models{share}{which}{listed}.",
        note=joined([*_remarks(query, edition), words.dated(_fields(query))]),
        source=words.conditions_source(query.conditions),
        cells=shown,
    )


def _total(query: Query, edition: Edition) -> int:
    """Of how many models a share is taken: of those that a date or a developer names, where levels are asked too."""
    of_cells = (LevelTest, LicenceTest, TallyTest)
    frame = tuple(item for item in query.conditions if not isinstance(item, of_cells))
    if len(frame) == len(query.conditions):
        return len(query.models or edition.models)
    return len(selected(replace(query, conditions=frame), edition))


def _share(count: int, total: int) -> dict[str, float]:
    """A share as a count, a fraction and a percentage; whole numbers without a point."""
    percent = round(100 * count / total, 2) if total else 0.0
    return {
        "count": count,
        "total": total,
        "share": round(count / total, 4) if total else 0.0,
        "percent": int(percent) if percent == int(percent) else percent,
    }


def _counted(query: Query, number: int, text: str, edition: Edition) -> TaxonomyAnswer:
    work = edition.work
    table = work.cells_table if query.topic == "components" else work.models_table
    return TaxonomyAnswer(query.question, "count", True, value=number, text=text, source=f"{work.cited}, {table}")


def _count_cells(query: Query, edition: Edition) -> TaxonomyAnswer:
    words = Wording(edition)
    components = query.components or tuple(edition.by_component)
    models = query.models or tuple(edition.by_name)
    cells = [edition.cells[model, name] for model in models for name in components]
    wanted = frozenset(level for grade in query.grades for level in grade.levels)
    found = [
        item
        for item in cells
        if (not wanted or item.level in wanted) and (not query.licence or item.annotation == query.licence)
    ]
    what = f" at {words.levels(wanted)}" if wanted else ""
    what += f" under {query.licence}" if query.licence else ""
    where = enumeration(models) if query.models else "the table"
    places = [
        words.part(item.component) if query.models else f"{item.model}, {words.part(item.component)}" for item in found
    ]
    several = f": {'; '.join(places)}" if 0 < len(found) <= 12 else ""
    return TaxonomyAnswer(
        question=query.question,
        kind="count",
        found=True,
        models=query.models,
        components=query.components,
        value=_share(len(found), len(cells)) if query.topic == "cells" and query.shared else len(found),
        text=f"{len(found)} of {len(cells)} cells ({100 * len(found) / len(cells):.3g} %) of {where}{what}{several}.",
        source=words.cells_source(query.models, query.components),
        cells=tuple(found) if wanted or query.licence else (),
    )


def column(query: Query, edition: Edition) -> TaxonomyAnswer:
    """The cells or facts of all models that meet the conditions."""
    words = Wording(edition)
    names = tuple(model.name for model in selected(query, edition))
    wanted = (*query.components, *query.fields)
    shown = [edition.cells[model, name] for model in names for name in query.components]
    shown += [edition.fact(model, name) for model in names for name in query.fields]
    value: dict[str, object] = {}
    for model in names:
        raws = {item.component: item.raw for item in shown if item.model == model}
        value[model] = raws if len(wanted) > 1 else raws[wanted[0]]
    titles = [words.part(name) for name in query.components] + [edition.fields[name].phrase for name in query.fields]
    listed = "; ".join(f"{item.model} {item.raw}" for item in shown) if len(wanted) == 1 else f"{len(names)} models"
    sources = [words.cells_source(names, query.components)] if query.components else []
    sources += [words.facts_source(names, query.fields)] if query.fields else []
    return TaxonomyAnswer(
        question=query.question,
        kind="column",
        found=True,
        models=names,
        components=query.components,
        value=value,
        text=f"{enumeration(titles).capitalize()}: {listed}.",
        note=joined([remarks(shown), words.dated(query.fields)]),
        source="; ".join(sources),
        cells=tuple(shown),
    )


def distribution(query: Query, edition: Edition) -> TaxonomyAnswer:
    """How many models stand at each level of a component."""
    words = Wording(edition)
    value: dict[str, object] = {}
    sentences = []
    for name in query.components:
        counts = Counter(item.level for item in edition.column(name))
        levels = {level.id: counts[level.id] for level in edition.levels if counts[level.id]}
        value[name] = levels
        listed = ", ".join(f"{level} {number}" for level, number in levels.items())
        sentences.append(f"{edition.by_component[name].title}: {listed}.")
    return TaxonomyAnswer(
        question=query.question,
        kind="distribution",
        found=True,
        components=query.components,
        value=value[query.components[0]] if len(query.components) == 1 else value,
        text=" ".join(sentences),
        source=words.cells_source((), query.components),
    )
