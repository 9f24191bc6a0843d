"""The taxonomy's part of an answer: its cells, what they mean, and where they stand in the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assistant.tui.marking import one_line

if TYPE_CHECKING:
    from assistant.taxonomy import Cell, TaxonomyAnswer

__all__ = ["TaxonomyPanel"]

ROOM = 60
"""Cells shown; the command line lists more."""


class TaxonomyPanel(VerticalScroll, can_focus=True):
    """Cells, text, note and source of a taxonomy answer; not there without one."""

    HELP = "Cells of the openness taxonomy, with their meaning and their place in the table."

    def on_mount(self) -> None:
        """Nothing to show yet."""
        self.border_title = "Taxonomy"
        self.display = False

    async def show(self, answer: TaxonomyAnswer | None) -> None:
        """Show a taxonomy answer, or go."""
        await self.remove_children()
        self.display = answer is not None and bool(answer.text or answer.cells)
        if answer is None or not self.display:
            return
        self.scroll_home(animate=False)
        cells = answer.cells[:ROOM]
        below = [f"Read as meant: {read}" for read in answer.corrections] + [answer.note, answer.source]
        below += [f"Cite: {answer.cite}" if answer.cite else "", *(other["text"] for other in answer.beside)]
        if len(answer.cells) > ROOM:
            below.insert(0, f"… and {len(answer.cells) - ROOM:,} more: `loccit taxonomy` lists them.")
        await self.mount_all(Static(cell_line(cell), classes="cell") for cell in cells)
        await self.mount(Static(one_line(answer.text), markup=False, classes="cells-text"))
        await self.mount_all(Static(one_line(text), markup=False, classes="muted") for text in below if text)


def cell_line(cell: Cell) -> Content:
    """``Model · Component  D1  what that means``."""
    head = f"{cell.model} · {cell.component_title or cell.component}  "
    meaning = f"  {one_line(cell.meaning)}" if cell.meaning else ""
    return Content.assemble(
        one_line(head) + " ", (cell.raw or "–", "bold $text-accent"), (meaning, "$foreground-muted")
    )
