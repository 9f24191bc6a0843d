"""The chat screen: conversation, sources, taxonomy, and the prompt pinned below."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, HorizontalGroup
from textual.screen import Screen
from textual.widgets import Input, Static

from assistant.citing.citation import paste
from assistant.tui.block import Block
from assistant.tui.conversation import Conversation
from assistant.tui.keys import KeyLine
from assistant.tui.messages import CopyWanted, DocumentWanted, ExplanationWanted, SourcePicked
from assistant.tui.primary import PrimaryScreen
from assistant.tui.progress import AddingRow
from assistant.tui.prompt import Prompt
from assistant.tui.report import Report
from assistant.tui.side import Side
from assistant.tui.sources import SourcesPanel
from assistant.tui.titlebar import TitleBar
from assistant.tui.trouble import Trouble
from assistant.tui.troubleblock import TroubleBlock
from assistant.tui.turn import Turn
from assistant.tui.welcome import Welcome

if TYPE_CHECKING:
    from assistant.answering import Answer
    from assistant.chat import SavedTurn
    from index.reports import AddReport

__all__ = ["ChatScreen"]

TWICE = 1.0
"""Seconds within which two escapes belong together."""


class ChatScreen(Screen[None]):
    """Where a person asks. The app calls in what happened; the screen posts what is wanted."""

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
            "1",
            "source(1)",
            "Source",
            show=False,
            key_display="1-9",
            id="chat.source",
            tooltip="Go to that source",
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

    def __init__(self) -> None:
        super().__init__()
        self._escaped = -TWICE

    def compose(self) -> ComposeResult:
        """Title, conversation beside sources, progress, prompt, keys."""
        yield TitleBar("chat")
        with Horizontal(id="body"):
            with Conversation(id="conversation"):
                yield Welcome()
            yield Side(id="side")
        yield AddingRow()
        with HorizontalGroup(id="prompt-row"):
            yield Static("›", id="prompt-mark", markup=False)
            yield Prompt(id="prompt")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the app's state in the conversation's border."""
        self.watch(self.app, "status", self._follow)

    def _follow(self, status: str) -> None:
        self.conversation.border_subtitle = status

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
        """What stands beside the conversation."""
        return self.query_one(Side)

    @property
    def prompt(self) -> Prompt:
        """Where questions are typed."""
        return self.query_one(Prompt)

    @property
    def welcome(self) -> Welcome | None:
        """The first block, while nothing was asked."""
        return self.query(Welcome).first() if self.query(Welcome) else None

    # -- what the app calls -----------------------------------------------------------------------

    async def begin(self, number: int, question: str, answer: Answer | None = None) -> None:
        """A new turn; with its answer where that is there already."""
        self.remove_class("-drawer")
        if self.welcome is not None:
            await self.welcome.remove()
        await self.conversation.append(Turn(number, question, answer), follow=True)
        if answer is not None:
            self._show_sources_soon(answer)

    async def answer(self, number: int, answer: Answer) -> None:
        """The turn's answer, with its sources beside it."""
        turn = self._turn(number)
        if turn is None:
            return
        await turn.show(answer)
        self.conversation.reveal(turn)
        self._show_sources_soon(answer)

    async def found(self, number: int, answer: Answer, model: str) -> None:
        """The turn's passages, over which ``model`` is writing."""
        turn = self._turn(number)
        if turn is None:
            return
        await turn.found(answer, model)
        self.conversation.reveal(turn)
        await self._show_sources(answer)

    def writing(self, number: int, text: str) -> None:
        """What the model has written so far."""
        turn = self._turn(number)
        if turn is not None:
            turn.writing(text)

    async def fail(self, number: int, trouble: Trouble) -> None:
        """The turn ended in trouble."""
        turn = self._turn(number)
        if turn is None:
            return
        if trouble.expected:
            await turn.fail(trouble)
            self.conversation.reveal(turn)
        else:
            await turn.fail(Trouble(trouble.header, "What is known about it stands below."))
            await self.trouble(trouble)

    async def stop(self, number: int) -> None:
        """The person stopped the turn."""
        turn = self._turn(number)
        if turn is not None:
            await turn.stop()

    def entitle(self, session: str) -> None:
        """Name the session in the conversation's border."""
        self.conversation.entitle(session)

    async def restart(self, examples: tuple[str, ...], held: int) -> None:
        """An empty conversation, with questions to begin with; the library holds ``held`` documents."""
        await self.conversation.remove_children()
        await self.side.clear()
        welcome = Welcome()
        await self.conversation.mount(welcome)
        welcome.describe(held, opening=False)
        await welcome.offer(examples)
        self.prompt.focus()
        self.refresh_bindings()

    async def reopen(self, turns: Sequence[SavedTurn], first: int) -> None:
        """The turns of an earlier conversation, numbered from ``first``, the last one in sight."""
        await self.conversation.remove_children()
        for number, saved in enumerate(turns, first):
            await self.conversation.append(Turn(number, saved.question, saved.answer), follow=True)
        if turns:
            await self._show_sources(turns[-1].answer)
        self.prompt.focus()

    async def report(self, report: AddReport) -> None:
        """What adding came to."""
        await self.conversation.append(Report(report))

    async def trouble(self, trouble: Trouble) -> None:
        """An error as a block."""
        await self.conversation.append(TroubleBlock(trouble))

    def _turn(self, number: int) -> Turn | None:
        return next((turn for turn in self.query(Turn) if turn.number == number), None)

    def _show_sources_soon(self, answer: Answer) -> None:
        """The words of the answer first: the cards beside them take as long to lay out again."""
        self.call_after_refresh(self._show_sources, answer)

    async def _show_sources(self, answer: Answer) -> None:
        await self.side.show(answer)
        self.refresh_bindings()

    # -- what the widgets post --------------------------------------------------------------------

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
        """What is typed anywhere goes to the prompt, unless it is a key that acts."""
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
            return True if self._answered() is not None else None
        if action in ("read", "move_source") or (action == "source" and self.welcome is None):
            return True if self.panel.sources else None
        return True

    def _copied(self) -> str:
        if isinstance(self.focused, Block) and self.focused.copied():
            return self.focused.copied()
        return paste(self.panel.source) if self.panel.source is not None else ""

    def action_copy(self) -> None:
        """Copy the selected quotation, or the focused block."""
        self.post_message(CopyWanted(self._copied()))

    def action_source(self, n: int) -> None:
        """Select a source by number; an example while there is none."""
        if self.welcome is not None:
            self.welcome.ask(n)
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
        """Open the selected source where it stands."""
        source = self.panel.source
        if source is not None:
            self.post_message(DocumentWanted(source.document_id, source))

    def action_primary(self) -> None:
        """Show the works that the selected source cites."""
        if self.panel.source is not None and self.panel.source.cites:
            self.app.push_screen(PrimaryScreen(self.panel.source))

    def action_why(self) -> None:
        """Show how the answer under the cursor, else the last one, came about."""
        answer = self._answered()
        if answer is not None:
            self.post_message(ExplanationWanted(answer))

    def _answered(self) -> Answer | None:
        """The answer under the cursor, else the one whose sources are shown, else the last one."""
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
        """Escape: out of the drawer, from the prompt to the conversation and back; twice stops what runs."""
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
