"""Composition: from what was found to the parts of an answer, by the kind of the question."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answering.answer import Clock
from assistant.answering.evidence import Evidence, gather
from assistant.answering.question import CUES, Question, QuestionKind, Side, side_of
from assistant.answering.selection import arrange, select
from assistant.answering.short_span import short_span
from assistant.answering.weighing import Weighed, Weigher
from corpus.model import Span
from corpus.store import DocumentStore
from index.analyzer import stems
from index.embedding.embedder import Vectors
from index.filters import Filters
from index.lexical import TermWeights
from index.query import query_terms
from index.retriever import Hit, Retriever

__all__ = ["Composer", "Draft", "Part"]

_MAX_SENTENCES = 5
_PER_SUBJECT = 2
_BOTH = 0.15
"""Bonus in a comparison of a sentence that names both subjects: it may compare them itself."""
_PER_SIDE = 3
_LISTED_PASSAGES = 150
"""Passages searched for a list of documents."""
_LISTED = 20
_TITLE = 0.5
"""Weight of the title in a document's score for a topic; the best passage has the rest."""
_MIN_SHARE = 0.6
"""Minimum score of a listed document, as a share of the best one's."""
_REASONS = 4
"""Passages of a listed document that its sentence is chosen from; the first may be a table."""
_NUMBERED = re.compile(r"(?<!\w)(?=[\w.-]*[^\W\d_])(?=[\w.-]*\d)\w+(?:[.-]\w+)*")
"""Names with a figure in them."""


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence of a draft."""

    evidence: Evidence
    heading: str = ""
    short: Span | None = None
    """The short answer in the sentence, in offsets of its text."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The sentences of an answer, and the weighing that they rest on."""

    weighed: Weighed
    """The one with the highest confidence."""
    parts: tuple[Part, ...]
    notices: tuple[str, ...] = ()


class Composer:
    """Composes answers from one library."""

    def __init__(self, store: DocumentStore, retriever: Retriever, weigher: Weigher) -> None:
        self._store = store
        self._retriever = retriever
        self._weigher = weigher

    def compose(self, question: Question, *, filters: Filters | None, enough: float, clock: Clock) -> Draft:
        """The draft of an answer; a subject or side whose confidence is below ``enough`` is left out with a notice.

        Raises:
            ModelError: the embedding model cannot be used.
        """

        def weigh(query: str, asked: Question = question) -> Weighed:
            return self._weigher.weigh(asked, query, filters=filters, clock=clock)

        if question.kind is QuestionKind.COMPARISON:
            return _comparison(question, weigh, enough)
        if question.kind is QuestionKind.SIDES:
            return _sides(question, weigh, enough)
        if question.kind is QuestionKind.DOCUMENTS:
            return self._documents(question, weigh(question.topic), filters)
        weighed = weigh(question.text)
        return Draft(weighed, tuple(_plain(question, weighed)))

    def _documents(self, question: Question, weighed: Weighed, filters: Filters | None) -> Draft:
        """A list of documents, each with its best sentence on the topic."""
        vector = self._retriever.embed([question.topic])
        hits = self._retriever.search(question.topic, _LISTED_PASSAGES, filters=filters, vector=vector)
        parts: list[Part] = []
        for group in _on_topic(hits, vector, weighed.weights, self._retriever.embed):
            reasons = gather(question, vector, group[:_REASONS], weighed.weights, self._store, self._retriever)
            chosen = select(reasons, 1, weighed.weights) or reasons[:1]
            parts += [Part(reason, heading=reason.stored.name) for reason in chosen]
        return Draft(weighed, tuple(parts))


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


def _plain(question: Question, weighed: Weighed) -> list[Part]:
    """At most five sentences; of the best two, one with a short answer comes first."""
    chosen = select(weighed.evidence, _MAX_SENTENCES, weighed.weights)
    shorts = {id(item): short_span(question, item.text) for item in chosen[:2]}
    lead = next((item for item in chosen[:2] if shorts[id(item)] is not None), chosen[0] if chosen else None)
    return [Part(item, short=shorts.get(id(item)) if item is lead else None) for item in arrange(chosen, lead)]


def _comparison(question: Question, weigh: Callable[[str, Question], Weighed], enough: float) -> Draft:
    """Sentences on each of two subjects, those that name both first.

    Each subject is weighed by itself: no single document has to be about both.
    """
    parts: list[Part] = []
    weighings, silent = [], []
    shown: set[tuple[str, Span]] = set()
    for subject, other in (question.subjects, question.subjects[::-1]):
        phrase = f"{question.aspect} {subject}".strip()
        weighed = weigh(phrase, replace(question, text=f"about {phrase}"))
        named = [
            replace(item, score=item.score + _BOTH * _mentions(other, item.text))
            for item in weighed.evidence
            if _is_on(subject, item)
        ]
        fresh = [item for item in named if (item.stored.document_id, item.span) not in shown] or named
        chosen = select(fresh, _PER_SUBJECT, weighed.weights) if weighed.confidence >= enough else []
        parts += [Part(item, heading=subject) for item in arrange(chosen)]
        shown |= {(item.stored.document_id, item.span) for item in chosen}
        weighings.append(weighed)
        if not chosen:
            silent.append(f"Nothing was found on {subject}")
    return Draft(max(weighings, key=lambda weighed: weighed.confidence), tuple(parts), tuple(silent) if parts else ())


def _sides(question: Question, weigh: Callable[[str], Weighed], enough: float) -> Draft:
    """What speaks for the topic and what against it."""
    if question.side is not None:
        return _one_side(question, question.side, weigh)
    parts: list[Part] = []
    weighings, silent = [], []
    for side in Side:
        weighed = weigh(f"{question.topic} {CUES[side]}")
        siding = [item for item in weighed.evidence if _on_side(item, side, question.topic)]
        chosen = select(siding, _PER_SIDE, weighed.weights) if weighed.confidence >= enough else []
        parts += [Part(item, heading=side.value) for item in arrange(chosen)]
        weighings.append(weighed)
        if not chosen:
            silent.append(f"Nothing was found that speaks {side.value} it")
    return Draft(max(weighings, key=lambda weighed: weighed.confidence), tuple(parts), tuple(silent) if parts else ())


def _one_side(question: Question, side: Side, weigh: Callable[[str], Weighed]) -> Draft:
    """What speaks for the topic, or against it; sentences that do not name the topic only where none names it."""
    weighed = weigh(f"{question.topic} {CUES[side]}")
    siding = [item for item in weighed.evidence if side_of(item.text, item.hit.passage.heading) is side]
    naming = [item for item in siding if _on_side(item, side, question.topic)]
    chosen = select(naming or siding, _MAX_SENTENCES, weighed.weights)
    return Draft(weighed, tuple(Part(item, heading=side.value) for item in arrange(chosen)))


def _on_side(item: Evidence, side: Side, topic: str) -> bool:
    passage = item.hit.passage
    around = f"{item.text} {passage.title} {passage.heading}"
    return side_of(item.text, passage.heading) is side and _mentions(topic, around)


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
