"""The help screen: every key with what it does, drawn from the bindings themselves."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import ModalScreen
from textual.widgets import Static

from assistant.tui.palette import COMMANDS, bindings
from assistant.tui.widgets.bars import KeyLine

__all__ = ["HelpScreen"]

WIDTH = 20
"""Cells for the keys."""


class HelpScreen(ModalScreen[None]):
    """Keys by place, then the commands of the prompt."""

    AUTO_FOCUS = "#help-text"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f1", "dismiss", "Close", id="help.close", tooltip="Back to where you were")
    ]

    def __init__(self, places: Sequence[tuple[str, type[DOMNode]]]) -> None:
        super().__init__()
        self.places = places
        """Title and class of every place that has keys."""

    def compose(self) -> ComposeResult:
        """Compose one section for each place."""
        with Vertical(id="help") as frame:
            frame.border_title = "Help"
            with VerticalScroll(id="help-text", can_focus=True):
                for title, owner in self.places:
                    yield Static(title, markup=False, classes="help-title")
                    if owner.HELP:
                        yield Static(owner.HELP, markup=False, classes="help-about muted")
                    yield from self._rows(owner)
                yield Static("Commands in the prompt", markup=False, classes="help-title")
                for command in COMMANDS:
                    yield row(command.usage, command.about)
        yield KeyLine()

    def _rows(self, owner: type[DOMNode]) -> Iterator[Static]:
        for binding in bindings(owner):
            keys = binding.key_display or ", ".join(
                self.app.get_key_display(single) for single in Binding.make_bindings([binding])
            )
            yield row(keys, binding.tooltip or binding.description)


def row(keys: str, about: str) -> Static:
    """Show keys on the left, what they do on the right."""
    return Static(Content.assemble((f"{keys:<{WIDTH}}", "bold $text-accent"), about), classes="help-row")
