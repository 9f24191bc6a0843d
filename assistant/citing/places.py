"""Locators in words: ``p. 7``, ``PDF p. 3``, ``§ 4.4 Safety, ¶ 12``."""

from __future__ import annotations

import re

from corpus.model import Locator

__all__ = ["locator_label", "place_in_citation"]

_SECTION_NUMBER = re.compile(r"^(?:Appendix\s+)?((?:\d+|[A-Z])(?:\.\d+)*)[.:)]?\s")


def locator_label(locator: Locator) -> str:
    """The place for a screen: page first, then section and paragraph; empty where nothing is known."""
    parts = []
    if page := _pages(locator):
        parts.append(page)
    if locator.section:
        parts.append(f"§ {locator.section[-1]}")
    if not page and locator.paragraph is not None:
        parts.append(f"¶ {locator.paragraph}")
    return ", ".join(parts)


def place_in_citation(locator: Locator) -> str:
    """The place for a citation: the page, else the section's number or short title with the paragraph."""
    if page := _pages(locator):
        return page
    parts = []
    if locator.section:
        title = locator.section[-1]
        number = _SECTION_NUMBER.match(f"{title} ")
        parts.append(f"§ {number.group(1)}" if number else f"§ {_shortened(title)}")
    if locator.paragraph is not None:
        parts.append(f"¶ {locator.paragraph}")
    return ", ".join(parts)


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
