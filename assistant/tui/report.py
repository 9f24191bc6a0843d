"""What adding came to: one block of the conversation, failures first."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from assistant.tui import phrases
from assistant.tui.block import Block
from assistant.tui.marking import one_line

if TYPE_CHECKING:
    from index.reports import AddItem, AddReport

__all__ = ["Report"]

ROOM = 100
"""Files listed; the rest stands in the library screen."""
ORDER = {"failed": 0, "partial": 1, "duplicate": 2, "added": 3, "updated": 3, "unchanged": 4}
STYLES = {"failed": "bold $text-error", "partial": "bold $text-warning", "added": "$text-success"}


class Report(Block):
    """The files of one adding, each with what became of it."""

    HELP = "What adding came to: each file with what became of it."

    def __init__(self, report: AddReport) -> None:
        super().__init__()
        self.report = report
        self.items = sorted(report.items, key=lambda item: ORDER.get(str(item.status), 5))

    def compose(self) -> ComposeResult:
        """The count, then a line a file."""
        stopped = "Stopped; what was finished stays: " if self.report.cancelled else ""
        yield Static(Content.styled(f"{stopped}{phrases.added(self.report)}", "bold"), classes="verdict")
        for item in self.items[:ROOM]:
            status = str(item.status)
            yield Static(
                Content.assemble((f"{status} ", STYLES.get(status, "$foreground-muted")), line(item)), classes="line"
            )
        if len(self.items) > ROOM:
            yield Static(f"… and {len(self.items) - ROOM:,} more: f3 lists the library.", classes="line", markup=False)

    def copied(self) -> str:
        """All of it as plain text."""
        return "\n".join([phrases.added(self.report), *(f"{item.status} {line(item)}" for item in self.items)])


def line(item: AddItem) -> str:
    """A file with its title, or with the reason why it is not there."""
    name = item.path if item.status in ("failed", "partial") else item.title or PurePath(item.path).name
    return one_line(f"{name}: {item.reason}" if item.reason else name)
