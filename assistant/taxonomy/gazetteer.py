"""Finds the names and words that a question is made of: the longest first, misspelt ones by their nearest form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from typing import Any

from assistant.taxonomy.table_files import data_rows

__all__ = ["Gazetteer", "Mention", "Word", "key_of", "nearest", "shared_words", "stem_of", "words_of"]

UNCLAIMED = ""
"""The sort of a word that no entry claims."""
_TOKEN = re.compile(
    r"[\"'“‘(]\s?\?\s?[\"'”’)]|(?<=\s)\?(?=\s\w)|\bn/a\b|[^\W\d_]+(?:['’´][^\W\d_]+)?|\d+(?:[.,]\d+)*|[-=]>|!=|[<>]=?|==?|[≤≥+%#&→]",
    re.IGNORECASE,
)
_SHORTENED = {"wo": "will", "ca": "can", "sha": "shall"}
_LONGEST = 8
_SHORT, _LONG = 5, 6
"""A name of so many letters is corrected by one letter, of so many by two."""
_SHORTEST = 2
"""A word of so few letters is no misspelt part of a name but something else, ``PaLM-E``."""
_SPELT = 6
"""Shortest word of the grammar that is corrected by a letter; in shorter ones two neighbours may be swapped."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word or number of a question."""

    key: str
    """In small letters, accents kept, without ``'s``."""
    text: str
    start: int
    end: int
    gap: str
    """What stands between it and the word before it."""

    @property
    def is_number(self) -> bool:
        """Whether it is a number."""
        return self.key[:1].isdigit()

    @property
    def is_name(self) -> bool:
        """Whether it is written as a name."""
        return self.text[:1].isupper() or (self.is_number and self.gap == "-")

    @property
    def is_joined(self) -> bool:
        """Whether it belongs to the same written word as the one before it, as ``4`` and ``o`` in ``GPT-4o``."""
        return self.gap in ("", "-")


@lru_cache(maxsize=8192)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text, letters and figures apart: ``GPT-3.5`` gives ``gpt`` and ``3.5``."""
    found: list[Word] = []
    last = 0
    for match in _TOKEN.finditer(text):
        written, gap = match[0], text[last : match.start()]
        last = match.end()
        bare = written if written.isalpha() else re.sub("['’´](s|d|ll|m|re|ve)$", "", written)
        for key in _keys(written):
            found.append(Word(key, bare, match.start(), match.start() + len(bare), gap))
            gap = " "
    return tuple(found)


def _keys(written: str) -> tuple[str, ...]:
    if written.isascii() and written.isalpha():
        return (written.lower(),)
    if "?" in written:
        return ("?",)
    plain = unicodedata.normalize("NFKC", written).casefold()
    if plain[0].isdigit():
        parts = plain.split(",")
        return (plain.replace(",", ""),) if all(len(part) == 3 for part in parts[1:]) else tuple(parts)
    head, mark, tail = re.sub("[’´]", "'", plain).partition("'")
    if not mark:
        return (plain,)
    if head.endswith("n") and tail == "t":
        bare = head[:-1]
        return (_SHORTENED.get(bare, bare), "not")
    return (head,) if tail in ("s", "d", "ll", "m", "re", "ve") else (head, tail)


@lru_cache(maxsize=65536)
def key_of(name: str) -> str:
    """A name as it is looked up: its words, joined by spaces."""
    return " ".join(word.key for word in words_of(name))


@lru_cache(maxsize=65536)
def stem_of(word: str) -> str:
    """The stem of a word."""
    return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> Any:
    from Stemmer import Stemmer

    return Stemmer("porter")


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a question and what it stands for; without a sort it is an unclaimed word."""

    sort: str
    value: str
    first: int
    """Its first word."""
    last: int
    """The word behind it."""
    text: str


class Gazetteer:
    """Names and words with what they stand for; a table's own come before the shared ones."""

    def __init__(self, shared: Gazetteer | None = None) -> None:
        self._shared = shared
        self._exact: dict[str, tuple[str, str]] = {}
        self._stemmed: dict[str, tuple[str, str]] = {}

    def add(self, phrase: str, sort: str, value: str = "") -> None:
        """Add an entry, unless the phrase has one; ``~`` behind a word of it admits every inflection."""
        if not key_of(phrase):
            self._exact.setdefault(phrase, (sort, value))
        elif "~" in phrase:
            key = " ".join(stem_of(word) for word in key_of(phrase.replace("~", "")).split())
            self._stemmed.setdefault(key, (sort, value))
        else:
            self._exact.setdefault(key_of(phrase), (sort, value))

    def add_all(self, phrases: Iterable[str], sort: str, value: str = "") -> None:
        """Add entries that stand for the same."""
        for phrase in phrases:
            self.add(phrase, sort, value)

    def read(self, folder: str) -> None:
        """Add the entries of a folder's file of words."""
        for row in data_rows(folder, "words.csv"):
            self.add(row["phrase"], row["sort"], row["value"])

    def find(self, key: str, stemmed: str) -> tuple[str, str] | None:
        """The sort and the value of a phrase."""
        above = self._shared
        exact = self._exact.get(key) or (above._exact.get(key) if above else None)
        return exact or self._stemmed.get(stemmed) or (above._stemmed.get(stemmed) if above else None)

    def claim(self, words: Sequence[Word], question: str) -> list[Mention]:
        """Every word of a question in mentions, the longest entries from the left."""
        keys = [word.key for word in words]
        stems = [stem_of(key) for key in keys]
        mentions, at = [], 0
        while at < len(words):
            entry, end = ("number" if words[at].is_number else UNCLAIMED, ""), at + 1
            for stop in range(min(len(words), at + _LONGEST), at, -1):
                if found := self.find(" ".join(keys[at:stop]), " ".join(stems[at:stop])):
                    entry, end = found, stop
                    break
            text = question[words[at].start : words[end - 1].end]
            mentions.append(Mention(*entry, at, end, text))
            at = end
        return mentions

    def named(self, sorts: Sequence[str]) -> dict[str, tuple[str, str]]:
        """The exact entries of some sorts, by their keys."""
        return {key: entry for key, entry in self._exact.items() if entry[0] in sorts}

    def prepare(self) -> None:
        """Build what corrections need, so that the first one is as quick as the others."""
        self.corrected(words_of("xqxqxqx"), "xqxqxqx")

    @cached_property
    def _spellings(self) -> dict[tuple[str, ...], dict[str, str]]:
        """The keys of names by the numbers in them, then by their letters without spaces."""
        found: dict[tuple[str, ...], dict[str, str]] = {}
        for key in self.named(("thing", "family", "value", "other")):
            numbers = tuple(word for word in key.split() if word[0].isdigit())
            found.setdefault(numbers, {})[key.replace(" ", "")] = key
        return found

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        sorts = ("part", "matter", "grade", "field", "publish", "things")
        words = {word for key in self.named(sorts) for word in key.split()} | _words_of_asking("things", "howopen")
        return frozenset(word for word in words if word.isalpha() and len(word) >= _SHORT - 1)

    def corrected(self, words: Sequence[Word], question: str) -> tuple[tuple[Word, ...], tuple[str, ...]]:
        """The words with misspelt names and terms put right, and what was changed; a number is never changed."""
        unclaimed = [m for m in self.claim(words, question) if not m.sort]
        free = {n for mention in unclaimed for n in range(mention.first, mention.last)}
        free = {n for n in free if words[n].key.isalpha() and words[n].key not in unlike()}
        out, changes, at = [], [], 0
        while at < len(words):
            size, key = (self._correction(words, free, at) if free else None) or (1, "")
            first, last = words[at], words[at + size - 1]
            at += size
            if not key:
                out.append(first)
                continue
            gaps = [first.gap, *" " * key.count(" ")]
            out += [replace(first, key=k, end=last.end, gap=gap) for k, gap in zip(key.split(), gaps, strict=True)]
            sort, value = self.find(key, "") or ("", "")
            changes.append(f"{question[first.start : last.end]} → {value if sort in ('thing', 'family') else key}")
        return tuple(out), tuple(changes)

    def _correction(self, words: Sequence[Word], free: set[int], at: int) -> tuple[int, str] | None:
        """How many words from here on mean another phrase, and which; a longer stretch before a shorter one."""
        for size in (4, 3, 2, 1):
            stretch = words[at : at + size]
            missed = [n for n in range(at, at + size) if n in free]
            if len(stretch) < size or not missed or any(word.gap not in (" ", "-", "") for word in stretch[1:]):
                continue
            versioned = at + size < len(words) and words[at + size].is_number
            if stretch[0].is_number or (versioned and len(missed) < size):
                continue
            right = [word.key for n, word in enumerate(stretch, at) if n not in free and not word.is_number]
            strict = not set(right) <= {"b", "m"}
            alone = any(len(words[n].key) <= _SHORTEST for n in missed)
            if not (strict and alone) and (key := self._name_like(stretch, strict=strict)):
                return size, key
        return (1, word) if at in free and (word := self._word_like(words[at].key)) else None

    def _name_like(self, stretch: Sequence[Word], *, strict: bool) -> str | None:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        written = "".join(word.key for word in stretch)
        numbers = tuple(word.key for word in stretch if word.is_number)
        known = self._spellings.get(numbers, {})
        letters = sum(char.isalpha() for char in written)
        if letters < (3 if numbers else 4):
            return None
        limit = 1 if strict or letters < _SHORT else 2
        best = process.extractOne(written, known.keys(), scorer=OSA.distance, score_cutoff=limit)
        if best is None or not best[1] or not _likely(written, best[0], int(best[1])):
            return None
        if strict and best[0][0] != written[0]:
            return None
        key = known[best[0]]
        return None if self._exact[key][0] == "other" else key

    def _word_like(self, word: str) -> str | None:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        limit = 2 if len(word) >= 2 * _SHORT - 1 else 1
        known = self._vocabulary if len(word) >= _SHORT - 1 else ()
        near = [name for name, _, _ in process.extract(word, known, scorer=OSA.distance, score_cutoff=limit, limit=9)]
        near = [name for name in near if name[0] == word[0] and not name.startswith(word) and not word.startswith(name)]
        likely = [name for name in near if len(name) >= _SPELT or set(word) == set(name)]
        asking = _words_of_asking("which", "what", "level", "licence")
        swapped = [name for name in asking if sorted(name) == sorted(word) and name[0] == word[0]]
        return next(iter((*likely, *swapped)), None)


def _likely(written: str, name: str, distance: int) -> bool:
    """Whether a misspelling is likely enough: short names by one letter, by two only with the same beginning."""
    letters = sum(char.isalpha() for char in name)
    if letters < _SHORT - 1:
        return distance == 1 and sorted(written) == sorted(name)
    if distance < 2:
        return letters >= _SHORT or written[0] == name[0]
    doubled = "".join(dict.fromkeys(written)) == "".join(dict.fromkeys(name))
    return written[0] == name[0] and (letters >= _LONG or doubled)


def nearest(name: str, known: Sequence[str], count: int = 3) -> tuple[str, ...]:
    """The names that look most like one that is not there."""
    from rapidfuzz.distance import JaroWinkler

    wanted = key_of(name)
    return tuple(sorted(known, key=lambda item: -float(JaroWinkler.similarity(wanted, key_of(item))))[:count])


@cache
def shared_words() -> Gazetteer:
    """The words by which any table is asked."""
    gazetteer = Gazetteer()
    gazetteer.read("grammar")
    return gazetteer


@cache
def _words_of_asking(*sorts: str) -> frozenset[str]:
    return frozenset(key for key in shared_words().named(sorts) if " " not in key)


@cache
def unlike() -> frozenset[str]:
    """Words of the language that lie near a name or a term and are never taken for it."""
    return frozenset(row["word"] for row in data_rows("grammar", "unlike.csv"))
