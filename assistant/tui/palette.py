"""The command palette: every action that has a key, and every document of the library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.actions import parse
from textual.app import SystemCommand
from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import Screen

from assistant.tui.marking import one_line
from assistant.tui.messages import DocumentWanted
from assistant.tui.phrases import authors

if TYPE_CHECKING:
    from assistant.tui.app import LoccitApp
    from corpus.store import DocumentSummary

__all__ = ["DocumentProvider", "actions", "bindings"]

OFFERED = 5
"""Documents offered before anything is typed."""
SHOWN = 30
"""Documents offered for a search."""


def bindings(owner: type[DOMNode]) -> list[Binding]:
    """The bindings that a class declares, as data."""
    return [binding for binding in owner.BINDINGS if isinstance(binding, Binding) and binding.id]


def actions(screen: Screen[object]) -> Iterator[SystemCommand]:
    """A palette entry for every binding of the screen and the app that can act now."""
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
    def documents(self) -> Iterable[DocumentSummary]:
        """What the library holds."""
        return cast("LoccitApp", self.app).documents or ()

    async def discover(self) -> Hits:
        """The first few documents."""
        for document in list(self.documents)[:OFFERED]:
            yield DiscoveryHit(shown(document), self._opening(document), text=plain(document))

    async def search(self, query: str) -> Hits:
        """Documents whose title or authors fit."""
        matcher = self.matcher(query)
        scored = sorted(
            ((matcher.match(plain(document)), document) for document in self.documents), key=lambda pair: -pair[0]
        )
        for score, document in scored[:SHOWN]:
            if score > 0:
                yield Hit(score, shown(document), self._opening(document), text=plain(document))

    def _opening(self, document: DocumentSummary) -> partial[bool]:
        return partial(self.app.post_message, DocumentWanted(document.document_id))


def plain(document: DocumentSummary) -> str:
    """Title and authors on a line."""
    return one_line(f"{document.name} {authors(document.authors)}")


def shown(document: DocumentSummary) -> Content:
    """Title over authors and year, never read as markup."""
    who = " · ".join(part for part in (authors(document.authors), str(document.year or "")) if part)
    return Content.assemble(
        ("Read ", "$foreground-muted"), one_line(document.name), "\n", (one_line(who), "$foreground-muted")
    )
