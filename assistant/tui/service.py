"""The service: what the screens ask of the library, as calls to await. The work runs in threads; no widget is known.

A call that fails raises `Trouble`, whatever the cause. Calls with several steps are iterated over; they end early when
their event is set, or when the iteration is cancelled.
"""

import asyncio
import traceback
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from threading import Event, Lock, Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING, TypeVar

from assistant.answering import Answer
from assistant.answering.answer import Explanation
from assistant.chat import SavedTurn, Session
from assistant.tui.example_questions import questions
from assistant.workspace import Workspace
from corpus.errors import LoccitError
from corpus.references.works import Version
from corpus.store import DocumentSummary, StoredDocument
from corpus.store.notes import Note
from index.reports import AddProgress, AddReport

if TYPE_CHECKING:
    from assistant.glance import Glance

__all__ = ["Answered", "Found", "Particulars", "Service", "Trouble", "Writing"]

BATCH = 0.05
"""Seconds between two steps of a text that is being written."""
LOOK_AGAIN = 0.2
"""Seconds until the embedding process is ended again, while a call may still start it."""

Result = TypeVar("Result")
Step = TypeVar("Step")


class Trouble(Exception):
    """What did not happen and why, in a form to show.

    >>> Trouble.of("Not added", LoccitError("The file is empty", place="a.md")).text
    'The file is empty: a.md.'
    """

    def __init__(self, header: str, text: str, *, expected: bool = True) -> None:
        super().__init__(header, text)
        self.header = header
        """What did not happen, in plain words."""
        self.text = text
        """The message of an expected error as it is; the traceback of any other."""
        self.expected = expected
        """Whether loccit raised the error on purpose."""

    @classmethod
    def of(cls, header: str, error: BaseException) -> "Trouble":
        """Make any error showable."""
        if isinstance(error, LoccitError):
            return cls(header, str(error))
        # The message stands first: a long traceback scrolls.
        told = f"{type(error).__name__}: {error}\n\n{''.join(traceback.format_exception(error)).rstrip()}"
        return cls(f"{header}: something unforeseen went wrong in loccit", told, expected=False)


@dataclass(frozen=True, slots=True)
class Found:
    """The passages for a question, before a language model writes from them."""

    answer: Answer
    model: str


@dataclass(frozen=True, slots=True)
class Writing:
    """The text of a language model so far, unchecked."""

    text: str


@dataclass(frozen=True, slots=True)
class Answered:
    """The finished answer."""

    answer: Answer
    session: str
    """The session that holds it; empty when it could not be kept."""


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is known of a document besides its record."""

    own: Version
    """Which version of its work it is."""
    versions: Mapping[str, Version]
    """The other versions in the library by document id, the one to cite first."""
    notes: tuple[Note, ...]
    """The user's notes on it, in text order."""


class Service:
    """The workspace, for code that must not block."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._lock = Lock()
        self._running = 0
        """Calls whose threads have not ended, the abandoned ones included."""
        self._warm = False

    # The library

    async def documents(self) -> tuple[DocumentSummary, ...]:
        """List the documents."""
        return await self._call("The library could not be listed", lambda: tuple(self.workspace.documents()))

    async def install_starter(self) -> bool:
        """Put the starter documents into an empty default library; returns whether it was done."""
        return await self._call("The starter library could not be added", self.workspace.starter.install)

    async def warm_up(self) -> None:
        """Load the embedding model for questions."""
        await self._call("The embedding model could not be loaded", self.workspace.warm_up)
        self._warm = True

    async def examples(self) -> tuple[str, ...]:
        """Find questions that the library can answer."""
        return await self._call("No examples", partial(questions, self.workspace))

    def add(self, paths: tuple[str, ...], stopped: Event) -> AsyncIterator[AddProgress | AddReport]:
        """Add files and folders: each step, then the report; ``stopped`` ends it after the file being read."""

        def work(tell: Callable[[AddProgress | AddReport], None], cancelled: Callable[[], bool]) -> AddReport:
            return self.workspace.add(paths, progress=tell, cancelled=cancelled)

        return self._steps("Not added", work, stopped)

    async def remove(self, document_id: str) -> None:
        """Take a document out of the library."""
        await self._call("Not removed", partial(self.workspace.remove, [document_id]))

    async def document(self, document_id: str) -> StoredDocument:
        """Fetch a document to read."""
        return await self._call("The document could not be opened", partial(self.workspace.document, document_id))

    async def glance(self, document_id: str) -> "Glance":
        """Choose the sentences that tell a document's aim, method and results."""
        return await self._call("The document could not be opened", partial(self.workspace.glance, document_id))

    async def particulars(self, document_id: str) -> Particulars:
        """Look up the versions of a document and the notes on it."""

        def work() -> Particulars:
            works = self.workspace.works
            notes = tuple(self.workspace.notes.of(document_id))
            return Particulars(works.version(document_id), works.versions_of(document_id), notes)

        return await self._call("The document could not be looked up", work)

    # Questions

    def ask(self, question: str, session: str, stopped: Event) -> AsyncIterator[Found | Writing | Answered]:
        """Answer a question after those of its session, and keep the answer there; without one a session is begun."""
        return self._steps("No answer", partial(self._answer, question, session), stopped)

    def _answer(
        self,
        question: str,
        session: str,
        tell: Callable[[Found | Writing | Answered], None],
        cancelled: Callable[[], bool],
    ) -> Answered:
        model = self.workspace.language_model
        reply = self.workspace.reply(
            question,
            session,
            on_found=lambda answer: tell(Found(answer, "" if model is None else model.model)),
            on_text=in_batches(lambda text: tell(Writing(text))),
            cancelled=cancelled,
        )
        return Answered(reply.answer, reply.session)

    async def explain(self, answer: Answer) -> Explanation:
        """Tell how an answer came about; one from an earlier session is computed again from the library as it is."""

        def work() -> Explanation:
            explanation = answer.explanation or self.workspace.ask(answer.standalone_question).explanation
            assert explanation is not None
            return explanation

        return await self._call("The answer could not be explained", work)

    # Sessions

    async def sessions(self) -> tuple[Session, ...]:
        """List the sessions."""
        return await self._call("The sessions could not be listed", lambda: tuple(self.workspace.sessions.summaries()))

    async def turns(self, name: str) -> tuple[SavedTurn, ...]:
        """Fetch the questions and answers of a session."""
        return await self._call("The session could not be opened", lambda: tuple(self.workspace.sessions.turns(name)))

    async def rename_session(self, session: str, new: str) -> None:
        """Give a session another name."""
        await self._call("Not renamed", lambda: self.workspace.sessions.rename(session, new))

    async def remove_session(self, session: str) -> None:
        """Remove a session."""
        await self._call("Not removed", lambda: self.workspace.sessions.remove(session))

    # Running

    def leave(self) -> None:
        """End the embedding process until no call can start it again: loading the model cannot be interrupted."""
        if self._running or not self._warm:
            Thread(target=self._end_model, daemon=True).start()

    def _end_model(self) -> None:
        self.workspace.embedder.close()
        while self._running:
            sleep(LOOK_AGAIN)
            self.workspace.embedder.close()

    async def _call(self, header: str, work: Callable[[], Result]) -> Result:
        return await asyncio.to_thread(self._attempt, header, work)

    def _attempt(self, header: str, work: Callable[[], Result]) -> Result:
        """Run ``work`` in this thread; any error becomes trouble under ``header``."""
        with self._lock:
            self._running += 1
        try:
            return work()
        except Exception as error:
            raise Trouble.of(header, error) from error
        finally:
            with self._lock:
                self._running -= 1

    async def _steps(
        self, header: str, work: Callable[[Callable[[Step], None], Callable[[], bool]], Step], stopped: Event
    ) -> AsyncIterator[Step]:
        """Run ``work`` in a thread and yield what it tells, then its result."""
        loop, told, left = asyncio.get_running_loop(), asyncio.Queue[Step | None](), Event()

        def tell(step: Step) -> None:
            loop.call_soon_threadsafe(told.put_nowait, step)

        call = asyncio.ensure_future(self._call(header, partial(work, tell, lambda: left.is_set() or stopped.is_set())))
        call.add_done_callback(lambda _: told.put_nowait(None))
        try:
            while (step := await told.get()) is not None:
                yield step
            yield await call
        finally:
            left.set()
            call.cancel()


def in_batches(show: Callable[[str], None]) -> Callable[[str], None]:
    """Return ``show`` limited to twenty calls a second."""
    shown = 0.0

    def called(text: str) -> None:
        nonlocal shown
        now = monotonic()
        if now - shown >= BATCH:
            shown = now
            show(text)

    return called
