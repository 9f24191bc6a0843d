"""Markdown: what is read is kept, the marks are not.

Emphasis, link targets and pictures leave the text, so a quotation reads as on the printed page; link targets stay
beside it with offsets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.model import BlockKind, Link
from corpus.readers.captions import is_caption
from corpus.readers.frontmatter import front_matter_hints, split_front_matter, split_page_header
from corpus.readers.inline import InlineText, render_inline
from corpus.readers.latexml import drop_latex_remains
from corpus.readers.notes import take_notes
from corpus.readers.rawhtml import visible_lines
from corpus.readers.sitecode import drop_site_code
from corpus.readers.tabular import looks_tabular, pipe_rows
from corpus.reading import Hint, Reading, TextBuilder
from corpus.text.repair import RepairedText, locate_damage, repair

__all__ = ["markdown_reading", "read_markdown"]


def read_markdown(path: Path) -> Reading:
    """Read a Markdown file.

    Raises:
        OSError: the file cannot be opened.
    """
    return markdown_reading(repair(path.read_bytes()))


def markdown_reading(repaired: RepairedText, *, media: str = "markdown") -> Reading:
    """Cut repaired Markdown into blocks of plain text, with the metadata that its head states."""
    front, body = split_front_matter(repaired.text)
    header, body = split_page_header(body)
    body, notes = take_notes(drop_site_code(drop_latex_remains(body)))
    composer = _Composer(body)
    composer.compose()
    composer.compose_notes(notes)
    text = composer.builder.text
    return Reading(
        media=media,
        text=text,
        blocks=tuple(composer.builder.blocks),
        links=tuple(composer.links),
        damages=locate_damage(text, repaired.lost),
        hints={**_heading_hints(composer), **header, **front_matter_hints(front)},
    )


def _heading_hints(composer: _Composer) -> dict[str, Hint]:
    """The first block is a title when it is a heading; a heading further down names a part."""
    blocks = composer.builder.blocks
    if not blocks or blocks[0].kind is not BlockKind.HEADING:
        return {}
    heading = composer.builder.text[blocks[0].start : blocks[0].end]
    # Emoji and bullets in front of a title decorate it.
    title = re.sub(r"^[^\w\"'“‘«(\[¿¡#$@]+", "", heading).strip()
    return {"title": Hint(title, "heading", 0.7)} if title else {}


class _Composer:
    """Walks the block tokens of one document and writes what they show."""

    def __init__(self, source: str) -> None:
        self.source_lines = source.split("\n")
        self.parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
        self.tokens = self.parser.parse(source)
        self.builder = TextBuilder()
        self.links: list[Link] = []

    def compose(self) -> None:
        quote_depth = list_depth = position = 0
        while position < len(self.tokens):
            token = self.tokens[position]
            match token.type:
                case "blockquote_open":
                    quote_depth += 1
                case "blockquote_close":
                    quote_depth -= 1
                case "list_item_open":
                    list_depth += 1
                case "list_item_close":
                    list_depth -= 1
                case "heading_open":
                    self._write_inline(BlockKind.HEADING, self.tokens[position + 1], level=int(token.tag[1]))
                case "paragraph_open":
                    kind = BlockKind.PARAGRAPH
                    if list_depth:
                        kind = BlockKind.LIST_ITEM
                    elif quote_depth:
                        kind = BlockKind.QUOTE
                    self._write_paragraph(kind, self.tokens[position + 1])
                case "table_open":
                    self._write_table(token)
                    position = self._closing(position, "table_close")
                case "fence" | "code_block":
                    self.builder.add(BlockKind.CODE, token.content)
                case "html_block":
                    for line in visible_lines(token.content):
                        self.builder.add(BlockKind.PARAGRAPH, line)
                case _:
                    pass
            position += 1

    def compose_notes(self, notes: Sequence[str]) -> None:
        """Write footnotes, each paragraph of one as a block of its own."""
        for note in notes:
            for token in self.parser.parse(note):
                if token.type == "inline":
                    self._write_inline(BlockKind.FOOTNOTE, token)

    def _closing(self, position: int, name: str) -> int:
        while self.tokens[position].type != name:
            position += 1
        return position

    def _write_paragraph(self, kind: BlockKind, inline: Token) -> None:
        children = inline.children or []
        by_line = render_inline(children, line_break="\n")
        if looks_tabular(by_line.text.split("\n")):
            self._write(BlockKind.TABLE, by_line)
            return
        rendered = render_inline(children)
        if kind is BlockKind.PARAGRAPH and is_caption(rendered.text):
            kind = BlockKind.CAPTION
        self._write(kind, rendered)

    def _write_inline(self, kind: BlockKind, inline: Token, *, level: int = 0) -> None:
        self._write(kind, render_inline(inline.children or []), level=level)

    def _write_table(self, token: Token) -> None:
        first, last = token.map or (0, 0)
        # The parser's own cells stop at the header's width; the source lines hold them all.
        rows = pipe_rows(self.source_lines[first:last])
        parser = MarkdownIt("commonmark")
        lines = (
            " | ".join(render_inline(parser.parseInline(cell)[0].children or []).text for cell in row) for row in rows
        )
        self.builder.add(BlockKind.TABLE, "\n".join(lines))

    def _write(self, kind: BlockKind, rendered: InlineText, *, level: int = 0) -> None:
        span = self.builder.add(kind, rendered.text, level=level)
        if span is not None:
            self.links += [Link(span.start + k.start, span.start + k.end, k.target) for k in rendered.links]
