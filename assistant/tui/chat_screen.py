"""The chat screen: conversation, sources and prompt, and the sessions that the conversation is kept in."""

from time import monotonic
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, HorizontalGroup
from textual.widgets import Input, Static

from assistant.answering import Answer
from assistant.citing.citation import paste
from assistant.tui.base_screen import LibraryListed, Place
from assistant.tui.palette import action_of, unknown
from assistant.tui.phrases import one_line
from assistant.tui.primary_screen import PrimaryScreen
from assistant.tui.service import Service, Trouble
from assistant.tui.why_screen import WhyScreen
from assistant.tui.widgets.bars import AddingRow, KeyLine, TitleBar
from assistant.tui.widgets.chat_blocks import Block, Report, SourcePicked, TroubleBlock, Turn
from assistant.tui.widgets.conversation import Conversation
from assistant.tui.widgets.dialogs import Choice, Confirm, SessionList
from assistant.tui.widgets.prompt_input import CommandGiven, Prompt, QuestionAsked
from assistant.tui.widgets.side import Side, SourcesPanel
from index.reports import AddReport

__all__ = ["ChatScreen"]

TWICE = 1.0
"""Seconds within which two escapes belong together."""


class ChatScreen(Place):
    """Where questions are asked."""

    AUTO_FOCUS = "#prompt"
    HELP = "Ask, walk through the answers, open and copy their sources."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c,ctrl+y", "copy", "Copy", id="chat.copy", tooltip="Copy the quotation with its citation"),
        Binding("s,ctrl+s", "sources", "Sources", id="chat.sources", tooltip="Go to the sources, and back"),
        Binding(
            "r,ctrl+r", "read", "Read", show=False, id="chat.read", tooltip="Read the selected source where it stands"
        ),
        Binding("f6", "why", "Why", id="chat.why", tooltip="Why the answer is as it is: rankings, scores, confidence"),
        Binding(
            "f7", "primary", "Cited works", show=False, id="chat.primary", tooltip="The works that the source cites"
        ),
        Binding(
            "n,ctrl+n", "move_source(1)", "Next source", show=False, id="chat.next", tooltip="Go to the next source"
        ),
        Binding(
            "1", "source(1)", "Source", show=False, key_display="1-9", id="chat.source", tooltip="Go to that source"
        ),
        *(Binding(str(n), f"source({n})", show=False) for n in range(2, 10)),
        Binding(
            "escape",
            "leave",
            "Conversation",
            show=False,
            id="chat.leave",
            tooltip="From prompt to conversation, and back",
        ),
    ]

    def __init__(self, service: Service) -> None:
        super().__init__(service)
        self._escaped = -TWICE

    def compose(self) -> ComposeResult:
        """Compose title, conversation beside sources, progress, prompt, and keys."""
        yield TitleBar("chat", self.service.workspace).data_bind(Place.documents)
        with Horizontal(id="body"):
            yield Conversation(self.service).data_bind(Place.documents)
            yield Side(id="side")
        yield AddingRow().data_bind(Place.adding)
        with HorizontalGroup(id="prompt-row"):
            yield Static("›", id="prompt-mark", markup=False)
            yield Prompt(id="prompt")
        yield KeyLine()

    def on_mount(self) -> None:
        """Get ready once the first screen is drawn."""
        self.call_after_refresh(self._prepare)

    @property
    def conversation(self) -> Conversation:
        """The blocks."""
        return self.query_one(Conversation)

    @property
    def panel(self) -> SourcesPanel:
        """The sources."""
        return self.side.sources

    @property
    def side(self) -> Side:
        """What is beside the conversation."""
        return self.query_one(Side)

    @property
    def prompt(self) -> Prompt:
        """Where questions are typed."""
        return self.query_one(Prompt)

    # -- getting ready, asking --------------------------------------------------------------------

    @work(exclusive=True, group="prepare", exit_on_error=False)
    async def _prepare(self) -> None:
        trouble = None
        try:
            self.post_message(LibraryListed(await self.service.documents()))
            if await self.service.install_starter():
                self.say("A small starter library was added, so that there is something to ask.")
            self.post_message(LibraryListed(await self.service.documents()))
            self.conversation.opened()
            await self.offer_examples()
            await self.service.warm_up()
        except Trouble as error:
            trouble = Trouble.of("loccit could not get ready", error.__cause__ or error)
        if self.service.workspace.read_only:
            self.say("This library is read-only: it can be asked, and nothing is added or kept.", warning=True)
        await self.conversation.ready(trouble)

    async def offer_examples(self) -> None:
        """Find questions to start with in the library as it is now."""
        await self.conversation.offer(await self.service.examples())

    @on(QuestionAsked)
    async def _question_asked(self, event: QuestionAsked) -> None:
        event.stop()
        self.app.clear_notifications()
        self.remove_class("-drawer")
        await self.conversation.ask(event.question)

    @on(Conversation.Shown)
    async def _shown(self, event: Conversation.Shown) -> None:
        event.stop()
        await self._show_sources(event.answer)

    async def _show_sources(self, answer: Answer) -> None:
        await self.side.show(answer)
        self.refresh_bindings()

    @on(CommandGiven)
    async def _command_given(self, event: CommandGiven) -> None:
        event.stop()
        action = action_of(event.name, event.argument)
        if action is None:
            await self.trouble(Trouble("Not a command", unknown(event.name)))
        else:
            await self.app.run_action(action)

    async def report(self, report: AddReport) -> None:
        """Show the result of an add."""
        await self.conversation.append(Report(report))

    async def trouble(self, trouble: Trouble) -> None:
        """Show an error as a block."""
        await self.conversation.append(TroubleBlock(trouble))

    # -- sessions ---------------------------------------------------------------------------------

    @work(exclusive=True, group="sessions", exit_on_error=False)
    async def choose_session(self) -> None:
        """List the conversations that are kept, to open or remove one."""
        self.app.push_screen(SessionList(await self.service.sessions()), self._session_chosen)

    def _session_chosen(self, choice: Choice | None) -> None:
        if choice is None:
            return
        if choice.wish == "open":
            self._open_session(choice.name)
            return

        def decided(yes: bool | None) -> None:
            if yes:
                self._remove_session(choice.name)

        self.app.push_screen(Confirm("Remove the conversation?", one_line(choice.name), "Remove"), decided)

    @work(exclusive=True, group="sessions", exit_on_error=False)
    async def _open_session(self, name: str) -> None:
        turns = await self.service.turns(name)
        await self.app.run_action("stop")
        await self.app.run_action("go('chat')")
        await self.conversation.reopen(name, turns)
        self.prompt.focus()

    async def new_session(self) -> None:
        """Begin a new conversation; the one before is kept."""
        await self.app.run_action("stop")
        await self.app.run_action("go('chat')")
        await self.side.clear()
        await self.conversation.restart()
        self.prompt.focus()
        self.refresh_bindings()

    def rename_session(self, name: str) -> None:
        """Give the conversation a name."""
        if not self.conversation.session:
            self.say("A conversation can be named once it has an answer.", warning=True)
        elif not name:
            self.say("Type the new name after /rename.", warning=True)
        else:
            self._rename_session(self.conversation.session, name)

    @work(exclusive=True, group="sessions", exit_on_error=False)
    async def _rename_session(self, name: str, new: str) -> None:
        await self.service.rename_session(name, new)
        self.conversation.session = new
        self.say(f"Named: {one_line(new)}")

    @work(exclusive=True, group="sessions", exit_on_error=False)
    async def _remove_session(self, name: str) -> None:
        await self.service.remove_session(name)
        if name == self.conversation.session:
            self.conversation.session = ""
        self.say(f"Removed: {one_line(name)}")

    # -- walking, selecting -------------------------------------------------------------------------

    @on(Block.Entered)
    async def _entered(self, event: Block.Entered) -> None:
        event.stop()
        block = event.block
        if isinstance(block, Turn) and block.answer is not None and block.sources is not self.panel.sources:
            await self._show_sources(block.answer)
        self.refresh_bindings()

    @on(SourcePicked)
    def _picked(self, event: SourcePicked) -> None:
        event.stop()
        self.panel.selected = event.n
        if not self.side.holds_focus:
            self._open_drawer()
        self.refresh_bindings()

    def on_key(self, event: events.Key) -> None:
        """Give what is typed anywhere to the prompt, unless it is a key that acts."""
        typed = event.character if event.is_printable else None
        if typed and not isinstance(self.focused, Input) and event.key not in self.active_bindings:
            event.stop()
            self.prompt.take(typed)

    # -- actions ----------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey what has nothing to act on."""
        if not self.is_mounted:
            return True
        if action == "copy":
            return True if self._copied() else None
        if action == "primary":
            return self.panel.source is not None and bool(self.panel.source.cites)
        if action == "why":
            answer = self._answered()
            return True if answer is not None and answer.kind != "library" else None
        if action in ("read", "move_source") or (action == "source" and self.conversation.welcome is None):
            return True if self.panel.sources else None
        return True

    def _copied(self) -> str:
        if isinstance(self.focused, Block) and self.focused.copied():
            return self.focused.copied()
        return paste(self.panel.source) if self.panel.source is not None else ""

    def action_copy(self) -> None:
        """Copy the selected quotation, or the focused block."""
        self.app.copy_to_clipboard(self._copied())

    def action_source(self, n: int) -> None:
        """Select a source by number; an example before the first question."""
        if self.conversation.welcome is not None:
            self.conversation.welcome.ask(n)
        elif any(source.n == n for source in self.panel.sources):
            self._select(n)

    def action_move_source(self, step: int) -> None:
        """Select the source above or below."""
        self._select(self.panel.move(step))

    def _select(self, n: int) -> None:
        self.panel.selected = n
        self._open_drawer()
        if not isinstance(self.focused, Input):
            self.side.enter()
        self.refresh_bindings()

    def action_read(self) -> None:
        """Open the selected source at its quotation."""
        source = self.panel.source
        if source is not None:
            self.open_document(source.document_id, source)

    def action_primary(self) -> None:
        """Show the works that the selected source cites."""
        if self.panel.source is not None and self.panel.source.cites:
            self.app.push_screen(PrimaryScreen(self.service, self.panel.source))

    def action_why(self) -> None:
        """Show how the answer under the cursor, else the last one, came about."""
        answer = self._answered()
        if answer is not None and answer.kind != "library":
            self._explain(answer)

    @work(exclusive=True, group="explain", exit_on_error=False)
    async def _explain(self, answer: Answer) -> None:
        self.app.push_screen(WhyScreen(answer, await self.service.explain(answer)))

    def _answered(self) -> Answer | None:
        """Return the answer under the cursor, else the one whose sources are shown, else the last one."""
        turns = [turn for turn in self.query(Turn) if turn.answer is not None]
        chosen = [turn for turn in turns if turn is self.focused]
        chosen += [turn for turn in reversed(turns) if turn.sources and turn.sources is self.panel.sources]
        return next((turn.answer for turn in (*chosen, *reversed(turns))), None)

    def action_sources(self) -> None:
        """Go to the sources; from there, back to the prompt."""
        if self.side.holds_focus or self.has_class("-drawer"):
            self._close_drawer()
        else:
            self._open_drawer()
            self.side.enter()

    async def action_leave(self) -> None:
        """Go out of the drawer, or from the prompt to the conversation and back; twice stops what runs."""
        now, before = monotonic(), self._escaped
        self._escaped = now
        if now - before < TWICE and await self.app.run_action("stop"):
            return
        if self.side.holds_focus or self.has_class("-drawer"):
            self._close_drawer()
        elif self.focused is self.prompt:
            self.conversation.enter()
        else:
            self.prompt.focus()

    def _open_drawer(self) -> None:
        self.set_class(self.has_class("-narrow"), "-drawer")

    def _close_drawer(self) -> None:
        self.remove_class("-drawer")
        self.prompt.focus()
