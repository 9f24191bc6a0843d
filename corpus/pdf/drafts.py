"""Cuts the lines of a document into draft blocks: lines that belong together, and what they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.model import BlockKind
from corpus.pdf.headings import HeadingFinder, opens_references, split_run_in_abstract
from corpus.pdf.layout import Layout
from corpus.pdf.lines import Line, TypePage
from corpus.pdf.marks import (
    begins_caption,
    begins_footnote,
    begins_item,
    ends_sentence,
    is_display,
    is_row,
    is_unfinished,
)

__all__ = ["Draft", "draft_blocks"]


@dataclass(slots=True)
class Draft:
    """Lines of one block, before they become text."""

    kind: BlockKind
    lines: list[Line] = field(default_factory=list)
    level: int = 0

    @property
    def first_page(self) -> int:
        """Page on which the block begins, from 1."""
        return self.lines[0].page

    @property
    def last_page(self) -> int:
        """Page on which the block ends, from 1."""
        return self.lines[-1].page


def draft_blocks(pages: Sequence[TypePage], layout: Layout, title: Sequence[Line]) -> list[Draft]:
    """The draft blocks of a document, in drawing order; ``title`` are the lines of its title."""
    return _Drafter(layout, title).run([line for page in pages for line in page.lines])


class _Drafter:
    """Goes through the lines once, and knows the block that is open."""

    def __init__(self, layout: Layout, title: Sequence[Line]) -> None:
        self._layout = layout
        self._title = {id(line) for line in title}
        self._headings = HeadingFinder(layout)
        self._drafts: list[Draft] = []
        self._in_references = False
        self._front = True

    def run(self, lines: Sequence[Line]) -> list[Draft]:
        for position, line in enumerate(lines):
            above = lines[position - 1] if position else None
            below = lines[position + 1] if position + 1 < len(lines) else None
            for piece, forced in self._pieces(line):
                self._place(piece, above, below, forced)
        return self._drafts

    def _pieces(self, line: Line) -> Iterator[tuple[Line, BlockKind | None]]:
        """The line itself, or its two halves where a heading runs in."""
        run_in = split_run_in_abstract(line) if self._front else None
        if run_in is None:
            yield line, None
            return
        yield replace(line, text=run_in[0]), BlockKind.HEADING
        yield replace(line, text=run_in[1]), BlockKind.PARAGRAPH

    def _place(self, line: Line, above: Line | None, below: Line | None, forced: BlockKind | None) -> None:
        if forced is BlockKind.HEADING:
            self._open_heading(line, 1)
            return
        if forced is BlockKind.PARAGRAPH:
            self._open(BlockKind.PARAGRAPH, line)
            return
        last = self._drafts[-1] if self._drafts else None
        if id(line) in self._title:
            if last and last.lines and id(last.lines[-1]) in self._title:
                last.lines.append(line)
            else:
                self._open(BlockKind.PARAGRAPH, line)
            return
        if last and last.kind is BlockKind.HEADING and self._headings.continues(last.lines[-1], line):
            last.lines.append(line)
            return
        level = self._headings.level(line, above, below, in_references=self._in_references, front=self._front)
        if level:
            self._open_heading(line, level)
            return
        kind = self._kind(line, above, below, last)
        if last and kind is None:
            last.lines.append(line)
        else:
            self._open(kind or BlockKind.PARAGRAPH, line)

    def _open(self, kind: BlockKind, line: Line) -> None:
        self._drafts.append(Draft(kind, [line]))

    def _open_heading(self, line: Line, level: int) -> None:
        self._drafts.append(Draft(BlockKind.HEADING, [line], level))
        self._front = False
        self._in_references = opens_references(line.text)

    def _kind(self, line: Line, above: Line | None, below: Line | None, last: Draft | None) -> BlockKind | None:
        """The kind of block that ``line`` opens, or None where it goes on with the last one."""
        alone = self._is_alone(line, above, last)
        if begins_caption(line.text, alone=alone):
            return BlockKind.CAPTION
        if self._opens_footnote(line):
            return BlockKind.FOOTNOTE
        if self._is_table_row(line, above, below):
            return None if last and last.kind is BlockKind.TABLE and last.last_page == line.page else BlockKind.TABLE
        if last is None or above is None:
            return BlockKind.PARAGRAPH
        match last.kind:
            case BlockKind.CAPTION | BlockKind.FOOTNOTE:
                return None if self._same_note(last.lines[-1], line) else BlockKind.PARAGRAPH
            case BlockKind.PARAGRAPH | BlockKind.LIST_ITEM:
                return self._prose_kind(last, line)
            case _:
                return BlockKind.LIST_ITEM if begins_item(line.text) else BlockKind.PARAGRAPH

    def _is_alone(self, line: Line, above: Line | None, last: Draft | None) -> bool:
        """Whether a line stands apart from the one before, or follows something that is no running text."""
        if above is None or last is None or above.page != line.page:
            return True
        gap = self._layout.gap(above, line)
        return (
            not 0 < gap < 1.25
            or abs(above.size - line.size) > 0.3
            or last.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
            or (ends_sentence(above.text) and line.bold and not above.bold)
        )

    def _opens_footnote(self, line: Line) -> bool:
        small = line.size < 0.93 * self._layout.body
        return small and begins_footnote(line.text) and (line.lead_raised or not line.text[0].isdigit())

    def _is_table_row(self, line: Line, above: Line | None, below: Line | None) -> bool:
        if not is_row(line.text) or (is_display(line.text) and "=" in line.text):
            return False
        neighbours = (other for other in (above, below) if other is not None and other.page == line.page)
        return any(is_row(other.text) and abs(other.y - line.y) < 3 * line.size for other in neighbours)

    def _same_note(self, last: Line, line: Line) -> bool:
        return (
            last.page == line.page
            and abs(last.size - line.size) <= 0.3
            and 0 < last.y - line.y < max(1.35 * line.size, 1.15 * self._layout.leading * line.size / self._layout.body)
        )

    def _prose_kind(self, last: Draft, line: Line) -> BlockKind | None:
        above = last.lines[-1]
        if above.page != line.page or self._jumps(above, line):
            if self._flows_on(above, line):
                return None
            return BlockKind.LIST_ITEM if begins_item(line.text) else BlockKind.PARAGRAPH
        if self._starts_item(above, line):
            return BlockKind.LIST_ITEM
        return BlockKind.PARAGRAPH if self._breaks(last, line) else None

    def _jumps(self, above: Line, line: Line) -> bool:
        """Whether the text goes on elsewhere on the page: at the top of a column, beside a figure."""
        return line.y > above.y + 2 * self._layout.body or above.y - line.y > 4 * self._layout.leading

    def _flows_on(self, above: Line, line: Line) -> bool:
        """Whether a paragraph runs over the break of a column or page between two lines."""
        if abs(above.size - line.size) > 0.35:
            return False
        if self._layout.is_short(above) and not is_display(above.text):
            return False
        if abs(self._layout.indent(line)) > 0.5 and abs(self._layout.indent(line) - self._layout.indent(above)) > 0.5:
            return False
        if is_unfinished(above.text):
            return line.text[0].islower() or (self._layout.is_full(above) and self._is_prose(line))
        return not ends_sentence(above.text) and line.text[0].islower()

    def _is_prose(self, line: Line) -> bool:
        """Whether a line looks like one from inside a paragraph, and not like a row of cells or an item."""
        at_edge = abs(self._layout.indent(line)) < 0.5 and self._layout.is_full(line)
        return at_edge and not begins_item(line.text) and not is_row(line.text)

    def _starts_item(self, above: Line, line: Line) -> bool:
        if not begins_item(line.text):
            return False
        if line.text[0] in "•▪◦‣●■":
            return True
        return not is_unfinished(above.text) and (
            self._layout.indent(line) > 0.4 or self._layout.gap(above, line) > 1.15 or self._layout.is_short(above)
        )

    def _breaks(self, last: Draft, line: Line) -> bool:
        """Whether ``line`` begins a paragraph below the last line of ``last`` in the same column."""
        layout, above = self._layout, last.lines[-1]
        lower = line.text[0].islower()
        if abs(above.size - line.size) > 0.6:
            scrap = is_display(line.text) or is_display(above.text)
            return not (scrap and abs(above.y - line.y) < 2 * layout.leading)
        if above.bold != line.bold and above.bold and layout.is_short(above) and not lower:
            return True
        if layout.gap(above, line) > 1.4:
            open_ended = is_display(above.text) or (is_unfinished(above.text) and not layout.is_short(above))
            return not (open_ended and (lower or is_display(line.text)))
        if self._front and not layout.is_full(above) and not lower and not ends_sentence(above.text):
            return True
        if last.kind is BlockKind.LIST_ITEM and layout.indent(line) > 0.4:
            return False
        indented = 0.6 < layout.indent(line) < 5 and layout.indent(line) - layout.indent(above) > 0.6
        if indented and not lower:
            return not (is_unfinished(above.text) and layout.is_full(above))
        return layout.is_short(above) and ends_sentence(above.text) and not lower and not is_display(above.text)
