"""Citation keys: ``eiras2024near``, from the first author, the year and the title's first telling word."""

from __future__ import annotations

import re
from collections.abc import Container
from pathlib import PurePath

from anyascii import anyascii

from corpus.model import Record

__all__ = ["citation_key", "distinct_key"]

_MINOR = frozenset("a an the on in of for to and or from with by at towards toward is are what how why do does".split())


def citation_key(record: Record, path: str) -> str:
    """The key of a work; without an author it begins with the title, without a title with the file's name.

    >>> citation_key(Record(title="The Gradient of Release", year=2023), "x.md")
    'gradientrelease2023'
    """
    words = [word for word in _letters(record.title).split() if word not in _MINOR]
    year = str(record.year) if record.year is not None else ""
    if record.authors:
        first = record.authors[0]
        family = _letters(first.family or first.literal).replace(" ", "")
        return f"{family}{year}{words[0] if words else ''}"
    if words:
        return f"{''.join(words[:2])}{year}"
    return re.sub(r"[^a-z0-9]+", "-", str(anyascii(PurePath(path).stem)).lower()).strip("-")[:40] or "document"


def distinct_key(key: str, taken: Container[str]) -> str:
    """``key`` itself, or with the first letters, at last a number, behind it that no other document has."""
    if key not in taken:
        return key
    letters = "abcdefghijklmnopqrstuvwxyz"
    for suffix in (*letters, *(x + y for x in letters for y in letters)):
        if f"{key}{suffix}" not in taken:
            return f"{key}{suffix}"
    # Doubled until free, then halved: thousands of works without a name are not counted through one by one.
    free = 1
    while f"{key}-{free}" in taken:
        free *= 2
    used = free // 2
    while free - used > 1:
        middle = (used + free) // 2
        used, free = (middle, free) if f"{key}-{middle}" in taken else (used, middle)
    return f"{key}-{free}"


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", str(anyascii(text)).lower()).strip()
