"""Weighing: the passages and sentences found for one question with their scores, features and confidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from assistant.answering.answer import Clock, Explanation, RankedPassage, RankedSentence
from assistant.answering.confidence import Features, Grounding, confidence, ground, measure, threshold
from assistant.answering.evidence import Evidence, gather
from assistant.answering.question import Question
from assistant.answering.selection import fold_versions
from corpus.store import DocumentStore
from corpus.store.work_index import WorkIndex
from index.filters import Filters
from index.judging import Judge
from index.lexical import LexicalIndex, TermWeights
from index.query import names_a_topic, unquoted
from index.retriever import Hit, Retriever

__all__ = ["Weighed", "Weigher", "explain"]

_PASSAGES = 30
_GROUNDED = 5
"""Documents that may ground the question."""
_EXPLAINED_SENTENCES = 12


@dataclass(frozen=True, slots=True)
class Weighed:
    """What was found for a question, before it is decided whether that is enough."""

    question: Question
    weights: TermWeights
    hits: list[Hit]
    """Best first."""
    evidence: list[Evidence]
    """Best first."""
    grounding: Grounding
    features: Features
    empty: bool = False
    """The whole library was asked without a content word."""

    @property
    def confidence(self) -> float:
        """Probability, 0 to 1, that the library holds an answer."""
        return confidence(self.features) if self.evidence and not self.empty else 0.0


class Weigher:
    """Finds and weighs passages and sentences of one library."""

    def __init__(self, store: DocumentStore, retriever: Retriever, lexical: LexicalIndex, judge: Judge) -> None:
        self._store = store
        self._retriever = retriever
        self._judge = judge
        self._lexical = lexical
        self._works = WorkIndex(store.database)

    def weigh(
        self, question: Question, query: str, *, filters: Filters | None, clock: Clock, judged: str = ""
    ) -> Weighed:
        """The best passages for ``query`` with their sentences, judged by it, or by ``judged``.

        Raises:
            ModelError: the embedding model cannot be used.
        """
        vector = self._retriever.embed([query])
        clock.lap("embed")
        hits = self._retriever.search(query, _PASSAGES, filters=filters, vector=vector)
        if not hits:
            # Quotation marks in a question need not mean an exact phrase.
            hits = self._retriever.search(unquoted(query), _PASSAGES, filters=filters, vector=vector)
        clock.lap("search")
        weights = TermWeights(query, self._lexical)
        evidence = gather(judged or query, hits, weights, self._store, self._judge)
        # Another version of a document may lie outside the part that was searched.
        within = {hit.passage.document_id for hit in hits} if filters else set()
        evidence = fold_versions(evidence, self._works.versions_of, self._works.version, self._store, within)
        clock.lap("sentences")
        documents = dict.fromkeys(hit.passage.document_id for hit in hits)
        grounding = ground(
            query,
            weights,
            [self._store.get(document_id) for document_id in list(documents)[:_GROUNDED]],
            self._lexical.vectors,
        )
        clock.lap("grounding")
        features = measure(hits, evidence, weights, grounding)
        empty = not filters and not names_a_topic(query)
        return Weighed(question, weights, hits, evidence, grounding, features, empty)


def explain(weighed: Weighed, chosen: Sequence[Evidence]) -> Explanation:
    """The explanation of an answer that ``chosen`` sentences make up."""
    by_meaning = sorted(weighed.hits, key=lambda hit: -hit.cosine)
    by_words = sorted((hit for hit in weighed.hits if hit.bm25 > 0), key=lambda hit: -hit.bm25)
    taken = {(item.stored.document_id, item.span.end) for item in chosen}
    return Explanation(
        kind=weighed.question.kind.value,
        words=tuple(sorted(weighed.weights.heaviest(), key=lambda pair: (-pair[1], pair[0]))),
        passages=tuple(
            RankedPassage(
                document=hit.passage.title,
                place=hit.passage.heading,
                cosine=round(hit.cosine, 4),
                dense_rank=by_meaning.index(hit) + 1,
                bm25=round(hit.bm25, 4),
                lexical_rank=by_words.index(hit) + 1 if hit in by_words else None,
                score=round(hit.score, 4),
            )
            for hit in weighed.hits
        ),
        sentences=tuple(
            RankedSentence(
                text=" ".join(item.text.split()),
                coverage=round(item.coverage, 4),
                score=round(item.score, 4),
                chosen=(item.stored.document_id, item.span.end) in taken,
            )
            for item in weighed.evidence[:_EXPLAINED_SENTENCES]
        ),
        features={name: round(value, 4) for name, value in asdict(weighed.features).items()},
        confidence=round(weighed.confidence, 4),
        threshold=threshold(),
    )
