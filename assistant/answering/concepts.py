"""Works named by their authors in a question: "How do Hopper and Lovelace compute?"

What the library says of a concept of the taxonomies: a component, a licence, a risk, a step, a model.
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
    r"\b(?:cit(?:e|es|ed|ing|ation|ations)|critici[sz]\w*|compar\w*|differ\w*|unlike|than|follow\w*|exten(?:d|ds|ded|sion)|"
    r"build\w* (?:up)?on|improv\w*|outperform\w*|replicat\w*|according to)\b",
    re.IGNORECASE,
)


def works_named(question: str, store: DocumentStore) -> tuple[list[str], str]:
    """Ids of the held documents whose authors ``question`` names, and the question to be asked of them alone.

    Two names joined by "and" are all of a work's authors; a name with "et al." is its first. In the question for the
    works "the authors" stands for the names, which a work's own text has no cause to say. No ids where the question is
    rather about what others say of them.
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


_ENTRIES = 4
"""So many entries of an answer are looked for."""
_WORDS, _PLAIN = 0.25, 0.55
"""A sentence speaks of a concept where its cosine, and this much of the share of its words, come to so much."""


def phrases_of(answer: TaxonomyAnswer) -> list[str]:
    """The words by which passages on an answer's concepts are found; for an entry each way of saying it."""
    if answer.kind != "entry":
        return [_phrase(answer)]
    entries = [*answer.value, *(entry for other in answer.beside for entry in _entries(other["value"]))]
    said = [text for entry in entries[:_ENTRIES] for text in _ways(entry) if text]
    return list(dict.fromkeys([answer.question, *said]))


def _ways(entry: dict[str, str]) -> tuple[str, str]:
    """An entry's name, and what it means in a sentence."""
    return entry["name"], entry.get("meaning", "").partition(". ")[0]


def _entries(value: Any) -> list[dict[str, str]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _phrase(answer: TaxonomyAnswer) -> str:
    models = ", ".join(answer.models) if len(answer.models) <= 3 else ""
    parts = ", ".join(dict.fromkeys(cell.component_title.lower() for cell in answer.cells[:3])) if models else ""
    licences = ", ".join(dict.fromkeys(cell.annotation for cell in answer.cells[:3] if cell.annotation))
    words = " ".join(word for word in (models, parts, licences) if word)
    return f"{words} openness" if words else answer.question


def each_document(found: Iterable[Sequence[Evidence]], limit: int = 6) -> list[Evidence]:
    """The sentence of each document that speaks most plainly of the concept, best first.

    ``found`` holds the evidence for each way of saying it. What a sentence is worth within one question cannot be
    compared between questions; its nearness in meaning and the share of words can.
    """
    chosen: dict[str, Evidence] = {}
    for item in (item for evidence in found for item in evidence):
        if _plainness(item) >= _PLAIN:
            best = chosen.get(item.stored.document_id)
            if best is None or _plainness(item) > _plainness(best):
                chosen[item.stored.document_id] = item
    return sorted(chosen.values(), key=_plainness, reverse=True)[:limit]


def _plainness(item: Evidence) -> float:
    return item.cosine + _WORDS * min(1.0, item.coverage)
