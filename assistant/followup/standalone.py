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
_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_NUMBER = rf"(?:{'|'.join(_NUMBERS)})"
_SEVERAL = r"(?:papers|articles|sources|documents|studies|works|essays)"
_WORKS = rf"(?:paper|article|source|document|study|work|essay|{_SEVERAL})"
_ANY = r"\b(?!\s+(?:about|on|by|from|of|that|which|in)\b)"
"""End of a noun that nothing specifies: "the papers", not "the papers on parsing"."""
_ALONE, _ALONE_SEVERAL = r"(?=\s*(?:$|[,;?.!]|(?:and|or)\b))", r"\b(?!\s+\w+s\b)"
"""Nothing that one or several of could be counted follows: not "the last layer", not "both layers"."""
_MEMBERS = re.compile(
    rf"(?i)\bthe\s+({'|'.join(_ORDINALS)})(?:\s+({_NUMBER}))?"
    rf"(?:(?:\s+(?:ones?|{_WORKS}))?\s+of\s+(?:them|these|those)\b|\s+(?:ones?\b|{_WORKS}{_ANY})|(?(2){_ALONE_SEVERAL}|{_ALONE}))"
)
_ALL = re.compile(
    rf"(?i)\b(?:(?:all|both)\s+of\s+|(?<=\bof\s))(?:them|these|those)\b(?:\s+{_SEVERAL}\b)?"
    rf"|\b(?:all|both|the|these|those)\s+(?:(?:of\s+)?(?:the|these|those)\s+)?(?:{_NUMBER}\s+)?{_SEVERAL}{_ANY}"
    rf"|\b(?:all\s+{_NUMBER}|both\b(?!.*\band\b)){_ALONE_SEVERAL}"
)
_PAPER = re.compile(rf"\b(?:the|this|that|these|those)\s+{_WORKS}{_ANY}", re.IGNORECASE)
_AUTHORS = re.compile(r"\b(?:the|its|their)\s+(authors?|affiliations?)\b(?!\s+of\b)", re.IGNORECASE)
_ASKS = re.compile(r".*(?:\?|\b(?:who|what|when|where|which|why|how)\b)", re.IGNORECASE)
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
    for rewrite in (_with_members, _with_new_subject, _with_title):
        if (rewritten := rewrite(question, history)) != question:
            return rewritten
    parsed, title, asked = Question(question), _main_title(history[-1]), [turn.question for turn in history]
    if Question(asked[-1]).subject and history[-1].standalone_question not in ("", asked[-1]):
        asked = [history[-1].understood]
    if phrase := lacking(parsed, Conversation(asked)):
        return _insert(question, phrase)
    return _ended(question, f" (“{title}”)") if title and parsed.leans and _ASKS.match(question) else question


def _with_new_subject(question: str, history: Sequence[PastTurn]) -> str:
    """The former question asked of the subject of "what about X?", where a phrase of it is like X."""
    parsed, last, former = Question(question), Question(history[-1].question).subject, history[-1].understood
    new, subject = parsed.subject, _END.sub("", question[parsed.opening :])
    if new is None or len(subject.split()) > 6:
        return question
    like = [old for old in noun_phrases(former) if old.stems != new.stems and old.general < 1]
    if parsed.preposition:
        like = [old for old in like if old.before == parsed.preposition.lower()]
    else:
        nouns = [p for p in like if p.determiner == new.determiner == "the" and former.startswith(" of ", p.end)]
        names = [p for p in like if p.is_name and new.is_name]
        same = [p for p in like if p.head == new.head or (last is not None and p.stems == last.stems)]
        like = same or names or [p for p in nouns if not (p.is_name or new.is_name)]
    if not like:
        return _ended(former, f" {subject}") if parsed.preposition else question
    old = max(like, key=lambda p: (p.head == new.head, p.is_named, p.is_name, -p.start))
    before = former[: old.start]
    if (repeated := re.match(r"\w+\s+", subject)) and re.search(rf"\b{repeated.group()}$", before, re.IGNORECASE):
        subject = subject[repeated.end() :]
    if new.is_name or re.match(r"(?:the|a|an)\s", subject, re.IGNORECASE):
        before = re.sub(r"\b(?:the|a|an)\s+$", "", before, flags=re.IGNORECASE)
    ending = "'s" if old.text.endswith(("'s", "’s")) else ""
    return f"{before}{subject}{ending}{former[old.end :]}"


def _with_members(question: str, history: Sequence[PastTurn]) -> str:
    """The question with the titles of the documents that it counts: "the second one", "all of them"."""
    titles = _listed(history)

    def members(match: re.Match[str]) -> str:
        place, count = _ORDINALS[match.group(1).lower()], _NUMBERS.get((match.group(2) or "").lower(), 1)
        start = place if place >= 0 else len(titles) - count
        return _quoted(titles[start : start + count]) if 0 <= start <= len(titles) - count else match.group()

    def every(match: re.Match[str]) -> str:
        counts = [_NUMBERS[word] for word in match.group().lower().split() if word in _NUMBERS]
        return _quoted(titles) if set(counts) <= {len(titles)} else match.group()

    return _ALL.sub(every, _MEMBERS.sub(members, question), count=1) if len(titles) > 1 else question


def _with_title(question: str, history: Sequence[PastTurn]) -> str:
    """The question with the title of the document that it means: "the paper", "the authors"."""
    title = _main_title(history[-1])
    if not title or _PAPER.search(question):
        return _PAPER.sub(lambda _: f"“{title}”", question, count=1) if title else question
    own = Question(question).own
    return question if own else _AUTHORS.sub(lambda found: f"the {found.group(1)} of “{title}”", question, count=1)


def _listed(history: Sequence[PastTurn]) -> list[str]:
    """The documents that an ordinal counts: one for each parallel question in a row, or those of one answer.

    None where the question counted something else ("Which languages ...?").
    """
    end = len(history)
    while end > 1 and (_MEMBERS.search(history[end - 1].question) or _ALL.search(history[end - 1].question)):
        end -= 1
    start = end - 1
    while start and Question(history[start].question).opening:
        start -= 1
    if start < end - 1:
        return [_main_title(turn) or next(iter(turn.titles), "") for turn in history[start:end]]
    for phrase in noun_phrases(history[start].question):
        counted = phrase.before in ("which", "what") or phrase.words[0].lower in _NUMBERS
        if counted and phrase.is_plural and not re.fullmatch(_SEVERAL, phrase.head):
            return []
    return list(dict.fromkeys(history[start].titles))


def _main_title(turn: PastTurn) -> str:
    """The first title, where at least half of the sources have it."""
    first = next(iter(turn.titles), "")
    return first if Counter(turn.titles)[first] * 2 >= len(turn.titles) else ""


def _quoted(titles: Sequence[str]) -> str:
    marked = [f"“{title}”" for title in titles]
    return " and ".join([", ".join(marked[:-1]), marked[-1]] if marked[1:] else marked)


def _ended(question: str, text: str) -> str:
    """The question with ``text`` before its final punctuation."""
    body = _END.sub("", question)
    return f"{body}{text}{question[len(body) :]}"


def _insert(question: str, phrase: NounPhrase) -> str:
    """Put ``phrase`` in place of a short form of it or of a slot, else at the end."""
    mention = phrase.mention
    short = next((short for short in noun_phrases(question) if short.shortens(phrase)), None)
    if short is not None:
        return f"{question[: short.start]}{mention.removeprefix('the ')}{question[short.end :]}"
    parsed = Question(question)
    if parsed.slots:
        start, end, _, owns = parsed.slots[0]
        thing = max((p for p in parsed.phrases if owns and p.start == end + 1), key=lambda p: p.end, default=None)
        told = f"the {thing.text} of {mention}" if thing else f"{mention}'s" if owns else mention
        return f"{question[:start]}{told}{question[thing.end if thing else end :]}"
    last = [p for p in parsed.phrases if p.end == len(_END.sub("", question))]
    owned = any(p.general == 1 or (parsed.opening and p.determiner == "the") for p in last)
    return _ended(question, f" of {mention}" if owned else f" ({mention})")
