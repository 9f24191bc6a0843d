"""Choosing sentences that answer together, and putting them in an order to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.antecedents import leans, with_antecedent
from assistant.answering.evidence import Evidence
from index.analyzer import stems
from index.words import TermWeights

__all__ = ["arrange", "select"]

_REPEAT_MALUS = 0.1
"""For each sentence that the same passage has given already."""
_NEW_WORDS = 0.1
"""For a sentence that covers all words of the question which the chosen ones leave out."""
_WORTH_SAYING = 0.6
"""A sentence worth less than this share of the best one adds nothing but length; see ``docs/benchmarks.md``."""
_SAME = 0.7
"""Share of words in common from which on two sentences say the same."""


def select(evidence: Sequence[Evidence], limit: int, weights: TermWeights) -> list[Evidence]:
    """The best sentences, at most ``limit``: none that repeats another, none far weaker than the best.

    Sentences that speak of what the chosen ones leave out come forward, further ones of the same passage are held
    back a little. One whose pronoun hangs in the air gets the sentence before it, or is passed over.
    """
    chosen: list[Evidence] = []
    seen: list[set[str]] = []
    given: Counter[int] = Counter()
    rest = list(evidence)
    covered = 0.0
    together: set[str] = set()

    def worth(item: Evidence) -> float:
        fresh = weights.coverage(together | stems(item.text)) - covered
        return item.score - _REPEAT_MALUS * given[item.hit.passage.passage_id] + _NEW_WORDS * fresh

    while rest and len(chosen) < limit:
        best = max(rest, key=worth)
        if chosen and best.score < _WORTH_SAYING * chosen[0].score:
            break
        rest.remove(best)
        grounded = _with_its_noun(best)
        if grounded is None:
            continue
        words = stems(grounded.text)
        if any(_likeness(words, other) >= _SAME for other in seen):
            continue
        seen.append(words)
        given[best.hit.passage.passage_id] += 1
        chosen.append(grounded)
        together |= words
        covered = weights.coverage(together)
    return _apart(chosen)


def arrange(chosen: Sequence[Evidence], first: Evidence | None = None) -> list[Evidence]:
    """The sentences grouped by document, the best document first, each one's in the order of its text.

    ``first`` is put in front, and its document with it.
    """
    order: dict[str, list[Evidence]] = {}
    ranked = [first, *chosen] if first is not None else list(chosen)
    for item in ranked:
        group = order.setdefault(item.stored.document_id, [])
        if item not in group:
            group.append(item)
    arranged = []
    for group in order.values():
        lead = [item for item in group if item is first]
        arranged += lead + sorted((item for item in group if item is not first), key=lambda item: item.span)
    return arranged


def _with_its_noun(item: Evidence) -> Evidence | None:
    if not leans(item.text):
        return item
    span = with_antecedent(item.stored.document, item.span)
    return None if span is None else replace(item, span=span)


def _apart(chosen: Sequence[Evidence]) -> list[Evidence]:
    """Without sentences that stand inside the longer slice of another one."""
    return [
        item
        for item in chosen
        if not any(
            other is not item
            and other.stored.document_id == item.stored.document_id
            and other.span.start <= item.span.start
            and item.span.end <= other.span.end
            and other.span != item.span
            for other in chosen
        )
    ]


def _likeness(some: set[str], others: set[str]) -> float:
    return len(some & others) / len(some | others) if some and others else 0.0
