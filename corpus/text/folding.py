"""Text folded for comparing quotations, with the way back to the offsets of the text itself.

Folded are the differences that typesetting and typing make: kinds of dash, kinds of quotation mark, white space, soft
hyphens. Letters, case, digits and all other marks stay. Ligatures, Unicode form and line-end hyphens are settled in
canonical text already (`corpus.text`); `unbroken` does the same for what a person or a model wrote.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from corpus.model import Span
from corpus.text.repair import normalise

__all__ = ["Folded", "fold", "unbroken"]

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"

_MARKS = "'`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\uff02\uff07"

_TABLE = str.maketrans(dict.fromkeys(_DASHES, "-") | dict.fromkeys(_MARKS, '"'))

_INVISIBLE = "\u00ad\u200b\u2060\ufeff"

# Everything that may change its length: invisible marks, dashes and quotation marks in a row (TeX writes "--" and
# "``"), and all white space but a single space between two words.
_VARYING = re.compile(rf'-(?:[{_INVISIBLE}]*-)+|"(?:[\s{_INVISIBLE}]*")+|(?!(?<=\w)\x20(?=\w))[\s{_INVISIBLE}]+')

# What a PDF viewer copies for a hyphen that only the line has.
_LINE_HYPHEN = re.compile(r"[\u00ad\u0002\ufffe]\s*(?=\w)")

_HYPHEN_AND_SPACE = re.compile(r"(?<=[^\W\d_])[-\u2010\u2011]\s+(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; offsets lead back to the text that was folded."""

    text: str
    _starts: tuple[int, ...]
    """Where runs that were taken over whole begin in ``text``."""
    _origins: tuple[int, ...]
    """Where the same runs begin in the original."""

    def original(self, start: int, end: int) -> Span:
        """The span of the original that ``text[start:end]``, at least a character, was folded from."""
        return Span(self._origin(start), self._origin(end - 1) + 1)

    def _origin(self, offset: int) -> int:
        run = bisect_right(self._starts, offset) - 1
        return self._origins[run] + offset - self._starts[run]


@lru_cache(maxsize=64)
def fold(text: str) -> Folded:
    """Fold ``text``, which is in NFC without ligatures, as canonical text is.

    >>> fold("a\\u2013b :  \\u201cx\\u201d,\\n3. 5").text
    'a-b:"x",3. 5'
    """
    translated = text.translate(_TABLE)
    pieces: list[str] = []
    starts, origins = [0], [0]
    length = taken = 0
    for match in _VARYING.finditer(translated):
        kept = _kept(translated, match.start(), match.end())
        pieces += (translated[taken : match.start()], kept)
        length += match.start() - taken + len(kept)
        taken = match.end()
        starts.append(length)
        origins.append(taken)
    pieces.append(translated[taken:])
    return Folded("".join(pieces), tuple(starts), tuple(origins))


def unbroken(quotation: str) -> tuple[str, ...]:
    """A quotation in canonical characters, cut where a hyphen may be a word's or only a line's.

    >>> unbroken("an exam\\u00ad\\nple of mixed-\\nmode")
    ('an example of mixed', 'mode')
    """
    return tuple(_HYPHEN_AND_SPACE.split(normalise(_LINE_HYPHEN.sub("", quotation))))


def _kept(text: str, start: int, end: int) -> str:
    """What stays of a varying run: one mark, one space between words, or nothing."""
    run = text[start:end]
    if run[0] in '-"':
        return run[0]
    if all(char in _INVISIBLE for char in run):
        return ""
    before, after = text[start - 1 : start], text[end : end + 1]
    if _in_word(before) and _in_word(after):
        return " "
    # "3. 5" and "1, 000" keep the space: without it they would be other numbers.
    split_number = before in ".,:" and text[start - 2 : start - 1].isdigit() and after.isdigit()
    return " " if split_number and start > 1 else ""


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_"
