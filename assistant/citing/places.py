"""Locators in words: ``p. 7``, ``PDF p. 3``, ``§ 4.4 Safety, ¶ 12``."""

from __future__ import annotations

import re

from corpus.model import Locator

__all__ = ["locator_label", "place_in_citation"]

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
    return "" if title and _letters(own) == _letters(title) else own


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


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
