"""The list of conversations that are kept, to reopen one or remove it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.tui.marking import one_line
from assistant.tui.phrases import count

if TYPE_CHECKING:
    from assistant.chat import Session

__all__ = ["Choice", "SessionList"]

NONE_YET = "No conversation is kept yet. Each is kept from its first answer on; /rename NAME names it."


@dataclass(frozen=True)
class Choice:
    """What a person wants with a session."""

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
        """A line for each, and the keys."""
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
