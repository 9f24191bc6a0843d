"""Composition: from what was found to the parts of an answer, by the kind of the question."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answering.answer import Clock
from assistant.answering.evidence import Evidence, gather
from assistant.answering.question import ASPECTS, Question, QuestionKind, Side
from assistant.answering.selection import select
from assistant.answering.weighing import Weighed, Weigher
from corpus.model import Span
from corpus.store import DocumentStore
from index.analyzer import stems
from index.embedding.embedder import Vectors
from index.filters import Filters
from index.judging import Judge
from index.lexical import TermWeights
from index.query import query_terms
from index.retriever import Hit, Retriever

__all__ = ["MAX_SENTENCES", "Composer", "Draft", "Part"]

MAX_SENTENCES = 3
"""Sentences of a plain answer, unless more are asked for."""
_PER_SUBJECT, _PER_SIDE = 2, 3
_IN_PARTS = 2.0
"""Greatest distance from the best sentence, in logits, in an answer of parts: what is asked for is a survey."""
_LISTED_PASSAGES = 150
"""Passages searched for a list of documents."""
_LISTED = 20
_TITLE = 0.5
"""Weight of the title in a document's score for a topic; the best passage has the rest."""
_MIN_SHARE = 0.6
"""Minimum score of a listed document, as a share of the best one's."""
_REASONS, _REASONED = 4, 2
"""Passages of a listed document, and sentences of these, that its reason is chosen from."""
_NUMBERED = re.compile(r"(?<!\w)(?=[\w.-]*[^\W\d_])(?=[\w.-]*\d)\w+(?:[.-]\w+)*")
"""Names with a figure in them."""


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence of a draft."""

    evidence: Evidence
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """The sentences of an answer, and the weighing that they rest on."""

    weighed: Weighed
    """The one with the highest confidence."""
    parts: tuple[Part, ...]
    notices: tuple[str, ...] = ()


class Composer:
    """Composes answers from one library."""

    def __init__(self, store: DocumentStore, retriever: Retriever, judge: Judge, weigher: Weigher) -> None:
        self._store = store
        self._retriever = retriever
        self._judge = judge
        self._weigher = weigher

    def compose(
        self, question: Question, *, filters: Filters | None, enough: float, clock: Clock, limit: int = MAX_SENTENCES
    ) -> Draft:
        """The draft of an answer; a subject or side whose confidence is below ``enough`` is left out with a notice.

        A plain answer has ``limit`` sentences at most.

        Raises:
            ModelError: the embedding model cannot be used.
        """

        def weigh(query: str, judged: str = "") -> Weighed:
            return self._weigher.weigh(question, query, filters=filters, clock=clock, judged=judged)

        if question.kind is QuestionKind.COMPARISON:
            return _comparison(question, weigh, enough)
        if question.kind is QuestionKind.SIDES:
            return _sides(question, weigh, enough)
        if question.kind is QuestionKind.DOCUMENTS:
            return self._documents(question, weigh(question.topic), filters)
        weighed = weigh(question.text)
        return Draft(weighed, tuple(Part(item) for item in select(weighed.evidence, limit)))

    def _documents(self, question: Question, weighed: Weighed, filters: Filters | None) -> Draft:
        """A list of documents, each with its best sentence on the topic."""
        vector = self._retriever.embed([question.topic])
        hits = self._retriever.search(question.topic, _LISTED_PASSAGES, filters=filters, vector=vector)
        groups = _on_topic(hits, vector, weighed.weights, self._retriever.embed)
        passages = [hit for group in groups for hit in group[:_REASONS]]
        number = _REASONED * len(groups)
        reasons = gather(
            question.text, passages, weighed.weights, self._store, self._judge, of_document=_REASONED, limit=number
        )
        best: dict[str, Evidence] = {}
        for reason in reasons:
            best.setdefault(reason.stored.document_id, reason)
        order = [group[0].passage.document_id for group in groups]
        chosen = [part for name in order if name in best for part in select([best[name]], 1)]
        return Draft(weighed, tuple(Part(reason, heading=reason.stored.name) for reason in chosen))


def _on_topic(
    hits: Sequence[Hit], topic_vector: Vectors, weights: TermWeights, embed: Callable[[Sequence[str]], Vectors]
) -> list[list[Hit]]:
    """The passages found, by document, of the documents that are on the topic, best first, at most `_LISTED`.

    ``topic_vector`` (shape (1, dimension)) and ``weights`` are of the topic alone, without the frame of the question.
    """
    by_document: dict[str, list[Hit]] = {}
    for hit in hits:
        by_document.setdefault(hit.passage.document_id, []).append(hit)
    groups = list(by_document.values())
    if not groups:
        return []
    likeness = (embed([group[0].passage.title for group in groups]) @ topic_vector[0]).tolist()
    scores = [_topic_score(group, cosine, weights) for group, cosine in zip(groups, likeness, strict=True)]
    order = sorted(range(len(groups)), key=lambda n: -scores[n])
    return [groups[n] for n in order if scores[n] >= _MIN_SHARE * scores[order[0]]][:_LISTED]


def _topic_score(group: Sequence[Hit], title_cosine: float, weights: TermWeights) -> float:
    title = 0.5 * max(0.0, title_cosine) + 0.5 * weights.coverage(stems(group[0].passage.title))
    passage = max(0.5 * max(0.0, hit.cosine) + 0.5 * weights.coverage(stems(hit.passage.text)) for hit in group)
    return _TITLE * title + (1 - _TITLE) * passage


def _comparison(question: Question, weigh: Callable[[str, str], Weighed], enough: float) -> Draft:
    """Sentences on each of two subjects: no single document has to be about both."""
    parts: list[Part] = []
    weighings, silent = [], []
    shown: set[tuple[str, Span]] = set()
    for subject, other in (question.subjects, question.subjects[::-1]):
        phrase = f"{question.aspect} {subject}".strip()
        weighed = weigh(phrase, f"How does {phrase} differ from {other}?")
        named = [item for item in weighed.evidence if _is_on(subject, item)]
        fresh = [item for item in named if (item.stored.document_id, item.span) not in shown] or named
        chosen = select(fresh, _PER_SUBJECT, within=_IN_PARTS) if weighed.confidence >= enough else []
        parts += [Part(item, heading=subject) for item in chosen]
        shown |= {(item.stored.document_id, item.span) for item in chosen}
        weighings.append(weighed)
        if not chosen:
            silent.append(f"Nothing was found on {subject}")
    return Draft(max(weighings, key=lambda weighed: weighed.confidence), tuple(parts), tuple(silent) if parts else ())


def _sides(question: Question, weigh: Callable[[str], Weighed], enough: float) -> Draft:
    """What speaks for the topic and what against it; a sentence stands on the side whose question it answers better."""
    sides = list(Side) if question.side is None else [question.side]
    weighings = {side: weigh(f"What are the {ASPECTS[side]} of {question.topic}?") for side in sides}
    values = {
        (side, item.stored.document_id, item.span): item.value
        for side, weighed in weighings.items()
        for item in weighed.evidence
    }
    parts: list[Part] = []
    silent = []
    for side, weighed in weighings.items():
        own = [
            item
            for item in weighed.evidence
            if all(item.value >= values.get((other, item.stored.document_id, item.span), -99.0) for other in sides)
        ]
        chosen = select(own, _PER_SIDE, within=_IN_PARTS) if weighed.confidence >= enough else []
        parts += [Part(item, heading=side.value) for item in chosen]
        if not chosen:
            silent.append(f"Nothing was found that speaks {side.value} it")
    best = max(weighings.values(), key=lambda weighed: weighed.confidence)
    return Draft(best, tuple(parts), tuple(silent) if parts else ())


def _is_on(subject: str, item: Evidence) -> bool:
    """Whether a sentence is on a subject: sentence, title and heading together hold all its words."""
    around = stems(f"{item.text} {item.hit.passage.title} {item.hit.passage.heading}")
    return _mentions(subject, item.text) and all(stems(word) <= around for word in query_terms(subject))


def _mentions(phrase: str, text: str) -> bool:
    """Whether ``text`` holds more than half of the content words of ``phrase``.

    A name with a figure in it, GPT-4, must occur as such: neither GPT-3 nor the 4 of another column counts.
    """
    if not all(_occurs(name, text) for name in _NUMBERED.findall(phrase)):
        return False
    held = stems(text)
    found = [stems(word) <= held for word in query_terms(phrase)]
    return sum(found) * 2 > len(found)


def _occurs(name: str, text: str) -> bool:
    parts = [re.escape(part) for part in re.findall(r"[^\W\d_]+|\d+", name)]
    joined = r"[^\w\s]?\s?".join(parts)
    return re.search(rf"(?<!\w){joined}(?!\w|[.,]\d)", text, re.IGNORECASE) is not None
