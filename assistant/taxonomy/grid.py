"""The tables to be seen and exported: a heat map with letters, counts of levels; SVG, CSV, Markdown and LaTeX."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from assistant.taxonomy.shelf import Taxonomy
    from assistant.taxonomy.table import Table

__all__ = ["COLOURS", "FORMATS", "Grid", "Square", "distribution_of", "heat_map", "render", "scheme_map"]

COLOURS = {
    "fully closed": "#d55e00",
    "semi-open": "#f0e442",
    "fully open": "#009e73",
    "unknown": "#b0b0b0",
    "not applicable": "#ffffff",
}
"""Colour by class, from the palette of Okabe and Ito (2008), which the colour-blind can tell apart."""


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
    return scheme_map(taxonomy.table)


def distribution_of(taxonomy: Taxonomy) -> Grid:
    """Components × levels, each with its number of models: 480 cells counted anew from Table 3."""
    kinds = {str(level.number or level.id): level.category for level in taxonomy.levels}
    rows = []
    for component in taxonomy.components:
        counts = Counter(str(cell.number or cell.level) for cell in taxonomy.column(component.id))
        rows.append((component.title, tuple(Square(str(counts[step]), kind, step) for step, kind in kinds.items())))
    return Grid(
        title="Distribution of openness levels by component",
        caption=f"Number of models at each level, of {len(taxonomy.models)}; N/A where a model has no such component.",
        citation=f"Counted from {taxonomy.dated}, Table 3 [@{taxonomy.key}]",
        corner="Component",
        columns=tuple(f"Level {step}" if step.isdigit() else step for step in kinds),
        rows=tuple(rows),
        counted=True,
    )


def scheme_map(table: Table) -> Grid:
    """A table of any kind; without classes of levels the best counts as open, the last as closed."""
    head, steps = table.head, list(table.by_level)
    best = next(iter(table.best), "")
    worst = next((step for step in (steps[-1:] + steps[:1]) if step != best), "")
    kinds = {"": "not applicable", best: "fully open", worst: "fully closed"}
    if table.categories:
        kinds = {level.id: level.category for level in table.levels}

    def square(raw: str) -> Square:
        level = table.raws[raw]
        return Square(level, kinds.get(level, "semi-open"), raw)

    dated = f"{head.dated}, {head.table}" if head.facts_table else head.cited
    dated += f", data of {head.accessed}" if head.accessed and not head.facts_table else ""
    return Grid(
        title="Openness of language models by component" if head.facts_table else head.title,
        caption=head.caption or head.attribution,
        citation=f"{dated} [@{head.key}]" if head.key else dated,
        corner=head.thing.capitalize(),
        columns=tuple(column.title for column in table.components),
        rows=tuple(
            (
                thing.name,
                tuple(Square(level := table.raws[raw], kinds.get(level, "semi-open"), raw) for raw in thing.cells),
            )
            for thing in table.things
        ),
    )


_CELL, _ROW, _LEFT, _TOP = 46, 18, 150, 210
_LATEX = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_ACTIVE = ("=", "+", "-", "@", "\t", "\r")
"""With one of these a spreadsheet takes a cell for a formula."""


def render(grid: Grid, form: str) -> str:
    """The grid in a form of `FORMATS`."""
    return FORMATS[form](grid)


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(_ACTIVE) else text


def _csv(grid: Grid) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_inert(title) for title in (grid.corner, *grid.columns)])
    for name, squares in grid.rows:
        writer.writerow([_inert(text) for text in (name, *(square.full for square in squares))])
    writer.writerow([])
    writer.writerow([_inert(f"{grid.title}. {grid.caption}".strip())])
    writer.writerow([_inert(f"Source: {grid.citation}")])
    return out.getvalue()


def _counts_csv(grid: Grid) -> str:
    rows = tuple((name, tuple(Square(s.text, s.kind, s.text) for s in squares)) for name, squares in grid.rows)
    return _csv(Grid(grid.title, grid.caption, grid.citation, grid.corner, grid.columns, rows))


def _markdown(grid: Grid) -> str:
    def line(texts: Iterator[str]) -> str:
        return f"| {' | '.join(' '.join(escape(text).replace('|', chr(92) + '|').split()) for text in texts)} |"

    head = [line(iter((grid.corner, *grid.columns))), f"|{' --- |' * (len(grid.columns) + 1)}"]
    full = [line(iter((name, *(s.text if grid.counted else s.full for s in squares)))) for name, squares in grid.rows]
    note = f"*{escape(grid.title)}. {escape(grid.caption)}* Source: {escape(grid.citation)}."
    return "\n".join([*head, *full, "", note, ""])


def _tex(text: str) -> str:
    return "".join(_LATEX.get(char, char) for char in " ".join(text.split()))


def _latex(grid: Grid) -> str:
    work, _, key = grid.citation.rstrip("]").partition(" [@")
    cited = f"{_tex(work)}{f' {chr(92)}cite{{{key}}}' if key else ''}"
    heads = " & ".join(rf"\rotatebox{{90}}{{{_tex(title)}}}" for title in grid.columns)
    body = [rf"{_tex(name)} & {' & '.join(_tex(square.text) for square in squares)} \\" for name, squares in grid.rows]
    lines = [
        r"% In the preamble: \usepackage[T1]{fontenc}, \usepackage{booktabs}, \usepackage{graphicx}",
        r"\begin{table}",
        r"  \centering\scriptsize",
        rf"  \caption{{{_tex(grid.title)}. {_tex(grid.caption)} Source: {cited}.}}",
        rf"  \begin{{tabular}}{{l{'c' * len(grid.columns)}}}",
        r"    \toprule",
        rf"    {_tex(grid.corner)} & {heads} \\",
        r"    \midrule",
        *(f"    {row}" for row in body),
        r"    \bottomrule",
        r"  \end{tabular}",
        r"\end{table}",
        "",
    ]
    return "\n".join(lines)


def _svg(grid: Grid) -> str:
    width = _LEFT + _CELL * len(grid.columns) + 120
    height = _TOP + _ROW * len(grid.rows) + 90
    parts = list(_svg_frame(grid, width, height))
    for n, (name, squares) in enumerate(grid.rows):
        top = _TOP + n * _ROW
        parts.append(f'<text x="{_LEFT - 6}" y="{top + 13}" text-anchor="end">{escape(name)}</text>')
        parts += _svg_squares(squares, top, name, grid.columns)
    parts.append("</svg>")
    return "\n".join(parts) + "\n"


def _svg_frame(grid: Grid, width: int, height: int) -> Iterator[str]:
    quote = {'"': "&quot;"}
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="sans-serif" font-size="11" role="img" aria-label="{escape(grid.title, quote)}">'
    )
    yield f"<title>{escape(grid.title)}</title>"
    yield f"<desc>{escape(grid.caption)} {escape(grid.citation)}</desc>"
    yield f'<rect width="{width}" height="{height}" fill="#ffffff"/>'
    yield f'<text x="10" y="22" font-size="15" font-weight="bold">{escape(grid.title)}</text>'
    for n, title in enumerate(grid.columns):
        x, y = _LEFT + n * _CELL + _CELL // 2 + 4, _TOP - 8
        yield f'<text transform="translate({x} {y}) rotate(-55)">{escape(title)}</text>'
    foot = height - 60
    for n, (kind, colour) in enumerate(COLOURS.items()):
        x = 10 + n * 120
        yield f'<rect x="{x}" y="{foot - 10}" width="14" height="12" fill="{colour}" stroke="#777777"/>'
        yield f'<text x="{x + 20}" y="{foot}">{escape(kind)}</text>'
    yield f'<text x="10" y="{foot + 20}" font-size="10">{escape(grid.caption)}</text>'
    yield f'<text x="10" y="{foot + 36}" font-size="10">{escape(grid.citation)}</text>'


def _svg_squares(squares: tuple[Square, ...], top: int, row: str, columns: tuple[str, ...]) -> Iterator[str]:
    for n, (square, column) in enumerate(zip(squares, columns, strict=True)):
        x = _LEFT + n * _CELL
        colour = COLOURS.get(square.kind, "#ffffff")
        ink = "#ffffff" if square.kind in ("fully closed", "fully open") else "#000000"
        hint = escape(f"{row}, {column}: {square.full}")
        yield (
            f'<g><rect x="{x}" y="{top}" width="{_CELL - 1}" height="{_ROW - 1}" fill="{colour}" stroke="#dddddd"/>'
            f'<text x="{x + _CELL // 2}" y="{top + 13}" text-anchor="middle" fill="{ink}">{escape(square.text)}</text>'
            f"<title>{hint}</title></g>"
        )


FORMATS: dict[str, Callable[[Grid], str]] = {
    "svg": _svg,
    "csv": lambda grid: _counts_csv(grid) if grid.counted else _csv(grid),
    "md": _markdown,
    "tex": _latex,
}
"""By the ending of the file's name."""
