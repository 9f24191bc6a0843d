"""What in a question points back to the conversation: pronouns, "what about", fragments, "the first one"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.followup.chunks import Chunk, chunks
from assistant.followup.words import Word, is_function, is_verb, split

__all__ = ["Dependence", "Form", "Slot", "examine", "introduces"]

Form = Literal["thing", "things", "person", "that", "noun", "one"]

_PRONOUNS: dict[str, Form] = {
    "it": "thing",
    "they": "things",
    "them": "things",
    "he": "person",
    "him": "person",
    "she": "person",
    "its": "thing",
    "their": "things",
    "theirs": "things",
    "his": "person",
    "her": "person",
    "itself": "thing",
    "themselves": "things",
}
_POSSESSIVES = frozenset("its their his her".split())
_POINTING = frozenset("this that these those".split())
_OPENINGS = re.compile(
    r"\s*(?:(?:and|but|or|so|then|ok|okay|oh|also)\b[\s,]*)*(?:(?:what|how) about|what of|and|same for)\b[\s,]*",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s*(?:and|but|or)\b", re.IGNORECASE)
_DUMMY_IT = re.compile(
    r"\b(?:is|was|isn't|would|be|are)\s+it\s+(?:\w+ly\s+|really\s+|\w+\s+)?(?:possible|better|best|good|bad|safe|safer|"
    r"ok|okay|necessary|true|worth|easy|easier|hard|harder|difficult|likely|important|legal|illegal|common|normal|fair|"
    r"wise|recommended|advisable|required)\s+(?:to|that|for|if)\b"
    r"|\bit(?:'s|\s+is|\s+was|\s+would be)\s+\w+\s+(?:to|that)\b"
    r"|\bhow long does it take\b|\bwhat does it take\b|\bwhat time is it\b",
    re.IGNORECASE,
)
_ORDINAL_ONE = re.compile(
    r"\bthe\s+(first|second|third|fourth|fifth|last|other|former|latter)(?:\s+(?:one|ones|paper|article|source|document|"
    r"study|work))?\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[,;:.?!]|\b(?:if|when|while|and|but|or|because|since|that|which|who|so|after|before|until|unless|though|then)\b",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(
    r"(?:.*[.!?,])?\s*(?:(?:can|could) you\s+)?(?:(?:what|who)(?:['’]s| is| are| was| were)"
    r"|tell (?:me )?(?:more )?about|describe|explain|define|i(?:['’]d| would) like to (?:know|learn)(?: more)? about"
    r"|how about|what about|i meant)"
    r"\s+(?:the |a |an )?$",
    re.IGNORECASE,
)
_COMPLETE = 3
"""A question with more telling words than that has its subject."""
_SENTENCE_END = re.compile(r"[.!?…]+\s+(?=\S)")
_COMPLEMENT_BEFORE = frozenset("say says said think know mean means so such is was heard believe show shows".split())


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a question where a noun phrase of the conversation can stand."""

    start: int
    end: int
    form: Form
    possessive: bool = False
    internal: bool = False
    """A noun phrase stands in an earlier clause of the question, or for "its" anywhere before, and may be meant."""


@dataclass(frozen=True, slots=True)
class Dependence:
    """How a question hangs on what was said before."""

    words: tuple[Word, ...]
    chunks: tuple[Chunk, ...]
    slots: tuple[Slot, ...]
    opening: int
    """Where the question goes on behind "what about" or "and"; 0 where it does not begin so."""
    joined: bool
    """It begins with "and", "but" or "or"."""
    telling: int
    """How many of its words can belong to a subject."""
    fragment: bool
    """It has neither verb nor question word."""
    defining: bool
    """It asks what one subject of its own is, and nothing more."""

    @property
    def names(self) -> int:
        """How many of its noun phrases are names."""
        return sum(chunk.name for chunk in self.chunks)

    @property
    def open_slots(self) -> tuple[Slot, ...]:
        """The slots that nothing in the question itself fills."""
        return tuple(slot for slot in self.slots if not slot.internal)

    @property
    def forms(self) -> frozenset[Form]:
        """The forms of its open slots; what points at one thing counts alike."""
        return frozenset("thing" if slot.form in ("that", "noun") else slot.form for slot in self.open_slots)

    @property
    def hangs(self) -> bool:
        """Whether it hardly makes sense alone."""
        bare = self.telling <= 1 or (not self.own and self.telling <= 3)
        return bool(self.open_slots) or self.opening > 0 or bare

    @property
    def complete(self) -> bool:
        """Whether it surely names its own subject: nothing points back, and it defines something or is long enough."""
        return not self.hangs and (self.telling > _COMPLETE or self.defining)

    @property
    def own(self) -> tuple[Chunk, ...]:
        """The noun phrases that name a subject, and not merely what is asked about one."""
        return tuple(chunk for chunk in self.chunks if chunk.general < 1)


def examine(question: str) -> Dependence:
    """Take a question apart.

    >>> examine("What are its downsides?").slots[0].possessive
    True
    >>> examine("And BLOOM?").opening
    4
    """
    words = tuple(split(question))
    found = tuple(chunks(question))
    opening = _OPENINGS.match(question)
    return Dependence(
        words=words,
        chunks=found,
        slots=tuple(_slots(question, words, found)),
        opening=opening.end() if opening and opening.end() < len(question) else 0,
        joined=_JOINED.match(question) is not None,
        telling=sum(not is_function(word) for word in words),
        fragment=not any(_finite(word) for word in words),
        defining=any(c.general < 1 and words[-1] in c.words and introduces(question, c) for c in found),
    )


def introduces(question: str, chunk: Chunk) -> bool:
    """Whether ``question`` asks what ``chunk`` is, or to be told about it.

    >>> introduces("Tell me about the Turing test", chunks("Tell me about the Turing test")[0])
    True
    """
    return _INTRODUCTION.match(question[: chunk.start]) is not None


_QUESTION_WORDS = frozenset(
    "what which who whom whose how when where why is are was were do does did can could will would should has have had "
    "may might what's who's where's how's".split()
)


def _finite(word: Word) -> bool:
    return word.lower in _QUESTION_WORDS or is_verb(word)


def _slots(question: str, words: Sequence[Word], found: Sequence[Chunk]) -> Iterator[Slot]:
    dummies = [match.span() for match in _DUMMY_IT.finditer(question)]
    asking = _asking(question)
    for place, word in enumerate(words):
        if not asking[0] <= word.start < asking[1]:
            continue
        lower = word.lower.removesuffix("'s")
        after = words[place + 1].lower if place + 1 < len(words) else ""
        before = any(
            chunk.general < 1 and chunk.end <= word.start and _CLAUSE.search(question, chunk.end, word.start)
            for chunk in found
        )
        if any(low <= word.start < high for low, high in dummies) and lower == "it":
            continue
        end = word.start + len(lower)
        if lower in _PRONOUNS and not (lower == "it" and word.text == "IT"):
            noun_follows = any(chunk.start == word.end + 1 for chunk in found)
            possessive = lower in ("its", "their", "his") or (lower == "her" and noun_follows)
            owner = possessive and any(chunk.general < 1 and chunk.end <= word.start for chunk in found)
            yield Slot(word.start, end, _PRONOUNS[lower], possessive, before or owner)
        elif lower in _POINTING:
            yield from _pointing(words, found, place, after, end, before)
    for match in _ORDINAL_ONE.finditer(question):
        if match.group().lower().endswith(("one", "ones")):
            yield Slot(match.start(), match.end(), "one")


def _asking(question: str) -> tuple[int, int]:
    """Where the last sentence that asks stands; the whole, where none has a question mark."""
    end = question.rfind("?")
    if end < 0:
        return 0, len(question)
    before = [match.end() for match in _SENTENCE_END.finditer(question, 0, end)]
    return (before[-1] if before else 0), end


def _pointing(
    words: Sequence[Word], found: Sequence[Chunk], place: int, after: str, end: int, before: bool
) -> Iterator[Slot]:
    """ "This" alone, or "this method"; not the "that" of a clause."""
    word = words[place]
    noun = next((chunk for chunk in found if chunk.determiner == word.lower and chunk.start >= word.end), None)
    if noun is not None and noun.start <= word.end + 2:
        if noun.general == 1:
            yield Slot(word.start, noun.end, "noun", internal=before)
        return
    earlier = words[place - 1].lower if place else ""
    clause = word.lower == "that" and place and not is_function(words[place - 1]) and after
    if not clause and not (word.lower == "that" and earlier in _COMPLEMENT_BEFORE and after):
        yield Slot(word.start, end, "that", internal=before)
