"""What the levels, categories and components mean, and how a licence is scored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assistant.taxonomy.answer import TaxonomyAnswer
from assistant.taxonomy.entries import PointsRule
from assistant.taxonomy.query import Query
from assistant.taxonomy.wording import Wording, enumeration, joined, lowered

if TYPE_CHECKING:
    from assistant.taxonomy.edition import Edition

__all__ = ["define", "judge_licence"]


def define(query: Query, edition: Edition) -> TaxonomyAnswer:
    """The meaning of levels, categories or components."""
    if query.topic == "levels":
        return _levels(query, edition)
    if query.topic in ("components", "all components"):
        return _components(query, edition)
    if query.topic == "stages":
        return _stages(query, edition)
    if query.topic == "which":
        return _which(query, edition)
    if query.topic == "unused":
        used = {cell.level for cell in edition.cells.values()}
        unused = [level.id for level in edition.levels if level.id not in used]
        return _answer(query, edition, unused, f"No cell of the table has {enumeration(unused, 'or')}.")
    if query.topic == "scale":
        value = {level.id: level.meaning for level in edition.levels}
        text = "; ".join(f"{level.id}: {lowered(level.meaning)}" for level in edition.levels)
        return _answer(query, edition, value, f"C is the scale for code, D for data. {text}.")
    names = {item.name: list(item.levels) for item in edition.categories}
    words = Wording(edition)
    text = "; ".join(
        f"{item.name} ({words.levels(item.levels)}): {lowered(item.meaning)}" for item in edition.categories
    )
    return _answer(query, edition, names, f"{text[:1].upper()}{text[1:]}.")


def _answer(query: Query, edition: Edition, value: Any, text: str, note: str = "") -> TaxonomyAnswer:
    kind = query.kind.value
    source = f"{edition.work.cited}, {edition.work.scale}"
    return TaxonomyAnswer(query.question, kind, True, value=value, text=text, note=note, source=source)


def _levels(query: Query, edition: Edition) -> TaxonomyAnswer:
    """Levels named by their signs, or a category named in words."""
    named = {level for grade in query.grades for level in grade.levels}
    absent = sorted(named - set(edition.by_level))
    if absent:
        text = f"There is no level {enumeration(absent)}: code goes from C1 to C5, data from D1 to D5."
        source = f"{edition.work.cited}, {edition.work.scale}"
        return TaxonomyAnswer(query.question, "definition", False, text=text, source=source)
    levels = [level for level in edition.levels if level.id in named]
    meanings = {level.id: level.meaning for level in levels}
    text = ". ".join(
        f"{level.id}: {lowered(level.meaning)}" + (f" ({level.category})" if level.number else "") for level in levels
    )
    categories = [item for grade in query.grades for item in edition.categories if set(item.levels) == grade.levels]
    if categories:
        text = ". ".join(f"{item.name.capitalize()}: {lowered(item.meaning)}" for item in categories) + f". {text}"
        return _answer(query, edition, {"levels": meanings, **{c.name: c.meaning for c in categories}}, f"{text}.")
    value = next(iter(meanings.values())) if len(meanings) == 1 else meanings
    return _answer(query, edition, value, f"{text}.")


def _which(query: Query, edition: Edition) -> TaxonomyAnswer:
    words = Wording(edition)
    levels = [level.id for level in edition.levels if any(level.id in grade.levels for grade in query.grades)]
    named = enumeration(grade.text.lower() for grade in query.grades)
    return _answer(query, edition, levels, f"{named.capitalize()}: {words.levels(levels)}.")


def _components(query: Query, edition: Edition) -> TaxonomyAnswer:
    ids = query.components or tuple(edition.by_component)
    chosen = [edition.by_component[name] for name in ids]
    if query.topic == "all components":
        text = f"{len(chosen)} components: {enumeration(lowered(item.title) for item in chosen)}."
        value: Any = [item.title for item in chosen]
    else:
        text = " ".join(f"{item.title}: {lowered(item.meaning)}" for item in chosen)
        value = {item.id: item.meaning for item in chosen}
    notes = joined(edition.note("", item.id) for item in chosen)
    answer = _answer(query, edition, value, text, notes)
    return TaxonomyAnswer(
        answer.question, answer.kind, True, components=ids, value=value, text=text, note=notes,
        source=f"{edition.work.cited}, {edition.work.cells_table}, column headings",
    )  # fmt: skip


def _stages(query: Query, edition: Edition) -> TaxonomyAnswer:
    """The stages of the pipeline with their components."""
    value: dict[str, list[str]] = {}
    for item in edition.components:
        value.setdefault(item.stage, []).append(item.title)
    text = "; ".join(f"{stage}: {enumeration(lowered(title) for title in titles)}" for stage, titles in value.items())
    return _answer(query, edition, value, f"{len(value)} stages. {text[:1].upper()}{text[1:]}.")


def judge_licence(query: Query, edition: Edition) -> TaxonomyAnswer:
    """How a licence is scored, and which levels its points give."""
    if query.topic == "several":
        return _answer(query, edition, edition.work.several_sources, edition.work.several_sources)
    if query.topic == "points":
        return _of_points(query, edition, query.points or 0)
    if query.topic == "permissions":
        return _of_permissions(query, edition)
    if query.topic == "licence":
        return _of_licence(query, edition)
    if query.topic == "needed":
        return _points_needed(query, edition)
    value = {
        "permissions": [item.name for item in edition.permissions],
        "points": [f"{_range(rule)}: {rule.label}, {rule.code}/{rule.data}" for rule in edition.points],
    }
    listed = "; ".join(f"{item.name} ({item.meaning})" for item in edition.permissions)
    mapped = "; ".join(f"{_range(rule)} {lowered(rule.label)} ({rule.code}, {rule.data})" for rule in edition.points)
    return _answer(query, edition, value, f"A licence gets one point for each permission: {listed}. Points: {mapped}.")


def _range(rule: PointsRule) -> str:
    return str(rule.least) if rule.least == rule.most else f"{rule.least}-{rule.most}"


def _rule(edition: Edition, points: int) -> PointsRule | None:
    return next((rule for rule in edition.points if rule.least <= points <= rule.most), None)


def _value(points: int, rule: PointsRule) -> dict[str, object]:
    return {"points": points, "code": rule.code, "data": rule.data, "label": rule.label}


def _of_points(query: Query, edition: Edition, points: int) -> TaxonomyAnswer:
    rule = _rule(edition, points)
    if rule is None:
        text = f"A licence has 0 to {len(edition.permissions)} points, one for each permission; {points} cannot be."
        source = f"{edition.work.cited}, {edition.work.scale}"
        return TaxonomyAnswer(query.question, "licence_rule", False, text=text, source=source)
    text = f"{_points(points)}: {lowered(rule.label)}, {rule.code} for code and {rule.data} for data."
    return _answer(query, edition, _value(points, rule), text)


def _points(points: int) -> str:
    return f"{points} point{'' if points == 1 else 's'}"


def _of_permissions(query: Query, edition: Edition) -> TaxonomyAnswer:
    points = len(query.allowed)
    rule = _rule(edition, points)
    assert rule is not None
    names = {item.id: item.name for item in edition.permissions}
    allowed = [names[name] for name in query.allowed]
    open_ones = [name for name in names if name not in query.allowed and name not in query.denied]
    given = enumeration(allowed) if allowed else "none of the five"
    text = f"Allowed: {given}, {_points(points)}: {lowered(rule.label)}, {rule.code} for code and {rule.data} for data."
    value = {**_value(points, rule), "allowed": allowed}
    note = ""
    if query.denied and open_ones and query.allowed:
        note = f"Taken as not allowed, since not named: {enumeration(names[name] for name in open_ones)}."
    return _answer(query, edition, value, text, note)


def _of_licence(query: Query, edition: Edition) -> TaxonomyAnswer:
    licence = next(item for item in edition.licences if item.name == query.licence)
    levels: Sequence[str] = [part.split(" x")[0] for part in licence.levels.split("; ")]
    value = {
        "licence": licence.name,
        "levels": list(levels),
        "points_implied_by_table_3": licence.points_implied,
        "points_derived": licence.points_derived,
    }
    shown = licence.levels.replace(" x", " in ").replace("; ", " cells, ")
    text = f"{licence.name}: {shown} cells of the table, which implies {licence.points_implied} points."
    if licence.points_derived:
        note = (
            f"Derived from the licence's own terms, not from the paper: {licence.points_derived} points "
            f"({'/'.join(licence.levels_derived)}; confidence {licence.confidence})."
        )
    else:
        note = "No points can be derived: it is no single licence."
    source = f"{edition.work.cited}, {edition.work.cells_table}; {edition.work.scale}"
    return TaxonomyAnswer(query.question, "licence_rule", True, value=value, text=text, note=note, source=source)


def _points_needed(query: Query, edition: Edition) -> TaxonomyAnswer:
    named = {level for grade in query.grades for level in grade.levels}
    rules = [rule for rule in edition.points if named & {rule.code, rule.data}]
    value = {_range(rule): [rule.code, rule.data] for rule in rules}
    text = "; ".join(f"{_range(rule)} points: {lowered(rule.label)}, {rule.code}/{rule.data}" for rule in rules)
    without = "Level 1 is for what is not released, and D2 for a paid API; no licence points lead there."
    return _answer(query, edition, value, f"{text}." if rules else without)
