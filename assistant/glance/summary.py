"""A document at a glance: for each part of its argument one to three of its own sentences, with their places."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.citing import CitedSource, make_source
from assistant.glance.roles import ESSAY, PAPER, Role
from assistant.glance.statements import Statement, Zone, statements
from corpus.model import Document, Span
from corpus.store import StoredDocument
from index.analyzer import stems
from index.query import query_terms

__all__ = ["Glance", "GlancePart", "glance_at"]

_ORDER = ("aim", "thesis", "method", "results", "arguments", "significance", "conclusion", "limitations")
_BEHIND = 0.75
"""How much less than the best a further sentence of the same part may be worth."""
_OPENING, _ENDING = 0.25, 0.8
"""Shares of an essay in which its thesis and its conclusion are looked for."""
_ALIKE = 0.5
"""Share of the telling words of the shorter of two sentences."""


@dataclass(frozen=True, slots=True)
class GlancePart:
    """One part of a document's argument."""

    role: str
    """``aim``, ``method``, ``results``, ``significance``, ``limitations``; of essays ``thesis`` and so on."""
    sources: tuple[CitedSource, ...]
    """Its sentences in text order; none where the document has none that say it plainly."""


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
    found = statements(stored.document)
    paper = _is_paper(stored.document, found)
    chosen: dict[str, list[Statement]] = {}
    taken: list[Statement] = []
    for role in PAPER if paper else ESSAY:
        chosen[role.name] = _choose(role, found, taken, _whereabouts(role, paper=paper))
        taken += chosen[role.name]
    parts, n = [], 1
    for name in sorted(chosen, key=_ORDER.index):
        sources = []
        for statement in sorted(chosen[name], key=lambda item: item.span):
            around = _paragraph(stored.document, statement.span)
            sources.append(make_source(n, stored, statement.span, around, 1.0))
            n += 1
        parts.append(GlancePart(name, tuple(sources)))
    return Glance(stored.document_id, stored.key, stored.name, "paper" if paper else "essay", tuple(parts))


def _is_paper(document: Document, found: Sequence[Statement]) -> bool:
    """Whether it reports research: it has an abstract, or is headed as papers are."""
    held = {statement.zone for statement in found}
    return Zone.ABSTRACT in held or document.kind == "paper" or held >= {Zone.METHOD, Zone.RESULTS}


def _whereabouts(role: Role, *, paper: bool) -> Callable[[Statement], float]:
    """What the place in the whole document adds, for essays: theses open, conclusions close."""
    if paper or role.name == "arguments":
        return lambda _: 0.0
    if role.name == "thesis":
        return lambda statement: 1.0 - 2 * statement.depth if statement.depth <= _OPENING else -9.0
    return lambda statement: statement.depth if statement.depth >= _ENDING else -9.0


def _choose(
    role: Role, found: Sequence[Statement], taken: Sequence[Statement], extra: Callable[[Statement], float]
) -> list[Statement]:
    worth = [(role.worth(statement), statement) for statement in found if statement not in taken]
    ranked = sorted(((value + extra(item), item) for value, item in worth if value > 0), key=lambda pair: -pair[0])
    chosen: list[Statement] = []
    for value, statement in ranked:
        if value < role.needed or len(chosen) == role.most or (chosen and value < ranked[0][0] - _BEHIND):
            break
        if not any(_alike(statement.text, other.text) for other in (*chosen, *taken)):
            chosen.append(statement)
    return chosen


def _alike(one: str, other: str) -> bool:
    """Whether two sentences say much the same in the same words, as abstract and conclusion do."""
    words, others = (stems(" ".join(query_terms(text))) for text in (one, other))
    return len(words & others) > _ALIKE * min(len(words), len(others))


def _paragraph(document: Document, span: Span) -> Span:
    block = document.blocks[bisect_right(document.blocks, span.start, key=lambda item: item.start) - 1]
    return Span(min(block.start, span.start), max(block.end, span.end))
