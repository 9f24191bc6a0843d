"""Commands that ask the library: search, ask, glance, sessions, and what they print."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.options import Author, InSection, Json, Kind, Language, Tag, Within, Year, filters, opened
from assistant.cli.output import ExitCode, emit, emit_json, moment, paragraph, talk

if TYPE_CHECKING:
    from assistant.answering import Answer, AnswerSentence
    from assistant.answering.answer import Explanation
    from assistant.chat import SavedTurn
    from assistant.citing import CitedSource, PrimaryWork
    from assistant.glance import Glance, Meeting
    from assistant.taxonomy import TaxonomyAnswer
    from assistant.workspace import Workspace
    from corpus.store import StoredPassage
    from index.filters import Filters
    from index.retriever import Hit

__all__ = ["ask", "glance", "nothing_found", "print_source", "print_taxonomy", "search", "sessions"]

_EXPLAINED = 2
"""Maximum number of cells whose meaning is printed."""
_PRIMARY_WORKS = 3
"""Maximum number of bibliography entries printed below a second-hand source."""


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
        conditions = filters(within, author, year, kind, section, tag, language)
        hits = workspace.search(query, limit, filters=conditions)
        if not hits:
            talk(nothing_found(workspace, conditions))
        if json:
            emit_json({"query": query, "results": [_result_json(workspace, n, hit) for n, hit in enumerate(hits, 1)]})
        else:
            _print_results(workspace, hits)


def nothing_found(workspace: "Workspace", conditions: "Filters") -> str:
    """Say why a search under these conditions has no results.

    Raises:
        UsageError: a filter makes no sense.
        UnknownDocument: a document of ``conditions`` is not there.
    """
    if not workspace.lexical.size():
        return "The library is empty. Add papers with: loccit add PATH"
    if workspace.narrows_to_nothing(conditions):
        return "Nothing was found: no document fulfils these conditions. loccit list shows authors, years and kinds."
    return "Nothing was found."


def _print_results(workspace: "Workspace", hits: "Sequence[Hit]") -> None:
    for rank, hit in enumerate(hits, 1):
        emit(f"{rank}. {_place_line(workspace, hit.passage)}  ({hit.score:.2f})")
        emit(paragraph(hit.passage.text, "   "))
        for copy in hit.copies:
            emit(f"   Also in: {_place_line(workspace, copy)}")
        emit()


def _place_line(workspace: "Workspace", passage: "StoredPassage") -> str:
    from assistant.cli.document_view import place_label

    stored = workspace.document(passage.document_id)
    place = place_label(stored, passage.start, passage.end)
    return f"{stored.name}{', ' + place if place else ''}"


def _result_json(workspace: "Workspace", rank: int, hit: "Hit") -> dict[str, Any]:
    scores = {"score": round(hit.score, 6), "cosine": round(hit.cosine, 6), "bm25": round(hit.bm25, 6)}
    stored = workspace.document(hit.passage.document_id)
    text = stored.document.text[hit.passage.start : hit.passage.end]
    also = [_place_json(workspace, copy) for copy in hit.copies]
    return {"rank": rank, **scores, **_place_json(workspace, hit.passage), "text": text, "also": also}


def _place_json(workspace: "Workspace", passage: "StoredPassage") -> dict[str, Any]:
    from assistant.cli.document_view import place_json

    stored = workspace.document(passage.document_id)
    return {
        "document_id": stored.document_id,
        "key": stored.key,
        "path": stored.source.path,
        "title": stored.name,
        "locator": place_json(stored, passage.start, passage.end),
    }


def ask(
    question: Annotated[str, typer.Argument(help="A question in plain words.")],
    within: Within = None,
    author: Author = None,
    year: Year = "",
    kind: Kind = None,
    section: InSection = None,
    tag: Tag = None,
    language: Language = None,
    sentences: Annotated[
        int, typer.Option("--sentences", min=1, max=24, help="How many sentences at most, where several answer.")
    ] = 3,
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
        conditions = filters(within, author, year, kind, section, tag, language)
        answered = workspace.reply(question, session or None, filters=conditions, limit=sentences, write=not extractive)
        answer = answered.answer
        if workspace.configuration.ignored is not None and not extractive:
            talk(str(workspace.configuration.ignored))
    if json:
        emit_json(answer.as_json(explain=explain))
    else:
        _print_answer(answer)
        if explain and answer.explanation is not None:
            _print_explanation(answer.explanation)
    if answer.service_failed:
        raise typer.Exit(ExitCode.SERVICE)


def _print_answer(answer: "Answer", *, timed: bool = True) -> None:
    """Print sentences, sources and cells, or what came nearest; ``timed`` adds how a new question was understood."""
    if timed and answer.standalone_question != answer.question:
        talk(f"Understood as: {answer.standalone_question}\n")
    if answer.taxonomy is not None:
        print_taxonomy(answer.taxonomy)
        emit()
    if answer.abstained:
        in_taxonomy = answer.taxonomy is not None and answer.taxonomy.found
        emit("No passage of your library says more." if in_taxonomy else "Not in your library.")
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
        if answer.sources:
            emit("Sources")
        _print_sources(answer.sources)
        for notice in answer.notices:
            talk(f"\n{notice}")
    if timed:
        evidence = "" if answer.abstained or answer.kind == "library" else f"{answer.evidence} evidence, "
        talk(f"\n{evidence}{answer.timings_ms.get('total', 0.0):.0f} ms")


def _print_sentence(sentence: "AnswerSentence", indent: str) -> None:
    numbers = "".join(f"[{n}]" for n in sentence.sources)
    text = f"“{sentence.text}”" if sentence.verbatim else sentence.text
    emit(paragraph(f"{text} {numbers}", indent))
    if not sentence.supported:
        emit(paragraph(f"Not supported: {sentence.doubt}.", f"{indent}  ! "))
    emit()


def _print_explanation(explanation: "Explanation") -> None:
    """Print how an answer came about: the question as read, the rankings, the sentences, the confidence."""
    emit("Why")
    emit(f"  read as a question of the kind {explanation.kind}")
    emit(paragraph("words: " + ", ".join(f"{word} {weight:.1f}" for word, weight in explanation.words), "  "))
    emit("  passages: score, rank by meaning (cosine), rank by words (BM25)")
    for rank, passage in enumerate(explanation.passages, 1):
        words = f"{passage.lexical_rank} ({passage.bm25:.1f})" if passage.lexical_rank is not None else "-"
        emit(
            f"  {rank:3}. {passage.score:.3f}  {passage.dense_rank} ({passage.cosine:.2f})  {words}  {passage.document}"
        )
    emit("  sentences: the judge's score, share of the question's words; * marks those shown")
    for item in explanation.sentences:
        mark = "*" if item.chosen else " "
        emit(paragraph(f"{mark} {item.score:.3f}  {item.coverage:.2f}  {item.text}", "  "))
    basis = ", ".join(f"{name} {value:.2f}" for name, value in explanation.features.items())
    emit(paragraph(f"confidence {explanation.confidence:.2f}, needed {explanation.threshold:.2f}, from {basis}", "  "))


def _print_sources(sources: "Sequence[CitedSource]") -> None:
    from assistant.citing import offered

    given = {(source.document_id, source.quote): source.n for source in sources}
    for source in sources:
        print_source(source)
        if source.second_hand:
            emit(f"    Second-hand: reports {source.second_hand.short}. Read and cite the primary work:")
            for entry in () if source.cites else source.second_hand.works[:_PRIMARY_WORKS]:
                emit(paragraph(entry, "      "))
        shown = offered(source.cites)
        for work in shown:
            _print_cited(work, source.n, given)
        if len(source.cites) > len(shown):
            emit(f"    and cites {len(source.cites) - len(shown)} more, which --json lists")


def print_source(source: "CitedSource") -> None:
    """Print number, title, place, quotation and citation."""
    emit(f"[{source.n}] {source.title}{', ' + source.place if source.place else ''}")
    emit(paragraph(f"“{source.quote}”", "    "))
    emit(f"    {source.citation}")


def _print_cited(work: "PrimaryWork", n: int, given: dict[tuple[str, str], int]) -> None:
    """Print a primary work: a held one in its own words, else its entry for the bibliography.

    ``given`` has the words and entries printed already, by document, with the number of their source to refer to.
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


def print_taxonomy(answer: "TaxonomyAnswer") -> None:
    """Print the answer in a sentence, its cells, note and source."""
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


def glance(
    documents: Annotated[list[str], typer.Argument(metavar="ID...", help="Ids or keys; two or more are compared.")],
    json: Json = False,
) -> None:
    """Show documents in their own sentences: aim, method, results, limits; of several, where they agree or disagree."""
    with opened(starter=True) as workspace:
        glances = [workspace.glance(name) for name in dict.fromkeys(documents)]
        meetings = workspace.compare(documents) if len(glances) > 1 else []
    if json:
        emit_json({"documents": [g.as_json() for g in glances], "meetings": [m.as_json() for m in meetings]})
        return
    for item in glances:
        _print_glance(item)
    if len(glances) > 1:
        _print_meetings(meetings)


def _print_glance(glance: "Glance") -> None:
    emit(paragraph(glance.title))
    for part in glance.parts:
        emit(f"\n{part.role.capitalize()}")
        if not part.sources:
            emit("  No sentence says it plainly.")
        for source in part.sources:
            _print_quotation(source)
    emit()


def _print_meetings(meetings: "Sequence[Meeting]") -> None:
    for kind, header in (("agree", "They agree"), ("disagree", "They disagree")):
        found = [meeting for meeting in meetings if meeting.kind == kind]
        emit(header if found else f"{header}: no sentences that say so plainly.")
        for meeting in found:
            for source in (meeting.first, meeting.second):
                _print_quotation(source)
            emit(f"  ({meeting.because})\n" if meeting.because else "")


def _print_quotation(source: "CitedSource") -> None:
    emit(paragraph(f"“{source.quote}”", "  "))
    emit(f"    {source.citation}{', ' + source.place if source.place else ''}")


def sessions(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="Show this session.")] = "",
    rename: Annotated[str, typer.Option("--rename", metavar="NEW", help="Give it another name.")] = "",
    remove: Annotated[bool, typer.Option("--remove", help="Remove it; the documents stay.")] = False,
    json: Json = False,
) -> None:
    """List the sessions kept in the library, or show, rename or remove one."""
    if ((rename or remove) and not name) or (rename and remove):
        talk("Name the session to rename or to remove, and do one of both: loccit sessions NAME --rename NEW")
        raise typer.Exit(ExitCode.USAGE)
    with opened() as workspace:
        if rename:
            workspace.sessions.rename(name, rename)
        elif remove:
            workspace.sessions.remove(name)
        elif name:
            _show_session(name, workspace.sessions.turns(name), json=json)
            return
        kept = workspace.sessions.summaries()
    if json:
        shown = [{**asdict(s), "created": moment(s.created), "used": moment(s.used)} for s in kept]
        emit_json({"sessions": shown})
        return
    if not kept:
        talk("No session is kept yet. Begin one with: loccit ask QUESTION --session NAME")
    for session in kept:
        emit(f"{datetime.fromtimestamp(session.used):%Y-%m-%d %H:%M}  {session.turns:>3}  {session.name}")


def _show_session(name: str, turns: "Sequence[SavedTurn]", *, json: bool) -> None:
    if json:
        shown = [{"asked": moment(turn.asked), **turn.answer.as_json()} for turn in turns]
        emit_json({"name": name, "turns": shown})
        return
    for turn in turns:
        emit(f"> {turn.question}")
        if turn.answer.standalone_question != turn.question:
            emit(f"  (understood as: {turn.answer.standalone_question})")
        _print_answer(turn.answer, timed=False)
        emit()
