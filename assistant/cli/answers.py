"""Answers, passages and taxonomy cells, for a terminal and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.answering import Answer
from assistant.citing import CitedSource, locator_label
from assistant.cli.output import emit, paragraph, talk
from assistant.taxonomy import TaxonomyAnswer
from assistant.workspace import Workspace
from corpus.locating import locate, locator_json
from corpus.model import Span
from index.retriever import Hit

_EXPLAINED = 2
"""So many cells are spelt out; a longer table speaks for itself."""

__all__ = ["print_answer", "print_results", "print_taxonomy", "results_json"]


def print_answer(answer: Answer, *, timed: bool = True) -> None:
    """The sentences with their numbers, the sources, the cells; or that there is nothing, and what came nearest.

    With ``timed``, as for a question just asked, also how it was understood and how long it took.
    """
    if timed and answer.standalone_question != answer.question:
        talk(f"Understood as: {answer.standalone_question}\n")
    if answer.taxonomy is not None:
        print_taxonomy(answer.taxonomy)
        emit()
    if answer.abstained:
        told = answer.taxonomy is not None and answer.taxonomy.found
        emit("No passage of your library says more." if told else "Not in your library.")
        for notice in answer.notices:
            emit(notice)
        if answer.nearest:
            emit("\nNearest, but probably no answer:")
            _print_sources(answer.nearest)
    else:
        for sentence in answer.sentences:
            numbers = "".join(f"[{n}]" for n in sentence.sources)
            emit(paragraph(f"“{sentence.text}” {numbers}" if sentence.verbatim else f"{sentence.text} {numbers}"))
            emit()
        emit("Sources")
        _print_sources(answer.sources)
        for notice in answer.notices:
            talk(f"\n{notice}")
    total = answer.timings_ms.get("total", 0.0)
    if timed:
        talk(f"\n{answer.confidence:.2f} sure, {total:.0f} ms")


def print_results(workspace: Workspace, hits: Sequence[Hit]) -> None:
    """Passages with their places, best first."""
    if not hits:
        talk("Nothing was found")
    for rank, hit in enumerate(hits, 1):
        stored = workspace.document(hit.passage.document_id)
        span = Span(hit.passage.start, hit.passage.end)
        place = locator_label(locate(stored.document, span), stored.document.record.title)
        emit(f"{rank}. {stored.name}{', ' + place if place else ''}  ({hit.score:.2f})")
        emit(paragraph(hit.passage.text, "   "))
        emit()


def results_json(workspace: Workspace, hits: Sequence[Hit]) -> list[dict[str, Any]]:
    """The shape of ``results`` in ``loccit search --json``."""
    results = []
    for rank, hit in enumerate(hits, 1):
        stored = workspace.document(hit.passage.document_id)
        span = Span(hit.passage.start, hit.passage.end)
        results.append(
            {
                "rank": rank,
                "score": round(hit.score, 6),
                "cosine": round(hit.cosine, 6),
                "bm25": round(hit.bm25, 6),
                "document_id": stored.document_id,
                "key": stored.key,
                "path": stored.source.path,
                "title": stored.name,
                "text": span.within(stored.document.text),
                "locator": locator_json(locate(stored.document, span)),
            }
        )
    return results


def print_taxonomy(answer: TaxonomyAnswer) -> None:
    """The answer in a sentence, its cells, note and source."""
    for correction in answer.corrections:
        talk(f"Read as: {correction}")
    emit(paragraph(answer.text) if answer.text else "This is no question on the openness taxonomy.")
    for cell in answer.cells:
        emit(f"  {cell.model:<16} {cell.component_title:<32} {cell.raw}")
        if cell.meaning and len(answer.cells) <= _EXPLAINED:
            emit(f"  {'':<16} {cell.meaning}")
    if answer.note:
        emit(paragraph(f"Note: {answer.note}"))
    if answer.source:
        emit(paragraph(f"Source: {answer.source}"))


def _print_sources(sources: Sequence[CitedSource]) -> None:
    for source in sources:
        emit(f"[{source.n}] {source.title}{', ' + source.place if source.place else ''}")
        emit(paragraph(f"“{source.quote}”", "    "))
        emit(f"    {source.citation}")
        if source.second_hand:
            emit(f"    Second-hand: reports {source.second_hand.short}. Read and cite the primary work:")
            for work in source.second_hand.works[:3]:
                emit(paragraph(work, "      "))
