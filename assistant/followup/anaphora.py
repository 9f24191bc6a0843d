"""Noun phrases and anaphora of a question, without a parser.

Word lists (function words, verbs, general words) tag each word, and a regular expression over the tags finds the noun
phrases. An anaphor is a pronoun, or a phrase such as "this method", whose referent was named in an earlier question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import NamedTuple

from index.analyzer import stem

__all__ = ["NounPhrase", "Question", "Slot", "Word", "noun_phrases"]

_PRONOUNS = (
    dict.fromkeys(("it", "its", "itself"), "thing")
    | dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "things")
    | dict.fromkeys(("he", "him", "his", "she", "her"), "person")
)
_DEMONSTRATIVES = frozenset(("this", "that", "these", "those"))
_ARTICLES = frozenset(("the", "a", "an"))
_DETERMINERS = _ARTICLES | _DEMONSTRATIVES | frozenset("some any my your our each every all both no another".split())
_BEFORE_NOUNS = (_DETERMINERS - {"that", "all", "both"}) | frozenset(
    "of in on for with about from by between into its their his her".split()
)
_WORD = re.compile(r"[^\W_]+(?:[-'’.&/+][^\W_]+)*[+#]*")
_PHRASE = re.compile(r"[NnCc](?:[NC]|OA?[NC]|(?<=[Cc])&C){0,6}")
"""Noun phrase over tags: N noun, C capitalised noun (n and c: after punctuation), O "of", A article, & "and"."""
_OPENING = re.compile(
    r"\s*(?:(?:and|but|so)\b[\s,]*)*(?:(?:what|how) about|what of|and|same for)\b[\s,]*(?=\S)", re.IGNORECASE
)
_LEAD = re.compile(r"\W*(at|by|for|from|in|of|on|to|under|with)?\b\s*(?:(?:the|a|an)\s+)?", re.IGNORECASE)
_NOUN_ENDING = re.compile(r"(?:[st]ion|[at]or)s?$")
_SENTENCE_END = re.compile(r"[.!?…]+\s+(?=\S)")
_DUMMY_IT = re.compile(r"\b(?:is|was)\s+it\s+(?:\w+\s+)?\w+\s+(?:to|that)\b", re.IGNORECASE)
_INTRODUCTION = re.compile(
    r"(?:.*[.!?,])?\s*(?:(?:what|who)(?:['’]s| is| are| was| were)|(?:tell me (?:more )?|(?:how|what) )about"
    r"|describe|explain|define)\s+(?:the |a |an )?$",
    re.IGNORECASE,
)


class Word(NamedTuple):
    """A word with its offsets, and what it can be in a noun phrase."""

    text: str
    start: int
    end: int
    lower: str
    """Lower case, with a straight apostrophe."""
    base: str
    """Lower case, without possessive ending."""
    is_content: bool
    """Neither a function word nor small talk; capitals set the names IT and WHO apart."""
    is_verb: bool
    is_general: bool
    """It says what is asked about a subject rather than which subject: "main", "effects"."""
    is_name: bool
    """It has an inner capital, a digit, or a capital that does not begin a sentence."""


class NounPhrase:
    """A noun phrase of a question: the words ``low`` to ``high``, without determiner."""

    def __init__(self, text: str, words: Sequence[Word], low: int, high: int) -> None:
        self.words = words[low:high]
        self.start, self.end = self.words[0].start, self.words[-1].end
        self.text = text[self.start : self.end]
        before = ["", "", *(word.lower for word in words[max(0, low - 2) : low])]
        self.determiner = before.pop() if before[-1] in _DETERMINERS else ""
        self.before = before[-1]
        """The word before the phrase and its determiner, lower case."""
        self.stems = _stems(self.words)
        content = [word for word in self.words if word.is_content]
        self.general = sum(word.is_general for word in content) / len(content) if content else 1.0
        """Share of its content words that are general, 0 to 1."""
        lower = [word.lower for word in self.words]
        self.head = self.words[lower.index("of") - 1 if "of" in lower[1:] else -1].base
        """Its main word: the last, or the one before "of"."""
        self.is_plural = "and" in lower or re.search(r"..[^sui]s$", self.head) is not None
        self.is_name = any(word.is_name for word in self.words)
        """Whether one of its words looks like part of a name."""
        self.is_named = any(word.is_name for word in self.words if word.base == self.head)
        """Whether its main word does: "GPT-4", not "weights of GPT-4"."""

    @property
    def mention(self) -> str:
        """The phrase as it is put into another question: with its "the", without possessive ending."""
        text = re.sub(r"['’]s$", "", self.text)
        return f"the {text}" if self.determiner == "the" else text

    def shortens(self, other: NounPhrase) -> bool:
        """Whether it is a short form of ``other`` with the same head: "Treebank" for "Penn Treebank"."""
        return self.general < 1 and self.stems < other.stems and stem(self.head) == stem(other.head)


class Slot(NamedTuple):
    """An anaphor without a referent in its own question; a phrase of an earlier question can replace it."""

    start: int
    end: int
    form: str
    """"thing", "things" or "person"."""
    possessive: bool = False


class Question:
    """A question with its noun phrases and slots.

    >>> Question("What are its downsides?").slots[0].possessive
    True
    >>> Question("And BLOOM?").opening
    4
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = _words(text)
        self.stems = _stems(self.words)
        self.phrases = noun_phrases(text)
        self.own = [phrase for phrase in self.phrases if phrase.general < 1]
        """Its noun phrases that name a subject."""
        opening = _OPENING.match(text)
        self.opening = opening.end() if opening else 0
        """Length of an opening such as "what about" or "and"; 0 without one."""
        self.slots = list(_slots(text, self.words, self.phrases))
        self.depends = bool(self.slots) or self.opening > 0 or len(self.stems) <= (1 if self.own else 3)
        """Whether it hardly makes sense without the question before it."""
        lead = _LEAD.match(text, self.opening)
        self.preposition = (lead and lead.group(1)) or ""
        """The preposition that it begins with, after its opening."""
        new = next((p for p in self.phrases if lead and self.opening and p.start == lead.end()), None)
        self.subject = None if self.slots or new is None or new.general == 1 else new
        """What it asks about instead of the former subject: "what about X?"."""
        reached = accumulate((phrase.end for phrase in self.own), max, initial=0)
        whole = [phrase for phrase, reach in zip(self.own, reached, strict=False) if phrase.end > reach]
        verbs = any(word.is_verb for word in self.words)
        named = [p for p in whole if p.is_named and not (p.determiner == "the" and p.general)]
        stays = self.slots or self.opening or not verbs
        self.named = _stems([word for p in named for word in p.words if word.is_name and not stays])
        """Stems of the names that can be its subject: not of "the best F1", nor of "By how many BLEU points?"."""
        self.leans = bool(self.slots) or self.opening > 0 or (not verbs and self.preposition != "")
        known = all(p.determiner == "the" and (p.general > 0 or not p.is_named) for p in whole)
        self.leans |= known and " of " not in text
        """Whether its form asks for a subject: a slot, an opening, no verb, or only what "the" presents as known."""
        defines = any(self.words[-1] in phrase.words and self.introduces(phrase) for phrase in self.own)
        self.is_complete = not self.depends and (len(self.stems) > 3 or defines)
        """Whether it surely names its own subject: it is long enough, or asks what one phrase is."""

    def introduces(self, phrase: NounPhrase) -> bool:
        """Whether it asks what ``phrase`` is, or to be told about it."""
        return _INTRODUCTION.match(self.text[: phrase.start]) is not None


def noun_phrases(text: str) -> list[NounPhrase]:
    """The noun phrases of ``text`` in order, each followed by its parts that can stand alone.

    >>> [phrase.text for phrase in noun_phrases("How does the history of copyright affect Great Britain?")]
    ['history of copyright', 'history', 'copyright', 'Great Britain']
    >>> [phrase.text for phrase in noun_phrases("Is the main river long?")]
    ['main river long', 'river']
    """
    words = _words(text)
    tags = "".join(_tag(text, words, place) for place in range(len(words)))
    return [
        NounPhrase(text, words, low, high)
        for match in _PHRASE.finditer(tags)
        for low, high in dict.fromkeys([match.span(), *_parts(words, *match.span())])
    ]


def _words(text: str) -> tuple[Word, ...]:
    function = (_listed("index", "stopwords"), _listed("assistant.followup", "function_words"))
    words: list[Word] = []
    for match in _WORD.finditer(text):
        word, opens = match.group(), not words or re.search(r"[.!?:]", text[words[-1].end : match.start()]) is not None
        lower = word.lower().replace("’", "'")
        base = re.sub(r"'s?$", "", lower)
        capitals = len(word) > 1 and word.isupper() and "'" not in lower
        content = capitals or (bool(base) and not any(lower in listed for listed in function))
        general = base in _listed("assistant.followup", "general_words")
        name = re.search(r"\d", word) is not None or any(map(str.isupper, word[opens:]))
        noun = _NOUN_ENDING.search(base) and base not in _listed("assistant.followup", "verbs")
        verb = stem(lower) in _verb_stems() and not noun
        words.append(Word(word, *match.span(), lower, base, content, verb, general, name))
    return tuple(words)


def _stems(words: Sequence[Word]) -> frozenset[str]:
    return frozenset(stem(word.base) for word in words if word.is_content)


def _tag(text: str, words: Sequence[Word], place: int) -> str:
    """The tag of a word for ``_PHRASE``; "-" for one that belongs to no noun phrase."""
    word = words[place]
    joined = place > 0 and not text[words[place - 1].end : word.start].strip(" \t-–")
    if word.is_content and not _acts(words, place):
        tag = "C" if word.text[0].isupper() else "N"
        return tag if joined else tag.lower()
    return {"of": "O", "and": "&", "the": "A", "a": "A", "an": "A"}.get(word.lower, "-") if joined else "-"


def _acts(words: Sequence[Word], place: int) -> bool:
    """Whether the word at ``place`` is a verb; after a determiner or preposition it is a noun of the same form."""
    word, before = words[place], words[place - 1]
    if not word.is_verb or word.text.isupper():
        return False
    noun = word.text[0].isupper() or before.lower in _BEFORE_NOUNS or (before.is_general and not before.is_verb)
    return place == 0 or not noun


def _parts(words: Sequence[Word], low: int, high: int) -> Iterator[tuple[int, int]]:
    """Ranges inside a phrase that can stand alone: on both sides of "of", or without general words at its ends."""
    of = next((n for n in range(low + 1, high - 1) if words[n].lower == "of"), 0)
    if of:
        yield low, of
        yield of + 1 + (words[of + 1].lower in _ARTICLES), high
        return
    while low < high - 1 and words[low].is_general and words[low].text.islower():
        low += 1
    while high > low + 1 and words[high - 1].is_general and words[high - 1].text.islower():
        high -= 1
    yield low, high


def _slots(question: str, words: Sequence[Word], phrases: Sequence[NounPhrase]) -> Iterator[Slot]:
    """The anaphora in the last sentence that asks; an own phrase in an earlier clause may be the referent of one."""
    ends = [phrase.end for phrase in phrases if phrase.general < 1]
    stop = question.rfind("?") if "?" in question else 0
    start = max((match.end() for match in _SENTENCE_END.finditer(question, 0, stop)), default=0)
    dummies = [match.span() for match in _DUMMY_IT.finditer(question)]
    for word in words:
        clause = max(question.rfind(mark, 0, word.start) for mark in ",;:.?!")
        pronoun = word.lower.removesuffix("'s")
        outside = not start <= word.start < (stop or len(question)) or any(end <= clause for end in ends)
        if outside or word.text == "IT" or (pronoun == "it" and any(a <= word.start < b for a, b in dummies)):
            continue
        after = [phrase for phrase in phrases if 0 <= phrase.start - word.end <= 1]
        end = word.start + len(pronoun)
        if pronoun in _PRONOUNS:
            possessive = pronoun in ("its", "their", "his") or (pronoun == "her" and bool(after))
            if not (possessive and ends and ends[0] <= word.start):
                yield Slot(word.start, end, _PRONOUNS[pronoun], possessive)
        elif pronoun in _DEMONSTRATIVES:
            if after and after[0].general == 1:
                nouns = [noun.end for noun in after[0].words if not noun.is_verb] or [after[0].end]
                yield Slot(word.start, nouns[-1], "thing")
            elif not after and pronoun != "that":
                yield Slot(word.start, end, "thing")


@cache
def _listed(package: str, name: str) -> frozenset[str]:
    """The words of a list; lines that begin with "#" are comments."""
    lines = files(package).joinpath("data", f"{name}.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def _verb_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in _listed("assistant.followup", "verbs"))
