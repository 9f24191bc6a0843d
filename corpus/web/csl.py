"""CSL-JSON, as DOI registries give it, to a record."""

from __future__ import annotations

import html
import re
from typing import Any

from corpus.model import Name, Record
from corpus.text.characters import normalise

__all__ = ["record_from_csl"]

_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)


def record_from_csl(item: dict[str, Any]) -> Record:
    """The record behind a CSL-JSON item; what is missing or malformed is left empty."""
    year, month, day = _date(item)
    doi = _text(item.get("DOI")).lower()
    arxiv = _ARXIV_DOI.fullmatch(doi)
    return Record(
        type=_text(item.get("type")) or "document",
        title=_text(item.get("title")),
        authors=tuple(name for name in map(_name, _list(item.get("author"))) if name.display),
        year=year,
        month=month,
        day=day,
        container_title=_text(item.get("container-title")),
        publisher=_text(item.get("publisher")),
        doi=doi,
        arxiv=arxiv[1] if arxiv else "",
        url=_text(item.get("URL")),
    )


def _text(value: Any) -> str:
    """A plain string: Crossref puts some fields into lists, and marks titles up."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if not isinstance(value, str):
        return ""
    return " ".join(normalise(html.unescape(re.sub(r"</?[A-Za-z][^<>]*>", "", value))).split())


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _name(value: Any) -> Name:
    if not isinstance(value, dict):
        return Name()
    family, given = _text(value.get("family")), _text(value.get("given"))
    particle = _text(value.get("non-dropping-particle"))
    if not family:
        return Name(literal=_text(value.get("literal")) or _text(value.get("name")) or given)
    return Name(family=f"{particle} {family}".strip(), given=given)


def _date(item: dict[str, Any]) -> tuple[int | None, int | None, int | None]:
    for name in ("issued", "published", "created"):
        date = item.get(name)
        parts = _list(_list(date.get("date-parts"))[:1]) if isinstance(date, dict) else []
        numbers = [int(part) for part in _list(parts[0] if parts else None) if str(part).isdigit()]
        if numbers:
            padded: list[int | None] = [*numbers, None, None]
            return padded[0], padded[1], padded[2]
    return None, None, None
