"""What stands beside the conversation: the sources of an answer, and what the taxonomy says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical

from assistant.tui.cells import TaxonomyPanel
from assistant.tui.sources import SourcesPanel

if TYPE_CHECKING:
    from assistant.answering import Answer

__all__ = ["Side"]


class Side(Vertical):
    """Two panels for one answer."""

    def compose(self) -> ComposeResult:
        """The sources above the taxonomy."""
        yield SourcesPanel(id="sources")
        yield TaxonomyPanel(id="taxonomy")

    @property
    def sources(self) -> SourcesPanel:
        """The sources."""
        return self.query_one(SourcesPanel)

    @property
    def taxonomy(self) -> TaxonomyPanel:
        """The taxonomy's cells."""
        return self.query_one(TaxonomyPanel)

    @property
    def holds_focus(self) -> bool:
        """Whether the person is here."""
        focused = self.screen.focused
        return focused is not None and self in focused.ancestors_with_self

    async def show(self, answer: Answer) -> None:
        """Show what stands behind an answer."""
        await self.sources.show(answer)
        await self.taxonomy.show(answer.taxonomy)

    async def clear(self) -> None:
        """Be empty as at the start."""
        await self.sources.clear()
        await self.taxonomy.show(None)

    def enter(self) -> None:
        """Focus the selected source, or the taxonomy where there is none."""
        card = self.sources.card()
        if card is not None:
            card.focus(scroll_visible=False)
        elif self.taxonomy.display:
            self.taxonomy.focus()
