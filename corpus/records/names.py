"""Names of people and bodies, from the forms in which files give them."""

from __future__ import annotations

import re

from corpus.model import Name

__all__ = ["parse_name", "parse_names", "short_authors"]

_PARTICLES = {"von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "ter", "ten", "ó"}
_SUFFIXES = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"}
_BODY_WORDS = {"team", "contributors", "consortium", "group", "committee", "union", "commission", "parliament", "ai"}


def parse_name(text: str) -> Name:
    """A single name: ``Family, Given``, ``Given Family`` with particles, or a body.

    >>> parse_name("Seán Ó hÉigeartaigh").family, parse_name("loccit contributors").literal
    ('Ó hÉigeartaigh', 'loccit contributors')
    """
    text = " ".join(text.split()).strip(" ,;")
    if "," in text:
        family, given = (part.strip() for part in text.split(",", 1))
        return Name(family=family, given=given)
    words = text.split()
    if len(words) < 2 or words[-1].lower() in _BODY_WORDS or words[-1].islower():
        return Name(literal=text)
    cut = len(words) - 1
    if words[cut].lower() in _SUFFIXES and cut > 1:
        cut -= 1
    while cut > 1 and words[cut - 1].lower() in _PARTICLES:
        cut -= 1
    return Name(family=" ".join(words[cut:]), given=" ".join(words[:cut]))


def parse_names(text: str) -> tuple[Name, ...]:
    """Several names, separated by semicolons (or by ``and``)."""
    return tuple(parse_name(part) for part in re.split(r"\s*;\s*|\s+and\s+", text) if part.strip(" ,;"))


def short_authors(names: tuple[Name, ...]) -> str:
    """Names as they stand in an author-year citation: one, two, or the first ``et al.``.

    >>> short_authors(parse_names("Andreas Liesenfeld; Mark Dingemanse"))
    'Liesenfeld & Dingemanse'
    """
    families = [name.family or name.literal for name in names]
    if not families:
        return ""
    if len(families) <= 2:
        return " & ".join(families)
    return f"{families[0]} et al."
