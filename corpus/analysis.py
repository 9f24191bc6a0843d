"""From a reading to a document: sections, sentences, references, mentions and the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from corpus.model import Block, BlockKind, Document, Span
from corpus.reading import Reading
from corpus.records.record import assemble, classify
from corpus.references import find_mentions, find_references
from corpus.sections import find_sections
from corpus.text.languages import DETECTED, detect_language
from corpus.text.sentences import run_in_end, split_sentences

__all__ = ["analyse"]


def analyse(reading: Reading, path: Path) -> Document:
    """Interpret what a reader handed over; a pure function of its arguments."""
    sections = find_sections(reading.blocks, reading.text)
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
        sentences=tuple(span for block in reading.blocks for span in _sentences(reading.text, block)),
        links=reading.links,
        references=references,
        mentions=find_mentions(reading.text, sections, references, reading.links),
        damages=reading.damages,
    )


def _sentences(text: str, block: Block) -> Iterator[Span]:
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
