"""Plain text: paragraphs by blank lines, or one a line where lines are long.

Without marks, captions are known by how they begin, tables by figures in lines without any rule. Buttons, counters and
empty tables of a saved web page are its furniture, and no part of its text.
"""

import re
import statistics
from collections.abc import Sequence
from pathlib import Path

from corpus.model import BlockKind
from corpus.reading import Hint, Reading, TextBuilder
from corpus.text.repair import repair

__all__ = ["is_caption", "looks_tabular", "pipe_rows", "read_text", "without_furniture"]

_CAPTION = re.compile(r"(?:Figure|Fig\.|Table|Algorithm|Listing)\s+[A-Z]?\.?\d+(?:\.\d+)?\s*[:.–—]\s")
_DELIMITER = re.compile(r"^\s*\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?\s*$")
_CELL_BREAK = re.compile(r"(?<!\\)\|")
_FIGURE = re.compile(r"^[-+(]?[$€£]?\d[\d.,:/]*[%BMKT)]?$|^N/A$|^[-–—]$")
_MIN_ROWS = 4
_MIN_SHARE = 0.6

_FURNITURE = re.compile(
    r"""
    ^(?:
        (?:comments?|replies|likes?|shares?|views?|citations|references)\s*\(\s*[\d,.kKmM]+\s*\)
      | get\ ai-generated\ .*
      | (?:please\ )?(?:sign|log)\s*(?:in|up|out)\b.{0,40}
      | (?:subscribe|share|like|reply|follow|bookmark|download\ pdf|view\ pdf|read\ more|show\ more|load\ more)\b.{0,40}
      | (?:accept|manage|reject)\ (?:all\ )?cookies.*
      | (?:all\ rights\ reserved|©|copyright\ \(c\)).{0,80}
      | skip\ to\ (?:main\ )?content | back\ to\ top | home | menu | search | share\ this.*
      | display\ is\ limited\ .*
      | current\ paper\ \(.*
      | [-|:\s]+
      | (?:[A-Z]\w*\s*\|\s*){2,}\w*\s*\|?
    )$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BYLINE = re.compile(r"^[^.!?]{3,200}(?:,[^.!?]+)?(?:\bet al\.)?$")

_MIN_SIGNS = 2
"""Minimum number of lines of furniture in a saved page; a single one may be somebody's sentence."""

_WRAP_COLUMN = 110
"""Longest line of text that is wrapped by hand or by an editor; a longer one is a paragraph of its own."""
_NUMBERED_HEADING = re.compile(r"^(?:(?:\d+|[A-Z])(?:\.\d+)*\.?|Chapter \d+[:.]?)\s+[A-Z][^.!?]{2,80}$")
_LIST_ITEM = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+")


def read_text(path: Path) -> Reading:
    """Read a plain text file.

    Raises:
        OSError: the file cannot be opened.
    """
    repaired = repair(path.read_bytes())
    lines, removed = without_furniture(repaired.text.split("\n"))
    builder = TextBuilder()
    for paragraph in _paragraphs(lines):
        _write(builder, paragraph)
    hints = {"kind": Hint("web", "page furniture", 0.8)} if removed else {}
    return builder.reading("text", hints, lost=repaired.lost)


def is_caption(text: str) -> bool:
    """Tell whether a paragraph is the caption of a figure, table, algorithm or listing.

    >>> is_caption("Figure 2: What was measured."), is_caption("Figure 2 shows what was measured.")
    (True, False)
    """
    return _CAPTION.match(text) is not None


def pipe_rows(lines: Sequence[str]) -> list[list[str]]:
    """Return the cells of a pipe table's lines, without the delimiter row.

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
    """Tell whether a paragraph's lines are rows of a table that lost its rules.

    >>> looks_tabular(["GPT-2 1.5B 02/2019 8,015", "T5 11B 10/2019 12,162", "OPT 175B N/A 1,105", "UL2 20B N/A 99"])
    True
    """
    if len(lines) < _MIN_ROWS:
        return False
    rows = sum(sum(bool(_FIGURE.match(word)) for word in line.split()) >= 2 for line in lines)
    return rows >= _MIN_SHARE * len(lines)


def without_furniture(lines: Sequence[str]) -> tuple[list[str], int]:
    """Return ``lines`` without furniture, and how many were taken out.

    Only where at least two lines are unmistakable is the file taken for a saved page; then bare lines without a
    sentence (names of related papers, labels) go with them.
    """
    if sum(bool(_FURNITURE.match(line.strip())) for line in lines if line.strip()) < _MIN_SIGNS:
        return list(lines), 0
    kept = [line for line in lines if not line.strip() or _is_prose(line.strip())]
    return kept, len(lines) - len(kept)


def _is_prose(line: str) -> bool:
    return not _FURNITURE.match(line) and (not _BYLINE.match(line) or len(line.split()) > 25)


def _paragraphs(lines: list[str]) -> list[list[str]]:
    """Group lines into paragraphs."""
    lengths = [len(line) for line in lines if line.strip()]
    if lengths and statistics.quantiles([*lengths, *lengths], n=10)[-1] > _WRAP_COLUMN:
        return [[line] for line in lines if line.strip()]
    groups: list[list[str]] = [[]]
    for line in lines:
        if not line.strip():
            groups.append([])
        elif groups[-1] and _LIST_ITEM.match(line):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [group for group in groups if group]


def _write(builder: TextBuilder, lines: list[str]) -> None:
    stripped = [" ".join(line.split()) for line in lines]
    if looks_tabular(stripped):
        builder.add(BlockKind.TABLE, "\n".join(stripped))
    elif len(stripped) == 2 and re.fullmatch(r"[=\-~]{3,}", stripped[1]):
        builder.add(BlockKind.HEADING, stripped[0], level=1 if stripped[1].startswith("=") else 2)
    elif len(stripped) == 1 and _is_heading(stripped[0]):
        number = re.match(r"[\dA-Z]+(?:\.\d+)*", stripped[0])
        level = number.group().count(".") + 1 if number and _NUMBERED_HEADING.match(stripped[0]) else 1
        builder.add(BlockKind.HEADING, stripped[0], level=level)
    elif _LIST_ITEM.match(lines[0]):
        builder.add(BlockKind.LIST_ITEM, _LIST_ITEM.sub("", " ".join(stripped), count=1))
    else:
        builder.add(BlockKind.PARAGRAPH, " ".join(stripped))


def _is_heading(line: str) -> bool:
    if _NUMBERED_HEADING.match(line):
        return True
    letters = [char for char in line if char.isalpha()]
    return 3 <= len(letters) <= 80 and all(char.isupper() for char in letters) and not line.endswith((".", ","))
