"""Answers as they are kept: anchors instead of texts, so that what is shown later is again cut from the documents."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, fields, replace
from typing import Any

from assistant.answering import Answer, AnswerSentence
from assistant.citing import CitedSource, CitedWorks, PrimaryWork, make_source
from assistant.taxonomy import TaxonomyAnswer
from corpus.anchors import Anchor, find_anchor
from corpus.errors import UnknownDocument
from corpus.model import Span
from corpus.store import DocumentStore, StoredDocument

__all__ = ["dump_answer", "load_answer", "titles_shown"]

_APART = frozenset(("question", "standalone_question", "sentences", "sources", "nearest", "taxonomy", "explanation"))
"""Fields of an answer that are not kept as they are."""


def dump_answer(answer: Answer, store: DocumentStore) -> str:
    """An answer as JSON. The text of a verbatim sentence is in its source's anchor; cells are looked up again."""
    data = {field.name: getattr(answer, field.name) for field in fields(Answer) if field.name not in _APART}
    data["sentences"] = [asdict(sentence) for sentence in answer.sentences]
    data["sources"] = [_source_data(source, store) for source in answer.sources]
    data["nearest"] = [_source_data(source, store) for source in answer.nearest]
    data["taxonomy"] = answer.taxonomy is not None
    return json.dumps(data, ensure_ascii=False)


def titles_shown(saved: str) -> tuple[str, ...]:
    """The titles of the documents that a kept answer quotes, one for each source."""
    return tuple(source["title"] for source in json.loads(saved)["sources"])


def load_answer(
    saved: str, question: str, standalone_question: str, cells: TaxonomyAnswer, store: DocumentStore
) -> Answer:
    """The answer with its slices cut anew, wherever they stand now; ``cells`` are the taxonomy's.

    A source whose document was taken out, or whose words no longer stand in it, is left out with its sentences, and a
    notice says so.
    """
    data = json.loads(saved)
    lost: list[str] = []
    sources = tuple(_sources(data["sources"], store, lost, CitedWorks(store)))
    nearest = tuple(_sources(data["nearest"], store, lost))
    held = {source.n: source for source in sources}
    names = {field.name for field in fields(Answer)} - _APART
    answer = Answer(
        question=question,
        standalone_question=standalone_question,
        sentences=tuple(_sentences(data["sentences"], held)),
        sources=sources,
        nearest=nearest,
        taxonomy=cells if data["taxonomy"] else None,
        **{name: value for name, value in data.items() if name in names},
    )
    return replace(answer, notices=(*answer.notices, *dict.fromkeys(lost)))


def _source_data(source: CitedSource, store: DocumentStore) -> dict[str, Any]:
    text = store.get(source.document_id).document.text
    quote = Span(source.locator.start, source.locator.end)
    return {
        "n": source.n,
        "title": source.title,
        "document_id": source.document_id,
        "anchor": asdict(Anchor.of(text, quote)),
        "passage": [source.passage.start, source.passage.end],
        "score": source.score,
        "cites": [_source_data(work.source, store) for work in source.cites if work.source is not None],
    }


def _sources(
    kept: Iterable[dict[str, Any]], store: DocumentStore, lost: list[str], cited: CitedWorks | None = None
) -> Iterable[CitedSource]:
    """The sources; with ``cited``, the works that they cite, as the library holds them by now."""
    for item in kept:
        anchor = Anchor(**item["anchor"])
        try:
            stored = store.get(item["document_id"])
        except UnknownDocument:
            lost.append(f"[{item['n']}] is no longer in the library: {item['title']}")
            continue
        span = find_anchor(anchor, stored.document.text)
        if span is None:
            lost.append(f"[{item['n']}] no longer stands in its document: {item['title']}")
            continue
        passage = _passage(item["passage"], anchor, span, stored, store)
        source = make_source(item["n"], stored, span, passage, item["score"])
        if cited is not None and (works := cited.behind(stored, span)):
            own = {word.document_id: word for word in _sources(item.get("cites", ()), store, [])}
            source = replace(source, cites=tuple(_speaking(work, own) for work in works))
        yield source


def _speaking(work: PrimaryWork, own: dict[str, CitedSource]) -> PrimaryWork:
    """A cited work with its own words, where they were kept and it is held still."""
    return replace(work, source=own.get(work.document_id)) if work.document_id is not None else work


def _passage(kept: list[int], anchor: Anchor, span: Span, stored: StoredDocument, store: DocumentStore) -> Span:
    """The passage around a quotation: the kept one where nothing moved, else the one that holds it now."""
    start, end = kept
    if span.start == anchor.start and end <= len(stored.document.text):
        return Span(start, end)
    around = (p for p in store.passages_of(stored.document_id) if p.start <= span.start and span.end <= p.end)
    return next((Span(p.start, p.end) for p in around), span)


def _sentences(kept: Iterable[dict[str, Any]], held: dict[int, CitedSource]) -> Iterable[AnswerSentence]:
    names = {field.name for field in fields(AnswerSentence)}
    for item in kept:
        numbers = tuple(item["sources"])
        known = {name: value for name, value in item.items() if name in names} | {"sources": numbers}
        known["short"] = Span(**item["short"]) if item["short"] else None
        if not item["verbatim"]:
            yield AnswerSentence(**known)
        elif numbers and numbers[0] in held:
            yield AnswerSentence(**known | {"text": held[numbers[0]].quote})
