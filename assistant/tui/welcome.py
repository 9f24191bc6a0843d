"""What stands in the conversation before anything was asked: what is held, and three questions to start with."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup
from textual.content import Content
from textual.widgets import Static

from assistant.tui.messages import QuestionAsked
from assistant.tui.phrases import count

__all__ = ["Example", "Welcome"]

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
        """The greeting; the rest comes with the library."""
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
