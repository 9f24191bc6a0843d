"""Everything that was found for one question, weighed: passages, sentences, words, and how sure that makes."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answering.clock import Clock
from assistant.answering.confidence import Features, confidence, measure
from assistant.answering.evidence import Evidence, gather
from assistant.answering.grounding import Grounding, ground
from assistant.answering.question import Question
from assistant.answering.versions import fold_versions
from corpus.store import DocumentStore
from corpus.store.works import WorkIndex
from index.filters import Filters
from index.lexical import LexicalIndex
from index.query import has_telling_word, unquoted
from index.retriever import Hit, Retriever
from index.words import TermWeights

__all__ = ["Weighed", "Weigher"]

_PASSAGES = 30
_GROUNDED = 5
"""Documents looked through for the words of the question."""
_NEAREST_SENTENCES = 8


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
    """The whole library was asked, with no word that tells of what."""

    @property
    def confidence(self) -> float:
        """Probability, 0 to 1, that the library holds an answer."""
        return confidence(self.features) if self.evidence and not self.empty else 0.0


class Weigher:
    """Finds and weighs passages and sentences of one library."""

    def __init__(self, store: DocumentStore, retriever: Retriever, lexical: LexicalIndex) -> None:
        self._store = store
        self._retriever = retriever
        self._lexical = lexical
        self._works = WorkIndex(store.database)

    def weigh(self, question: Question, query: str, *, filters: Filters | None, clock: Clock) -> Weighed:
        """The best passages for ``query`` with their sentences, scored for ``question``.

        Raises:
            ModelError: the embedding model cannot be used.
        """
        vector = self._retriever.embed([query])
        clock.lap("embed")
        hits = self._retriever.search(query, _PASSAGES, filters=filters, vector=vector)
        if not hits:
            # In a question, quotation marks may only be a manner of speaking.
            hits = self._retriever.search(unquoted(query), _PASSAGES, filters=filters, vector=vector)
        clock.lap("search")
        weights = TermWeights(query, self._lexical)
        evidence = gather(question, vector, hits, weights, self._store, self._retriever)
        # Another version of a document may lie outside the part that was searched.
        within = {hit.passage.document_id for hit in hits} if filters else set()
        evidence = fold_versions(evidence, self._works.versions_of, self._works.version, self._store, within)
        clock.lap("sentences")
        documents = dict.fromkeys(hit.passage.document_id for hit in hits)
        grounding = ground(
            question,
            weights,
            [self._store.get(document_id) for document_id in list(documents)[:_GROUNDED]],
            self._lexical.vectors,
            [(item.stored.document_id, item.text) for item in evidence[:_NEAREST_SENTENCES]],
            self._retriever.embed,
        )
        clock.lap("grounding")
        features = measure(hits, evidence, weights, grounding)
        empty = not filters and not has_telling_word(query)
        return Weighed(question, weights, hits, evidence, grounding, features, empty)
