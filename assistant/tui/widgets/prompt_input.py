"""The prompt: a question, or a command that begins with a slash; paths are completed while typed."""

import asyncio
import os
import shlex
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input

from assistant.tui.phrases import one_line
from index.originals import expanded

__all__ = ["CommandGiven", "PathSuggester", "Prompt", "QuestionAsked", "given_paths"]


@dataclass
class QuestionAsked(Message):
    """A question was typed or chosen."""

    question: str


@dataclass
class CommandGiven(Message):
    """``/name argument`` was typed."""

    name: str
    argument: str


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
            suggester=PathSuggester("/add "),
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

    def on_paste(self, event: events.Paste) -> None:
        """Paste several lines as one."""
        event.stop()
        event.prevent_default()
        self.replace(one_line(event.text), *self.selection)


def given_paths(typed: str) -> tuple[str, ...]:
    """Return the paths in a typed line: the whole line if that exists, else its words as a shell splits them.

    >>> given_paths("'my papers' other.pdf")
    ('my papers', 'other.pdf')
    """
    whole = expanded(typed.strip())
    if whole.exists():
        return (str(whole),)
    try:
        words = shlex.split(typed)
    except ValueError:
        words = [typed.strip()]
    return tuple(str(expanded(word)) for word in words)


def completed(typed: str) -> str | None:
    """Return the first file or folder whose path begins like this; a hidden one only after a typed dot."""
    folder, _, begun = typed.rpartition("/")
    place = expanded(f"{folder}/" if "/" in typed else ".")
    try:
        with os.scandir(place) as entries:
            fitting = sorted(
                (entry.name + ("/" if entry.is_dir() else ""))
                for entry in entries
                if entry.name.startswith(begun) and (begun.startswith(".") or not entry.name.startswith("."))
            )
    except OSError:
        return None
    if not fitting or fitting[0] == begun:
        return None
    return f"{folder}/{fitting[0]}" if "/" in typed else fitting[0]


class PathSuggester(Suggester):
    """Completes a path after a prefix; the arrow to the right takes it."""

    def __init__(self, prefix: str = "") -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self.prefix = prefix
        self._completed = ""
        """The value that was completed last."""

    async def get_suggestion(self, value: str) -> str | None:
        """Complete the path in a line."""
        typed = value.removeprefix(self.prefix)
        if not value.startswith(self.prefix) or not typed:
            return None
        found = await asyncio.to_thread(completed, typed)
        if found is None:
            return None
        self._completed = value
        return self.prefix + found

    def completes(self, value: str) -> bool:
        """Tell whether there is a suggestion for this value."""
        return bool(value) and value == self._completed
