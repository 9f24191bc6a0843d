"""Passages: sentence-aligned spans of one section, each short enough for the embedding model.

A passage takes whole sentences up to the limit. It ends early with a paragraph if it is nearly full, so that few
passages begin in the middle of an argument.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus.model import BlockKind, Document, Passage, SectionKind, Span

__all__ = ["cut_passages"]

CountTokens = Callable[[Sequence[str]], list[int]]
"""Counts the tokens of each text, as the embedding model would, without special tokens."""

_FULL_ENOUGH = 0.6
"""Share of the limit from which a passage ends with a paragraph."""
_TOO_SHORT = 0.12
"""Share of the limit below which a passage is merged into the one before, if it fits."""
_TOKEN_LENGTH = 12
"""Characters per token that are hardly ever exceeded."""
_WINDOW = 512
_SKIPPED = (BlockKind.HEADING, BlockKind.FOOTNOTE)


def cut_passages(document: Document, count: CountTokens, limit: int) -> tuple[Passage, ...]:
    """Cut ``document`` into passages of at most ``limit`` tokens each.

    Reference lists, headings and footnotes are left out, because no answer quotes them. Tables and captions are
    passages of their own, so that no row is joined with a sentence.
    """
    units = [piece for unit in _units(document) for piece in _fitted(document.text, unit, limit, count)]
    lengths = count([document.text[unit.start : unit.end] for unit in units])
    passages: list[Passage] = []
    begin = 0
    for end in _cuts(units, lengths, limit):
        passages.append(Passage(units[begin].start, units[end - 1].end, units[begin].section))
        begin = end
    return tuple(passages)


class _Unit(NamedTuple):
    """A sentence or table row; units of one run may share a passage."""

    start: int
    end: int
    section: int
    run: tuple[int, int]
    closes: bool
    """Whether it ends a paragraph."""


def _units(document: Document) -> Iterator[_Unit]:
    section = 0
    sentences = iter(document.sentences)
    sentence = next(sentences, None)
    for number, block in enumerate(document.blocks):
        while section + 1 < len(document.sections) and document.sections[section + 1].start <= block.start:
            section += 1
        inside: list[Span] = []
        while sentence is not None and sentence.start < block.end:
            if sentence.start >= block.start:
                inside.append(sentence)
            sentence = next(sentences, None)
        if block.kind in _SKIPPED or not inside:
            continue
        if document.sections and document.sections[section].kind is SectionKind.REFERENCES:
            continue
        alone = number if block.kind in (BlockKind.TABLE, BlockKind.CAPTION, BlockKind.CODE) else -1
        for span in inside:
            yield _Unit(span.start, span.end, section, (section, alone), span is inside[-1])


def _fitted(text: str, unit: _Unit, limit: int, count: CountTokens) -> Iterator[_Unit]:
    """The unit, or pieces of it cut at spaces if it exceeds the limit."""
    # No token is shorter than a character, so short units need no counting.
    if unit.end - unit.start <= limit or count([text[unit.start : unit.end]])[0] <= limit:
        yield unit
        return
    start = unit.start
    while start < unit.end:
        end = _longest_fit(text, start, unit.end, limit, count)
        yield unit._replace(start=start, end=end, closes=unit.closes and end == unit.end)
        start = end
        while start < unit.end and text[start].isspace():
            start += 1


def _longest_fit(text: str, start: int, end: int, limit: int, count: CountTokens) -> int:
    """The furthest space (or, without one, character) up to which ``text[start:]`` has at most ``limit`` tokens."""
    # Only a window of text is counted: counting all the rest for each piece would take quadratic time.
    window = min(end, start + max(_WINDOW, limit * _TOKEN_LENGTH))
    while window < end and count([text[start:window]])[0] <= limit:
        window = min(end, start + 2 * (window - start))
    breaks = [i for i in range(start + 1, window) if text[i].isspace() and not text[i - 1].isspace()]
    if window == end or not breaks:
        breaks.append(window)
    if count([text[start : breaks[0]]])[0] > limit:
        breaks = list(range(start + 1, breaks[0] + 1))
    low, high = 0, len(breaks) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if count([text[start : breaks[middle]]])[0] <= limit:
            low = middle
        else:
            high = middle - 1
    return breaks[low]


def _cuts(units: Sequence[_Unit], lengths: Sequence[int], limit: int) -> list[int]:
    """Positions after the last unit of each passage."""
    cuts: list[int] = []
    total = 0
    for position, (unit, length) in enumerate(zip(units, lengths, strict=True)):
        before = units[position - 1] if position else None
        if before is not None and (
            unit.run != before.run or total + length > limit or (before.closes and total >= _FULL_ENOUGH * limit)
        ):
            cuts.append(position)
            total = 0
        total += length
    if units:
        cuts.append(len(units))
    return _without_scraps(cuts, units, lengths, limit)


def _without_scraps(cuts: list[int], units: Sequence[_Unit], lengths: Sequence[int], limit: int) -> list[int]:
    kept: list[int] = []
    for begin, end in pairwise([0, *cuts]):
        length = sum(lengths[begin:end])
        before = kept[-2] if len(kept) > 1 else 0
        if (
            kept
            and length < _TOO_SHORT * limit
            and units[begin].run == units[begin - 1].run
            and sum(lengths[before:end]) <= limit
        ):
            kept[-1] = end
        else:
            kept.append(end)
    return kept
