"""The app: its parts put together, with the places, keys and commands that they share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import PurePath
from threading import Thread
from typing import Any, ClassVar

from textual import on
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.screen import Screen

from assistant.tui import messages
from assistant.tui.adddialog import AddDialog
from assistant.tui.addingapp import AddingApp
from assistant.tui.askingapp import AskingApp
from assistant.tui.card import SourceCard
from assistant.tui.chat import ChatScreen
from assistant.tui.commands import COMMANDS, unknown
from assistant.tui.conversation import Conversation
from assistant.tui.glance import GlanceScreen
from assistant.tui.hangup import leave_with_terminal
from assistant.tui.help import HelpScreen
from assistant.tui.library import LibraryScreen
from assistant.tui.openness import OpennessScreen
from assistant.tui.palette import DocumentProvider, actions
from assistant.tui.paths import given_paths
from assistant.tui.primary import PrimaryScreen
from assistant.tui.prompt import Prompt
from assistant.tui.reader import Reader
from assistant.tui.readingapp import ReadingApp
from assistant.tui.sessions import SessionList
from assistant.tui.trouble import Trouble
from assistant.tui.why import WhyScreen

__all__ = ["LoccitApp"]


class LoccitApp(AskingApp, AddingApp, ReadingApp):
    """A chat-style literature assistant over one library."""

    TITLE = "loccit"
    HELP = "esc esc stops what runs. tab walks through everything; page up and page down scroll."
    CSS_PATH: ClassVar[list[str | PurePath]] = ["loccit.tcss", "chat.tcss", "dialogs.tcss"]
    SCREENS: ClassVar[dict[str, Callable[[], Screen[Any]]]] = {
        "chat": ChatScreen,
        "library": LibraryScreen,
        "openness": OpennessScreen,
    }
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        "chat": "chat",
        "library": "library",
        "openness": "openness",
    }
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

    def on_mount(self) -> None:
        """Watch the terminal, and say which settings are not used."""
        if self.workspace.configuration.ignored is not None:
            self.say(str(self.workspace.configuration.ignored), severity="warning")
        if not self.is_headless and sys.__stdin__ is not None:
            leave_with_terminal(self, sys.__stdin__.fileno())

    @on(messages.Failed)
    async def _failed(self, event: messages.Failed) -> None:
        await self.chat.trouble(event.trouble)
        if self.current_mode != "chat":
            self.say(f"{event.trouble.header}. f2 shows why.", severity="error")

    @on(messages.CommandGiven)
    async def _command_given(self, event: messages.CommandGiven) -> None:
        if event.name == "add" and event.argument:
            self.post_message(messages.PathsGiven(given_paths(event.argument)))
            return
        if event.name == "rename":
            self.action_rename_session(event.argument)
            return
        action = next((command.action for command in COMMANDS if command.name == event.name), None)
        if action is None:
            await self.chat.trouble(Trouble("Not a command", unknown(event.name)))
        else:
            await self.run_action(action)

    # -- actions ----------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Stop is there only while something runs, and going only where one is not."""
        if action == "stop":
            return bool(self.adding or self._waiting)
        return parameters != (self.current_mode,) if action == "go" else True

    async def action_go(self, mode: str) -> None:
        """Go to a place."""
        await self.switch_mode(mode)

    async def action_stop(self) -> None:
        """Stop asking and adding; what is finished stays."""
        if self.adding:
            self._stop_adding.set()
            self.say("Stopping; what is finished stays.")
        self._stop_asking.set()
        stopped = [turn for turn, _ in self._waiting]
        self._waiting.clear()
        for turn in stopped:
            await self._draw(turn)
            await self.chat.stop(turn)
        self._ask_next()

    def action_help(self) -> None:
        """Every key and command."""
        places: list[tuple[str, type[DOMNode]]] = [
            ("Everywhere", type(self)),
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
        ]
        self.push_screen(HelpScreen(places))

    async def action_quit(self) -> None:
        """Stop what runs, then leave."""
        busy = self.adding or self._waiting or not self._prepared.is_set()
        self._leaving = True
        self._stop_asking.set()
        self._stop_adding.set()
        self.exit()
        if busy:
            Thread(target=self._end_model, daemon=True).start()

    def _end_model(self) -> None:
        """End the model's process until nothing starts it again: getting ready cannot be asked to stop."""
        self.workspace.embedder.close()
        while not self._settled.wait(0.2):
            self.workspace.embedder.close()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Everything that has a key, and what Textual brings along."""
        yield from actions(screen)
        kept = ("Theme", "Screenshot")
        yield from (command for command in super().get_system_commands(screen) if command.title in kept)
