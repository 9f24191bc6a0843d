"""The noun phrase of the conversation that a question lacks, chosen by salience.

Two models with the coefficients of ``data/salience.json``, fitted by ``python -m training.fit_followups``: a logistic
regression for whether the question lacks anything, and a conditional logit for which candidate it lacks (McFadden 1974,
"Conditional logit analysis of qualitative choice behavior"). No feature is a word of the conversation, so they transfer
across domains.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from assistant.followup.anaphora import NounPhrase, Question

__all__ = ["Candidate", "Conversation", "candidate_features", "lacking", "question_features"]

_REMEMBERED = 4
"""Number of latest questions that are looked at, besides the first."""
_LONGEST = 600
"""Code points of each question that are looked at."""


class Candidate(NamedTuple):
    """A noun phrase of the conversation, at its last mention."""

    phrase: NounPhrase
    place: int
    """Index of its question in ``Conversation.questions``."""
    nested: bool
    """It is part of a longer phrase of its question."""


class Conversation:
    """The first and the latest questions, and the noun phrases in them."""

    def __init__(self, questions: Sequence[str]) -> None:
        kept = [*questions[:1], *questions[1:][-_REMEMBERED:]]
        self.questions = [Question(question[:_LONGEST]) for question in kept]
        self.candidates: list[Candidate] = []
        """Each noun phrase once, the latest first."""
        seen: set[frozenset[str]] = set()
        for place in reversed(range(len(kept))):
            reach = 0
            for phrase in self.questions[place].phrases:
                if phrase.stems and phrase.stems not in seen:
                    seen.add(phrase.stems)
                    self.candidates.append(Candidate(phrase, place, nested=phrase.end <= reach))
                reach = max(reach, phrase.end)


def lacking(question: Question, conversation: Conversation) -> NounPhrase | None:
    """Return the phrase that ``question`` lacks; None where it stands alone.

    A word is worth adding from a minimum probability, because F1 is greatest when each item more probable than half of
    the attainable F1 is taken. The phrase is chosen whose words are worth most.
    """
    options = [c for c in conversation.candidates if c.phrase.stems - question.stems]
    new_names = question.named - frozenset[str]().union(*(other.stems for other in conversation.questions))
    if question.is_complete or new_names:  # A short form of a name may still be given in full.
        options = [c for c in options if any(phrase.shortens(c.phrase) for phrase in question.phrases)]
    if not options:
        return None
    model = _model()
    lacks = 1 / (1 + math.exp(-_dot(model["missing"], question_features(question, conversation))))
    powers = [math.exp(_dot(model["choice"], candidate_features(question, conversation, c))) for c in options]
    worth: dict[str, float] = defaultdict(lambda: -model["decision"]["threshold"])
    for candidate, power in zip(options, powers, strict=True):
        for stem in candidate.phrase.stems:
            worth[stem] += lacks * power / sum(powers)
    totals = [sum(worth[stem] for stem in c.phrase.stems - question.stems) for c in options]
    return options[totals.index(max(totals))].phrase if max(totals) > 0 else None


def question_features(question: Question, conversation: Conversation) -> dict[str, float]:
    """Features of whether the question lacks anything, without zeros."""
    features = {f"slot {slot.form}": 1.0 for slot in question.slots}
    features |= {f"length {min(len(question.words) // 4, 4)}": 1.0, f"own phrases {min(len(question.own), 3)}": 1.0}
    named = {
        "no slot": not question.slots,
        "opening": question.opening > 0,
        "repeats the last": bool(question.stems & conversation.questions[-1].stems),
    }
    return features | {name: 1.0 for name, holds in named.items() if holds}


def candidate_features(question: Question, conversation: Conversation, candidate: Candidate) -> dict[str, float]:
    """Features of whether it is this candidate that the question lacks, without zeros."""
    (phrase, place, nested), forms = candidate, {slot.form for slot in question.slots}
    origin, later = conversation.questions[place], conversation.questions[place + 1 :]
    independent = sum(not other.depends for other in later)
    named = {
        "general": phrase.general == 1,
        "general in part": 0 < phrase.general < 1,
        f"words {min(len(phrase.words), 4)}": True,
        "nested": nested,
        "the": phrase.determiner == "the",
        "after of": phrase.before == "of",
        "after about": phrase.before == "about",
        "name": phrase.is_name,
        "last": not later,
        "of the first": place == 0,
        "introduced last": not independent and origin.introduces(phrase),
        "slot: last": forms and not later,
        "slot: same form": any(slot.form in forms for slot in origin.slots),
        "they: plural": "things" in forms and phrase.is_plural,
        "it: singular": "thing" in forms and not phrase.is_plural,
        "he or she: name": "person" in forms and phrase.is_name,
    }
    return {name: 1.0 for name, holds in named.items() if holds} | {
        "mentions": math.log(sum(phrase.stems <= other.stems for other in conversation.questions)),
        "independent": math.log1p(independent),
    }


def _dot(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    return weights.get("bias", 0.0) + sum(weights.get(name, 0.0) * value for name, value in features.items())


@cache
def _model() -> dict[str, dict[str, float]]:
    data = json.loads(files("assistant.followup").joinpath("data/salience.json").read_text("utf-8"))
    return {part: {name: float(w) for name, w in data[part].items()} for part in ("missing", "choice", "decision")}
