"""Which noun phrases of the conversation a question needs to stand alone.

Two small models, both fitted by ``python -m training.fit_followups`` and kept in ``data/salience.json``: a logistic
regression for whether the question lacks anything, and a conditional logit for which candidate it lacks (McFadden 1974,
"Conditional logit analysis of qualitative choice behavior"). A word is worth adding where its probability passes a
threshold, as F1 is greatest when each item more probable than half of the attainable F1 is taken.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from assistant.followup.candidates import Candidate, Conversation
from assistant.followup.dependence import Dependence
from assistant.followup.features import of_candidate, of_question
from assistant.followup.words import content_stems

__all__ = ["needed"]

_MOST = 2
"""Phrases added to one question."""


def missing(question: Dependence, conversation: Conversation) -> float:
    """Probability, 0 to 1, that the question lacks something that was said before."""
    if not conversation.candidates:
        return 0.0
    total = _dot(_model()["missing"], of_question(question, conversation))
    return 1 / (1 + math.exp(-total))


def needed(question: Dependence, conversation: Conversation) -> list[Candidate]:
    """The candidates that the question lacks, the most telling first; empty where it stands alone."""
    own = frozenset(stem for word in question.words for stem in content_stems(word.text))
    options = [c for c in conversation.candidates if c.chunk.stems - own]
    if question.complete:  # A short form of a name may still be given in full.
        options = [c for c in options if any(chunk.shortens(c.chunk) for chunk in question.chunks)]
    lacking = missing(question, conversation)
    chances = _chances(question, options)
    worth: dict[str, float] = defaultdict(float)
    for candidate, chance in zip(options, chances, strict=True):
        for stem in candidate.chunk.stems - own:
            worth[stem] += lacking * chance
    threshold = _model()["decision"]["slot" if question.open_slots else "no slot"]
    chosen: list[Candidate] = []
    held = set(own)

    def gain(candidate: Candidate) -> float:
        return sum(worth[stem] - threshold for stem in candidate.chunk.stems - held)

    while options and len(chosen) < _MOST:
        best = max(options, key=gain)
        if gain(best) <= 0:
            break
        chosen.append(best)
        held |= best.chunk.stems
        options.remove(best)
    return chosen


def _chances(question: Dependence, options: list[Candidate]) -> list[float]:
    weights = _model()["choice"]
    totals = [_dot(weights, of_candidate(question, candidate)) for candidate in options]
    highest = max(totals, default=0.0)
    powers = [math.exp(total - highest) for total in totals]
    return [power / sum(powers) for power in powers]


def _dot(weights: Mapping[str, float], named: Mapping[str, float]) -> float:
    return weights.get("bias", 0.0) + sum(weights.get(name, 0.0) * value for name, value in named.items())


@cache
def _model() -> dict[str, dict[str, float]]:
    data = json.loads(files("assistant.followup").joinpath("data/salience.json").read_text("utf-8"))
    return {part: {name: float(w) for name, w in data[part].items()} for part in ("missing", "choice", "decision")}
