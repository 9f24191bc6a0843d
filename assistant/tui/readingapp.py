"""The part of the app that opens something to read: a document, a glance at one, how an answer came about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work

from assistant.tui import jobs, messages
from assistant.tui.glance import GlanceScreen
from assistant.tui.reader import Reader
from assistant.tui.sessionapp import SessionApp
from assistant.tui.why import WhyScreen

if TYPE_CHECKING:
    from assistant.answering import Answer
    from assistant.citing import CitedSource

__all__ = ["ReadingApp"]


class ReadingApp(SessionApp):
    """An app that fetches in a thread what a person wants to read, and opens it over the place."""

    @on(messages.DocumentWanted)
    def _document_wanted(self, event: messages.DocumentWanted) -> None:
        self._read(event.document_id, event.source)

    @work(thread=True, exclusive=True, group="read", exit_on_error=False)
    def _read(self, document_id: str, source: CitedSource | None) -> None:
        jobs.read(self.workspace, document_id, source, self._post)

    @on(messages.DocumentRead)
    def _document_read(self, event: messages.DocumentRead) -> None:
        self.push_screen(Reader(event.document.name, event.document.document, event.source))

    @on(messages.GlanceWanted)
    def _glance_wanted(self, event: messages.GlanceWanted) -> None:
        self._glance(event.document_id)

    @work(thread=True, exclusive=True, group="glance", exit_on_error=False)
    def _glance(self, document_id: str) -> None:
        jobs.glance(self.workspace, document_id, self._post)

    @on(messages.Glanced)
    def _glanced(self, event: messages.Glanced) -> None:
        self.push_screen(GlanceScreen(event.glance))

    @on(messages.ExplanationWanted)
    def _explanation_wanted(self, event: messages.ExplanationWanted) -> None:
        self._explain(event.answer)

    @work(thread=True, exclusive=True, group="explain", exit_on_error=False)
    def _explain(self, answer: Answer) -> None:
        jobs.explain(self.workspace, answer, self._post)

    @on(messages.Explained)
    def _explained(self, event: messages.Explained) -> None:
        self.push_screen(WhyScreen(event.answer, event.explanation))
