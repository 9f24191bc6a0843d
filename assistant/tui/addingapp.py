"""The part of the app through which documents come into the library and leave it."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from textual import on, work
from textual.reactive import reactive

from assistant.tui import jobs, messages, phrases
from assistant.tui.adddialog import AddDialog
from assistant.tui.library import RemoveWanted
from assistant.tui.libraryapp import LibraryApp
from assistant.tui.marking import one_line

if TYPE_CHECKING:
    from assistant.workspace import Workspace
    from index.reports import AddProgress

__all__ = ["AddingApp"]


class AddingApp(LibraryApp):
    """An app that adds and removes documents."""

    adding: reactive[AddProgress | bool] = reactive(False)
    """How adding gets on; False while nothing is added."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._stop_adding = Event()

    def action_add(self) -> None:
        """Ask for a path, then add it."""

        def given(paths: tuple[str, ...] | None) -> None:
            if paths:
                self.post_message(messages.PathsGiven(paths))

        self.push_screen(AddDialog(), given)

    @on(messages.PathsGiven)
    def _paths_given(self, event: messages.PathsGiven) -> None:
        if self.adding:
            self.say("Files are being added already; ctrl+x stops that.", severity="warning")
            return
        self._stop_adding = Event()
        self.adding = True
        self.refresh_bindings()
        self._add(self._stop_adding, event.paths)

    @work(thread=True, exclusive=True, group="add", exit_on_error=False)
    def _add(self, stopped: Event, paths: tuple[str, ...]) -> None:
        jobs.add(self.workspace, paths, stopped, self._post)

    @on(messages.AddMoved)
    def _add_moved(self, event: messages.AddMoved) -> None:
        if self.adding:
            self.adding = event.progress

    @on(messages.AddEnded)
    async def _add_ended(self, event: messages.AddEnded) -> None:
        self.adding = False
        self.refresh_bindings()
        if event.trouble is not None:
            await self.chat.trouble(event.trouble)
        if event.report is not None:
            await self.chat.report(event.report)
            if self.current_mode != "chat":
                self.say(f"{phrases.added(event.report)}. f2 shows each file.")
        elif self.current_mode != "chat":
            self.say("Not added. f2 shows why.", severity="error")

    @on(RemoveWanted)
    def _remove_wanted(self, event: RemoveWanted) -> None:
        self._remove(event.document.document_id, event.document.name)

    @work(thread=True, group="remove", exit_on_error=False)
    def _remove(self, document_id: str, title: str) -> None:
        jobs.remove(self.workspace, document_id, title, self._post)

    @on(messages.Removed)
    def _removed(self, event: messages.Removed) -> None:
        self.say(f"Removed: {one_line(event.title)}")
