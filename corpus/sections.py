"""Sections: what stands under which heading, and what each is for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import Block, BlockKind, Section, SectionKind

__all__ = ["find_sections", "section_at"]

_NUMBER = r"(?:(?:appendix\s+)?(?:[A-Z]|[IVX]+|\d+)(?:\.\d+)*[.:)]?\s+)?"
_REFERENCES = re.compile(
    rf"{_NUMBER}(?:(?:bibliographical |cited )?references|bibliography|works cited|"
    r"literature(?: cited)?|list of works)\W*",
    re.I,
)
_ABSTRACT = re.compile(rf"{_NUMBER}(?:abstract|summary|tl;?dr)\W*", re.I)
_APPENDIX = re.compile(r"(?:appendix|appendices|supplementary|supplemental)\b.*", re.I)


def find_sections(blocks: Sequence[Block], text: str) -> tuple[Section, ...]:
    """Cut a document at its headings.

    Every block belongs to exactly one section; text before the first heading is a section without a title. What
    stands below the heading of a reference list is one too, until a heading of the same level or above.
    """
    sections: list[Section] = []
    stack: list[tuple[int, str]] = []
    kinds: list[SectionKind] = []
    start = 0
    opened = Section((), 0, 0, 0, SectionKind.FRONT)
    for block in blocks:
        if block.kind is not BlockKind.HEADING:
            continue
        if block.start > start:
            sections.append(_closed(opened, start, block.start))
        title = text[block.start : block.end]
        while stack and stack[-1][0] >= block.level:
            stack.pop()
            kinds.pop()
        inherited = kinds[-1] if kinds else SectionKind.BODY
        stack.append((block.level, title))
        kinds.append(_kind(title, inherited))
        opened = Section(tuple(name for _, name in stack), block.level, block.start, block.end, kinds[-1])
        start = block.start
    if len(text) > start:
        sections.append(_closed(opened, start, len(text)))
    return tuple(sections)


def section_at(sections: Sequence[Section], offset: int) -> int | None:
    """Position of the section that holds ``offset``, or None."""
    low, high = 0, len(sections)
    while low < high:
        middle = (low + high) // 2
        if sections[middle].start <= offset:
            low = middle + 1
        else:
            high = middle
    return low - 1 if low and offset < sections[low - 1].end else None


def _closed(section: Section, start: int, end: int) -> Section:
    return Section(section.path, section.level, start, end, section.kind)


def _kind(title: str, inherited: SectionKind) -> SectionKind:
    if _REFERENCES.fullmatch(title.strip()):
        return SectionKind.REFERENCES
    if _ABSTRACT.fullmatch(title.strip()):
        return SectionKind.ABSTRACT
    if _APPENDIX.match(title.strip()):
        return SectionKind.APPENDIX
    return SectionKind.APPENDIX if inherited is SectionKind.APPENDIX else SectionKind.BODY
