"""What an answer is: sentences, each with its sources, and the sources with their places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from assistant.citing import CitedSource
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
    supported: bool = True
    """Whether its sources say it: always for a slice; what a language model wrote is checked."""
    doubt: str = ""
    """What its sources do not say; empty where they say all."""


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
    written_by: str = ""
    """The language model that wrote the sentences, with its server; empty where they are slices."""
    service_failed: bool = False
    """A configured language model did not answer, and this is the answer without it."""
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
                {
                    "text": sentence.text,
                    "sources": list(sentence.sources),
                    "verbatim": sentence.verbatim,
                    "supported": sentence.supported,
                    "doubt": sentence.doubt,
                }
                for sentence in self.sentences
            ],
            "sources": [source.as_json() for source in self.sources],
            "nearest": [source.as_json() for source in self.nearest],
            "taxonomy": None if self.taxonomy is None else self.taxonomy.as_json(),
            "notices": list(self.notices),
            "written_by": self.written_by or None,
            "service_failed": self.service_failed,
            "timings_ms": {name: round(value, 1) for name, value in self.timings_ms.items()},
        }
