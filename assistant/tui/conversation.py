"""The conversation: a scroll of blocks with a cursor that walks over them."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from assistant.tui.block import Block
from assistant.tui.marking import one_line
from assistant.tui.welcome import Example

__all__ = ["Conversation"]


class Conversation(VerticalScroll):
    """Blocks from the oldest to the newest; what is new is shown unless a person has scrolled away."""

    BORDER_TITLE = "Conversation"
    HELP = "What was asked and found. The cursor stops at each block and shows its sources."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "Block above", show=False, id="block.up", tooltip="Go to the block above"),
        Binding("down", "step(1)", "Block below", show=False, id="block.down", tooltip="Go to the block below"),
    ]

    def on_mount(self) -> None:
        """Follow what is in sight, to find it again when the screen's size changes."""
        self._laid_out = self.size
        self._in_sight: Widget | None = None
        self.watch(self, "scroll_y", self._follow, init=False)

    def _follow(self) -> None:
        """Remember the block at the top, the last one at the end; not while lines break anew."""
        if self.size != self._laid_out or not self.children:
            return
        at_end = self.max_scroll_y - self.scroll_offset.y <= 2
        seen = [block for block in self.children if block.virtual_region.bottom > self.scroll_offset.y]
        self._in_sight = self.children[-1] if at_end or not seen else seen[0]

    def on_resize(self) -> None:
        """Lines break elsewhere: bring back what was in sight."""
        if self._in_sight is not None and self._in_sight.is_attached:
            self.reveal(self._in_sight)
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        self._laid_out = self.size

    def entitle(self, session: str) -> None:
        """Name the session in the border; its name is never markup."""
        self.border_title = Content(f"Conversation · {one_line(session)}" if session else "Conversation")

    async def append(self, block: Widget, *, follow: bool = False) -> None:
        """Put a block at the end; bring it into sight when asked to, or when the end was in sight."""
        follow = follow or self.max_scroll_y - self.scroll_offset.y <= 2
        await self.mount(block)
        if follow:
            self.reveal(block)

    def reveal(self, block: Widget) -> None:
        """Scroll so that a block is seen from its beginning."""
        self.call_after_refresh(self.scroll_to_widget, block, top=True, animate=False)

    def stops(self) -> list[Widget]:
        """Everything the cursor stops at, in order."""
        return [node for node in self.query("Block, Example").results(Widget) if node.focusable]

    def enter(self) -> None:
        """Go to the newest block, or to the first example while nothing was asked."""
        stops = self.stops()
        blocks = [stop for stop in stops if isinstance(stop, Block)]
        target = blocks[-1] if blocks else next((stop for stop in stops if isinstance(stop, Example)), self)
        target.focus(scroll_visible=False)

    def action_step(self, step: int) -> None:
        """Walk to the next block; a block taller than the view is scrolled through first."""
        stops = self.stops()
        focused = self.screen.focused
        if focused not in stops:
            self.enter()
            return
        below = focused.virtual_region.bottom - (self.scroll_offset.y + self.scrollable_content_region.height)
        above = self.scroll_offset.y - focused.virtual_region.y
        hidden = below if step > 0 else above
        if isinstance(focused, Block) and hidden > 0:
            self.scroll_relative(y=step * min(hidden, 3), animate=False)
            return
        place = stops.index(focused) + step
        if 0 <= place < len(stops):
            stops[place].focus()
        else:
            self.scroll_relative(y=step * 3, animate=False)
