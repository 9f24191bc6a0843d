"""What speaks for and against a noun phrase of the conversation, as numbers with names.

None of them is a word of the conversation, so that they mean the same in any field.
"""

from __future__ import annotations

import math

from assistant.followup.candidates import Candidate, Conversation
from assistant.followup.dependence import Dependence
from assistant.followup.words import content_stems

__all__ = ["of_candidate", "of_question"]

_QUESTION_WORDS = frozenset("what how is are was were why who when where which do does did can tell".split())
_SUBJECT_OF = frozenset("does do did is are was were can could will would should has have had".split())
_FIRST_PERSON = frozenset("i my me we our us".split())


def of_question(question: Dependence, conversation: Conversation) -> dict[str, float]:
    """Whether the question lacks anything; each value 0 to about 2."""
    candidates = conversation.candidates
    own = frozenset(stem for word in question.words for stem in content_stems(word.text))
    named: dict[str, float] = {f"slot {form}": 1.0 for form in sorted({s.form for s in question.open_slots})}
    named |= {f"inner slot {slot.form}": 1.0 for slot in question.slots if slot.internal}
    first = question.words[0].lower if question.words else ""
    if first in _QUESTION_WORDS:
        named[f"first {first}"] = 1.0
    named |= {f"telling {min(question.telling, 6)}": 1.0, f"length {min(len(question.words) // 4, 4)}": 1.0}
    named |= {f"own phrases {min(len(question.own), 3)}": 1.0, f"own names {min(question.names, 2)}": 1.0}
    named |= {f"turns {min(conversation.length, 4)}": 1.0}
    repeated = [stem for stem in own if conversation.mentions(stem)]
    named |= {
        "no slot": float(not question.slots),
        "what about": float(question.opening > 0),
        "joined": float(question.joined),
        "fragment": float(question.fragment),
        "hangs": float(question.hangs),
        "general phrase": float(any(chunk.general == 1 for chunk in question.chunks)),
        "definite phrase": float(any(chunk.determiner == "the" for chunk in question.chunks)),
        "indefinite phrase": float(any(chunk.determiner in ("a", "an") for chunk in question.chunks)),
        "first person": float(any(word.lower in _FIRST_PERSON for word in question.words)),
        "repeated share": len(repeated) / len(own) if own else 0.0,
        "repeats nothing": float(bool(own) and not repeated),
        "repeats the last": float(bool(own & conversation.last_stems)),
        "repeats a name": float(any(c.chunk.name and own & c.chunk.stems for c in candidates)),
        "recent name": float(any(c.chunk.name and c.fresh == 0 for c in candidates)),
        "recently introduced": float(any(c.introduced and c.fresh == 0 for c in candidates)),
    }
    return {name: value for name, value in named.items() if value}


def of_candidate(question: Dependence, candidate: Candidate) -> dict[str, float]:
    """Whether it is this candidate that the question lacks; each value 0 to about 2."""
    named = _of_phrase(candidate) | _of_place(candidate) | _of_fit(question, candidate)
    return {name: value for name, value in named.items() if value}


def _of_phrase(candidate: Candidate) -> dict[str, float]:
    chunk = candidate.chunk
    return {
        "name": float(chunk.name),
        "quoted": float(chunk.quoted),
        "general in part": float(0 < chunk.general < 1),
        "general": float(chunk.general == 1),
        "one word": float(len(chunk.words) == 1),
        "three words": float(len(chunk.words) == 3),
        "four words": float(len(chunk.words) > 3),
        "nested": float(candidate.nested),
        "longest": float(candidate.longest),
        "the": float(chunk.determiner == "the"),
        "a": float(chunk.determiner in ("a", "an")),
        "other determiner": float(chunk.determiner not in ("", "the", "a", "an")),
        "participle": float(chunk.words[-1].lower.endswith("ed")),
        "gerund": float(chunk.words[0].lower.endswith("ing")),
        "after of": float(chunk.before == "of"),
        "after about": float(chunk.before == "about"),
        "after a place word": float(chunk.before in ("in", "at", "on", "from")),
        "subject": float(chunk.before in _SUBJECT_OF),
    }


def _of_place(candidate: Candidate) -> dict[str, float]:
    return {
        "distance": math.log(min(candidate.distance, 8)),
        "last": float(candidate.distance == 1),
        "fresh since": math.log1p(min(candidate.fresh, 5)),
        "rank": math.log1p(min(candidate.rank, 8)),
        "rank 0": float(candidate.rank == 0),
        "mentions": math.log(candidate.mentions),
        "share": candidate.share,
        "in the first": float(candidate.opening),
        "of the first": float(candidate.first),
        "name of the first": float(candidate.first and candidate.chunk.name),
        "hanging": float(candidate.hanging),
        "introduced": float(candidate.introduced),
        "introduced last": float(candidate.introduced and candidate.fresh == 0),
        "ends": float(candidate.ends),
        "in focus": float(candidate.rank == 0 and candidate.fresh == 0 and not candidate.hanging),
    }


def _of_fit(question: Dependence, candidate: Candidate) -> dict[str, float]:
    chunk = candidate.chunk
    forms = question.forms
    own = frozenset(stem for part in question.chunks for stem in part.stems)
    named = {
        "shared word": float(bool(own & chunk.stems)),
        "shared head": float(chunk.head in own),
    }
    if not forms:
        return named | {"no slot: of the first": float(candidate.first), "no slot: name": float(chunk.name)}
    return named | {
        "slot: name": float(chunk.name),
        "slot: rank 0": float(candidate.rank == 0),
        "slot: last": float(candidate.distance == 1),
        "slot: in the first": float(candidate.opening),
        "slot: same pronoun beside it": float(bool(candidate.forms & forms)),
        "slot: same pronoun since": float(bool(candidate.followed & forms)),
        "they: plural": float("things" in forms and chunk.plural),
        "it: singular": float("thing" in forms and not chunk.plural),
        "he or she: name": float("person" in forms and chunk.name),
    }
