"""Where documents meet: pairs of their sentences that say the same, or the opposite, of the same thing.

Few pairs and sure ones: two sentences meet only where they are near in meaning, share telling words, and both state
something of their own authors'. They disagree where one of them denies what the other says, or says the contrary word of
the same; that is read from wording, so a disagreement between the lines is not found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

from assistant.citing import CitedSource, make_source
from assistant.glance.statements import Statement, statements
from assistant.glance.zones import Zone
from corpus.model import Span
from corpus.store import StoredDocument
from index.embedder import Vectors
from index.lexical import query_terms
from index.words import stems

__all__ = ["Comparer", "Meeting", "contrary"]

_PER_DOCUMENT = 60
_AGREEING, _DISAGREEING = 0.72, 0.62
"""Cosines from which two sentences are taken to speak of the same thing."""
_SHARED = 3
_MOST_PAIRS = 6

_CLAIM = re.compile(
    r"\b(?:show|find|found|demonstrat|suggest|argu|conclud|observ|indicat|reveal|confirm|outperform|improv|reduc|increas|"
    r"better|worse|should|must|cannot|can be|is not|are not|does not|do not|need|effective|lead|harm|benefit|risk|requir)\w*",
    re.I,
)
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
        for one, other in combinations(range(len(claims)), 2):
            if claims[one][0] is claims[other][0] or cosines[one, other] < _DISAGREEING:
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
    if len(shared) < _SHARED or len(shared) < 0.4 * min(len(words), len(others)):
        return None, ""
    because = contrary(one, other)
    if because:
        # A negation says nothing unless the rest is much the same.
        return ("disagree", because) if len(shared) >= 0.5 * min(len(words), len(others)) else (None, "")
    if bool(_NOT.search(one)) != bool(_NOT.search(other)):
        return None, ""
    return "agree", ""


def _claims(stored: StoredDocument) -> list[Statement]:
    """Sentences that claim something for their own document, the plainest first."""
    found = [
        statement
        for statement in statements(stored.document)
        if statement.zone not in (Zone.RELATED, Zone.FRONT, Zone.METHOD)
        and statement.cites == 0
        and not statement.hanging
        and statement.flaw < 1
        and _CLAIM.search(statement.text)
    ]
    preferred = (Zone.ABSTRACT, Zone.CONCLUSION, Zone.RESULTS, Zone.DISCUSSION, Zone.INTRODUCTION)
    found.sort(key=lambda item: preferred.index(item.zone) if item.zone in preferred else len(preferred))
    return found[:_PER_DOCUMENT]


def _source(n: int, stored: StoredDocument, statement: Statement) -> CitedSource:
    span: Span = statement.span
    return make_source(n, stored, span, span, 1.0)
