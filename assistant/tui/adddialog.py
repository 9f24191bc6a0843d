"""The dialog that asks for a path to add."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup, VerticalGroup
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from assistant.tui.paths import CommandPathSuggester, given_paths

__all__ = ["AddDialog"]


class AddDialog(ModalScreen[tuple[str, ...] | None]):
    """Gives the paths typed, or None."""

    AUTO_FOCUS = "#add-path"
    HELP = "Type the path of a file or folder; tab or → completes it."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Cancel", id="add.cancel", tooltip="Add nothing"),
        Binding("tab", "complete", "Complete", id="add.complete", priority=True, tooltip="Complete the path"),
    ]

    def compose(self) -> ComposeResult:
        """A path, two buttons."""
        with VerticalGroup(classes="dialog") as frame:
            frame.border_title = "Add to the library"
            yield Static("A file or a folder: PDF, Word, Markdown, HTML, text …", markup=False)
            yield Input(placeholder="~/papers", id="add-path", suggester=CommandPathSuggester())
            yield Static("enter adds · tab completes · esc cancels", markup=False, classes="muted")
            with HorizontalGroup(classes="buttons"):
                yield Button("Add", variant="primary", id="add-yes", compact=True)
                yield Button("Cancel", id="add-no", compact=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Tab completes only while there is something to complete."""
        if action == "complete":
            field = self.query_one(Input)
            return self.focused is field and bool(field.value) and field.cursor_at_end and bool(field._suggestion)
        return True

    def action_complete(self) -> None:
        """Take what is suggested."""
        self.query_one(Input).action_cursor_right()

    @on(Input.Submitted, "#add-path")
    @on(Button.Pressed, "#add-yes")
    def _add(self) -> None:
        typed = self.query_one(Input).value.strip()
        if typed:
            self.dismiss(given_paths(typed))

    @on(Button.Pressed, "#add-no")
    def _cancel(self) -> None:
        self.dismiss(None)
