"""Excerpts: documents in their own sentences, for "summarise", "how do they differ" and "quotations on"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answering import AnswerSentence
from assistant.citing import CitedSource, make_source
from assistant.glance import Comparer, glance_at
from assistant.glance.statements import Statement, statements
from corpus.model import Span
from corpus.store import DocumentStore, StoredDocument
from index.analyzer import stems
from index.embedding.embedder import Vectors
from index.filters import Filters
from index.retriever import Retriever

__all__ = ["compared", "glanced", "quotations"]

_PER_PART = 2
_MEETINGS = 2
"""Pairs shown of each kind: agreement and disagreement."""
_HITS = 60
_MAX_PENALTY, _PENALTY = 1.0, 0.2
"""Greatest penalty of a quotation, and how much of it is taken from its cosine."""
_WORDS = (8, 60)

Reply = tuple[list[AnswerSentence], list[CitedSource]]


def glanced(documents: Sequence[StoredDocument], aspect: str = "") -> Reply:
    """The sentences that say what each document is about; with ``aspect``, those of that part where there are any."""
    return _numbered([pair for stored in documents for pair in _glance(stored, aspect, titled=len(documents) > 1)])


def compared(documents: Sequence[StoredDocument], embed: Callable[[Sequence[str]], Vectors]) -> Reply:
    """Where the documents disagree and agree, then what each is about.

    Raises:
        ModelError: the embedding model cannot be used.
    """
    meetings = Comparer(embed).compare(documents)
    shown: list[tuple[str, CitedSource]] = []
    for kind, heading in (("disagree", "They disagree"), ("agree", "They agree")):
        for meeting in [meeting for meeting in meetings if meeting.kind == kind][:_MEETINGS]:
            shown += [(heading, meeting.first), (heading, meeting.second)]
    return _numbered(shown + [pair for stored in documents for pair in _glance(stored, "", titled=True)])


def quotations(topic: str, number: int, filters: Filters, store: DocumentStore, retriever: Retriever) -> Reply | None:
    """At most ``number`` sentences that speak of ``topic``, best first; None where there is none.

    Raises:
        ModelError: the embedding model cannot be used.
    """
    wanted = stems(topic)
    found: dict[tuple[str, Span], tuple[StoredDocument, Statement, Span]] = {}
    for hit in retriever.search(topic, _HITS, filters=filters):
        stored, place = store.get(hit.passage.document_id), Span(hit.passage.start, hit.passage.end)
        for item in statements(stored.document):
            inside = place.start <= item.span.start and item.span.end <= place.end
            plain = item.penalty < _MAX_PENALTY and _WORDS[0] <= len(item.text.split()) <= _WORDS[1]
            if inside and plain and not item.continues and "\n\n" not in item.text and wanted <= stems(item.text):
                found.setdefault((stored.document_id, item.span), (stored, item, place))
    if not found:
        return None
    candidates = list(found.values())
    cosines = (retriever.embed([item.text for _, item, _ in candidates]) @ retriever.embed([topic])[0]).tolist()
    order = sorted(range(len(candidates)), key=lambda n: candidates[n][1].penalty * _PENALTY - cosines[n])
    ranked = [candidates[n] for n in order[:number]]
    sources = [("", make_source(0, stored, item.span, place, 1.0)) for stored, item, place in ranked]
    sentences, numbered = _numbered(sources)
    if len(ranked) < number:
        few = f"Only {len(ranked)} of your sentences speak plainly of {topic}." if len(ranked) > 1 else "Only one does:"
        sentences.insert(0, AnswerSentence(few, (), verbatim=False))
    return sentences, numbered


def _glance(stored: StoredDocument, aspect: str, *, titled: bool) -> list[tuple[str, CitedSource]]:
    """The sentences of a glance with their headings; the first ones of a document that has no such sentence."""
    parts = [part for part in glance_at(stored).parts if part.sources]
    parts = [part for part in parts if part.role == aspect] or parts
    shown = [(part.role.capitalize(), source) for part in parts for source in part.sources[:_PER_PART]]
    if not shown:
        first = statements(stored.document)[:_PER_PART]
        shown = [("Beginning", make_source(0, stored, item.span, item.span, 1.0)) for item in first]
    return [(f"{stored.name} · {heading}" if titled else heading, source) for heading, source in shown]


def _numbered(shown: Sequence[tuple[str, CitedSource]]) -> Reply:
    sources = [replace(source, n=n) for n, (_, source) in enumerate(shown, 1)]
    return [
        AnswerSentence(source.quote, (source.n,), verbatim=True, heading=heading)
        for (heading, _), source in zip(shown, sources, strict=True)
    ], sources
