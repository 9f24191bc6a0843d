"""Answers on named models: a cell, several cells, a fact, a row; and on names that mean several models or none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assistant.taxonomy.answer import TaxonomyAnswer
from assistant.taxonomy.cell import NOT_APPLICABLE, UNKNOWN, Cell
from assistant.taxonomy.query import Grade, Query
from assistant.taxonomy.spelling import nearest
from assistant.taxonomy.wording import Wording, enumeration, joined, lowered, remarks

if TYPE_CHECKING:
    from assistant.taxonomy.edition import Edition

__all__ = ["ambiguous", "cell", "cells", "fact", "row", "unknown"]


def cell(query: Query, edition: Edition) -> TaxonomyAnswer:
    """One cell."""
    model, component = query.models[0], query.components[0]
    found = edition.cells[model, component]
    words = Wording(edition)
    lead = _verdict(found, query.grades[0]) if query.grades else ""
    tail = _licence(found) if query.licence_asked else ""
    return TaxonomyAnswer(
        question=query.question,
        kind="cell",
        found=True,
        models=(model,),
        components=(component,),
        value={
            "model": model,
            "component": component,
            "raw": found.raw,
            "level": found.level,
            "annotation": found.annotation,
        },
        text=f"{lead}{words.cell(found)}{tail}",
        note=found.note,
        source=words.cells_source((model,), (component,)),
        cells=(found,),
    )


def _verdict(found: Cell, grade: Grade) -> str:
    """``Yes.`` or ``No.``, where the table can tell."""
    if found.level in grade.levels:
        return "Yes. "
    if found.level == UNKNOWN:
        return "Unknown. "
    return "" if found.level == NOT_APPLICABLE else "No. "


def _licence(found: Cell) -> str:
    if found.annotation_type == "licence":
        return f" The licence is {found.annotation}."
    return " The table names no licence for it."


def cells(query: Query, edition: Edition) -> TaxonomyAnswer:
    """Several cells: components of a model, or a component of models."""
    words = Wording(edition)
    found = tuple(edition.cells[model, name] for model in query.models for name in query.components)
    facts = tuple(edition.fact(model, name) for model in query.models for name in query.fields)
    several = len(query.models) > 1
    value: dict[str, Any] = {}
    for item in (*found, *facts):
        if not several:
            value[item.component] = item.raw
        elif len(query.components) + len(query.fields) == 1:
            value[item.model] = item.raw
        else:
            value.setdefault(item.model, {})[item.component] = item.raw
    sentences = [_sentence(words, query, found)] if found else []
    sentences += [words.fact(item.model, item.component) for item in facts]
    sources = [words.cells_source(query.models, query.components)]
    sources += [words.facts_source(query.models, query.fields)] if facts else []
    return TaxonomyAnswer(
        question=query.question,
        kind="cells",
        found=True,
        models=query.models,
        components=query.components,
        value=value,
        text=" ".join(sentences),
        note=joined([remarks((*found, *facts)), words.dated(query.fields)]),
        source="; ".join(sources),
        cells=(*found, *facts),
    )


def _sentence(words: Wording, query: Query, found: Sequence[Cell]) -> str:
    """Several cells as a sentence; the model's name once, where there is one."""
    if len(query.models) > 1:
        return " ".join(words.cell(item) for item in found)
    listed = "; ".join(f"{lowered(item.component_title)} {item.raw}" for item in found)
    return f"{query.models[0]}: {listed}."


def fact(query: Query, edition: Edition) -> TaxonomyAnswer:
    """One value of the models' table."""
    model, field = query.models[0], query.fields[0]
    words, item = Wording(edition), edition.by_name[model]
    found = edition.fact(model, field)
    return TaxonomyAnswer(
        question=query.question,
        kind="fact",
        found=True,
        models=(model,),
        value=_fact_value(edition, model, field),
        text=words.fact(model, field),
        note=joined([found.note, words.dated((field,)) if item.raw(field) != NOT_APPLICABLE else ""]),
        source=words.facts_source((model,), (field,)),
        cells=(found,),
    )


def _fact_value(edition: Edition, model: str, field: str) -> object:
    """A number where the table has one, else the printed text with its reading."""
    item = edition.by_name[model]
    number, raw = item.number(field), item.raw(field)
    if field in edition.work.dated_fields and number is not None:
        return number
    readings: dict[str, object] = {"developer": list(item.developers), "release": item.released, "size": number}
    return {"model": model, "field": field, "raw": raw, "value": readings.get(field)}


def row(query: Query, edition: Edition) -> TaxonomyAnswer:
    """The row of a model: its cells, its facts, or both; or the cells of one grade."""
    words = Wording(edition)
    components = () if query.topic == "facts" else tuple(item.id for item in edition.components)
    per_model, shown = {}, []
    for model in query.models:
        found = [edition.cells[model, name] for name in components]
        if query.topic == "part":
            wanted = _wanted(query, model, edition)
            found = [item for item in found if item.level in wanted]
        found += [edition.fact(model, name) for name in query.fields]
        per_model[model] = {item.component: item.raw for item in found}
        shown += found
    sentences = [_summary(query, model, edition) for model in query.models]
    sources = [words.cells_source(query.models, components)] if components else []
    sources += [words.facts_source(query.models, query.fields)] if query.fields else []
    return TaxonomyAnswer(
        question=query.question,
        kind="row",
        found=True,
        models=query.models,
        components=components,
        value=per_model[query.models[0]] if len(query.models) == 1 else per_model,
        text=" ".join(sentences),
        note=joined([remarks(shown), words.dated(query.fields), *_siblings(query, edition)]),
        source="; ".join(sources),
        cells=tuple(shown),
    )


def _wanted(query: Query, model: str, edition: Edition) -> frozenset[str]:
    """The levels asked for; a plain "open" falls back on semi-open where nothing is fully open."""
    grade = query.grades[0]
    present = {item.level for item in edition.row(model)}
    if grade.loose and not present & grade.levels:
        return frozenset(level for item in edition.categories if item.name == "semi-open" for level in item.levels)
    return grade.levels


def _siblings(query: Query, edition: Edition) -> list[str]:
    """Other rows of the same family, which a bare name does not mean."""
    if len(query.models) != 1:
        return []
    model = query.models[0]
    others = [name for family in edition.families if family.name == model for name in family.members if name != model]
    if not others:
        return []
    return [f"{enumeration(others)} {'has a row of its' if len(others) == 1 else 'have rows of their'} own."]


def _summary(query: Query, model: str, edition: Edition) -> str:
    """A row in a sentence: the facts, then how many components are how open."""
    words = Wording(edition)
    facts = " ".join(words.fact(model, name) for name in query.fields)
    if query.topic == "facts":
        return facts
    groups: dict[str, list[str]] = {}
    for item in edition.row(model):
        groups.setdefault(edition.by_level[item.level].category, []).append(lowered(item.component_title))
    counted = []
    for category in (*(item.name for item in edition.categories), "unknown", "not applicable"):
        names = groups.get(category, [])
        listed = f" ({enumeration(names)})" if names and category != "not applicable" else ""
        if names:
            counted.append(f"{category} {len(names)}{listed}")
    lead = ""
    if query.grades and query.topic == "part":
        wanted = [lowered(item.component_title) for item in edition.row(model) if item.level in query.grades[0].levels]
        lead = f"{model}, {words.grade(query.grades[0])}: {enumeration(wanted) if wanted else 'none'}. "
    return f"{lead}{model}, of {len(edition.components)} components: {'; '.join(counted)}. {facts}".strip()


def ambiguous(query: Query, edition: Edition) -> TaxonomyAnswer:
    """A developer or a family that has several models: all of them, with what was asked of each."""
    words = Wording(edition)
    components = query.components or (() if query.fields else ("weights",))
    found = tuple(edition.cells[model, name] for model in query.models for name in components)
    facts = tuple(edition.fact(model, name) for model in query.models for name in query.fields)
    by_model = "; ".join(
        f"{model} {enumeration(item.raw for item in (*found, *facts) if item.model == model)}" for model in query.models
    )
    asked = enumeration(
        [words.part(name) for name in components] + [edition.fields[name].phrase for name in query.fields]
    )
    notes = [family.note for family in edition.families if family.name in query.name.split(" and ")]
    return TaxonomyAnswer(
        question=query.question,
        kind="ambiguous",
        found=True,
        models=query.models,
        components=components,
        value=list(query.models),
        text=f"{query.name} stands for {len(query.models)} models of the table. By {asked}: {by_model}.",
        note=joined([*notes, "Ask for one of them by name.", words.dated(query.fields)]),
        source=words.cells_source(query.models, components)
        if components
        else words.facts_source(query.models, query.fields),
        cells=(*found, *facts),
    )


def unknown(query: Query, edition: Edition) -> TaxonomyAnswer:
    """A model that the table does not have: no level is given."""
    work, names = edition.work, enumeration(query.unknown)
    near = dict.fromkeys(name for item in query.unknown for name in nearest(item, tuple(edition.by_name)))
    verb = "is" if len(query.unknown) == 1 else "are"
    text = f"{names} {verb} not in this taxonomy, which covers {len(edition.models)} models"
    present = f" {enumeration(query.models)} {'is' if len(query.models) == 1 else 'are'} in it." if query.models else ""
    return TaxonomyAnswer(
        question=query.question,
        kind="unknown_model",
        found=False,
        unknown=query.unknown,
        text=f"{text} (data accessed {work.accessed}).{present}",
        note=f"Nearest names in the table, other models: {enumeration(near)}.",
        source=f"{work.cited}, {work.cells_table}",
    )
