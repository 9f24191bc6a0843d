"""Names of people and organisations: parsed, split and shortened, in the forms that files and reference lists use."""

import re

from corpus.model import Name
from corpus.text.folding import latin_words

__all__ = [
    "PARTICLES",
    "families",
    "fold_name",
    "last_word",
    "parse_name",
    "parse_names",
    "short_authors",
    "split_people",
]

PARTICLES = frozenset("von van der den de del della di da dos du la le ter ten al el bin ibn zu af ó".split())
"""Words that a family name may begin with."""
_ALSO_GIVEN = frozenset(["al", "el", "bin", "ibn"])
"""Particles that are given names where they are capitalised."""
_GENERATION = frozenset(["jr", "sr", "ii", "iii", "iv"])
_AFFILIATIONS = frozenset("university institute institut college school department laboratory inc".split())
"""Words of the affiliations that may stand between names."""
_BODIES = _AFFILIATIONS | frozenset(
    "agency ai alliance association authority bank bureau center centre commission committee community consortium "
    "contributors council foundation government group initiative lab labs ministry nations office organisation "
    "organization parliament project research society states team union".split()
)
"""Words that the name of an organisation ends with."""
_ALSO_FAMILY = frozenset(
    "bank center centre college community council lab labs nations office project research school states".split()
)
"""Those of them that are family names too."""

_ET_AL = re.compile(r"[,;]?\s*(?:\bet\.? al\b\.?|\band others\b|&\s*al\b\.?|\bu\.\s?a\.)\s*$", re.I)
_ROLE = re.compile(r"[,.]?\s*\(?\b(?:eds?|editors?|hrsg)\b\.?\)?[.:,]?\s*$", re.I)
_INITIALS = re.compile(r"(?:[^\W\d_]\.[\s-]?|-[^\W\d_]\.?|[A-Z]\b[\s-]?){1,5}")
_CAPITALS = re.compile(r"[A-Z]{1,3}")


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
    if len(words) < 2 or words[-1].lower() in _BODIES - _ALSO_FAMILY or words[-1].islower():
        return Name(literal=text)
    cut = len(words) - 1
    if _is_generation(words[cut]) and cut > 1:
        cut -= 1
    while cut > 1 and _is_particle(words[cut - 1]):
        cut -= 1
    return Name(family=" ".join(words[cut:]), given=" ".join(words[:cut]))


def parse_names(text: str) -> tuple[Name, ...]:
    """Several names, separated by semicolons or by ``and``."""
    return tuple(parse_name(part) for part in re.split(r"\s*;\s*|\s+and\s+", text) if part.strip(" ,;"))


def split_people(text: str) -> str:
    """A line of authors with the commas between whole names replaced by semicolons.

    Unchanged where the commas may stand inside names: ``Doe, Jane``, ``Doe, J. R., Roe, A.``.

    >>> split_people("Jane Doe, John Roe and Ann Lee"), split_people("van der Berg, Jan Piet")
    ('Jane Doe; John Roe; Ann Lee', 'van der Berg, Jan Piet')
    """
    if ";" in text or "," not in text:
        return text
    parts = [part for part in re.split(r"\s*,\s*(?:(?:and|&)\s+)?|\s+(?:and|&)\s+", text.strip(" ,")) if part]
    return "; ".join(parts) if all(_is_whole(part) for part in parts) else text


def short_authors(names: tuple[Name, ...]) -> str:
    """Names as they stand in an author-year citation: one, two, or the first ``et al.``.

    >>> short_authors(parse_names("Andreas Liesenfeld; Mark Dingemanse"))
    'Liesenfeld & Dingemanse'
    """
    listed = [name.family or name.literal for name in names]
    return f"{listed[0]} et al." if len(listed) > 2 else " & ".join(listed)


def families(byline: str) -> tuple[str, ...]:
    """The family name of each author, in order; of an organisation the whole name.

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
    """The look-up key of a name: its last word, folded, so that "Van Durme" and "Durme" are equal."""
    words = name.replace("’s", "").replace("'s", "").split()
    return fold_name(words[-1]) if words else ""


def fold_name(name: str) -> str:
    """Latin letters and digits alone, without accents and case: "Sch¨utze" equals "Schütze"."""
    return "".join(latin_words(name))


def _is_particle(word: str) -> bool:
    return word in PARTICLES or word.lower() in PARTICLES - _ALSO_GIVEN


def _is_generation(word: str) -> bool:
    return word.lower().rstrip(".") in _GENERATION


def _is_whole(part: str) -> bool:
    """Whether a part has given and family names: neither initials nor a family name that begins with its particle."""
    words = part.split()
    return (
        2 <= len(words) <= 5
        and not _is_particle(words[0])
        and not _is_generation(words[-1])
        and not any(word.lower().rstrip(".") in _AFFILIATIONS for word in words)
        and not all(re.fullmatch(r"(?:[^\W\d_]\.?-?){1,2}", word) for word in words)
        and all(word[0].isalpha() for word in words)
    )


def _semicolon_part(part: str) -> str:
    part = re.sub(r"^\s*(?:and|&)\s+", "", part)
    return part.split(",")[0] if "," in part else _natural(part)


def _chunks(text: str) -> list[tuple[str, str]]:
    """The pieces between commas and conjunctions, each with the separator before it."""
    pieces = re.split(r"(\s*,\s*(?:and\b|&|et\b|und\b|y\b)\s*|\s*,\s*|\s+(?:and|&|et|und|y)\s+)", f", {text}")
    found = [(before.strip(), piece.strip()) for before, piece in zip(pieces[1::2], pieces[2::2], strict=True)]
    return [(b, p) for b, p in found if p.strip(" .") and not _is_generation(p.strip(" ."))]


def _unmixed(chunks: list[tuple[str, str]]) -> list[str]:
    """The family names: "Lee, A. B." and "Lee, Ann" are two pieces, "Ann Lee" is one."""
    initialled = len(chunks) > 1 and _is_initials(chunks[1][1]) and not _is_initials(chunks[0][1])
    result: list[str] = []
    n = 0
    while n < len(chunks):
        piece = chunks[n][1]
        following = chunks[n + 1] if n + 1 < len(chunks) else ("", "")
        if _is_initials(piece):
            n += 1
            continue
        # One word beside particles is a family name in front of its given names.
        single = sum(not _is_particle(word) for word in piece.strip(" .").split()) == 1
        alone = single and not initialled and not _CAPITALS.search(piece[-2:])
        if following[0] == "," and (alone or _is_initials(following[1])):
            result.append(piece)
            n += 2
            continue
        result.append(_natural(piece))
        n += 1
    return result


def _is_initials(piece: str) -> bool:
    return _INITIALS.fullmatch(piece.strip()) is not None or _CAPITALS.fullmatch(piece.strip(" .")) is not None


def _natural(name: str) -> str:
    """``Lee`` of "Ann B. Lee", of "Lee AB" and of "Lee A."."""
    words = [word for word in name.strip(" ,").split() if not _is_generation(word)]
    while len(words) > 1 and (_CAPITALS.fullmatch(words[-1]) or re.fullmatch(r"(?:[^\W\d_]\.-?){1,3}", words[-1])):
        words.pop()
    return words[-1] if words else ""


def _is_body(text: str) -> bool:
    """Whether the author is an organisation: "Open Source Initiative", "European Union"."""
    words = text.split()
    if re.search(r",\s|\s(?:and|&)\s", text) or any(len(word.strip(".")) == 1 for word in words):
        return False
    if any(word.lower() in PARTICLES for word in words):
        return False
    return len(words) > 2 or (len(words) == 2 and words[1] != "Ai" and words[1].casefold() in _BODIES)


def _clean(name: str) -> str:
    name = re.sub(r"^(?:and|&)\s+", "", name.strip(" .,&;:_"))
    return name if any(c.isalpha() for c in name) else ""
