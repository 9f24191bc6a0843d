"""What kind of document a file is: paper, essay, web page, brief, or simply a document."""

from __future__ import annotations

import re
from pathlib import Path

from corpus.model import Section, SectionKind
from corpus.reading import Reading

__all__ = ["KINDS", "classify"]

KINDS = ("paper", "essay", "web", "brief", "document")

_SAME_AS = {"post": "web", "blog": "web", "page": "web", "webpage": "web", "article": "paper", "posts": "web"}
_ESSAY = re.compile(r"\b(?:essays?|critical analysis|term paper)\b", re.I)
_OPENING = 600
"""How many code points from the start may name the text an essay."""


def classify(reading: Reading, path: Path, sections: tuple[Section, ...]) -> str:
    """The document's kind; what the file states goes before what its form suggests."""
    stated = reading.hints.get("kind")
    if stated and stated.source == "front matter" and stated.confidence == 1.0:
        return stated.value if stated.value in KINDS else _SAME_AS.get(stated.value, "document")
    kinds = {section.kind for section in sections}
    if stated and stated.value == "paper":
        return "paper"
    if reading.media == "pdf":
        return "paper" if kinds & {SectionKind.ABSTRACT, SectionKind.REFERENCES} else "document"
    if _ESSAY.search(path.stem.replace("-", " ").replace("_", " ")) or _ESSAY.search(reading.text[:_OPENING]):
        return "essay"
    if stated and stated.value == "web":
        return "web"
    return "paper" if {SectionKind.ABSTRACT, SectionKind.REFERENCES} <= kinds else "document"
