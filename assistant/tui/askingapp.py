"""The part of the app that gets ready and answers questions, one after the other."""

from __future__ import annotations

from collections import deque
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from textual import on, work

from assistant.tui import jobs, messages
from assistant.tui.libraryapp import GETTING_READY
from assistant.tui.sessionapp import SessionApp

if TYPE_CHECKING:
    from assistant.workspace import Workspace

__all__ = ["AskingApp"]

READY = "ready"
_SOON = 0.15
"""Seconds that an answer has before its question is drawn without it. Most come sooner, and are there sooner for it:
drawing takes as long as half of the search, on the same two cores."""


class AskingApp(SessionApp):
    """An app that answers questions."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._prepared = Event()
        """Questions need not wait any more."""
        self._settled = Event()
        """No thread gets ready any more."""
        self._stop_asking = Event()
        self._waiting: deque[tuple[int, str]] = deque()
        """Questions asked and not answered, the one being worked on first."""
        self._undrawn: dict[int, str] = {}
        """Questions that do not stand in the conversation yet, by turn."""

    def on_mount(self) -> None:
        """Get ready once the first screen stands."""
        self.call_after_refresh(self._prepare)

    # -- getting ready ----------------------------------------------------------------------------

    @work(thread=True, exclusive=True, group="prepare", exit_on_error=False)
    def _prepare(self) -> None:
        try:
            jobs.prepare(self.workspace, self._post)
        finally:
            self._settled.set()

    @on(messages.LibraryRead)
    def _library_read(self, event: messages.LibraryRead) -> None:
        self.documents = event.documents
        if self.chat.welcome is not None:
            self.chat.welcome.describe(len(event.documents), opening=event.opening)

    @on(messages.ExamplesFound)
    async def _examples_found(self, event: messages.ExamplesFound) -> None:
        self._examples = event.questions
        if self.chat.welcome is not None:
            await self.chat.welcome.offer(event.questions)

    @on(messages.StarterAdded)
    def _starter_added(self) -> None:
        self.say("A small starter library was added, so that there is something to ask.")

    @on(messages.Ready)
    async def _now_ready(self, event: messages.Ready) -> None:
        self._prepared.set()
        if self.workspace.read_only:
            self.say("This library is read-only: it can be asked, and nothing is added or kept.", severity="warning")
        self.status = "not ready" if event.trouble else READY
        if event.trouble:
            await self.chat.trouble(event.trouble)

    # -- asking -----------------------------------------------------------------------------------

    @on(messages.QuestionAsked)
    async def _question_asked(self, event: messages.QuestionAsked) -> None:
        self.clear_notifications()
        self._turns += 1
        turn = self._turns
        self._waiting.append((turn, event.question))
        self._undrawn[turn] = event.question
        if len(self._waiting) > 1 or not self._prepared.is_set():
            await self._draw(turn)
        else:
            self.set_timer(_SOON, partial(self._draw, turn))
        if len(self._waiting) == 1:
            self._ask_next()

    async def _draw(self, turn: int) -> None:
        """Show a question, and that it is being worked on, where it does not stand there yet."""
        question = self._undrawn.pop(turn, None)
        if question is not None:
            if self._waiting and self._prepared.is_set():
                self.status = "looking …"
            self.refresh_bindings()
            await self.chat.begin(turn, question)

    def _ask_next(self) -> None:
        if not self._waiting:
            self.refresh_bindings()
            self.status = READY if self._prepared.is_set() else GETTING_READY
            return
        self._stop_asking = Event()
        self._ask(self._stop_asking, *self._waiting[0])

    @work(thread=True, exclusive=True, group="ask", exit_on_error=False)
    def _ask(self, stopped: Event, turn: int, question: str) -> None:
        jobs.ask(self.workspace, self._prepared, stopped, self.session, turn, question, self._post)

    def _is_current(self, turn: int) -> bool:
        return bool(self._waiting) and self._waiting[0][0] == turn

    @on(messages.Found)
    async def _found(self, event: messages.Found) -> None:
        if self._is_current(event.turn) and self.workspace.language_model is not None:
            await self._draw(event.turn)
            self.status = "writing …"
            await self.chat.found(event.turn, event.answer, self.workspace.language_model.model)

    @on(messages.Writing)
    def _writing(self, event: messages.Writing) -> None:
        if self._is_current(event.turn):
            self.chat.writing(event.turn, event.text)

    @on(messages.Answered)
    async def _answered(self, event: messages.Answered) -> None:
        if self._is_current(event.turn):
            self._waiting.popleft()
            question = self._undrawn.pop(event.turn, None)
            if question is None:
                await self.chat.answer(event.turn, event.answer)
            else:
                await self.chat.begin(event.turn, question, event.answer)
            self._enter_session(event.session)
            self._ask_next()

    @on(messages.AskFailed)
    async def _ask_failed(self, event: messages.AskFailed) -> None:
        if self._is_current(event.turn):
            self._waiting.popleft()
            await self._draw(event.turn)
            await self.chat.fail(event.turn, event.trouble)
            self._ask_next()
