"""Where documents meet: pairs of their sentences that say the same, or the opposite, of the same thing.

Few pairs and sure ones: two sentences meet only where they are near in meaning, share telling words, and both state
something of their own authors'. They disagree where one of them denies what the other says, or says the contrary word
of the same; that is read from wording, so a disagreement between the lines is not found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from assistant.citing import CitedSource, make_source
from assistant.glance.roles import CLAIMING
from assistant.glance.statements import Statement, Zone, statements
from corpus.model import Span
from corpus.store import StoredDocument
from index.analyzer import stems
from index.embedding.embedder import Vectors
from index.query import query_terms

__all__ = ["Comparer", "Meeting"]

_PER_DOCUMENT = 60
_AGREEING, _DISAGREEING = 0.75, 0.65
"""Cosines from which two sentences are taken to speak of the same thing."""
_SHARED = 3
_SUBJECT = 2
"""Words that two sentences share beyond those that every report has."""
_BEHIND_NOT = 5
"""Words behind a negation that it may be of."""
_FLAWED = 0.6
_LEAST_WORTH = 0.8
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
_CONTRARIES = (
    ("increase", "decrease"), ("increase", "reduce"), ("improve", "worsen"), ("improve", "degrade"), ("improve", "hurt"),
    ("better", "worse"), ("higher", "lower"), ("more", "less"), ("more", "fewer"), ("help", "hurt"), ("benefit", "harm"),
    ("effective", "ineffective"), ("possible", "impossible"), ("safe", "unsafe"), ("sufficient", "insufficient"),
    ("outperform", "underperform"), ("necessary", "unnecessary"), ("reliable", "unreliable"), ("strong", "weak"),
    ("easy", "difficult"), ("support", "oppose"), ("open", "closed"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two sentences of different documents on the same thing."""

    kind: Literal["agree", "disagree"]
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
        return self._meetings(sorted(pairs, key=lambda pair: -pair[0]), claims)

    @staticmethod
    def _meetings(
        pairs: Sequence[tuple[float, Literal["agree", "disagree"], str, int, int]],
        claims: Sequence[tuple[StoredDocument, Statement]],
    ) -> list[Meeting]:
        meetings: list[Meeting] = []
        used: set[int] = set()
        for cosine, kind, because, one, other in pairs:
            if {one, other} & used or sum(meeting.kind == kind for meeting in meetings) == _MOST_PAIRS:
                continue
            used |= {one, other}
            n = 2 * len(meetings) + 1
            first, second = (_source(n + k, *claims[position]) for k, position in enumerate((one, other)))
            meetings.append(Meeting(kind, first, second, cosine, because))
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


def _relation(one: str, other: str) -> tuple[Literal["agree", "disagree"] | None, str]:
    words, others = (stems(" ".join(query_terms(text))) for text in (one, other))
    shared = words & others
    share = len(shared) / max(1, min(len(words), len(others)))
    if len(shared) < _SHARED or share < 0.5 or len(shared - stems(_STOCK)) < _SUBJECT:
        return None, ""
    because = contrary(one, other)
    if because and "against" in because:
        return "disagree", because
    if because:
        # A negation says nothing unless it is of what both speak of, and the rest is much the same.
        return ("disagree", because) if share >= 0.6 and _negates(one, other, shared) else (None, "")
    if bool(_NOT.search(one)) != bool(_NOT.search(other)) or not shared & stems(_PREDICATES):
        return None, ""
    return "agree", ""


def _negates(one: str, other: str, shared: set[str]) -> bool:
    """Whether the one negation of two sentences stands before words that both have."""
    match = _NOT.search(one)
    text = one if match else other
    match = match or _NOT.search(other)
    return match is not None and bool(stems(" ".join(text[match.end() :].split()[:_BEHIND_NOT])) & shared)


def _claims(stored: StoredDocument) -> list[Statement]:
    """Sentences that claim something for their own document, the plainest first."""
    ranked = sorted(
        (
            (max(role.worth(item) for role in CLAIMING), item)
            for item in statements(stored.document)
            if item.zone is not Zone.RELATED and item.flaw < _FLAWED and not item.cites and not item.hanging
        ),
        key=lambda pair: -pair[0],
    )
    return [item for worth, item in ranked[:_PER_DOCUMENT] if worth >= _LEAST_WORTH]


def _source(n: int, stored: StoredDocument, statement: Statement) -> CitedSource:
    span: Span = statement.span
    return make_source(n, stored, span, span, 1.0)
