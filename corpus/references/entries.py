"""The entries of a document's reference lists: its blocks, joined or cut where entries and blocks do not agree."""

import re
from collections.abc import Iterator, Sequence

from corpus.locating import section_at
from corpus.model import Block, BlockKind, Reference, Section, SectionKind, Span
from corpus.records.names import PARTICLES
from corpus.references.parsing import YEAR, parse_entry
from corpus.text.identifiers import DOI_PREFIX

__all__ = ["find_entries", "find_references"]

_DATED = re.compile(rf"{YEAR}(?!\d)|n\.d\.|https?:|{DOI_PREFIX}/|arxiv|to appear|in press|forthcoming|submitted", re.I)
_MARK = re.compile(r"\[(?P<number>\d{1,3})\]\s+(?=\S)")
_NUMBERED = re.compile(r"(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}\.)\s")
_GOES_ON = re.compile(r"\[Online|Available:|https?:|doi:|URL\b|pages?\s\d|pp\.\s?\d|(?P<small>[a-z]{2,})\b")
_PLAIN_HEAD = re.compile(rf"[^()\d]{{4,400}}\({YEAR}\)[.,:]\s|[^()\d]{{4,400}}\.\s{YEAR}\.\s(?=\S)")
_IN_NAMES = PARTICLES | {"and", "et", "others", "y", "e"}
_SHORTEST = 40
"""Minimum characters of an entry before the next one can begin in the same block."""
_MOSTLY = 0.8
"""Share of dated entries from which entries without a date are prose."""


def find_references(text: str, blocks: Sequence[Block], sections: Sequence[Section]) -> tuple[Reference, ...]:
    """The entries of every reference list, parsed, in text order."""
    return tuple(parse_entry(span.within(text), span.start) for span in find_entries(text, blocks, sections))


def find_entries(text: str, blocks: Sequence[Block], sections: Sequence[Section]) -> list[Span]:
    """The spans of all entries, in text order."""
    lists: dict[int, list[Span]] = {}
    previous: Block | None = None
    for block in blocks:
        section = section_at(sections, block.start)
        if section is None or sections[section].kind is not SectionKind.REFERENCES:
            continue
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            entries = lists.setdefault(section, [])
            if entries and previous is not None and _continues(text, previous, block):
                entries[-1] = Span(entries[-1].start, block.end)
            else:
                entries.append(Span(block.start, block.end))
        previous = block
    return [span for entries in lists.values() for span in _dated(text, list(_cut(text, entries)))]


def _continues(text: str, previous: Block, block: Block) -> bool:
    """Whether a paragraph continues the entry of the block before it."""
    if block.kind is not BlockKind.PARAGRAPH or previous.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
        return False
    found = _GOES_ON.match(text, block.start, block.end)
    return found is not None and found["small"] not in _IN_NAMES


def _cut(text: str, entries: Sequence[Span]) -> Iterator[Span]:
    for entry in entries:
        start = entry.start
        for offset in (*_inner_starts(text[entry.start : entry.end]), entry.end - entry.start):
            end = entry.start + offset
            yield Span(start, end - (len(text[start:end]) - len(text[start:end].rstrip())))
            start = end


def _inner_starts(entry: str) -> list[int]:
    """Offsets at which a further entry begins: at the next number, or at names and a year after a full stop."""
    first = _MARK.match(entry)
    if first:
        expected, starts = int(first["number"]) + 1, []
        for mark in _MARK.finditer(entry, first.end()):
            if int(mark["number"]) == expected:
                starts.append(mark.start())
                expected += 1
        return starts
    head = _PLAIN_HEAD.match(entry)
    if not head or not _only_names(head.group()):
        return []
    starts, at = [], head.end() + _SHORTEST
    for stop in re.finditer(r"(?<=[^\W_]{2}[.)/])\s|(?<=\d\.)\s", entry):
        if stop.start() < at:
            continue
        found = _PLAIN_HEAD.match(entry, stop.end())
        if found and _only_names(found.group()):
            starts.append(stop.end())
            at = found.end() + _SHORTEST
    return starts


def _only_names(head: str) -> bool:
    """Whether only names stand before a year: a title has lower-case words or follows a full stop."""
    names = re.sub(rf"\W*{YEAR}\W*$", "", head)
    words = re.findall(r"[^\W\d_]+", names)
    if any(word.islower() and word not in _IN_NAMES for word in words):
        return False
    return re.search(r"[^\W\d_]{2}[.?!:]\s", re.sub(r"\bet al\.", "", names)) is None and len(words) > 1


def _dated(text: str, entries: list[Span]) -> list[Span]:
    """The entries without the prose below a list whose entries have dates or numbers."""
    said = [span.within(text) for span in entries]
    dated = [_DATED.search(entry) is not None or _NUMBERED.match(entry) is not None for entry in said]
    strict = sum(dated) >= _MOSTLY * len(entries)
    return [
        span
        for span, entry, has_date in zip(entries, said, dated, strict=True)
        if (has_date and _words(entry)) or (not strict and _words(entry) > 1)
    ]


def _words(entry: str) -> int:
    return len(re.findall(r"[^\W\d_]{2,}", entry))
