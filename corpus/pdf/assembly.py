"""From draft blocks to canonical text: lines joined, sentences made whole across breaks, pages marked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from corpus.model import BlockKind, Page
from corpus.pdf.drafts import Draft
from corpus.pdf.layout import Layout
from corpus.pdf.marks import ends_sentence, is_display, is_unfinished
from corpus.reading import TextBuilder
from corpus.text.hyphenation import HYPHENS, Vocabulary, join_lines

__all__ = ["bridge_interruptions", "compose"]

_FARTHEST = 12
"""So many blocks may stand between the two halves of a paragraph: figures, tables, footnotes of a page."""


def bridge_interruptions(drafts: Sequence[Draft], layout: Layout) -> list[Draft]:
    """The drafts with every paragraph made whole that a figure, table or footnote cuts inside a sentence.

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
        between = queue[position + 1 : end]
        before = [other for other in between if other.last_page <= draft.first_page]
        after = [other for other in between if other.last_page > draft.first_page]
        result.extend(before)
        whole = Draft(draft.kind, [*draft.lines, *queue[end].lines])
        queue[position : end + 1] = [whole, *after]
    return result


def _other_half(drafts: Sequence[Draft], position: int, layout: Layout) -> int | None:
    """Where the paragraph that breaks off at ``position`` goes on."""
    draft = drafts[position]
    if not _is_running(draft, layout) or not _breaks_off(draft, layout):
        return None
    for end in range(position + 1, min(position + 2 + _FARTHEST, len(drafts))):
        other = drafts[end]
        if other.kind is BlockKind.HEADING or other.first_page > draft.last_page + 2:
            return None
        if not _is_running(other, layout):
            continue
        if abs(layout.indent(other.lines[0])) > 0.5 and draft.kind is BlockKind.PARAGRAPH:
            continue
        if not _goes_on(draft, other) or not _pages_stay_ordered(drafts, position, end):
            return None
        return end
    return None


def _is_running(draft: Draft, layout: Layout) -> bool:
    if draft.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
        return False
    size = sum(line.size * len(line.text) for line in draft.lines) / sum(len(line.text) for line in draft.lines)
    prose = any(not layout.is_short(line) for line in draft.lines) or ends_sentence(draft.lines[-1].text)
    return prose and abs(size - layout.body) <= 0.35


def _breaks_off(draft: Draft, layout: Layout) -> bool:
    last = draft.lines[-1]
    if ends_sentence(last.text) or (layout.is_short(last) and not is_display(last.text)):
        return False
    return sum(len(line.text) for line in draft.lines) >= 30


def _goes_on(draft: Draft, other: Draft) -> bool:
    left, right = draft.lines[-1].text, other.lines[0].text
    if other.kind is BlockKind.LIST_ITEM:
        return False
    if left.endswith(tuple(HYPHENS)):
        return right[0].islower() or right[0].isdigit()
    return right[0].islower() or (is_unfinished(left) and right[0] in "([“")


def _pages_stay_ordered(drafts: Sequence[Draft], position: int, end: int) -> bool:
    first, last = drafts[position].first_page, drafts[end].last_page
    return all(
        draft.last_page <= first or draft.first_page >= last or first == last for draft in drafts[position + 1 : end]
    )


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


def _joined(draft: Draft, vocabulary: Vocabulary) -> tuple[str, list[tuple[int, int]]]:
    """The text of a draft, and where in it each further page begins."""
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
    pages.reverse()
    if pages and pages[0].start:
        pages[0] = Page(pages[0].number, 0, pages[0].end, pages[0].label)
    return tuple(pages)
