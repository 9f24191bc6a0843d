"""Commands that ask the library: search, answers, documents at a glance."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.commands.opening import opened
from assistant.cli.commands.options import Author, InSection, Json, Kind, Language, Tag, Within, Year, filters
from assistant.cli.output import ExitCode, emit_json, talk

__all__ = ["ask", "glance", "search"]


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
    from assistant.cli.answers import nothing_found, print_results, results_json

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
    from assistant.cli.answers import print_answer, print_explanation

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
    from assistant.cli.glancing import glance_json, print_glance, print_meetings

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
