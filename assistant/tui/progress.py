"""How adding gets on: one line over the prompt, there only while it runs."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import HorizontalGroup
from textual.widgets import Button, ProgressBar, Static

from assistant.adding import Pace
from assistant.tui import phrases
from assistant.tui.marking import one_line

if TYPE_CHECKING:
    from index.reports import AddProgress

__all__ = ["AddingRow"]


class AddingRow(HorizontalGroup):
    """Stage, bar, counts, rate, time left, and a button that stops."""

    def __init__(self) -> None:
        super().__init__()
        self._pace = Pace()

    def compose(self) -> ComposeResult:
        """The bar between what is done and what is being read."""
        yield Static("Adding …", id="adding-stage", markup=False)
        yield ProgressBar(id="adding-bar", show_eta=False, show_percentage=False)
        yield Static("", id="adding-file", markup=False)
        yield Button("Stop ^x", id="adding-stop", compact=True, tooltip="Stop adding; what is finished stays")

    def on_mount(self) -> None:
        """Follow the app's state."""
        self.watch(self.app, "adding", self._follow)

    def _follow(self, adding: AddProgress | bool) -> None:
        self.display = bool(adding)
        if isinstance(adding, bool):
            self._pace = Pace()
            self.query_one("#adding-stage", Static).update("Adding …")
            self.query_one("#adding-file", Static).update("")
            self.query_one(ProgressBar).update(total=None)
            return
        told = self._pace.moved(adding.stage, adding.done, adding.total)
        rate = f" · {told}" if told else ""
        name = one_line(PurePath(adding.path).name) if adding.path else ""
        self.query_one("#adding-stage", Static).update(phrases.moved(adding) + rate)
        self.query_one("#adding-file", Static).update(name)
        self.query_one(ProgressBar).update(total=adding.total or None, progress=adding.done)

    @on(Button.Pressed, "#adding-stop")
    async def _stop(self, event: Button.Pressed) -> None:
        event.stop()
        await self.run_action("app.stop")
