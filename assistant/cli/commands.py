"""The commands of ``loccit``. Each opens the library, calls it once and prints what came back."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.output import ExitCode, emit, emit_json, talk

if TYPE_CHECKING:
    from assistant.workspace import Workspace
    from corpus.store import StoredDocument
    from index.filters import Filters

__all__ = ["app", "run"]

app = typer.Typer(
    name="loccit",
    help="A literature assistant: answers made of passages, each cited to the place where it stands.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Json = Annotated[bool, typer.Option("--json", help="Print data for programs.")]
Within = Annotated[list[str] | None, typer.Option("--in", help="Search only this document (id or key); repeatable.")]
Author = Annotated[list[str] | None, typer.Option("--author", help="Search only works by this author; repeatable.")]
Year = Annotated[str, typer.Option("--year", help="Search only works of these years: 2020, 2020-2023, 2020- or -2023.")]
Kind = Annotated[list[str] | None, typer.Option("--kind", help="Search only this kind of document; repeatable.")]
InSection = Annotated[
    list[str] | None,
    typer.Option("--section", help="Search only sections with these words in their heading; repeatable."),
]


class _Choice:
    """The library chosen by the global option."""

    library: Path | None = None
    open_screen: Callable[[Workspace], None] | None = None
    """Shows the terminal UI; set by `run`."""


@app.callback(invoke_without_command=True)
def _global(
    context: typer.Context,
    library: Annotated[
        Path | None, typer.Option("--library", help="The library's folder, made where there is none.")
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Without a command, open the terminal UI."""
    _Choice.library = library
    if version:
        from importlib.metadata import version as installed

        emit(f"loccit {installed('loccit')}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        _open_screen()


def _open_screen() -> None:
    from assistant.workspace import Workspace

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        talk("The terminal UI needs a terminal. For a plain answer: loccit ask QUESTION")
        raise typer.Exit(ExitCode.USAGE)
    with Workspace.open(_Choice.library, remote=True) as workspace:
        assert _Choice.open_screen is not None, "set by run"
        _Choice.open_screen(workspace)


@app.command()
def add(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files and folders; or a URL, DOI or arXiv number, fetched.")
    ],
    lookup: Annotated[
        bool, typer.Option("--lookup", help="Complete the records from the DOI registries (uses the network).")
    ] = False,
    password: Annotated[str, typer.Option("--password", metavar="TEXT", help="Opens protected PDF files.")] = "",
    ocr: Annotated[
        bool, typer.Option("--ocr", help="Recognise PDF pages without text (needs the program tesseract).")
    ] = False,
    json: Json = False,
) -> None:
    """Add papers and essays to the library."""
    from assistant.cli.adding import add_targets, interruptible
    from assistant.cli.listing import print_lookups, print_report

    with interruptible() as cancelled, _workspace() as workspace:
        report, lookups = add_targets(workspace, paths, lookup=lookup, password=password, ocr=ocr, cancelled=cancelled)
        if json:
            emit_json({**report.as_json(), "lookups": [item.as_json() for item in lookups]})
        else:
            print_report(report)
            print_lookups(workspace, lookups)
    if any(item.status == "failed" for item in lookups):
        raise typer.Exit(ExitCode.SERVICE)
    if report.failed or report.cancelled:
        raise typer.Exit(ExitCode.SOME_FAILED)


@app.command("list")
def list_documents(json: Json = False) -> None:
    """List the documents of the library."""
    from assistant.cli.listing import print_documents, summary_json

    with _workspace(starter=True) as workspace:
        documents = workspace.documents()
        if json:
            groups = workspace.works.groups()
            emit_json({"documents": [summary_json(item, groups.get(item.document_id, ())) for item in documents]})
        else:
            print_documents(documents, workspace.works)


@app.command()
def show(
    document: Annotated[str, typer.Argument(metavar="ID", help="A document's id or key.")],
    text: Annotated[bool, typer.Option("--text", help="Print the text that all offsets refer to.")] = False,
    references: Annotated[
        bool, typer.Option("--references", help="Print its reference list: which works are held, which are not.")
    ] = False,
    cited_by: Annotated[
        bool, typer.Option("--cited-by", help="Print the documents of the library that cite it, with their sentences.")
    ] = False,
    json: Json = False,
) -> None:
    """Show what is known of a document: record, origins, sections, references, damage."""
    if text + references + cited_by > 1:
        talk("Give only one of --text, --references and --cited-by")
        raise typer.Exit(ExitCode.USAGE)
    with _workspace(starter=True) as workspace:
        stored = workspace.document(document)
        if references:
            _show_references(workspace, stored, json)
        elif cited_by:
            _show_cited_by(workspace, stored, json)
        elif text and not json:
            emit(stored.document.text)
        else:
            _show_document(workspace, stored, json)


def _show_document(workspace: Workspace, stored: StoredDocument, json: bool) -> None:
    from assistant.cli.showing import document_json, print_document, print_versions

    versions = workspace.works.versions_of(stored.document_id)
    if json:
        emit_json(document_json(stored, versions))
    else:
        print_document(stored)
        print_versions(workspace, stored, versions)


def _show_references(workspace: Workspace, stored: StoredDocument, json: bool) -> None:
    from assistant.cli.citations import print_references, references_json

    entries = workspace.citations.references_of(stored.document_id)
    held = {summary.document_id: summary for summary in workspace.documents()}
    if json:
        emit_json(references_json(stored, entries, held))
    else:
        print_references(entries, held)


def _show_cited_by(workspace: Workspace, stored: StoredDocument, json: bool) -> None:
    from assistant.cli.citations import cited_by_json, print_cited_by

    citing = workspace.citations.citing(stored.document_id)
    if json:
        emit_json(cited_by_json(stored, citing))
    else:
        print_cited_by(citing)


@app.command()
def edit(
    document: Annotated[str, typer.Argument(metavar="ID", help="A document's id or key.")],
    changes: Annotated[
        list[str], typer.Argument(metavar="FIELD=VALUE...", help="title, authors (Family, Given; ...), year, kind ...")
    ],
    json: Json = False,
) -> None:
    """Correct a document's record by hand; an empty value clears a field."""
    from corpus.errors import UsageError

    pairs = [change.partition("=") for change in changes]
    for name, sign, _ in pairs:
        if not sign:
            raise UsageError("This is no change", place=name, remedy="Write FIELD=VALUE, for example year=2024")
    with _workspace() as workspace:
        _show_document(workspace, workspace.edit(document, {name.strip(): value for name, _, value in pairs}), json)


@app.command()
def remove(
    documents: Annotated[list[str] | None, typer.Argument(metavar="ID...", help="Ids or keys.")] = None,
    starter: Annotated[bool, typer.Option("--starter", help="Remove the starter documents, for good.")] = False,
    json: Json = False,
) -> None:
    """Take documents out of the library; the files stay where they are."""
    if not documents and not starter:
        talk("Nothing was named. Give ids or keys (see loccit list), or --starter")
        raise typer.Exit(ExitCode.USAGE)
    with _workspace() as workspace:
        removed = workspace.remove(documents) if documents else []
        if starter:
            removed += workspace.remove_starter()
    if json:
        emit_json({"removed": removed})
    else:
        talk(f"Removed {len(removed)} {'document' if len(removed) == 1 else 'documents'}; the files themselves stay")


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="Words or a question.")],
    limit: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many passages.")] = 10,
    within: Within = None,
    author: Author = None,
    year: Year = "",
    kind: Kind = None,
    section: InSection = None,
    json: Json = False,
) -> None:
    """Find passages; "words in quotation marks" must occur as they stand, and licen* finds what begins so."""
    from assistant.cli.answers import print_results, results_json

    with _workspace(starter=True) as workspace:
        hits = workspace.search(query, limit, filters=_filters(within, author, year, kind, section))
        if json:
            emit_json({"query": query, "results": results_json(workspace, hits)})
        else:
            print_results(workspace, hits)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="A question in plain words.")],
    within: Within = None,
    author: Author = None,
    year: Year = "",
    kind: Kind = None,
    section: InSection = None,
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

    with _workspace(starter=True) as workspace:
        history = workspace.sessions.history(session) if session else ()
        answer = workspace.ask(question, filters=_filters(within, author, year, kind, section), history=history)
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


@app.command()
def glance(
    documents: Annotated[list[str], typer.Argument(metavar="ID...", help="Ids or keys; two or more are compared.")],
    json: Json = False,
) -> None:
    """Show documents in their own sentences: aim, method, results, limits; of several, where they agree or disagree."""
    from assistant.cli.glancing import glance_json, print_glance, print_meetings

    with _workspace(starter=True) as workspace:
        glances = [workspace.glance(name) for name in dict.fromkeys(documents)]
        meetings = workspace.compare(documents) if len(glances) > 1 else []
    if json:
        emit_json(glance_json(glances, meetings))
        return
    for item in glances:
        print_glance(item)
    if len(glances) > 1:
        print_meetings(meetings)


def _filters(
    within: list[str] | None, author: list[str] | None, year: str, kind: list[str] | None, section: list[str] | None
) -> Filters:
    from index.filters import Filters, parse_years

    return Filters(
        documents=tuple(within or ()),
        authors=tuple(author or ()),
        years=parse_years(year) if year else None,
        kinds=tuple(kind or ()),
        sections=tuple(section or ()),
    )


@app.command()
def sessions(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="Show this session.")] = "",
    rename: Annotated[str, typer.Option("--rename", metavar="NEW", help="Give it another name.")] = "",
    remove: Annotated[bool, typer.Option("--remove", help="Remove it; the documents stay.")] = False,
    json: Json = False,
) -> None:
    """List the sessions kept in the library, or show, rename or remove one."""
    from assistant.cli.sessions import print_sessions, print_turns, session_json, turn_json

    if ((rename or remove) and not name) or (rename and remove):
        talk("Name the session to rename or to remove, and do one of both: loccit sessions NAME --rename NEW")
        raise typer.Exit(ExitCode.USAGE)
    with _workspace() as workspace:
        if rename:
            workspace.sessions.rename(name, rename)
        elif remove:
            workspace.sessions.remove(name)
        elif name:
            turns = workspace.sessions.turns(name)
            if json:
                emit_json({"name": name, "turns": [turn_json(turn) for turn in turns]})
            else:
                print_turns(turns)
            return
        kept = workspace.sessions.summaries()
    if json:
        emit_json({"sessions": [session_json(session) for session in kept]})
    else:
        print_sessions(kept)


@app.command()
def taxonomy(
    question: Annotated[
        str, typer.Argument(help="A question; or list, add FILE, remove NAME; with --contradictions, a document.")
    ] = "",
    target: Annotated[str, typer.Argument(help="The file to add, or the name to remove.")] = "",
    within: Annotated[str, typer.Option("--in", help="Ask this taxonomy only.")] = "",
    passages: Annotated[bool, typer.Option("--passages", help="Show what the library says of it too.")] = False,
    contradictions: Annotated[
        bool, typer.Option("--contradictions", help="Statements of the library that the table contradicts.")
    ] = False,
    export: Annotated[
        Path | None, typer.Option("--export", help="Write the table to a file: .svg, .csv, .md or .tex.")
    ] = None,
    distribution: Annotated[
        bool, typer.Option("--distribution", help="Export the levels counted by component instead.")
    ] = False,
    json: Json = False,
) -> None:
    """Ask the openness taxonomy of language models, and other classifications, your own included."""
    from assistant.cli import taxonomies

    text = f"{question} {target}".strip()
    managing = (question in ("add", "remove") and target) or text == "list"
    if not managing and not contradictions and export is None and not _has_library():
        taxonomies.question(None, text, within=within, passages=passages, json=json)
        return
    with _workspace() as workspace:
        if export is not None:
            taxonomies.export(workspace.taxonomies, export, within=within, distribution=distribution, json=json)
        elif contradictions:
            taxonomies.contradict(workspace, question, json=json)
        elif question == "list" and not target:
            taxonomies.listing(workspace, json=json)
        elif question == "add" and target:
            taxonomies.add(workspace, Path(target), json=json)
        elif question == "remove" and target:
            taxonomies.remove(workspace, target, json=json)
        else:
            taxonomies.question(workspace, text, within=within, passages=passages, json=json)


@app.command("eval")
def evaluate(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="JSON lines or CSV: question, document, page, quote."),
    ],
    json: Json = False,
) -> None:
    """Measure how well the library finds what your own questions ask for."""
    from assistant.cli.evaluating import print_evaluation
    from assistant.evaluating import evaluate, read_expected

    expected = read_expected(file)
    with _workspace() as workspace:
        evaluation = evaluate(workspace, expected)
    if json:
        emit_json(evaluation.as_json())
    else:
        print_evaluation(evaluation)


@app.command()
def note(
    document: Annotated[str | None, typer.Argument(metavar="[ID]", help="A document's id or key.")] = None,
    words: Annotated[str | None, typer.Argument(metavar="[WORDS]", help="Words that stand there once.")] = None,
    comment: Annotated[str | None, typer.Argument(metavar="[COMMENT]", help="What to note about them.")] = None,
    remove: Annotated[int | None, typer.Option("--remove", metavar="N", help="Take note N away.")] = None,
    json: Json = False,
) -> None:
    """Write a note on words of a document, or list the notes: all, or those on one document."""
    from assistant.cli.notes import note_json, print_notes
    from corpus.errors import UsageError

    if (words is None) != (comment is None) or (remove is not None and document is not None):
        raise UsageError("This is no note", remedy='Write loccit note ID "words" "comment", or loccit note --remove N')
    with _workspace() as workspace:
        if remove is not None:
            notes = [workspace.notes.remove(remove)]
        elif document is not None and words is not None and comment is not None:
            notes = [workspace.notes.add(workspace.document(document), words, comment)]
        else:
            notes = workspace.notes.of(None if document is None else workspace.document(document).document_id)
        if json:
            emit_json({"notes": [note_json(workspace, item) for item in notes]})
        elif remove is not None:
            talk(f"Removed note {remove}")
        else:
            print_notes(workspace, notes)


@app.command()
def doctor(json: Json = False) -> None:
    """Check the installation, the model and the library."""
    from assistant.health import examine

    with _workspace() as workspace:
        checks = list(examine(workspace))
    if json:
        emit_json({"checks": [check.as_json() for check in checks]})
    else:
        for check in checks:
            remedy = f"\n        {check.remedy}" if check.remedy else ""
            emit(f"{check.status:<5} {check.name:<10} {check.detail}{remedy}")
    if any(check.status == "fail" for check in checks):
        raise typer.Exit(ExitCode.LIBRARY)


def _has_library() -> bool:
    from assistant.places import default_library

    return ((_Choice.library or default_library()) / "library.db").exists()


@contextmanager
def _workspace(*, starter: bool = False) -> Iterator[Workspace]:
    """The chosen library; with ``starter``, the default one gets its starter documents on its first start."""
    from assistant.workspace import Workspace

    with Workspace.open(_Choice.library) as workspace:
        if starter and workspace.install_starter():
            talk("First start: the starter library, four short briefs, was added (loccit remove --starter drops it)")
        yield workspace


def run(open_screen: Callable[[Workspace], None]) -> None:
    """Run the command line; the one place where errors become messages and exit codes.

    ``open_screen`` shows the terminal UI, which is a front of its own.
    """
    from sqlite3 import DatabaseError

    from corpus.errors import LoccitError

    _Choice.open_screen = open_screen
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal that cannot show a character shows a question mark.
            stream.reconfigure(errors="replace")
    try:
        app(standalone_mode=True)
    except LoccitError as error:
        talk(f"loccit: {error}")
        sys.exit(error.exit_code)
    except (DatabaseError, UnicodeDecodeError) as error:
        remedy = "Move library.db away and add the originals again"
        talk(f"loccit: The library is damaged ({error}). {remedy}.")
        sys.exit(ExitCode.LIBRARY)
