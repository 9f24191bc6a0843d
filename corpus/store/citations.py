"""The citation graph of a library: the held documents that entries cite, and the documents that cite one.

Computed on demand, because records and entries change.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import Document, Mention, Record, Reference, Span, from_plain
from corpus.references.works import HeldWorks, Work, versions_among
from corpus.store.database import Database
from corpus.store.documents import DocumentStore
from corpus.store.stored import StoredDocument

__all__ = ["CitationGraph", "CitedEntry", "CitingDocument"]


@dataclass(frozen=True, slots=True)
class CitedEntry:
    """An entry of a document's reference list."""

    number: int
    """Position in the document's references, from 0."""
    reference: Reference
    text: str
    """The entry as printed in the document."""
    held: str | None
    """Id of the held document that it cites, or None."""
    mentions: tuple[Mention, ...]
    """The citations of it in the document's text."""


@dataclass(frozen=True, slots=True)
class CitingSentence:
    """A sentence that cites a work; offsets are code points of the citing document's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class CitingDocument:
    """A document that cites another document of the library."""

    citing: StoredDocument
    entry: CitedEntry
    sentences: tuple[CitingSentence, ...]
    """The sentences that cite the work, in text order; empty if only the reference list names it."""


class CitationGraph:
    """The citations between the documents of a library."""

    def __init__(self, database: Database, store: DocumentStore) -> None:
        self._database = database
        self._store = store

    def references_of(self, name: str) -> list[CitedEntry]:
        """The entries of a document, in their order.

        Raises:
            UnknownDocument: there is no document of that id, key or path.
        """
        stored = self._store.get(name)
        works = self._works()
        own = next(work for work in works if work.identity == stored.document_id)
        held = HeldWorks(_others(works, {own.identity} | versions_among(own, works)))
        return [_entry(stored.document, n, held) for n in range(len(stored.document.references))]

    def citing(self, name: str) -> list[CitingDocument]:
        """The other documents whose reference lists cite a document's work, in the order of adding.

        Entries of every version of the work count; versions of the work itself do not.

        Raises:
            UnknownDocument: there is no document of that id, key or path.
        """
        identity = self._store.identify(name)
        works = self._works()
        cited = next(work for work in works if work.identity == identity)
        versions = {identity} | versions_among(cited, works)
        found = []
        for citing_id, numbers in self._candidates([work for work in works if work.identity in versions]).items():
            stored = self._store.get(citing_id)
            # All works but the citing one, because an entry that fits several cites none.
            held = HeldWorks(_others(works, {citing_id}))
            for number in numbers:
                entry = _entry(stored.document, number, held)
                if entry.held in versions:
                    found.append(CitingDocument(stored, entry, _sentences(stored.document, entry.mentions)))
                    break
        return found

    def _works(self) -> list[Work]:
        rows = self._database.rows("SELECT id, record, kind FROM documents ORDER BY added, rowid")
        return [Work.of(row["id"], from_plain(Record, json.loads(row["record"])), row["kind"]) for row in rows]

    def _candidates(self, versions: Sequence[Work]) -> dict[str, list[int]]:
        """Entries of other documents that share an identifier or one of the longest title words with a version."""
        terms = list(dict.fromkeys(term for version in versions for term in _terms(version)))
        if not terms:
            return {}
        alike = " OR ".join(["r.entry LIKE ?"] * len(terms))
        identities = [version.identity for version in versions]
        rows = self._database.rows(
            "SELECT r.document_id, r.position FROM reference_entries r JOIN documents d ON d.id = r.document_id"
            f" WHERE r.document_id NOT IN (SELECT value FROM json_each(?)) AND ({alike})"
            " ORDER BY d.added, d.rowid, r.position",
            (json.dumps(identities), *(f"%{term}%" for term in terms)),
        )
        found: dict[str, list[int]] = {}
        for row in rows:
            found.setdefault(row["document_id"], []).append(row["position"])
        return found


def _terms(work: Work) -> list[str]:
    words = sorted(set(work.title.split()), key=lambda word: (-len(word), word))[:3]
    return [word for word in (*words, work.doi, work.arxiv) if word]


def _others(works: Sequence[Work], without: set[str]) -> list[Work]:
    return [work for work in works if work.identity not in without]


def _entry(document: Document, number: int, held: HeldWorks) -> CitedEntry:
    reference = document.references[number]
    text = Span(reference.start, reference.end).within(document.text)
    mentions = tuple(mention for mention in document.mentions if mention.reference == number)
    return CitedEntry(number, reference, text, held.find(reference, text), mentions)


def _sentences(document: Document, mentions: tuple[Mention, ...]) -> tuple[CitingSentence, ...]:
    """The sentences in which mentions begin, each once; a mention outside any sentence is its own."""
    spans: dict[Span, None] = {}
    for mention in mentions:
        own = Span(mention.start, mention.end)
        spans[next((s for s in document.sentences if s.start <= mention.start < s.end), own)] = None
    return tuple(CitingSentence(span.start, span.end, span.within(document.text)) for span in spans)
