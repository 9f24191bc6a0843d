"""The labelled strings of ``reference_strings``: which half an entry belongs to, and the field of each of its words."""

from __future__ import annotations

import hashlib
from typing import Any

from benchmarks.evaluation import SHARED, read_lines
from corpus.references.parsing import words_of

__all__ = ["held_out", "labelled_words", "read_strings"]

_FIELDS = {
    "author": "author",
    "title": "title",
    "date": "date",
    "journal": "venue",
    "container-title": "venue",
    "collection-title": "venue",
    "volume": "volume",
    "pages": "pages",
    "publisher": "publisher",
    "location": "location",
    "editor": "editor",
    "translator": "editor",
    "citation-number": "number",
}
"""Fields of the data as the tagger names them; all others are ``note``."""


def read_strings() -> list[dict[str, Any]]:
    """Every labelled string: ``_id``, ``text``, ``fields``."""
    return read_lines(SHARED / "eval" / "reference_strings" / "references.jsonl")


def held_out(row: dict[str, Any]) -> bool:
    """Whether a string is only measured on: half of them, by a hash of the id."""
    return hashlib.sha256(row["_id"].encode()).digest()[0] % 2 == 1


def labelled_words(row: dict[str, Any]) -> list[tuple[str, str]]:
    """Each word with its field: the values are cut from the text in order, so each takes the first place left."""
    spans = words_of(row["text"])
    words = [row["text"][start:end] for start, end in spans]
    labels = ["note"] * len(words)
    taken = [False] * len(words)
    values = [(name, value.split()) for name, found in row["fields"].items() for value in found]
    for name, value in sorted(values, key=lambda pair: -len(pair[1])):
        for at in range(len(words) - len(value) + 1):
            if words[at : at + len(value)] == value and not any(taken[at : at + len(value)]):
                labels[at : at + len(value)] = [_FIELDS.get(name, "note")] * len(value)
                taken[at : at + len(value)] = [True] * len(value)
                break
    return list(zip(words, labels, strict=True))
