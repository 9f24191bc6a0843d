"""A document's record completed from a registered one, without touching what a person has set."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from corpus.model import Document, Origin, Record
from corpus.records.editing import EDITED

__all__ = ["REGISTRY", "complete"]

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
