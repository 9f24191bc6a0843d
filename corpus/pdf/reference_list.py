"""Reference lists of papers, cut into their entries."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from corpus.model import BlockKind
from corpus.pdf.blocks import Draft, split_by_page
from corpus.pdf.headings import opens_references
from corpus.pdf.layout import Layout
from corpus.pdf.lines import Line, commonest_size

__all__ = ["split_entries"]

_BRACKETED = re.compile(r"\[(?:\d{1,3}|[A-Z][\w+]{1,8}|[A-Z][^\[\]]{0,70}?\d{2,4}[a-z]?)\]")
_POINTED = re.compile(r"(\d{1,3})\.\s+\S")
_AUTHOR = re.compile(r"(?:[A-ZÀ-ÖØ-Þ][\w’'.-]+|[a-z]{2,3} [A-Z])[^\d]*")
_ENTRY_END = re.compile(r"[.\d)\]/]$|(?:https?:|www\.|doi)\S*$")
_PARTICLE = re.compile(r"(?:van|von|de|der|den|del|della|di|da|du|la|le|el|al|bin|ibn|ter|ten)\b")
_LISTED = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE)
_SAME_SIZE = 0.6
"""Points by which the type of an entry may differ from that of the list."""
_WIDE_GAP = 3.2
"""Minimum gap, in type sizes, that ends the list."""


def split_entries(drafts: Sequence[Draft], layout: Layout) -> list[Draft]:
    """Cut the paragraphs below every reference heading anew, one an entry."""
    result: list[Draft] = []
    listed: list[Draft] = []
    inside = False
    for draft in drafts:
        if draft.kind is BlockKind.HEADING:
            result.extend(_entries(listed, layout))
            listed = []
            inside = opens_references(" ".join(line.text for line in draft.lines))
            result.append(draft)
        elif inside:
            listed.append(draft)
        else:
            result.append(draft)
    return [*result, *_entries(listed, layout)]


def _entries(drafts: Sequence[Draft], layout: Layout) -> list[Draft]:
    """Cut what stands below one reference heading; figures and notes between the entries stay what they are.

    One that cuts an entry goes before it, or after it where it stands on a later page than the entry begins.
    """
    listed = [line for draft in drafts if draft.kind in _LISTED for line in draft.lines]
    if not listed:
        return list(drafts)
    size = commonest_size((line for line in listed if not line.turned), 10.0)
    lines = [line for line in listed if abs(line.size - size) <= _SAME_SIZE]
    starts = _start_rule(lines, layout)
    result: list[Draft] = []
    entry: Draft | None = None
    for draft in drafts:
        if draft.kind not in _LISTED or all(abs(line.size - size) > _SAME_SIZE for line in draft.lines):
            result.append(draft)
            continue
        for line in draft.lines:
            place = next((place for place in reversed(range(len(result))) if result[place] is entry), 0)
            between = result[place + 1 :]
            if entry is None or starts(entry.lines[-1], line) or not _may_continue(entry, between, line):
                entry = Draft(BlockKind.PARAGRAPH, [line])
                result.append(entry)
            else:
                before, after = split_by_page(between, entry.first_page)
                entry.lines.append(line)
                result[place:] = [*before, entry, *after]
    return result


def _may_continue(entry: Draft, between: Sequence[Draft], line: Line) -> bool:
    """Tell whether ``line`` stands near enough to belong to the entry, and can join it with all pages in order."""
    last = entry.lines[-1]
    if line.page > last.page + 1:
        return False
    if line.page == last.page and last.y - line.y > _WIDE_GAP * line.size and _ENTRY_END.search(last.text):
        return False
    return all(draft.last_page <= entry.first_page or draft.first_page >= line.page for draft in between)


def _start_rule(lines: Sequence[Line], layout: Layout) -> Callable[[Line, Line], bool]:
    """Tell how the entries of this list begin: by a mark, by a hanging indent, by a gap, or by an author's name."""
    if sum(bool(_BRACKETED.match(line.text)) for line in lines) >= max(2, len(lines) // 12):
        return lambda above, line: _BRACKETED.match(line.text) is not None
    if _counted(lines) >= max(3, len(lines) // 12):
        return lambda above, line: _POINTED.match(line.text) is not None and not above.text.endswith((",", "-"))
    hanging = _hanging_edges(lines)
    if hanging:
        return lambda above, line: _hangs(above, line, hanging)
    gaps = [above.y - line.y for above, line in pairwise(lines) if above.y > line.y]
    normal = Counter(round(gap, 1) for gap in gaps).most_common(1)[0][0] if gaps else layout.leading
    if sum(1.12 * normal < gap < 3 * normal for gap in gaps) >= 0.12 * len(lines):
        return lambda above, line: (
            _new_author(above, line)
            if above.page != line.page or line.y > above.y
            else above.y - line.y > 1.12 * normal
        )
    return lambda above, line: _new_author(above, line) and layout.is_short(above)


def _counted(lines: Sequence[Line]) -> int:
    """Count the lines that begin with the number that follows the number before."""
    expected, found = 1, 0
    for line in lines:
        match = _POINTED.match(line.text)
        if match and int(match[1]) in (expected, expected + 1):
            expected, found = int(match[1]) + 1, found + 1
    return found


def _hanging_edges(lines: Sequence[Line]) -> tuple[float, ...]:
    """Return the left edges at which entries begin, where their further lines are indented; else nothing."""
    starts = Counter(round(line.x) for line in lines)
    edges: list[float] = []
    indented = 0
    for start, count in sorted(starts.items()):
        if any(4 < start - edge < 40 for edge in edges):
            indented += count
        elif all(abs(start - edge) > 40 for edge in edges) and count >= 2:
            edges.append(start)
    return tuple(edges) if indented >= 0.25 * len(lines) else ()


def _hangs(above: Line, line: Line, edges: Sequence[float]) -> bool:
    """Tell whether ``line`` stands at an edge and the line above it can end an entry."""
    at_edge = any(abs(line.x - edge) <= 3 for edge in edges)
    words = line.text[0].islower() and not _PARTICLE.match(line.text)
    return at_edge and not above.text.endswith((",", "-")) and not words


def _new_author(above: Line, line: Line) -> bool:
    return _ENTRY_END.search(above.text) is not None and _AUTHOR.match(line.text) is not None
