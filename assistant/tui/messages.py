"""Everything that widgets and workers tell the screens and the app.

Widgets post upwards what a person wants; workers post what happened. Only handlers change state.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from assistant.tui.trouble import Trouble

if TYPE_CHECKING:
    from assistant.answering import Answer
    from assistant.answering.answer import Explanation
    from assistant.chat import SavedTurn, Session
    from assistant.citing import CitedSource
    from assistant.glance import Glance
    from corpus.references.works import Version
    from corpus.store import DocumentSummary, StoredDocument
    from corpus.store.notes import Note
    from index.reports import AddProgress, AddReport

__all__ = [
    "AddEnded",
    "AddMoved",
    "Answered",
    "AskFailed",
    "CommandGiven",
    "Copied",
    "CopyWanted",
    "DocumentRead",
    "DocumentWanted",
    "ExamplesFound",
    "Explained",
    "ExplanationWanted",
    "Failed",
    "Found",
    "GlanceWanted",
    "Glanced",
    "LibraryRead",
    "ParticularsRead",
    "ParticularsWanted",
    "PathsGiven",
    "QuestionAsked",
    "Ready",
    "Removed",
    "SessionOpened",
    "SessionRemoved",
    "SessionRenamed",
    "SessionsListed",
    "SourcePicked",
    "StarterAdded",
    "Writing",
]


@dataclass
class QuestionAsked(Message):
    """A person asks something."""

    question: str


@dataclass
class CommandGiven(Message):
    """A person typed ``/name argument`` into the prompt."""

    name: str
    argument: str


@dataclass
class PathsGiven(Message):
    """A person wants these files or folders in the library."""

    paths: tuple[str, ...]


@dataclass
class SourcePicked(Message):
    """A person chose the source with this number."""

    n: int


@dataclass
class DocumentWanted(Message):
    """A person wants to read a document, at the source where one is given."""

    document_id: str
    source: CitedSource | None = None


@dataclass
class GlanceWanted(Message):
    """A person wants to see a document at a glance."""

    document_id: str


@dataclass
class Glanced(Message):
    """A document at a glance."""

    glance: Glance


@dataclass
class ParticularsWanted(Message):
    """The cursor came to a document."""

    document_id: str


@dataclass
class ParticularsRead(Message):
    """What is known of a document beside its record."""

    document_id: str
    own: Version
    """Which version of its work it is."""
    versions: Mapping[str, Version]
    """The other versions that are held, by id, the one to cite first."""
    notes: tuple[Note, ...]
    """A person's notes on it, in text order."""


@dataclass
class ExplanationWanted(Message):
    """A person wants to see why an answer is as it is."""

    answer: Answer


@dataclass
class Explained(Message):
    """How an answer came about."""

    answer: Answer
    explanation: Explanation


@dataclass
class CopyWanted(Message):
    """A person wants this text on the clipboard."""

    text: str


@dataclass
class Copied(Message):
    """Text was sent to the clipboards."""

    text: str
    hindrance: str
    """Why it did not reach the system's clipboard; empty where it did."""


@dataclass
class LibraryRead(Message):
    """The documents of the library, read anew."""

    documents: tuple[DocumentSummary, ...]
    opening: bool = False
    """More may come: the default library's first start brings documents along."""


@dataclass
class ExamplesFound(Message):
    """Questions that the library can answer."""

    questions: tuple[str, ...]


@dataclass
class StarterAdded(Message):
    """The starter library went into the empty library of a first start."""


@dataclass
class Ready(Message):
    """The model is loaded, or could not be."""

    trouble: Trouble | None = None


@dataclass
class Answered(Message):
    """The answer of a turn."""

    turn: int
    answer: Answer
    session: str = ""
    """The session in which it is kept; empty where it could not be."""


@dataclass
class Found(Message):
    """The passages of a turn, while a language model writes over them."""

    turn: int
    answer: Answer


@dataclass
class Writing(Message):
    """What a language model has written so far, unchecked."""

    turn: int
    text: str


@dataclass
class AskFailed(Message):
    """A turn that ended without an answer."""

    turn: int
    trouble: Trouble


@dataclass
class AddMoved(Message):
    """Adding got on by one step."""

    progress: AddProgress


@dataclass
class AddEnded(Message):
    """Adding is over: with a report, or stopped by trouble."""

    report: AddReport | None
    trouble: Trouble | None = None


@dataclass
class DocumentRead(Message):
    """A document that a person wanted to read."""

    document: StoredDocument
    source: CitedSource | None


@dataclass
class SessionsListed(Message):
    """The sessions that can be reopened."""

    sessions: tuple[Session, ...]


@dataclass
class SessionOpened(Message):
    """A session with its turns."""

    name: str
    turns: tuple[SavedTurn, ...]


@dataclass
class SessionRenamed(Message):
    """The session goes on under another name."""

    name: str


@dataclass
class SessionRemoved(Message):
    """A session is gone."""

    name: str


@dataclass
class Removed(Message):
    """A document was taken out of the library."""

    title: str


@dataclass
class Failed(Message):
    """Work outside the conversation went wrong."""

    trouble: Trouble
