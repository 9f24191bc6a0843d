"""Orders models by a fact or by how much of them is open, and components and developers by a count."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.taxonomy.answer import TaxonomyAnswer
from assistant.taxonomy.listing import selected
from assistant.taxonomy.query import DeveloperTest, Query
from assistant.taxonomy.wording import Wording, joined

if TYPE_CHECKING:
    from assistant.taxonomy.edition import Edition

__all__ = ["rank"]

Ranks = list[tuple[str, int]]


def rank(query: Query, edition: Edition) -> TaxonomyAnswer:
    """The first of an order, with ties at its end."""
    steps: dict[str, Callable[[Query, Edition], TaxonomyAnswer]] = {
        "components": _components,
        "developers": _developers,
        "openness": _openness,
    }
    return steps.get(query.topic, _facts)(query, edition)


def _cut(ranks: Ranks, query: Query) -> Ranks:
    ordered = sorted(ranks, key=lambda pair: pair[1], reverse=query.descending)
    if query.place:
        wanted = ordered[query.place - 1][1] if query.place <= len(ordered) else None
        return [pair for pair in ordered if pair[1] == wanted]
    if query.limit is None or query.limit >= len(ordered):
        return ordered
    last = ordered[max(query.limit, 1) - 1][1]
    return [pair for n, pair in enumerate(ordered) if n < query.limit or pair[1] == last]


def _facts(query: Query, edition: Edition) -> TaxonomyAnswer:
    words, field = Wording(edition), query.fields[0]
    models = selected(query, edition)
    ranks = _cut([(model.name, number) for model in models if (number := model.number(field)) is not None], query)
    missing = [model.name for model in models if model.number(field) is None]
    names = tuple(name for name, _ in ranks)
    raws = {name: edition.by_name[name].raw(field) for name in names}
    value = [[name, raws[name] if field == "release" else number] for name, number in ranks]
    which = f", {words.conditions(query.conditions)}" if query.conditions else ""
    listed = ", ".join(f"{name} {raws[name]}" for name in names) or "none"
    note = f"{len(missing)} models are left out: the table gives no {edition.fields[field].phrase}." if missing else ""
    sources = [words.facts_source((), (field,))]
    sources += [words.conditions_source(query.conditions)] if query.conditions else []
    return TaxonomyAnswer(
        question=query.question,
        kind="ranking",
        found=True,
        models=names,
        value=value,
        text=f"By {edition.fields[field].phrase}{which}: {listed}.",
        note=joined([note, words.dated((field,)), *(edition.note(name, field) for name in names)]),
        source="; ".join(dict.fromkeys(sources)),
        cells=tuple(edition.fact(name, field) for name in names),
    )


def _openness(query: Query, edition: Edition) -> TaxonomyAnswer:
    words = Wording(edition)
    components = query.components or tuple(edition.by_component)
    ranks: Ranks = []
    for model in selected(query, edition):
        cells = [edition.cells[model.name, name] for name in components]
        if len(components) == 1:
            number = cells[0].number
            ranks += [(model.name, number)] if number is not None else []
        else:
            ranks.append((model.name, sum(item.number == 5 for item in cells)))
    ranks = _cut(ranks, query)
    measure = "level" if len(components) == 1 else "number of fully open components"
    listed = ", ".join(f"{name} {number}" for name, number in ranks)
    return TaxonomyAnswer(
        question=query.question,
        kind="ranking",
        found=True,
        models=tuple(name for name, _ in ranks),
        components=query.components,
        value=[[name, number] for name, number in ranks],
        text=f"By {measure}, {words.parts(components, 'and')}: {listed}.",
        note="" if len(components) == 1 else "The taxonomy gives no overall score; this counts cells at C5 or D5.",
        source=words.cells_source((), query.components),
    )


def _components(query: Query, edition: Edition) -> TaxonomyAnswer:
    levels = query.grades[0].levels if query.grades else frozenset({"C5", "D5"})
    words = Wording(edition)
    ranks = _cut(
        [(item.id, sum(cell.level in levels for cell in edition.column(item.id))) for item in edition.components], query
    )
    listed = ", ".join(f"{words.part(name)} {number}" for name, number in ranks)
    return TaxonomyAnswer(
        question=query.question,
        kind="ranking",
        found=True,
        components=tuple(name for name, _ in ranks),
        value=[[name, number] for name, number in ranks],
        text=f"By number of models at {words.levels(levels)}: {listed}.",
        note="A component that is N/A for many models has few levels of any kind.",
        source=words.cells_source((), ()),
    )


def _developers(query: Query, edition: Edition) -> TaxonomyAnswer:
    words = Wording(edition)
    models = {model.name for model in selected(query, edition)}
    ranks = _cut([(name, len(models & set(edition.of_developer(name)))) for name in edition.developers], query)
    which = [item for item in query.conditions if not isinstance(item, DeveloperTest)]
    return TaxonomyAnswer(
        question=query.question,
        kind="ranking",
        found=True,
        value=[[name, number] for name, number in ranks],
        text=f"By number of models in the table: {', '.join(f'{name} {number}' for name, number in ranks)}.",
        source=words.conditions_source(which) if which else words.facts_source((), ("developer",)),
    )
