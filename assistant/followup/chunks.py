"""Noun phrases of a question, found without a parser: what lies between words of grammar, verbs and punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.followup.words import Word, content_stems, is_function, is_general, is_name, is_verb, split, stem

__all__ = ["Chunk", "chunks"]

_DETERMINERS = frozenset("the a an some any this that these those my your our each every all both no another".split())
_BEFORE_NOUNS = _DETERMINERS | frozenset("of in on for with about from by between into its their his her".split())
_MAX_WORDS = 7
_INNER = frozenset(("of",))


@dataclass(frozen=True, slots=True)
class Chunk:
    """A noun phrase of a text, as far as word lists can tell."""

    text: str
    """As it stands there, without determiner and quotation marks."""
    start: int
    end: int
    words: tuple[Word, ...]
    determiner: str
    """In lower case; empty where there is none."""
    before: str
    """The word before it and its determiner, in lower case."""
    name: bool
    """Some word looks like part of a name."""
    quoted: bool
    place: int
    """Its number in the text, from 0."""

    @property
    def stems(self) -> frozenset[str]:
        """The stems of its telling words."""
        return content_stems(self.text)

    @property
    def head(self) -> str:
        """The stem of its main word: the last, or the one before "of"."""
        return stem(self._head_word.base)

    @property
    def plural(self) -> bool:
        """Whether it looks like several things: joined by "and", or a head that ends like a plural."""
        if any(word.lower == "and" for word in self.words):
            return True
        word = self._head_word.base
        return word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3

    @property
    def general(self) -> float:
        """The share of its words that name no subject of their own."""
        telling = [word for word in self.words if not is_function(word)]
        return sum(is_general(word) for word in telling) / len(telling) if telling else 1.0

    @property
    def plain_words(self) -> int:
        """How many of its words do not look like part of a name."""
        return sum(not is_name(word, first=False) for word in self.words)

    @property
    def _head_word(self) -> Word:
        inner = next((n for n, word in enumerate(self.words) if word.lower in _INNER and n), len(self.words))
        return self.words[inner - 1]

    def shortens(self, other: Chunk) -> bool:
        """Whether it is a short form of ``other``: "Treebank" is one of "Penn Treebank", "Penn" is none.

        It must name a subject and have the same main word.
        """
        return self.general < 1 and self.head == other.head and self.stems < other.stems

    def phrase(self) -> str:
        """The chunk to be put into another sentence: with "the" where it had one, without its possessive ending."""
        text = re.sub(r"['’]s$", "", self.text)
        return f"the {text}" if self.determiner == "the" else text


def chunks(text: str) -> list[Chunk]:
    """The noun phrases of ``text`` in order; with the parts that can stand alone.

    >>> [chunk.text for chunk in chunks("How does the history of copyright affect Great Britain?")]
    ['history of copyright', 'history', 'copyright', 'Great Britain']
    >>> [chunk.text for chunk in chunks("Is the main river long?")]
    ['main river long', 'river']
    """
    found: list[Chunk] = []
    words = split(text)
    opening = _sentence_openings(text, words)
    for low, high in _runs(text, words):
        found.extend(_with_parts(text, words, low, high, opening, len(found)))
    return found


def _runs(text: str, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Index ranges of words that belong together."""
    low = 0
    while low < len(words):
        if not _starts(words, low):
            low += 1
            continue
        high = low + 1
        while high < len(words) and high - low < _MAX_WORDS and (grown := _grown(text, words, high)):
            high = grown
        yield low, high
        low = high


def _starts(words: Sequence[Word], place: int) -> bool:
    word = words[place]
    return not is_function(word) and not _acts(words, place)


def _acts(words: Sequence[Word], place: int) -> bool:
    """Whether the word at ``place`` is a verb in use, and no noun of the same form."""
    word = words[place]
    if not is_verb(word) or (place and word.text[0].isupper()) or word.text.isupper():
        return False
    if not place:
        return True
    before = words[place - 1]
    qualified = is_general(before) and not is_verb(before)
    return not qualified and (before.lower not in _BEFORE_NOUNS or before.lower in ("that", "all", "both"))


def _grown(text: str, words: Sequence[Word], high: int) -> int:
    """The end of a run with the word at ``high`` added, and what joins it; 0 where it ends before."""
    if not _adjoin(text, words, high):
        return 0
    if _starts(words, high):
        return high + 1
    word = words[high].lower
    after = high + 1
    if word == "of" and after < len(words) and words[after].lower in ("the", "a", "an"):
        after += 1
    joined = after < len(words) and all(_adjoin(text, words, n) for n in range(high + 1, after + 1))
    if not joined or not _starts(words, after):
        return 0
    names = words[high - 1].text[0].isupper() and words[after].text[0].isupper()
    return after + 1 if word == "of" or (word in ("and", "&") and names) else 0


def _adjoin(text: str, words: Sequence[Word], place: int) -> bool:
    """Whether only a space stands before the word at ``place``."""
    return text[words[place - 1].end : words[place].start].strip(" \t-–") == ""


def _with_parts(
    text: str, words: Sequence[Word], low: int, high: int, opening: frozenset[int], number: int
) -> Iterator[Chunk]:
    ranges = dict.fromkeys([(low, high), *_parts(words, low, high)])
    for offset, (first, last) in enumerate(ranges):
        yield _chunk(text, words, first, last, opening, number + offset)


def _parts(words: Sequence[Word], low: int, high: int) -> Iterator[tuple[int, int]]:
    """Index ranges inside a run that can stand alone: around "of", without general words at its ends."""
    cuts = [n for n in range(low + 1, high - 1) if words[n].lower == "of"]
    for cut in cuts[:1]:
        yield low, cut
        rest = cut
        while rest < high - 1 and is_function(words[rest]):
            rest += 1
        yield rest, high
    first, last = low, high
    while first < last - 1 and _qualifies(words[first]):
        first += 1
    while last > first + 1 and _qualifies(words[last - 1]):
        last -= 1
    if not any(words[n].lower == "of" for n in range(first, last)):
        yield first, last


def _qualifies(word: Word) -> bool:
    """Whether a word at the end of a phrase can be left out; "Great" of "Great Britain" cannot."""
    return is_general(word) and word.text.islower()


def _chunk(text: str, words: Sequence[Word], low: int, high: int, opening: frozenset[int], number: int) -> Chunk:
    inside = tuple(words[low:high])
    determiner = words[low - 1].lower if low and words[low - 1].lower in _DETERMINERS else ""
    earlier = low - 1 - bool(determiner)
    start, end = inside[0].start, inside[-1].end
    return Chunk(
        text=text[start:end],
        start=start,
        end=end,
        words=inside,
        determiner=determiner,
        before=words[earlier].lower if earlier >= 0 else "",
        name=any(is_name(word, first=word.start in opening) for word in inside),
        quoted=text[max(0, start - 1) : start] in ('"', "“", "‘", "«") and start > 0,
        place=number,
    )


def _sentence_openings(text: str, words: Sequence[Word]) -> frozenset[int]:
    return frozenset(
        word.start for n, word in enumerate(words) if not n or re.search(r"[.!?:]", text[words[n - 1].end : word.start])
    )
