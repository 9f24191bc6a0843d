"""The trained part of the parser: says of each word of an entry which field it belongs to.

A conditional random field, trained by ``benchmarks/train_reference_tagger.py``; the same words give the same fields.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.references.tokens import features, words_of

if TYPE_CHECKING:
    import pycrfsuite

__all__ = ["MODEL_FILE", "Tagged", "tag_fields"]

MODEL_FILE = Path(__file__).parent / "data" / "fields.crf"
_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class Tagged:
    """A run of words of one field; offsets are code points of the entry."""

    field: str
    """``author``, ``title``, ``date``, ``venue``, ``volume``, ``pages``, ``publisher``, ``location``, ``editor``,
    ``number`` or ``note``."""
    start: int
    end: int


def tag_fields(entry: str) -> list[Tagged]:
    """The entry's fields in text order; one field can stand in several runs."""
    spans = words_of(entry)
    if not spans:
        return []
    with _LOCK:  # a tagger holds one entry at a time
        labels = _tagger().tag(features([entry[start:end] for start, end in spans]))
    runs = []
    for field, run in groupby(zip(labels, spans, strict=True), key=lambda pair: pair[0]):
        found = [span for _, span in run]
        runs.append(Tagged(field, found[0][0], found[-1][1]))
    return runs


@cache
def _tagger() -> pycrfsuite.Tagger:
    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    tagger.open(str(MODEL_FILE))
    return tagger
