"""Statements: the sentences of a document that a summary could quote, each with its zone and place in the argument.

The zone of a sentence is the job of its section, told by the section's heading.
"""

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from corpus.locating import block_at, section_at
from corpus.model import BlockKind, Document, Section, SectionKind, Span
from corpus.quotable import continues, mentions_in, turns_page

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
    """Reference lists, thanks, appendices: never quoted by a summary."""


# fmt: off
_HEADINGS = tuple((zone, re.compile(rf"\b(?:{words})", re.I)) for zone, words in (
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
))
"""The first entry that fits a heading decides: "Results and discussion" holds results."""
_KINDS = {SectionKind.FRONT: Zone.FRONT, SectionKind.ABSTRACT: Zone.ABSTRACT,
          SectionKind.REFERENCES: Zone.OUTSIDE, SectionKind.APPENDIX: Zone.OUTSIDE}
# fmt: on
_QUOTED = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_FEWEST_WORDS, _MOST_WORDS = 6, 60
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
    """Position among the statements of its zone: 0 the first, 1 the last."""
    depth: float
    """Position among all statements of the document, 0 to 1."""
    continues: bool
    """Begins with a word that ties it to the sentence before."""
    cites: int
    """Citations in it."""
    penalty: float
    """Lowers the score of a sentence that quotes badly, whatever it says; 0 or more."""


def statements(document: Document) -> list[Statement]:
    """The quotable sentences of ``document`` in order: whole sentences of paragraphs, outside reference lists."""
    zones = [_zone(section) for section in document.sections]
    picked: list[tuple[Span, Zone]] = []
    for span in document.sentences:
        block = block_at(document, span.start)
        section = section_at(document.sections, span.start)
        if block is None or block.kind not in _QUOTED or section is None or zones[section] is Zone.OUTSIDE:
            continue
        if _FEWEST_WORDS <= len(span.within(document.text).split()) <= _MOST_WORDS:
            picked.append((span, zones[section]))
    sizes = Counter(zone for _, zone in picked)
    seen: Counter[Zone] = Counter()
    found = []
    for number, (span, zone) in enumerate(picked):
        text = span.within(document.text)
        place = seen[zone] / max(1, sizes[zone] - 1)
        seen[zone] += 1
        cites, penalty = len(mentions_in(document, span)), _penalty(document, span)
        found.append(Statement(span, text, zone, place, number / len(picked), continues(text), cites, penalty))
    return found


def _zone(section: Section) -> Zone:
    """The zone of a section; one without a telling heading has the zone of the section above it."""
    if section.kind in _KINDS:
        return _KINDS[section.kind]
    titles = reversed(section.path)
    return next((zone for title in titles for zone, pattern in _HEADINGS if pattern.search(title)), Zone.OTHER)


def _penalty(document: Document, span: Span) -> float:
    text = span.within(document.text)
    words = text.split()
    capitals = sum(word[:1].isupper() for word in words)
    digits = sum(char.isdigit() for char in text)
    ended = re.search(r"[.!。][\"”’)\]]*\d*$", text) is not None
    signs = (
        (0.5, turns_page(document, span)),
        (2.0, text.endswith(("?", ":")) or not ended),
        (2.0, not (text[0].isupper() or text[0] in "“\"'‘")),
        (0.7, _FIGURE.search(text) is not None),
        (2.0, capitals > 0.6 * len(words)),  # a heading, or a list of names
        (1.0, digits > 0.15 * len(text)),
        (1.0, re.search(r"[=∑∈≤≥∀→]|@\w|https?:", text) is not None),
        (0.4, len(words) > 45),
        (0.7, text.count("(") != text.count(")")),
    )
    return sum((weight for weight, holds in signs if holds), 0.0)
