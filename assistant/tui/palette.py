"""What can be done, as data: the commands of the prompt, the keys, and the entries of the command palette."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial

from textual.actions import parse
from textual.app import SystemCommand
from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import Screen
from textual.worker import Worker

from assistant.tui.base_screen import Place
from assistant.tui.phrases import authors, one_line
from corpus.store import DocumentSummary

__all__ = ["COMMANDS", "Command", "DocumentProvider", "action_of", "actions", "bindings", "unknown"]

OFFERED = 5
"""Documents offered before anything is typed."""
SHOWN = 30
"""Documents offered for a search."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the prompt."""

    name: str
    usage: str
    about: str
    action: str
    """The action to run; ``{}`` stands for what is typed after the name."""


COMMANDS = (
    Command("add", "/add PATH", "Add a file or folder to the library", "add({!r})"),
    Command("library", "/library", "List the documents", "go('library')"),
    Command("openness", "/openness", "The openness table", "go('openness')"),
    Command("sessions", "/sessions", "Reopen an earlier conversation", "sessions"),
    Command("new", "/new", "Begin a new conversation", "new_session"),
    Command("rename", "/rename NAME", "Give this conversation a name", "rename_session({!r})"),
    Command("stop", "/stop", "Stop what is running", "stop"),
    Command("help", "/help", "This help", "help"),
    Command("quit", "/quit", "Leave loccit", "quit"),
)


def action_of(name: str, argument: str) -> str | None:
    """Return the app's action for a typed command; None for an unknown name.

    >>> action_of("add", "my 'papers'"), action_of("stop", ""), action_of("ad", "x")
    ('add("my \\'papers\\'")', 'stop', None)
    """
    return next((command.action.format(argument) for command in COMMANDS if command.name == name), None)


def unknown(name: str) -> str:
    """Say that a command does not exist, and which one is nearest.

    >>> unknown("ad")
    'There is no command /ad. Did you mean /add? /help lists all.'
    """
    near = get_close_matches(name, [command.name for command in COMMANDS], 1)
    meant = f" Did you mean /{near[0]}?" if near else ""
    return f"There is no command /{name}.{meant} /help lists all."


def bindings(owner: type[DOMNode]) -> list[Binding]:
    """Return the bindings that a class declares."""
    return [binding for binding in owner.BINDINGS if isinstance(binding, Binding) and binding.id]


def actions(screen: Screen[object]) -> Iterator[SystemCommand]:
    """Yield a palette entry for every binding of the screen and the app that can act now."""
    seen: set[str] = set()
    for owner in (screen, screen.app):
        for binding in bindings(type(owner)):
            _, name, parameters = parse(binding.action)
            if (
                binding.action in seen | {"command_palette"}
                or not binding.description
                or not owner.check_action(name, parameters)
            ):
                continue
            seen.add(binding.action)
            run = partial(screen.app.run_action, binding.action, owner)
            yield SystemCommand(binding.description, binding.tooltip or binding.description, run)


class DocumentProvider(Provider):
    """Finds documents by title or author; choosing one opens it."""

    @property
    def place(self) -> Place:
        """The place over which the palette was opened."""
        place = self.app.screen_stack[0]
        assert isinstance(place, Place)
        return place

    @property
    def documents(self) -> Iterable[DocumentSummary]:
        """What the library holds."""
        return self.place.documents or ()

    async def discover(self) -> Hits:
        """Offer the first few documents."""
        for document in list(self.documents)[:OFFERED]:
            yield DiscoveryHit(shown(document), self._opening(document), text=plain(document))

    async def search(self, query: str) -> Hits:
        """Offer documents whose title or authors match."""
        matcher = self.matcher(query)
        scored = sorted(
            ((matcher.match(plain(document)), document) for document in self.documents), key=lambda pair: -pair[0]
        )
        for score, document in scored[:SHOWN]:
            if score > 0:
                yield Hit(score, shown(document), self._opening(document), text=plain(document))

    def _opening(self, document: DocumentSummary) -> partial[Worker[None]]:
        return partial(self.place.open_document, document.document_id)


def plain(document: DocumentSummary) -> str:
    """Put title and authors on a line."""
    return one_line(f"{document.name} {authors(document.authors)}")


def shown(document: DocumentSummary) -> Content:
    """Show title over authors and year, never read as markup."""
    who = " · ".join(part for part in (authors(document.authors), str(document.year or "")) if part)
    return Content.assemble(
        ("Read ", "$foreground-muted"), one_line(document.name), "\n", (one_line(who), "$foreground-muted")
    )
