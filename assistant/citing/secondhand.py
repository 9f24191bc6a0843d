"""Sources that report the work of others: which primary works stand behind a quotation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.model import Document, Mention, Reference, Span
from corpus.references.names import families
from corpus.sections import section_at

__all__ = ["SecondHand", "cited_in", "second_hand", "short_name"]

_TITLE_WORDS = 6


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
    for wider in (_paragraph(document, quote), _section(document, quote)):
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


def _section(document: Document, quote: Span) -> Span | None:
    position = section_at(document.sections, quote.start)
    if position is None:
        return None
    return Span(document.sections[position].start, document.sections[position].end)


def short_name(reference: Reference) -> str:
    """``Kapoor et al., 2024``; without authors the beginning of the title."""
    year = reference.year or "n.d."
    if not reference.authors:
        words = reference.title.split()
        return " ".join(words) if len(words) <= _TITLE_WORDS else f"{' '.join(words[:_TITLE_WORDS])} …"
    # A list that heads its entries as they are cited names one author there and the others behind.
    signed = max(len(reference.authors), len(families(reference.byline)))
    many = signed > 2 or re.search(r"\bet al\b", reference.byline) is not None
    if many or signed > len(reference.authors):
        return f"{reference.authors[0]} et al., {year}"
    return f"{' & '.join(reference.authors)}, {year}"
