"""The dialogs: what to add, which session to open, and whether something is really to be removed."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup, VerticalGroup
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from assistant.chat import Session
from assistant.tui.phrases import count, one_line
from assistant.tui.widgets.prompt_input import PathSuggester, given_paths

__all__ = ["AddDialog", "Choice", "Confirm", "SessionList"]

NONE_YET = "No conversation is kept yet. Each is kept from its first answer on; /rename NAME names it."


class AddDialog(ModalScreen[tuple[str, ...] | None]):
    """Gives the paths typed, or None."""

    AUTO_FOCUS = "#add-path"
    HELP = "Type the path of a file or folder; tab or → completes it."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Cancel", id="add.cancel", tooltip="Add nothing"),
        Binding("tab", "complete", "Complete", id="add.complete", priority=True, tooltip="Complete the path"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.suggester = PathSuggester()

    def compose(self) -> ComposeResult:
        """Compose a path and two buttons."""
        with VerticalGroup(classes="dialog") as frame:
            frame.border_title = "Add to the library"
            yield Static("A file or a folder: PDF, Word, Markdown, HTML, text …", markup=False)
            yield Input(placeholder="~/papers", id="add-path", suggester=self.suggester)
            yield Static("enter adds · tab completes · esc cancels", markup=False, classes="muted")
            with HorizontalGroup(classes="buttons"):
                yield Button("Add", variant="primary", id="add-yes", compact=True)
                yield Button("Cancel", id="add-no", compact=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let tab complete only while there is a suggestion."""
        if action == "complete":
            field = self.query_one(Input)
            return self.focused is field and field.cursor_at_end and self.suggester.completes(field.value)
        return True

    def action_complete(self) -> None:
        """Take the suggestion."""
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


class Confirm(ModalScreen[bool]):
    """Gives True only for a clear yes."""

    AUTO_FOCUS = "#confirm-no"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Yes", id="confirm.yes", tooltip="Do it"),
        Binding("n,escape", "answer(False)", "No", id="confirm.no", tooltip="Leave it"),
        Binding("left,right", "app.focus_next", show=False),
    ]

    def __init__(self, title: str, text: str, yes: str) -> None:
        super().__init__()
        self.question = title
        self.text = text
        self.yes = yes

    def compose(self) -> ComposeResult:
        """Compose what is about to happen, and the choice."""
        with VerticalGroup(classes="dialog") as frame:
            frame.border_title = self.question
            yield Static(self.text, markup=False)
            with HorizontalGroup(classes="buttons"):
                yield Button(f"{self.yes} (y)", variant="error", id="confirm-yes", compact=True)
                yield Button("No (n)", id="confirm-no", compact=True)

    def action_answer(self, answer: bool) -> None:
        """Give the answer."""
        self.dismiss(answer)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "confirm-yes")


@dataclass(frozen=True)
class Choice:
    """A session, and what is to be done with it."""

    name: str
    wish: Literal["open", "remove"]


class SessionList(ModalScreen[Choice | None]):
    """Gives the session chosen, or None."""

    AUTO_FOCUS = "#session-list"
    HELP = "The conversations of this library, the one used last first."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f5", "dismiss", "Close", id="sessions.close", tooltip="Back to where you were"),
        Binding("d,delete", "remove", "Remove", id="sessions.remove", tooltip="Remove the conversation"),
    ]

    def __init__(self, sessions: tuple[Session, ...]) -> None:
        super().__init__()
        self.sessions = sessions

    def compose(self) -> ComposeResult:
        """Compose a line for each session, and the keys."""
        with VerticalGroup(classes="dialog") as frame:
            frame.border_title = "Sessions"
            if self.sessions:
                yield OptionList(
                    *(Option(shown(session)) for session in self.sessions), id="session-list", markup=False
                )
                yield Static("enter reopens · d removes · esc closes", markup=False, classes="muted")
            else:
                yield Static(NONE_YET, markup=False)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(Choice(self.sessions[event.option_index].name, "open"))

    def action_remove(self) -> None:
        """Remove the one under the cursor."""
        place = self.query_one(OptionList).highlighted if self.sessions else None
        if place is not None:
            self.dismiss(Choice(self.sessions[place].name, "remove"))


def shown(session: Session) -> Content:
    """Name over its size and when it was used, never read as markup."""
    used = datetime.fromtimestamp(session.used).strftime("%Y-%m-%d %H:%M")
    return Content.assemble(
        one_line(session.name), "\n", (f"{count(session.turns, 'question')} · {used}", "$foreground-muted")
    )
