"""A table as squares, each with a word that says its level and a class that gives its colour."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.taxonomy.schemes.scheme import Scheme
    from assistant.taxonomy.taxonomy import Taxonomy

__all__ = ["COLOURS", "Grid", "Square", "distribution_of", "heat_map", "scheme_map"]

COLOURS = {
    "fully closed": "#d55e00",
    "semi-open": "#f0e442",
    "fully open": "#009e73",
    "unknown": "#b0b0b0",
    "not applicable": "#ffffff",
}
"""Colour by class, from the palette of Okabe and Ito (2008), which the colour-blind can tell apart."""

_SIGNS = {1: "fully closed", 2: "semi-open", 3: "semi-open", 4: "semi-open", 5: "fully open"}


@dataclass(frozen=True, slots=True)
class Square:
    """One square."""

    text: str
    """The level or the count: legible without colour."""
    kind: str
    """A key of `COLOURS`, or empty."""
    full: str
    """What the table prints, for a tooltip."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table ready to be drawn."""

    title: str
    caption: str
    citation: str
    """The work in words, then the key to cite it by."""
    corner: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Square, ...]], ...]
    counted: bool = False
    """Whether the squares hold counts, drawn as bars."""


def heat_map(taxonomy: Taxonomy) -> Grid:
    """Models × components, each with its level."""
    kinds = {level.id: level.category for level in taxonomy.levels}
    rows = tuple(
        (model.name, tuple(Square(cell.level, kinds[cell.level], cell.raw) for cell in taxonomy.row(model.name)))
        for model in taxonomy.models
    )
    return Grid(
        title="Openness of language models by component",
        caption="Levels from 1 (not released) to 5 (no restrictions), C for code and D for data; ? not known; N/A the "
        "model has no such component.",
        citation=f"{taxonomy.dated}, Table 3 [@{taxonomy.key}]",
        corner="Model",
        columns=tuple(component.title for component in taxonomy.components),
        rows=rows,
    )


def distribution_of(taxonomy: Taxonomy) -> Grid:
    """Components × levels, each with its number of models: 480 cells counted anew from Table 3."""
    steps = ("1", "2", "3", "4", "5", "?", "N/A")
    kinds = [*(_SIGNS[n] for n in range(1, 6)), "unknown", "not applicable"]
    rows = []
    for component in taxonomy.components:
        counts = Counter(str(cell.number or cell.level) for cell in taxonomy.column(component.id))
        squares = (Square(str(counts[step]), kind, step) for step, kind in zip(steps, kinds, strict=True))
        rows.append((component.title, tuple(squares)))
    return Grid(
        title="Distribution of openness levels by component",
        caption=f"Number of models at each level, of {len(taxonomy.models)}; N/A where a model has no such component.",
        citation=f"Counted from {taxonomy.dated}, Table 3 [@{taxonomy.key}]",
        corner="Component",
        columns=tuple(f"Level {step}" if step.isdigit() else step for step in steps),
        rows=tuple(rows),
        counted=True,
    )


def scheme_map(scheme: Scheme) -> Grid:
    """A classification of any kind; its first level counts as open where it names no other, its last as closed."""
    best = scheme.head.best or (scheme.levels[0].id if scheme.levels else "")
    steps = [step.id for step in scheme.levels]
    worst = next((step for step in (steps[-1:] + steps[:1]) if step != best), "")

    def square(raw: str) -> Square:
        level = scheme.level(raw)
        kind = {best: "fully open", worst: "fully closed", "": "not applicable"}.get(level, "semi-open")
        return Square(level, kind, raw)

    key = f" [@{scheme.head.key}]" if scheme.head.key else ""
    dated = f", data of {scheme.head.accessed}" if scheme.head.accessed else ""
    return Grid(
        title=scheme.head.title,
        caption=scheme.head.attribution,
        citation=f"{scheme.head.cited}{dated}{key}",
        corner=scheme.head.thing.capitalize(),
        columns=tuple(column.title for column in scheme.components),
        rows=tuple((thing.name, tuple(square(raw) for raw in thing.cells)) for thing in scheme.things),
    )
