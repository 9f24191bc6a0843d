"""Noun phrases of a question, and the anaphora in it: pronouns and phrases whose referent was named in an earlier question.

There is no parser. Three word lists (grammar, verbs, general words) tag each word, and a regular expression over the tags
finds the noun phrases. A question that neither contains an anaphor nor lacks a subject stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

from index.analyzer import stem

__all__ = ["Form", "NounPhrase", "Question", "Slot", "noun_phrases", "parse", "stop_words"]

Form = Literal["thing", "things", "person"]

_PRONOUNS: dict[str, Form] = (
    dict.fromkeys(("it", "its", "itself"), "thing")
    | dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "things")
    | dict.fromkeys(("he", "him", "his", "she", "her"), "person")
)
_DEMONSTRATIVES = frozenset("this that these those".split())
_ARTICLES = frozenset("the a an".split())
_DETERMINERS = _ARTICLES | _DEMONSTRATIVES | frozenset("some any my your our each every all both no another".split())
_BEFORE_NOUNS = (_DETERMINERS - frozenset("that all both".split())) | frozenset(
    "of in on for with about from by between into its their his her".split()
)
_WORD = re.compile(r"[^\W_]+(?:[-'’.&/+][^\W_]+)*[+#]*")
_PHRASE = re.compile(r"[NnCc](?:[NC]|OA?[NC]|(?<=[Cc])&C){0,6}")
"""Noun phrase over tags: N noun, C capitalised noun (n and c: after punctuation), O "of", A article, & "and"."""
_OPENING = re.compile(r"\s*(?:(?:and|but|so)\b[\s,]*)*(?:(?:what|how) about|what of|and|same for)\b[\s,]*(?=\S)", re.IGNORECASE)
_DUMMY_IT = re.compile(r"\b(?:is|was)\s+it\s+(?:\w+\s+)?\w+\s+(?:to|that)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…]+\s+(?=\S)")
_INTRODUCTION = re.compile(
    r"(?:.*[.!?,])?\s*(?:(?:what|who)(?:['’]s| is| are| was| were)|tell me (?:more )?about|(?:how|what) about|describe|explain"
    r"|define)\s+(?:the |a |an )?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Word:
    """A word of a text, with its place."""

    text: str
    start: int
    end: int
    opens: bool
    """Whether it begins a sentence, where a capital does not mark a name."""

    @cached_property
    def lower(self) -> str:
        """The word in lower case, with a straight apostrophe."""
        return self.text.lower().replace("’", "'")

    @cached_property
    def base(self) -> str:
        """The word in lower case, without possessive ending."""
        return re.sub(r"'s?$", "", self.lower)

    @cached_property
    def is_content(self) -> bool:
        """Whether it can belong to a subject: neither grammar nor small talk; capitals set the names IT and WHO apart."""
        if len(self.text) > 1 and self.text.isupper() and "'" not in self.lower:
            return True
        return bool(self.base) and self.lower not in _function_words()

    @cached_property
    def is_verb(self) -> bool:
        """Whether it is a form of a common verb."""
        return self.lower in _listed("verbs.txt") or (self.text.islower() and stem(self.lower) in _verb_stems())

    @cached_property
    def is_general(self) -> bool:
        """Whether it says what is asked about a subject rather than which subject: "main", "effects"."""
        return self.base in _listed("general_words.txt")

    @property
    def is_name(self) -> bool:
        """Whether it looks like part of a name: an inner capital, a digit, or a capital not due to its place."""
        inner = any(char.isupper() for char in self.text[1:]) or any(char.isdigit() for char in self.text)
        return inner or (self.text[0].isupper() and not self.opens)


@dataclass(frozen=True)
class NounPhrase:
    """A noun phrase of a question, without determiner."""

    text: str
    words: tuple[Word, ...]
    determiner: str
    """Lower case; empty where there is none."""
    before: str
    """The word before the phrase and its determiner, lower case."""

    @property
    def start(self) -> int:
        """Offset of its first character in the question."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Offset behind its last character."""
        return self.words[-1].end

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of its content words."""
        return frozenset(stem(word.base) for word in self.words if word.is_content)

    @cached_property
    def general(self) -> float:
        """Share of its content words that are general, 0 to 1."""
        content = [word for word in self.words if word.is_content]
        return sum(word.is_general for word in content) / len(content) if content else 1.0

    @cached_property
    def head(self) -> str:
        """Its main word, without possessive ending: the last, or the one before "of"."""
        of = next((n for n, word in enumerate(self.words) if word.lower == "of" and n), len(self.words))
        return self.words[of - 1].base

    @property
    def plural(self) -> bool:
        """Whether it looks like several things: a coordination, or a head with a plural ending."""
        ending = self.head.endswith("s") and not self.head.endswith(("ss", "us", "is")) and len(self.head) > 3
        return ending or any(word.lower == "and" for word in self.words)

    @property
    def is_name(self) -> bool:
        """Whether one of its words looks like part of a name."""
        return any(word.is_name for word in self.words)

    @property
    def mention(self) -> str:
        """The phrase as it is put into another question: with its "the", without possessive ending."""
        text = re.sub(r"['’]s$", "", self.text)
        return f"the {text}" if self.determiner == "the" else text

    def shortens(self, other: NounPhrase) -> bool:
        """Whether it is a short form of ``other`` with the same head: "Treebank" for "Penn Treebank"."""
        return self.general < 1 and self.stems < other.stems and stem(self.head) == stem(other.head)


@dataclass(frozen=True)
class Slot:
    """An anaphor whose referent is not in the question itself, so that a phrase of an earlier question can replace it."""

    start: int
    end: int
    form: Form
    possessive: bool = False


@dataclass(frozen=True)
class Question:
    """A question with what it says itself and where it refers back."""

    text: str
    words: tuple[Word, ...]
    phrases: tuple[NounPhrase, ...]
    slots: tuple[Slot, ...]
    opening: int
    """Length of an opening such as "what about" or "and"; 0 without one."""

    @property
    def forms(self) -> frozenset[Form]:
        """Forms of its slots."""
        return frozenset(slot.form for slot in self.slots)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of its content words."""
        return frozenset(stem(word.base) for word in self.words if word.is_content)

    @cached_property
    def content_count(self) -> int:
        """Number of its content words."""
        return sum(word.is_content for word in self.words)

    @cached_property
    def own(self) -> tuple[NounPhrase, ...]:
        """Its noun phrases that name a subject: not all of their words are general."""
        return tuple(phrase for phrase in self.phrases if phrase.general < 1)

    @cached_property
    def outermost(self) -> tuple[NounPhrase, ...]:
        """Its noun phrases that are no part of a longer one."""
        ends = {phrase.start: phrase.end for phrase in reversed(self.phrases)}  # The longest of each start comes first.
        reach = 0
        return tuple(p for p in self.phrases if p.end == ends[p.start] and p.end > reach and (reach := p.end))

    @property
    def depends(self) -> bool:
        """Whether it hardly makes sense without the question before it."""
        bare = self.content_count <= 1 or (not self.own and self.content_count <= 3)
        return bool(self.slots) or self.opening > 0 or bare

    @property
    def is_complete(self) -> bool:
        """Whether it names its own subject: no anaphor, and long enough or asking what one phrase is."""
        defines = any(self.words[-1] in phrase.words and self.introduces(phrase) for phrase in self.own)
        return not self.depends and (self.content_count > 3 or defines)

    def introduces(self, phrase: NounPhrase) -> bool:
        """Whether it asks what ``phrase`` is, or to be told about it."""
        return _INTRODUCTION.match(self.text[: phrase.start]) is not None


def parse(question: str) -> Question:
    """Find the noun phrases and slots of ``question``.

    >>> parse("What are its downsides?").slots[0].possessive
    True
    >>> parse("And BLOOM?").opening
    4
    """
    words = _words(question)
    phrases = tuple(noun_phrases(question))
    opening = _OPENING.match(question)
    slots = tuple(_slots(question, words, phrases))
    return Question(question, tuple(words), phrases, slots, opening.end() if opening else 0)


def noun_phrases(text: str) -> list[NounPhrase]:
    """The noun phrases of ``text`` in order, each followed by its parts that can stand alone.

    >>> [phrase.text for phrase in noun_phrases("How does the history of copyright affect Great Britain?")]
    ['history of copyright', 'history', 'copyright', 'Great Britain']
    >>> [phrase.text for phrase in noun_phrases("Is the main river long?")]
    ['main river long', 'river']
    """
    words = _words(text)
    tags = "".join(_tag(text, words, place) for place in range(len(words)))
    found = []
    for match in _PHRASE.finditer(tags):
        for low, high in dict.fromkeys([match.span(), *_parts(words, *match.span())]):
            determiner = words[low - 1].lower if low and words[low - 1].lower in _DETERMINERS else ""
            before = low - 1 - bool(determiner)
            phrase = text[words[low].start : words[high - 1].end]
            found.append(NounPhrase(phrase, tuple(words[low:high]), determiner, words[before].lower if before >= 0 else ""))
    return found


@cache
def stop_words() -> frozenset[str]:
    """The stop words of the full-text index."""
    return _read("index", "data/stopwords.txt")


def _words(text: str) -> list[Word]:
    words: list[Word] = []
    for match in _WORD.finditer(text):
        opens = not words or re.search(r"[.!?:]", text[words[-1].end : match.start()]) is not None
        words.append(Word(match.group(), match.start(), match.end(), opens))
    return words


def _tag(text: str, words: Sequence[Word], place: int) -> str:
    """The tag of a word for ``_PHRASE``; "-" for one that belongs to no noun phrase."""
    word = words[place]
    joined = place > 0 and not text[words[place - 1].end : word.start].strip(" \t-–")
    if word.is_content and not _acts(words, place):
        tag = "C" if word.text[0].isupper() else "N"
        return tag if joined else tag.lower()
    if not joined:
        return "-"
    return {"of": "O", "and": "&", "the": "A", "a": "A", "an": "A"}.get(word.lower, "-")


def _acts(words: Sequence[Word], place: int) -> bool:
    """Whether the word at ``place`` is used as a verb; after a determiner or preposition it is a noun of the same form."""
    word = words[place]
    if not word.is_verb or (place and word.text[0].isupper()) or word.text.isupper():
        return False
    if not place:
        return True
    before = words[place - 1]
    return before.lower not in _BEFORE_NOUNS and (before.is_verb or not before.is_general)


def _parts(words: Sequence[Word], low: int, high: int) -> Iterator[tuple[int, int]]:
    """Ranges inside a phrase that can stand alone: on both sides of "of", or without general words at its ends."""
    of = next((n for n in range(low + 1, high - 1) if words[n].lower == "of"), 0)
    if of:
        yield low, of
        yield of + 1 + (words[of + 1].lower in _ARTICLES), high
        return
    first, last = low, high
    while first < last - 1 and words[first].is_general and words[first].text.islower():
        first += 1
    while last > first + 1 and words[last - 1].is_general and words[last - 1].text.islower():
        last -= 1
    yield first, last


def _slots(question: str, words: Sequence[Word], phrases: Sequence[NounPhrase]) -> Iterator[Slot]:
    dummies = [match.span() for match in _DUMMY_IT.finditer(question)]
    own = [phrase for phrase in phrases if phrase.general < 1]
    start, stop = _asking(question)
    for place, word in enumerate(words):
        pronoun = word.lower.removesuffix("'s")
        end = word.start + len(pronoun)
        if not start <= word.start < stop or word.text == "IT":
            continue
        if pronoun == "it" and any(low <= word.start < high for low, high in dummies):
            continue
        clause = max(question.rfind(mark, 0, word.start) for mark in ",;:.?!")
        if any(phrase.end <= clause for phrase in own):
            continue
        if pronoun in _PRONOUNS:
            owns = pronoun == "her" and any(phrase.start == word.end + 1 for phrase in phrases)
            possessive = owns or pronoun in ("its", "their", "his")
            if not (possessive and own and own[0].end <= word.start):
                yield Slot(word.start, end, _PRONOUNS[pronoun], possessive)
        elif pronoun in _DEMONSTRATIVES:
            noun = next((p for p in phrases if p.determiner == word.lower and 0 <= p.start - word.end <= 2), None)
            if noun is not None and noun.general == 1:
                yield Slot(word.start, noun.end, "thing")
            elif noun is None and pronoun != "that":
                yield Slot(word.start, end, "thing")


def _asking(question: str) -> tuple[int, int]:
    """The range of the last sentence with a question mark; of everything where there is none."""
    end = question.rfind("?")
    if end < 0:
        return 0, len(question)
    return max((match.end() for match in _SENTENCE_END.finditer(question, 0, end)), default=0), end


@cache
def _function_words() -> frozenset[str]:
    return stop_words() | _listed("function_words.txt")


@cache
def _verb_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in _listed("verbs.txt"))


@cache
def _listed(name: str) -> frozenset[str]:
    return _read("assistant.followup", f"data/{name}")


def _read(package: str, path: str) -> frozenset[str]:
    lines = files(package).joinpath(path).read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
