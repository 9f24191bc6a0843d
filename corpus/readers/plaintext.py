"""Plain text: paragraphs by blank lines, or one a line where lines are long."""

from __future__ import annotations

import re
import statistics
from pathlib import Path

from corpus.model import BlockKind
from corpus.readers.furniture import without_furniture
from corpus.readers.tabular import looks_tabular
from corpus.reading import Hint, Reading, TextBuilder
from corpus.text.repair import locate_damage, repair

__all__ = ["read_text"]

_WRAP_COLUMN = 110
"""Text wrapped by hand or by an editor stays below this; a longer line is a paragraph of its own."""

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
    text = builder.text
    return Reading(
        media="text",
        text=text,
        blocks=tuple(builder.blocks),
        damages=locate_damage(text, repaired.lost),
        hints=hints,
    )


def _paragraphs(lines: list[str]) -> list[list[str]]:
    """Lines grouped into paragraphs."""
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
