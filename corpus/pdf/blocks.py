"""Blocks of a paper: from lines of type to paragraphs, headings, captions, footnotes and tables, and to canonical text.

`draft_blocks` cuts the lines into drafts by their type, place and first characters; `gather_scraps` makes tables of
the scattered labels of figures; `bridge_interruptions` joins paragraphs that a figure or a page break cuts; `compose`
writes the text and marks the pages. Drafts stay in the order of their pages throughout.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from corpus.model import BlockKind, Page
from corpus.pdf.headings import HeadingFinder, opens_references, split_run_in_abstract
from corpus.pdf.layout import Layout
from corpus.pdf.lines import Line, TypePage
from corpus.reading import TextBuilder
from corpus.text.hyphenation import HYPHENS, Vocabulary, join_lines

__all__ = ["Draft", "bridge_interruptions", "compose", "draft_blocks", "gather_scraps", "split_by_page"]

_CAPTION = re.compile(
    r"(?:(?:Fig(?:ure|\.)?|FIGURE|Tab(?:le|\.)?|TABLE|Algorithm|Listing|Scheme|Box)\s*[A-Z]?\.?\s?[\dIVX]+(?:\.\d+)?[a-z]?)"
    r"(?P<point>\s*[:.|]|\s*[-–—](?=\s)|(?=\s+[A-Z(])|$)"
)
_ITEM = re.compile(r"(?:[•·▪◦‣●■\u2219∗*–—-]\s+|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+|\((?:\d{1,2}|[a-z])\)\s*)(?=\S)")
_FOOTNOTE = re.compile(r"(?:\d{1,3}(?=\s?[^\W\d_]|\s?[\"“(‘]|\s?https?:)|[∗*†‡§¶⋆]+)\s?(?=\S)")
_NUMBER = re.compile(
    r"[-+±−<>≤≥~∼]?\(?[\d.,]*\d[\d.,]*(?:[%MkKBs×x]|e-?\d+)?\)?(?:[±/][\d.]+)?[∗*†‡]*|[-–—]|[✓✗×X]|N/A|n/a"
)
_SENTENCE_END = re.compile(r"[.!?:][\"'”’)\]]*(?:\[?\d{0,3}\]?)?$")
_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|et al|vs|Fig|Figs|Eq|Eqs|Sec|Tab|resp|approx|Dr|Prof|Mr|Mrs|St|[A-Z]))\.$"
)

_FEWEST_SCRAP_LINES = 3
_MOST_SCRAP_WORDS = 9
"""A line of more words is prose, whatever stands around it."""
_MOST_BETWEEN = 12
"""Maximum number of blocks between the halves of a paragraph: figures, tables, footnotes of a page."""


@dataclass(slots=True)
class Draft:
    """Lines of one block, before they become text; at least one."""

    kind: BlockKind
    lines: list[Line]
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
    """Cut the lines of a document into drafts, in drawing order; ``title`` are the lines of its title."""
    return _Drafter(layout, title).run([line for page in pages for line in page.lines])


def gather_scraps(drafts: Sequence[Draft], layout: Layout) -> list[Draft]:
    """Make each run of scraps beside a caption, as the labels of a figure are, one table with a row a line.

    Names and addresses before the first heading stay as they are.
    """
    opening = next((place for place, draft in enumerate(drafts) if draft.kind is BlockKind.HEADING), len(drafts))
    result = list(drafts[:opening])
    grouped = groupby(drafts[opening:], lambda draft: (_is_scrap(draft), draft.first_page))
    groups = [list(group) for _, group in grouped]
    for position, group in enumerate(groups):
        before = groups[position - 1][-1] if position else None
        after = groups[position + 1][0] if position + 1 < len(groups) else None
        if _is_scrap(group[0]) and _is_figure(group, before, after, layout):
            result.append(Draft(BlockKind.TABLE, [line for draft in group for line in draft.lines]))
        else:
            result.extend(group)
    return result


def bridge_interruptions(drafts: Sequence[Draft], layout: Layout) -> list[Draft]:
    """Join every paragraph that a figure, table or footnote cuts inside a sentence.

    What stood between the halves goes before the paragraph, or after it where it stands on the later page, so that
    pages stay in order.
    """
    result: list[Draft] = []
    queue = list(drafts)
    position = 0
    while position < len(queue):
        draft = queue[position]
        end = _other_half(queue, position, layout)
        if end is None:
            result.append(draft)
            position += 1
            continue
        before, after = split_by_page(queue[position + 1 : end], draft.first_page)
        result.extend(before)
        whole = Draft(draft.kind, [*draft.lines, *queue[end].lines])
        queue[position : end + 1] = [whole, *after]
    return result


def split_by_page(drafts: Sequence[Draft], page: int) -> tuple[list[Draft], list[Draft]]:
    """Part ``drafts`` into those that end on ``page`` or before it, and those that end later."""
    return [draft for draft in drafts if draft.last_page <= page], [draft for draft in drafts if draft.last_page > page]


def compose(
    drafts: Sequence[Draft], numbers: Sequence[int], labels: dict[int, str], vocabulary: Vocabulary
) -> tuple[TextBuilder, tuple[Page, ...]]:
    """Write the drafts, and say which page each character stands on.

    Pages lie end to end, in order, and cover the whole text; one without text is empty.
    """
    builder = TextBuilder()
    marks: list[tuple[int, int]] = []
    for draft in drafts:
        text, breaks = _joined(draft, vocabulary)
        span = builder.add(draft.kind, text, level=draft.level)
        if span is not None:
            marks.append((span.start, draft.first_page))
            marks.extend((span.start + offset, page) for offset, page in breaks)
    return builder, _pages(marks, numbers, labels, builder.length)


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
        for above, line, below in zip([None, *lines], lines, [*lines[1:], None], strict=False):
            run_in = split_run_in_abstract(line) if self._front else None
            if run_in is None:
                self._place(line, above, below)
            else:
                self._open_heading(replace(line, text=run_in[0]), 1)
                self._drafts.append(Draft(BlockKind.PARAGRAPH, [replace(line, text=run_in[1])]))
        return self._drafts

    def _place(self, line: Line, above: Line | None, below: Line | None) -> None:
        """Open a block with ``line``, or add it to the last one."""
        last = self._drafts[-1] if self._drafts else None
        if id(line) in self._title:
            kind = None if last and id(last.lines[-1]) in self._title else BlockKind.PARAGRAPH
        elif last and last.kind is BlockKind.HEADING and self._headings.continues(last.lines[-1], line):
            kind = None
        elif level := self._headings.level(line, above, below, in_references=self._in_references, front=self._front):
            self._open_heading(line, level)
            return
        else:
            kind = self._kind(line, above, below, last)
        if last and kind is None:
            last.lines.append(line)
        else:
            self._drafts.append(Draft(kind or BlockKind.PARAGRAPH, [line]))

    def _open_heading(self, line: Line, level: int) -> None:
        self._drafts.append(Draft(BlockKind.HEADING, [line], level))
        self._front = False
        self._in_references = opens_references(line.text)

    def _kind(self, line: Line, above: Line | None, below: Line | None, last: Draft | None) -> BlockKind | None:
        """Return the kind of block that ``line`` opens, or None where it continues the last one."""
        if _begins_caption(line.text, alone=self._is_alone(line, above, last)):
            return BlockKind.CAPTION
        marked = _FOOTNOTE.match(line.text) and (line.lead_raised or not line.text[0].isdigit())
        if marked and line.size < 0.93 * self._layout.body:
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
                return BlockKind.LIST_ITEM if _ITEM.match(line.text) else BlockKind.PARAGRAPH

    def _is_alone(self, line: Line, above: Line | None, last: Draft | None) -> bool:
        """Tell whether a line stands apart from the one before, or follows something other than running text."""
        if above is None or last is None or above.page != line.page:
            return True
        gap = self._layout.gap(above, line)
        return (
            not 0 < gap < 1.25
            or abs(above.size - line.size) > 0.3
            or last.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
            or (_ends_sentence(above.text) and line.bold and not above.bold)
        )

    def _is_table_row(self, line: Line, above: Line | None, below: Line | None) -> bool:
        if not _is_row(line.text) or (_is_display(line.text) and "=" in line.text):
            return False
        neighbours = (other for other in (above, below) if other is not None and other.page == line.page)
        return any(_is_row(other.text) and abs(other.y - line.y) < 3 * line.size for other in neighbours)

    def _same_note(self, last: Line, line: Line) -> bool:
        return (
            last.page == line.page
            and abs(last.size - line.size) <= 0.3
            and 0 < last.y - line.y < max(1.35 * line.size, 1.15 * self._layout.leading * line.size / self._layout.body)
        )

    def _prose_kind(self, last: Draft, line: Line) -> BlockKind | None:
        above = last.lines[-1]
        # The text continues elsewhere on the page: at the top of a column, beside a figure.
        jumps = line.y > above.y + 2 * self._layout.body or above.y - line.y > 4 * self._layout.leading
        if above.page != line.page or jumps:
            if self._flows_on(above, line):
                return None
            return BlockKind.LIST_ITEM if _ITEM.match(line.text) else BlockKind.PARAGRAPH
        if self._starts_item(above, line):
            return BlockKind.LIST_ITEM
        return BlockKind.PARAGRAPH if self._breaks(last, line) else None

    def _flows_on(self, above: Line, line: Line) -> bool:
        """Tell whether a paragraph runs over the break of a column or page between two lines."""
        if abs(above.size - line.size) > 0.35:
            return False
        if self._layout.is_short(above) and not _is_display(above.text):
            return False
        if abs(self._layout.indent(line)) > 0.5 and abs(self._layout.indent(line) - self._layout.indent(above)) > 0.5:
            return False
        if _is_unfinished(above.text):
            return line.text[0].islower() or (self._layout.is_full(above) and self._is_prose(line))
        return not _ends_sentence(above.text) and line.text[0].islower()

    def _is_prose(self, line: Line) -> bool:
        """Tell whether a line looks like one from inside a paragraph, and not like a row of cells or an item."""
        at_edge = abs(self._layout.indent(line)) < 0.5 and self._layout.is_full(line)
        return at_edge and not _ITEM.match(line.text) and not _is_row(line.text)

    def _starts_item(self, above: Line, line: Line) -> bool:
        if not _ITEM.match(line.text):
            return False
        if line.text[0] in "•▪◦‣●■":
            return True
        return not _is_unfinished(above.text) and (
            self._layout.indent(line) > 0.4 or self._layout.gap(above, line) > 1.15 or self._layout.is_short(above)
        )

    def _breaks(self, last: Draft, line: Line) -> bool:
        """Tell whether ``line`` begins a paragraph below the last line of ``last`` in the same column."""
        layout, above = self._layout, last.lines[-1]
        lower = line.text[0].islower()
        if abs(above.size - line.size) > 0.6:
            scrap = _is_display(line.text) or _is_display(above.text)
            return not (scrap and abs(above.y - line.y) < 2 * layout.leading)
        if above.bold != line.bold and above.bold and layout.is_short(above) and not lower:
            return True
        if layout.gap(above, line) > 1.4:
            open_ended = _is_display(above.text) or (_is_unfinished(above.text) and not layout.is_short(above))
            return not (open_ended and (lower or _is_display(line.text)))
        if self._front and not layout.is_full(above) and not lower and not _ends_sentence(above.text):
            return True
        if last.kind is BlockKind.LIST_ITEM and layout.indent(line) > 0.4:
            return False
        indented = 0.6 < layout.indent(line) < 5 and layout.indent(line) - layout.indent(above) > 0.6
        if indented and not lower:
            return not (_is_unfinished(above.text) and layout.is_full(above))
        return layout.is_short(above) and _ends_sentence(above.text) and not lower and not _is_display(above.text)


def _is_scrap(draft: Draft) -> bool:
    """Tell whether a draft is a table, or lines of few words without the end of a sentence; on one page."""
    if draft.first_page != draft.last_page:
        return False
    if draft.kind is BlockKind.TABLE:
        return True
    return draft.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) and not any(
        _ends_sentence(line.text) or len(line.text.split()) > _MOST_SCRAP_WORDS or line.text.endswith((",", "-"))
        for line in draft.lines
    )


def _is_figure(group: Sequence[Draft], before: Draft | None, after: Draft | None, layout: Layout) -> bool:
    """Tell whether a run of scraps belongs to a figure: beside a caption, or odd in type; formulas alone are none."""
    lines = [line for draft in group for line in draft.lines]
    beside = any(
        other is not None and other.kind is BlockKind.CAPTION and lines[0].page in (other.first_page, other.last_page)
        for other in (before, after)
    )
    odd = any(draft.kind is BlockKind.TABLE for draft in group) or any(not layout.is_body_size(line) for line in lines)
    formulas = sum(_is_display(line.text) and "=" in line.text for line in lines)
    displays = sum(_is_display(line.text) for line in lines)
    if len(lines) < _FEWEST_SCRAP_LINES or displays == len(lines) > formulas > 0:
        return False
    return beside or (odd and formulas == 0 and len(lines) >= 2 * _FEWEST_SCRAP_LINES)


def _other_half(drafts: Sequence[Draft], position: int, layout: Layout) -> int | None:
    """Return where the paragraph that breaks off at ``position`` continues."""
    draft = drafts[position]
    if not _is_running(draft, layout) or not _breaks_off(draft, layout):
        return None
    for end in range(position + 1, min(position + 2 + _MOST_BETWEEN, len(drafts))):
        other = drafts[end]
        if other.kind is BlockKind.HEADING or other.first_page > draft.last_page + 2:
            return None
        indented = draft.kind is BlockKind.PARAGRAPH and abs(layout.indent(other.lines[0])) > 0.5
        if _is_running(other, layout) and not indented:
            first, last = draft.first_page, other.last_page
            between = drafts[position + 1 : end]
            ordered = first == last or all(one.last_page <= first or one.first_page >= last for one in between)
            return end if ordered and _continues(draft, other) else None
    return None


def _is_running(draft: Draft, layout: Layout) -> bool:
    """Tell whether a draft is running text in the size of the body."""
    if draft.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
        return False
    size = sum(line.size * len(line.text) for line in draft.lines) / sum(len(line.text) for line in draft.lines)
    prose = any(not layout.is_short(line) for line in draft.lines) or _ends_sentence(draft.lines[-1].text)
    return prose and abs(size - layout.body) <= 0.35


def _breaks_off(draft: Draft, layout: Layout) -> bool:
    """Tell whether a paragraph, long enough to be one, ends inside a sentence."""
    last = draft.lines[-1]
    if _ends_sentence(last.text) or (layout.is_short(last) and not _is_display(last.text)):
        return False
    return sum(len(line.text) for line in draft.lines) >= 30


def _continues(draft: Draft, other: Draft) -> bool:
    """Tell whether the sentence that ``draft`` breaks off can continue in ``other``."""
    left, right = draft.lines[-1].text, other.lines[0].text
    if other.kind is BlockKind.LIST_ITEM:
        return False
    if left.endswith(tuple(HYPHENS)):
        return right[0].islower() or right[0].isdigit()
    return right[0].islower() or (_is_unfinished(left) and right[0] in "([“")


def _joined(draft: Draft, vocabulary: Vocabulary) -> tuple[str, list[tuple[int, int]]]:
    """Return the text of a draft, and where in it each further page begins."""
    text = draft.lines[0].text
    breaks: list[tuple[int, int]] = []
    for above, line in pairwise(draft.lines):
        if draft.kind is BlockKind.TABLE:
            text = f"{text}\n{line.text}"
        else:
            text = text[: -len(above.text)] + join_lines(above.text, line.text, vocabulary)
        if line.page != above.page:
            breaks.append((len(text) - len(line.text), line.page))
    return text, breaks


def _pages(
    marks: Sequence[tuple[int, int]], numbers: Sequence[int], labels: dict[int, str], end: int
) -> tuple[Page, ...]:
    """Return the pages by the ``marks``, each an offset and the page that stands there."""
    starts: dict[int, int] = {}
    latest = 0
    for offset, page in marks:
        if page > latest:
            starts[page] = offset if latest else 0
            latest = page
    pages: list[Page] = []
    following = end
    for number in sorted(numbers, reverse=True):
        start = starts.get(number, following)
        pages.append(Page(number, start, following, labels.get(number) or None))
        following = start
    return tuple(reversed(pages))


def _begins_caption(text: str, *, alone: bool) -> bool:
    """Tell whether ``text`` begins as a caption does; ``alone``: it does not continue the line before."""
    match = _CAPTION.match(text)
    return match is not None and alone and (bool(match["point"].strip()) or len(text.split()) > 2 or len(text) < 12)


def _is_row(text: str) -> bool:
    """Tell whether ``text`` is a row of figures: at least two, and at least half of its words.

    >>> _is_row("Ours (large) 91.2 88.0 90.1"), _is_row("In 2019, 12 of 30 models were open.")
    (True, False)
    """
    words = text.split()
    figures = sum(1 for word in words if _NUMBER.fullmatch(word))
    return figures >= 2 and figures >= 0.5 * len(words) and not text.endswith((".", ";"))


def _is_display(text: str) -> bool:
    """Tell whether ``text`` is a formula or a scrap of one: hardly any word of three letters."""
    words = re.findall(r"[^\W\d_]{3,}", text)
    return len("".join(words)) < 0.4 * len(text.replace(" ", "")) and len(words) <= 4


def _ends_sentence(text: str) -> bool:
    """Tell whether a sentence, or the lead-in to a list, ends with ``text``."""
    return _SENTENCE_END.search(text) is not None and _ABBREVIATED.search(text) is None


def _is_unfinished(text: str) -> bool:
    """Tell whether ``text`` certainly breaks off inside a sentence."""
    return not _ends_sentence(text) and (text[-1:].isalpha() or text.endswith((",", ";", "-", "–", "(", "\u00ad", "’")))
