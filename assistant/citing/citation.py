"""Locators in words: ``p. 7``, ``PDF p. 3``, ``§ 4.4 Safety, ¶ 12``.

Sources that report the work of others: which primary works stand behind a quotation.

Author-year citations, ready to paste: ``“…” (Eiras et al., 2024, § 4.4, ¶ 61)``.

A quotation with everything needed to open it, show it and cite it.

The primary works behind a quotation: what the quoted sentence itself cites, and whether the library holds it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corpus.locating import locate, locator_json, section_at
from corpus.model import Document, Locator, Mention, Record, Reference, Span, to_plain
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


def locator_label(locator: Locator, title: str = "") -> str:
    """The place for a screen: page first, then section and paragraph; empty where nothing is known.

    A section headed by the document's own ``title`` is not named again.
    """
    parts = []
    if page := _pages(locator):
        parts.append(page)
    if section := _section(locator, title):
        parts.append(f"§ {section}")
    if not page and locator.paragraph is not None:
        parts.append(f"¶ {locator.paragraph}")
    return ", ".join(parts)


def place_in_citation(locator: Locator, title: str = "") -> str:
    """The place for a citation: the page, else the section's number or short title with the paragraph.

    A section headed by the document's own ``title`` is not named again.
    """
    if page := _pages(locator):
        return page
    parts = []
    if section := _section(locator, title):
        number = _SECTION_NUMBER.match(f"{section} ")
        parts.append(f"§ {number.group(1)}" if number else f"§ {_shortened(section)}")
    if locator.paragraph is not None:
        parts.append(f"¶ {locator.paragraph}")
    return ", ".join(parts)


def _section(locator: Locator, title: str) -> str:
    own = locator.section[-1] if locator.section else ""
    return "" if title and bare_letters(own) == bare_letters(title) else own


def _pages(locator: Locator) -> str:
    if locator.page_label is not None:
        return _range("p.", "pp.", locator.page_label, locator.page_label_end)
    if locator.pdf_page is not None:
        return "PDF " + _range("p.", "pp.", str(locator.pdf_page), str(locator.pdf_page_end))
    return ""


def _range(one: str, several: str, first: str, last: str | None) -> str:
    return f"{one} {first}" if last in (None, "None", first) else f"{several} {first}–{last}"


def _shortened(title: str) -> str:
    """A section title of at most six words, quoted where it was cut."""
    words = title.split()
    return title if len(words) <= 6 else " ".join(words[:6]) + "…"


_WORK_TITLE_WORDS = 6


@dataclass(frozen=True, slots=True)
class SecondHand:
    """The primary works that a source reports; they are the ones to read and cite."""

    works: tuple[str, ...]
    """Each work as its entry in the source's reference list stands."""
    short: str
    """All of them in short, ``Kapoor et al., 2024``."""


def second_hand(document: Document, quote: Span) -> SecondHand | None:
    """The works that a brief reports in ``quote``; None for documents that speak for themselves.

    A sentence without a citation of its own reports what its paragraph cites, else what its section cites, else the
    brief's whole list: a brief never stands as its own authority.
    """
    if document.kind != "brief" or not document.references:
        return None
    numbers = cited_in(document.mentions, quote)
    for wider in (_paragraph(document, quote), _section_span(document, quote)):
        if not numbers and wider is not None:
            numbers = cited_in(document.mentions, wider)
    references = [document.references[n] for n in numbers or range(len(document.references))]
    works = tuple(Span(ref.start, ref.end).within(document.text) for ref in references)
    short = "; ".join(short_name(ref) for ref in references) if numbers else "the works it lists"
    return SecondHand(works, short)


def cited_in(mentions: tuple[Mention, ...], span: Span) -> list[int]:
    """Positions in the reference list of what is cited in ``span``, each once, as they come up."""
    found = [m.reference for m in mentions if span.start <= m.start < span.end and m.reference is not None]
    return list(dict.fromkeys(found))


def _paragraph(document: Document, quote: Span) -> Span | None:
    return next((Span(b.start, b.end) for b in document.blocks if b.start <= quote.start < b.end), None)


def _section_span(document: Document, quote: Span) -> Span | None:
    position = section_at(document.sections, quote.start)
    if position is None:
        return None
    return Span(document.sections[position].start, document.sections[position].end)


def short_name(reference: Reference) -> str:
    """``Kapoor et al., 2024``; without authors the beginning of the title."""
    year = reference.year or "n.d."
    if not reference.authors:
        words = reference.title.split()
        return " ".join(words) if len(words) <= _WORK_TITLE_WORDS else f"{' '.join(words[:_WORK_TITLE_WORDS])} …"
    # A list that heads its entries as they are cited names one author there and the others behind.
    signed = max(len(reference.authors), len(families(reference.byline)))
    many = signed > 2 or re.search(r"\bet al\b", reference.byline) is not None
    if many or signed > len(reference.authors):
        return f"{reference.authors[0]} et al., {year}"
    return f"{' & '.join(reference.authors)}, {year}"


_TITLE_WORDS = 5


def author_year(record: Record, name: str) -> str:
    """``Eiras et al., 2024``; without an author the short title, without a date ``n.d.``

    ``name`` is what the document is called where it has no title. An essay without an author is marked as one: its
    heading is often the title of the work it discusses.
    """
    who = short_authors(record.authors)
    if not who:
        who = _quoted(record.title) or name
        who += " [essay]" if record.type == "manuscript" and record.title else ""
    return f"{who}, {record.year or 'n.d.'}"


def cite(record: Record, name: str, locator: Locator, reported: SecondHand | None = None) -> str:
    """The citation in parentheses; of a report it names the primary work first, ``…, as cited in …``."""
    parts = [author_year(record, name)]
    if place := place_in_citation(locator, record.title):
        parts.append(place)
    citation = ", ".join(parts)
    return f"({reported.short}, as cited in {citation})" if reported else f"({citation})"


def paste(source: CitedSource) -> str:
    """The quotation in quotation marks with its citation; marks inside it become single ones."""
    inner = source.quote.replace("“", "‘").replace("”", "’")
    return f"“{inner}” {source.citation}"


def _quoted(title: str) -> str:
    words = title.split()
    if not words:
        return ""
    short = title if len(words) <= _TITLE_WORDS else " ".join(words[:_TITLE_WORDS]).rstrip(",:;") + " …"
    return f"“{short}”"


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
    cites: tuple[PrimaryWork, ...] = ()
    """The works that the quote itself cites, in its order."""

    def as_json(self) -> dict[str, Any]:
        """The shape of ``sources`` in ``loccit ask --json``."""
        return {
            "n": self.n,
            "document_id": self.document_id,
            "path": self.path,
            "key": self.key,
            "title": self.title,
            "citation": self.citation,
            "quote": self.quote,
            "locator": locator_json(self.locator),
            "passage": {"start": self.passage.start, "end": self.passage.end, "text": self.passage_text},
            "score": round(self.score, 4),
            "second_hand": None
            if self.second_hand is None
            else {"works": list(self.second_hand.works), "short": self.second_hand.short},
            "cites": [work.as_json() for work in self.cites],
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
