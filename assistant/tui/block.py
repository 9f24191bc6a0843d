"""A block of the conversation: the unit that a person walks to, copies and opens."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.containers import VerticalGroup
from textual.message import Message

__all__ = ["Block"]


class Block(VerticalGroup, can_focus=True):
    """Anything in the conversation that the cursor stops at."""

    @dataclass
    class Entered(Message):
        """The cursor came to a block."""

        block: Block

    def copied(self) -> str:
        """What copying takes from this block; empty where the selected source is meant."""
        return ""

    def on_focus(self, event: events.Focus) -> None:
        """Tell the screen where the cursor is."""
        self.post_message(self.Entered(self))
