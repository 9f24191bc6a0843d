"""The openness screen: models × components as a heat map, and how often each level occurs."""

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Static

from assistant.tui.base_screen import Place
from assistant.tui.service import Service
from assistant.tui.widgets.bars import KeyLine, TitleBar

if TYPE_CHECKING:
    from assistant.taxonomy.grid import Grid

__all__ = ["OpennessScreen"]

_NAMES = 15
_NARROWEST, _WIDEST = 3, 12
_LEAST_LETTERS = 3
"""Minimum letters of each word in a heading: two do not tell code from component."""


class OpennessScreen(Place):
    """A square for each cell: its level in letters, its class in colour."""

    AUTO_FOCUS = "DataTable"
    HELP = "The openness table of Eiras et al. 2024. The line below tells what the square under the cursor says."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "turn", "Distribution", id="openness.turn", tooltip="Levels counted by component, and back"),
        Binding("c,ctrl+y", "copy", "Copy", id="openness.copy", tooltip="Copy the square with its citation"),
        Binding("escape,f2", "app.go('chat')", "Chat", id="openness.chat", tooltip="Back to the chat"),
    ]

    def __init__(self, service: Service) -> None:
        super().__init__(service)
        self.counted = False
        """Whether the distribution is shown."""
        self.grid: Grid | None = None

    def compose(self) -> ComposeResult:
        """Compose title, table, the square in words, and keys."""
        yield TitleBar("openness", self.service.workspace).data_bind(Place.documents)
        yield DataTable[Text](cursor_type="cell", fixed_columns=1, id="squares")
        yield Static("", markup=False, id="square")
        yield KeyLine()

    def on_mount(self) -> None:
        """Draw the map."""
        self._draw()

    def on_resize(self) -> None:
        """Give the columns the remaining width."""
        self._draw()

    def _draw(self) -> None:
        from assistant.taxonomy import Taxonomy
        from assistant.taxonomy.grid import distribution_of, heat_map

        openness = Taxonomy.load().table
        self.grid = grid = distribution_of(openness) if self.counted else heat_map(openness)
        table = self.query_one("#squares", DataTable)
        place = table.cursor_coordinate
        table.clear(columns=True)
        first = 2 * _NAMES if self.counted else _NAMES
        room = (self.app.size.width - first - 6) // len(grid.columns) - 2
        width = max(_NARROWEST, min(_WIDEST, room))
        table.add_column(Text(grid.corner), width=first)
        for title in grid.columns:
            table.add_column(Text(heading(title, width)), width=width)
        for name, squares in grid.rows:
            styles = [painted(square.text, square.kind, width) for square in squares]
            table.add_row(Text(name, no_wrap=True), *styles)
        table.border_title = grid.title
        table.move_cursor(row=place.row, column=max(1, place.column))

    @on(DataTable.CellHighlighted)
    def _moved(self, event: DataTable.CellHighlighted) -> None:
        self.query_one("#square", Static).update(self.said(event.coordinate.row, event.coordinate.column))

    def said(self, row: int, column: int) -> str:
        """Say a square in words, with its source."""
        if self.grid is None or not 0 <= row < len(self.grid.rows):
            return ""
        name, squares = self.grid.rows[row]
        if not column:
            return f"{name}. {self.grid.caption}"
        square, title = squares[column - 1], self.grid.columns[column - 1]
        value = f"{square.text} models" if self.grid.counted else f"{square.full}, {square.kind}"
        return f"{name}, {title}: {value}. {self.grid.citation}"

    def action_turn(self) -> None:
        """Show the distribution, or the map again."""
        self.counted = not self.counted
        self._draw()

    def action_copy(self) -> None:
        """Copy the square in words."""
        place = self.query_one("#squares", DataTable).cursor_coordinate
        self.app.copy_to_clipboard(self.said(place.row, place.column))


def heading(title: str, width: int) -> str:
    """Shorten a title to its column: to the beginnings of its words, in a narrow column to their first letters."""
    if len(title) <= width:
        return title
    words = [word for word in title.replace("-", " ").split() if word != "and"]
    length = (width + 1) // len(words) - 1
    if length < _LEAST_LETTERS:
        return "".join(word[0].upper() for word in words)[:width]
    return " ".join(word[:length] for word in words)


def painted(text: str, kind: str, width: int) -> Text:
    """Show a level in black on its colour, with a contrast of at least 5 to 1; "not applicable" has no colour."""
    from assistant.taxonomy.grid import COLOURS

    colour = COLOURS.get(kind)
    style = "dim" if kind == "not applicable" else f"#000000 on {colour}" if colour else ""
    return Text(text.center(width), style=style, no_wrap=True)
