"""A document at a glance: its own sentences by their role, each one key away from its place."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from assistant.citing import CitedSource
from assistant.citing.citation import paste
from assistant.tui.base_screen import BaseScreen
from assistant.tui.phrases import one_line
from assistant.tui.service import Service
from assistant.tui.widgets.bars import KeyLine
from assistant.tui.widgets.chat_blocks import Block

if TYPE_CHECKING:
    from assistant.glance import Glance

__all__ = ["GlanceScreen"]

NOTHING = "No sentence says it plainly."


class GlanceSentence(Block):
    """A sentence with its place."""

    def __init__(self, source: CitedSource) -> None:
        super().__init__()
        self.source = source

    def compose(self) -> ComposeResult:
        """Compose the quotation and its place."""
        yield Static(f"“{one_line(self.source.quote)}”", markup=False)
        yield Static(one_line(self.source.place), markup=False, classes="muted")


class GlanceScreen(ModalScreen[None], BaseScreen[None]):
    """The parts of a document's argument."""

    AUTO_FOCUS = "GlanceSentence"
    HELP = "What a document says of its aim, method, results and limits, in its own sentences."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "Close", id="glance.close", tooltip="Back to where you were"),
        Binding("down,j", "app.focus_next", "Next", show=False, id="glance.next", tooltip="Next sentence"),
        Binding("up,k", "app.focus_previous", "Previous", show=False, id="glance.previous", tooltip="Sentence before"),
        Binding("r,enter", "read", "Read", id="glance.read", tooltip="Read the sentence where it stands"),
        Binding("c,ctrl+y", "copy", "Copy", id="glance.copy", tooltip="Copy the sentence with its citation"),
    ]

    def __init__(self, service: Service, glance: "Glance") -> None:
        super().__init__()
        self.service = service
        self.glance = glance

    def compose(self) -> ComposeResult:
        """Compose a heading and its sentences for each part."""
        with Vertical(id="glance") as frame:
            frame.border_title = Content(one_line(self.glance.title))
            with VerticalScroll(id="glance-text", can_focus=False):
                for part in self.glance.parts:
                    yield Static(Content.styled(part.role.capitalize(), "bold $text-primary"), classes="glance-part")
                    if not part.sources:
                        yield Static(NOTHING, markup=False, classes="muted")
                    yield from (GlanceSentence(source) for source in part.sources)
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin at the first heading: the focus is on the sentence below it."""
        self.call_after_refresh(self.query_one("#glance-text").scroll_home, animate=False)

    @property
    def chosen(self) -> CitedSource | None:
        """The source under the cursor."""
        return self.focused.source if isinstance(self.focused, GlanceSentence) else None

    def action_read(self) -> None:
        """Open the sentence in its document."""
        if self.chosen is not None:
            self.open_document(self.chosen.document_id, self.chosen)

    def action_copy(self) -> None:
        """Copy the sentence with its citation."""
        if self.chosen is not None:
            self.app.copy_to_clipboard(paste(self.chosen))
