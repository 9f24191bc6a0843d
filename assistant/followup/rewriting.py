"""Putting noun phrases of the conversation into a question so that it can be read alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.followup.candidates import Candidate
from assistant.followup.chunks import Chunk, chunks
from assistant.followup.dependence import Dependence, Slot, examine

__all__ = ["parallel", "put_in"]

_END = re.compile(r"[\s?!.…]*$")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


def put_in(question: str, candidates: Sequence[Candidate]) -> str:
    """``question`` with the candidates where pronouns stand or short forms of them; what has no place is appended."""
    rest = list(candidates)
    for candidate in candidates:
        longer = _lengthened(question, candidate.chunk)
        if longer:
            question = longer
            rest.remove(candidate)
    taken = examine(question)
    slot = next((slot for slot in taken.open_slots if slot.form != "one"), None)
    if rest and slot is not None:
        question = _filled(question, taken, slot, rest.pop(0).chunk.phrase())
    return _appended(question, [candidate.chunk.phrase() for candidate in rest])


def parallel(question: str, former: str) -> str:
    """``former`` with its like part replaced by what ``question`` asks about; empty where nothing is like.

    >>> parallel("What about BLOOM?", "How many parameters does GPT-3 have?")
    'How many parameters does BLOOM have?'
    """
    taken = examine(question)
    if not taken.opening or taken.open_slots:
        return ""
    subject = _END.sub("", question[taken.opening :])
    new = next(iter(chunks(question[taken.opening :])), None)
    if new is None or new.general == 1 or len(subject.split()) > 6:
        return ""
    like = [old for old in chunks(former) if _alike(old, new)]
    if not like:
        return ""
    old = max(like, key=lambda chunk: (chunk.head == new.head, -chunk.plain_words, len(chunk.text)))
    start = old.start
    if _ARTICLE.match(subject):
        start = re.sub(r"\b(?:the|a|an)\s+$", "", former[:start], flags=re.IGNORECASE).__len__()
    ending = "'s" if old.text.endswith(("'s", "’s")) else ""
    return f"{former[:start]}{subject}{ending}{former[old.end :]}"


def _alike(old: Chunk, new: Chunk) -> bool:
    return old.stems != new.stems and old.general < 1 and (old.head == new.head or (old.name and new.name))


def _lengthened(question: str, chunk: Chunk) -> str:
    """``question`` with a short form of ``chunk`` replaced by it; empty where it has none."""
    for short in chunks(question):
        if short.shortens(chunk):
            return f"{question[: short.start]}{chunk.phrase().removeprefix('the ')}{question[short.end :]}"
    return ""


def _filled(question: str, taken: Dependence, slot: Slot, phrase: str) -> str:
    if not slot.possessive:
        return f"{question[: slot.start]}{phrase}{question[slot.end :]}"
    owned = max((c for c in taken.chunks if c.start == slot.end + 1), key=lambda c: c.end, default=None)
    if owned is None:
        return f"{question[: slot.start]}{phrase}'s{question[slot.end :]}"
    return f"{question[: slot.start]}the {owned.text} of {phrase}{question[owned.end :]}"


def _appended(question: str, phrases: Sequence[str]) -> str:
    """Put phrases at the end: "the limits" become "the limits of distillation"; the others stand in brackets."""
    if not phrases:
        return question
    end = _END.search(question)
    body, stop = (question[: end.start()], question[end.start() :]) if end else (question, "")
    last = next((chunk for chunk in chunks(body) if chunk.end == len(body)), None)
    if last is not None and last.general == 1:
        return f"{body} of {phrases[0]}{_bracketed(phrases[1:])}{stop}"
    return f"{body}{_bracketed(phrases)}{stop}"


def _bracketed(phrases: Sequence[str]) -> str:
    return f" ({', '.join(phrases)})" if phrases else ""
