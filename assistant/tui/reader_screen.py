"""The reader: a document's own text, opened at a quotation."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.visual import VisualType
from textual.widgets import Static

from assistant.citing import CitedSource
from assistant.citing.citation import paste
from assistant.tui.phrases import flowing, marked, one_line
from assistant.tui.widgets.bars import KeyLine
from corpus.model import Document

__all__ = ["Reader"]

AROUND = 20_000
"""Characters shown before and after the quotation; `loccit show` gives all."""


class Reader(ModalScreen[None]):
    """Text around a span, scrolled to it."""

    AUTO_FOCUS = "#reader-text"
    HELP = "The stored text of a document. The quotation is marked."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "Close", id="reader.close", tooltip="Back to where you were"),
        Binding("c,ctrl+y", "copy", "Copy", id="reader.copy", tooltip="Copy the quotation with its citation"),
        Binding("g,home", "place", "To the quotation", id="reader.place", tooltip="Scroll back to the quotation"),
    ]

    def __init__(self, title: str, document: Document, source: CitedSource | None) -> None:
        super().__init__()
        self.heading = title
        self.document = document
        self.source = source

    def compose(self) -> ComposeResult:
        """Compose the text before, the paragraph with the quotation marked, and the text after."""
        text = self.document.text
        first, last = self._paragraph()
        begin, end = max(0, first - AROUND), min(len(text), last + AROUND)
        with Vertical(id="reader") as frame:
            frame.border_title = Content(one_line(self.heading))
            with VerticalScroll(id="reader-text", can_focus=True):
                if begin:
                    yield Static(self._cut(begin), markup=False, classes="muted")
                if first > begin:
                    yield Static(flowing(text[begin:first].rstrip("\n")), markup=False, classes="reader-part")
                yield Static(self._marked(first, last), id="reader-place", classes="reader-part", markup=False)
                if last < end:
                    yield Static(flowing(text[last:end].strip("\n")), markup=False, classes="reader-part")
                if end < len(text):
                    yield Static(self._cut(len(text) - end), markup=False, classes="muted")
        yield KeyLine()

    def on_mount(self) -> None:
        """Scroll to the quotation."""
        if self.source is not None:
            self.query_one("#reader").border_subtitle = Content(one_line(self.source.place))
            self.call_after_refresh(self.action_place)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what needs a source."""
        return self.source is not None if action in ("copy", "place") else True

    def action_place(self) -> None:
        """Scroll to the quotation, a little below the top."""
        place = self.query_one("#reader-place")
        scroll = self.query_one("#reader-text")
        scroll.scroll_to(y=max(0, place.virtual_region.y - 3), animate=False)

    def action_copy(self) -> None:
        """Copy the quotation with its citation."""
        if self.source is not None:
            self.app.copy_to_clipboard(paste(self.source))

    def _paragraph(self) -> tuple[int, int]:
        text = self.document.text
        if self.source is None:
            return 0, min(len(text), max(text.find("\n\n"), 0))
        start, end = self.source.locator.start, self.source.locator.end
        before = text.rfind("\n\n", 0, start)
        after = text.find("\n\n", end)
        return (before + 2 if before >= 0 else 0), (after if after >= 0 else len(text))

    def _marked(self, first: int, last: int) -> VisualType:
        text = self.document.text[first:last]
        if self.source is None:
            return flowing(text)
        return marked(text, self.source.locator.start - first, self.source.locator.end - first)

    def _cut(self, characters: int) -> str:
        return f"… {characters:,} more characters here; `loccit show` gives the whole text."
