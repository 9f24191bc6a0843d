"""The works that a quotation cites: held ones in their own words, the others by their entries."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from assistant.citing import CitedSource, PrimaryWork
from assistant.citing.citation import paste
from assistant.tui.base_screen import BaseScreen
from assistant.tui.phrases import one_line
from assistant.tui.service import Service
from assistant.tui.widgets.bars import KeyLine
from assistant.tui.widgets.chat_blocks import Block

__all__ = ["PrimaryScreen"]

NO_WORDS = "No sentence of it is quoted here; enter opens it."


class PrimaryBlock(Block):
    """One work: what it is, and its words or its entry."""

    def __init__(self, work: PrimaryWork) -> None:
        super().__init__()
        self.work = work

    def compose(self) -> ComposeResult:
        """Compose the name with "held" or "not held", then its own words with their place, or its entry in the list."""
        mark = ("held", "bold $text-success") if self.work.held else ("not held", "bold $text-warning")
        yield Static(Content.assemble((one_line(self.work.short), "bold"), "  ", mark))
        source = self.work.source
        if source is not None:
            yield Static(f"“{one_line(source.quote)}”", markup=False)
            yield Static(one_line(f"{source.title}, {source.place}"), markup=False, classes="muted")
        elif self.work.held:
            yield Static(NO_WORDS, markup=False)
            yield Static(one_line(self.work.title), markup=False, classes="muted")
        else:
            yield Static(one_line(self.work.entry), markup=False)
            yield Static(one_line(self.work.citation), markup=False, classes="muted")

    def copied(self) -> str:
        """Return the quotation with its citation, else the entry for the bibliography."""
        return paste(self.work.source) if self.work.source is not None else one_line(self.work.entry)


class PrimaryScreen(ModalScreen[None], BaseScreen[None]):
    """The primary works behind one source."""

    AUTO_FOCUS = "PrimaryBlock"
    HELP = "The works that a quoted sentence cites. What is not held stands as its entry for a bibliography."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f7", "dismiss", "Close", id="primary.close", tooltip="Back to where you were"),
        Binding("down,j", "app.focus_next", "Next", show=False, id="primary.next", tooltip="Next work"),
        Binding("up,k", "app.focus_previous", "Previous", show=False, id="primary.previous", tooltip="Work before"),
        Binding("r,enter", "read", "Read", id="primary.read", tooltip="Read the held work at its own words"),
        Binding(
            "c,ctrl+y", "copy", "Copy", id="primary.copy", tooltip="Copy its own words with citation, or its entry"
        ),
    ]

    def __init__(self, service: Service, source: CitedSource) -> None:
        super().__init__()
        self.service = service
        self.source = source

    def compose(self) -> ComposeResult:
        """Compose the quotation, then a block for each work."""
        with Vertical(id="primary") as frame:
            frame.border_title = Content(f"Cited in [{self.source.n}]")
            with VerticalScroll(id="primary-text", can_focus=False):
                yield Static(f"“{one_line(self.source.quote)}”", markup=False, classes="primary-quote muted")
                yield from (PrimaryBlock(work) for work in self.source.cites)
        yield KeyLine()

    @property
    def chosen(self) -> PrimaryBlock | None:
        """The work under the cursor."""
        return self.focused if isinstance(self.focused, PrimaryBlock) else None

    def on_block_entered(self, event: Block.Entered) -> None:
        """Update the keys: only a held work can be read."""
        event.stop()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey reading for what the library has not."""
        return None if action == "read" and not (self.chosen is not None and self.chosen.work.held) else True

    def action_read(self) -> None:
        """Open the work where its own words stand, else at its beginning."""
        if self.chosen is not None and self.chosen.work.document_id is not None:
            self.open_document(self.chosen.work.document_id, self.chosen.work.source)

    def action_copy(self) -> None:
        """Copy its own words, or its entry."""
        if self.chosen is not None:
            self.app.copy_to_clipboard(self.chosen.copied())
