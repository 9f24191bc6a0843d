"""What kind of document a file is: paper, essay, web page, brief, or simply a document.

A small bundled bibliography, by identifier only.

A file that states its arXiv id or DOI but whose author line cannot be read (names without separators) gets its record
from here. Titles never match: an essay on a paper often carries the paper's title.

A document's record, field by field, each with its origin.

Corrections by hand: what a person has set stays set, also when the file is read again.

A document's record completed from a registered one, without touching what a person has set.
"""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Mapping
from dataclasses import fields, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from corpus.errors import UsageError
from corpus.model import Document, Origin, Record, Section, SectionKind
from corpus.reading import Hint, Reading
from corpus.records.names import parse_names
from corpus.text.repair import normalise

__all__ = [
    "BUNDLED",
    "EDITED",
    "KINDS",
    "REGISTRY",
    "amend",
    "assemble",
    "carry_over",
    "classify",
    "complete",
    "find_work",
]

KINDS = ("paper", "essay", "web", "brief", "document")

_SAME_AS = {"post": "web", "blog": "web", "page": "web", "webpage": "web", "article": "paper", "posts": "web"}

_ESSAY = re.compile(r"\b(?:essays?|critical analysis|term paper)\b", re.I)

_OPENING = 600

"""How many code points from the start may name the text an essay."""


def classify(reading: Reading, path: Path, sections: tuple[Section, ...]) -> str:
    """The document's kind; what the file states goes before what its form suggests."""
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


BUNDLED = "bundled bibliography"

"""The origin that completed fields carry."""


def find_work(*, arxiv: str = "", doi: str = "") -> Record | None:
    """The bundled record with that identifier, or None.

    >>> find_work(arxiv="2403.07918v1").authors[0].family
    'Kapoor'
    """
    works = _works()
    bare = arxiv.lower().removeprefix("arxiv:").split("v")[0]
    return works.get(f"arxiv:{bare}") if bare else works.get(f"doi:{doi.lower()}") if doi else None


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


_CSL_TYPES = {"paper": "article", "essay": "manuscript", "web": "webpage", "brief": "report", "document": "document"}

_TEXT_FIELDS = ("title", "doi", "arxiv", "url", "container_title")

_SURE = 0.8

"""An identifier below this confidence (a number in a file name) completes nothing."""


def assemble(reading: Reading, kind: str) -> tuple[Record, dict[str, Origin]]:
    """The record that the file's own hints give, completed by identifier from the bundled bibliography."""
    hints = {name: replace(hint, value=_clean(hint.value)) for name, hint in reading.hints.items()}
    stated = {name: hints[name].value if name in hints else "" for name in _TEXT_FIELDS}
    record = Record(
        type=_CSL_TYPES[kind],
        title=stated["title"],
        doi=stated["doi"],
        arxiv=stated["arxiv"],
        url=stated["url"],
        container_title=stated["container_title"],
    )
    origins = {name: _origin(hints[name]) for name in _TEXT_FIELDS if name in hints}
    if hint := hints.get("authors"):
        record = replace(record, authors=parse_names(hint.value))
        origins["authors"] = _origin(hint)
    if hint := hints.get("date"):
        year, month, day = _date_parts(hint.value)
        record = replace(record, year=year, month=month, day=day)
        origins["year"] = _origin(hint)
    return _completed(record, origins, hints)


def _completed(record: Record, origins: dict[str, Origin], hints: dict[str, Hint]) -> tuple[Record, dict[str, Origin]]:
    sure = {name: hint.value for name, hint in hints.items() if name in ("arxiv", "doi") and hint.confidence >= _SURE}
    work = find_work(**sure) if sure else None
    if work is None:
        return record, origins
    origin = Origin(BUNDLED, 1.0)
    if not record.authors:
        record, origins["authors"] = replace(record, authors=work.authors), origin
    if not record.title:
        record, origins["title"] = replace(record, title=work.title), origin
    if record.year is None:
        record, origins["year"] = replace(record, year=work.year), origin
    if work.container_title and not record.container_title:
        record = replace(record, type=work.type, container_title=work.container_title)
        origins["container_title"] = origin
    if work.note:
        record, origins["note"] = replace(record, note=work.note), origin
    return record, origins


def _clean(value: str) -> str:
    """Metadata is as untrusted as text: YAML and HTML can spell control characters that no raw file holds."""
    return " ".join(normalise(value).split())


def _origin(hint: Hint) -> Origin:
    return Origin(hint.source, hint.confidence)


def _date_parts(value: str) -> tuple[int | None, int | None, int | None]:
    match = re.match(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", value)
    if match is None:
        return None, None, None
    year, month, day = (int(part) if part else None for part in match.groups())
    return year, month, day


EDITED = "edited by hand"

"""The origin of a field that a person has set."""

FIELDS = ("title", "authors", "year", "container_title", "publisher", "doi", "arxiv", "url", "note", "language", "kind")

"""What can be set; ``kind`` is the document's, all others are the record's."""


def amend(document: Document, changes: Mapping[str, str]) -> Document:
    """``document`` with fields set from text: authors separated by semicolons, an empty value clears a field.

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
    """``new``, the same file read again, with what a person had set in ``old``, and what came from ``origins``."""
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


def _value(name: str, text: str) -> Any:
    if name not in FIELDS:
        near = difflib.get_close_matches(name, FIELDS, 1)
        remedy = f"Did you mean {near[0]}" if near else f"The fields are {', '.join(FIELDS)}"
        raise UsageError("There is no such field", place=name, remedy=remedy)
    if name == "authors":
        return parse_names(text) if text else ()
    if name == "year":
        if text and not re.fullmatch(r"[12]\d{3}", text):
            raise UsageError("This is no year", place=text, remedy="Give four digits, or nothing to clear it")
        return int(text) if text else None
    if name == "language" and text and not re.fullmatch(r"[a-z]{2,3}", text):
        raise UsageError("This is no language code", place=text, remedy="Give that of ISO 639-1, such as en or de")
    if name == "kind" and text not in KINDS:
        raise UsageError("There is no such kind of document", place=text, remedy=f"The kinds are {', '.join(KINDS)}")
    return text


REGISTRY = "DOI registry"

"""The origin of a field that a registry has given."""

_FIELDS = ("title", "authors", "container_title", "publisher", "doi", "arxiv", "url")


def complete(document: Document, registered: Record, source: str) -> Document:
    """``document`` with every field that ``registered`` fills; ``source`` names the registry as their origin."""
    origins = dict(document.origins)
    values: dict[str, Any] = {}
    for name in _FIELDS:
        if getattr(registered, name) and not _edited(origins, name):
            values[name] = getattr(registered, name)
            origins[name] = Origin(source, 1.0)
    if registered.year is not None and not _edited(origins, "year"):
        values |= {"year": registered.year, "month": registered.month, "day": registered.day}
        origins["year"] = Origin(source, 1.0)
    if registered.type and not _edited(origins, "kind"):
        values["type"] = registered.type
    return replace(document, record=replace(document.record, **values), origins=origins)


def _edited(origins: dict[str, Origin], name: str) -> bool:
    return name in origins and origins[name].source == EDITED
