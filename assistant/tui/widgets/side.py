"""What is beside the conversation: the sources of an answer as cards, and what the taxonomy says of its question."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalGroup, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from assistant.answering import Answer
from assistant.citing import CitedSource
from assistant.taxonomy import Cell, TaxonomyAnswer
from assistant.tui import phrases
from assistant.tui.phrases import one_line, passage, quotation
from assistant.tui.widgets.chat_blocks import SourcePicked

__all__ = ["Side", "SourceCard", "SourcesPanel", "TaxonomyPanel"]

NONE_YET = "The sources of an answer appear here, each with its place. Ask a question first."
NO_PASSAGES = "This answer has no sources in your documents."
CELLS_SHOWN = 60
"""Cells shown; the command line lists more."""


class Side(Vertical):
    """Two panels for one answer."""

    def compose(self) -> ComposeResult:
        """Compose the sources above the taxonomy."""
        yield SourcesPanel(id="sources")
        yield TaxonomyPanel(id="taxonomy")

    @property
    def sources(self) -> "SourcesPanel":
        """The sources."""
        return self.query_one(SourcesPanel)

    @property
    def taxonomy(self) -> "TaxonomyPanel":
        """The taxonomy's cells."""
        return self.query_one(TaxonomyPanel)

    @property
    def holds_focus(self) -> bool:
        """Whether the focus is here."""
        focused = self.screen.focused
        return focused is not None and self in focused.ancestors_with_self

    async def show(self, answer: Answer) -> None:
        """Show the sources of an answer, and its cells."""
        await self.sources.show(answer)
        await self.taxonomy.show(answer.taxonomy)

    async def clear(self) -> None:
        """Be empty as at the start."""
        await self.sources.clear()
        await self.taxonomy.show(None)

    def enter(self) -> None:
        """Focus the selected source, or the taxonomy where there is none."""
        card = self.sources.card()
        if card is not None:
            card.focus(scroll_visible=False)
        elif self.taxonomy.display:
            self.taxonomy.focus()


class SourcesPanel(VerticalScroll, can_focus=False):
    """Cards from the first source to the last; one is selected."""

    selected: reactive[int] = reactive(0)
    """The number of the selected source; 0 for none."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.sources: tuple[CitedSource, ...] = ()
        self.near = False
        """Whether the sources only came near and do not answer."""

    def on_mount(self) -> None:
        """Name the key that fills an empty panel."""
        self.border_title = "Sources"
        self.mount(Static(NONE_YET, markup=False, classes="muted"))

    @property
    def source(self) -> CitedSource | None:
        """The selected source."""
        return next((source for source in self.sources if source.n == self.selected), None)

    async def show(self, answer: Answer) -> None:
        """Show the sources of an answer, the first one selected."""
        self.near = answer.abstained
        self.sources = answer.nearest if answer.abstained else answer.sources
        await self.remove_children()
        if self.sources:
            await self.mount_all(SourceCard(source) for source in self.sources)
        else:
            await self.mount(Static(NO_PASSAGES, markup=False, classes="muted"))
        self.scroll_home(animate=False)
        self.set_reactive(SourcesPanel.selected, 0)
        self.selected = self.sources[0].n if self.sources else 0
        self._entitle()

    async def clear(self) -> None:
        """Be empty as at the start."""
        self.near, self.sources = False, ()
        await self.remove_children()
        await self.mount(Static(NONE_YET, markup=False, classes="muted"))
        self.selected = 0
        self._entitle()

    def move(self, step: int) -> int:
        """Return the number of the source above or below the selected one."""
        numbers = [source.n for source in self.sources]
        if not numbers:
            return 0
        place = numbers.index(self.selected) + step if self.selected in numbers else 0
        return numbers[place % len(numbers)]

    def card(self) -> "SourceCard | None":
        """Return the card of the selected source."""
        return next((card for card in self.query(SourceCard) if card.source.n == self.selected), None)

    def watch_selected(self) -> None:
        """Mark the selected card and bring it into sight."""
        for card in self.query(SourceCard):
            card.set_class(card.source.n == self.selected, "-selected")
        selected = self.card()
        if selected is not None:
            self.call_after_refresh(self.scroll_to_widget, selected, animate=False, top=True)
        self._entitle()

    def _entitle(self) -> None:
        head = "Nearest, not an answer" if self.near else "Sources"
        self.border_title = f"{head} · {self.selected} of {len(self.sources)}" if self.sources else head


class SourceCard(VerticalGroup, can_focus=True):
    """A source in the panel: the selected one shows its whole passage, the others their quotation."""

    HELP = "A source: its place, and the passage with the quoted sentence marked."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.read", "Read", id="source.read", tooltip="Read this source where it stands"),
        Binding("up", "screen.move_source(-1)", "Source above", show=False, id="source.up", tooltip="Go one up"),
        Binding("down", "screen.move_source(1)", "Source below", show=False, id="source.down", tooltip="Go one down"),
    ]

    def __init__(self, source: CitedSource) -> None:
        super().__init__()
        self.source = source

    def compose(self) -> ComposeResult:
        """Compose number with title, place, text, and the citation for the clipboard."""
        number = (f"[{self.source.n}] ", "bold $text-accent")
        yield Static(Content.assemble(number, (one_line(self.source.title), "bold")), classes="card-title")
        yield Static(self.source.place, markup=False, classes="muted")
        if self.source.second_hand is not None:
            warning = phrases.second_hand([self.source], numbered=False)
            yield Static(warning, markup=False, classes="second-hand")
        yield Static(quotation(self.source), classes="card-quote")
        yield Static(passage(self.source), classes="card-passage")
        if self.source.cites:
            yield Static(f"{phrases.cites(self.source)} · f7", markup=False, classes="card-cites muted")
        yield Static(self.source.citation, markup=False, classes="card-citation muted")

    def on_focus(self, event: events.Focus) -> None:
        """Select it."""
        self.post_message(SourcePicked(self.source.n))

    def on_click(self) -> None:
        """Select it."""
        self.focus()


class TaxonomyPanel(VerticalScroll, can_focus=True):
    """Cells, text, note and source of a taxonomy answer; hidden without one."""

    HELP = "Cells of the openness taxonomy, with their meaning and their place in the table."

    def on_mount(self) -> None:
        """Hide until there is something to show."""
        self.border_title = "Taxonomy"
        self.display = False

    async def show(self, answer: TaxonomyAnswer | None) -> None:
        """Show a taxonomy answer; hide without one."""
        await self.remove_children()
        self.display = answer is not None and bool(answer.text or answer.cells)
        if answer is None or not self.display:
            return
        self.scroll_home(animate=False)
        cells = answer.cells[:CELLS_SHOWN]
        below = [f"Understood as: {read}" for read in answer.corrections] + [answer.note, answer.source]
        below += [f"Cite: {answer.cite}" if answer.cite else "", *(other["text"] for other in answer.beside)]
        if len(answer.cells) > CELLS_SHOWN:
            below.insert(0, f"… and {len(answer.cells) - CELLS_SHOWN:,} more: `loccit taxonomy` lists them.")
        await self.mount_all(Static(cell_line(cell), classes="cell") for cell in cells)
        await self.mount(Static(one_line(answer.text), markup=False, classes="cells-text"))
        await self.mount_all(Static(one_line(text), markup=False, classes="muted") for text in below if text)


def cell_line(cell: Cell) -> Content:
    """Show a cell: ``Model · Component  D1  what that means``."""
    head = f"{cell.model} · {cell.component_title or cell.component}  "
    meaning = f"  {one_line(cell.meaning)}" if cell.meaning else ""
    return Content.assemble(
        one_line(head) + " ", (cell.raw or "–", "bold $text-accent"), (meaning, "$foreground-muted")
    )
