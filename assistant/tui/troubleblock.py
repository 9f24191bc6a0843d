"""An error in the conversation: a human header over text that scrolls and can be copied."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assistant.tui.block import Block
from assistant.tui.trouble import Trouble

__all__ = ["TroubleBlock"]


class TroubleBlock(Block):
    """Trouble, shown where the result would stand."""

    HELP = "What went wrong. c copies all of it; tab enters the text to scroll it."

    def __init__(self, trouble: Trouble) -> None:
        super().__init__()
        self.trouble = trouble

    def compose(self) -> ComposeResult:
        """The header, then the text."""
        yield Static(Content.styled(self.trouble.header, "bold $text-error"), classes="verdict")
        with VerticalScroll(classes="details"):
            yield Static(self.trouble.text, markup=False)
        if not self.trouble.expected:
            yield Static("loccit goes on. c copies this text for a report.", markup=False, classes="line muted")

    def copied(self) -> str:
        """Header and text."""
        return f"{self.trouble.header}\n{self.trouble.text}"
