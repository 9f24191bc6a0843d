"""Answer: sentences with their sources, timings, and an explanation of how it came about."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from assistant.citing import CitedSource
    from assistant.taxonomy import TaxonomyAnswer

__all__ = [
    "SOME",
    "STRONG",
    "Answer",
    "AnswerSentence",
    "Clock",
    "Explanation",
    "RankedPassage",
    "RankedSentence",
]


class Clock:
    """Milliseconds spent in each step of an answer; steps of one name add up."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = self._begun = time.perf_counter()

    def lap(self, name: str) -> None:
        """Record the time since the last lap under ``name``, and the total."""
        now = time.perf_counter()
        self.laps[name] = self.laps.get(name, 0.0) + (now - self._last) * 1000
        self.laps["total"] = (now - self._begun) * 1000
        self._last = now


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage found, with its rank by meaning and by words."""

    document: str
    """Title, or the file's name."""
    place: str
    cosine: float
    dense_rank: int
    """Rank by meaning among the passages shown, from 1."""
    bm25: float
    lexical_rank: int | None
    """Rank by words; None where it shares none with the question."""
    score: float
    """Ranking score, from both and all further features; the passages are in its order."""


@dataclass(frozen=True, slots=True)
class RankedSentence:
    """A sentence scored as an answer."""

    text: str
    coverage: float
    """Weighted share of the question's words in it."""
    score: float
    """The judge's, 0 to 1."""
    chosen: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that decided an answer."""

    kind: str
    """The kind of answer that the question asks for."""
    words: tuple[tuple[str, float], ...]
    """The content words of the question with their idf weights, heaviest first, ties by word."""
    passages: tuple[RankedPassage, ...]
    sentences: tuple[RankedSentence, ...]
    features: dict[str, float]
    """What the confidence is computed from."""
    confidence: float
    threshold: float
    """Minimum confidence; below it the answer is "not in your library"."""

    def as_json(self) -> dict[str, Any]:
        """The shape of ``explanation`` in ``loccit ask --explain --json``."""
        return asdict(self)


Kind = Literal["passages", "taxonomy", "both", "none", "library"]
Strength = Literal["strong", "some", "weak", "none"]

STRONG, SOME = 0.85, 0.6
"""Lowest confidence of strong and of some evidence. On texts kept apart the first sentence of 94 in a hundred such
answers answers, of 80, and of 62 with weak evidence (``docs/benchmarks.md``)."""


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence of an answer with the numbers of its sources."""

    text: str
    sources: tuple[int, ...]
    verbatim: bool
    """True only where ``text`` is the slice that its source's locator names."""
    supported: bool = True
    """Whether its sources say it: True for a slice; checked for what a language model wrote."""
    doubt: str = ""
    """What its sources do not say; empty where they say all."""
    heading: str = ""
    """What the sentence is about: a side, a subject compared, a document of a list; empty in a plain answer."""

    def as_json(self) -> dict[str, Any]:
        """An entry of ``answer`` in ``loccit ask --json``."""
        return {
            "text": self.text,
            "sources": list(self.sources),
            "verbatim": self.verbatim,
            "supported": self.supported,
            "doubt": self.doubt,
            "heading": self.heading,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What ``loccit ask`` found, or that it found nothing."""

    question: str
    standalone_question: str
    """The question that was looked up: the same, or a follow-up made to stand alone."""
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
    explanation: Explanation | None = field(default=None, compare=False)
    """How it came about."""

    @property
    def evidence(self) -> Strength:
        """The confidence as a word; none where no passage is good enough."""
        if self.abstained:
            return "none"
        return "strong" if self.confidence >= STRONG else "some" if self.confidence >= SOME else "weak"

    def as_json(self, *, explain: bool = False) -> dict[str, Any]:
        """The shape of ``loccit ask --json``; with ``explain``, how it came about as well."""
        data = {
            "question": self.question,
            "standalone_question": self.standalone_question,
            "kind": self.kind,
            "abstained": self.abstained,
            "confidence": round(self.confidence, 4),
            "evidence": self.evidence,
            "answer": [sentence.as_json() for sentence in self.sentences],
            "sources": [source.as_json() for source in self.sources],
            "nearest": [source.as_json() for source in self.nearest],
            "taxonomy": None if self.taxonomy is None else self.taxonomy.as_json(),
            "notices": list(self.notices),
            "written_by": self.written_by or None,
            "service_failed": self.service_failed,
            "timings_ms": {name: round(value, 1) for name, value in self.timings_ms.items()},
        }
        if explain and self.explanation is not None:
            data["explanation"] = self.explanation.as_json()
        return data
