"""The lines around a screen: the places above, the progress of an add, the keys below."""

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any, Protocol, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import HorizontalGroup
from textual.content import Content
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import Button, Footer, ProgressBar, Static

from assistant.adding import Pace, progress_text
from assistant.tui import phrases
from assistant.workspace import Workspace
from corpus.store import DocumentSummary
from index.reports import AddProgress

__all__ = ["AddingRow", "KeyLine", "Tab", "TitleBar"]


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
    """The program's name, the places, and the library that is open."""

    documents: var[tuple[DocumentSummary, ...] | None] = var(None)
    """What the library holds; None before it was listed."""

    def __init__(self, place: str, workspace: Workspace) -> None:
        super().__init__()
        self.place = place
        """The mode of the screen that this bar is on."""
        self.workspace = workspace

    def compose(self) -> ComposeResult:
        """Compose name, tabs, and library."""
        yield Static("loccit", id="brand", markup=False)
        for tab in (Tab("Chat", "chat", "f2"), Tab("Library", "library", "f3"), Tab("Openness", "openness", "f4")):
            yield tab.set_class(tab.mode == self.place, "-here")
        yield Static("", id="open-library", markup=False)

    def watch_documents(self) -> None:
        """Show how many documents there are."""
        held = "…" if self.documents is None else phrases.count(len(self.documents), "document")
        text = " · ".join((phrases.one_line(self.workspace.name), held, self.workspace.model_name))
        self.query_one("#open-library", Static).update(Content(text))


class AddingRow(HorizontalGroup):
    """Stage, bar, counts, rate, time left, and a button that stops; visible only while files are added."""

    adding: var[AddProgress | bool] = var(False)
    """Progress of the running add; False when idle."""

    def __init__(self) -> None:
        super().__init__()
        self._pace = Pace()

    def compose(self) -> ComposeResult:
        """Compose the bar between what is done and the file being read."""
        yield Static("Adding …", id="adding-stage", markup=False)
        yield ProgressBar(id="adding-bar", show_eta=False, show_percentage=False)
        yield Static("", id="adding-file", markup=False)
        yield Button("Stop ^x", id="adding-stop", compact=True, tooltip="Stop adding; files already added are kept")

    def watch_adding(self, adding: AddProgress | bool) -> None:
        """Show the progress."""
        self.display = bool(adding)
        if isinstance(adding, bool):
            self._pace = Pace()
            self.query_one("#adding-stage", Static).update("Adding …")
            self.query_one("#adding-file", Static).update("")
            self.query_one(ProgressBar).update(total=None)
            return
        told = self._pace.moved(adding.stage, adding.done, adding.total)
        rate = f" · {told}" if told else ""
        name = phrases.one_line(PurePath(adding.path).name) if adding.path else ""
        self.query_one("#adding-stage", Static).update(progress_text(adding).capitalize() + rate)
        self.query_one("#adding-file", Static).update(name)
        self.query_one(ProgressBar).update(total=adding.total or None, progress=adding.done)

    @on(Button.Pressed, "#adding-stop")
    async def _stop(self, event: Button.Pressed) -> None:
        event.stop()
        await self.run_action("app.stop")


class _Key(Protocol):
    """A key of Textual's footer."""

    action: str
    disabled: bool


class KeyLine(Footer):
    """Textual's footer, composed again only for other keys: that costs two layouts of the whole screen.

    Keys that are merely greyed, or no longer so, change their colour.
    """

    def __init__(self) -> None:
        super().__init__(compact=True)
        self._shown: list[Binding] = []

    def bindings_changed(self, screen: Screen[Any]) -> None:
        """Compare the keys with those shown; called whenever bindings may have changed."""
        if not screen.app.app_focus or screen is not self.screen or not self.is_attached:
            super().bindings_changed(screen)
            return
        active = [(binding, enabled) for _, binding, enabled, _ in screen.active_bindings.values() if binding.show]
        shown = [binding for binding, _ in active]
        if shown != self._shown:
            self._shown = shown
            super().bindings_changed(screen)
            return
        first: dict[str, bool] = {}
        for binding, enabled in active:
            first.setdefault(binding.action, enabled)
        for key in cast("Iterable[_Key]", self.query("FooterKey")):
            key.disabled = not first.get(key.action, True)
