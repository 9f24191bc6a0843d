"""A quotation with everything needed to open it, show it and cite it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.citing.authoryear import cite
from assistant.citing.places import locator_label
from assistant.citing.secondhand import SecondHand, second_hand
from corpus.locating import locate, locator_json
from corpus.model import Locator, Span
from corpus.store import StoredDocument

if TYPE_CHECKING:
    from assistant.citing.primary import PrimaryWork

__all__ = ["CitedSource", "SecondHand", "make_source"]


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A quotation with its place, the passage around it, and its citation."""

    n: int
    """The number it carries in the answer, from 1; 0 for the own words of a work that a source cites."""
    document_id: str
    path: str
    key: str
    title: str
    """The document's title, or its file name where it has none."""
    citation: str
    """Author-year citation with locator, ``(Eiras et al., 2024, § 4.4)``."""
    quote: str
    """Exactly ``text[locator.start:locator.end]`` of the document."""
    locator: Locator
    """The place of the quote."""
    place: str
    """The same in words, for a screen: ``p. 7, § 4.4 Safety``."""
    passage: Span
    """The passage around the quote."""
    passage_text: str
    """Exactly ``text[passage.start:passage.end]``; the quote lies inside it."""
    score: float
    """Retrieval score of the passage, 0 to 1."""
    second_hand: SecondHand | None = None
    """For a brief: what it reports."""
    cites: tuple[PrimaryWork, ...] = ()
    """The works that the quote itself cites, in its order."""

    def as_json(self) -> dict[str, Any]:
        """The shape of ``sources`` in ``loccit ask --json``."""
        return {
            "n": self.n,
            "document_id": self.document_id,
            "path": self.path,
            "key": self.key,
            "title": self.title,
            "citation": self.citation,
            "quote": self.quote,
            "locator": locator_json(self.locator),
            "passage": {"start": self.passage.start, "end": self.passage.end, "text": self.passage_text},
            "score": round(self.score, 4),
            "second_hand": None
            if self.second_hand is None
            else {"works": list(self.second_hand.works), "short": self.second_hand.short},
            "cites": [work.as_json() for work in self.cites],
        }


def make_source(n: int, stored: StoredDocument, quote: Span, passage: Span, score: float) -> CitedSource:
    """Cut the quote and its passage from the document and compute place and citation from the same offsets."""
    document = stored.document
    locator = locate(document, quote)
    reported = second_hand(document, quote)
    return CitedSource(
        n=n,
        document_id=stored.document_id,
        path=stored.source.path,
        key=stored.key,
        title=stored.name,
        citation=cite(document.record, stored.name, locator, reported),
        quote=quote.within(document.text),
        locator=locator,
        place=locator_label(locator, document.record.title),
        passage=passage,
        passage_text=passage.within(document.text),
        score=score,
        second_hand=reported,
    )
