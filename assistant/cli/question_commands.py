"""Answers, passages and taxonomy cells, for a terminal and for programs.

Documents at a glance, for a terminal and for programs.

Commands that ask the library: search, answers, documents at a glance.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.citing import CitedSource, PrimaryWork, locator_label, offered
from assistant.cli.opening import Author, InSection, Json, Kind, Language, Tag, Within, Year, filters, opened
from assistant.cli.output import ExitCode, emit, emit_json, paragraph, talk
from assistant.glance import Glance, Meeting
from corpus.locating import locate, locator_json
from corpus.model import Span
from corpus.store import StoredPassage
from index.retriever import Hit

if TYPE_CHECKING:
    from assistant.answering import Answer, AnswerSentence
    from assistant.answering.answer import Explanation
    from assistant.taxonomy import TaxonomyAnswer
    from assistant.workspace import Workspace
    from index.filters import Filters

__all__ = ["ask", "glance", "nothing_found", "print_answer", "print_taxonomy", "search"]

_EXPLAINED = 2

"""So many cells are spelt out; a longer table speaks for itself."""


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
        heading = ""
        for sentence in answer.sentences:
            if sentence.heading != heading:
                heading = sentence.heading
                emit(paragraph(heading))
            _print_sentence(sentence, "  " if heading else "")
        if answer.written_by:
            emit(f"Written by {answer.written_by}; each sentence was checked against the sources it cites.\n")
        emit("Sources")
        _print_sources(answer.sources)
        for notice in answer.notices:
            talk(f"\n{notice}")
    total = answer.timings_ms.get("total", 0.0)
    if timed:
        talk(f"\n{answer.confidence:.2f} sure, {total:.0f} ms")


def _print_sentence(sentence: AnswerSentence, indent: str) -> None:
    numbers = "".join(f"[{n}]" for n in sentence.sources)
    text = f"“{sentence.text}”" if sentence.verbatim else sentence.text
    short = f"{sentence.short.within(sentence.text)}: " if sentence.short is not None else ""
    emit(paragraph(f"{short}{text} {numbers}", indent))
    if not sentence.supported:
        emit(paragraph(f"Not supported: {sentence.doubt}.", f"{indent}  ! "))
    emit()


def print_explanation(explanation: Explanation) -> None:
    """How an answer came about: the question as read, the rankings, the sentences, the confidence."""
    emit("Why")
    asked = f", asked for: {explanation.asked}" if explanation.asked else ""
    emit(f"  read as a question of the kind {explanation.kind}{asked}")
    emit(paragraph("words: " + ", ".join(f"{word} {weight:.1f}" for word, weight in explanation.words), "  "))
    emit("  passages: score, place by meaning (cosine), place by words (BM25)")
    for rank, passage in enumerate(explanation.passages, 1):
        words = f"{passage.lexical_rank} ({passage.bm25:.1f})" if passage.lexical_rank is not None else "-"
        emit(
            f"  {rank:3}. {passage.score:.3f}  {passage.dense_rank} ({passage.cosine:.2f})  {words}  {passage.document}"
        )
    emit("  sentences: score, cosine, share of the question's words; * marks those shown")
    for item in explanation.sentences:
        mark = "*" if item.chosen else " "
        emit(paragraph(f"{mark} {item.score:.3f}  {item.cosine:.2f}  {item.coverage:.2f}  {item.text}", "  "))
    rests = ", ".join(f"{name} {value:.2f}" for name, value in explanation.features.items())
    emit(paragraph(f"confidence {explanation.confidence:.2f}, needed {explanation.threshold:.2f}, from {rests}", "  "))


def nothing_found(workspace: Workspace, held_to: Filters) -> str:
    """Why a search that was held to some documents has no results.

    Raises:
        UsageError: a filter makes no sense.
        UnknownDocument: a document of ``held_to`` is not there.
    """
    if not workspace.lexical.size():
        return "The library is empty. Add papers with: loccit add PATH"
    if workspace.narrows_to_nothing(held_to):
        return "Nothing was found: no document fulfils these conditions. loccit list shows authors, years and kinds."
    return "Nothing was found."


def print_results(workspace: Workspace, hits: Sequence[Hit]) -> None:
    """Passages with their places, best first."""
    for rank, hit in enumerate(hits, 1):
        stored = workspace.document(hit.passage.document_id)
        span = Span(hit.passage.start, hit.passage.end)
        place = locator_label(locate(stored.document, span), stored.document.record.title)
        emit(f"{rank}. {stored.name}{', ' + place if place else ''}  ({hit.score:.2f})")
        emit(paragraph(hit.passage.text, "   "))
        for copy in hit.copies:
            other = workspace.document(copy.document_id)
            where = locator_label(locate(other.document, Span(copy.start, copy.end)), other.document.record.title)
            emit(f"   Also in: {other.name}{', ' + where if where else ''}")
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
                "also": [_place_json(workspace, copy) for copy in hit.copies],
            }
        )
    return results


def _place_json(workspace: Workspace, passage: StoredPassage) -> dict[str, Any]:
    stored = workspace.document(passage.document_id)
    return {
        "document_id": stored.document_id,
        "key": stored.key,
        "path": stored.source.path,
        "title": stored.name,
        "locator": locator_json(locate(stored.document, Span(passage.start, passage.end))),
    }


def print_taxonomy(answer: TaxonomyAnswer) -> None:
    """The answer in a sentence, its cells, note and source."""
    for correction in answer.corrections:
        talk(f"Read as: {correction}")
    emit(paragraph(answer.text) if answer.text else "This is no question on a taxonomy.")
    for cell in answer.cells:
        emit(f"  {cell.model:<16} {cell.component_title:<32} {cell.raw}")
        if cell.meaning and len(answer.cells) <= _EXPLAINED:
            emit(f"  {'':<16} {cell.meaning}")
    if answer.note:
        emit(paragraph(f"Note: {answer.note}"))
    if answer.source:
        emit(paragraph(f"Source: {answer.source}"))
    if answer.cite:
        emit(f"Cite: {answer.cite}")
    for other in answer.beside:
        emit(paragraph(f"Beside: {other['text']} ({other['source']})"))


def _print_sources(sources: Sequence[CitedSource]) -> None:
    given = {(source.document_id, source.quote): source.n for source in sources}
    for source in sources:
        emit(f"[{source.n}] {source.title}{', ' + source.place if source.place else ''}")
        emit(paragraph(f"“{source.quote}”", "    "))
        emit(f"    {source.citation}")
        if source.second_hand:
            emit(f"    Second-hand: reports {source.second_hand.short}. Read and cite the primary work:")
            for entry in () if source.cites else source.second_hand.works[:3]:
                emit(paragraph(entry, "      "))
        shown = offered(source.cites)
        for work in shown:
            _print_cited(work, source.n, given)
        if len(source.cites) > len(shown):
            emit(f"    and cites {len(source.cites) - len(shown)} more, which --json lists")


def _print_cited(work: PrimaryWork, n: int, given: dict[tuple[str, str], int]) -> None:
    """A primary work: a held one in its own words, else its entry for the bibliography.

    What ``given`` has already, words or entry by document with the number of the source, is pointed to.
    """
    own = (work.source.document_id, work.source.quote) if work.source is not None else ("", work.entry)
    line = f"    Cites {work.short}: " + (f"held [{work.key}] {work.title}" if work.held else "not held")
    if work.source is None and work.held:
        emit(line)
        return
    before = given.setdefault(own, n)
    if before != n:
        emit(f"{line}, see [{before}]")
        return
    emit(line)
    said = f"“{work.source.quote}” {work.source.citation}" if work.source is not None else work.entry
    emit(paragraph(said, "      "))


def glance_json(glances: Sequence[Glance], meetings: Sequence[Meeting]) -> dict[str, Any]:
    """The shape of ``loccit glance --json``."""
    return {
        "documents": [glance.as_json() for glance in glances],
        "meetings": [meeting.as_json() for meeting in meetings],
    }


def print_glance(glance: Glance) -> None:
    """Each part with its sentences and their places."""
    emit(paragraph(glance.title))
    for part in glance.parts:
        emit(f"\n{part.role.capitalize()}")
        if not part.sources:
            emit("  No sentence says it plainly.")
        for source in part.sources:
            _print_source(source)
    emit()


def print_meetings(meetings: Sequence[Meeting]) -> None:
    """Pairs of sentences, agreements first."""
    for kind, header in (("agree", "They agree"), ("disagree", "They disagree")):
        found = [meeting for meeting in meetings if meeting.kind == kind]
        emit(header if found else f"{header}: no sentences that say so plainly.")
        for meeting in found:
            for source in (meeting.first, meeting.second):
                _print_source(source)
            emit(f"  ({meeting.because})\n" if meeting.because else "")


def _print_source(source: CitedSource) -> None:
    emit(paragraph(f"“{source.quote}”", "  "))
    emit(f"    {source.citation}{', ' + source.place if source.place else ''}")


def search(
    query: Annotated[str, typer.Argument(help="Words or a question.")],
    limit: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many passages.")] = 10,
    within: Within = None,
    author: Author = None,
    year: Year = "",
    kind: Kind = None,
    section: InSection = None,
    tag: Tag = None,
    language: Language = None,
    json: Json = False,
) -> None:
    """Find passages; "words in quotation marks" must occur as they stand, and licen* finds what begins so."""

    with opened(starter=True) as workspace:
        held_to = filters(within, author, year, kind, section, tag, language)
        hits = workspace.search(query, limit, filters=held_to)
        if not hits:
            talk(nothing_found(workspace, held_to))
        if json:
            emit_json({"query": query, "results": results_json(workspace, hits)})
        else:
            print_results(workspace, hits)


def ask(
    question: Annotated[str, typer.Argument(help="A question in plain words.")],
    within: Within = None,
    author: Author = None,
    year: Year = "",
    kind: Kind = None,
    section: InSection = None,
    tag: Tag = None,
    language: Language = None,
    extractive: Annotated[
        bool, typer.Option("--extractive", help="Leave out the language model, where one is configured.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show how the answer came about: rankings, scores, confidence.")
    ] = False,
    session: Annotated[
        str, typer.Option("--session", metavar="NAME", help="Continue this session, begun where there is none.")
    ] = "",
    json: Json = False,
) -> None:
    """Answer a question with cited passages, and cells of the openness taxonomy."""

    with opened(starter=True) as workspace:
        history = workspace.sessions.history(session) if session else ()
        answer = workspace.ask(
            question, filters=filters(within, author, year, kind, section, tag, language), history=history
        )
        if workspace.configuration.ignored is not None and not extractive:
            talk(str(workspace.configuration.ignored))
        if workspace.writer is not None and not extractive:
            answer = workspace.writer.rewrite(answer)
        if session:
            answer = workspace.keep(session, answer)
    if json:
        emit_json(answer.as_json(explain=explain))
    else:
        print_answer(answer)
        if explain and answer.explanation is not None:
            print_explanation(answer.explanation)
    if answer.service_failed:
        raise typer.Exit(ExitCode.SERVICE)


def glance(
    documents: Annotated[list[str], typer.Argument(metavar="ID...", help="Ids or keys; two or more are compared.")],
    json: Json = False,
) -> None:
    """Show documents in their own sentences: aim, method, results, limits; of several, where they agree or disagree."""

    with opened(starter=True) as workspace:
        glances = [workspace.glance(name) for name in dict.fromkeys(documents)]
        meetings = workspace.compare(documents) if len(glances) > 1 else []
    if json:
        emit_json(glance_json(glances, meetings))
        return
    for item in glances:
        print_glance(item)
    if len(glances) > 1:
        print_meetings(meetings)
