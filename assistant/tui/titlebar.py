"""The top line: the places there are, and what library is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import HorizontalGroup
from textual.content import Content
from textual.widgets import Static

from assistant.tui.marking import one_line
from assistant.tui.phrases import count

if TYPE_CHECKING:
    from corpus.store import DocumentSummary

__all__ = ["TitleBar"]


class Tab(Static):
    """The name of a place; a click goes there."""

    def __init__(self, title: str, mode: str, tooltip: str) -> None:
        super().__init__(title, markup=False, classes="tab")
        self.mode = mode
        self.tooltip = tooltip

    async def on_click(self) -> None:
        """Go there."""
        await self.run_action(f"app.go('{self.mode}')")


class TitleBar(HorizontalGroup):
    """Name, places, library."""

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place
        """The mode this bar stands in."""

    def compose(self) -> ComposeResult:
        """The tabs of what exists."""
        yield Static("loccit", id="brand", markup=False)
        for tab in (Tab("Chat", "chat", "f2"), Tab("Library", "library", "f3"), Tab("Openness", "openness", "f4")):
            yield tab.set_class(tab.mode == self.place, "-here")
        yield Static("", id="open-library", markup=False)

    def on_mount(self) -> None:
        """Follow the app's state."""
        self.watch(self.app, "documents", self._follow)

    def _follow(self, documents: tuple[DocumentSummary, ...] | None) -> None:
        from assistant.tui.app import LoccitApp

        assert isinstance(self.app, LoccitApp)
        workspace = self.app.workspace
        held = "…" if documents is None else count(len(documents), "document")
        text = " · ".join((one_line(workspace.name), held, workspace.model_name))
        self.query_one("#open-library", Static).update(Content(text))
