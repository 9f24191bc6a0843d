"""Tables in text: rows of a pipe table, and figures set in lines without any rule."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["looks_tabular", "pipe_rows"]

_DELIMITER = re.compile(r"^\s*\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?\s*$")
_CELL_BREAK = re.compile(r"(?<!\\)\|")
_FIGURE = re.compile(r"^[-+(]?[$€£]?\d[\d.,:/]*[%BMKT)]?$|^N/A$|^[-–—]$")

_MIN_ROWS = 4
_MIN_SHARE = 0.6


def pipe_rows(lines: Sequence[str]) -> list[list[str]]:
    """The cells of a pipe table's lines, without the delimiter row.

    Every cell is kept: CommonMark drops those beyond the header's width, which loses data under a short header.
    """
    rows: list[list[str]] = []
    for line in lines:
        if _DELIMITER.match(line) or not line.strip():
            continue
        cells = [cell.strip().replace("\\|", "|") for cell in _CELL_BREAK.split(line.strip())]
        if cells and not cells[0]:
            cells = cells[1:]
        if cells and not cells[-1]:
            cells = cells[:-1]
        rows.append(cells)
    return rows


def looks_tabular(lines: Sequence[str]) -> bool:
    """Whether a paragraph's lines are rows of a table that lost its rules.

    >>> looks_tabular(["GPT-2 1.5B 02/2019 8,015", "T5 11B 10/2019 12,162", "OPT 175B N/A 1,105", "UL2 20B N/A 99"])
    True
    """
    if len(lines) < _MIN_ROWS:
        return False
    rows = sum(sum(bool(_FIGURE.match(word)) for word in line.split()) >= 2 for line in lines)
    return rows >= _MIN_SHARE * len(lines)
