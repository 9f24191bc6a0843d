"""The analysis of a reading: sections, sentences, references, mentions and the record, which make it a document."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.model import Block, BlockKind, Document, Section, SectionKind, Span
from corpus.reading import Reading
from corpus.records.record import assemble, classify
from corpus.references import find_mentions, find_references
from corpus.text.languages import DETECTED, detect_language
from corpus.text.sentences import run_in_end, split_sentences

__all__ = ["analyse"]

_NUMBER = r"(?:(?:appendix\s+)?(?:[A-Z]|[IVX]+|\d+)(?:\.\d+)*[.:)]?\s+)?"
_REFERENCES = re.compile(
    rf"{_NUMBER}(?:(?:bibliographical |cited )?references|bibliography|works cited|"
    r"literature(?: cited)?|list of works)\W*",
    re.I,
)
_ABSTRACT = re.compile(rf"{_NUMBER}(?:abstract|summary|tl;?dr)\W*", re.I)
_APPENDIX = re.compile(r"(?:appendix|appendices|supplementary|supplemental)\b.*", re.I)


def analyse(reading: Reading, path: Path) -> Document:
    """Interpret a reader's output; a pure function of its arguments."""
    sections = _sections(reading.blocks, reading.text)
    references = find_references(reading.text, reading.blocks, sections)
    kind = classify(reading, path, sections)
    record, origins = assemble(reading, kind)
    if language := detect_language(reading.text):
        record, origins["language"] = replace(record, language=language), DETECTED
    return Document(
        text=reading.text,
        record=record,
        kind=kind,
        media=reading.media,
        origins=origins,
        blocks=reading.blocks,
        sections=sections,
        pages=reading.pages,
        pages_failed=reading.pages_failed,
        sentences=tuple(span for block in reading.blocks for span in _block_sentences(reading.text, block)),
        links=reading.links,
        references=references,
        mentions=find_mentions(reading.text, sections, references, reading.links),
        damages=reading.damages,
    )


def _sections(blocks: Sequence[Block], text: str) -> tuple[Section, ...]:
    """Cut a document at its headings: every block belongs to one section; text before the first heading has no title.

    Subsections of an appendix are appendices.
    """
    opened = [Section((), 0, 0, 0, SectionKind.FRONT)]
    above: list[Section] = []
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            while above and above[-1].level >= block.level:
                above.pop()
            path, inherited = (above[-1].path, above[-1].kind) if above else ((), SectionKind.BODY)
            title = text[block.start : block.end]
            above.append(Section((*path, title), block.level, block.start, block.end, _kind(title, inherited)))
            opened.append(above[-1])
    ends = (*(section.start for section in opened[1:]), len(text))
    return tuple(replace(section, end=end) for section, end in zip(opened, ends, strict=True) if end > section.start)


def _kind(title: str, inherited: SectionKind) -> SectionKind:
    if _REFERENCES.fullmatch(title.strip()):
        return SectionKind.REFERENCES
    if _ABSTRACT.fullmatch(title.strip()):
        return SectionKind.ABSTRACT
    if _APPENDIX.match(title.strip()):
        return SectionKind.APPENDIX
    return SectionKind.APPENDIX if inherited is SectionKind.APPENDIX else SectionKind.BODY


def _block_sentences(text: str, block: Block) -> Iterator[Span]:
    """The sentences of a block; each row of a table, line of code and run-in heading counts as one."""
    if block.kind is BlockKind.HEADING:
        return
    if block.kind in (BlockKind.TABLE, BlockKind.CODE):
        start = block.start
        for line in text[block.start : block.end].split("\n"):
            if line.strip():
                lead = len(line) - len(line.lstrip())
                yield Span(start + lead, start + len(line.rstrip()))
            start += len(line) + 1
        return
    body = run_in_end(text, block.start, block.end)
    if body > block.start:
        yield Span(block.start, len(text[:body].rstrip()))
    yield from split_sentences(text, body, block.end)
