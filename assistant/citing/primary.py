"""The primary works behind a quotation: what the quoted sentence itself cites, and whether the library holds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.citing.authoryear import cite
from assistant.citing.secondhand import SecondHand, cited_in, short_name
from corpus.codec import to_plain
from corpus.locating import locate
from corpus.model import Reference, Span
from corpus.store import DocumentStore, StoredDocument
from corpus.store.works import WorkIndex

if TYPE_CHECKING:
    from assistant.citing.source import CitedSource

__all__ = ["CitedWorks", "PrimaryWork", "offered"]

_ENTRY_WORDS = 6
"""Of an entry in which neither authors nor title were found."""
_OFFERED = 3
"""Works named beside a quotation; a sentence may cite a dozen."""


@dataclass(frozen=True, slots=True)
class PrimaryWork:
    """A work that a quoted sentence cites: the one to read, and to cite where it can be had."""

    reference: Reference
    """Its entry in the list of the quoting document."""
    entry: str
    """The entry as it stands there."""
    short: str
    """``Kapoor et al., 2024``."""
    citation: str
    """For who cannot read it: ``(Kapoor et al., 2024, as cited in Eiras et al., 2024, p. 3)``."""
    document_id: str | None = None
    """The document of the library that is this work; None where none is for certain."""
    key: str = ""
    title: str = ""
    """What the held document is called."""
    source: CitedSource | None = None
    """The held document's own words on what is quoted; None where none of them is near enough."""

    @property
    def held(self) -> bool:
        """Whether the library has it."""
        return self.document_id is not None

    def as_json(self) -> dict[str, Any]:
        """An entry of ``cites`` in ``loccit ask --json``."""
        return {
            "entry": self.entry,
            "reference": to_plain(self.reference),
            "short": self.short,
            "citation": self.citation,
            "held": self.held,
            "document_id": self.document_id,
            "key": self.key or None,
            "title": self.title or None,
            "source": None if self.source is None else self.source.as_json(),
        }


class CitedWorks:
    """Follows the citations in quotations to the works of one library."""

    def __init__(self, store: DocumentStore) -> None:
        self._store = store
        self._works = WorkIndex(store.database)

    def behind(self, stored: StoredDocument, quote: Span) -> tuple[PrimaryWork, ...]:
        """The works that ``quote`` cites, in its order; a citation that leads to no entry of the list is left out."""
        document = stored.document
        references = [document.references[n] for n in cited_in(document.mentions, quote)]
        if not references:
            return ()
        entries = [Span(reference.start, reference.end).within(document.text) for reference in references]
        held = self._works.cited(list(zip(references, entries, strict=True)), stored.document_id)
        locator = locate(document, quote)
        primaries = []
        for reference, entry, document_id in zip(references, entries, held, strict=True):
            short = short_name(reference) or f"{' '.join(entry.split()[:_ENTRY_WORDS])} …"
            citation = cite(document.record, stored.name, locator, SecondHand((entry,), short))
            work = self._store.get(document_id) if document_id is not None else None
            key, title = (work.key, work.name) if work is not None else ("", "")
            primaries.append(PrimaryWork(reference, entry, short, citation, document_id, key, title))
        return tuple(primaries)


def offered(works: Sequence[PrimaryWork]) -> tuple[PrimaryWork, ...]:
    """The works to name beside a quotation, in its order: the first few, those that are held before the others."""
    ranked = sorted(range(len(works)), key=lambda n: (works[n].source is None, not works[n].held, n))
    return tuple(works[n] for n in sorted(ranked[:_OFFERED]))
