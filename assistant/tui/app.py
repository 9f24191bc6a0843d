"""The app: owns the state, starts the work, and hands what happened to the screens."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from pathlib import PurePath
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen

from assistant.tui import clipboard, jobs, messages, phrases
from assistant.tui.adddialog import AddDialog
from assistant.tui.card import SourceCard
from assistant.tui.chat import ChatScreen
from assistant.tui.commands import COMMANDS, unknown
from assistant.tui.conversation import Conversation
from assistant.tui.glance import GlanceScreen
from assistant.tui.help import HelpScreen
from assistant.tui.library import LibraryScreen, RemoveWanted
from assistant.tui.marking import one_line
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

if TYPE_CHECKING:
    from assistant.workspace import Workspace
    from corpus.store import DocumentSummary
    from index.ingest import AddProgress

__all__ = ["LoccitApp"]

READY = "ready"
GETTING_READY = "getting ready …"


class LoccitApp(ReadingApp):
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

    documents: reactive[tuple[DocumentSummary, ...] | None] = reactive(None)
    """What the library holds; None before it was read."""
    status: reactive[str] = reactive(GETTING_READY)
    """What the program is doing."""
    adding: reactive[AddProgress | bool] = reactive(False)
    """How adding gets on; False while nothing is added."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self._prepared = Event()
        """Questions need not wait any more."""
        self._settled = Event()
        """No thread gets ready any more."""
        self._stop_asking = Event()
        self._stop_adding = Event()
        self._leaving = False
        self._waiting: deque[tuple[int, str]] = deque()
        """Questions asked and not answered, the one being worked on first."""

    def on_mount(self) -> None:
        """Get ready once the first screen stands."""
        self.call_after_refresh(self._prepare)

    @property
    def chat(self) -> ChatScreen:
        """The chat, also while another place is shown."""
        return self.get_screen("chat", ChatScreen)

    def _post(self, message: Message) -> None:
        """What a worker may do: tell the app, until the person leaves."""
        if not self._leaving:
            self.post_message(message)

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
        self.status = "not ready" if event.trouble else READY
        if event.trouble:
            await self.chat.trouble(event.trouble)

    # -- asking -----------------------------------------------------------------------------------

    @on(messages.QuestionAsked)
    async def _question_asked(self, event: messages.QuestionAsked) -> None:
        self.clear_notifications()
        self._turns += 1
        self._waiting.append((self._turns, event.question))
        await self.chat.begin(self._turns, event.question)
        if len(self._waiting) == 1:
            self._ask_next()

    def _ask_next(self) -> None:
        self.refresh_bindings()
        if not self._waiting:
            self.status = READY if self._prepared.is_set() else GETTING_READY
            return
        if self._prepared.is_set():
            self.status = "looking …"
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
            self._enter_session(event.session)
            await self.chat.answer(event.turn, event.answer)
            self._ask_next()

    @on(messages.AskFailed)
    async def _ask_failed(self, event: messages.AskFailed) -> None:
        if self._is_current(event.turn):
            self._waiting.popleft()
            await self.chat.fail(event.turn, event.trouble)
            self._ask_next()

    # -- adding and removing ----------------------------------------------------------------------

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

    # -- copying, trouble -------------------------------------------------------------------------

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

    def say(self, text: str, *, title: str = "", severity: str = "information") -> None:
        """Show a notice; its text is never markup."""
        self.notify(text, title=title, severity=severity, markup=False)  # type: ignore[arg-type]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Stop is there only while something runs, and going only where one is not."""
        if action == "stop":
            return bool(self.adding or self._waiting)
        return parameters != (self.current_mode,) if action == "go" else True

    async def action_go(self, mode: str) -> None:
        """Go to a place."""
        await self.switch_mode(mode)

    def action_add(self) -> None:
        """Ask for a path, then add it."""

        def given(paths: tuple[str, ...] | None) -> None:
            if paths:
                self.post_message(messages.PathsGiven(paths))

        self.push_screen(AddDialog(), given)

    async def action_stop(self) -> None:
        """Stop asking and adding; what is finished stays."""
        if self.adding:
            self._stop_adding.set()
            self.say("Stopping; what is finished stays.")
        self._stop_asking.set()
        stopped = [turn for turn, _ in self._waiting]
        self._waiting.clear()
        for turn in stopped:
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
