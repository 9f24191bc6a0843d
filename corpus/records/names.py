"""Names of people and bodies, from the forms in which files give them.

Family names out of the line that names an entry's authors, in whatever order each name is written.
"""

from __future__ import annotations

import re

from anyascii import anyascii

from corpus.model import Name

__all__ = ["families", "fold_name", "last_word", "parse_name", "parse_names", "short_authors", "split_people"]

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


_ET_AL = re.compile(r"[,;]?\s*(?:\bet\.? al\b\.?|\band others\b|&\s*al\b\.?|\bu\.\s?a\.)\s*$", re.I)

_ROLE = re.compile(r"[,.]?\s*\(?\b(?:eds?|editors?|hrsg)\b\.?\)?[.:,]?\s*$", re.I)

_INITIALS = re.compile(r"(?:[^\W\d_]\.[\s-]?|-[^\W\d_]\.?|[A-Z]\b[\s-]?){1,5}")

_CAPITALS = re.compile(r"[A-Z]{1,3}")

_ENTRY_PARTICLES = frozenset("von van der den de del della di da dos du la le ter ten al el bin ibn zu af".split())

_GENERATION = frozenset(["jr", "sr", "ii", "iii", "iv"])

_BODIES = frozenset(
    "agency alliance association authority bank bureau center centre commission committee community consortium council "
    "department foundation government group initiative institute lab labs ministry nations office organisation "
    "organization parliament project research society states team union university".split()
)


def families(byline: str) -> tuple[str, ...]:
    """The family name of each author, in order; an organisation keeps its whole name.

    >>> families("Kapoor, S., Bommasani, R., & Klyman, K.")
    ('Kapoor', 'Bommasani', 'Klyman')
    >>> families("Ann B. Lee and Mary Major")
    ('Lee', 'Major')
    """
    text = _ROLE.sub("", _ET_AL.sub("", _ROLE.sub("", byline.strip(" ,;:")))).strip(" ,;:")
    if ";" in text:
        parts = [_semicolon_part(part) for part in text.split(";")]
    elif _is_body(text.strip(" .")):
        parts = [text]
    else:
        parts = _unmixed(_chunks(text))
    return tuple(part for part in (_clean(part) for part in parts) if part)


def last_word(name: str) -> str:
    """What a name is looked up by: its last word, folded; "Van Durme" and "Durme" are one."""
    words = name.replace("’s", "").replace("'s", "").split()
    return fold_name(words[-1]) if words else ""


def fold_name(name: str) -> str:
    """Letters alone, without accents and case: "Sch¨utze" is "Schütze"."""
    return re.sub(r"[^a-z0-9]", "", str(anyascii(name)).casefold())


def _semicolon_part(part: str) -> str:
    part = re.sub(r"^\s*(?:and|&)\s+", "", part)
    return part.split(",")[0] if "," in part else _natural(part)


def _chunks(text: str) -> list[tuple[str, str]]:
    """The pieces between commas and conjunctions, each with what stood before it."""
    pieces = re.split(r"(\s*,\s*(?:and\b|&|et\b|und\b|y\b)\s*|\s*,\s*|\s+(?:and|&|et|und|y)\s+)", f", {text}")
    found = [(before.strip(), piece.strip()) for before, piece in zip(pieces[1::2], pieces[2::2], strict=True)]
    return [(b, p) for b, p in found if p.strip(" .") and p.strip(" .").casefold() not in _GENERATION]


def _unmixed(chunks: list[tuple[str, str]]) -> list[str]:
    """One name after the other: "Lee, A. B." and "Lee, Ann" take two pieces, "Ann Lee" takes one."""
    initialled = len(chunks) > 1 and _is_initials(chunks[1][1]) and not _is_initials(chunks[0][1])
    result: list[str] = []
    n = 0
    while n < len(chunks):
        piece = chunks[n][1]
        following = chunks[n + 1] if n + 1 < len(chunks) else ("", "")
        if _is_initials(piece):
            n += 1
            continue
        if following[0] == "," and (
            _is_initials(following[1]) or (not initialled and _is_single(piece) and not _CAPITALS.search(piece[-2:]))
        ):
            result.append(piece)
            n += 2
            continue
        result.append(_natural(piece))
        n += 1
    return result


def _is_initials(piece: str) -> bool:
    return _INITIALS.fullmatch(piece.strip()) is not None or _CAPITALS.fullmatch(piece.strip(" .")) is not None


def _is_single(piece: str) -> bool:
    """One word, particles apart: a family name that waits for its given names."""
    words = [word for word in piece.strip(" .").split() if word.casefold() not in _ENTRY_PARTICLES]
    return len(words) == 1


def _natural(name: str) -> str:
    """``Lee`` of "Ann B. Lee", of "Lee AB" and of "Lee A."."""
    words = [word for word in name.strip(" ,").split() if word.strip(".").casefold() not in _GENERATION]
    while len(words) > 1 and (_CAPITALS.fullmatch(words[-1]) or re.fullmatch(r"(?:[^\W\d_]\.-?){1,3}", words[-1])):
        words.pop()
    return words[-1] if words else ""


def _is_body(text: str) -> bool:
    """Whether an organisation signs: "Open Source Initiative", "European Union"."""
    words = text.split()
    if re.search(r",\s|\s(?:and|&)\s", text) or any(len(word.strip(".")) == 1 for word in words):
        return False
    if any(word.casefold() in _ENTRY_PARTICLES for word in words):
        return False
    return len(words) > 2 or (len(words) == 2 and words[1].casefold() in _BODIES)


def _clean(name: str) -> str:
    name = re.sub(r"^(?:and|&)\s+", "", name.strip(" .,&;:_"))
    return name if any(c.isalpha() for c in name) else ""
