"""An opened library: database, indexes, models and starter documents, each made when it is first needed."""

import os
from functools import cached_property
from pathlib import Path
from typing import Self

from assistant.configuration import Configuration, read_configuration
from corpus.errors import ModelError
from corpus.store import Database, DocumentStore, DocumentSummary, RoomSchema, StoredDocument
from corpus.store.citations import CitationGraph
from corpus.store.notes import Notes
from corpus.store.schema import CORPUS_SCHEMA
from corpus.store.tags import Tags
from corpus.store.work_index import WorkIndex
from index.dense import DenseIndex
from index.embedding.embedder import Embedder
from index.embedding.embedding_model import AbsentModel, EmbeddingRecord, ModelChoice, choose_model
from index.embedding.query_encoder import QuestionEmbedder
from index.embedding.torch_embedder import LocalEmbedder, RemoteEmbedder
from index.ingest import Ingest
from index.judging import Judge, OwnCrossEncoder, ShippedJudge
from index.lexical import LexicalIndex
from index.originals import expanded
from index.retriever import Retriever
from index.schema import INDEX_SCHEMA

__all__ = ["Library", "Starter", "default_library"]

_STARTER = "starter"
"""Name of the setting that tells whether the starter documents were installed or removed."""


def default_library() -> Path:
    """Return ``LOCCIT_LIBRARY``, else ``library`` in the platform's data folder."""
    named = os.environ.get("LOCCIT_LIBRARY")
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("loccit", appauthor=False) / "library"


_ASSISTANT_SCHEMA = RoomSchema(
    "assistant",
    (
        "CREATE TABLE settings(name TEXT PRIMARY KEY, value TEXT NOT NULL)",
        "CREATE TABLE taxonomies(name TEXT PRIMARY KEY, head TEXT NOT NULL, rows TEXT NOT NULL)",
        """
        CREATE TABLE sessions(
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE COLLATE NOCASE,
            created REAL NOT NULL
        );
        CREATE TABLE turns(
            session_id INTEGER NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            question TEXT NOT NULL,
            standalone_question TEXT NOT NULL,
            answer TEXT NOT NULL,
            asked REAL NOT NULL,
            PRIMARY KEY(session_id, position)
        )
        """,
    ),
)


class Library:
    """A library folder with what reads and writes it.

    Opening is cheap: no model is loaded before a question or a file needs one. Methods may be called from any thread.
    """

    def __init__(
        self,
        path: Path,
        embedder: Embedder,
        *,
        questions: Embedder | None = None,
        configuration: Configuration | None = None,
        default: bool = False,
    ) -> None:
        self.path = path
        self.configuration = configuration or Configuration()
        self.name = path.name
        self.default = default
        """Whether this is the default library, which alone gets the starter documents."""
        self.language_model = self.configuration.language_model
        """The language model that writes answers; none unless configured."""
        self.database = Database(path, (CORPUS_SCHEMA, INDEX_SCHEMA, _ASSISTANT_SCHEMA))
        self.store = DocumentStore(self.database)
        self.embedder = embedder
        """Embeds what is added."""
        self.questions = questions or embedder
        """Embeds questions, and the sentences scored for them."""
        self.lexical = LexicalIndex(self.database)
        self.dense = DenseIndex(self.database, embedder.model.fingerprint)
        own = OwnCrossEncoder(self.configuration.reranker) if self.configuration.reranker else None
        self.judge: Judge = own or ShippedJudge()
        """Says whether a sentence answers a question."""
        self.retriever = Retriever(self.store, self.lexical, self.dense, self.questions, own)

    @classmethod
    def open(cls, path: Path | None = None, *, embedder: Embedder | None = None, remote: bool = False) -> Self:
        """Open the library at ``path``, made where there is none; without a path, the default library.

        ``remote`` runs the embedding model in a child process, for fronts that must not block. A missing model raises
        `ModelError` only when a vector is needed.

        Raises:
            LibraryError: the folder or the database cannot be used.
        """
        folder = expanded(path or default_library()).absolute()
        configuration = read_configuration(folder)
        if embedder is not None:
            return cls(folder, embedder, configuration=configuration, default=path is None)
        try:
            model, record = choose_model(configuration.embedding_model), EmbeddingRecord()
        except ModelError as error:
            absent = LocalEmbedder(AbsentModel.of(error))
            return cls(folder, absent, configuration=configuration, default=path is None)
        bulk = RemoteEmbedder(model, record) if remote else LocalEmbedder(model, record)
        questions = QuestionEmbedder(bulk, record)
        return cls(folder, bulk, questions=questions, configuration=configuration, default=path is None)

    @property
    def read_only(self) -> bool:
        """Whether the library can be read and not written."""
        return self.database.read_only

    @property
    def model(self) -> ModelChoice:
        """The embedding model."""
        return self.embedder.model

    @property
    def model_name(self) -> str:
        """The embedding model's name, to show."""
        return self.model.name

    @cached_property
    def ingest(self) -> Ingest:
        """Adds, rewrites and removes documents."""
        return Ingest(self.database, self.store, self.lexical, self.dense, self.embedder)

    @cached_property
    def citations(self) -> CitationGraph:
        """The graph of which documents of the library cite which."""
        return CitationGraph(self.database, self.store)

    @cached_property
    def notes(self) -> Notes:
        """The user's notes on documents."""
        return Notes(self.database)

    @cached_property
    def tags(self) -> Tags:
        """The user's tags on documents."""
        return Tags(self.database)

    @cached_property
    def works(self) -> WorkIndex:
        """The index of which documents are versions of one work."""
        return WorkIndex(self.database)

    def documents(self) -> list[DocumentSummary]:
        """List the documents in the order of adding."""
        return self.store.summaries()

    def document(self, name: str) -> StoredDocument:
        """Return the document with that id, key or path.

        Raises:
            UnknownDocument: there is none.
        """
        return self.store.get(name)

    def close(self) -> None:
        """End child processes and close the database."""
        self.questions.close()
        self.embedder.close()
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def setting(self, name: str) -> str | None:
        """Return the value stored under that name, or None."""
        row = self.database.row("SELECT value FROM settings WHERE name = ?", (name,))
        return str(row["value"]) if row else None

    def remember(self, name: str, value: str) -> None:
        """Store a value under that name."""
        with self.database.writing() as connection:
            connection.execute("REPLACE INTO settings VALUES (?, ?)", (name, value))


class Starter:
    """Adds the starter documents at the first start of the default library, and removes them for good."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def install(self) -> bool:
        """Add the starter documents at the first start of the default library; return whether it was done now.

        Raises:
            ModelError: the embedding model cannot be used; the next start tries again.
        """
        library = self._library
        if not library.default or library.read_only or library.setting(_STARTER) is not None:
            return False
        from corpus.starter import brief_paths

        report = library.ingest.add(brief_paths(), starter=True)
        if report.cancelled or report.failed:
            return False
        library.remember(_STARTER, "installed")
        return True

    def remove(self) -> list[str]:
        """Remove the starter documents for good, and return their ids."""
        identities = self._library.store.starter_ids()
        if identities:
            self._library.ingest.remove(identities)
        self._library.remember(_STARTER, "removed")
        return identities
