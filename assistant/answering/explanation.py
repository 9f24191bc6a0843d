"""How an answer came about: the question as read, both rankings, the scores, the confidence and what it rests on."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["Explanation", "RankedPassage", "RankedSentence"]


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage found, with its place in each ranking."""

    document: str
    """Title, or the file's name."""
    place: str
    cosine: float
    dense_rank: int
    """Place by meaning among the passages shown, from 1."""
    bm25: float
    lexical_rank: int | None
    """Place by words; None where it shares none with the question."""
    score: float
    """Both and all further features together, by which the passages are in order."""


@dataclass(frozen=True, slots=True)
class RankedSentence:
    """A sentence weighed as an answer."""

    text: str
    cosine: float
    coverage: float
    score: float
    chosen: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that decided an answer."""

    kind: str
    """What kind of answer the question was read to want."""
    asked: str
    """The phrase that the answer has to speak of."""
    words: tuple[tuple[str, float], ...]
    """The telling words of the question with their weights, heaviest first."""
    passages: tuple[RankedPassage, ...]
    sentences: tuple[RankedSentence, ...]
    features: dict[str, float]
    """What the confidence is computed from."""
    confidence: float
    threshold: float
    """Below it, the answer is "not in your library"."""

    def as_json(self) -> dict[str, Any]:
        """The shape of ``explanation`` in ``loccit ask --explain --json``."""
        return asdict(self)
