"""The noun phrases of a conversation that a question lacks, chosen by salience.

Two small models with the coefficients of ``data/salience.json``, fitted by ``python -m benchmarks.fit_followups``: a logistic
regression for whether the question lacks anything, and a conditional logit for which candidate it lacks (McFadden 1974,
"Conditional logit analysis of qualitative choice behavior"). No feature is a word of the conversation, so they transfer
across domains.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.followup.anaphora import Form, NounPhrase, Question, parse

__all__ = ["Candidate", "Conversation", "candidate_features", "lacking", "question_features"]

_REMEMBERED = 4
"""Number of latest questions that are looked at, besides the first."""
_LONGEST = 600
"""Code points of each question that are looked at."""
_QUESTION_WORDS = frozenset("what how is are was were why who when where which do does did can tell".split())


@dataclass(frozen=True, slots=True)
class Candidate:
    """A noun phrase of the conversation, at its last mention."""

    phrase: NounPhrase
    distance: int
    """Number of questions back; 1 for the last question."""
    mentions: int
    """Number of questions with all of its words."""
    first: bool
    """The first question is the only one with it."""
    opening: bool
    """The first question has all of its words."""
    nested: bool
    """It is part of a longer phrase of its question."""
    longest: bool
    """No other candidate has all of its words and more."""
    forms: frozenset[Form]
    """Forms of the slots in its question."""
    fresh: int
    """Number of independent questions since."""
    rank: int
    """Number of more recent subjects in independent questions."""
    introduced: bool
    """Its question asks what it is."""


class Conversation:
    """The noun phrases of the questions asked so far."""

    def __init__(self, questions: Sequence[str]) -> None:
        kept = [n for n in range(len(questions)) if n == 0 or n >= len(questions) - _REMEMBERED]
        self.questions = [parse(questions[n][:_LONGEST]) for n in kept]
        places: dict[frozenset[str], tuple[int, NounPhrase]] = {}
        for place in reversed(range(len(kept))):
            for phrase in self.questions[place].phrases:
                if phrase.stems:
                    places.setdefault(phrase.stems, (place, phrase))
        self.candidates = tuple(
            self._candidate(place, phrase, len(questions) - kept[place], places) for place, phrase in places.values()
        )
        """Each noun phrase once, the latest first."""

    def _candidate(
        self, place: int, phrase: NounPhrase, distance: int, others: Mapping[frozenset[str], object]
    ) -> Candidate:
        question, stems = self.questions[place], phrase.stems
        independent = [later for later in self.questions[place + 1 :] if not later.depends]
        outer = list(question.outermost)
        before = next((n for n, other in enumerate(outer) if other.end >= phrase.end), 0)
        subjects = [*outer[:before], *(other for later in independent for other in later.outermost)]
        return Candidate(
            phrase=phrase,
            distance=distance,
            mentions=sum(stems <= other.stems for other in self.questions),
            first=place == 0,
            opening=stems <= self.questions[0].stems,
            nested=phrase not in outer,
            longest=not any(stems < other for other in others),
            forms=question.forms,
            fresh=len(independent),
            rank=sum(subject.general < 1 for subject in subjects),
            introduced=question.introduces(phrase),
        )


def lacking(question: Question, conversation: Conversation) -> NounPhrase | None:
    """Return the phrase that ``question`` lacks; None where it stands alone.

    A word is worth adding from a minimum probability, because F1 is greatest when each item more probable than half of
    the attainable F1 is taken.
    """
    options = [c for c in conversation.candidates if c.phrase.stems - question.stems]
    if question.is_complete:  # A short form of a name may still be given in full.
        options = [c for c in options if any(phrase.shortens(c.phrase) for phrase in question.phrases)]
    if not options:
        return None
    model = _model()
    lacks = 1 / (1 + math.exp(-_dot(model["missing"], question_features(question, conversation))))
    powers = [math.exp(_dot(model["choice"], candidate_features(question, candidate))) for candidate in options]
    worth: dict[str, float] = defaultdict(lambda: -model["decision"]["threshold"])
    for candidate, power in zip(options, powers, strict=True):
        for stem in candidate.phrase.stems:
            worth[stem] += lacks * power / sum(powers)
    total, best = max(
        ((sum(worth[stem] for stem in c.phrase.stems - question.stems), c.phrase) for c in options), key=lambda pair: pair[0]
    )
    return best if total > 0 else None


def question_features(question: Question, conversation: Conversation) -> dict[str, float]:
    """Features of whether the question lacks anything, without zeros."""
    last = conversation.questions[-1]
    first = question.words[0].lower if question.words else ""
    determiners = [phrase.determiner for phrase in question.phrases]
    named = {f"slot {form}": 1.0 for form in question.forms}
    named |= {
        f"first {first}": float(first in _QUESTION_WORDS),
        f"length {min(len(question.words) // 4, 4)}": 1.0,
        f"own phrases {min(len(question.own), 3)}": 1.0,
        "no slot": float(not question.slots),
        "opening": float(question.opening > 0),
        "depends": float(question.depends),
        "definite phrase": float("the" in determiners),
        "repeats the last": float(bool(question.stems & last.stems)),
    }
    return {name: value for name, value in named.items() if value}


def candidate_features(question: Question, candidate: Candidate) -> dict[str, float]:
    """Features of whether it is this candidate that the question lacks, without zeros."""
    phrase, forms = candidate.phrase, question.forms
    named = {
        "general in part": 0 < phrase.general < 1,
        "general": phrase.general == 1,
        f"words {min(len(phrase.words), 4)}": True,
        "nested": candidate.nested,
        "longest": candidate.longest,
        "the": phrase.determiner == "the",
        "a": phrase.determiner in ("a", "an"),
        "other determiner": phrase.determiner not in ("", "the", "a", "an"),
        "after of": phrase.before == "of",
        "after about": phrase.before == "about",
        "name": phrase.is_name,
        "last": candidate.distance == 1,
        "rank 0": candidate.rank == 0,
        "in focus": candidate.rank == 0 and candidate.fresh == 0,
        "in the first": candidate.opening,
        "of the first": candidate.first,
        "name of the first": candidate.first and phrase.is_name,
        "introduced last": candidate.introduced and candidate.fresh == 0,
        "no slot: of the first": not forms and candidate.first,
        "no slot: name": not forms and phrase.is_name,
        "slot: last": forms and candidate.distance == 1,
        "slot: rank 0": forms and candidate.rank == 0,
        "slot: in the first": forms and candidate.opening,
        "slot: same pronoun": candidate.forms & forms,
        "they: plural": "things" in forms and phrase.plural,
        "it: singular": "thing" in forms and not phrase.plural,
        "he or she: name": "person" in forms and phrase.is_name,
    }
    features = {name: 1.0 for name, holds in named.items() if holds}
    return features | {
        "distance": math.log(min(candidate.distance, 8)),
        "mentions": math.log(candidate.mentions),
        "fresh": math.log1p(min(candidate.fresh, 5)),
        "rank": math.log1p(min(candidate.rank, 8)),
    }


def _dot(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    return weights.get("bias", 0.0) + sum(weights.get(name, 0.0) * value for name, value in features.items())


@cache
def _model() -> dict[str, dict[str, float]]:
    data = json.loads(files("assistant.followup").joinpath("data/salience.json").read_text("utf-8"))
    return {part: {name: float(w) for name, w in data[part].items()} for part in ("missing", "choice", "decision")}
