r"""Markdown as a reader sees it: the words are kept, the marks are not.

Emphasis, link targets and pictures leave the text, so a quotation reads as on the printed page; link targets stay
beside it with offsets. Instructions to the generator of a web site (Hugo's shortcodes, Liquid tags, comments), and what
converters from LaTeX leave behind (``\scalerel``), are dropped before parsing, except in code. Footnotes become blocks
at the end.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.model import BlockKind, Link
from corpus.readers.frontmatter import front_matter_hints, split_front_matter, split_page_header
from corpus.readers.plaintext import is_caption, looks_tabular, pipe_rows
from corpus.reading import Hint, Reading, TextBuilder
from corpus.text.repair import RepairedText, repair, strip_controls

__all__ = ["InlineText", "drop_site_code", "markdown_reading", "read_markdown", "take_notes", "visible_lines"]

_PIECE = re.compile(
    r"""
      (?P<code>
          ^[ ]{0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?\n)??[ ]{0,3}(?P=fence)[`~]*[ \t]*$
        | (?<!`)(?P<ticks>`{1,3})(?!`)(?:(?!\n\s*\n).){1,500}?(?<!`)(?P=ticks)(?!`)
      )
      | \{\{[<%](?:(?!\{\{).){0,2000}?[>%]\}\}
      | \{%-?\s*[a-z](?:(?!\{%|\n).){0,500}?%\}
      | <!--(?:(?!<!--|-->).){0,20000}-->
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
# \scalerel*{picture}{X} scales a picture to the height of an X; the star lands as a bullet and the X as a word.
_SCALED_PICTURE = re.compile(r"^\\scalerel[ \t]*\n+\* !\[[^\n]*?\]\([^)\s]*\) X ", re.MULTILINE)
_LONE_COMMAND = re.compile(r"^(?:\\[A-Za-z]+\*?|\{[A-Za-z]+\*?\}|(?:-?\d+(?:\.\d+)?pt)+)[ \t]*$", re.MULTILINE)

_DEFINITION = re.compile(r" {0,3}\[\^([^\]\s]{1,80})\]:[ \t]*(.*)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_INDENTED = re.compile(r"(?: {4}|\t)(.*)")
_MARK = re.compile(r"\[\^([^\]\s]{1,80})\]")

_UNSEEN = re.compile(r"<(script|style|template)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
_CELL = re.compile(r"</t[dh]\s*>\s*(?=<t[dh]\b)", re.IGNORECASE)
_BREAK = re.compile(
    r"</?(?:p|div|li|tr|table|h[1-6]|summary|details|blockquote|figcaption|center|section|br|hr)\b[^>]*>", re.IGNORECASE
)
_TAG = re.compile(r"</?[A-Za-z][^>]*>")


@dataclass(frozen=True, slots=True)
class InlineText:
    """Plain text with the links in it; offsets count from the start of ``text``."""

    text: str
    links: tuple[Link, ...] = ()

    def stripped(self) -> "InlineText":
        """Return it without white space at both ends, links moved along."""
        lead = len(self.text) - len(self.text.lstrip())
        text = self.text.strip()
        links = (Link(max(0, k.start - lead), min(len(text), k.end - lead), k.target) for k in self.links)
        return InlineText(text, tuple(link for link in links if link.start < link.end))


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
    body, notes = take_notes(drop_site_code(_LONE_COMMAND.sub("", _SCALED_PICTURE.sub("", body))))
    composer = _Composer(body)
    composer.compose()
    composer.compose_notes(notes)
    hints = {**_heading_hints(composer), **header, **front_matter_hints(front)}
    return composer.builder.reading(media, hints, lost=repaired.lost, links=composer.links)


def drop_site_code(text: str) -> str:
    """Return ``text`` without shortcodes, Liquid tags and HTML comments outside code.

    >>> drop_site_code('See [the guide]({{< ref "guide" >}}), not `{{< ref >}}`.')
    'See [the guide](), not `{{< ref >}}`.'
    """
    return _PIECE.sub(lambda match: match["code"] or "", text)


def take_notes(source: str) -> tuple[str, list[str]]:
    """Part ``source`` into itself without notes and their marks, and the Markdown of each note, in the file's order.

    A mark without a note stays.

    >>> take_notes("Read here.[^1] And there.\\n\\n[^1]: Or elsewhere.")
    ('Read here. And there.\\n', ['Or elsewhere.'])
    """
    if "[^" not in source:
        return source, []
    kept: list[str] = []
    notes: dict[str, list[str]] = {}
    open_note: list[str] | None = None
    fence = ""
    for line in source.split("\n"):
        definition = None if fence else _DEFINITION.match(line)
        if definition is not None:
            open_note = notes.setdefault(definition[1], [])
            open_note.append(definition[2])
        elif open_note is not None and not fence and (more := _continuation(line, open_note)) is not None:
            open_note.append(more)
        else:
            open_note = None
            fence = _fence_after(line, fence)
            kept.append(line)
    text = _MARK.sub(lambda mark: "" if mark[1] in notes else mark[0], "\n".join(kept))
    return text, ["\n".join(lines).strip() for lines in notes.values()]


def visible_lines(html: str) -> list[str]:
    """Return the lines that a block of HTML shows; cells of a row are separated by bars.

    >>> visible_lines("<p align='center'>Words &amp; <b>more</b></p><script>var x;</script>")
    ['Words & more']
    """
    text = _UNSEEN.sub(" ", html)
    # Line ends of the source are only spaces; those of the page come from the tags.
    text = _BREAK.sub("\n", _CELL.sub(" | ", " ".join(text.split())))
    lines = (" ".join(unescape(_TAG.sub("", line)).split()) for line in text.split("\n"))
    return [line for line in lines if line]


def render_inline(tokens: Sequence[Token], *, line_break: str = " ") -> InlineText:
    """Return the visible text of inline tokens; images are left out, soft breaks become ``line_break``."""
    parts: list[str] = []
    links: list[Link] = []
    open_links: list[tuple[int, str]] = []
    length = 0

    def write(text: str) -> None:
        nonlocal length
        text = strip_controls(text)
        parts.append(text)
        length += len(text)

    for token in tokens:
        match token.type:
            case "text" | "code_inline" | "math_inline" | "text_special":
                write(token.content)
            case "softbreak" | "hardbreak":
                write(line_break)
            case "html_inline" if token.content.lower().startswith("<br"):
                write(line_break)
            case "link_open":
                open_links.append((length, str(token.attrs.get("href", ""))))
            case "link_close" if open_links:
                start, target = open_links.pop()
                if target and start < length:
                    links.append(Link(start, length, target))
            case _:
                pass
    return InlineText("".join(parts), tuple(links)).stripped()


class _Composer:
    """Walks the block tokens of one document and writes what they show."""

    def __init__(self, source: str) -> None:
        self.source_lines = source.split("\n")
        self.parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
        self.tokens = self.parser.parse(source)
        self.builder = TextBuilder()
        self.links: list[Link] = []

    def compose(self) -> None:
        quote_depth = list_depth = 0
        for position, token in enumerate(self.tokens):
            match token.type:
                case "blockquote_open" | "blockquote_close":
                    quote_depth += token.nesting
                case "list_item_open" | "list_item_close":
                    list_depth += token.nesting
                case "heading_open":
                    self._write_inline(BlockKind.HEADING, self.tokens[position + 1], level=int(token.tag[1]))
                case "paragraph_open":
                    outside = BlockKind.QUOTE if quote_depth else BlockKind.PARAGRAPH
                    self._write_paragraph(BlockKind.LIST_ITEM if list_depth else outside, self.tokens[position + 1])
                case "table_open":
                    self._write_table(token)
                case "fence" | "code_block":
                    self.builder.add(BlockKind.CODE, token.content)
                case "html_block":
                    for line in visible_lines(token.content):
                        self.builder.add(BlockKind.PARAGRAPH, line)
                case _:
                    pass

    def compose_notes(self, notes: Sequence[str]) -> None:
        """Write footnotes, each paragraph of one as a block of its own."""
        for note in notes:
            for token in self.parser.parse(note):
                if token.type == "inline":
                    self._write_inline(BlockKind.FOOTNOTE, token)

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


def _heading_hints(composer: _Composer) -> dict[str, Hint]:
    """Take the first block for the title when it is a heading; a heading further down names a part."""
    blocks = composer.builder.blocks
    if not blocks or blocks[0].kind is not BlockKind.HEADING:
        return {}
    heading = composer.builder.text[blocks[0].start : blocks[0].end]
    # Emoji and bullets in front of a title decorate it.
    title = re.sub(r"^[^\w\"'“‘«(\[¿¡#$@]+", "", heading).strip()
    return {"title": Hint(title, "heading", 0.7)} if title else {}


def _continuation(line: str, note: list[str]) -> str | None:
    """Return the line as part of the open note: indented, or directly below its text; else None."""
    if not line.strip():
        return ""
    if indented := _INDENTED.match(line):
        return indented[1]
    return line if note[-1].strip() and not re.match(r"#{1,6} |[-*+>] |\|", line) else None


def _fence_after(line: str, fence: str) -> str:
    """Return the fence that is open behind ``line``, or nothing."""
    match = _FENCE.match(line)
    if match is None:
        return fence
    if not fence:
        return match[1]
    return "" if match[1].startswith(fence) else fence
