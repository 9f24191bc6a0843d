"""What an answer is: sentences, each with its sources, and the sources with their places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from assistant.taxonomy import TaxonomyAnswer
from corpus.model import Locator, Span

__all__ = ["Answer", "AnswerSentence", "CitedSource", "SecondHand"]

Kind = Literal["passages", "taxonomy", "both", "none"]


@dataclass(frozen=True, slots=True)
class SecondHand:
    """A source that reports the work of others: the primary works are the ones to cite."""

    works: tuple[str, ...]
    """Each primary work as its reference entry stands, ``Kapoor, S. et al. (2024). On the …``."""
    short: str
    """All of them in short, ``Kapoor et al. 2024``."""


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A quotation with everything needed to open it, show it and cite it."""

    n: int
    """The number it carries in the answer, from 1."""
    document_id: str
    path: str
    key: str
    title: str
    citation: str
    """Author-year citation with locator, ``(Eiras et al., 2024, § 4.4)``."""
    quote: str
    """Exactly ``text[locator.start:locator.end]`` of the document."""
    locator: Locator
    """The place of the quote."""
    passage: Span
    """The passage around the quote."""
    passage_text: str
    """Exactly ``text[passage.start:passage.end]``; the quote lies inside it."""
    score: float
    """Retrieval score of the passage, 0 to 1."""
    second_hand: SecondHand | None = None

    def as_json(self) -> dict[str, Any]:
        """The shape of ``sources`` in ``loccit ask --json``."""
        from corpus.locating import locator_json

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
        }


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence of an answer with the numbers of its sources."""

    text: str
    sources: tuple[int, ...]
    verbatim: bool
    """True only where ``text`` is the slice that its source's locator names."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What ``loccit ask`` found, or that it found nothing."""

    question: str
    standalone_question: str
    kind: Kind
    abstained: bool
    """No passage is good enough; then ``sentences`` and ``sources`` are empty and ``nearest`` is not."""
    confidence: float
    """0 to 1."""
    sentences: tuple[AnswerSentence, ...] = ()
    sources: tuple[CitedSource, ...] = ()
    nearest: tuple[CitedSource, ...] = ()
    taxonomy: TaxonomyAnswer | None = None
    notices: tuple[str, ...] = ()
    """What the reader should know: words not in the library, passages not embedded yet."""
    timings_ms: dict[str, float] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The shape of ``loccit ask --json``."""
        return {
            "question": self.question,
            "standalone_question": self.standalone_question,
            "kind": self.kind,
            "abstained": self.abstained,
            "confidence": round(self.confidence, 4),
            "answer": [
                {"text": sentence.text, "sources": list(sentence.sources), "verbatim": sentence.verbatim}
                for sentence in self.sentences
            ],
            "sources": [source.as_json() for source in self.sources],
            "nearest": [source.as_json() for source in self.nearest],
            "taxonomy": None if self.taxonomy is None else self.taxonomy.as_json(),
            "notices": list(self.notices),
            "timings_ms": {name: round(value, 1) for name, value in self.timings_ms.items()},
        }
