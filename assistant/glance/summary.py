"""A summary of a document: for each part of its argument one to three of its own sentences, with their places."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from assistant.citing import CitedSource, make_source
from assistant.glance.roles import ESSAY, PAPER, Role
from assistant.glance.statements import Statement, Zone, statements
from corpus.locating import block_at
from corpus.model import Document, Span
from corpus.store import StoredDocument
from index.analyzer import stems
from index.query import query_terms

__all__ = ["Glance", "GlancePart", "glance_at"]

_ORDER = ("aim", "thesis", "method", "results", "arguments", "significance", "conclusion", "limitations")
_MARGIN = 0.75
"""Most by which the score of a further sentence of a part may lie below the best."""
_OPENING, _ENDING = 0.25, 0.8
"""Shares of an essay in which its thesis and its conclusion are looked for."""
_ALIKE = 0.5
"""Share of common telling words, by the shorter sentence, beyond which two sentences repeat each other."""


@dataclass(frozen=True, slots=True)
class GlancePart:
    """One part of a document's argument."""

    role: str
    """``aim``, ``method``, ``results``, ``significance``, ``limitations``; of essays ``thesis`` and so on."""
    sources: tuple[CitedSource, ...]
    """Its sentences in text order; none where no sentence scores enough."""


@dataclass(frozen=True, slots=True)
class Glance:
    """A document in its own sentences."""

    document_id: str
    key: str
    title: str
    form: str
    """``paper`` or ``essay``."""
    parts: tuple[GlancePart, ...]

    def as_json(self) -> dict[str, Any]:
        """The shape of an entry of ``documents`` in ``loccit glance --json``."""
        return {
            "document_id": self.document_id,
            "key": self.key,
            "title": self.title,
            "form": self.form,
            "parts": [
                {"role": part.role, "sentences": [source.as_json() for source in part.sources]} for part in self.parts
            ],
        }


def glance_at(stored: StoredDocument) -> Glance:
    """Choose the sentences that say what a document is about; each is a slice of its text."""
    document = stored.document
    found = statements(document)
    zones = {statement.zone for statement in found}
    paper = Zone.ABSTRACT in zones or document.kind == "paper" or zones >= {Zone.METHOD, Zone.RESULTS}
    chosen: dict[str, list[Statement]] = {}
    taken: list[Statement] = []
    for role in PAPER if paper else ESSAY:
        chosen[role.name] = _choose(role, found, taken, paper=paper)
        taken += chosen[role.name]
    parts, numbers = [], count(1)
    for name in sorted(chosen, key=_ORDER.index):
        spans = sorted(statement.span for statement in chosen[name])
        sources = [make_source(next(numbers), stored, span, _around(document, span), 1.0) for span in spans]
        parts.append(GlancePart(name, tuple(sources)))
    return Glance(stored.document_id, stored.key, stored.name, "paper" if paper else "essay", tuple(parts))


def _around(document: Document, span: Span) -> Span:
    block = block_at(document, span.start)
    return span if block is None else Span(block.start, max(block.end, span.end))


def _choose(role: Role, found: Sequence[Statement], taken: Sequence[Statement], *, paper: bool) -> list[Statement]:
    """The best sentences for a role, best first: none far below the best, none that repeats another."""
    scores = [(role.score(statement), statement) for statement in found if statement not in taken]
    scores = [(score + (0.0 if paper else _position_score(role, item)), item) for score, item in scores if score > 0]
    ranked = sorted(scores, key=lambda pair: -pair[0])
    chosen: list[Statement] = []
    for score, statement in ranked:
        if score < role.needed or len(chosen) == role.most or (chosen and score < ranked[0][0] - _MARGIN):
            break
        if not any(_alike(statement.text, other.text) for other in (*chosen, *taken)):
            chosen.append(statement)
    return chosen


def _position_score(role: Role, statement: Statement) -> float:
    """What the place in an essay adds: theses open, conclusions close."""
    if role.name == "arguments":
        return 0.0
    if role.name == "thesis":
        return 1.0 - 2 * statement.depth if statement.depth <= _OPENING else -9.0
    return statement.depth if statement.depth >= _ENDING else -9.0


def _alike(one: str, other: str) -> bool:
    """Whether two sentences say much the same in the same words, as abstract and conclusion do."""
    words, others = (stems(" ".join(query_terms(text))) for text in (one, other))
    return len(words & others) > _ALIKE * min(len(words), len(others))
