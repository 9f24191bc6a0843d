"""What an answer is: sentences, each with its sources, and the sources with their places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from assistant.citing import CitedSource
from assistant.followup import PastTurn
from assistant.taxonomy import TaxonomyAnswer

__all__ = ["Answer", "AnswerSentence"]

Kind = Literal["passages", "taxonomy", "both", "none"]


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
    """The question that was looked up: the same, or what it means after those before it."""
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

    def as_turn(self) -> PastTurn:
        """What the next question needs to know of this one."""
        return PastTurn(self.question, self.standalone_question, tuple(source.title for source in self.sources))

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
