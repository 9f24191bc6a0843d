"""One source: where it stands, and its passage with the quotation marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup
from textual.content import Content
from textual.widgets import Static

from assistant.tui import phrases
from assistant.tui.marking import one_line, passage, quotation
from assistant.tui.messages import SourcePicked

if TYPE_CHECKING:
    from assistant.citing import CitedSource

__all__ = ["SourceCard"]


class SourceCard(VerticalGroup, can_focus=True):
    """A source in the panel: the selected one shows its whole passage, the others their quotation."""

    HELP = "A source: its place, and the passage with the quoted sentence marked."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.read", "Read", id="source.read", tooltip="Read this source where it stands"),
        Binding("up", "screen.move_source(-1)", "Source above", show=False, id="source.up", tooltip="Go one up"),
        Binding("down", "screen.move_source(1)", "Source below", show=False, id="source.down", tooltip="Go one down"),
    ]

    def __init__(self, source: CitedSource) -> None:
        super().__init__()
        self.source = source

    def compose(self) -> ComposeResult:
        """Number with title, place, text, and the citation that copying gives."""
        number = (f"[{self.source.n}] ", "bold $text-accent")
        yield Static(Content.assemble(number, (one_line(self.source.title), "bold")), classes="card-title")
        yield Static(self.source.place, markup=False, classes="muted")
        if self.source.second_hand is not None:
            warning = phrases.second_hand([self.source], numbered=False)
            yield Static(warning, markup=False, classes="second-hand")
        yield Static(quotation(self.source), classes="card-quote")
        yield Static(passage(self.source), classes="card-passage")
        if self.source.cites:
            yield Static(f"{phrases.cites(self.source)} · f7", markup=False, classes="card-cites muted")
        yield Static(self.source.citation, markup=False, classes="card-citation muted")

    def on_focus(self, event: events.Focus) -> None:
        """The cursor selects."""
        self.post_message(SourcePicked(self.source.n))

    def on_click(self) -> None:
        """A click selects."""
        self.focus()
