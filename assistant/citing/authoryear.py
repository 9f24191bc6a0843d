"""Author-year citations, ready to paste: ``“…” (Eiras et al., 2024, § 4.4, ¶ 61)``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.citing.places import place_in_citation
from assistant.citing.secondhand import SecondHand
from corpus.model import Locator, Record
from corpus.records.names import short_authors

if TYPE_CHECKING:
    from assistant.citing.source import CitedSource

__all__ = ["author_year", "cite", "paste"]

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
