"""Syntax trees of pandoc, written as canonical text.

Inline nodes become words and links; a footnote becomes a block after the one that refers to it, so that it breaks no
sentence. The title block stands at the top of the text and also supplies metadata.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from corpus.errors import ReadError
from corpus.model import BlockKind, Link
from corpus.readers.markdown import InlineText
from corpus.readers.plaintext import is_caption
from corpus.reading import Hint, Reading, TextBuilder
from corpus.records.names import split_people
from corpus.references.mentions import entry_target
from corpus.text.dates import iso_date
from corpus.text.repair import normalise

__all__ = ["ENTRY_MARK", "Composer", "Node", "field_text", "render", "state_hints", "tree_reading"]

Node = dict[str, Any]
"""A node of the tree: its type under ``t``, its content under ``c``."""

ENTRY_MARK = "bibitem:"
"""Before the key in the identifier of the empty division that stands before an entry of a reference list."""
_CITED = "cite:"
"""Before the key in the target of a link that stands for a citation; the composer leads it to its entry."""

_QUOTES = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}
# A soft hyphen is drawn only at a line's end, a no-break space is drawn like any other.
_INVISIBLE = str.maketrans({"\u00ad": None, "\u200b": None, "\ufeff": None, "\u00a0": " ", "\u202f": " "})
_AFFILIATION_MARK = re.compile(r"[\s\d,*†‡§¶]+$")


def tree_reading(tree: Node, media: str, *, shows_front: bool, place: str) -> Reading:
    """Write a syntax tree as canonical text; ``shows_front``: the metadata are a title block that a reader sees.

    Raises:
        ReadError: the tree is nested too deeply.
    """
    composer = Composer()
    hints: dict[str, Hint] = {}
    try:
        if shows_front:
            _write_front(composer, tree["meta"])
            hints = state_hints(tree["meta"], "title block")
        composer.compose(tree["blocks"])
    except RecursionError as error:
        raise ReadError("The file is nested too deeply", place=place, remedy="Save it as PDF and add that") from error
    text, blocks = composer.builder.text, tuple(composer.builder.blocks)
    if "title" not in hints and blocks and blocks[0].kind is BlockKind.HEADING:
        hints["title"] = Hint(text[blocks[0].start : blocks[0].end], "heading", 0.7)
    return Reading(media=media, text=text, blocks=blocks, links=composer.resolved_links(), hints=hints)


def state_hints(meta: Mapping[str, Node], source: str, *, backwards: bool = False) -> dict[str, Hint]:
    """Return what a title block states; ``source`` is what the record's origin calls it.

    ``backwards``: the last author comes first, as pandoc gives those of an e-book.
    """
    hints: dict[str, Hint] = {}
    if title := field_text(meta.get("title")):
        hints["title"] = Hint(title, source, 0.9)
    # Below a name stands where the person works.
    lines = [rendered.text.split("\n")[0].strip() for rendered in _values(meta.get("author"), line_break="\n")]
    names = [split_people(_AFFILIATION_MARK.sub("", line)) for line in lines]
    if backwards:
        names.reverse()
    if any(names):
        hints["authors"] = Hint("; ".join(name for name in names if name), source, 0.9)
    if date := iso_date(field_text(meta.get("date"))):
        hints["date"] = Hint(date, source, 0.9)
    return hints


def field_text(value: Node | None) -> str:
    """Return the text of a metadata field on one line; empty where there is no such field."""
    return " ".join(" ".join(rendered.text.split()) for rendered in _values(value))


@dataclass(frozen=True, slots=True)
class Rendered:
    """Plain text with its links, and the notes whose marks stood in it."""

    inline: InlineText
    notes: tuple[list[Node], ...] = ()
    """The blocks of each note."""

    @property
    def text(self) -> str:
        """The text alone."""
        return self.inline.text


def render(inlines: Sequence[Node], *, line_break: str = " ") -> Rendered:
    """Write what ``inlines`` show: pictures and raw code of other formats nothing, a hard break ``line_break``."""
    pen = _Pen(line_break)
    pen.write_all(inlines)
    return Rendered(InlineText("".join(pen.parts), tuple(pen.links)).stripped(), tuple(pen.notes))


class Composer:
    """Walks block nodes and writes what they show."""

    def __init__(self) -> None:
        self.builder = TextBuilder()
        self.links: list[Link] = []
        self._entries: dict[str, int] = {}
        """Where the entry of each key begins in the text."""

    def resolved_links(self) -> tuple[Link, ...]:
        """Return all links; those of citations lead to their entries, and are left out where there is none."""
        resolved = []
        for link in self.links:
            if not link.target.startswith(_CITED):
                resolved.append(link)
            elif (entry := self._entries.get(link.target.removeprefix(_CITED))) is not None:
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
                (self._compose_references if "thebibliography" in classes else self.compose)(blocks, kind)
            case _:
                pass

    def _compose_items(self, items: Sequence[Sequence[Node]], kind: BlockKind) -> None:
        for item in items:
            self.compose(item, _inside(kind, BlockKind.LIST_ITEM))

    def _compose_references(self, blocks: Sequence[Node], kind: BlockKind) -> None:
        # The class prints this heading; the first group is the widest label, which is not printed.
        self.builder.add(BlockKind.HEADING, "References", level=1)
        key = ""
        for block in _without_widest_label(blocks):
            written = len(self.builder.blocks)
            self._compose_block(block, kind)
            key = _entry_key(block) or key
            if key and len(self.builder.blocks) > written:
                self._entries.setdefault(key, self.builder.blocks[written].start)
                key = ""

    def _compose_table(
        self, caption: Sequence[Sequence[Node]], columns: int, parts: list[Any], kind: BlockKind
    ) -> None:
        self.compose(caption[1], BlockKind.CAPTION)
        head, bodies, foot = parts
        below = (row for body in bodies for row in (*body[2], *body[3]))
        rows = [[cell[-1] for cell in row[1]] for row in (*head[1], *below, *foot[1])]
        if columns <= 1:
            # Word processors use tables of one column as frames around ordinary text.
            for cell in chain.from_iterable(rows):
                self.compose(cell, kind)
            return
        notes: list[list[Node]] = []
        lines = [" | ".join(_flat(cell, notes) for cell in row) for row in rows]
        self.builder.add(BlockKind.TABLE, "\n".join(line for line in lines if line.strip(" |")))
        for note in notes:
            self.compose(note, BlockKind.FOOTNOTE)


class _Pen:
    """Writes inline nodes one after the other."""

    def __init__(self, line_break: str) -> None:
        self.line_break = line_break
        self.parts: list[str] = []
        self.length = 0
        self.links: list[Link] = []
        self.notes: list[list[Node]] = []

    def write(self, text: str) -> None:
        text = normalise(text.translate(_INVISIBLE))
        self.parts.append(text)
        self.length += len(text)

    def write_all(self, inlines: Sequence[Node]) -> None:
        for node in inlines:
            self.write_node(node)

    def write_node(self, node: Node) -> None:
        content = node.get("c")
        match node["t"], content:
            case "Str", str():
                self.write(content)
            case "Space" | "SoftBreak", _:
                self.write(" ")
            case "LineBreak", _:
                self.write(self.line_break)
            case "Emph" | "Strong" | "Underline" | "Strikeout" | "Superscript" | "Subscript" | "SmallCaps", list():
                self.write_all(content)
            case "Quoted", [{"t": str(kind)}, inner]:
                before, behind = _QUOTES.get(kind, ('"', '"'))
                self.write(before)
                self.write_all(inner)
                self.write(behind)
            case "Span", [_, inner]:
                self.write_all(inner)
            case "Code", [_, str(code)]:
                self.write(code)
            case "Math", [_, str(formula)]:
                self.write(f"${formula}$")
            case "Cite", [citations, inner]:
                self._cite(citations, inner)
            case "Link", [_, inner, [str(target), *_]]:
                start = self.length
                self.write_all(inner)
                if target and self.length > start:
                    self.links.append(Link(start, self.length, normalise(target)))
            case "Note", list():
                self.notes.append(content)
            case _:
                pass

    def _cite(self, citations: Sequence[Node], inner: Sequence[Node]) -> None:
        """Write a citation as it is printed in the file, or its keys where it is printed only by LaTeX."""
        if any(node["t"] not in ("RawInline", "Space") for node in inner):
            self.write_all(inner)
            return
        self.write("[")
        for number, citation in enumerate(citations):
            self.write("; " if number else "")
            key, start = str(citation.get("citationId", "")), self.length
            self.write(key)
            self.links.append(Link(start, self.length, f"{_CITED}{key}"))
        self.write("]")


def _write_front(composer: Composer, meta: Mapping[str, Node]) -> None:
    """Write title, subtitle, authors, date and abstract, as a title page shows them."""
    for value in _values(meta.get("title")):
        composer.write(BlockKind.HEADING, value, level=1)
    for name in ("subtitle", "author", "date"):
        for value in _values(meta.get(name)):
            composer.write(BlockKind.PARAGRAPH, value)
    abstract: Node = meta.get("abstract") or {"t": ""}
    if abstract["t"] in ("MetaBlocks", "MetaInlines") and abstract["c"]:
        composer.builder.add(BlockKind.HEADING, "Abstract", level=1)
        inlines = abstract["t"] == "MetaInlines"
        composer.compose([{"t": "Para", "c": abstract["c"]}] if inlines else abstract["c"])


def _values(value: Node | None, *, line_break: str = " ") -> list[Rendered]:
    """Return the texts of a field: one, or several of a list."""
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


def _inside(outer: BlockKind, inner: BlockKind) -> BlockKind:
    """Return the kind of a block within another: a list in a note is still the note's."""
    return outer if outer in (BlockKind.FOOTNOTE, BlockKind.CAPTION) else inner


def _flat(blocks: Sequence[Node], notes: list[list[Node]]) -> str:
    """Return the text of a cell on one line; its notes are put into ``notes``."""
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
    """Return the caption, or the picture's description where that is the caption behind its number, as in ODT."""
    match caption, blocks:
        case [{"c": list(shown)}], [{"t": "Plain" | "Para", "c": [{"t": "Image", "c": [_, described, _]}]}]:
            if render(described).text.endswith(render(shown).text):
                return [{"t": "Plain", "c": described}]
    return caption


def _entry_key(block: Node) -> str:
    """Return the key of the entry that follows, where a block is the mark of one; else nothing."""
    match block:
        case {"t": "Div", "c": [[str(identifier), *_], []]} if identifier.startswith(ENTRY_MARK):
            return identifier.removeprefix(ENTRY_MARK)
    return ""


def _without_widest_label(blocks: Sequence[Node]) -> Sequence[Node]:
    match blocks:
        case [{"t": "Para", "c": [{"t": "Span"}, *inlines]}, *rest]:
            return [{"t": "Para", "c": inlines}, *rest]
    return blocks
