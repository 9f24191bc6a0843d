"""Words that point at what an answer showed: "the first one", "the paper", "the authors"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.followup.dependence import examine
from assistant.followup.history import PastTurn

__all__ = ["shown_document"]

_ORDINALS = {"first": 0, "former": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "latter": -1, "last": -1}
_WORKS = r"(?:ones?|papers?|articles?|sources?|documents?|stud(?:y|ies)|works?|essays?)"
_ORDINAL = re.compile(rf"\bthe\s+({'|'.join(_ORDINALS)})(?:\s+{_WORKS}\b|(?=\s*[?.!]?$))", re.IGNORECASE)
_PAPER = re.compile(
    rf"\b(?:the|this|that|these|those)\s+{_WORKS}\b(?!\s+(?:about|on|by|from|of|that|which|in)\b)", re.IGNORECASE
)
_AUTHORS = re.compile(r"\b(?:the|its|their)\s+(?:authors?|affiliations?)\b(?!\s+of\b)", re.IGNORECASE)


def shown_document(question: str, history: Sequence[PastTurn]) -> str:
    """``question`` with the words that point at a quoted document replaced by its title; unchanged where none does.

    >>> shown_document("Who wrote the second one?", [PastTurn("What is A?", titles=("On A", "On B"))])
    'Who wrote “On B”?'
    """
    if not history:
        return question
    ordinal = _ORDINAL.search(question)
    if ordinal is not None:
        titles = _listed(history)
        place = _ORDINALS[ordinal.group(1).lower()]
        if len(titles) > 1 and -len(titles) <= place < len(titles):
            return _replaced(question, ordinal, titles[place])
        return question
    title = _main_title(history[-1])
    if not title:
        return question
    if (paper := _PAPER.search(question)) is not None and not paper.group().lower().endswith(("one", "ones")):
        return _replaced(question, paper, title)
    if (authors := _AUTHORS.search(question)) is not None and not examine(question).own:
        who = authors.group().split()[-1]
        return f"{question[: authors.start()]}the {who} of “{title}”{question[authors.end() :]}"
    return question


def _listed(history: Sequence[PastTurn]) -> list[str]:
    """The documents that an ordinal counts: one for each of several like questions in a row, or those of one answer."""
    row = [history[-1]]
    for turn, later in zip(reversed(history[:-1]), reversed(history[1:]), strict=True):
        if not examine(later.question).opening:
            break
        row.insert(0, turn)
    if len(row) > 1:
        return [_main_title(turn) or (turn.titles[0] if turn.titles else "") for turn in row]
    return list(dict.fromkeys(history[-1].titles))


def _main_title(turn: PastTurn) -> str:
    """The title of the first document quoted, where at least half of the sources are of it."""
    counts = Counter(turn.titles)
    first = turn.titles[0] if turn.titles else ""
    return first if first and counts[first] * 2 >= len(turn.titles) else ""


def _replaced(question: str, place: re.Match[str], title: str) -> str:
    return f"{question[: place.start()]}“{title}”{question[place.end() :]}"
