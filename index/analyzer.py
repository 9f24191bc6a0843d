"""Text to terms: the forms under which words are filed and looked up.

A word becomes one term: lower case, accents removed, one spelling for British and American, Porter's stem. Letters
and figures written together are filed as written and apart, for "IL6" is also written "IL-6"; a word like "pretraining"
as its two parts, for it is also written "pre-training"; Greek letters by their names, for "TNF-α" is also written
"TNF-alpha". Chinese, Japanese and Korean have no spaces to cut at; there every two
neighbouring characters are a term (and the last character by itself), so that a stretch of any length is found as a
phrase.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.compounds import parted
from index.spelling import american

__all__ = ["Hashes", "is_ideographic", "is_mixed", "stem", "stems", "term_hash", "term_hashes", "terms"]

Hashes = NDArray[np.uint32]
"""CRC-32 of terms, in text order."""

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_SHORTEST, _LONGEST = 3, 64
"""Bytes; shorter and longer words have no stem."""
_RUN = re.compile(r"\d+|[^\W\d_]+")
_MIXED = re.compile(r"\d[^\W\d_]|[^\W\d_]\d")
_GREEK = {
    ord(letter): f" {name} "
    for letter, name in zip(
        "αβγδεζηθικλμνξοπρςστυφχψω",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau"
        " upsilon phi chi psi omega".split(),
        strict=True,
    )
}
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"})
"""Letters that are no other letter with an accent."""
_GREEK_WORD = re.compile(r"[α-ωά-ώ]{3,}")
"""Greek prose stays Greek."""
_IDEOGRAPHIC = re.compile(
    "[\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+"
)


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    from Stemmer import Stemmer

    return Stemmer("porter")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The term of a lower-case word.

    >>> stem("colours"), stem("café"), stem("organising") == stem("organization")
    ('color', 'cafe', True)
    """
    if not word.isascii():
        bare = unicodedata.normalize("NFD", word.translate(_LETTERS))
        plain = "".join(char for char in bare if not unicodedata.combining(char))
        word = unicodedata.normalize("NFC", plain).encode("utf-8", "replace").decode()
    if not _SHORTEST <= len(word.encode()) <= _LONGEST:
        return word
    return str(_stemmer().stemWord(american(word)))


def terms(text: str) -> Iterator[str]:
    """Every term of ``text``, in order.

    >>> list(terms("Labelled data: 語言模型"))
    ['label', 'data', '語言', '言模', '模型', '型']
    >>> list(terms("TNF-α, GPT3, datasets"))
    ['tnf', 'alpha', 'gpt3', 'gpt', '3', 'data', 'set']
    """
    for word in _WORD.findall(text):
        yield from _forms(word.lower()) if word.isascii() else _foreign(word.lower())


def stems(text: str) -> set[str]:
    """The distinct terms of ``text``."""
    return set(terms(text))


def is_ideographic(text: str) -> bool:
    """Whether ``text`` holds characters of Chinese, Japanese or Korean."""
    return _IDEOGRAPHIC.search(text) is not None


def is_mixed(word: str) -> bool:
    """Whether letters and figures stand next to each other in ``word``."""
    return _MIXED.search(word) is not None


@lru_cache(maxsize=200_000)
def term_hash(term: str) -> int:
    """The 32-bit number of a term, the same on every machine."""
    return zlib.crc32(term.encode("utf-8", "replace"))


def term_hashes(found: Iterable[str]) -> Hashes:
    """The numbers of terms, in order."""
    return np.fromiter((term_hash(term) for term in found), dtype=np.uint32)


@lru_cache(maxsize=200_000)
def _forms(word: str) -> tuple[str, ...]:
    """The terms of a lower-case word."""
    apart = _RUN.findall(word) if is_mixed(word) else ()
    return tuple(stem(part) for part in (*parted(word), *apart))


def _foreign(word: str) -> Iterator[str]:
    """The terms of a lower-case word with other letters than those of English."""
    parts = [word] if _GREEK_WORD.search(word) else word.translate(_GREEK).split()
    for part in parts:
        yield from _ideographic(part) if _IDEOGRAPHIC.search(part) else _forms(part)


def _ideographic(word: str) -> Iterator[str]:
    """Terms of a word in which ideographic stretches may stand next to letters."""
    done = 0
    for match in _IDEOGRAPHIC.finditer(word):
        if match.start() > done:
            yield stem(word[done : match.start()])
        run = match.group()
        yield from (run[i : i + 2] for i in range(len(run)))
        done = match.end()
    if done < len(word):
        yield stem(word[done:])
