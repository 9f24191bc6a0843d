"""The conversation: it asks, and shows the answers as blocks with a cursor; before the first question, a welcome.

Questions wait in a line and are answered one after the other. Each is drawn and answered under one lock, so that
stopping never meets an answer that is half drawn.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from threading import Event
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widget import Widget
from textual.widgets import Static

from assistant.answering import Answer
from assistant.chat import SavedTurn
from assistant.tui.phrases import count, one_line
from assistant.tui.service import Answered, Found, Service, Trouble, Writing
from assistant.tui.widgets.chat_blocks import Block, TroubleBlock, Turn
from assistant.tui.widgets.prompt_input import QuestionAsked
from corpus.store import DocumentSummary

__all__ = ["Conversation", "Example", "Welcome"]

GETTING_READY = "getting ready …"
READY = "ready"
SOON = 0.15
"""Seconds after which a question is drawn without its answer. Most answers come sooner, and sooner still without that:
drawing takes half as long as the search, on the same two cores."""
EMPTY = "This library is empty. Press ctrl+o, or type /add and a path, to add papers and essays."
OPENING = "Opening the library; a first start brings a few short documents to ask, which takes some seconds."
FILLED = "Every answer is made of passages, each cited to where it stands."


class Example(Static, can_focus=True):
    """A question that can be asked by a click, by enter, or by its number."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "ask", "Ask", id="example.ask", tooltip="Ask this question")
    ]

    def __init__(self, number: int, question: str) -> None:
        super().__init__(Content.assemble((f" {number} ", "bold $text-accent"), " ", question))
        self.question = question

    def action_ask(self) -> None:
        """Ask it."""
        self.post_message(QuestionAsked(self.question))

    def on_click(self) -> None:
        """Ask it."""
        self.action_ask()


class Welcome(VerticalGroup):
    """The first block; it goes when the first question comes."""

    def compose(self) -> ComposeResult:
        """Compose the greeting; the rest comes with the library."""
        yield Static(Content.styled("loccit – in the place cited", "bold"), id="greeting")
        yield Static("Opening the library …", id="held", markup=False)
        yield VerticalGroup(id="examples")

    def describe(self, documents: int, *, opening: bool) -> None:
        """Say what is held."""
        held = f"{count(documents, 'document')} to ask. {FILLED}" if documents else OPENING if opening else EMPTY
        self.query_one("#held", Static).update(Content(held))

    async def offer(self, questions: tuple[str, ...]) -> None:
        """Offer questions to start with."""
        group = self.query_one("#examples", VerticalGroup)
        await group.remove_children()
        if questions:
            await group.mount(Static("Try one of these (esc, then its number):", classes="muted", markup=False))
            await group.mount_all(Example(n, question) for n, question in enumerate(questions, 1))

    def ask(self, n: int) -> None:
        """Ask the question with this number, if there is one."""
        for example in list(self.query(Example))[n - 1 : n]:
            example.action_ask()


class Conversation(VerticalScroll):
    """Blocks from the oldest to the newest; new ones come into sight unless the user has scrolled away."""

    BORDER_TITLE = "Conversation"
    HELP = "What was asked and found. The cursor stops at each block and shows its sources."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "Block above", show=False, id="block.up", tooltip="Go to the block above"),
        Binding("down", "step(1)", "Block below", show=False, id="block.down", tooltip="Go to the block below"),
    ]

    documents: var[tuple[DocumentSummary, ...] | None] = var(None)
    """What the library holds; None before it was listed."""
    status: var[str] = var(GETTING_READY)
    """What the program is doing."""
    session: var[str] = var("")
    """The name of the session; empty before its first answer."""

    @dataclass
    class Shown(Message):
        """An answer was shown; its sources belong beside it."""

        answer: Answer

    def __init__(self, service: Service) -> None:
        super().__init__(id="conversation")
        self.service = service
        self._opening = service.workspace.default
        """Whether documents may still come: a first start of the default library adds the starter."""
        self._examples: tuple[str, ...] = ()
        self._prepared = asyncio.Event()
        """Set when questions need not wait any more."""
        self._waiting: deque[Turn] = deque()
        """Questions without an answer, the one being answered first."""
        self._undrawn: set[Turn] = set()
        """Questions that are not shown yet."""
        self._drawing = asyncio.Lock()
        self._stopped = Event()
        """Set to stop the questions that wait now."""
        self._laid_out = self.size
        self._in_sight: Widget | None = None

    def compose(self) -> ComposeResult:
        """Compose the welcome."""
        yield Welcome()

    @property
    def welcome(self) -> Welcome | None:
        """The first block, before the first question."""
        return self.query(Welcome).first() if self.query(Welcome) else None

    @property
    def busy(self) -> bool:
        """Whether a question waits for its answer."""
        return bool(self._waiting)

    def watch_status(self) -> None:
        """Show the status in the border."""
        self.border_subtitle = self.status

    def watch_session(self) -> None:
        """Name the session in the border; its name is never markup."""
        self.border_title = Content(f"Conversation · {one_line(self.session)}" if self.session else "Conversation")

    def watch_documents(self) -> None:
        """Say in the welcome how much there is to ask."""
        if self.welcome is not None and self.documents is not None:
            self.welcome.describe(len(self.documents), opening=self._opening)

    # -- before the first question ----------------------------------------------------------------

    def opened(self) -> None:
        """Note that the starter is added, so that an empty library stays empty."""
        self._opening = False
        self.watch_documents()

    async def offer(self, examples: tuple[str, ...]) -> None:
        """Offer questions to start with."""
        self._examples = examples
        if self.welcome is not None:
            await self.welcome.offer(examples)

    async def ready(self, trouble: Trouble | None) -> None:
        """Begin to answer, also after an error in getting ready."""
        self._prepared.set()
        self.status = "not ready" if trouble else READY
        if trouble is not None:
            await self.append(TroubleBlock(trouble))

    # -- asking -----------------------------------------------------------------------------------

    async def ask(self, question: str) -> None:
        """Put a question at the end of the line; the search begins before the question is drawn."""
        turn = Turn(question)
        self._waiting.append(turn)
        self._undrawn.add(turn)
        if len(self._waiting) == 1:
            self._stopped = Event()
            self._answer(turn, self._stopped)
        if len(self._waiting) > 1 or not self._prepared.is_set():
            for waiting in tuple(self._waiting):
                await self._draw(waiting)
        else:
            self.set_timer(SOON, partial(self._draw, turn))

    @work(group="ask")
    async def _answer(self, turn: Turn, stopped: Event) -> None:
        """Answer the first question in the line."""
        await self._prepared.wait()
        try:
            async for step in self.service.ask(turn.question, self.session, stopped):
                async with self._drawing:
                    if not stopped.is_set():
                        await self._show(turn, step)
        except Trouble as trouble:
            async with self._drawing:
                if not stopped.is_set():
                    self._next()
                    await self._fail(turn, trouble)
        if not self._waiting:
            self._rest()

    async def _show(self, turn: Turn, step: Found | Writing | Answered) -> None:
        if isinstance(step, Writing):
            turn.writing(step.text)
        elif isinstance(step, Found):
            await self._begin(turn)
            self.status = "writing …"
            await turn.found(step.answer, step.model)
            self.reveal(turn)
            self.post_message(self.Shown(step.answer))
        else:
            self.session = step.session
            self._next()
            if turn in self._undrawn:
                turn.answer = step.answer
                await self._begin(turn)
            else:
                await turn.show(step.answer)
                self.reveal(turn)
            # The words of the answer first: the cards beside them take as long to lay out again.
            self.call_after_refresh(self.post_message, self.Shown(step.answer))

    async def _fail(self, turn: Turn, trouble: Trouble) -> None:
        await self._begin(turn)
        if trouble.expected:
            await turn.fail(trouble)
            self.reveal(turn)
        else:
            await turn.fail(Trouble(trouble.header, "What is known about it stands below."))
            await self.append(TroubleBlock(trouble))

    def _next(self) -> None:
        """Take the first question out of the line and begin with the one after it."""
        self._waiting.popleft()
        if self._waiting:
            self._answer(self._waiting[0], self._stopped)

    async def _draw(self, turn: Turn) -> None:
        """Show a question without its answer, unless it is shown already."""
        async with self._drawing:
            if turn in self._undrawn:
                if self._waiting and self._prepared.is_set():
                    self.status = "looking …"
                self.refresh_bindings()
                await self._begin(turn)

    async def _begin(self, turn: Turn) -> None:
        """Put a question at the end, unless it is there."""
        if turn in self._undrawn:
            self._undrawn.remove(turn)
            if self.welcome is not None:
                await self.welcome.remove()
            await self.append(turn, follow=True)

    async def stop(self) -> None:
        """Stop every question that waits; passages already found stay."""
        self._stopped.set()
        stopped = list(self._waiting)
        self._waiting.clear()
        for turn in stopped:
            await self._draw(turn)
            async with self._drawing:
                await turn.stop()
        self._rest()

    def _rest(self) -> None:
        self.refresh_bindings()
        self.status = READY if self._prepared.is_set() else GETTING_READY

    # -- beginning anew ---------------------------------------------------------------------------

    async def restart(self) -> None:
        """Be empty, with questions to begin with."""
        await self.remove_children()
        await self.mount(Welcome())
        self.watch_documents()
        await self.offer(self._examples)
        self.session = ""

    async def reopen(self, session: str, turns: Sequence[SavedTurn]) -> None:
        """Show the turns of a session, the last one in sight."""
        await self.remove_children()
        for saved in turns:
            await self.append(Turn(saved.question, saved.answer), follow=True)
        if turns:
            self.post_message(self.Shown(turns[-1].answer))
        self.session = session

    # -- scrolling --------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Follow what is in sight, to restore it when the size of the screen changes."""
        self.watch(self, "scroll_y", self._follow, init=False)

    def _follow(self) -> None:
        """Remember the block at the top, or the last one at the end; not while lines are broken again."""
        if self.size != self._laid_out or not self.children:
            return
        at_end = self.max_scroll_y - self.scroll_offset.y <= 2
        seen = [block for block in self.children if block.virtual_region.bottom > self.scroll_offset.y]
        self._in_sight = self.children[-1] if at_end or not seen else seen[0]

    def on_resize(self) -> None:
        """Restore what was in sight, now that lines break elsewhere."""
        if self._in_sight is not None and self._in_sight.is_attached:
            self.reveal(self._in_sight)
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        self._laid_out = self.size

    async def append(self, block: Widget, *, follow: bool = False) -> None:
        """Put a block at the end; bring it into sight when asked to, or when the end was in sight."""
        follow = follow or self.max_scroll_y - self.scroll_offset.y <= 2
        await self.mount(block)
        if follow:
            self.reveal(block)

    def reveal(self, block: Widget) -> None:
        """Scroll so that a block is seen from its beginning."""
        self.call_after_refresh(self.scroll_to_widget, block, top=True, animate=False)

    # -- walking ----------------------------------------------------------------------------------

    def stops(self) -> list[Widget]:
        """Return everything the cursor stops at, in order."""
        return [node for node in self.query("Block, Example").results(Widget) if node.focusable]

    def enter(self) -> None:
        """Go to the newest block, or to the first example while nothing was asked."""
        stops = self.stops()
        blocks = [stop for stop in stops if isinstance(stop, Block)]
        target = blocks[-1] if blocks else next((stop for stop in stops if isinstance(stop, Example)), self)
        target.focus(scroll_visible=False)

    def action_step(self, step: int) -> None:
        """Walk to the next block; a block taller than the view is scrolled through first."""
        stops = self.stops()
        focused = self.screen.focused
        if focused not in stops:
            self.enter()
            return
        below = focused.virtual_region.bottom - (self.scroll_offset.y + self.scrollable_content_region.height)
        above = self.scroll_offset.y - focused.virtual_region.y
        hidden = below if step > 0 else above
        if isinstance(focused, Block) and hidden > 0:
            self.scroll_relative(y=step * min(hidden, 3), animate=False)
            return
        place = stops.index(focused) + step
        if 0 <= place < len(stops):
            stops[place].focus()
        else:
            self.scroll_relative(y=step * 3, animate=False)
