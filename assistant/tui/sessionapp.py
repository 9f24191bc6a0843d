"""The part of the app that keeps conversations and reopens them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from assistant.tui import messages, sessionjobs
from assistant.tui.confirm import Confirm
from assistant.tui.libraryapp import LibraryApp
from assistant.tui.marking import one_line
from assistant.tui.sessions import Choice, SessionList

if TYPE_CHECKING:
    from assistant.workspace import Workspace

__all__ = ["SessionApp"]


class SessionApp(LibraryApp):
    """An app whose conversation is a session of the library, kept from its first answer on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "sessions", "Sessions", show=False, id="app.sessions", tooltip="Reopen an earlier conversation"),
        Binding("ctrl+t", "new_session", "New session", show=False, id="app.new", tooltip="Begin a new conversation"),
    ]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.session = ""
        """The name of the session; empty before its first answer."""
        self._turns = 0
        """Questions shown since the start; the number of a turn is never used again."""
        self._examples: tuple[str, ...] = ()

    def _enter_session(self, name: str) -> None:
        self.session = name
        self.chat.entitle(name)

    # -- reopening --------------------------------------------------------------------------------

    @work(thread=True, exclusive=True, group="sessions", exit_on_error=False)
    def action_sessions(self) -> None:
        """List the conversations that are kept."""
        sessionjobs.list_sessions(self.workspace, self._post)

    @on(messages.SessionsListed)
    def _sessions_listed(self, event: messages.SessionsListed) -> None:
        self.push_screen(SessionList(event.sessions), self._session_chosen)

    def _session_chosen(self, choice: Choice | None) -> None:
        if choice is None:
            return
        if choice.wish == "open":
            self._open_session(choice.name)
            return

        def decided(yes: bool | None) -> None:
            if yes:
                self._remove_session(choice.name)

        self.push_screen(Confirm("Remove the conversation?", one_line(choice.name), "Remove"), decided)

    @work(thread=True, exclusive=True, group="sessions", exit_on_error=False)
    def _open_session(self, name: str) -> None:
        sessionjobs.open_session(self.workspace, name, self._post)

    @on(messages.SessionOpened)
    async def _session_opened(self, event: messages.SessionOpened) -> None:
        await self.run_action("stop")
        await self.run_action("go('chat')")
        await self.chat.reopen(event.turns, self._turns + 1)
        self._turns += len(event.turns)
        self._enter_session(event.name)

    # -- beginning, naming, removing --------------------------------------------------------------

    async def action_new_session(self) -> None:
        """Begin a new conversation; the one before is kept."""
        await self.run_action("stop")
        await self.run_action("go('chat')")
        await self.chat.restart(self._examples, len(self.documents or ()))
        self._enter_session("")

    def action_rename_session(self, name: str = "") -> None:
        """Give the conversation a name."""
        if not self.session:
            self.say("A conversation can be named once it has an answer.", severity="warning")
        elif not name:
            self.say("Type the new name after /rename.", severity="warning")
        else:
            self._rename_session(self.session, name)

    @work(thread=True, exclusive=True, group="sessions", exit_on_error=False)
    def _rename_session(self, name: str, new: str) -> None:
        sessionjobs.rename(self.workspace, name, new, self._post)

    @on(messages.SessionRenamed)
    def _session_renamed(self, event: messages.SessionRenamed) -> None:
        self._enter_session(event.name)
        self.say(f"Named: {one_line(event.name)}")

    @work(thread=True, exclusive=True, group="sessions", exit_on_error=False)
    def _remove_session(self, name: str) -> None:
        sessionjobs.remove(self.workspace, name, self._post)

    @on(messages.SessionRemoved)
    def _session_removed(self, event: messages.SessionRemoved) -> None:
        if event.name == self.session:
            self._enter_session("")
        self.say(f"Removed: {one_line(event.name)}")
