"""Words of a question with their places, and which of them can belong to a subject."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index.analyzer import stem

__all__ = ["Word", "content_stems", "is_function", "is_general", "is_name", "is_verb", "split", "stem", "stop_words"]

_WORD = re.compile(r"[^\W_]+(?:[-'’.&/+][^\W_]+)*[+#]*")
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands in a text."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """In lower case, with a straight apostrophe."""
        return self.text.lower().replace("’", "'")

    @property
    def base(self) -> str:
        """Lower case, without the ending of the possessive."""
        return _POSSESSIVE.sub("", self.lower)


def split(text: str) -> list[Word]:
    """The words of ``text`` in order.

    >>> [word.text for word in split("What is C++'s state-of-the-art?")]
    ['What', 'is', 'C++', 's', 'state-of-the-art']
    """
    return [Word(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]


def is_function(word: Word) -> bool:
    """Whether a word is one of grammar or small talk; capitals tell the names IT, WHO and US apart."""
    if len(word.text) > 1 and word.text.isupper() and word.text not in ("I'M", "I'D"):
        return False
    return word.lower in _function_words() or len(word.base) < 1


def is_verb(word: Word) -> bool:
    """Whether a word is a common verb, in any of its forms."""
    return word.lower in _words("verbs.txt") or (word.text.islower() and stem(word.lower) in _verb_stems())


def is_general(word: Word) -> bool:
    """Whether a word says what is asked about a subject rather than which subject: "main", "effects"."""
    return word.base in _words("general_words.txt")


def is_name(word: Word, *, first: bool) -> bool:
    """Whether a word looks like part of a name: an acronym, inner capitals, or a capital not due to its place.

    ``first`` says that the word begins a sentence.
    """
    text = word.text
    if any(char.isupper() for char in text[1:]) or any(char.isdigit() for char in text):
        return True
    return text[0].isupper() and not first


def content_stems(text: str) -> frozenset[str]:
    """The stems of the words of ``text`` that can belong to a subject."""
    return frozenset(stem(word.base) for word in split(text) if not is_function(word))


@cache
def stop_words() -> frozenset[str]:
    """English words that say nothing about a question's subject, as the full-text index has them."""
    return _read("index", "data/stopwords.txt")


@cache
def _function_words() -> frozenset[str]:
    return _words("function_words.txt") | stop_words()


@cache
def _verb_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in _words("verbs.txt"))


@cache
def _words(name: str) -> frozenset[str]:
    return _read("assistant.followup", f"data/{name}")


def _read(package: str, path: str) -> frozenset[str]:
    text = files(package).joinpath(path).read_text("utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
