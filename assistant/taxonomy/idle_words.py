"""Unclaimed words whose place in the question shows that they restrict nothing: adverbs, asides, verbs of having."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.taxonomy.gazetteer import Mention, Word

__all__ = ["without_idle"]

_MODALS = frozenset("do does did to can could would will shall should might may must".split())
_BEING = frozenset("is are was were be been being has have had having get gets got".split())
_SPEAKER = frozenset("i me my mine we us our ours you your somebody someone".split())
_NOMINAL = frozenset(
    "a an the its their his her my our your this these those of in on at for by with what which".split()
)
"""Words before a noun."""
_ADVERBS = frozenset(
    "again along alongside always amid amongst anyhow anyway around aside beforehand became become becomes being below "
    "beneath beside done forth forward he her herself him himself his hence indeed instead itself likewise meanwhile "
    "might moreover myself namely nevertheless onto otherwise ourselves overall own perhaps proper quite rather "
    "respectively round shall she somehow somewhat themselves thereby therefore thereof thus toward towards up upon "
    "very via whatever whichever whoever".split()
)
"""Pronouns, particles and adverbs that say nothing of a table."""
_AFTER_A_VERB = _ADVERBS | frozenset(
    "a an the its their this these those of in on at for to by with without under from as into within among about "
    "across through against and or if whether which what that out down off over away all any both".split()
)
_PAPERS = ("paper", "article")
_SUBJECTS = ("thing", "things", "part", "matter", "level", "licence", "value", "components", "field", "row")
_ASIDE = ("", "empty", "soft", "join", "source", "reference", "clause", "values")
"""Sorts that an aside on the speaker is made of."""
_ASKED = (
    "level", "licence", "howopen", "which", "what", "who", "when", "where", "count", "share", "define",
    "field", "values",
)  # fmt: skip
_PASSED = ("empty", "soft", "join", "out")
_RELATIVES = ("whose", "that", "which", "with", "where", "for", "having")
_LEVELLED = ("grade", "part", "matter", "annotation", "level")


def without_idle(words: Sequence[Word], mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, with idle words made empty.

    Idle are adverbs, an aside on the speaker before or after the question, and the verb between a subject and what is
    said of it, where the question names the sort of its answer. A noun, a name or a figure never is.
    """
    return _Clause(words, mentions).cleared() if words else []


class _Clause:
    """The words of a question, each with its mention, while idle ones are made empty."""

    def __init__(self, words: Sequence[Word], mentions: Sequence[Mention]) -> None:
        self._words = words
        self._mentions = list(mentions)
        self._sorts = {mention.sort for mention in mentions}
        self._asides = self._find_asides()

    def cleared(self) -> list[Mention]:
        free = [at for at in range(len(self._mentions)) if not self._settles(at) and self._is_plain(at)]
        typed = self._names_its_answer()
        for at in free:
            said = self._leads(at) and not self._asks_manner if "things" in self._sorts else typed
            if (said or not at) and self._is_verb(at):
                self._clear(at)
                if self._key(at + 1) in ("down", "out"):
                    self._clear(at + 1)
        return self._mentions

    def _key(self, at: int) -> str:
        return self._words[self._mentions[at].first].key if at < len(self._mentions) else ""

    def _last_key(self, at: int) -> str:
        return self._words[self._mentions[at].last - 1].key

    def _sort(self, at: int) -> str:
        return self._mentions[at].sort if at < len(self._mentions) else "none"

    def _gap(self, at: int) -> str:
        return self._words[self._mentions[at].first].gap if at < len(self._mentions) else ""

    def _clear(self, at: int) -> None:
        self._mentions[at] = replace(self._mentions[at], sort="empty")

    def _is_plain(self, at: int) -> bool:
        """Whether an unclaimed word is no name and no figure."""
        word = self._words[self._mentions[at].first]
        named = word.text[:1].isupper() and not (at == 0 or word.gap.strip() in (".", "!", "?"))
        return not self._sort(at) and not named and word.key.isalpha() and (word.gap != "-" or not at)

    def _settles(self, at: int) -> bool:
        """Whether a word is idle, or claimed otherwise, by itself; it is made so."""
        mention, key = self._mentions[at], self._key(at)
        if mention.sort == "reference" and key == "those" and self._key(at + 1) in _RELATIVES:
            self._mentions[at] = replace(mention, sort="things", value="many")
            return True
        auxiliary = key == "had" and "part" not in self._sorts
        word = key in _ADVERBS or (key.endswith("ly") and len(key) > 4) or (key in _PAPERS and "field" in self._sorts)
        agent = key in ("developers", "creators") and {"thing", "part"} <= self._sorts
        alone = self._is_plain(at) and (word or at in self._asides)
        if alone or auxiliary or agent or (at in self._asides and mention.sort == "values"):
            self._clear(at)
            return True
        return False

    @property
    def _asks_manner(self) -> bool:
        mentions = enumerate(self._mentions)
        return any(self._key(at) in ("how", "why") and mention.sort == "empty" for at, mention in mentions)

    def _names_its_answer(self) -> bool:
        """Whether the question says what sort of answer it wants, and asks neither for a manner, a time or a place."""
        sorts = self._sorts
        placed = sorts & {"when", "where"} and "several" not in sorts
        doubted = self._key(0) in _MODALS | _BEING and not self._asides and "grade" not in sorts
        named = sorts & {"level", "howopen", "row", "field"} or ("licence" in sorts and sorts & {"which", "what"})
        return bool(named) and not placed and not doubted and not self._asks_manner

    def _find_asides(self) -> set[int]:
        """The places of the words of asides: stretches without a slot and with ``I`` or ``my``, or before a colon."""
        found: set[int] = set()
        size = len(self._mentions)
        marks = {at for at in range(size) if re.search(r"[.:;!?,–—]| - ", self._gap(at))}
        stops = sorted({0, *marks, *(at for at in range(size) if self._sort(at) not in _ASIDE)})
        for start, end in pairwise([*stops, size]):
            whole = (not start or start in marks) and self._sort(start) in _ASIDE
            begins = start if whole else start + 1
            keys = [self._key(at) for at in range(begins, end)]
            closed = "that" in keys or end in marks or self._sort(end) in _ASKED or (end == size and start > 0)
            speaks = whole and closed and not _SPEAKER.isdisjoint(keys)
            titled = whole and not start and len(keys) > 1 and ":" in self._gap(end)
            purpose = end == size and len(keys) in (3, 4) and keys[0] in _AFTER_A_VERB and keys[1] in ("my", "our")
            if speaks or titled or purpose:
                found |= set(range(begins, end))
        return found

    def _is_verb(self, at: int) -> bool:
        """Whether an unclaimed word stands where a verb does: behind an auxiliary or a subject, and before no noun."""
        key, ends = self._key(at), at + 1 == len(self._mentions)
        if not ends and ("," in self._gap(at + 1) or not self._follows_verb(at + 1)):
            return False
        if not at:
            return self._leads(at, *_ASKED)
        before, last = self._sort(at - 1), self._last_key(at - 1)
        if before in ("licence", "level") and key.endswith("s"):
            return True
        relative = last in ("that", "which", "who") and at > 1 and self._sort(at - 2) == "things"
        if last in _NOMINAL and not relative:
            return False
        participle = key.endswith(("ed", "en", "wn", "ung", "ing"))
        if last in _BEING or (participle and before in _SUBJECTS):
            return participle or (not ends and self._key(at + 1) != "with")
        return self._has_auxiliary(at, participle=participle) or (not ends and (before == "things" or relative))

    def _follows_verb(self, at: int) -> bool:
        return self._key(at) in _AFTER_A_VERB or self._sort(at) in ("grade", "level", "annotation", "licence")

    def _has_auxiliary(self, at: int, *, participle: bool) -> bool:
        """Whether only a subject stands between an auxiliary and the word."""
        asked = any(self._sort(n) in ("which", "what") for n in range(at))
        if self._sort(at - 2) in ("what", "who") and at > 1:
            return False
        being = participle or (asked and self._sort(at - 1) == "part")
        for n in reversed(range(at)):
            if self._last_key(n) in _MODALS or (being and self._last_key(n) in _BEING):
                return True
            if self._sort(n) not in (*_SUBJECTS, "empty"):
                return False
        return False

    def _leads(self, at: int, *wanted: str) -> bool:
        """Whether the next slot is of one of the sorts wanted, else a condition on levels, a field or a date."""
        rest = [mention.sort for mention in self._mentions[at + 1 :] if mention.sort not in _PASSED]
        if wanted or rest[:1] not in (["field"], ["publish"]):
            return bool(rest) and rest[0] in (wanted or _LEVELLED)
        return not {"number", "month", "bound"}.isdisjoint(rest[1:3])
