"""Corrections by hand: what a person has set stays set, also when the file is read again."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from corpus.errors import UsageError
from corpus.model import Document, Origin, Record
from corpus.records.kinds import KINDS
from corpus.records.names import parse_names
from corpus.text.characters import normalise

__all__ = ["EDITED", "FIELDS", "amend", "carry_over"]

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
