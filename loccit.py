"""loccit as a library: the public names of the three packages, and nothing else.

>>> import loccit
>>> with loccit.Workspace.open(Path("~/papers-library")) as workspace:    # doctest: +SKIP
...     workspace.add(["~/papers"])
...     answer = workspace.ask("What is marginal risk?")
...     for source in answer.sources:
...         print(source.quote, source.citation)
"""

from assistant.answering import Answer, AnswerSentence
from assistant.chat import SavedTurn, Session
from assistant.citing import (
    CitedSource,
    PrimaryWork,
    QuotationCheck,
    QuotationPlace,
    SecondHand,
    Verdict,
    author_year,
    check_quotation,
    cite,
    locator_label,
    paste,
)
from assistant.configuration import ModelEndpoint
from assistant.followup import PastTurn
from assistant.glance import Glance, GlancePart, Meeting
from assistant.taxonomy import Cell, Taxonomy, TaxonomyAnswer
from assistant.workspace import Reply, Workspace
from corpus.errors import (
    Cancelled,
    LibraryError,
    LibraryLocked,
    LoccitError,
    ModelError,
    ReadError,
    ServiceError,
    UnknownDocument,
    UnknownSession,
    UsageError,
)
from corpus.model import Document, Locator, Passage, Record, Section, Span
from corpus.readers import read_document
from corpus.store import DocumentSummary, StoredDocument, StoredPassage
from index.filters import Filters
from index.reports import AddItem, AddProgress, AddReport
from index.retriever import Hit

__all__ = [
    "AddItem",
    "AddProgress",
    "AddReport",
    "Answer",
    "AnswerSentence",
    "Cancelled",
    "Cell",
    "CitedSource",
    "Document",
    "DocumentSummary",
    "Filters",
    "Glance",
    "GlancePart",
    "Hit",
    "LibraryError",
    "LibraryLocked",
    "Locator",
    "LoccitError",
    "Meeting",
    "ModelEndpoint",
    "ModelError",
    "Passage",
    "PastTurn",
    "PrimaryWork",
    "QuotationCheck",
    "QuotationPlace",
    "ReadError",
    "Record",
    "Reply",
    "SavedTurn",
    "SecondHand",
    "Section",
    "ServiceError",
    "Session",
    "Span",
    "StoredDocument",
    "StoredPassage",
    "Taxonomy",
    "TaxonomyAnswer",
    "UnknownDocument",
    "UnknownSession",
    "UsageError",
    "Verdict",
    "Workspace",
    "author_year",
    "check_quotation",
    "cite",
    "locator_label",
    "paste",
    "read_document",
]
