"""The base of the screens that ask the service: the path of their errors, and opening a document.

Workers of a screen await the service. Whatever fails in one is told to the app, which shows it in the conversation.
"""

from dataclasses import dataclass

from textual import on, work
from textual.message import Message
from textual.reactive import var
from textual.screen import Screen, ScreenResultType
from textual.worker import Worker, WorkerState

from assistant.citing import CitedSource
from assistant.tui.reader_screen import Reader
from assistant.tui.service import Service, Trouble
from corpus.store import DocumentSummary
from index.reports import AddProgress

__all__ = ["BaseScreen", "Failed", "LibraryListed", "Place", "failure"]


@dataclass
class Failed(Message):
    """Work outside the conversation failed."""

    trouble: Trouble


@dataclass
class LibraryListed(Message):
    """The documents were listed again."""

    documents: tuple[DocumentSummary, ...]


class BaseScreen(Screen[ScreenResultType]):
    """A screen that asks the service; derived classes set ``service``."""

    service: Service

    @on(Worker.StateChanged)
    def _worker_changed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR:
            self.post_message(Failed(failure(event.worker)))

    def say(self, text: str, *, warning: bool = False) -> None:
        """Show a notice; its text is never markup."""
        self.notify(text, severity="warning" if warning else "information", markup=False)

    @work(exclusive=True, group="read", exit_on_error=False)
    async def open_document(self, document_id: str, source: CitedSource | None = None) -> None:
        """Open a document over this screen, at the source where one is given."""
        stored = await self.service.document(document_id)
        self.app.push_screen(Reader(stored.name, stored.document, source))


class Place(BaseScreen[None]):
    """A screen with a key of its own; it shows the documents and the running add, which the app keeps for all."""

    documents: var[tuple[DocumentSummary, ...] | None] = var(None)
    """What the library holds; None before it was listed."""
    adding: var[AddProgress | bool] = var(False)
    """Progress of the running add; False when idle."""

    def __init__(self, service: Service) -> None:
        super().__init__()
        self.service = service


def failure(worker: Worker[object]) -> Trouble:
    """Return why a worker failed."""
    error = worker.error
    assert error is not None
    return error if isinstance(error, Trouble) else Trouble.of("Not done", error)
