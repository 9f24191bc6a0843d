"""What can be typed into the prompt after a stroke, as data."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

__all__ = ["COMMANDS", "unknown"]


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the prompt."""

    name: str
    usage: str
    about: str
    action: str
    """The app's action; ``add`` and ``rename`` take an argument."""


COMMANDS = (
    Command("add", "/add PATH", "Add a file or folder to the library", "add"),
    Command("library", "/library", "List the documents", "go('library')"),
    Command("openness", "/openness", "The openness table", "go('openness')"),
    Command("sessions", "/sessions", "Reopen an earlier conversation", "sessions"),
    Command("new", "/new", "Begin a new conversation", "new_session"),
    Command("rename", "/rename NAME", "Give this conversation a name", "rename_session"),
    Command("stop", "/stop", "Stop what is running", "stop"),
    Command("help", "/help", "This help", "help"),
    Command("quit", "/quit", "Leave loccit", "quit"),
)


def unknown(name: str) -> str:
    """What to say of a command that does not exist.

    >>> unknown("ad")
    'There is no command /ad. Did you mean /add? /help lists all.'
    """
    near = get_close_matches(name, [command.name for command in COMMANDS], 1)
    meant = f" Did you mean /{near[0]}?" if near else ""
    return f"There is no command /{name}.{meant} /help lists all."
