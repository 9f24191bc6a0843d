"""Rewriting a question that depends on the conversation into one that stands alone, without a language model."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.followup.anaphora import NounPhrase, Question, noun_phrases
from assistant.followup.salience import Conversation, lacking

__all__ = ["PastTurn", "standalone_question"]

_ORDINALS = {"first": 0, "former": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "latter": -1, "last": -1}
_WORKS = r"(?:papers?|articles?|sources?|documents?|stud(?:y|ies)|works?|essays?)"
_ORDINAL = re.compile(rf"\bthe\s+({'|'.join(_ORDINALS)})(?:\s+(?:ones?|{_WORKS})\b|(?=\s*[?.!]?$))", re.IGNORECASE)
_PAPER = re.compile(
    rf"\b(?:the|this|that|these|those)\s+{_WORKS}\b(?!\s+(?:about|on|by|from|of|that|which|in)\b)", re.IGNORECASE
)
_AUTHORS = re.compile(r"\b(?:the|its|their)\s+(authors?|affiliations?)\b(?!\s+of\b)", re.IGNORECASE)
_END = re.compile(r"[\s?!.…]*$")


@dataclass(frozen=True, slots=True)
class PastTurn:
    """A question asked before, and the documents that its answer quoted."""

    question: str
    standalone_question: str = ""
    """The question as it was rewritten; empty where it stood alone."""
    titles: tuple[str, ...] = ()
    """Titles of the documents quoted, one for each source, in the order shown."""

    @property
    def understood(self) -> str:
        """The question as it was asked of the library."""
        return self.standalone_question or self.question


def standalone_question(question: str, history: Sequence[PastTurn]) -> str:
    """Rewrite ``question`` to stand alone after ``history`` (oldest first); unchanged where it already does.

    >>> standalone_question("What about BLOOM?", [PastTurn("How many parameters does GPT-3 have?")])
    'How many parameters does BLOOM have?'
    >>> standalone_question("Who wrote the second one?", [PastTurn("What is A?", titles=("On A", "On B"))])
    'Who wrote “On B”?'
    """
    if not history:
        return question
    rewritten = _with_new_subject(question, history[-1].understood) or _with_title(question, history)
    if rewritten:
        return rewritten
    phrase = lacking(Question(question), Conversation([turn.question for turn in history]))
    return _insert(question, phrase) if phrase else question


def _with_new_subject(question: str, former: str) -> str:
    """The former question asked of the subject of "what about X?"; empty where no phrase of it is like X."""
    opening, slots = Question(question).opening, Question(question).slots
    subject = _END.sub("", question[opening:])
    new = next(iter(noun_phrases(question[opening:])), None)
    if not opening or slots or new is None or new.general == 1 or len(subject.split()) > 6:
        return ""
    like = [
        old
        for old in noun_phrases(former)
        if old.stems != new.stems and old.general < 1 and (old.head == new.head or (old.is_name and new.is_name))
    ]
    if not like:
        return ""
    old = max(like, key=lambda phrase: (phrase.head == new.head, phrase.is_named, phrase.is_name, len(phrase.text)))
    before = former[: old.start]
    if (repeated := re.match(r"\w+\s+", subject)) and re.search(rf"\b{repeated.group()}$", before, re.IGNORECASE):
        subject = subject[repeated.end() :]
    if re.match(r"(?:the|a|an)\s", subject, re.IGNORECASE):
        before = re.sub(r"\b(?:the|a|an)\s+$", "", before, flags=re.IGNORECASE)
    ending = "'s" if old.text.endswith(("'s", "’s")) else ""
    return f"{before}{subject}{ending}{former[old.end :]}"


def _with_title(question: str, history: Sequence[PastTurn]) -> str:
    """The question with the title of the document that it means: "the second one", "the paper"; empty without one."""
    if ordinal := _ORDINAL.search(question):
        titles, place = _listed(history), _ORDINALS[ordinal.group(1).lower()]
        known = len(titles) > 1 and -len(titles) <= place < len(titles)
        return _replaced(question, ordinal, f"“{titles[place]}”") if known else ""
    title = _main_title(history[-1])
    if title and (paper := _PAPER.search(question)):
        return _replaced(question, paper, f"“{title}”")
    if title and (authors := _AUTHORS.search(question)) and not Question(question).own:
        return _replaced(question, authors, f"the {authors.group(1)} of “{title}”")
    return ""


def _listed(history: Sequence[PastTurn]) -> list[str]:
    """The documents that an ordinal counts: one for each parallel question in a row, or those of one answer."""
    start = len(history) - 1
    while start and Question(history[start].question).opening:
        start -= 1
    if start < len(history) - 1:
        return [_main_title(turn) or next(iter(turn.titles), "") for turn in history[start:]]
    return list(dict.fromkeys(history[-1].titles))


def _main_title(turn: PastTurn) -> str:
    """The first title, where at least half of the sources have it."""
    first = next(iter(turn.titles), "")
    return first if Counter(turn.titles)[first] * 2 >= len(turn.titles) else ""


def _insert(question: str, phrase: NounPhrase) -> str:
    """Put ``phrase`` in place of a short form of it or of a slot, else at the end."""
    mention = phrase.mention
    short = next((short for short in noun_phrases(question) if short.shortens(phrase)), None)
    if short is not None:
        return f"{question[: short.start]}{mention.removeprefix('the ')}{question[short.end :]}"
    parsed = Question(question)
    if parsed.slots:
        slot = parsed.slots[0]
        if not slot.possessive:
            return f"{question[: slot.start]}{mention}{question[slot.end :]}"
        owned = max((p for p in parsed.phrases if p.start == slot.end + 1), key=lambda p: p.end, default=None)
        if owned is None:
            return f"{question[: slot.start]}{mention}'s{question[slot.end :]}"
        return f"{question[: slot.start]}the {owned.text} of {mention}{question[owned.end :]}"
    body = _END.sub("", question)
    if any(last.end == len(body) and last.general == 1 for last in noun_phrases(body)):
        return f"{body} of {mention}{question[len(body) :]}"
    return f"{body} ({mention}){question[len(body) :]}"


def _replaced(question: str, place: re.Match[str], text: str) -> str:
    return f"{question[: place.start()]}{text}{question[place.end() :]}"
