"""The library screen: what is held, with the keys that add and remove."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import DataTable, Static

from assistant.tui.confirm import Confirm
from assistant.tui.keys import KeyLine
from assistant.tui.marking import one_line
from assistant.tui.messages import DocumentWanted, GlanceWanted, ParticularsRead, ParticularsWanted
from assistant.tui.particulars import particulars
from assistant.tui.phrases import authors, count
from assistant.tui.progress import AddingRow
from assistant.tui.titlebar import TitleBar

if TYPE_CHECKING:
    from corpus.store import DocumentSummary

__all__ = ["LibraryScreen", "RemoveWanted"]

EMPTY = "Nothing is held yet. Press a to add a file or a folder."
OTHERS = 32
"""Cells that year, kind, passages and all padding take."""


@dataclass
class RemoveWanted(Message):
    """A person confirmed that a document goes."""

    document: DocumentSummary


class LibraryScreen(Screen[None]):
    """A row a document."""

    AUTO_FOCUS = "DataTable"
    HELP = "What the library holds."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a,ctrl+o", "app.add", "Add", id="library.add", tooltip="Add a file or a folder"),
        Binding("d,delete", "remove", "Remove", id="library.remove", tooltip="Take the document out of the library"),
        Binding("r,enter", "read", "Read", id="library.read", tooltip="Read the document"),
        Binding(
            "g",
            "glance",
            "At a glance",
            id="library.glance",
            tooltip="Its aim, method and results",
        ),
        Binding("escape,f2", "app.go('chat')", "Chat", id="library.chat", tooltip="Back to the chat"),
    ]

    def compose(self) -> ComposeResult:
        """Title, table, progress, keys."""
        yield TitleBar("library")
        yield Static(EMPTY, markup=False, id="empty", classes="muted")
        yield DataTable[Text](cursor_type="row", zebra_stripes=True, id="documents")
        yield Static(markup=False, id="particulars", classes="muted")
        yield AddingRow()
        yield KeyLine()

    def on_mount(self) -> None:
        """Follow the app's state."""
        self._documents: tuple[DocumentSummary, ...] = ()
        self.watch(self.app, "documents", self._follow)

    def on_resize(self) -> None:
        """The title takes what room there is."""
        self._draw()

    def _follow(self, documents: tuple[DocumentSummary, ...] | None) -> None:
        self._documents = documents or ()
        self._draw()

    def _draw(self) -> None:
        table = self.query_one("#documents", DataTable)
        row = table.cursor_row
        table.clear(columns=True)
        room = max(40, self.app.size.width - OTHERS)
        widths = (room - room // 3, room // 3, 4, 8, 5)
        for title, width in zip(("Title", "Authors", "Year", "Kind", "Pass."), widths, strict=True):
            table.add_column(Text(title), width=width)
        for document in self._documents:
            table.add_row(*cells(document, widths), key=document.document_id)
        table.move_cursor(row=min(row, max(0, len(self._documents) - 1)))
        table.border_title = count(len(self._documents), "document")
        table.display = bool(self._documents)
        self.query_one("#empty").display = not self._documents
        self.query_one("#particulars").display = bool(self._documents)
        self.refresh_bindings()

    @on(DataTable.RowHighlighted)
    def _moved(self) -> None:
        if self.chosen is not None:
            self.post_message(ParticularsWanted(self.chosen.document_id))

    def describe(self, found: ParticularsRead) -> None:
        """Show what is known of the document under the cursor beside its row; nothing of one that it has left."""
        if self.chosen is None or self.chosen.document_id != found.document_id:
            return
        names = {document.document_id: one_line(document.name) for document in self._documents}
        self.query_one("#particulars", Static).update("\n".join(particulars(self.chosen, found, names)))

    @property
    def chosen(self) -> DocumentSummary | None:
        """The document under the cursor."""
        row = self.query_one("#documents", DataTable).cursor_row
        return self._documents[row] if 0 <= row < len(self._documents) else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a document there is nothing to read or remove."""
        if action in ("read", "glance", "remove") and self.is_mounted:
            return True if self.chosen is not None else None
        return True

    @on(DataTable.RowSelected)
    def action_read(self) -> None:
        """Read the document under the cursor."""
        if self.chosen is not None:
            self.post_message(DocumentWanted(self.chosen.document_id))

    def action_glance(self) -> None:
        """Show the document under the cursor at a glance."""
        if self.chosen is not None:
            self.post_message(GlanceWanted(self.chosen.document_id))

    def action_remove(self) -> None:
        """Ask, then take the document out."""
        document = self.chosen
        if document is None:
            return
        text = f"{one_line(document.name)}\n\nIts file stays where it is: {one_line(document.path)}"

        def decided(yes: bool | None) -> None:
            if yes:
                self.post_message(RemoveWanted(document))

        self.app.push_screen(Confirm("Take it out of the library?", text, "Remove"), decided)


def cells(document: DocumentSummary, widths: Sequence[int]) -> list[Text]:
    """A row; each cell is text, never markup."""
    values = (
        one_line(document.name),
        one_line(authors(document.authors)),
        str(document.year or ""),
        document.kind,
        f"{document.passages:,}",
    )
    row = [Text(value, no_wrap=True) for value in values]
    for text, width in zip(row, widths, strict=True):
        text.truncate(width, overflow="ellipsis")
    row[-1].justify = "right"
    return row
