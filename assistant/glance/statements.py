"""What each section of a document is for, by its heading: abstract, introduction, results, limitations …

The sentences of a document that a summary could quote, each with what tells its part in the argument.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum

from corpus.locating import locate, section_at
from corpus.model import BlockKind, Document, SectionKind, Span

__all__ = ["Statement", "Zone", "statements"]


class Zone(StrEnum):
    """The job that a section does in an argument."""

    FRONT = "front"
    ABSTRACT = "abstract"
    INTRODUCTION = "introduction"
    RELATED = "related"
    METHOD = "method"
    RESULTS = "results"
    DISCUSSION = "discussion"
    LIMITATIONS = "limitations"
    CONCLUSION = "conclusion"
    OTHER = "other"
    OUTSIDE = "outside"
    """Reference lists, thanks, appendices: nothing that a summary quotes."""


# The first that fits a heading decides; "Results and discussion" is where results stand.
_HEADINGS: tuple[tuple[Zone, str], ...] = (
    (Zone.OUTSIDE, r"acknowledge?ments?|author contributions|funding|appendi|supplement|references|bibliograph|"
                   r"conflicts? of interest|competing interests|ethic|contents"),
    (Zone.LIMITATIONS, r"limitation|threats to validity|shortcoming|caveat"),
    (Zone.CONCLUSION, r"conclu|summary|closing|final remarks|outlook|future|takeaway|in short"),
    (Zone.RELATED, r"related|previous|prior work|literature|background|state of the art"),
    (Zone.INTRODUCTION, r"introduc|motivation|overview"),
    (Zone.RESULTS, r"result|finding|evaluation|performance|error analysis|ablation|comparison"),
    (Zone.DISCUSSION, r"discuss|analysis|implication"),
    (Zone.METHOD, r"method|approach|model|architecture|experiment|data|corpus|annotation|setup|training|procedure|"
                  r"system|task|implementation|algorithm|framework|design|materials|participants"),
)  # fmt: skip
_PATTERNS = tuple((zone, re.compile(rf"\b(?:{words})", re.I)) for zone, words in _HEADINGS)


def zones(document: Document) -> list[Zone]:
    """The zone of each section, in order; a subsection without a telling heading has the zone of the one above."""
    return [_zone(section.kind, section.path) for section in document.sections]


def _zone(kind: SectionKind, path: tuple[str, ...]) -> Zone:
    if kind is SectionKind.FRONT:
        return Zone.FRONT
    if kind is SectionKind.ABSTRACT:
        return Zone.ABSTRACT
    if kind in (SectionKind.REFERENCES, SectionKind.APPENDIX):
        return Zone.OUTSIDE
    for title in reversed(path):
        for zone, pattern in _PATTERNS:
            if pattern.search(title):
                return zone
    return Zone.OTHER


_QUOTED = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_FEWEST_WORDS, _MOST_WORDS = 6, 60
_HANGING = re.compile(
    r"(?:this|these|those|that|it|they|he|she|such|its|their|both|however|but|also|then|there|thus|therefore|hence|"
    r"moreover|furthermore|in addition|additionally|second|third|finally|for (?:example|instance)|"
    r"on the other hand|in contrast|instead|otherwise|similarly|as a result|to this end|to do so|to do this)\b",
    re.I,
)
_OWN_WORK = re.compile(
    r"(?:this|the present|our) (?:paper|work|article|study|essay|thesis|report|survey|tutorial)\b", re.I
)
_FIGURE = re.compile(
    r"\b(?:Tables?|Tab\.|Figures?|Figs?\.|Eqs?\.|Equations?|Algorithm|Sections?|Sec\.|§)\s*\(?[\dIVX]", re.I
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with its place in the argument."""

    span: Span
    text: str
    zone: Zone
    place: float
    """0 at the beginning of its zone's run of sentences, 1 at the end."""
    depth: float
    """The same in the whole document."""
    section: int
    hanging: bool
    """Begins with a word that leans on the sentence before."""
    cites: int
    """Works of others mentioned in it."""
    flaw: float
    """What speaks against quoting it, whatever it says; 0 or more."""


def statements(document: Document) -> list[Statement]:
    """The quotable sentences of ``document`` in order: whole sentences of paragraphs, outside reference lists."""
    kinds = zones(document)
    picked: list[tuple[Span, int]] = []
    for span in document.sentences:
        block = bisect_right(document.blocks, span.start, key=lambda item: item.start) - 1
        section = section_at(document.sections, span.start)
        if block < 0 or section is None or kinds[section] is Zone.OUTSIDE:
            continue
        if (
            document.blocks[block].kind in _QUOTED
            and _FEWEST_WORDS <= len(_text(document, span).split()) <= _MOST_WORDS
        ):
            picked.append((span, section))
    runs: dict[Zone, int] = {}
    for _, section in picked:
        runs[kinds[section]] = runs.get(kinds[section], 0) + 1
    seen: dict[Zone, int] = {}
    found = []
    for number, (span, section) in enumerate(picked):
        zone = kinds[section]
        place = seen.get(zone, 0)
        seen[zone] = place + 1
        found.append(_statement(document, span, section, zone, place / max(1, runs[zone] - 1), number / len(picked)))
    return found


def _text(document: Document, span: Span) -> str:
    return span.within(document.text)


def _statement(document: Document, span: Span, section: int, zone: Zone, place: float, depth: float) -> Statement:
    text = _text(document, span)
    hanging = _HANGING.match(text) is not None and _OWN_WORK.match(text) is None
    cites = sum(1 for mention in document.mentions if span.start <= mention.start < span.end)
    return Statement(span, text, zone, place, depth, section, hanging, cites, _flaw(document, span, text))


def _flaw(document: Document, span: Span, text: str) -> float:
    words = text.split()
    flaw = 0.0
    place = locate(document, span)
    if place.pdf_page != place.pdf_page_end:
        flaw += 0.5  # what stands at the page's foot may run between
    if text.endswith(("?", ":")) or not re.search(r"[.!。][\"”’)\]]*\d*$", text):
        flaw += 2.0
    if not (text[0].isupper() or text[0] in "“\"'‘"):
        flaw += 2.0
    if _FIGURE.search(text):
        flaw += 0.7
    if sum(word[:1].isupper() for word in words) > 0.6 * len(words):
        flaw += 2.0  # a heading or a list of names that lost its line
    if sum(char.isdigit() for char in text) > 0.15 * len(text):
        flaw += 1.0
    if re.search(r"[=∑∈≤≥∀→]|@\w|https?:", text):
        flaw += 1.0
    if len(words) > 45:
        flaw += 0.4
    if text.count("(") != text.count(")"):
        flaw += 0.7
    return flaw
