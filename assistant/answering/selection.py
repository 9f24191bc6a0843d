"""Selection of the sentences to show: the best without repetition, each statement from one version of its work."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from assistant.answering.evidence import Evidence
from corpus.quotable import needs_antecedent, with_antecedent
from corpus.references.works import Version
from corpus.store import DocumentStore, StoredDocument
from corpus.text.folding import bare_letters
from index.analyzer import stems

__all__ = ["fold_versions", "select"]

_WITHIN = 0.75
"""Greatest distance of a sentence shown from the best one, in logits; see ``docs/benchmarks.md``."""
_SAME = 0.7
"""Minimum share of common words of two sentences that repeat each other."""
_SAME_STATEMENT = 85.0
"""Minimum similarity (per cent of equal characters) of the same statement in two versions of a work."""


def select(evidence: Sequence[Evidence], limit: int, *, within: float = _WITHIN) -> list[Evidence]:
    """The first sentences of ``evidence``, best first, at most ``limit``: none far below the best, none that repeats.

    One that needs an antecedent gets the sentence before it, where both can be quoted together.
    """
    chosen: list[Evidence] = []
    seen: list[set[str]] = []
    for item in evidence:
        if len(chosen) == limit or item.value < evidence[0].value - within:
            break
        complete = _with_antecedent(item)
        words = stems(complete.text)
        if not any(len(words & other) >= _SAME * len(words | other) for other in seen):
            seen.append(words)
            chosen.append(complete)
    return _without_nested(chosen)


def _with_antecedent(item: Evidence) -> Evidence:
    span = with_antecedent(item.stored.document, item.span) if needs_antecedent(item.text) else None
    return item if span is None else replace(item, span=span)


def _without_nested(chosen: Sequence[Evidence]) -> list[Evidence]:
    """Without sentences that lie inside the longer span of another one."""
    return [
        item
        for item in chosen
        if not any(
            other.stored.document_id == item.stored.document_id
            and other.span.start <= item.span.start
            and item.span.end <= other.span.end
            and other.span != item.span
            for other in chosen
        )
    ]


def fold_versions(
    evidence: Sequence[Evidence],
    versions: Callable[[str], Mapping[str, Version]],
    version: Callable[[str], Version],
    store: DocumentStore,
    within: Collection[str] = (),
) -> list[Evidence]:
    """``evidence``, best first, with each statement from one version of its work only.

    ``versions`` gives the other versions of a document's work, the one to cite first; ``version`` a document's own. A
    sentence that the version to cite has word for word is quoted from there; what only another version says is quoted
    from that one. Documents outside ``within`` are not quoted, where any are given.
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
                    kept[rival] = replace(item, logit=kept[rival].logit)
                continue
        kept.append(item)
    return kept


def _rivals(item: Evidence, other: Evidence, family: set[str]) -> bool:
    """Whether two sentences of one work's versions are the same statement, or one and the same sentence."""
    if item.stored.document_id == other.stored.document_id:
        return item.span == other.span
    return other.stored.document_id in family and fuzz.ratio(item.text, other.text, score_cutoff=_SAME_STATEMENT) > 0


def _moved(item: Evidence, stored: StoredDocument, store: DocumentStore) -> Evidence | None:
    """The same sentence in another version; None where that version does not have it."""
    text, wanted = stored.document.text, bare_letters(item.text)
    for span in stored.document.sentences:
        # Lengths first: folding every sentence of a document would be slow.
        near = abs((span.end - span.start) - len(item.text)) <= len(item.text) // 4 + 4
        if near and bare_letters(span.within(text)) == wanted:
            for passage in store.passages_of(stored.document_id):
                if passage.start <= span.start and span.end <= passage.end:
                    return replace(item, stored=stored, span=span, hit=replace(item.hit, passage=passage))
    return None
