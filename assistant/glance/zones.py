"""What each section of a document is for, by its heading: abstract, introduction, results, limitations …"""

from __future__ import annotations

import re
from enum import StrEnum

from corpus.model import Document, SectionKind

__all__ = ["Zone", "zones"]


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
