"""Everything that was found for one question, weighed: passages, sentences, words, and how sure that makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.clock import Clock
from assistant.answering.confidence import Features, confidence, measure
from assistant.answering.evidence import Evidence, gather
from assistant.answering.grounding import Grounding, ground
from assistant.answering.question import Question
from corpus.store import DocumentStore
from index.lexical import LexicalIndex
from index.retriever import Hit, Retriever
from index.words import TermWeights

__all__ = ["Weighed", "Weigher"]

_PASSAGES = 12
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

    @property
    def confidence(self) -> float:
        """Probability, 0 to 1, that the library holds an answer."""
        return confidence(self.features) if self.evidence else 0.0


class Weigher:
    """Finds and weighs passages and sentences of one library."""

    def __init__(self, store: DocumentStore, retriever: Retriever, lexical: LexicalIndex) -> None:
        self._store = store
        self._retriever = retriever
        self._lexical = lexical

    def weigh(self, question: Question, query: str, *, document_ids: Sequence[str], clock: Clock) -> Weighed:
        """The best passages for ``query`` with their sentences, scored for ``question``.

        Raises:
            ModelError: the embedding model cannot be used.
        """
        vector = self._retriever.embed([query])
        clock.lap("embed")
        hits = self._retriever.search(query, _PASSAGES, document_ids=document_ids, vector=vector)
        clock.lap("search")
        weights = TermWeights(query, self._lexical)
        evidence = gather(question, vector, hits, weights, self._store, self._retriever)
        clock.lap("sentences")
        documents = dict.fromkeys(hit.passage.document_id for hit in hits)
        grounding = ground(
            question,
            weights,
            [self._store.get(document_id) for document_id in list(documents)[:_GROUNDED]],
            [item.text for item in evidence[:_NEAREST_SENTENCES]],
            self._retriever.embed,
        )
        clock.lap("grounding")
        return Weighed(question, weights, hits, evidence, grounding, measure(hits, evidence, weights, grounding))
