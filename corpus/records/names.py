"""Names of people and bodies, from the forms in which files give them."""

from __future__ import annotations

import re

from corpus.model import Name

__all__ = ["parse_name", "parse_names", "short_authors", "split_people"]

_PARTICLES = {"von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "ter", "ten", "ó"}
_SUFFIXES = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"}
_AFFILIATIONS = {"university", "institute", "institut", "college", "school", "department", "laboratory", "inc.", "inc"}
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


def split_people(text: str) -> str:
    """A line of authors with semicolons between them, where commas stood between whole names.

    Left as it is where the commas may stand inside of names: ``Doe, Jane``, ``Doe, J. R., Roe, A.``.

    >>> split_people("Jane Doe, John Roe and Ann Lee"), split_people("van der Berg, Jan Piet")
    ('Jane Doe; John Roe; Ann Lee', 'van der Berg, Jan Piet')
    """
    if ";" in text or "," not in text:
        return text
    parts = [part for part in re.split(r"\s*,\s*(?:(?:and|&)\s+)?|\s+(?:and|&)\s+", text.strip(" ,")) if part]
    return "; ".join(parts) if all(_is_whole(part) for part in parts) else text


def _is_whole(part: str) -> bool:
    """Whether a part is a name with given and family names: not initials, nor a family name with its particle first."""
    words = part.split()
    return (
        2 <= len(words) <= 5
        and words[0].lower() not in _PARTICLES
        and words[-1].lower() not in _SUFFIXES
        and not any(word.lower() in _AFFILIATIONS for word in words)
        and not all(re.fullmatch(r"(?:[^\W\d_]\.?-?){1,2}", word) for word in words)
        and all(word[0].isalpha() for word in words)
    )


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
