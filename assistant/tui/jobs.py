"""What runs in worker threads: each job calls the workspace and posts messages, and touches nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING

from textual.message import Message

from assistant.tui import examples
from assistant.tui.messages import (
    AddEnded,
    AddMoved,
    Answered,
    AskFailed,
    DocumentRead,
    ExamplesFound,
    Explained,
    Failed,
    Found,
    Glanced,
    LibraryRead,
    ParticularsRead,
    Ready,
    Removed,
    StarterAdded,
    Writing,
)
from assistant.tui.trouble import Trouble

if TYPE_CHECKING:
    from assistant.answering import Answer
    from assistant.citing import CitedSource
    from assistant.workspace import Workspace

__all__ = ["Post", "add", "ask", "explain", "glance", "particulars", "prepare", "read", "remove"]

BATCH = 0.05
"""Seconds between two steps of a text that is being written."""

Post = Callable[[Message], None]
"""How a job reports: the app's thread-safe ``post_message``."""


def prepare(workspace: Workspace, post: Post) -> None:
    """Make ready after the first paint: the starter library, examples, the model."""

    def work() -> Message:
        post(LibraryRead(tuple(workspace.documents()), opening=workspace.default))
        if workspace.starter.install():
            post(StarterAdded())
        post(listed(workspace))
        post(ExamplesFound(examples.questions(workspace)))
        workspace.warm_up()
        return Ready()

    post(attempted("loccit could not get ready", work, Ready))


def ask(workspace: Workspace, ready: Event, stopped: Event, session: str, turn: int, question: str, post: Post) -> None:
    """Answer one question after those of its session, once the library is ready, and keep it there."""
    while not ready.wait(0.05):
        if stopped.is_set():
            return

    def work() -> Message:
        history = workspace.sessions.history(session) if session else ()
        answer = workspace.ask(question, history=history)
        if workspace.writer is not None and not answer.abstained:
            post(Found(turn, answer))
            answer = workspace.writer.rewrite(answer, on_text=show, cancelled=stopped.is_set)
        return Answered(turn, answer) if stopped.is_set() else _kept(workspace, session, turn, answer)

    show = in_batches(lambda text: post(Writing(turn, text)))
    if not stopped.is_set():
        post(attempted("No answer", work, lambda trouble: AskFailed(turn, trouble)))


def _kept(workspace: Workspace, session: str, turn: int, answer: Answer) -> Answered:
    """The answer of a turn, kept in its session; a new one is named after its first question."""
    name = session or workspace.sessions.new_name(answer.question)
    written = workspace.keep(name, answer)
    return Answered(turn, written, name if written is answer else session)


def in_batches(show: Callable[[str], None]) -> Callable[[str], None]:
    """``show``, called at most some twenty times a second."""
    shown = 0.0

    def called(text: str) -> None:
        nonlocal shown
        now = monotonic()
        if now - shown >= BATCH:
            shown = now
            show(text)

    return called


def add(workspace: Workspace, paths: Sequence[str], stopped: Event, post: Post) -> None:
    """Add files, telling each step."""

    def work() -> Message:
        report = workspace.add(paths, progress=lambda step: post(AddMoved(step)), cancelled=stopped.is_set)
        return AddEnded(report)

    post(attempted("Not added", work, lambda trouble: AddEnded(None, trouble)))
    post(attempted("The library could not be listed", lambda: listed(workspace), Failed))
    post(attempted("No examples", lambda: ExamplesFound(examples.questions(workspace)), Failed))


def read(workspace: Workspace, document_id: str, source: CitedSource | None, post: Post) -> None:
    """Fetch a document to read."""

    def work() -> Message:
        return DocumentRead(workspace.document(document_id), source)

    post(attempted("The document could not be opened", work, Failed))


def glance(workspace: Workspace, document_id: str, post: Post) -> None:
    """Look at a document at a glance."""
    post(attempted("The document could not be opened", lambda: Glanced(workspace.glance(document_id)), Failed))


def particulars(workspace: Workspace, document_id: str, post: Post) -> None:
    """Look up the versions of a document, and the notes on it."""

    def work() -> Message:
        own, others = workspace.works.version(document_id), workspace.works.versions_of(document_id)
        return ParticularsRead(document_id, own, others, tuple(workspace.notes.of(document_id)))

    post(attempted("The document could not be looked up", work, Failed))


def explain(workspace: Workspace, answer: Answer, post: Post) -> None:
    """Tell how an answer came about; one from an earlier session is worked out again, by the library as it is now."""

    def work() -> Message:
        explanation = answer.explanation or workspace.ask(answer.standalone_question).explanation
        assert explanation is not None
        return Explained(answer, explanation)

    post(attempted("The answer could not be explained", work, Failed))


def remove(workspace: Workspace, document_id: str, title: str, post: Post) -> None:
    """Take a document out of the library."""

    def work() -> Message:
        workspace.remove([document_id])
        return Removed(title)

    post(attempted("Not removed", work, Failed))
    post(attempted("The library could not be listed", lambda: listed(workspace), Failed))


def listed(workspace: Workspace) -> LibraryRead:
    """The documents there are."""
    return LibraryRead(tuple(workspace.documents()))


def attempted(header: str, work: Callable[[], Message], failed: Callable[[Trouble], Message]) -> Message:
    """The message of work done, or that of its failure: whatever happens in a thread is shown, and the app goes on."""
    try:
        return work()
    except Exception as error:  # noqa: BLE001
        return failed(Trouble.of(header, error))
