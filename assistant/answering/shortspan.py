"""The few words of a sentence that answer a question by themselves: a figure, a name, a date."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.question import Question, QuestionKind
from corpus.model import Span
from index.analyzer import stems
from index.query import query_terms

__all__ = ["short_span"]

_NUMBER = re.compile(
    r"(?<![\w.,])(?:[$€£]\s?)?[-+−]?\d+(?:[,.]\d+)*(?:\s?[–-]\s?\d+(?:[.,]\d+)*)?"
    r"(?:\s?(?:%|percent\b|per cent\b|[kKMB]\b|thousand\b|million\b|billion\b|trillion\b))?"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|hundred)\b"
)
_DATE = re.compile(
    r"\b(?:\d{1,2}\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?:\s+\d{1,2},)?\s+(?:1[5-9]|20)\d\d\b|\b(?:1[5-9]|20)\d\d\b"
)
_PERSON = re.compile(r"\b(?:[A-Z][a-z’'-]+|[A-Z]\.)(?:\s+(?:van|von|de|der|[A-Z]\.|[A-Z][a-zA-Z’'-]+)){1,3}\b")
_FORMS = {QuestionKind.QUANTITY: _NUMBER, QuestionKind.TIME: _DATE, QuestionKind.PERSON: _PERSON}
_WORD = re.compile(r"[^\W_]+")
_REACH = 6
"""Words around a figure that tell what it counts."""


def short_span(question: Question, sentence: str) -> Span | None:
    """Where in ``sentence`` the short answer stands, if it has one that is plain.

    >>> s = "It holds 86 audio books comprising 547 hours of audio."
    >>> q = Question("How many hours of audio are there?", QuestionKind.QUANTITY, asked="hours of audio")
    >>> short_span(q, s).within(s)
    '547'
    """
    pattern = {QuestionKind.QUANTITY: _NUMBER, QuestionKind.TIME: _DATE, QuestionKind.PERSON: _PERSON}.get(
        question.kind
    )
    if pattern is None:
        return None
    typed = question.text.lower()
    found = [match for match in pattern.finditer(sentence) if match.group().lower() not in typed]
    if not found:
        return None
    wanted = {stem for word in query_terms(question.asked or question.text) for stem in stems(word)}
    marks = [_nearness(sentence, match.start(), match.end(), wanted) for match in found]
    best = max(marks)
    if len(found) > 1 and (best == 0 or marks.count(best) > 1):
        return None
    chosen = found[marks.index(best)]
    return Span(chosen.start(), chosen.end())


def _nearness(sentence: str, start: int, end: int, wanted: set[str]) -> float:
    """How closely the words wanted stand around a place; what follows a figure names it more often than not."""
    after = _near(_WORD.findall(sentence[end:])[:_REACH], wanted)
    before = _near(_WORD.findall(sentence[:start])[::-1][:_REACH], wanted)
    return max(1.5 * after, before)


def _near(words: Sequence[str], wanted: set[str]) -> float:
    return max((1 / (place + 1) for place, word in enumerate(words) if stems(word.lower()) & wanted), default=0.0)
