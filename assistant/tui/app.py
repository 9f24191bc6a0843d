"""The app: the places and how to go between them, the keys that work everywhere, adding, and the clipboard."""

import asyncio
import os
import sys
from collections.abc import Iterable
from pathlib import PurePath
from threading import Event
from typing import Any, ClassVar

from textual import on, work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.reactive import var
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from assistant.adding import summary
from assistant.tui import phrases
from assistant.tui.base_screen import Failed, LibraryListed, failure
from assistant.tui.chat_screen import ChatScreen
from assistant.tui.glance_screen import GlanceScreen
from assistant.tui.help_screen import HelpScreen
from assistant.tui.library_screen import LibraryScreen
from assistant.tui.openness_screen import OpennessScreen
from assistant.tui.palette import DocumentProvider, actions
from assistant.tui.primary_screen import PrimaryScreen
from assistant.tui.reader_screen import Reader
from assistant.tui.service import Service, Trouble
from assistant.tui.why_screen import WhyScreen
from assistant.tui.widgets.conversation import Conversation
from assistant.tui.widgets.dialogs import AddDialog, SessionList
from assistant.tui.widgets.prompt_input import Prompt, given_paths
from assistant.tui.widgets.side import SourceCard
from assistant.workspace import Workspace
from corpus.store import DocumentSummary
from index.reports import AddProgress

__all__ = ["LoccitApp"]

PLACES: tuple[tuple[str, type[DOMNode]], ...] = (
    ("Prompt", Prompt),
    ("Chat", ChatScreen),
    ("Conversation", Conversation),
    ("Sources", SourceCard),
    ("Reader", Reader),
    ("Library", LibraryScreen),
    ("Openness", OpennessScreen),
    ("At a glance", GlanceScreen),
    ("Primary works", PrimaryScreen),
    ("Why", WhyScreen),
    ("Sessions", SessionList),
    ("Adding", AddDialog),
)
"""What has keys of its own, with its title in the help."""
TERMINAL_CHECK = 1.0
"""Seconds between two checks whether the terminal is still there."""


class LoccitApp(App[None]):
    """A chat-style literature assistant over one library."""

    TITLE = "loccit"
    HELP = "esc esc stops what runs. tab walks through everything; page up and page down scroll."
    CSS_PATH: ClassVar[list[str | PurePath]] = ["loccit.tcss", "chat.tcss", "dialogs.tcss"]
    MODES = {"chat": "chat", "library": "library", "openness": "openness"}  # noqa: RUF012
    DEFAULT_MODE = "chat"
    COMMANDS = App.COMMANDS | {DocumentProvider}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+o", "add", "Add", id="app.add", tooltip="Add a file or a folder to the library"),
        Binding("ctrl+x", "stop", "Stop", id="app.stop", priority=True, tooltip="Stop what runs; so does esc esc"),
        Binding("f2", "go('chat')", "Chat", id="app.chat", tooltip="Go to the chat"),
        Binding("f3", "go('library')", "Library", id="app.library", tooltip="Go to the library"),
        Binding("f4", "go('openness')", "Openness", show=False, id="app.openness", tooltip="Go to the openness table"),
        Binding("f5", "sessions", "Sessions", show=False, id="app.sessions", tooltip="Reopen an earlier conversation"),
        Binding("ctrl+t", "new_session", "New session", show=False, id="app.new", tooltip="Begin a new conversation"),
        Binding("f1", "help", "Help", id="app.help", tooltip="Every key and command"),
        Binding(
            "ctrl+p",
            "command_palette",
            "palette",
            show=False,
            priority=True,
            id="app.palette",
            tooltip="Search all actions, and the documents by title or author",
        ),
        Binding("ctrl+q", "quit", "Quit", id="app.quit", priority=True, tooltip="Leave loccit"),
    ]

    documents: var[tuple[DocumentSummary, ...] | None] = var(None)
    """What the library holds; None before it was listed."""
    adding: var[AddProgress | bool] = var(False)
    """Progress of the running add; False when idle."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.service = Service(workspace)
        self._stop_adding = Event()

    def on_load(self) -> None:
        """Make the places, which follow the documents and the running add."""
        self.chat = ChatScreen(self.service)
        places = {"chat": self.chat, "library": LibraryScreen(self.service), "openness": OpennessScreen(self.service)}
        for name, place in places.items():
            place.data_bind(LoccitApp.documents, LoccitApp.adding)
            self.install_screen(place, name)

    def on_mount(self) -> None:
        """Watch the terminal, and say which settings are not used."""
        ignored = self.service.workspace.configuration.ignored
        if ignored is not None:
            self.say(str(ignored), warning=True)
        if not self.is_headless and sys.__stdin__ is not None:
            leave_with_terminal(self, sys.__stdin__.fileno())

    def say(self, text: str, *, title: str = "", warning: bool = False) -> None:
        """Show a notice; its text is never markup."""
        self.notify(text, title=title, severity="warning" if warning else "information", markup=False)

    # -- what the screens tell --------------------------------------------------------------------

    @on(LibraryListed)
    def _library_listed(self, event: LibraryListed) -> None:
        self.documents = event.documents

    @on(Failed)
    async def _failed(self, event: Failed) -> None:
        await self._show_trouble(event.trouble, f"{event.trouble.header}. f2 shows why.")

    @on(Worker.StateChanged)
    async def _worker_changed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR:
            trouble = failure(event.worker)
            await self._show_trouble(trouble, f"{trouble.header}. f2 shows why.")

    async def _show_trouble(self, trouble: Trouble, notice: str) -> None:
        """Show an error in the conversation, and a notice elsewhere."""
        await self.chat.trouble(trouble)
        if self.current_mode != "chat":
            self.notify(notice, severity="error", markup=False)

    # -- actions ----------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show Stop only while something runs, and each place only from the others."""
        if action == "stop":
            return bool(self.adding or self.chat.conversation.busy)
        return parameters != (self.current_mode,) if action == "go" else True

    async def action_go(self, mode: str) -> None:
        """Go to a place."""
        await self.switch_mode(mode)

    async def action_stop(self) -> None:
        """Stop asking and adding; files already added are kept."""
        if self.adding:
            self._stop_adding.set()
            self.say("Stopping; files already added are kept.")
        await self.chat.conversation.stop()

    def action_sessions(self) -> None:
        """List the conversations that are kept."""
        self.chat.choose_session()

    async def action_new_session(self) -> None:
        """Begin a new conversation; the one before is kept."""
        await self.chat.new_session()

    def action_rename_session(self, name: str = "") -> None:
        """Give the conversation a name."""
        self.chat.rename_session(name)

    def action_help(self) -> None:
        """Show every key and command."""
        self.push_screen(HelpScreen((("Everywhere", type(self)), *PLACES)))

    async def action_quit(self) -> None:
        """Stop what runs, then leave."""
        self._stop_adding.set()
        self.workers.cancel_all()
        self.service.leave()
        self.exit()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Yield everything that has a key, and two of Textual's commands."""
        yield from actions(screen)
        kept = ("Theme", "Screenshot")
        yield from (command for command in super().get_system_commands(screen) if command.title in kept)

    # -- adding -----------------------------------------------------------------------------------

    def action_add(self, typed: str = "") -> None:
        """Add the paths that were typed; without any, ask for them."""
        if typed:
            self._given(given_paths(typed))
        else:
            self.push_screen(AddDialog(), self._given)

    def _given(self, paths: tuple[str, ...] | None) -> None:
        if not paths:
            return
        if self.adding:
            self.say("Files are being added already; ctrl+x stops that.", warning=True)
            return
        self._stop_adding = Event()
        self.adding = True
        self.refresh_bindings()
        self._add(paths, self._stop_adding)

    @work(exclusive=True, group="add", exit_on_error=False)
    async def _add(self, paths: tuple[str, ...], stopped: Event) -> None:
        try:
            async for step in self.service.add(paths, stopped):
                if isinstance(step, AddProgress):
                    self.adding = step
                    continue
                self._added()
                await self.chat.report(step)
                if self.current_mode != "chat":
                    self.say(f"{' · '.join(summary(step))}. f2 shows each file.")
        except Trouble as trouble:
            self._added()
            await self._show_trouble(trouble, "Not added. f2 shows why.")
        self.documents = await self.service.documents()
        await self.chat.offer_examples()

    def _added(self) -> None:
        self.adding = False
        self.refresh_bindings()

    # -- the clipboard ----------------------------------------------------------------------------

    def copy_to_clipboard(self, text: str) -> None:
        """Copy to the terminal's clipboard and to the system's, and say which of them worked."""
        super().copy_to_clipboard(text)
        self._copy_to_system(text)

    @work(group="copy", exit_on_error=False)
    async def _copy_to_system(self, text: str) -> None:
        reason = await asyncio.to_thread(to_system, text)
        # The terminal never tells whether it took the text.
        only = f"Sent to the terminal’s clipboard (OSC 52) only: {reason}."
        ways = only if reason else "To the system clipboard, and to the terminal’s (OSC 52)."
        self.say(f"{phrases.opening(text)}\n{ways}", title="Copied")


def to_system(text: str) -> str:
    """Copy with the system's own tool; returns why that failed, or an empty text."""
    try:
        import pyperclip
    except ImportError:
        return "pyperclip is not installed"
    try:
        pyperclip.copy(text)
    except (pyperclip.PyperclipException, OSError):
        return "this machine has no clipboard tool"
    return ""


def leave_with_terminal(app: App[Any], fileno: int) -> None:
    """End ``app`` once ``fileno``, from which it reads, is no terminal any more; do nothing if it never was one.

    A closed window hangs its programs up, but only the first of them is sure to be told: below ``make run`` that is
    make, which waits. Textual would go on reading from a terminal that is not there, without end and at full speed.
    """

    def look() -> None:
        if not os.isatty(fileno):
            app.exit()

    if os.isatty(fileno):
        app.set_interval(TERMINAL_CHECK, look, name="terminal is there")
