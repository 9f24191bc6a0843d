"""Choosing sentences that answer together, and putting them in an order to read.

Sentences from several versions of one work, folded so that an answer never cites two of them for one statement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from assistant.answering.evidence import Evidence, leans, with_antecedent
from corpus.model import Span
from corpus.references.works import Version
from corpus.store import DocumentStore, StoredDocument, StoredPassage
from corpus.text.folding import bare_letters
from index.analyzer import stems
from index.lexical import TermWeights

__all__ = ["arrange", "fold_versions", "select"]

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
    text, wanted = stored.document.text, bare_letters(item.text)
    for span in stored.document.sentences:
        # Lengths first: folding every sentence of a document for each one that is looked for would be slow.
        if abs((span.end - span.start) - len(item.text)) <= len(item.text) // 4 + 4 and (
            bare_letters(span.within(text)) == wanted
        ):
            passage = _around(span, store.passages_of(stored.document_id))
            if passage is not None:
                return replace(item, stored=stored, span=span, hit=replace(item.hit, passage=passage))
    return None


def _around(span: Span, passages: Sequence[StoredPassage]) -> StoredPassage | None:
    return next((p for p in passages if p.start <= span.start and span.end <= p.end), None)
