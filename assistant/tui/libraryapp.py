"""What every part of the app shares: the library, its documents, the chat, and how a worker reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App
from textual.message import Message
from textual.reactive import reactive

from assistant.tui.chat import ChatScreen

if TYPE_CHECKING:
    from assistant.workspace import Workspace
    from corpus.store import DocumentSummary

__all__ = ["LibraryApp"]

GETTING_READY = "getting ready …"


class LibraryApp(App[None]):
    """An app over one library."""

    documents: reactive[tuple[DocumentSummary, ...] | None] = reactive(None)
    """What the library holds; None before it was read."""
    status: reactive[str] = reactive(GETTING_READY)
    """What the program is doing."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self._leaving = False

    @property
    def chat(self) -> ChatScreen:
        """The chat, also while another place is shown."""
        return self.get_screen("chat", ChatScreen)

    def _post(self, message: Message) -> None:
        """What a worker may do: tell the app, until the person leaves."""
        if not self._leaving:
            self.post_message(message)

    def say(self, text: str, *, title: str = "", severity: str = "information") -> None:
        """Show a notice; its text is never markup."""
        self.notify(text, title=title, severity=severity, markup=False)  # type: ignore[arg-type]
