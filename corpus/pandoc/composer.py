"""Block nodes of pandoc's syntax tree, written as canonical text.

A note follows the block in which its mark stood, as a block of its own, so that no sentence is broken by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from corpus.model import BlockKind, Link
from corpus.pandoc.inlines import CITED, Node, Rendered, render
from corpus.readers.captions import is_caption
from corpus.reading import TextBuilder
from corpus.references.mentions import entry_target

__all__ = ["ENTRY_MARK", "Composer"]

ENTRY_MARK = "bibitem:"
"""Before the key in the identifier of the empty division that stands before an entry of a reference list."""


class Composer:
    """Walks block nodes and writes what they show."""

    def __init__(self) -> None:
        self.builder = TextBuilder()
        self.links: list[Link] = []
        self._entries: dict[str, int] = {}
        """Where the entry of each key begins in the text."""

    def resolved_links(self) -> tuple[Link, ...]:
        """All links; those that stand for citations lead to their entries, and are left out where there is none."""
        resolved = []
        for link in self.links:
            if not link.target.startswith(CITED):
                resolved.append(link)
            elif (entry := self._entries.get(link.target.removeprefix(CITED))) is not None:
                resolved.append(replace(link, target=entry_target(entry)))
        return tuple(resolved)

    def compose(self, blocks: Sequence[Node], kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        """Write ``blocks``; ``kind`` is what a paragraph among them is."""
        for block in blocks:
            self._compose_block(block, kind)

    def write(self, kind: BlockKind, rendered: Rendered, *, level: int = 0) -> None:
        """Write one block, its links and, behind it, its notes."""
        if kind is BlockKind.PARAGRAPH and is_caption(rendered.text):
            kind = BlockKind.CAPTION
        span = self.builder.add(kind, rendered.text, level=level)
        if span is not None:
            self.links += [Link(span.start + k.start, span.start + k.end, k.target) for k in rendered.inline.links]
        for note in rendered.notes:
            self.compose(note, BlockKind.FOOTNOTE)

    def _compose_block(self, block: Node, kind: BlockKind) -> None:
        content = block.get("c")
        match block["t"], content:
            case "Para" | "Plain", list():
                self.write(kind, render(content))
            case "Header", [int(level), _, inlines]:
                self.write(BlockKind.HEADING, render(inlines), level=max(1, level))
            case "LineBlock", list():
                verse = [node for line in content for node in ({"t": "LineBreak"}, *line)]
                self.write(kind, render(verse, line_break="\n"))
            case "BlockQuote", list():
                self.compose(content, _inside(kind, BlockKind.QUOTE))
            case "BulletList", list():
                self._compose_items(content, kind)
            case "OrderedList", [_, items]:
                self._compose_items(items, kind)
            case "DefinitionList", list():
                for term, definitions in content:
                    self.write(_inside(kind, BlockKind.LIST_ITEM), render(term))
                    self._compose_items(definitions, kind)
            case "CodeBlock", [_, str(code)]:
                self.builder.add(BlockKind.CODE, code)
            case "Table", [_, caption, columns, *parts]:
                self._compose_table(caption, len(columns), parts, kind)
            case "Figure", [_, caption, blocks]:
                self.compose(blocks, kind)
                self.compose(_fuller_caption(caption[1], blocks), BlockKind.CAPTION)
            case "Div", [[_, classes, _], blocks]:
                self._compose_division(classes, blocks, kind)
            case _:
                pass

    def _compose_items(self, items: Sequence[Sequence[Node]], kind: BlockKind) -> None:
        for item in items:
            self.compose(item, _inside(kind, BlockKind.LIST_ITEM))

    def _compose_division(self, classes: Sequence[str], blocks: Sequence[Node], kind: BlockKind) -> None:
        if "thebibliography" in classes:
            # The class prints this heading; the first group is the widest label, which is not printed.
            self.builder.add(BlockKind.HEADING, "References", level=1)
            blocks = _without_widest_label(blocks)
            key = ""
            for block in blocks:
                written = len(self.builder.blocks)
                self._compose_block(block, kind)
                key = _entry_key(block) or key
                if key and len(self.builder.blocks) > written:
                    self._entries.setdefault(key, self.builder.blocks[written].start)
                    key = ""
            return
        self.compose(blocks, kind)

    def _compose_table(
        self, caption: Sequence[Sequence[Node]], columns: int, parts: list[Any], kind: BlockKind
    ) -> None:
        self.compose(caption[1], BlockKind.CAPTION)
        rows = [[cell[-1] for cell in row[1]] for row in _rows(parts)]
        if columns <= 1:
            # Word processors use tables of one column as frames around ordinary text.
            for row in rows:
                for cell in row:
                    self.compose(cell, kind)
            return
        notes: list[list[Node]] = []
        lines = [" | ".join(_flat(cell, notes) for cell in row) for row in rows]
        self.builder.add(BlockKind.TABLE, "\n".join(line for line in lines if line.strip(" |")))
        for note in notes:
            self.compose(note, BlockKind.FOOTNOTE)


def _inside(outer: BlockKind, inner: BlockKind) -> BlockKind:
    """The kind of a block within another: a list in a note is still the note's."""
    return outer if outer in (BlockKind.FOOTNOTE, BlockKind.CAPTION) else inner


def _rows(parts: Sequence[Any]) -> Iterator[Any]:
    """The rows of a table's head, bodies and foot; each is its attributes and its cells."""
    head, bodies, foot = parts
    yield from head[1]
    for body in bodies:
        yield from body[2]
        yield from body[3]
    yield from foot[1]


def _flat(blocks: Sequence[Node], notes: list[list[Node]]) -> str:
    """The text of a cell on one line; its notes are put into ``notes``."""
    cell = Composer()
    cell.compose(blocks)
    texts = []
    for written in cell.builder.blocks:
        text = " ".join(cell.builder.text[written.start : written.end].split())
        if written.kind is BlockKind.FOOTNOTE:
            notes.append([{"t": "Plain", "c": [{"t": "Str", "c": text}]}])
        else:
            texts.append(text)
    return " ".join(texts)


def _fuller_caption(caption: list[Node], blocks: Sequence[Node]) -> Sequence[Node]:
    """The caption, or the picture's description where that is the caption with its number in front, as in ODT."""
    match caption, blocks:
        case [{"c": list(shown)}], [{"t": "Plain" | "Para", "c": [{"t": "Image", "c": [_, described, _]}]}]:
            if render(described).text.endswith(render(shown).text):
                return [{"t": "Plain", "c": described}]
    return caption


def _entry_key(block: Node) -> str:
    """The key of the entry that follows, where a block is the mark of one; else nothing."""
    match block:
        case {"t": "Div", "c": [[str(identifier), *_], []]} if identifier.startswith(ENTRY_MARK):
            return identifier.removeprefix(ENTRY_MARK)
    return ""


def _without_widest_label(blocks: Sequence[Node]) -> Sequence[Node]:
    match blocks:
        case [{"t": "Para", "c": [{"t": "Span"}, *inlines]}, *rest]:
            return [{"t": "Para", "c": inlines}, *rest]
    return blocks
