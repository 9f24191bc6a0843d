"""Citations: from a span of a document to its place in words, its author-year citation, and the works that it cites.

Place, citation and quotation are all computed from the same offsets. A quotation may cite others in its turn: then the
primary works stand beside it, with the document of the library that holds each. A brief, which only reports, is never
cited as its own authority: its citation names the primary work first, ``(Kapoor et al., 2024, as cited in …)``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corpus.locating import block_at, locate, section_at
from corpus.model import Document, Locator, Record, Reference, Span, to_plain
from corpus.quotable import mentions_in
from corpus.records.names import families, short_authors
from corpus.store import DocumentStore, StoredDocument
from corpus.store.work_index import WorkIndex
from corpus.text.folding import bare_letters

__all__ = [
    "CitedSource",
    "CitedWorks",
    "PrimaryWork",
    "SecondHand",
    "author_year",
    "cite",
    "locator_label",
    "make_source",
    "offered",
    "paste",
    "place_in_citation",
    "second_hand",
    "short_name",
]

_SECTION_NUMBER = re.compile(r"^(?:Appendix\s+)?((?:\d+|[A-Z])(?:\.\d+)*)[.:)]?\s")
_SECTION_WORDS = _REFERENCE_WORDS = _ENTRY_WORDS = 6
"""Words kept of a section's title, of the title of a reference without authors, of an entry without a title too."""
_TITLE_WORDS = 5
"""Words kept of the title of a document without authors."""
_OFFERED = 3
"""Works named beside a quotation; a sentence may cite a dozen."""


@dataclass(frozen=True, slots=True)
class SecondHand:
    """The primary works that a source reports; they are the ones to read and cite."""

    works: tuple[str, ...]
    """The entry of each work in the source's reference list."""
    short: str
    """All of them in short, ``Kapoor et al., 2024``."""


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A quotation with its place, the passage around it, and its citation."""

    n: int
    """The number it carries in the answer, from 1; 0 for the own words of a work that a source cites."""
    document_id: str
    path: str
    key: str
    title: str
    """The document's title, or its file name where it has none."""
    citation: str
    """Author-year citation with locator, ``(Eiras et al., 2024, § 4.4)``."""
    quote: str
    """Exactly ``text[locator.start:locator.end]`` of the document."""
    locator: Locator
    """The place of the quote."""
    place: str
    """The same in words, for a screen: ``p. 7, § 4.4 Safety``."""
    passage: Span
    """The passage around the quote."""
    passage_text: str
    """Exactly ``text[passage.start:passage.end]``; the quote lies inside it."""
    score: float
    """Retrieval score of the passage, 0 to 1."""
    second_hand: SecondHand | None = None
    """For a brief: what it reports."""
    cites: "tuple[PrimaryWork, ...]" = ()
    """The works that the quote itself cites, in its order."""

    def as_json(self) -> dict[str, Any]:
        """The shape of ``sources`` in ``loccit ask --json``."""
        reported = self.second_hand
        return {
            "n": self.n,
            "document_id": self.document_id,
            "path": self.path,
            "key": self.key,
            "title": self.title,
            "citation": self.citation,
            "quote": self.quote,
            "locator": to_plain(self.locator),
            "passage": {"start": self.passage.start, "end": self.passage.end, "text": self.passage_text},
            "score": round(self.score, 4),
            "second_hand": None if reported is None else {"works": list(reported.works), "short": reported.short},
            "cites": [work.as_json() for work in self.cites],
        }


@dataclass(frozen=True, slots=True)
class PrimaryWork:
    """A work that a quoted sentence cites: the one to read, and to cite where it can be had."""

    reference: Reference
    """Its entry in the list of the quoting document."""
    entry: str
    """The text of the entry."""
    short: str
    """``Kapoor et al., 2024``."""
    citation: str
    """Citation when the original is unavailable: ``(Kapoor et al., 2024, as cited in Eiras et al., 2024, p. 3)``."""
    document_id: str | None = None
    """The document of the library that is this work; None where none is for certain."""
    key: str = ""
    title: str = ""
    """Name of the held document."""
    source: CitedSource | None = None
    """The held document's own sentence on what is quoted; None where none is near enough."""

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


def make_source(n: int, stored: StoredDocument, quote: Span, passage: Span, score: float) -> CitedSource:
    """Cut the quote and its passage from the document and compute place and citation from the same offsets."""
    document = stored.document
    locator = locate(document, quote)
    reported = second_hand(document, quote)
    return CitedSource(
        n=n,
        document_id=stored.document_id,
        path=stored.source.path,
        key=stored.key,
        title=stored.name,
        citation=cite(document.record, stored.name, locator, reported),
        quote=quote.within(document.text),
        locator=locator,
        place=locator_label(locator, document.record.title),
        passage=passage,
        passage_text=passage.within(document.text),
        score=score,
        second_hand=reported,
    )


def paste(source: CitedSource) -> str:
    """The quotation in quotation marks with its citation; marks inside it become single ones."""
    inner = source.quote.replace("“", "‘").replace("”", "’")
    return f"“{inner}” {source.citation}"


def cite(record: Record, name: str, locator: Locator, reported: SecondHand | None = None) -> str:
    """The citation in parentheses; of a report it names the primary work first, ``…, as cited in …``."""
    place = place_in_citation(locator, record.title)
    citation = author_year(record, name) + (f", {place}" if place else "")
    return f"({reported.short}, as cited in {citation})" if reported else f"({citation})"


def author_year(record: Record, name: str) -> str:
    """``Eiras et al., 2024``; without an author the short title, without a date ``n.d.``

    ``name`` stands for a document without a title. An essay without an author is marked as one: its heading is often
    the title of the work it discusses.
    """
    who = short_authors(record.authors)
    if not who:
        who = _quoted(record.title) or name
        who += " [essay]" if record.type == "manuscript" and record.title else ""
    return f"{who}, {record.year or 'n.d.'}"


def locator_label(locator: Locator, title: str = "") -> str:
    """The place for a screen: page first, then section and paragraph; empty where nothing is known.

    A section headed by the document's own ``title`` is not named again.
    """
    page, section = _pages(locator), _section(locator, title)
    paragraph = f"¶ {locator.paragraph}" if not page and locator.paragraph is not None else ""
    return ", ".join(part for part in (page, section and f"§ {section}", paragraph) if part)


def place_in_citation(locator: Locator, title: str = "") -> str:
    """The place for a citation: the page, else the section's number or short title with the paragraph.

    A section headed by the document's own ``title`` is not named again.
    """
    if page := _pages(locator):
        return page
    section = _section(locator, title)
    number = _SECTION_NUMBER.match(f"{section} ")
    section = number[1] if number else _beginning(section, _SECTION_WORDS, "…")
    paragraph = f"¶ {locator.paragraph}" if locator.paragraph is not None else ""
    return ", ".join(part for part in (section and f"§ {section}", paragraph) if part)


def _section(locator: Locator, title: str) -> str:
    own = locator.section[-1] if locator.section else ""
    return "" if title and bare_letters(own) == bare_letters(title) else own


def _pages(locator: Locator) -> str:
    first: str | int | None = locator.page_label
    last: str | int | None = locator.page_label_end
    prefix = ""
    if first is None:
        first, last, prefix = locator.pdf_page, locator.pdf_page_end, "PDF "
    if first is None:
        return ""
    return f"{prefix}p. {first}" if last in (None, first) else f"{prefix}pp. {first}–{last}"


def _quoted(title: str) -> str:
    words = title.split()
    short = title if len(words) <= _TITLE_WORDS else " ".join(words[:_TITLE_WORDS]).rstrip(",:;") + " …"
    return f"“{short}”" if words else ""


def _beginning(text: str, most: int, mark: str = " …") -> str:
    """``text``, or its first words with ``mark`` behind them where it has more than ``most``."""
    words = text.split()
    return text if len(words) <= most else " ".join(words[:most]) + mark


def second_hand(document: Document, quote: Span) -> SecondHand | None:
    """The works that a brief reports in ``quote``; None for documents that can be cited as their own authority.

    A sentence without a citation of its own reports what its paragraph cites, else what its section cites, else the
    brief's whole list.
    """
    if document.kind != "brief" or not document.references:
        return None
    spans = [quote]
    if (block := block_at(document, quote.start)) is not None:
        spans.append(Span(block.start, block.end))
    if (position := section_at(document.sections, quote.start)) is not None:
        spans.append(Span(document.sections[position].start, document.sections[position].end))
    cited = next((found for span in spans if (found := _cited_in(document, span))), [])
    references = cited or document.references
    works = tuple(Span(reference.start, reference.end).within(document.text) for reference in references)
    return SecondHand(works, "; ".join(map(short_name, cited)) if cited else "the works it lists")


def short_name(reference: Reference) -> str:
    """``Kapoor et al., 2024``; without authors the beginning of the title."""
    year = reference.year or "n.d."
    if not reference.authors:
        return _beginning(" ".join(reference.title.split()), _REFERENCE_WORDS)
    # A list that heads its entries as they are cited names one author there and the others behind.
    signed = max(len(reference.authors), len(families(reference.byline)))
    if signed > min(2, len(reference.authors)) or re.search(r"\bet al\b", reference.byline):
        return f"{reference.authors[0]} et al., {year}"
    return f"{' & '.join(reference.authors)}, {year}"


def _cited_in(document: Document, span: Span) -> list[Reference]:
    """The entries of the reference list that ``span`` cites, each once, in its order."""
    numbers = [mention.reference for mention in mentions_in(document, span)]
    return [document.references[n] for n in dict.fromkeys(numbers) if n is not None]


class CitedWorks:
    """Follows the citations in quotations to the works of one library."""

    def __init__(self, store: DocumentStore) -> None:
        self._store = store
        self._works = WorkIndex(store.database)

    def behind(self, stored: StoredDocument, quote: Span) -> tuple[PrimaryWork, ...]:
        """The works that ``quote`` cites, in its order; a citation that leads to no entry of the list is left out."""
        document = stored.document
        references = _cited_in(document, quote)
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
    """The works to name beside a quotation, in its order: the first few, held ones before the others."""
    ranked = sorted(range(len(works)), key=lambda n: (works[n].source is None, not works[n].held, n))
    return tuple(works[n] for n in sorted(ranked[:_OFFERED]))
