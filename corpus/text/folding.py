"""Text folded for comparison: the differences that typesetting and typing make are removed.

`fold` keeps the way back to the offsets of the text; `bare_letters` and `latin_words` are keys for titles and names.
Ligatures, Unicode form and line-end hyphens are resolved in canonical text already; `unbroken` does the same for a
quotation that a person or a model wrote.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

from corpus.model import Span
from corpus.text.repair import LIGATURES, normalise

__all__ = ["Folded", "bare_letters", "fold", "fold_loosely", "latin_words", "unbroken"]

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_MARKS = "'`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\uff02\uff07"
_TABLE = str.maketrans(dict.fromkeys(_DASHES, "-") | dict.fromkeys(_MARKS, '"'))
_PRIMES = str.maketrans(dict.fromkeys("\u2032\u2033", '"'))
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"

# All that can change its length: invisible characters, dashes and quotation marks in a row (TeX writes "--" and
# "``"), and all white space but a single space between two words.
_VARYING = re.compile(rf'-(?:[{_INVISIBLE}]*-)+|"(?:[\s{_INVISIBLE}]*")+|(?!(?<=\w)\x20(?=\w))[\s{_INVISIBLE}]+')
_LOOSE = re.compile(
    rf"[\s{_INVISIBLE}\u200c-\u200f\u2061-\u2064\u058a\u05be\u2e3a\u2e3b\u301c\u3030\ufe31\ufe32-]+"
    f"|[{''.join(LIGATURES)}]"
)
# What a PDF viewer copies for a hyphen that only the line has.
_LINE_HYPHEN = re.compile(r"[\u00ad\u0002\ufffe]\s*(?=\w)")
_HYPHEN_AND_SPACE = re.compile(r"(?<=[^\W\d_])[-\u2010\u2011]\s+(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; offsets lead back to the text that was folded."""

    text: str
    _starts: tuple[int, ...]
    """Where the unchanged runs begin in ``text``."""
    _origins: tuple[int, ...]
    """Where the same runs begin in the original."""

    def original(self, start: int, end: int) -> Span:
        """The span of the original that ``text[start:end]``, at least one character, was folded from."""
        return Span(self._origin(start), self._origin(end - 1) + 1)

    def _origin(self, offset: int) -> int:
        run = bisect_right(self._starts, offset) - 1
        origin = self._origins[run] + offset - self._starts[run]
        # Replacements belong to the run before them; a ligature's letters all lead back to the ligature.
        return min(origin, self._origins[run + 1] - 1) if run + 1 < len(self._origins) else origin


@lru_cache(maxsize=64)
def fold(text: str) -> Folded:
    """Fold ``text``, which is in NFC without ligatures, for the check of quotations.

    Folded are kinds of dash and of quotation mark, white space and invisible characters. Letters, case, digits and all
    other punctuation stay.

    >>> fold("a\\u2013b :  \\u201cx\\u201d,\\n3. 5").text
    'a-b:"x",3. 5'
    """
    return _fold(text, _VARYING, _kept)


@lru_cache(maxsize=8)
def fold_loosely(text: str) -> Folded:
    """Fold ``text`` for finding known words again: without white space, hyphens and dashes, with ligatures expanded.

    >>> fold_loosely("e\\ufb03c-\\nient ‘x’").text
    'efficient"x"'
    """
    return _fold(text.translate(_PRIMES), _LOOSE, lambda text, start, _: LIGATURES.get(text[start], ""))


def _fold(text: str, varying: re.Pattern[str], kept: Callable[[str, int, int], str]) -> Folded:
    """Replace each match of ``varying`` by what is ``kept`` of it, after dashes and quotation marks are unified."""
    translated = text.translate(_TABLE)
    pieces: list[str] = []
    starts, origins = [0], [0]
    length = taken = 0
    for match in varying.finditer(translated):
        replacement = kept(translated, match.start(), match.end())
        pieces += (translated[taken : match.start()], replacement)
        length += match.start() - taken + len(replacement)
        taken = match.end()
        starts.append(length)
        origins.append(taken)
    pieces.append(translated[taken:])
    return Folded("".join(pieces), tuple(starts), tuple(origins))


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


def unbroken(quotation: str) -> tuple[str, ...]:
    """A quotation in canonical characters, cut where a hyphen may belong to the word or only to the line.

    >>> unbroken("an exam\\u00ad\\nple of mixed-\\nmode")
    ('an example of mixed', 'mode')
    """
    return tuple(_HYPHEN_AND_SPACE.split(normalise(_LINE_HYPHEN.sub("", quotation))))


def bare_letters(text: str) -> str:
    """Letters and digits of any script alone, without accents and case.

    >>> bare_letters("2. Naïve “Bayes”")
    '2naivebayes'
    """
    return "".join(char for char in unicodedata.normalize("NFKD", text).casefold() if char.isalnum())


def latin_words(text: str) -> list[str]:
    """The words of ``text`` in Latin letters and digits, without accents and case.

    >>> latin_words("Schütze’s “Б-Plan”")
    ['schutze', 's', 'b', 'plan']
    """
    return re.findall(r"[a-z0-9]+", str(anyascii(text)).casefold())
