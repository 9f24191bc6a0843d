"""The bibliographic record of a document: kind, fields with their origins, and citation key (``eiras2024near``).

The file's own hints come first. A file that states its arXiv number or DOI gets missing fields from a small bundled
bibliography; titles never match there, because an essay often carries the title of the paper it discusses. Fields set
by a person stay set, also when the file is read again.
"""

import csv
import difflib
import re
from collections.abc import Container, Mapping
from dataclasses import fields, replace
from functools import cache
from importlib.resources import files
from pathlib import Path, PurePath
from string import ascii_lowercase
from typing import Any

from corpus.errors import UsageError
from corpus.model import Document, Origin, Record, Section, SectionKind
from corpus.reading import Hint, Reading
from corpus.records.names import parse_names
from corpus.text.folding import latin_words
from corpus.text.identifiers import bare_arxiv
from corpus.text.repair import normalise

__all__ = [
    "BUNDLED",
    "EDITED",
    "KINDS",
    "REGISTRY",
    "amend",
    "assemble",
    "carry_over",
    "citation_key",
    "classify",
    "complete",
    "distinct_key",
    "find_work",
]

KINDS = ("paper", "essay", "web", "brief", "document")
_SAME_AS = {"post": "web", "blog": "web", "page": "web", "webpage": "web", "article": "paper", "posts": "web"}
_ESSAY = re.compile(r"\b(?:essays?|critical analysis|term paper)\b", re.I)
_OPENING = 600
"""Code points from the start in which the text may call itself an essay."""
BUNDLED = "bundled bibliography"
"""Origin of fields from the bundled bibliography."""
EDITED = "edited by hand"
"""Origin of a field that a person has set."""
REGISTRY = "DOI registry"
"""Origin of a field from a registry."""
_REGISTERED = ("title", "authors", "container_title", "publisher", "doi", "arxiv", "url")
"""Fields that a registry fills, beside the date and the type."""
_FIELDS = tuple("title authors year container_title publisher doi arxiv url note language kind".split())
"""Fields that can be set; ``kind`` is the document's, the others are the record's."""
_CSL_TYPES = {"paper": "article", "essay": "manuscript", "web": "webpage", "brief": "report", "document": "document"}
_TEXT_FIELDS = ("title", "doi", "arxiv", "url", "container_title")
_MINOR = frozenset("a an the on in of for to and or from with by at towards toward is are what how why do does".split())
_SURE = 0.8
"""Minimum confidence of an identifier that completes a record; that of a number in a file name is lower."""


def classify(reading: Reading, path: Path, sections: tuple[Section, ...]) -> str:
    """The document's kind; a statement in the file overrides its form."""
    stated = reading.hints.get("kind")
    if stated and stated.source == "front matter" and stated.confidence == 1.0:
        return stated.value if stated.value in KINDS else _SAME_AS.get(stated.value, "document")
    kinds = {section.kind for section in sections}
    if stated and stated.value == "paper":
        return "paper"
    if reading.media == "pdf":
        return "paper" if kinds & {SectionKind.ABSTRACT, SectionKind.REFERENCES} else "document"
    if _ESSAY.search(path.stem.replace("-", " ").replace("_", " ")) or _ESSAY.search(reading.text[:_OPENING]):
        return "essay"
    if stated and stated.value == "web":
        return "web"
    return "paper" if {SectionKind.ABSTRACT, SectionKind.REFERENCES} <= kinds else "document"


def assemble(reading: Reading, kind: str) -> tuple[Record, dict[str, Origin]]:
    """The record in the file's hints, completed by identifier from the bundled bibliography."""
    hints = {name: replace(hint, value=_clean(hint.value)) for name, hint in reading.hints.items()}
    stated: dict[str, Any] = {name: hints[name].value for name in _TEXT_FIELDS if name in hints}
    record = Record(type=_CSL_TYPES[kind], **stated)
    origins = {name: _origin(hints[name]) for name in stated}
    if hint := hints.get("authors"):
        record = replace(record, authors=parse_names(hint.value))
        origins["authors"] = _origin(hint)
    if hint := hints.get("date"):
        year, month, day = _date_parts(hint.value)
        record = replace(record, year=year, month=month, day=day)
        origins["year"] = _origin(hint)
    return _completed(record, origins, hints)


def complete(document: Document, registered: Record, source: str) -> Document:
    """Set all fields of ``document`` that ``registered`` has, but those set by a person; their origin is ``source``."""
    origins = dict(document.origins)
    values: dict[str, Any] = {}
    for name in _REGISTERED:
        if getattr(registered, name) and not _edited(origins, name):
            values[name] = getattr(registered, name)
            origins[name] = Origin(source, 1.0)
    if registered.year is not None and not _edited(origins, "year"):
        values |= {"year": registered.year, "month": registered.month, "day": registered.day}
        origins["year"] = Origin(source, 1.0)
    if registered.type and not _edited(origins, "kind"):
        values["type"] = registered.type
    return replace(document, record=replace(document.record, **values), origins=origins)


def amend(document: Document, changes: Mapping[str, str]) -> Document:
    """Set fields of ``document`` from text; authors are separated by semicolons, an empty value clears a field.

    Raises:
        UsageError: there is no such field, or the value does not fit it.
    """
    record, kind, origins = document.record, document.kind, dict(document.origins)
    for name, text in changes.items():
        value = _value(name, " ".join(normalise(text).split()))
        if name == "kind":
            kind = value
        else:
            record = replace(record, **{name: value})
            if name == "year":
                record = replace(record, month=None, day=None)
        origins[name] = Origin(EDITED, 1.0)
    return replace(document, record=record, kind=kind, origins=origins)


def carry_over(old: Document, new: Document, *origins: str) -> Document:
    """Keep in ``new``, the same file read again, the fields of ``old`` set by a person or taken from ``origins``."""
    kept = {name: origin for name, origin in old.origins.items() if origin.source in (EDITED, *origins)}
    if not kept:
        return new
    names = {field.name for field in fields(Record)}
    values = {name: getattr(old.record, name) for name in kept if name in names}
    if "year" in kept:
        values |= {"month": old.record.month, "day": old.record.day}
    if any(origin.source != EDITED for origin in kept.values()):
        values["type"] = old.record.type  # a registry states it with the fields
    kind = old.kind if "kind" in kept else new.kind
    return replace(new, record=replace(new.record, **values), kind=kind, origins={**new.origins, **kept})


def find_work(*, arxiv: str = "", doi: str = "") -> Record | None:
    """The bundled record with that identifier, or None.

    >>> find_work(arxiv="2403.07918v1").authors[0].family
    'Kapoor'
    """
    works = _works()
    bare = bare_arxiv(arxiv.lower().removeprefix("arxiv:"))
    return works.get(f"arxiv:{bare}") if bare else works.get(f"doi:{doi.lower()}") if doi else None


def citation_key(record: Record, path: str) -> str:
    """The key of a work; without an author it begins with the title, without a title it is the file's name.

    >>> citation_key(Record(title="The Gradient of Release", year=2023), "x.md")
    'gradientrelease2023'
    """
    words = [word for word in latin_words(record.title) if word not in _MINOR]
    year = str(record.year) if record.year is not None else ""
    if record.authors:
        first = record.authors[0]
        family = "".join(latin_words(first.family or first.literal))
        return f"{family}{year}{words[0] if words else ''}"
    if words:
        return f"{''.join(words[:2])}{year}"
    return "-".join(latin_words(PurePath(path).stem))[:40] or "document"


def distinct_key(key: str, taken: Container[str]) -> str:
    """``key`` itself if it is free, else with the first free suffix: a letter, two letters or a number."""
    if key not in taken:
        return key
    for suffix in (*ascii_lowercase, *(x + y for x in ascii_lowercase for y in ascii_lowercase)):
        if f"{key}{suffix}" not in taken:
            return f"{key}{suffix}"
    # Doubled until free, then bisected: thousands of untitled works need few look-ups.
    free = 1
    while f"{key}-{free}" in taken:
        free *= 2
    used = free // 2
    while free - used > 1:
        middle = (used + free) // 2
        used, free = (middle, free) if f"{key}-{middle}" in taken else (used, middle)
    return f"{key}-{free}"


@cache
def _works() -> dict[str, Record]:
    works: dict[str, Record] = {}
    text = files("corpus.records").joinpath("data/bibliography.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        record = Record(
            type=row["type"],
            title=row["title"],
            authors=parse_names(row["authors"]),
            year=int(row["year"]),
            container_title=row["container"],
            doi=row["doi"],
            arxiv=row["arxiv"],
            note=row["note"],
        )
        if record.arxiv:
            works[f"arxiv:{record.arxiv}"] = record
        if record.doi:
            works[f"doi:{record.doi.lower()}"] = record
    return works


def _completed(record: Record, origins: dict[str, Origin], hints: dict[str, Hint]) -> tuple[Record, dict[str, Origin]]:
    sure = {name: hint.value for name, hint in hints.items() if name in ("arxiv", "doi") and hint.confidence >= _SURE}
    work = find_work(**sure) if sure else None
    if work is None:
        return record, origins
    values = {name: getattr(work, name) for name in ("authors", "title", "year") if not getattr(record, name)}
    if work.container_title and not record.container_title:
        values["container_title"] = work.container_title
        record = replace(record, type=work.type)
    if work.note:
        values["note"] = work.note
    return replace(record, **values), origins | dict.fromkeys(values, Origin(BUNDLED, 1.0))


def _clean(value: str) -> str:
    """Normalise metadata, in which YAML and HTML escapes may encode control characters."""
    return " ".join(normalise(value).split())


def _origin(hint: Hint) -> Origin:
    return Origin(hint.source, hint.confidence)


def _date_parts(value: str) -> tuple[int | None, int | None, int | None]:
    match = re.match(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", value)
    if match is None:
        return None, None, None
    year, month, day = (int(part) if part else None for part in match.groups())
    return year, month, day


def _value(name: str, text: str) -> Any:
    if name not in _FIELDS:
        near = difflib.get_close_matches(name, _FIELDS, 1)
        remedy = f"Did you mean {near[0]}" if near else f"The fields are {', '.join(_FIELDS)}"
        raise UsageError("There is no such field", place=name, remedy=remedy)
    if name == "authors":
        return parse_names(text) if text else ()
    if name == "year":
        if text and not re.fullmatch(r"[12]\d{3}", text):
            raise UsageError("This is not a year", place=text, remedy="Give four digits, or an empty value to clear it")
        return int(text) if text else None
    if name == "language" and text and not re.fullmatch(r"[a-z]{2,3}", text):
        raise UsageError("This is not a language code", place=text, remedy="Give that of ISO 639-1, such as en or de")
    if name == "kind" and text not in KINDS:
        raise UsageError("There is no such kind of document", place=text, remedy=f"The kinds are {', '.join(KINDS)}")
    return text


def _edited(origins: dict[str, Origin], name: str) -> bool:
    return name in origins and origins[name].source == EDITED
