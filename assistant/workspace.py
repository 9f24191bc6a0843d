"""An opened library with everything that answers from it: the one thing that a front talks to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from assistant.answering import Answer, Answerer
from assistant.answering.answerer import clean_question
from assistant.chat import SessionStore
from assistant.completing import Completer, Completion
from assistant.fetching import fetch
from assistant.followup import PastTurn
from assistant.places import default_library, embedding_model
from assistant.schema import ASSISTANT_SCHEMA
from assistant.taxonomy import Taxonomy, TaxonomyAnswer
from corpus.errors import LibraryError
from corpus.store import Database, DocumentStore, DocumentSummary, StoredDocument
from corpus.store.citations import CitationGraph
from corpus.store.schema import CORPUS_SCHEMA
from corpus.web.answers import AnswerCache
from corpus.web.catalogues import Catalogues, Endpoints
from corpus.web.fetching import Fetcher
from corpus.web.identifiers import Target
from index.dense import DenseIndex
from index.embedder import Embedder, LocalEmbedder
from index.embedding_process import RemoteEmbedder
from index.files import expanded
from index.ingest import AddProgress, AddReport, Ingest
from index.lexical import LexicalIndex
from index.model_choice import ModelChoice, choose_model
from index.retriever import Hit, Retriever
from index.schema import INDEX_SCHEMA

__all__ = ["Workspace"]

_STARTER = "starter"


class Workspace:
    """A library, its indexes and its assistant.

    Opening is cheap: no model is loaded until a question or a file needs one. Methods may be called from several
    threads.
    """

    def __init__(self, path: Path, embedder: Embedder, *, default: bool = False) -> None:
        self.path = path
        self.name = path.name
        self.default = default
        """Whether this is the default library; only that one gets the starter documents."""
        self.database = Database(path, (CORPUS_SCHEMA, INDEX_SCHEMA, ASSISTANT_SCHEMA))
        self.store = DocumentStore(self.database)
        self.embedder = embedder
        self.lexical = LexicalIndex(self.database)
        self.dense = DenseIndex(self.database, embedder.model.fingerprint)
        self.retriever = Retriever(self.store, self.lexical, self.dense, embedder)

    @classmethod
    def open(cls, path: Path | None = None, *, embedder: Embedder | None = None, remote: bool = False) -> Workspace:
        """Open the library at ``path``, made where there is none; without a path, the default library.

        ``remote`` puts the embedding model into a child process, for fronts whose screen must not wait.

        Raises:
            LibraryError: the folder or the database cannot be used.
            ModelError: the configured embedding model is not on this machine.
        """
        folder = expanded(path or default_library()).absolute()
        if embedder is None:
            model = choose_model(embedding_model(folder))
            embedder = RemoteEmbedder(model) if remote else LocalEmbedder(model)
        return cls(folder, embedder, default=path is None)

    @property
    def model(self) -> ModelChoice:
        """The embedding model."""
        return self.embedder.model

    @property
    def model_name(self) -> str:
        """The embedding model's name, for a title bar."""
        return self.model.name

    @cached_property
    def ingest(self) -> Ingest:
        """The way in and out for documents."""
        return Ingest(self.database, self.store, self.lexical, self.dense, self.embedder)

    @cached_property
    def citations(self) -> CitationGraph:
        """Which documents of the library cite which."""
        return CitationGraph(self.database, self.store)

    @cached_property
    def _taxonomy(self) -> Taxonomy:
        return Taxonomy.load()

    @cached_property
    def answerer(self) -> Answerer:
        """What turns questions into answers."""
        return Answerer(self.store, self.retriever, self.lexical, self._taxonomy)

    @cached_property
    def sessions(self) -> SessionStore:
        """The conversations that are kept."""
        return SessionStore(self.database, self.store, self._taxonomy.ask)

    # Documents

    def documents(self) -> list[DocumentSummary]:
        """Every document, in the order of adding."""
        return self.store.summaries()

    def document(self, name: str) -> StoredDocument:
        """The document with that id, key or path.

        Raises:
            UnknownDocument: there is none.
        """
        return self.store.get(name)

    def add(
        self,
        paths: Sequence[str | Path],
        *,
        progress: Callable[[AddProgress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        password: str = "",
    ) -> AddReport:
        """Add files and folders; ``password`` opens protected PDF files. See `Ingest.add`."""
        return self.ingest.add(
            paths,
            progress=progress or (lambda _: None),
            cancelled=cancelled or (lambda: False),
            password=password,
        )

    def catalogues(self, fetcher: Fetcher, endpoints: Endpoints | None = None) -> Catalogues:
        """The registries and catalogues on the network; nothing is asked before a method of theirs is called."""
        return Catalogues(fetcher, AnswerCache(self.database), endpoints)

    def fetch(self, target: Target, fetcher: Fetcher, catalogues: Catalogues) -> Path:
        """Fetch a file into the library's folder ``fetched``; see `assistant.fetching.fetch`."""
        return fetch(target, self.path / "fetched", fetcher, catalogues)

    def look_up(self, names: Sequence[str], catalogues: Catalogues) -> Iterator[Completion]:
        """Complete records from the registries; see `Completer`."""
        return Completer(catalogues, self.ingest.rewrite).run([self.store.get(name) for name in names])

    def edit(self, name: str, changes: Mapping[str, str]) -> StoredDocument:
        """Correct fields of a document's record by hand; see `Ingest.edit`."""
        return self.store.get(self.ingest.edit(name, changes))

    def remove(self, names: Sequence[str]) -> list[str]:
        """Take documents out; returns their ids.

        Raises:
            UnknownDocument: one of them is not there; then none is removed.
        """
        identities = [self.store.identify(name) for name in names]
        self.ingest.remove(identities)
        return identities

    # The starter library

    def install_starter(self) -> bool:
        """On the default library's first start, add the starter documents; whether that was done now.

        Raises:
            ModelError: the embedding model cannot be used; the next start tries again.
        """
        if not self.default or self._setting(_STARTER) is not None:
            return False
        from corpus.starter import brief_paths

        report = self.ingest.add(brief_paths(), starter=True)
        if report.cancelled or report.failed:
            return False
        self._set(_STARTER, "installed")
        return True

    def remove_starter(self) -> list[str]:
        """Take the starter documents out, for good; returns their ids."""
        identities = self.store.starter_ids()
        if identities:
            self.ingest.remove(identities)
        self._set(_STARTER, "removed")
        return identities

    # Questions

    def warm_up(self) -> None:
        """Load the embedding model.

        Raises:
            ModelError: it is missing, altered or broken.
        """
        self.embedder.warm_up()

    def search(self, query: str, limit: int = 10, *, document_ids: Sequence[str] = ()) -> list[Hit]:
        """The best passages.

        Raises:
            UsageError: the query is empty or far too long.
            UnknownDocument: one of ``document_ids`` is not there.
        """
        identities = [self.store.identify(name) for name in document_ids]
        return self.retriever.search(clean_question(query), limit, document_ids=identities)

    def ask(self, question: str, *, document_ids: Sequence[str] = (), history: Sequence[PastTurn] = ()) -> Answer:
        """An answer from the library and the taxonomy; a follow-up is understood after ``history``, oldest first.

        Raises:
            UsageError: the question is empty or far too long.
            UnknownDocument: one of ``document_ids`` is not there.
        """
        identities = [self.store.identify(name) for name in document_ids]
        answer = self.answerer.ask(question, document_ids=identities, history=history)
        waiting = self.lexical.size() - self.dense.size()
        if waiting > 0:
            notice = f"{waiting} passages are found by their words only, until loccit add has embedded them"
            answer = replace(answer, notices=(*answer.notices, notice))
        return answer

    def keep(self, session: str, answer: Answer) -> Answer:
        """Keep an answer in a session; where the library cannot be written the answer says so.

        Raises:
            UsageError: this cannot be the name of a session.
        """
        try:
            self.sessions.append(session, answer)
        except LibraryError as error:
            return replace(answer, notices=(*answer.notices, f"Not kept in the session: {error}"))
        return answer

    def taxonomy(self, question: str) -> TaxonomyAnswer:
        """What the openness taxonomy says.

        Raises:
            UsageError: the question is empty or far too long.
        """
        return self._taxonomy.ask(clean_question(question))

    def close(self) -> None:
        """End child processes and close the database."""
        self.embedder.close()
        self.database.close()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _setting(self, name: str) -> Any:
        row = self.database.reader().execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return row["value"] if row else None

    def _set(self, name: str, value: str) -> None:
        with self.database.writing() as connection:
            connection.execute("REPLACE INTO settings VALUES (?, ?)", (name, value))
