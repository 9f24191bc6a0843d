"""The title block of a document: its words written at the top of the text, and what they state as metadata."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from corpus.model import BlockKind
from corpus.pandoc.composer import Composer
from corpus.pandoc.inlines import Node, Rendered, render
from corpus.reading import Hint
from corpus.records.names import split_people
from corpus.text.dates import iso_date

__all__ = ["state_hints", "write_front"]

_AFFILIATION_MARK = re.compile(r"[\s\d,*†‡§¶]+$")


def write_front(composer: Composer, meta: Mapping[str, Node]) -> None:
    """Write title, subtitle, authors, date and abstract, as a title page shows them."""
    for value in _values(meta.get("title")):
        composer.write(BlockKind.HEADING, value, level=1)
    for name in ("subtitle", "author", "date"):
        for value in _values(meta.get(name)):
            composer.write(BlockKind.PARAGRAPH, value)
    abstract = _blocks(meta.get("abstract"))
    if abstract:
        composer.builder.add(BlockKind.HEADING, "Abstract", level=1)
        composer.compose(abstract)


def state_hints(meta: Mapping[str, Node], source: str, *, backwards: bool = False) -> dict[str, Hint]:
    """What a title block states; ``source`` is what the record's origin calls it.

    ``backwards``: the last author comes first, as pandoc gives those of an e-book.
    """
    hints: dict[str, Hint] = {}
    if title := _first_line(meta.get("title")):
        hints["title"] = Hint(title, source, 0.9)
    names = [split_people(_AFFILIATION_MARK.sub("", line)) for line in _first_lines(meta.get("author"))]
    if backwards:
        names.reverse()
    if any(names):
        hints["authors"] = Hint("; ".join(name for name in names if name), source, 0.9)
    if date := iso_date(_first_line(meta.get("date"))):
        hints["date"] = Hint(date, source, 0.9)
    return hints


def _first_lines(value: Node | None) -> list[str]:
    """Of each value the text up to the first hard break: below a name stands where the person works."""
    return [rendered.text.split("\n")[0].strip() for rendered in _values(value, line_break="\n")]


def _first_line(value: Node | None) -> str:
    return " ".join(" ".join(rendered.text.split()) for rendered in _values(value))


def _values(value: Node | None, *, line_break: str = " ") -> list[Rendered]:
    """The texts of a field: one, or several of a list."""
    if value is None:
        return []
    content: Any = value.get("c")
    match value["t"]:
        case "MetaInlines":
            return [render(content, line_break=line_break)]
        case "MetaString":
            return [render([{"t": "Str", "c": str(content)}])]
        case "MetaList":
            return [rendered for item in content for rendered in _values(item, line_break=line_break)]
        case "MetaBlocks":
            inlines = [block["c"] for block in content if block["t"] in ("Para", "Plain")]
            return [render(block, line_break=line_break) for block in inlines]
    return []


def _blocks(value: Node | None) -> Sequence[Node]:
    if value is None:
        return ()
    if value["t"] == "MetaBlocks":
        blocks: Sequence[Node] = value["c"]
        return blocks
    return [{"t": "Para", "c": value["c"]}] if value["t"] == "MetaInlines" else ()
