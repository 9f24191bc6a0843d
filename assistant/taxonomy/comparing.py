"""Sets models side by side: where they differ, and which is the more open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.taxonomy.answer import TaxonomyAnswer
from assistant.taxonomy.cell import Cell
from assistant.taxonomy.query import Query
from assistant.taxonomy.wording import Wording, enumeration, joined, remarks

if TYPE_CHECKING:
    from assistant.taxonomy.edition import Edition

__all__ = ["compare"]


def compare(query: Query, edition: Edition) -> TaxonomyAnswer:
    """The components in whose level the models differ, or the facts asked for side by side."""
    return _facts(query, edition) if query.fields and not query.components else _levels(query, edition)


def _levels(query: Query, edition: Edition) -> TaxonomyAnswer:
    words, models = Wording(edition), query.models
    components = query.components or tuple(item.id for item in edition.components)
    pairs = {name: tuple(edition.cells[model, name] for model in models) for name in components}
    differing = {name: cells for name, cells in pairs.items() if len({item.level for item in cells}) > 1}
    relicensed = [
        name for name, cells in pairs.items() if name not in differing and len({item.raw for item in cells}) > 1
    ]
    shown = differing or (pairs if query.components else {})
    note = f"Same level, different annotation: {words.parts(relicensed, 'and')}." if relicensed else ""
    return TaxonomyAnswer(
        question=query.question,
        kind="comparison",
        found=True,
        models=models,
        components=tuple(differing),
        value={name: [item.raw for item in cells] for name, cells in differing.items()},
        text=_text(words, models, components, differing, edition),
        note=joined([note, remarks(item for cells in shown.values() for item in cells)]),
        source=words.cells_source(models, components),
        cells=tuple(item for cells in (shown or pairs).values() for item in cells),
    )


def _text(
    words: Wording,
    models: Sequence[str],
    components: Sequence[str],
    differing: dict[str, tuple[Cell, ...]],
    edition: Edition,
) -> str:
    names = enumeration(models)
    if not differing:
        scope = (
            "all twelve components" if len(components) == len(edition.components) else words.parts(components, "and")
        )
        return f"{names} have the same level in {scope}: neither is more open."
    listed = "; ".join(
        f"{words.part(name)}: {', '.join(item.raw for item in cells)}" for name, cells in differing.items()
    )
    counted = f"{len(differing)} of {len(components)} components" if len(components) > 1 else "one component"
    return f"{names} differ in level in {counted} ({listed}). {_more_open(models, differing)}"


def _more_open(models: Sequence[str], differing: dict[str, tuple[Cell, ...]]) -> str:
    """Which model stands higher how often; cells with ``?`` or ``N/A`` cannot be ordered."""
    if len(models) != 2:
        return ""
    wins = [0, 0]
    unordered = 0
    for first, second in differing.values():
        if first.number is None or second.number is None:
            unordered += 1
        else:
            wins[0 if first.number > second.number else 1] += 1
    loose = f" {unordered} cannot be ordered, since one side is ? or N/A." if unordered else ""
    if not sum(wins):
        return f"Neither is more open by its levels.{loose}"
    if 0 in wins:
        more = models[0] if wins[0] else models[1]
        return f"{more} is more open wherever both have a level ({max(wins)} of these).{loose}"
    return f"{models[0]} is more open in {wins[0]}, {models[1]} in {wins[1]}.{loose}"


def _facts(query: Query, edition: Edition) -> TaxonomyAnswer:
    words, models = Wording(edition), query.models
    shown = [edition.fact(model, name) for name in query.fields for model in models]
    value = {name: [edition.by_name[model].raw(name) for model in models] for name in query.fields}
    sentences = [words.fact(item.model, item.component) for item in shown]
    return TaxonomyAnswer(
        question=query.question,
        kind="comparison",
        found=True,
        models=models,
        value=value,
        text=" ".join(sentences),
        note=joined([remarks(shown), words.dated(query.fields)]),
        source=words.facts_source(models, query.fields),
        cells=tuple(shown),
    )
