"""An opened library with everything that answers from it: the only object that a front calls."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.adding import Completion, complete_records, fetch
from assistant.answering import Answer, Answerer
from assistant.answering.answerer import clean_question
from assistant.answering.composing import MAX_SENTENCES
from assistant.chat import SessionStore
from assistant.citing import CitedSource
from assistant.followup import PastTurn
from assistant.library import Library, Starter
from assistant.library_questions import Librarian
from assistant.writing import ModelServer, Writer
from corpus.errors import LibraryError, ServiceError, UsageError
from corpus.pdf.engine import PdfOptions, choose_engine
from corpus.pdf.ocr import check_recognition
from corpus.store import DocumentSummary, StoredDocument
from corpus.web.catalogues import AnswerCache, Catalogues
from corpus.web.fetching import Fetcher, parse_target
from index.filters import Filters, passages_within
from index.originals import expanded
from index.reports import AddItem, AddProgress, AddReport
from index.retriever import Hit

if TYPE_CHECKING:
    from assistant.glance import Glance, Meeting
    from assistant.taxonomy import Shelf, TaxonomyAnswer
    from assistant.taxonomy.contradictions import Statement
    from assistant.taxonomy.table_files import Added, OwnTaxonomies

__all__ = ["Reply", "Workspace"]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as a front shows it."""

    answer: Answer
    session: str
    """The session to ask the next question in; empty where there is none."""


class Workspace(Library):
    """A library and its assistant; see `Library` for what it costs to open one."""

    @cached_property
    def answerer(self) -> Answerer:
        """Turns questions into answers."""
        return Answerer(self.store, self.retriever, self.lexical, self.judge, self.taxonomies)

    @cached_property
    def librarian(self) -> Librarian:
        """Answers questions about the library itself."""
        return Librarian(self.store, self.citations, self.retriever)

    @cached_property
    def sessions(self) -> SessionStore:
        """The conversations kept in the library."""
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

        ``password`` opens protected PDF files; ``ocr`` recognises pages without text.

        Raises:
            UsageError: this machine cannot recognise pages, or lacks the configured PDF engine.
        """
        if ocr:
            check_recognition()
        engine = choose_engine(self.configuration.pdf_engine)
        languages = self.configuration.pdf_languages or PdfOptions().languages
        return self.ingest.add(
            paths,
            progress=progress or (lambda _: None),
            cancelled=cancelled or (lambda: False),
            pdf=PdfOptions(password=password, engine=engine, ocr=ocr, languages=languages),
        )

    def add_targets(
        self,
        names: Sequence[str],
        *,
        lookup: bool = False,
        fetching: Callable[[str], None] | None = None,
        progress: Callable[[AddProgress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        password: str = "",
        ocr: bool = False,
        fetcher: Fetcher | None = None,
    ) -> tuple[AddReport, list[Completion]]:
        """Add files and folders, and what URLs, DOIs and arXiv numbers name, fetched into the library's folder.

        With ``lookup``, the records of all of them are completed from the registries. ``fetching`` is called with each
        target before it is fetched; see `add` for the other arguments.

        Raises:
            UsageError: a name is empty, or as `add`.
            LibraryError: the library cannot be written.
        """
        self.database.check_writable()
        if not all(name.strip() for name in names):
            raise UsageError("A path is empty", remedy="Name files or folders; an unset variable gives an empty path")
        fetcher = fetcher or Fetcher()
        catalogues = Catalogues(fetcher, AnswerCache(self.database))
        paths: list[str | Path] = []
        failed: list[AddItem] = []
        for name in names:
            target = None if expanded(name).exists() else parse_target(name)
            if target is None:
                paths.append(name)
                continue
            if fetching is not None:
                fetching(target.value if target.kind == "url" else f"{target.kind}:{target.value}")
            try:
                paths.append(fetch(target, self.path / "fetched", fetcher, catalogues))
            except ServiceError as error:
                failed.append(AddItem(name, "failed", reason=str(error)))
        report = self.add(paths, progress=progress, cancelled=cancelled, password=password, ocr=ocr)
        report.items += failed
        added = dict.fromkeys(item.document_id for item in report.items if item.document_id is not None)
        stored = (self.store.get(identity) for identity in added) if lookup else ()
        return report, list(complete_records(stored, catalogues, self.ingest.rewrite))

    def edit(self, name: str, changes: Mapping[str, str]) -> StoredDocument:
        """Correct fields of a document's record by hand; see `Ingest.edit`."""
        return self.store.get(self.ingest.edit(name, changes))

    def tag(
        self, names: Sequence[str], *, add: Sequence[str] = (), remove: Sequence[str] = ()
    ) -> list[DocumentSummary]:
        """Give documents tags and take tags off; return these documents.

        Raises:
            UnknownDocument: one of them is not there; then none is changed.
            UsageError: a tag is empty or too long, or no document has a tag to take off.
        """
        identities = list(dict.fromkeys(self.store.identify(name) for name in names))
        if add or remove:
            self.tags.change(identities, add, remove)
        summaries = {summary.document_id: summary for summary in self.documents()}
        return [summaries[identity] for identity in identities]

    def remove(self, names: Sequence[str]) -> list[str]:
        """Take documents out and return their ids.

        Raises:
            UnknownDocument: one of them is not there; then none is removed.
        """
        identities = [self.store.identify(name) for name in names]
        self.ingest.remove(identities)
        return identities

    # Questions

    def warm_up(self) -> None:
        """Load the embedding model for questions, and the judge.

        Raises:
            ModelError: one of them is missing, altered or broken.
        """
        self.questions.warm_up()
        self.judge.warm_up()

    def search(self, query: str, limit: int = 10, *, filters: Filters | None = None) -> list[Hit]:
        """Find the best passages; ``filters`` may name documents by id or key.

        Raises:
            UsageError: the query is empty or far too long, or a filter makes no sense.
            UnknownDocument: a document of ``filters`` is not there.
        """
        return self.retriever.search(clean_question(query), limit, filters=self._identified(filters))

    def narrows_to_nothing(self, filters: Filters) -> bool:
        """Whether no passage of the library fulfils the conditions.

        Raises:
            UsageError: a filter makes no sense.
            UnknownDocument: a document of ``filters`` is not there.
        """
        identified = self._identified(filters)
        return identified is not None and bool(identified) and not len(passages_within(self.database, identified))

    @cached_property
    def writer(self) -> Writer | None:
        """Rewrites answers with the configured language model; None where none is configured."""
        if self.language_model is None:
            return None
        return Writer(ModelServer(self.language_model), self.store, self.retriever)

    def ask(
        self,
        question: str,
        *,
        filters: Filters | None = None,
        history: Sequence[PastTurn] = (),
        limit: int = MAX_SENTENCES,
    ) -> Answer:
        """Answer from records, passages and the taxonomy, in the words of the documents, without a language model.

        ``filters`` may name documents by id or key; ``history``, oldest first, is what a follow-up refers to; a plain
        answer has ``limit`` sentences at most.

        Raises:
            UsageError: the question is empty or far too long, or a filter makes no sense.
            UnknownDocument: a document of ``filters`` is not there.
        """
        filters = self._identified(filters)
        answer = self.librarian.answer(clean_question(question), filters=filters, history=history)
        if answer is not None:
            return answer
        answer = self.answerer.ask(question, filters=filters, history=history, limit=limit)
        waiting = self.lexical.size() - self.dense.size()
        if waiting > 0:
            notice = f"{waiting} passages are not embedded yet and so not found by meaning. loccit add embeds them"
            answer = replace(answer, notices=(*answer.notices, notice))
        return answer

    def reply(
        self,
        question: str,
        session: str | None = None,
        *,
        filters: Filters | None = None,
        limit: int = MAX_SENTENCES,
        write: bool = True,
        on_found: Callable[[Answer], None] | None = None,
        on_text: Callable[[str], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Reply:
        """Answer a question after those of its session, and keep the answer there.

        An empty ``session`` begins a new one, named after the question; None is no session. Where a language model is
        configured and ``write`` is true, it rewrites the answer: ``on_found`` gets the answer before that, ``on_text``
        the text as it grows, unchecked. A cancelled answer is not kept.

        Raises:
            UsageError: the question is empty or far too long, a filter makes no sense, or this is no session's name.
            UnknownDocument: a document of ``filters`` is not there.
            Cancelled: ``cancelled()`` became true while the language model wrote.
        """
        history = self.sessions.history(session) if session else ()
        answer = self.ask(question, filters=filters, history=history, limit=limit)
        if write and self.writer is not None and not answer.abstained and answer.kind != "library":
            if on_found is not None:
                on_found(answer)
            answer = self.writer.rewrite(answer, on_text=on_text, cancelled=cancelled)
        if session is None or (cancelled is not None and cancelled()):
            return Reply(answer, session or "")
        name = session or self.sessions.new_name(answer.question)
        kept = self.keep(name, answer)
        return Reply(kept, name if kept is answer else session)

    def keep(self, session: str, answer: Answer) -> Answer:
        """Keep an answer in a session; where the library cannot be written, add a notice to the answer.

        Raises:
            UsageError: this cannot be the name of a session.
        """
        try:
            self.sessions.append(session, answer)
        except LibraryError as error:
            return replace(answer, notices=(*answer.notices, f"Not kept in the session: {error}"))
        return answer

    def glance(self, name: str) -> "Glance":
        """Show a document in its own sentences: aim, method, results, limitations; or the parts of an essay.

        Raises:
            UnknownDocument: there is none of that id, key or path.
        """
        from assistant.glance import glance_at

        return glance_at(self.store.get(name))

    def compare(self, names: Sequence[str]) -> "list[Meeting]":
        """Find pairs of sentences in which two of these documents agree or disagree.

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
    def own_taxonomies(self) -> "OwnTaxonomies":
        """The user's own tables."""
        from assistant.taxonomy.table_files import OwnTaxonomies

        return OwnTaxonomies(self.database)

    @cached_property
    def taxonomies(self) -> "Shelf":
        """All tables that can be asked."""
        from assistant.taxonomy import Shelf

        return Shelf(self.own_taxonomies.load())

    def add_taxonomy(self, path: Path) -> "Added":
        """Add a table of the user's own; see `OwnTaxonomies.add`."""
        added = self.own_taxonomies.add(path)
        self._forget_taxonomies()
        return added

    def remove_taxonomy(self, name: str) -> None:
        """Remove a table of the user's own; see `OwnTaxonomies.remove`."""
        self.own_taxonomies.remove(name)
        self._forget_taxonomies()

    def _forget_taxonomies(self) -> None:
        for name in ("taxonomies", "answerer"):
            self.__dict__.pop(name, None)

    def taxonomy(self, question: str, *, within: str = "") -> "TaxonomyAnswer":
        """Ask the taxonomies; ``within`` names one of them.

        Raises:
            UsageError: the question is empty or far too long, or there is no taxonomy of that name.
        """
        return self.taxonomies.ask(clean_question(question), within=within)

    def taxonomy_passages(self, answer: "TaxonomyAnswer") -> list[CitedSource]:
        """Quote each document on the concepts of a taxonomy answer; none where the answer found nothing."""
        asked = answer.found or answer.kind == "unknown_model"
        return self.answerer.passages(answer) if asked and self.lexical.size() else []

    def contradictions(self, names: Sequence[str] = ()) -> "Iterator[tuple[StoredDocument, Statement]]":
        """Find statements on a model's openness that the table contradicts, in those documents or in all.

        Raises:
            UnknownDocument: one of ``names`` is not there.
        """
        from assistant.taxonomy.contradictions import contradictions

        identities = [self.store.identify(name) for name in names] or [item.document_id for item in self.documents()]
        for identity in identities:
            stored = self.store.get(identity)
            found = contradictions(stored.document.text, stored.document.sentences, self.taxonomies.openness)
            yield from ((stored, statement) for statement in found)
