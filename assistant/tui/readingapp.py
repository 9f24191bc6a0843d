"""The part of the app that opens documents, glances and explanations, and copies from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work

from assistant.tui import clipboard, jobs, messages, phrases
from assistant.tui.glance import GlanceScreen
from assistant.tui.library import LibraryScreen
from assistant.tui.libraryapp import LibraryApp
from assistant.tui.reader import Reader
from assistant.tui.why import WhyScreen

if TYPE_CHECKING:
    from assistant.answering import Answer
    from assistant.citing import CitedSource

__all__ = ["ReadingApp"]


class ReadingApp(LibraryApp):
    """An app that shows documents and fills the clipboard."""

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

    @on(messages.ParticularsWanted)
    def _particulars_wanted(self, event: messages.ParticularsWanted) -> None:
        self._look_up(event.document_id)

    @work(thread=True, exclusive=True, group="particulars", exit_on_error=False)
    def _look_up(self, document_id: str) -> None:
        jobs.particulars(self.workspace, document_id, self._post)

    @on(messages.ParticularsRead)
    def _particulars_read(self, event: messages.ParticularsRead) -> None:
        self.get_screen("library", LibraryScreen).describe(event)

    @on(messages.CopyWanted)
    def _copy_wanted(self, event: messages.CopyWanted) -> None:
        self.copy_to_clipboard(event.text)
        self._copy(event.text)

    @work(thread=True, group="copy", exit_on_error=False)
    def _copy(self, text: str) -> None:
        self._post(messages.Copied(text, clipboard.to_system(text)))

    @on(messages.Copied)
    def _copied(self, event: messages.Copied) -> None:
        self.say(f"{phrases.opening(event.text)}\n{clipboard.ways(event.hindrance)}", title="Copied")

    @on(messages.ExplanationWanted)
    def _explanation_wanted(self, event: messages.ExplanationWanted) -> None:
        self._explain(event.answer)

    @work(thread=True, exclusive=True, group="explain", exit_on_error=False)
    def _explain(self, answer: Answer) -> None:
        jobs.explain(self.workspace, answer, self._post)

    @on(messages.Explained)
    def _explained(self, event: messages.Explained) -> None:
        self.push_screen(WhyScreen(event.answer, event.explanation))
