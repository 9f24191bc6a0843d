"""Sessions: conversations kept in the library and shown again.

A kept answer holds anchors instead of quotations, so that what is shown later is again a slice of its document, even
where the text has moved.
"""

import json
import sqlite3
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from assistant.answering import Answer, AnswerSentence
from assistant.citing import CitedSource, CitedWorks, make_source
from assistant.followup import PastTurn
from assistant.taxonomy import TaxonomyAnswer
from corpus.anchors import Anchor, find_anchor
from corpus.errors import LibraryError, UnknownDocument, UnknownSession, UsageError
from corpus.model import Span
from corpus.store import Database, DocumentStore, StoredDocument
from corpus.text.repair import normalise

__all__ = ["SavedTurn", "Session", "SessionStore"]

_STORED_APART = frozenset(
    ("question", "standalone_question", "sentences", "sources", "nearest", "taxonomy", "explanation")
)
"""Fields of an answer that are not stored under their own name and value."""
_LONGEST_NAME = 80
_OPENING = 48
"""Code points of the first question that become a session's name."""


@dataclass(frozen=True, slots=True)
class Session:
    """A session, without its turns."""

    name: str
    created: float
    """Seconds since 1970, like every time here."""
    used: float
    """Time of the last question."""
    turns: int
    opening: str
    """The first question."""


@dataclass(frozen=True, slots=True)
class SavedTurn:
    """A question of a session with its answer, cut again from the documents."""

    question: str
    asked: float
    answer: Answer


class SessionStore:
    """Keeps sessions in the library; their names are compared without regard to case."""

    def __init__(self, database: Database, documents: DocumentStore, cells: Callable[[str], TaxonomyAnswer]) -> None:
        self._database = database
        self._documents = documents
        self._cells = cells
        """Asks the taxonomy."""

    def summaries(self) -> list[Session]:
        """List the sessions, the most recently used first."""
        rows = self._database.reader().execute(
            "SELECT s.name, s.created, max(t.asked) AS used, count(*) AS turns,"
            " (SELECT question FROM turns f WHERE f.session_id = s.id ORDER BY position LIMIT 1) AS opening"
            " FROM sessions s JOIN turns t ON t.session_id = s.id GROUP BY s.id ORDER BY used DESC, s.id DESC"
        )
        return [Session(row["name"], row["created"], row["used"], row["turns"], row["opening"]) for row in rows]

    def history(self, name: str) -> tuple[PastTurn, ...]:
        """Return the questions of a session, oldest first; empty for a new one.

        Raises:
            UsageError: this cannot be the name of a session.
        """
        return tuple(
            PastTurn(row["question"], row["standalone_question"], tuple(source["title"] for source in sources))
            for row in self._rows(_valid_name(name))
            for sources in [json.loads(row["answer"])["sources"]]
        )

    def turns(self, name: str) -> list[SavedTurn]:
        """Return the turns of a session, oldest first.

        Raises:
            UnknownSession: there is none of that name.
        """
        rows = self._rows(name)
        if not rows:
            raise _unknown(name)
        return [self._turn(row) for row in rows]

    def append(self, name: str, answer: Answer) -> None:
        """Add an answered question to a session, and make the session where there is none.

        Raises:
            UsageError: this cannot be the name of a session.
            LibraryError: the library cannot be written.
        """
        name, now = _valid_name(name), time.time()
        kept = _dumped(answer, self._documents)
        with self._database.writing() as connection:
            connection.execute("INSERT OR IGNORE INTO sessions(name, created) VALUES (?, ?)", (name, now))
            connection.execute(
                "INSERT INTO turns SELECT s.id,"
                " 1 + coalesce((SELECT max(position) FROM turns WHERE session_id = s.id), 0), ?, ?, ?, ?"
                " FROM sessions s WHERE s.name = ?",
                (answer.question, answer.standalone_question, kept, now, name),
            )

    def rename(self, name: str, new: str) -> None:
        """Give a session another name.

        Raises:
            UnknownSession: there is none of that name.
            UsageError: the new name is taken, or cannot be one.
        """
        new = _valid_name(new)
        try:
            with self._database.writing() as connection:
                query = "UPDATE OR ABORT sessions SET name = ? WHERE name = ?"
                renamed = connection.execute(query, (new, name)).rowcount
        except LibraryError as error:
            if not isinstance(error.__cause__, sqlite3.IntegrityError):
                raise
            cause = "A session of this name is there already"
            raise UsageError(cause, place=new, remedy="Choose another name") from error
        if not renamed:
            raise _unknown(name)

    def remove(self, name: str) -> None:
        """Remove a session with its turns; the documents stay.

        Raises:
            UnknownSession: there is none of that name.
        """
        with self._database.writing() as connection:
            removed = connection.execute("DELETE FROM sessions WHERE name = ?", (name,)).rowcount
        if not removed:
            raise _unknown(name)

    def new_name(self, question: str) -> str:
        """Make a free name for a new session from its first question."""
        line = " ".join(normalise(question).split())
        name = line if len(line) <= _OPENING else f"{line[:_OPENING].rsplit(' ', 1)[0]} …"
        taken = {session.name.casefold() for session in self.summaries()}
        names = (name, *(f"{name} ({n})" for n in range(2, len(taken) + 3)))
        return next(free for free in names if free.casefold() not in taken)

    def _rows(self, name: str) -> list[sqlite3.Row]:
        query = "SELECT t.* FROM turns t JOIN sessions s ON s.id = t.session_id WHERE s.name = ? ORDER BY t.position"
        return self._database.rows(query, (name,))

    def _turn(self, row: sqlite3.Row) -> SavedTurn:
        question, standalone = row["question"], row["standalone_question"]
        answer = _loaded(row["answer"], question, standalone, self._cells(standalone), self._documents)
        return SavedTurn(question, row["asked"], answer)


def _valid_name(name: str) -> str:
    """Put ``name`` on one line, if it is neither empty nor too long."""
    line = " ".join(normalise(name).split())
    if not line or len(line) > _LONGEST_NAME:
        cause = f"A session's name has 1 to {_LONGEST_NAME} characters"
        raise UsageError(cause, place=name[:_LONGEST_NAME], remedy="Choose another name")
    return line


def _unknown(name: str) -> UnknownSession:
    return UnknownSession("There is no session of this name", place=name, remedy="See loccit sessions")


def _dumped(answer: Answer, store: DocumentStore) -> str:
    """Store an answer as JSON: quotations as anchors, the taxonomy's cells as whether to ask for them again."""
    data = {field.name: getattr(answer, field.name) for field in fields(Answer) if field.name not in _STORED_APART}
    data["sentences"] = [asdict(sentence) for sentence in answer.sentences]
    data["sources"] = [_source_data(source, store) for source in answer.sources]
    data["nearest"] = [_source_data(source, store) for source in answer.nearest]
    data["taxonomy"] = answer.taxonomy is not None
    return json.dumps(data, ensure_ascii=False)


def _loaded(saved: str, question: str, standalone_question: str, cells: TaxonomyAnswer, store: DocumentStore) -> Answer:
    """Restore an answer with its slices cut from the documents as they are now; ``cells`` is the taxonomy's answer.

    A source whose document was removed, or no longer contains its words, is left out with its sentences, and a notice
    says so.
    """
    data = json.loads(saved)
    lost: list[str] = []
    sources = tuple(_sources(data["sources"], store, lost, CitedWorks(store)))
    nearest = tuple(_sources(data["nearest"], store, lost))
    held = {source.n: source for source in sources}
    names = {field.name for field in fields(Answer)} - _STORED_APART
    answer = Answer(
        question=question,
        standalone_question=standalone_question,
        sentences=tuple(_sentences(data["sentences"], held)),
        sources=sources,
        nearest=nearest,
        taxonomy=cells if data["taxonomy"] else None,
        **{name: value for name, value in data.items() if name in names},
    )
    return replace(answer, notices=(*answer.notices, *dict.fromkeys(lost)))


def _source_data(source: CitedSource, store: DocumentStore) -> dict[str, Any]:
    text = store.get(source.document_id).document.text
    quote = Span(source.locator.start, source.locator.end)
    return {
        "n": source.n,
        "title": source.title,
        "document_id": source.document_id,
        "anchor": asdict(Anchor.of(text, quote)),
        "passage": [source.passage.start, source.passage.end],
        "score": source.score,
        "cites": [_source_data(work.source, store) for work in source.cites if work.source is not None],
    }


def _sources(
    kept: Iterable[dict[str, Any]], store: DocumentStore, lost: list[str], cited: CitedWorks | None = None
) -> Iterable[CitedSource]:
    """Cut the sources from their documents; ``cited`` adds the works that they cite, as the library holds them now."""
    for item in kept:
        anchor = Anchor(**item["anchor"])
        try:
            stored = store.get(item["document_id"])
        except UnknownDocument:
            lost.append(f"[{item['n']}] is no longer in the library: {item['title']}")
            continue
        span = find_anchor(anchor, stored.document.text)
        if span is None:
            lost.append(f"[{item['n']}] no longer stands in its document: {item['title']}")
            continue
        passage = _passage(item["passage"], anchor, span, stored, store)
        source = make_source(item["n"], stored, span, passage, item["score"])
        if cited is not None and (works := cited.behind(stored, span)):
            own = {primary.document_id: primary for primary in _sources(item.get("cites", ()), store, [])}
            source = replace(
                source, cites=tuple(replace(work, source=own.get(work.document_id or "")) for work in works)
            )
        yield source


def _passage(kept: list[int], anchor: Anchor, span: Span, stored: StoredDocument, store: DocumentStore) -> Span:
    """The passage around a quotation: the stored one where nothing moved, else the one that contains it now."""
    start, end = kept
    if span.start == anchor.start and end <= len(stored.document.text):
        return Span(start, end)
    around = (p for p in store.passages_of(stored.document_id) if p.start <= span.start and span.end <= p.end)
    return next((Span(p.start, p.end) for p in around), span)


def _sentences(kept: Iterable[dict[str, Any]], held: dict[int, CitedSource]) -> Iterable[AnswerSentence]:
    names = {field.name for field in fields(AnswerSentence)}
    for item in kept:
        numbers = tuple(item["sources"])
        known = {name: value for name, value in item.items() if name in names} | {"sources": numbers}
        if not item["verbatim"]:
            yield AnswerSentence(**known)
        elif numbers and numbers[0] in held:
            yield AnswerSentence(**known | {"text": held[numbers[0]].quote})
