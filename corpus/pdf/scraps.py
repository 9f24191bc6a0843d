"""Scraps of type: the labels of a figure, the cells of a table, drawn line by line beside its caption."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from corpus.model import BlockKind
from corpus.pdf.drafts import Draft
from corpus.pdf.layout import Layout
from corpus.pdf.marks import ends_sentence, is_display

__all__ = ["gather_scraps"]

_FEWEST_LINES = 3
_MOST_WORDS = 9
"""A line of more words is prose, whatever stands around it."""


def gather_scraps(drafts: Sequence[Draft], layout: Layout) -> list[Draft]:
    """The drafts with each run of scraps beside a caption made one table, a row a line.

    What stands before the first heading, names and addresses, is left alone.
    """
    opening = next((place for place, draft in enumerate(drafts) if draft.kind is BlockKind.HEADING), len(drafts))
    result = list(drafts[:opening])
    rest = drafts[opening:]
    groups = [list(group) for _, group in groupby(rest, lambda draft: _group(draft, layout))]
    for position, group in enumerate(groups):
        before = groups[position - 1][-1] if position else None
        after = groups[position + 1][0] if position + 1 < len(groups) else None
        if _is_scrap(group[0], layout) and _is_figure(group, before, after, layout):
            result.append(Draft(BlockKind.TABLE, [line for draft in group for line in draft.lines]))
        else:
            result.extend(group)
    return result


def _group(draft: Draft, layout: Layout) -> tuple[bool, int]:
    return _is_scrap(draft, layout), draft.first_page


def _is_scrap(draft: Draft, layout: Layout) -> bool:
    if draft.first_page != draft.last_page:
        return False
    if draft.kind is BlockKind.TABLE:
        return True
    if draft.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
        return False
    return not any(
        ends_sentence(line.text) or len(line.text.split()) > _MOST_WORDS or line.text.endswith((",", "-"))
        for line in draft.lines
    )


def _is_figure(group: Sequence[Draft], before: Draft | None, after: Draft | None, layout: Layout) -> bool:
    lines = [line for draft in group for line in draft.lines]
    beside = any(
        other is not None and other.kind is BlockKind.CAPTION and lines[0].page in (other.first_page, other.last_page)
        for other in (before, after)
    )
    odd = any(draft.kind is BlockKind.TABLE for draft in group) or any(not layout.is_body_size(line) for line in lines)
    formulas = sum(is_display(line.text) and "=" in line.text for line in lines)
    displays = sum(is_display(line.text) for line in lines)
    if len(lines) < _FEWEST_LINES or displays == len(lines) > formulas > 0:
        return False
    return beside or (odd and formulas == 0 and len(lines) >= 2 * _FEWEST_LINES)
