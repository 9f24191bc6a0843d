"""Comparison of documents: pairs of their sentences that say the same, or the opposite, of the same thing.

Two sentences meet only where they are near in meaning, share telling words, and both claim something for their own
document. They disagree where one denies what the other says, or has the contrary word.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from assistant.citing import CitedSource, make_source
from assistant.glance.roles import CLAIMING
from assistant.glance.statements import Statement, Zone, statements
from corpus.store import StoredDocument
from index.analyzer import stems
from index.embedding.embedder import Vectors
from index.query import query_terms

__all__ = ["Comparer", "Meeting"]

_PER_DOCUMENT = 60
"""Claims compared of each document."""
_AGREEING, _DISAGREEING = 0.75, 0.65
"""Minimum cosines of two sentences on the same thing."""
_SHARED, _SUBJECT = 3, 2
"""Minimum numbers of stems that two sentences share: in all, and beyond those that every report has."""
_SCOPE = 5
"""Words after a negation that it can govern."""
_MAX_PENALTY, _MIN_SCORE = 0.6, 0.8
_MOST_PAIRS = 6

_PREDICATES = (
    "improve outperform increase decrease reduce exceed help hurt harm benefit better worse higher lower effective "
    "ineffective sufficient insufficient bias biased require need depend fail succeed lead cause risk safe unsafe reliable "
    "unreliable robust sensitive possible impossible necessary beneficial degrade enable prevent closed open revoke recall "
    "monitor difficult easy superior inferior"
)
"""What a sentence can say of its subject; two that agree have one of these in common."""
_STOCK = (
    "show demonstrate find result results experiment experimental empirical evaluation evaluate human automatic approach "
    "method methods model models system proposed propose paper work baseline baselines strong significantly substantial "
    "performance better outperform improve state art dataset datasets data task tasks use using significant conditions"
)
"""Words of reports in general: sharing them is no agreement."""
_NOT = re.compile(r"\b(?:not|no|never|none|neither|nor|without|cannot|hardly|fails? to|unable to)\b|n[’']t\b", re.I)
_CONTRARIES = [tuple(pair.split("/")) for pair in (
    "increase/decrease increase/reduce improve/worsen improve/degrade improve/hurt better/worse higher/lower more/less "
    "more/fewer help/hurt benefit/harm effective/ineffective possible/impossible safe/unsafe sufficient/insufficient "
    "outperform/underperform necessary/unnecessary reliable/unreliable strong/weak easy/difficult support/oppose open/closed"
).split()]  # fmt: skip

_Kind = Literal["agree", "disagree"]


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two sentences of different documents on the same thing."""

    kind: _Kind
    first: CitedSource
    second: CitedSource
    cosine: float
    because: str
    """What makes it a disagreement, ``“not”`` or a contrary pair; empty for agreement."""

    def as_json(self) -> dict[str, Any]:
        """The shape of an entry of ``meetings`` in ``loccit glance --json``."""
        return {
            "kind": self.kind,
            "because": self.because,
            "cosine": round(self.cosine, 4),
            "sentences": [self.first.as_json(), self.second.as_json()],
        }


class Comparer:
    """Compares documents by their claims."""

    def __init__(self, embed: Callable[[Sequence[str]], Vectors]) -> None:
        self._embed = embed

    def compare(self, documents: Sequence[StoredDocument]) -> list[Meeting]:
        """Where two of ``documents`` agree or disagree, nearest first; no sentence is in two pairs.

        Raises:
            ModelError: the embedding model cannot be used.
        """
        claims = [(stored, claim) for stored in documents for claim in _claims(stored)]
        if not claims:
            return []
        vectors = self._embed([claim.text for _, claim in claims])
        cosines = vectors @ vectors.T
        pairs = []
        for one, other in np.argwhere(np.triu(cosines, 1) >= _DISAGREEING).tolist():
            if claims[one][0] is claims[other][0]:
                continue
            kind, because = _relation(claims[one][1].text, claims[other][1].text)
            if kind and cosines[one, other] >= (_AGREEING if kind == "agree" else _DISAGREEING):
                pairs.append((float(cosines[one, other]), kind, because, one, other))
        meetings: list[Meeting] = []
        used: set[int] = set()
        for cosine, kind, because, one, other in sorted(pairs, key=lambda pair: -pair[0]):
            if {one, other} & used or sum(meeting.kind == kind for meeting in meetings) == _MOST_PAIRS:
                continue
            used |= {one, other}
            n = 2 * len(meetings) + 1
            meetings.append(Meeting(kind, _source(n, claims[one]), _source(n + 1, claims[other]), cosine, because))
        return meetings


def contrary(one: str, other: str) -> str:
    """What makes two sentences on the same thing contrary: a negation of one alone, or a contrary word; else nothing.

    >>> contrary("Data helps the model.", "Data does not help the model.")
    '“not”'
    >>> contrary("It increases the risk.", "It decreases the risk.")
    '“increase” against “decrease”'
    """
    negations = [_NOT.findall(text) for text in (one, other)]
    words, others = (stems(text) for text in (one, other))
    for left, right in _CONTRARIES:
        lefts, rights = stems(left), stems(right)
        for mine, theirs in ((words, others), (others, words)):
            if lefts <= mine and rights <= theirs and not lefts & theirs and not rights & mine:
                return "" if any(negations) else f"“{left}” against “{right}”"
    if len(negations[0]) + len(negations[1]) == 1:
        return f"“{(negations[0] or negations[1])[0].casefold()}”"
    return ""


def _relation(one: str, other: str) -> tuple[_Kind | None, str]:
    """How two sentences meet, and what makes it a disagreement; None where they do not speak of the same thing."""
    words, others = (stems(" ".join(query_terms(text))) for text in (one, other))
    shared = words & others
    share = len(shared) / max(1, min(len(words), len(others)))
    if len(shared) < _SHARED or share < 0.5 or len(shared - stems(_STOCK)) < _SUBJECT:
        return None, ""
    because = contrary(one, other)
    if because and "against" in because:
        return "disagree", because
    if because:
        # A negation counts only where it governs what both speak of, and the rest is much the same.
        after = _NOT.split(one if _NOT.search(one) else other, maxsplit=1)[1]
        governed = stems(" ".join(after.split()[:_SCOPE])) & shared
        return ("disagree", because) if share >= 0.6 and governed else (None, "")
    if bool(_NOT.search(one)) != bool(_NOT.search(other)) or not shared & stems(_PREDICATES):
        return None, ""
    return "agree", ""


def _claims(stored: StoredDocument) -> list[Statement]:
    """Sentences that claim something for their own document, highest score first."""
    candidates = (
        (max(role.score(item) for role in CLAIMING), item)
        for item in statements(stored.document)
        if item.zone is not Zone.RELATED and item.penalty < _MAX_PENALTY and not item.cites and not item.continues
    )
    ranked = sorted(candidates, key=lambda pair: -pair[0])
    return [item for score, item in ranked[:_PER_DOCUMENT] if score >= _MIN_SCORE]


def _source(n: int, claim: tuple[StoredDocument, Statement]) -> CitedSource:
    stored, statement = claim
    return make_source(n, stored, statement.span, statement.span, 1.0)
