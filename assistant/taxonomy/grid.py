"""The tables to be seen and exported: a heat map with letters, counts of levels; SVG, CSV, Markdown and LaTeX."""

from __future__ import annotations

import csv
import io
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from assistant.taxonomy.table import Table

__all__ = ["COLOURS", "FORMATS", "Grid", "Square", "distribution_of", "heat_map"]

_TEMPLATES = files("assistant.taxonomy").joinpath("data", "drawings", "templates.toml")
_DRAWN: dict[str, Any] = tomllib.loads(_TEMPLATES.read_text("utf-8"))
COLOURS: dict[str, str] = _DRAWN["colours"]
"""Colour by class."""


@dataclass(frozen=True, slots=True)
class Square:
    """One square."""

    text: str
    """The level or the count: legible without colour."""
    kind: str
    """A key of `COLOURS`, or empty."""
    full: str
    """What the table prints, or the count again."""


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


def heat_map(table: Table) -> Grid:
    """Things × components, each with its level; without classes of levels the best is open, the last closed."""
    head, steps = table.head, list(table.by_level)
    best = next(iter(table.best), "")
    worst = next((step for step in (steps[-1:] + steps[:1]) if step != best), "")
    kinds = {"": "not applicable", best: "fully open", worst: "fully closed"}
    if table.categories:
        kinds = {level.id: level.category for level in table.levels}
    squares = {raw: Square(level, kinds.get(level, "semi-open"), raw) for raw, level in table.raws.items()}
    dated = f"{head.dated}, {head.table}" if head.facts_table else head.cited
    dated += f", data of {head.accessed}" if head.accessed and not head.facts_table else ""
    return Grid(
        title="Openness of language models by component" if head.facts_table else head.title,
        caption=head.caption or head.attribution,
        citation=f"{dated} [@{head.key}]" if head.key else dated,
        corner=head.thing.capitalize(),
        columns=tuple(column.title for column in table.components),
        rows=tuple((thing.name, tuple(squares[raw] for raw in thing.cells)) for thing in table.things),
    )


def distribution_of(table: Table) -> Grid:
    """Components × levels, each with its number of models: 480 cells counted anew from Table 3."""
    kinds = {str(level.number or level.id): level.category for level in table.levels}
    rows = []
    for component in table.components:
        counts = Counter(str(cell.number or cell.level) for cell in table.column(component.id))
        squares = tuple(Square(str(counts[step]), kind, str(counts[step])) for step, kind in kinds.items())
        rows.append((component.title, squares))
    return Grid(
        title="Distribution of openness levels by component",
        caption=f"Number of models at each level, of {len(table.things)}; N/A where a model has no such component.",
        citation=f"Counted from {table.head.dated}, {table.head.table} [@{table.head.key}]",
        corner="Component",
        columns=tuple(f"Level {step}" if step.isdigit() else step for step in kinds),
        rows=tuple(rows),
        counted=True,
    )


_ACTIVE = ("=", "+", "-", "@", "\t", "\r")
"""With one of these a spreadsheet takes a cell for a formula."""


def _csv(grid: Grid) -> str:
    out = io.StringIO()
    rows = [(name, *(square.full for square in squares)) for name, squares in grid.rows]
    notes = [(), (f"{grid.title}. {grid.caption}".strip(),), (f"Source: {grid.citation}",)]
    lines = [(grid.corner, *grid.columns), *rows, *notes]
    csv.writer(out).writerows([f"'{text}" if text.startswith(_ACTIVE) else text for text in line] for line in lines)
    return out.getvalue()


def _markdown(grid: Grid) -> str:
    def line(texts: Iterable[str]) -> str:
        return f"| {' | '.join(' '.join(escape(text).replace('|', chr(92) + '|').split()) for text in texts)} |"

    head = [line((grid.corner, *grid.columns)), f"|{' --- |' * (len(grid.columns) + 1)}"]
    rows = [line((name, *(square.full for square in squares))) for name, squares in grid.rows]
    note = f"*{escape(grid.title)}. {escape(grid.caption)}* Source: {escape(grid.citation)}."
    return "\n".join([*head, *rows, "", note, ""])


def _tex(text: str) -> str:
    return "".join(_DRAWN["tex"]["escapes"].get(char, char) for char in " ".join(text.split()))


def _latex(grid: Grid) -> str:
    work, _, key = grid.citation.rstrip("]").partition(" [@")
    rows = [" & ".join(map(_tex, (name, *(square.text for square in squares)))) for name, squares in grid.rows]
    return Template(_DRAWN["tex"]["page"]).substitute(
        title=_tex(grid.title),
        caption=_tex(grid.caption),
        cited=f"{_tex(work)}{f' {chr(92)}cite{{{key}}}' if key else ''}",
        places="l" + "c" * len(grid.columns),
        heading=" & ".join((_tex(grid.corner), *(rf"\rotatebox{{90}}{{{_tex(title)}}}" for title in grid.columns))),
        rows="\n".join(rf"    {row} \\" for row in rows),
    )


def _svg(grid: Grid) -> str:
    left, top = 150, 210
    xs = [left + 46 * n for n in range(len(grid.columns))]
    parts = [_part("heading", x=x + 27, title=title) for x, title in zip(xs, grid.columns, strict=True)]
    for y, (name, squares) in enumerate(grid.rows):
        parts.append(_part("row", y=top + 18 * y + 13, name=name))
        for x, square, title in zip(xs, squares, grid.columns, strict=True):
            colour = COLOURS.get(square.kind, "#ffffff")
            ink = "#ffffff" if square.kind in ("fully closed", "fully open") else "#000000"
            hint = f"{name}, {title}: {square.full}"
            parts.append(_part("square", x=x, y=top + 18 * y, colour=colour, ink=ink, text=square.text, hint=hint))
    legend = [_part("colour", x=120 * n, colour=COLOURS[kind], kind=kind) for n, kind in enumerate(COLOURS)]
    said = {name: _marked(getattr(grid, name)) for name in ("title", "caption", "citation")}
    width, foot = left + 46 * len(xs) + 120, top + 18 * len(grid.rows) + 30
    drawn = {"parts": "\n".join(parts), "legend": "\n".join(legend)}
    page = Template(_DRAWN["svg"]["page"])
    return page.substitute(width=width, height=foot + 60, foot=foot, **said, **drawn)


def _part(template: str, **values: object) -> str:
    return Template(_DRAWN["svg"][template]).substitute({key: _marked(str(value)) for key, value in values.items()})


def _marked(text: str) -> str:
    return escape(text, {'"': "&quot;"})


FORMATS: dict[str, Callable[[Grid], str]] = {"svg": _svg, "csv": _csv, "md": _markdown, "tex": _latex}
"""What writes a grid, by the ending of the file's name."""
