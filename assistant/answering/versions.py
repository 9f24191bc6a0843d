"""Sentences from several versions of one work, folded so that an answer never cites two of them for one statement."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from assistant.answering.evidence import Evidence
from corpus.model import Span
from corpus.records.versions import Version
from corpus.store import DocumentStore, StoredDocument, StoredPassage

__all__ = ["fold_versions"]

_SAME_STATEMENT = 85.0
"""Similarity (per cent of equal characters) from which sentences of two versions say the same."""

Versions = Callable[[str], Mapping[str, Version]]
"""The other versions of a document's work, the one to cite first."""


def fold_versions(
    evidence: Sequence[Evidence],
    versions: Versions,
    version: Callable[[str], Version],
    store: DocumentStore,
    within: Collection[str] = (),
) -> list[Evidence]:
    """``evidence``, best first, with each statement from one version of its work only.

    A sentence that the version to cite has in its own text, word for word, is quoted from there; what only another
    version says is quoted from that one. Nothing outside ``within`` is quoted, where any are given.
    """
    related: dict[str, Mapping[str, Version]] = {}
    known: dict[str, Version] = {}
    for name in {item.stored.document_id for item in evidence}:
        if others := versions(name):
            related[name] = others
            known |= {**others, name: version(name)}
    kept: list[Evidence] = []
    for item in evidence:
        name = item.stored.document_id
        if name in related:
            better = [o for o in related[name] if known[o] > known[name] and (not within or o in within)]
            item = next((moved for other in better if (moved := _moved(item, store.get(other), store))), item)
            family = {name, *related[name]}
            rival = next((n for n, other in enumerate(kept) if _rivals(item, other, family)), None)
            if rival is not None:
                if known[item.stored.document_id] > known[kept[rival].stored.document_id]:
                    kept[rival] = replace(item, score=kept[rival].score)
                continue
        kept.append(item)
    return kept


def _rivals(item: Evidence, other: Evidence, family: set[str]) -> bool:
    """Whether two versions of a work say the same, or one does twice."""
    if item.stored.document_id == other.stored.document_id:
        return item.span == other.span
    if other.stored.document_id not in family:
        return False
    return fuzz.ratio(item.text, other.text, score_cutoff=_SAME_STATEMENT) > 0


def _moved(item: Evidence, stored: StoredDocument, store: DocumentStore) -> Evidence | None:
    """The same sentence where it stands in another version, or None where that has it not."""
    text, wanted = stored.document.text, _folded(item.text)
    for span in stored.document.sentences:
        # Lengths first: folding every sentence of a document for each one that is looked for would be slow.
        if abs((span.end - span.start) - len(item.text)) <= len(item.text) // 4 + 4 and (
            _folded(span.within(text)) == wanted
        ):
            passage = _around(span, store.passages_of(stored.document_id))
            if passage is not None:
                return replace(item, stored=stored, span=span, hit=replace(item.hit, passage=passage))
    return None


def _around(span: Span, passages: Sequence[StoredPassage]) -> StoredPassage | None:
    return next((p for p in passages if p.start <= span.start and span.end <= p.end), None)


def _folded(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
