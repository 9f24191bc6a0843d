"""An opened library with everything that answers from it: the one thing that a front talks to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.adding import Completer, Completion, fetch
from assistant.answering import Answer, Answerer
from assistant.answering.answerer import clean_question
from assistant.chat import SessionStore
from assistant.citing import CitedSource
from assistant.followup import PastTurn
from assistant.library import Library, Starter
from assistant.writing import ModelServer, Writer
from corpus.errors import LibraryError
from corpus.pdf.engine import PdfOptions, choose_engine
from corpus.pdf.ocr import check_recognition
from corpus.store import DocumentSummary, StoredDocument
from corpus.web.catalogues import AnswerCache, Catalogues, Endpoints
from corpus.web.fetching import Fetcher, Target
from index.filters import Filters, passages_within
from index.reports import AddProgress, AddReport
from index.retriever import Hit

if TYPE_CHECKING:
    from assistant.glance import Glance, Meeting
    from assistant.taxonomy import Shelf, TaxonomyAnswer
    from assistant.taxonomy.own import Added, OwnTaxonomies
    from assistant.taxonomy.statements import Statement

__all__ = ["Workspace"]


class Workspace(Library):
    """A library and its assistant; see `Library` for what it costs to open one."""

    @cached_property
    def answerer(self) -> Answerer:
        """What turns questions into answers."""
        return Answerer(self.store, self.retriever, self.lexical, self.taxonomies)

    @cached_property
    def sessions(self) -> SessionStore:
        """The conversations that are kept."""
        return SessionStore(self.database, self.store, self.taxonomies.ask)

    @cached_property
    def starter(self) -> Starter:
        """The starter documents."""
        return Starter(self)

    # Documents

    def add(
        self,
        paths: Sequence[str | Path],
        *,
        progress: Callable[[AddProgress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        password: str = "",
        ocr: bool = False,
    ) -> AddReport:
        """Add files and folders; see `Ingest.add`.

        ``password`` opens protected PDF files; with ``ocr``, pages without text are recognised.

        Raises:
            UsageError: this machine cannot recognise pages, or lacks the configured PDF engine.
        """
        if ocr:
            check_recognition()
        return self.ingest.add(
            paths,
            progress=progress or (lambda _: None),
            cancelled=cancelled or (lambda: False),
            pdf=self._pdf(password, ocr),
        )

    def _pdf(self, password: str, ocr: bool) -> PdfOptions:
        engine = choose_engine(self.configuration.pdf_engine)
        languages = self.configuration.pdf_languages or PdfOptions().languages
        return PdfOptions(password=password, engine=engine, ocr=ocr, languages=languages)

    def catalogues(self, fetcher: Fetcher, endpoints: Endpoints | None = None) -> Catalogues:
        """The registries and catalogues on the network; nothing is asked before a method of theirs is called."""
        return Catalogues(fetcher, AnswerCache(self.database), endpoints)

    def fetch(self, target: Target, fetcher: Fetcher, catalogues: Catalogues) -> Path:
        """Fetch a file into the library's folder ``fetched``; see `assistant.adding.fetch`."""
        return fetch(target, self.path / "fetched", fetcher, catalogues)

    def look_up(self, names: Sequence[str], catalogues: Catalogues) -> Iterator[Completion]:
        """Complete records from the registries; see `Completer`."""
        return Completer(catalogues, self.ingest.rewrite).run([self.store.get(name) for name in names])

    def edit(self, name: str, changes: Mapping[str, str]) -> StoredDocument:
        """Correct fields of a document's record by hand; see `Ingest.edit`."""
        return self.store.get(self.ingest.edit(name, changes))

    def tag(
        self, names: Sequence[str], *, add: Sequence[str] = (), remove: Sequence[str] = ()
    ) -> list[DocumentSummary]:
        """Give documents tags and take tags off; returns these documents.

        Raises:
            UnknownDocument: one of them is not there; then none is changed.
            UsageError: a tag is empty or very long, or no document has one that is to be taken off.
        """
        identities = list(dict.fromkeys(self.store.identify(name) for name in names))
        if add or remove:
            self.tags.change(identities, add, remove)
        summaries = {summary.document_id: summary for summary in self.documents()}
        return [summaries[identity] for identity in identities]

    def remove(self, names: Sequence[str]) -> list[str]:
        """Take documents out; returns their ids.

        Raises:
            UnknownDocument: one of them is not there; then none is removed.
        """
        identities = [self.store.identify(name) for name in names]
        self.ingest.remove(identities)
        return identities

    # Questions

    def warm_up(self) -> None:
        """Load the embedding model for questions.

        Raises:
            ModelError: it is missing, altered or broken.
        """
        self.questions.warm_up()

    def search(self, query: str, limit: int = 10, *, filters: Filters | None = None) -> list[Hit]:
        """The best passages; ``filters`` may name documents by id or key.

        Raises:
            UsageError: the query is empty or far too long, or a filter makes no sense.
            UnknownDocument: a document of ``filters`` is not there.
        """
        return self.retriever.search(clean_question(query), limit, filters=self._identified(filters))

    def narrows_to_nothing(self, filters: Filters) -> bool:
        """Whether no passage of the library fulfils the conditions, whatever is sought.

        Raises:
            UsageError: a filter makes no sense.
            UnknownDocument: a document of ``filters`` is not there.
        """
        identified = self._identified(filters)
        return identified is not None and bool(identified) and not len(passages_within(self.database, identified))

    @cached_property
    def writer(self) -> Writer | None:
        """What writes answers with the configured language model; None where none is configured."""
        if self.language_model is None:
            return None
        return Writer(ModelServer(self.language_model), self.store, self.retriever)

    def ask(self, question: str, *, filters: Filters | None = None, history: Sequence[PastTurn] = ()) -> Answer:
        """An answer from the library and the taxonomy in the words of the documents; no language model is asked.

        ``filters`` may name documents by id or key; a follow-up is understood after ``history``, oldest first.

        Raises:
            UsageError: the question is empty or far too long, or a filter makes no sense.
            UnknownDocument: a document of ``filters`` is not there.
        """
        answer = self.answerer.ask(question, filters=self._identified(filters), history=history)
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

    def glance(self, name: str) -> Glance:
        """A document in its own sentences: aim, method, results, significance, limitations, or those of an essay.

        Raises:
            UnknownDocument: there is none of that id, key or path.
        """
        from assistant.glance import glance_at

        return glance_at(self.store.get(name))

    def compare(self, names: Sequence[str]) -> list[Meeting]:
        """Pairs of sentences in which two of these documents agree or disagree.

        Raises:
            UnknownDocument: one of them is not there.
            ModelError: the embedding model cannot be used.
        """
        from assistant.glance import Comparer

        return Comparer(self.retriever.embed).compare([self.store.get(name) for name in dict.fromkeys(names)])

    def _identified(self, filters: Filters | None) -> Filters | None:
        if filters is None or not filters.documents:
            return filters
        return replace(filters, documents=tuple(self.store.identify(name) for name in filters.documents))

    # Classifications

    @cached_property
    def own_taxonomies(self) -> OwnTaxonomies:
        """The user's own classifications."""
        from assistant.taxonomy.own import OwnTaxonomies

        return OwnTaxonomies(self.database)

    @cached_property
    def taxonomies(self) -> Shelf:
        """All classifications that can be asked."""
        from assistant.taxonomy import Shelf

        return Shelf(self.own_taxonomies.load())

    def add_taxonomy(self, path: Path) -> Added:
        """Add a classification of the user's own; see `OwnTaxonomies.add`."""
        added = self.own_taxonomies.add(path)
        self._forget_taxonomies()
        return added

    def remove_taxonomy(self, name: str) -> None:
        """Remove a classification of the user's own; see `OwnTaxonomies.remove`."""
        self.own_taxonomies.remove(name)
        self._forget_taxonomies()

    def _forget_taxonomies(self) -> None:
        for name in ("taxonomies", "answerer"):
            self.__dict__.pop(name, None)

    def taxonomy(self, question: str, *, within: str = "") -> TaxonomyAnswer:
        """What the taxonomies say; ``within`` names the one to ask.

        Raises:
            UsageError: the question is empty or far too long, or there is no taxonomy of that name.
        """
        return self.taxonomies.ask(clean_question(question), within=within)

    def taxonomy_passages(self, answer: TaxonomyAnswer) -> list[CitedSource]:
        """What each document says of the concepts of a taxonomy answer; none where it found nothing."""
        asked = answer.found or answer.kind == "unknown_model"
        return self.answerer.passages(answer) if asked and self.lexical.size() else []

    def contradictions(self, names: Sequence[str] = ()) -> Iterator[tuple[StoredDocument, Statement]]:
        """Statements on a model's openness that the table contradicts, in those documents or in all.

        Raises:
            UnknownDocument: one of ``names`` is not there.
        """
        from assistant.taxonomy.statements import contradictions

        identities = [self.store.identify(name) for name in names] or [item.document_id for item in self.documents()]
        for identity in identities:
            stored = self.store.get(identity)
            found = contradictions(stored.document.text, stored.document.sentences, self.taxonomies.openness)
            yield from ((stored, statement) for statement in found)
