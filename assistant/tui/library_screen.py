"""The library screen: a row for each document, with the keys that read, add and remove."""

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Static

from assistant.tui.base_screen import LibraryListed, Place
from assistant.tui.glance_screen import GlanceScreen
from assistant.tui.phrases import authors, count, one_line, opening
from assistant.tui.service import Particulars
from assistant.tui.widgets.bars import AddingRow, KeyLine, TitleBar
from assistant.tui.widgets.dialogs import Confirm
from corpus.store import DocumentSummary

__all__ = ["LibraryScreen"]

EMPTY = "Nothing is held yet. Press a to add a file or a folder."
OTHERS = 32
"""Cells that year, kind, passages and all padding take."""
NOTES_SHOWN = 3


class LibraryScreen(Place):
    """The documents, and below them what is known of the one under the cursor."""

    AUTO_FOCUS = "DataTable"
    HELP = "What the library holds."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a,ctrl+o", "app.add", "Add", id="library.add", tooltip="Add a file or a folder"),
        Binding("d,delete", "remove", "Remove", id="library.remove", tooltip="Take the document out of the library"),
        Binding("r,enter", "read", "Read", id="library.read", tooltip="Read the document"),
        Binding("g", "glance", "At a glance", id="library.glance", tooltip="Its aim, method and results"),
        Binding("escape,f2", "app.go('chat')", "Chat", id="library.chat", tooltip="Back to the chat"),
    ]

    def compose(self) -> ComposeResult:
        """Compose title, table, progress, and keys."""
        yield TitleBar("library", self.service.workspace).data_bind(Place.documents)
        yield Static(EMPTY, markup=False, id="empty", classes="muted")
        yield DataTable[Text](cursor_type="row", zebra_stripes=True, id="documents")
        yield Static(markup=False, id="particulars", classes="muted")
        yield AddingRow().data_bind(Place.adding)
        yield KeyLine()

    def on_resize(self) -> None:
        """Give the title the remaining width."""
        self._draw()

    def watch_documents(self) -> None:
        """Show the documents."""
        self._draw()

    def _draw(self) -> None:
        documents = self.documents or ()
        table = self.query_one("#documents", DataTable)
        row = table.cursor_row
        table.clear(columns=True)
        room = max(40, self.app.size.width - OTHERS)
        widths = (room - room // 3, room // 3, 4, 8, 5)
        for title, width in zip(("Title", "Authors", "Year", "Kind", "Pass."), widths, strict=True):
            table.add_column(Text(title), width=width)
        for document in documents:
            table.add_row(*cells(document, widths), key=document.document_id)
        table.move_cursor(row=min(row, max(0, len(documents) - 1)))
        table.border_title = count(len(documents), "document")
        table.display = bool(documents)
        self.query_one("#empty").display = not documents
        self.query_one("#particulars").display = bool(documents)
        self.refresh_bindings()

    @on(DataTable.RowHighlighted)
    def _moved(self) -> None:
        if self.chosen is not None:
            self._look_up(self.chosen)

    @work(exclusive=True, group="particulars", exit_on_error=False)
    async def _look_up(self, document: DocumentSummary) -> None:
        found = await self.service.particulars(document.document_id)
        if self.chosen is not None and self.chosen.document_id == document.document_id:
            names = {other.document_id: one_line(other.name) for other in self.documents or ()}
            self.query_one("#particulars", Static).update("\n".join(particulars(self.chosen, found, names)))

    @property
    def chosen(self) -> DocumentSummary | None:
        """The document under the cursor."""
        row = self.query_one("#documents", DataTable).cursor_row
        documents = self.documents or ()
        return documents[row] if 0 <= row < len(documents) else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey what needs a document."""
        if action in ("read", "glance", "remove") and self.is_mounted:
            return True if self.chosen is not None else None
        return True

    @on(DataTable.RowSelected)
    def action_read(self) -> None:
        """Read the document under the cursor."""
        if self.chosen is not None:
            self.open_document(self.chosen.document_id)

    def action_glance(self) -> None:
        """Show the document under the cursor at a glance."""
        if self.chosen is not None:
            self._glance(self.chosen.document_id)

    @work(exclusive=True, group="glance", exit_on_error=False)
    async def _glance(self, document_id: str) -> None:
        self.app.push_screen(GlanceScreen(self.service, await self.service.glance(document_id)))

    def action_remove(self) -> None:
        """Ask, then take the document out."""
        document = self.chosen
        if document is None:
            return
        text = f"{one_line(document.name)}\n\nIts file stays where it is: {one_line(document.path)}"

        def decided(yes: bool | None) -> None:
            if yes:
                self._remove(document)

        self.app.push_screen(Confirm("Take it out of the library?", text, "Remove"), decided)

    @work(group="remove", exit_on_error=False)
    async def _remove(self, document: DocumentSummary) -> None:
        try:
            await self.service.remove(document.document_id)
            self.say(f"Removed: {one_line(document.name)}")
        finally:
            self.post_message(LibraryListed(await self.service.documents()))


def cells(document: DocumentSummary, widths: Sequence[int]) -> list[Text]:
    """Return a row; each cell is text, never markup."""
    year, passages = str(document.year or ""), f"{document.passages:,}"
    values = (one_line(document.name), one_line(authors(document.authors)), year, document.kind, passages)
    row = [Text(value, no_wrap=True) for value in values]
    for text, width in zip(row, widths, strict=True):
        text.truncate(width, overflow="ellipsis")
    row[-1].justify = "right"
    return row


def particulars(document: DocumentSummary, found: Particulars, names: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each thing known of a document; ``names`` maps ids to the names of documents."""
    yield " · ".join(filter(None, (f"[{document.key}]", found.own.name, *document.tags)))
    for identity, version in found.versions.items():
        yield f"Also held: {', '.join(filter(None, (names.get(identity, identity), version.name)))}"
    for note in found.notes[:NOTES_SHOWN]:
        lost = " (its words are no longer in the document)" if note.broken else ""
        yield f"Note on “{opening(note.anchor.exact)}”{lost}: {one_line(note.body)}"
    more = len(found.notes) - NOTES_SHOWN
    if more > 0:
        yield f"{count(more, 'more note')}: loccit note {document.key}"
