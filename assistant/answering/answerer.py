"""From a question to an answer: retrieve, weigh sentences, decide whether that is enough, look into the taxonomy."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.answer import Answer, AnswerSentence, Kind
from assistant.answering.authorship import works_named
from assistant.answering.confidence import Features, confidence, measure, threshold
from assistant.answering.evidence import Evidence, gather, select
from assistant.citing import CitedSource, make_source
from assistant.followup import PastTurn, standalone_question
from assistant.taxonomy import Taxonomy, TaxonomyAnswer
from corpus.errors import UsageError
from corpus.model import Span
from corpus.store import DocumentStore
from index.lexical import LexicalIndex
from index.retriever import Retriever
from index.words import TermWeights

__all__ = ["MAX_QUESTION", "Answerer", "Clock", "Weighed", "clean_question"]

MAX_QUESTION = 4_000
"""Code points; a longer text is a document, not a question."""

_PASSAGES = 12
_MAX_SENTENCES = 5
_NEAREST = 3


def clean_question(question: str) -> str:
    """The question with its white space folded and control characters removed.

    Raises:
        UsageError: nothing is left, or it is longer than `MAX_QUESTION`.
    """
    from corpus.text.characters import normalise

    text = " ".join(normalise(question).split())
    if not text:
        raise UsageError(
            "The question is empty", remedy='Ask in words, for example: loccit ask "What is marginal risk?"'
        )
    if len(text) > MAX_QUESTION:
        raise UsageError(
            f"The question has {len(text):,} characters and at most {MAX_QUESTION:,} are read",
            remedy="Ask in a sentence or two; a text is added with loccit add FILE",
        )
    return text


@dataclass(frozen=True, slots=True)
class Weighed:
    """What was found for a question, before it is decided whether that is enough."""

    weights: TermWeights
    evidence: list[Evidence]
    """Best first."""
    features: Features


class Answerer:
    """Answers questions from one library and the taxonomy."""

    def __init__(self, store: DocumentStore, retriever: Retriever, lexical: LexicalIndex, taxonomy: Taxonomy) -> None:
        self._store = store
        self._retriever = retriever
        self._lexical = lexical
        self._taxonomy = taxonomy

    def ask(self, question: str, *, document_ids: Sequence[str] = (), history: Sequence[PastTurn] = ()) -> Answer:
        """Answer ``question``, from ``document_ids`` only where any are given, as what it means after ``history``.

        Raises:
            UsageError: the question is empty or far too long.
            ModelError: the embedding model cannot be used.
        """
        clock = Clock()
        asked = clean_question(question)
        question = standalone_question(asked, history)
        clock.lap("standalone")
        cells = self._taxonomy.ask(question)
        clock.lap("taxonomy")
        works, within = ([], question) if document_ids else works_named(question, self._store)
        weighed = self.weigh(within, document_ids=document_ids or works, clock=clock)
        if works and _sure(weighed) < threshold():
            weighed = self.weigh(question, clock=clock)
        sure = _sure(weighed)
        found = cells if cells.found or cells.kind == "unknown_model" else None
        if sure < threshold():
            return self._abstain(asked, question, sure, weighed, found, clock)
        sources = [_source(n, item) for n, item in enumerate(select(weighed.evidence, _MAX_SENTENCES), 1)]
        kind: Kind = "both" if found is not None and found.found else "passages"
        return Answer(
            question=asked,
            standalone_question=question,
            kind=kind,
            abstained=False,
            confidence=sure,
            sentences=tuple(AnswerSentence(source.quote, (source.n,), verbatim=True) for source in sources),
            sources=tuple(sources),
            taxonomy=found,
            timings_ms=clock.laps,
        )

    def weigh(self, question: str, *, document_ids: Sequence[str] = (), clock: Clock | None = None) -> Weighed:
        """Everything that a decision on ``question`` rests on: its words, the sentences found, the features.

        Raises:
            ModelError: the embedding model cannot be used.
        """
        clock = clock or Clock()
        vector = self._retriever.embed([question])
        clock.lap("embed")
        hits = self._retriever.search(question, _PASSAGES, document_ids=document_ids, vector=vector)
        clock.lap("search")
        weights = TermWeights(question, self._lexical)
        evidence = gather(question, vector, hits, weights, self._store, self._retriever)
        clock.lap("sentences")
        return Weighed(weights, evidence, measure(hits, evidence, weights))

    def _abstain(
        self,
        asked: str,
        question: str,
        sure: float,
        weighed: Weighed,
        cells: TaxonomyAnswer | None,
        clock: Clock,
    ) -> Answer:
        notices = []
        if not self._lexical.size():
            notices.append("The library is empty. Add papers with: loccit add PATH")
        elif weighed.weights.missing:
            notices.append(f"Nowhere in the library: {', '.join(weighed.weights.missing)}")
        nearest = [_source(n, item) for n, item in enumerate(select(weighed.evidence, _NEAREST), 1)]
        return Answer(
            question=asked,
            standalone_question=question,
            kind="taxonomy" if cells is not None and cells.found else "none",
            abstained=True,
            confidence=sure,
            nearest=tuple(nearest),
            taxonomy=cells,
            notices=tuple(notices),
            timings_ms=clock.laps,
        )


class Clock:
    """Milliseconds between laps."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = self._begun = time.perf_counter()

    def lap(self, name: str) -> None:
        """Note the time since the last lap under ``name``, and the time in all."""
        now = time.perf_counter()
        self.laps[name] = (now - self._last) * 1000
        self.laps["total"] = (now - self._begun) * 1000
        self._last = now


def _sure(weighed: Weighed) -> float:
    return confidence(weighed.features) if weighed.evidence else 0.0


def _source(n: int, item: Evidence) -> CitedSource:
    passage = Span(item.hit.passage.start, item.hit.passage.end)
    return make_source(n, item.stored, item.span, passage, item.hit.score)
