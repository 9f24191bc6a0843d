"""The sources of the answer that the cursor is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.reactive import reactive
from textual.widgets import Static

from assistant.tui.card import SourceCard

if TYPE_CHECKING:
    from assistant.answering import Answer
    from assistant.citing import CitedSource

__all__ = ["SourcesPanel"]

NONE_YET = "The passages behind an answer stand here, each with its place. Ask something to fill it."
NO_PASSAGES = "No passage stands behind this answer."


class SourcesPanel(VerticalScroll, can_focus=False):
    """Cards from the first source to the last; one is selected."""

    selected: reactive[int] = reactive(0)
    """The number of the selected source; 0 for none."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.sources: tuple[CitedSource, ...] = ()
        self.near = False
        """The sources came near without answering."""

    def on_mount(self) -> None:
        """Name the key that fills an empty panel."""
        self.border_title = "Sources"
        self.mount(Static(NONE_YET, markup=False, classes="muted"))

    @property
    def source(self) -> CitedSource | None:
        """The selected source."""
        return next((source for source in self.sources if source.n == self.selected), None)

    async def show(self, answer: Answer) -> None:
        """Show the sources of an answer, the first one selected."""
        self.near = answer.abstained
        self.sources = answer.nearest if answer.abstained else answer.sources
        await self.remove_children()
        if self.sources:
            await self.mount_all(SourceCard(source) for source in self.sources)
        else:
            await self.mount(Static(NO_PASSAGES, markup=False, classes="muted"))
        self.scroll_home(animate=False)
        self.set_reactive(SourcesPanel.selected, 0)
        self.selected = self.sources[0].n if self.sources else 0
        self._entitle()

    async def clear(self) -> None:
        """Be empty as at the start."""
        self.near, self.sources = False, ()
        await self.remove_children()
        await self.mount(Static(NONE_YET, markup=False, classes="muted"))
        self.selected = 0
        self._entitle()

    def move(self, step: int) -> int:
        """The number of the source above or below the selected one."""
        numbers = [source.n for source in self.sources]
        if not numbers:
            return 0
        place = numbers.index(self.selected) + step if self.selected in numbers else 0
        return numbers[place % len(numbers)]

    def card(self) -> SourceCard | None:
        """The card of the selected source."""
        return next((card for card in self.query(SourceCard) if card.source.n == self.selected), None)

    def watch_selected(self) -> None:
        """Mark the selected card and bring it into sight."""
        for card in self.query(SourceCard):
            card.set_class(card.source.n == self.selected, "-selected")
        selected = self.card()
        if selected is not None:
            self.call_after_refresh(self.scroll_to_widget, selected, animate=False, top=True)
        self._entitle()

    def _entitle(self) -> None:
        head = "Nearest, not an answer" if self.near else "Sources"
        self.border_title = f"{head} · {self.selected} of {len(self.sources)}" if self.sources else head
