"""Concepts beyond plain words: works named by their authors in a question, and entries of the taxonomies.

"How do Hopper and Lovelace compute?" is asked of their own works. Of a concept of the taxonomies (a component, a
licence, a risk, a step, a model) each document is asked what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from assistant.answering.evidence import Evidence
from corpus.store import DocumentStore

if TYPE_CHECKING:
    from assistant.taxonomy import TaxonomyAnswer

__all__ = ["each_document", "phrases_of", "works_named"]

_NAME = r"[A-Z][\w’'-]*?[^\W\d_]"
_NAMED = re.compile(rf"\b({_NAME})(?: (?:and|&) ({_NAME})| et al\b\.?)(?:['’]s)?(?!\w)")
_ABOUT_THEM = re.compile(
    r"(?i)\b(?:cit(?:e|es|ed|ing|ation|ations)|critici[sz]\w*|compar\w*|differ\w*|unlike|than|follow\w*|exten(?:d|ds"
    r"|ded|sion)|build\w* (?:up)?on|improv\w*|outperform\w*|replicat\w*|according to)\b"
)

_ENTRIES = 4
"""Entries of a taxonomy answer that are searched for."""
_MIN_LOGIT = -1.0
"""Of a sentence on a concept."""


def works_named(question: str, store: DocumentStore) -> tuple[list[str], str]:
    """Ids of the held documents whose authors ``question`` names, and the question to be asked of them alone.

    Two names joined by "and" are all of a work's authors; a name with "et al." is its first. In the question for the
    works "the authors" replaces the names, which a work's own text seldom has. No ids where the question is about what
    others say of them.
    """
    if _ABOUT_THEM.search(question):
        return [], question
    found: dict[str, None] = {}
    within = question
    for match in _NAMED.finditer(question):
        families = [name for name in match.groups() if name]
        works = store.written_by(families, alone=len(families) > 1)
        if works:
            found |= dict.fromkeys(works)
            within = within.replace(match.group(), "the authors")
    return list(found), within


def phrases_of(answer: TaxonomyAnswer) -> list[str]:
    """The queries that find passages on an answer's concepts; for an entry its name and its meaning."""
    if answer.kind != "entry":
        return [_phrase(answer)]
    entries = [*answer.value, *(entry for other in answer.beside for entry in _entries(other["value"]))]
    said = [(entry["name"], entry.get("meaning", "").partition(". ")[0]) for entry in entries[:_ENTRIES]]
    return list(dict.fromkeys([answer.question, *(text for pair in said for text in pair if text)]))


def _entries(value: Any) -> list[dict[str, str]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _phrase(answer: TaxonomyAnswer) -> str:
    models = ", ".join(answer.models) if len(answer.models) <= 3 else ""
    parts = ", ".join(dict.fromkeys(cell.component_title.lower() for cell in answer.cells[:3])) if models else ""
    licences = ", ".join(dict.fromkeys(cell.annotation for cell in answer.cells[:3] if cell.annotation))
    words = " ".join(word for word in (models, parts, licences) if word)
    return f"{words} openness" if words else answer.question


def each_document(found: Iterable[Sequence[Evidence]], limit: int = 6) -> list[Evidence]:
    """The best sentence of each document on a concept, best first; ``found`` holds the evidence of each query.

    All of it is judged by one question, so that the logits compare.
    """
    chosen: dict[str, Evidence] = {}
    for item in (item for evidence in found for item in evidence):
        best = chosen.get(item.stored.document_id)
        if item.logit >= _MIN_LOGIT and (best is None or item.logit > best.logit):
            chosen[item.stored.document_id] = item
    return sorted(chosen.values(), key=lambda item: -item.logit)[:limit]
