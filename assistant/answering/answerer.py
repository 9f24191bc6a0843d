"""From a question to an answer: weigh what is found, decide whether that is enough, look into the taxonomy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.answering.answer import Answer, AnswerSentence, Clock, Kind
from assistant.answering.composing import Composer, Draft, Part
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
from index.lexical import LexicalIndex
from index.retriever import Retriever

if TYPE_CHECKING:
    from assistant.taxonomy import Shelf, TaxonomyAnswer

__all__ = ["MAX_QUESTION", "Answerer", "clean_question"]

MAX_QUESTION = 4_000
"""Code points; a longer text is a document, not a question."""

_NEAREST = 3


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

    def __init__(self, store: DocumentStore, retriever: Retriever, lexical: LexicalIndex, taxonomy: Shelf) -> None:
        self._store = store
        self._lexical = lexical
        self._taxonomy = taxonomy
        self._weigher = Weigher(store, retriever, lexical)
        self._composer = Composer(store, retriever, self._weigher)
        self._primary = PrimaryFinder(store, retriever)

    def ask(self, question: str, *, filters: Filters | None = None, history: Sequence[PastTurn] = ()) -> Answer:
        """Answer ``question`` as what it means after ``history``, from the part of the library that ``filters`` leave.

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
        draft = self._draft(question, filters, clock)
        clock.lap("composing")
        found = cells if cells.found or cells.kind == "unknown_model" else None
        concept = self._speaking(found, draft.weighed, filters) if found is not None and found.kind == "entry" else ()
        if concept:
            draft = Draft(draft.weighed, concept)
        elif not draft.parts or draft.weighed.confidence < threshold():
            return self._abstain(asked, question, draft.weighed, found, clock)
        sources = self._primary.complete(
            [_source(n, part.evidence) for n, part in enumerate(draft.parts, 1)],
            [part.evidence.vector for part in draft.parts],
        )
        clock.lap("primary")
        kind: Kind = "both" if found is not None and found.found else "passages"
        return Answer(
            question=asked,
            standalone_question=question,
            kind=kind,
            abstained=False,
            confidence=draft.weighed.confidence,
            sentences=_sentences(draft, sources),
            sources=sources,
            taxonomy=found,
            notices=draft.notices,
            timings_ms=clock.laps,
            explanation=explain(draft.weighed, [part.evidence for part in draft.parts]),
        )

    def passages(self, answer: TaxonomyAnswer) -> list[CitedSource]:
        """What each document of the library says of the concepts of a taxonomy answer, best first.

        Raises:
            ModelError: the embedding model cannot be used.
        """
        found = each_document(self.weigh(phrase).evidence for phrase in phrases_of(answer))
        return [_source(n, item) for n, item in enumerate(found, 1)]

    def _draft(self, question: str, filters: Filters | None, clock: Clock) -> Draft:
        """A draft from the works whose authors the question names, where these answer it; else from all there is."""
        enough = threshold()
        works, within = ([], question) if filters else works_named(question, self._store)
        if works:
            held = Filters(documents=tuple(works))
            draft = self._composer.compose(read_question(within), filters=held, enough=enough, clock=clock)
            if draft.parts and draft.weighed.confidence >= enough:
                return draft
        return self._composer.compose(read_question(question), filters=filters, enough=enough, clock=clock)

    def weigh(self, question: str, *, filters: Filters | None = None) -> Weighed:
        """Everything that a decision on ``question`` rests on: its words, the sentences found, the features.

        Raises:
            ModelError: the embedding model cannot be used.
        """
        return self._weigher.weigh(read_question(question), question, filters=filters, clock=Clock())

    def _speaking(self, concept: TaxonomyAnswer, weighed: Weighed, filters: Filters | None) -> tuple[Part, ...]:
        """For a concept: what each document says of it, in the question's words or in the concept's own."""
        phrases = [phrase for phrase in phrases_of(concept) if phrase != concept.question]
        further = (self.weigh(phrase, filters=filters).evidence for phrase in phrases)
        found = each_document([weighed.evidence, *further])
        return tuple(Part(item) for item in found)

    def _abstain(
        self, asked: str, question: str, weighed: Weighed, cells: TaxonomyAnswer | None, clock: Clock
    ) -> Answer:
        nearest = select(weighed.evidence, _NEAREST, weighed.weights) or weighed.evidence[:_NEAREST]
        return Answer(
            question=asked,
            standalone_question=question,
            kind="taxonomy" if cells is not None and cells.found else "none",
            abstained=True,
            confidence=weighed.confidence,
            nearest=tuple(_source(n, item) for n, item in enumerate(nearest, 1)),
            taxonomy=cells,
            notices=tuple(self._what_is_missing(weighed)),
            timings_ms=clock.laps,
            explanation=explain(weighed, nearest),
        )

    def _what_is_missing(self, weighed: Weighed) -> list[str]:
        if not self._lexical.size():
            return ["The library is empty. Add papers with: loccit add PATH"]
        if weighed.empty:
            return ["The question has no word that tells what it is about"]
        nowhere = weighed.weights.missing
        notices = [f"Nowhere in the library: {', '.join(nowhere)}"] if nowhere else []
        lacking = [word for word in weighed.grounding.missing if word.lower() not in {w.lower() for w in nowhere}]
        nearest = weighed.grounding.document
        if lacking and nearest is not None:
            notices.append(f"The nearest document, {nearest.name}, does not speak of: {', '.join(lacking)}")
        return notices


def _sentences(draft: Draft, sources: Sequence[CitedSource]) -> tuple[AnswerSentence, ...]:
    return tuple(
        AnswerSentence(source.quote, (source.n,), verbatim=True, heading=part.heading, short=part.short)
        for part, source in zip(draft.parts, sources, strict=True)
    )


def _source(n: int, item: Evidence) -> CitedSource:
    # A quotation that took the sentence before it along may begin ahead of its passage.
    passage = Span(min(item.hit.passage.start, item.span.start), max(item.hit.passage.end, item.span.end))
    return make_source(n, item.stored, item.span, passage, item.hit.score)
