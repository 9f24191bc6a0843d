"""A document's record, field by field, each with its origin."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.model import Origin, Record
from corpus.reading import Hint, Reading
from corpus.records.bibliography import BUNDLED, find_work
from corpus.records.names import parse_names
from corpus.text.characters import normalise

__all__ = ["assemble"]

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
