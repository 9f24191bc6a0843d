"""Citation keys: ``eiras2024near``, from the first author, the year and the title's first content word."""

from __future__ import annotations

from collections.abc import Container
from pathlib import PurePath
from string import ascii_lowercase

from corpus.model import Record
from corpus.text.folding import latin_words

__all__ = ["citation_key", "distinct_key"]

_MINOR = frozenset("a an the on in of for to and or from with by at towards toward is are what how why do does".split())


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
