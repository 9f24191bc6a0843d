"""The prompt: a question, or a command that begins with a stroke."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input

from assistant.tui.marking import one_line
from assistant.tui.messages import CommandGiven, QuestionAsked
from assistant.tui.paths import CommandPathSuggester

__all__ = ["Prompt"]


class Prompt(Input):
    """One line that asks, remembers what was asked, and takes pasted text whole."""

    HELP = "Type a question and press enter. /add PATH adds files, /help lists what there is."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Ask", id="prompt.ask", tooltip="Ask the library"),
        Binding("up", "recall(-1)", "Earlier question", show=False, id="prompt.earlier", tooltip="Recall a question"),
        Binding("down", "recall(1)", "Later question", show=False, id="prompt.later", tooltip="Go on to later ones"),
    ]

    def __init__(self, id: str) -> None:
        super().__init__(
            placeholder="Ask your library …   /add PATH adds files",
            id=id,
            compact=True,
            select_on_focus=False,
            suggester=CommandPathSuggester("/add "),
        )
        self._asked: list[str] = []
        self._place = 0

    async def action_submit(self) -> None:
        """Ask, or give the command."""
        text = self.value.strip()
        if not text:
            return
        self._asked.append(text)
        self._place = len(self._asked)
        self.clear()
        if text.startswith("/"):
            name, _, argument = text[1:].partition(" ")
            self.post_message(CommandGiven(name.lower(), argument.strip()))
        else:
            self.post_message(QuestionAsked(text))

    def action_recall(self, step: int) -> None:
        """Bring back an earlier question."""
        self._place = max(0, min(len(self._asked), self._place + step))
        self.value = self._asked[self._place] if self._place < len(self._asked) else ""
        self.cursor_position = len(self.value)

    def take(self, character: str) -> None:
        """Take a character typed elsewhere."""
        self.focus()
        self.insert_text_at_cursor(character)

    def _on_paste(self, event: events.Paste) -> None:
        """Several pasted lines become one."""
        event.stop()
        event.prevent_default()
        self.replace(one_line(event.text), *self.selection)
