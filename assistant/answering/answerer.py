"""Answerer: from a question to an answer, by library and taxonomies; or to "not in your library"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.answering.answer import Answer, AnswerSentence, Clock
from assistant.answering.composing import MAX_SENTENCES, Composer, Draft, Part
from assistant.answering.concepts import each_document, phrases_of, works_named
from assistant.answering.confidence import threshold
from assistant.answering.evidence import Evidence
from assistant.answering.own_words import PrimaryFinder
from assistant.answering.question import read_question
from assistant.answering.selection import select
from assistant.answering.weighing import Weighed, Weigher, explain
from assistant.citing import CitedSource, make_source
from assistant.followup import PastTurn, standalone_question
from corpus.errors import UsageError
from corpus.model import Span
from corpus.store import DocumentStore
from index.filters import Filters
from index.judging import Judge
from index.lexical import LexicalIndex
from index.retriever import Retriever

if TYPE_CHECKING:
    from assistant.taxonomy import Shelf, TaxonomyAnswer

__all__ = ["MAX_QUESTION", "Answerer", "clean_question"]

MAX_QUESTION = 4_000
"""Code points; a longer text is a document, not a question."""

_NEAREST, _NEAR = 3, 3.0
"""Sentences shown where nothing answers, and their distance from the best one in logits."""


def clean_question(question: str) -> str:
    """The question with its white space folded and control characters removed.

    Raises:
        UsageError: nothing is left, or it is longer than `MAX_QUESTION`.
    """
    from corpus.text.repair import normalise

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


class Answerer:
    """Answers questions from one library and the taxonomies."""

    def __init__(
        self, store: DocumentStore, retriever: Retriever, lexical: LexicalIndex, judge: Judge, taxonomy: Shelf
    ) -> None:
        self._store = store
        self._lexical = lexical
        self._taxonomy = taxonomy
        self._weigher = Weigher(store, retriever, lexical, judge)
        self._composer = Composer(store, retriever, judge, self._weigher)
        self._primary = PrimaryFinder(store, retriever)

    def ask(
        self,
        question: str,
        *,
        filters: Filters | None = None,
        history: Sequence[PastTurn] = (),
        limit: int = MAX_SENTENCES,
    ) -> Answer:
        """Answer ``question``, read as a follow-up to ``history``, from the part of the library that ``filters`` leave.

        A plain answer has ``limit`` sentences at most. Where nothing answers the question as rewritten, it is asked
        again as typed.

        Raises:
            UsageError: the question is empty or far too long.
            ModelError: the embedding model or the judge cannot be used.
        """
        clock = Clock()
        asked = clean_question(question)
        rewritten = standalone_question(asked, history)
        clock.lap("standalone")
        answer = self._answered(asked, rewritten, filters, limit, clock)
        if answer.kind != "none" or rewritten == asked:
            return answer
        typed = self._answered(asked, asked, filters, limit, clock)
        if typed.kind == "none":
            return answer
        return replace(typed, notices=(*typed.notices, f"Nothing answers “{rewritten}”; answered as typed"))

    def _answered(self, asked: str, question: str, filters: Filters | None, limit: int, clock: Clock) -> Answer:
        cells = self._taxonomy.ask(question)
        clock.lap("taxonomy")
        draft = self._draft(question, filters, limit, clock)
        clock.lap("composing")
        found = cells if cells.found or cells.kind == "unknown_model" else None
        if concept := self._concept_parts(found, draft.weighed, filters):
            draft = Draft(draft.weighed, concept)
        elif not draft.parts or draft.weighed.confidence < threshold():
            return self._abstain(asked, question, draft.weighed, found, clock)
        sources = self._primary.complete([_source(n, part.evidence) for n, part in enumerate(draft.parts, 1)])
        clock.lap("primary")
        return Answer(
            question=asked,
            standalone_question=question,
            kind="both" if found is not None and found.found else "passages",
            abstained=False,
            confidence=draft.weighed.confidence,
            sentences=tuple(
                AnswerSentence(source.quote, (source.n,), verbatim=True, heading=part.heading)
                for part, source in zip(draft.parts, sources, strict=True)
            ),
            sources=sources,
            taxonomy=found,
            notices=(*draft.notices, *_others(draft)),
            timings_ms=clock.laps,
            explanation=explain(draft.weighed, [part.evidence for part in draft.parts]),
        )

    def passages(self, answer: TaxonomyAnswer) -> list[CitedSource]:
        """What each document of the library says of the concepts of a taxonomy answer, best first.

        Raises:
            ModelError: the embedding model cannot be used.
        """
        found = each_document(self.weigh(phrase, judged=answer.question).evidence for phrase in phrases_of(answer))
        return [_source(n, item) for n, item in enumerate(found, 1)]

    def weigh(self, question: str, *, filters: Filters | None = None, judged: str = "") -> Weighed:
        """What was found for ``question``: its words, its sentences judged by it or ``judged``, features.

        Raises:
            ModelError: the embedding model cannot be used.
        """
        return self._weigher.weigh(read_question(question), question, filters=filters, clock=Clock(), judged=judged)

    def _draft(self, question: str, filters: Filters | None, limit: int, clock: Clock) -> Draft:
        """A draft from the works whose authors the question names, where these answer it; else from the library."""
        enough = threshold()
        works, within = ([], question) if filters else works_named(question, self._store)
        if works:
            held = Filters(documents=tuple(works))
            draft = self._composer.compose(read_question(within), filters=held, enough=enough, clock=clock, limit=limit)
            if draft.parts and draft.weighed.confidence >= enough:
                return draft
        return self._composer.compose(read_question(question), filters=filters, enough=enough, clock=clock, limit=limit)

    def _concept_parts(
        self, concept: TaxonomyAnswer | None, weighed: Weighed, filters: Filters | None
    ) -> tuple[Part, ...]:
        """The best sentence of each document on a concept, found by the question and by the concept's own words."""
        if concept is None or concept.kind != "entry":
            return ()
        phrases = [phrase for phrase in phrases_of(concept) if phrase != concept.question]
        further = (self.weigh(phrase, filters=filters, judged=concept.question).evidence for phrase in phrases)
        return tuple(Part(item) for item in each_document([weighed.evidence, *further]))

    def _abstain(
        self, asked: str, question: str, weighed: Weighed, found: TaxonomyAnswer | None, clock: Clock
    ) -> Answer:
        nearest = select(weighed.evidence, _NEAREST, within=_NEAR)
        return Answer(
            question=asked,
            standalone_question=question,
            kind="taxonomy" if found is not None and found.found else "none",
            abstained=True,
            confidence=weighed.confidence,
            nearest=tuple(_source(n, item) for n, item in enumerate(nearest, 1)),
            taxonomy=found,
            notices=tuple(self._missing_words(weighed)),
            timings_ms=clock.laps,
            explanation=explain(weighed, nearest),
        )

    def _missing_words(self, weighed: Weighed) -> list[str]:
        if not self._lexical.size():
            return ["The library is empty. Add papers with: loccit add PATH"]
        if weighed.empty:
            return ["The question names no topic; add a word that says what it is about"]
        nowhere = weighed.weights.missing
        notices = [f"Nowhere in the library: {', '.join(nowhere)}"] if nowhere else []
        lacking = [word for word in weighed.grounding.missing if word.lower() not in {w.lower() for w in nowhere}]
        nearest = weighed.grounding.document
        if lacking and nearest is not None:
            notices.append(f"The nearest document, {nearest.name}, does not speak of: {', '.join(lacking)}")
        return notices


def _others(draft: Draft) -> list[str]:
    """That a plain answer is from one document only, where others speak of the same."""
    shown = {part.evidence.stored.document_id: part.evidence.stored for part in draft.parts}
    if len(shown) != 1 or any(part.heading for part in draft.parts):
        return []
    near = [item.stored for item in draft.weighed.evidence if item.logit > 0]
    others = dict.fromkeys(stored.name for stored in near if stored.document_id not in shown)
    return [f"All from one document; others speak of it: {', '.join(list(others)[:_NEAREST])}"] if others else []


def _source(n: int, item: Evidence) -> CitedSource:
    # A quotation that takes in the sentence before may begin before its passage.
    passage = Span(min(item.hit.passage.start, item.span.start), max(item.hit.passage.end, item.span.end))
    return make_source(n, item.stored, item.span, passage, item.hit.score)
