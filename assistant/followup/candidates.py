"""The noun phrases of a conversation that a question may mean, with where and how often they were said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.followup.chunks import Chunk
from assistant.followup.dependence import Dependence, Form, examine, introduces
from assistant.followup.words import content_stems

__all__ = ["Candidate", "Conversation"]

_TURNS = 8
"""So many questions back a phrase is remembered; the first question always is."""
_LONGEST = 600
"""Code points of each question that are looked at."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A noun phrase of the conversation that the question may mean."""

    chunk: Chunk
    """Where it was mentioned last."""
    distance: int
    """1: in the last question."""
    mentions: int
    """How many questions hold all of its words."""
    share: float
    """The mean share of the questions that hold one of its words."""
    opening: bool
    """The first question holds all of its words."""
    first: bool
    """Its last mention is in the first question."""
    nested: bool
    """It is part of a longer phrase of the same question."""
    longest: bool
    """No other candidate has all of its words and more."""
    forms: frozenset[Form]
    """The open slots of its question."""
    hanging: bool
    """Its question hung on what was said before."""
    fresh: int
    """Questions since then that did not hang on what was said before."""
    rank: int
    """How many subjects of questions that did not hang on anything are more recent."""
    ends: bool
    """Its question ends with it."""
    introduced: bool
    """Its question asks what it is, or to be told about it."""
    followed: frozenset[Form]
    """The open slots that all questions since then have in common; empty where there are none."""


class Conversation:
    """The questions asked so far, taken apart."""

    def __init__(self, questions: Sequence[str]) -> None:
        self.length = len(questions)
        kept = [n for n in range(len(questions)) if n == 0 or n >= len(questions) - _TURNS]
        self._questions = [questions[n][:_LONGEST] for n in kept]
        self._distances = [len(questions) - n for n in kept]
        self._turns = [examine(question) for question in self._questions]
        self._stems = [content_stems(question) for question in self._questions]
        self._counts = Counter(stem for stems in self._stems for stem in stems)
        self.candidates = self._candidates()
        """Each noun phrase once, the latest first."""

    @property
    def last_stems(self) -> frozenset[str]:
        """The stems of the last question."""
        return self._stems[-1] if self._stems else frozenset()

    def mentions(self, stem: str) -> int:
        """How many of the questions hold a word with that stem."""
        return self._counts[stem]

    def _candidates(self) -> tuple[Candidate, ...]:
        places: list[tuple[int, Chunk]] = []
        seen: set[frozenset[str]] = set()
        for place in reversed(range(len(self._turns))):
            for chunk in self._turns[place].chunks:
                if chunk.stems and chunk.stems not in seen:
                    seen.add(chunk.stems)
                    places.append((place, chunk))
        return tuple(self._candidate(place, chunk, seen) for place, chunk in places)

    def _candidate(self, place: int, chunk: Chunk, all_stems: set[frozenset[str]]) -> Candidate:
        turn = self._turns[place]
        outer = outermost(turn)
        stems = chunk.stems
        later = range(place + 1, len(self._turns))
        followed = frozenset.intersection(*(self._turns[n].forms for n in later)) if later else frozenset()
        subjects = [sum(c.general < 1 for c in outermost(self._turns[n])) for n in later if not self._turns[n].hangs]
        before = next((n for n, other in enumerate(outer) if _within(chunk, other) or other == chunk), 0)
        return Candidate(
            chunk=chunk,
            distance=self._distances[place],
            mentions=sum(stems <= others for others in self._stems),
            share=sum(self._counts[stem] for stem in stems) / len(stems) / len(self._turns),
            opening=stems <= self._stems[0],
            first=place == 0,
            nested=chunk not in outer,
            longest=not any(stems < others for others in all_stems),
            forms=turn.forms,
            hanging=place > 0 and turn.hangs,
            fresh=sum(not self._turns[n].hangs for n in later),
            rank=sum(subjects) + sum(c.general < 1 for c in outer[:before]),
            ends=turn.words[-1] in chunk.words,
            introduced=introduces(self._questions[place], chunk),
            followed=followed,
        )


def outermost(turn: Dependence) -> list[Chunk]:
    """The noun phrases of a question that are no part of a longer one."""
    return [chunk for chunk in turn.chunks if not any(_within(chunk, other) for other in turn.chunks)]


def _within(chunk: Chunk, other: Chunk) -> bool:
    return other.start <= chunk.start and chunk.end <= other.end and other.end - other.start > chunk.end - chunk.start
