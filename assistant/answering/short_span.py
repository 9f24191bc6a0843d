"""Short answers: the figure, name, date or definition asked for, found in a sentence.

`short_span` finds the few words that answer by themselves; `fit` scores the form of the whole sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.answering.question import Question, QuestionKind
from corpus.model import Span
from index.analyzer import stems
from index.query import query_terms

__all__ = ["fit", "short_span"]

_FIGURE = r"\d+(?:[,.]\d+)*"
_NUMBER = re.compile(
    rf"(?<![\w.,])(?:[$€£]\s?)?[-+−]?{_FIGURE}(?:(?:\s?[–-]\s?|\sto\s){_FIGURE})?"
    r"(?:\s?(?:%|percent\b|per cent\b|[kKMB]\b|thousand\b|million\b|billion\b|trillion\b))?"
    r"|\b(?:[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Ee]leven|[Tt]welve"
    r"|[Tt]wenty|[Hh]undred)\b(?:\s(?:hundred|thousand|million|billion)\b)?"
)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_YEAR = r"(?:1[5-9]|20)\d\d"
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}\s+)?{_MONTH}(?:\s+\d{{1,2}},)?\s+{_YEAR}\b"
    rf"|\b(?:(?:early|mid|late)[\s-])?{_YEAR}s?\b"
    r"|(?<=\b[Ii]n )1[0-4]\d\d\b"
    r"|\b(?:(?:early|mid|late)[\s-])?\d{1,2}(?:st|nd|rd|th)(?:\sand\s\d{1,2}(?:st|nd|rd|th))?[\s-]centur(?:y|ies)\b"
)
_PERSON = re.compile(
    r"\b[A-Z][\w’'-]+(?:(?:,? and|,| &) [A-Z][\w’'-]+)* et al\.?"
    r"|\b(?:[A-Z][a-z’'-]+|[A-Z]\.)(?:\s+(?:van|von|de|der|[A-Z]\.|[A-Z][a-zA-Z’'-]+)){1,3}\b"
)
_PLACE = re.compile(r"\b(?:the|in|at|to|into|from|near)\s+$", re.I)
"""Words before a name that is no person's, or not the agent's."""
_FORMS = {QuestionKind.QUANTITY: _NUMBER, QuestionKind.TIME: _DATE, QuestionKind.PERSON: _PERSON}
_POINTER = re.compile(
    r"(?i)\b(?:tables?|tab\.|fig(?:ure|s|\.)*|sec(?:tions?|s|\.)+|eq(?:uations?|s|\.)+|chapters?|appendix|algorithms?|footnotes?"
    rf"|pages?|pp?\.|steps?|version)\s*\(?\d+(?:[.,]\d+)*(?:\s?(?:[–-]|and|to)\s?\d+(?:\.\d+)*)?|§+\s?\d+(?:\.\d+)*"
    r"|\[[\d\s,;–-]+\]"
    rf"|\([^()]*\b{_YEAR}[a-z]?\)|\b[A-Z]\S+ (?:et al\.? )?[(\[]{_YEAR}[a-z]?[)\]]"
    rf"|\b(?:in|since|until|during|before|after|around|early|late|{_MONTH}(?: \d{{1,2}},?)?) {_YEAR}s?\b"
    r"(?!\s(?!(?:was|has|is|as|this|its)\b)[a-z]+s\b)"
)
"""Figures that count nothing: numbers of tables and sections, citations, years."""
_HOW_MANY = re.compile(r"\bhow many\b", re.I)
_SHARE = re.compile(r"%|per ?cent\b")
_WORD = re.compile(r"[^\W_]+")
_REACH = 6
"""Words on each side of a figure that can tell what it counts."""
_FIT = 0.1
"""Bonus when the sentence has the answer's form."""
_DEFINES = 0.25
"""Bonus when the sentence defines the very term asked for."""
_SENTENCE_FORMS = {
    QuestionKind.TIME: re.compile(r"\b(?:1[5-9]|20)\d\d\b"),
    QuestionKind.PERSON: re.compile(r"(?<=\s)[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+"),
    QuestionKind.DEFINITION: re.compile(
        r"(?i)\b(?:is|are) (?:an?|the|any|defined|when|what|called)\b|\brefers? to\b|\bdefin(?:e|ed|es|ition)\b"
        r"|\bmeans?\b|\bwe (?:call|mean)\b|\bi\.e\."
    ),
}
"""What a sentence of each form contains."""
_ASIDE = r"(?:[”’\"'*]|\s*\([^()]*\)|\s*\[[^\[\]]*\])*"
"""After a term: closing marks, its abbreviation, a citation."""
_IS = (
    r"\s*(?:,\s+(?:which is )?(?:an?|the)\b|\s(?:is|are|was|were)\s+(?:an?|the|any|defined|when|one of|our)\b"
    r"|\s(?:refers?|means?|denotes?|describes?|aims?)\b)"
)
_NAMES = (
    r"\b(?:call(?:ed|s)?|defin(?:e|es|ed|ing)|term(?:ed)?|named|dubbed|known as)\s+(?:(?:it|this|the|an?)\s+)*[“‘\"'(]?"
)


def has_figure(sentence: str) -> bool:
    """Whether ``sentence`` has a figure that counts or measures something.

    >>> has_figure("Table 3: F1 of all models (Li et al., 2019)."), has_figure("Table 3 has 20 rows.")
    (False, True)
    """
    return re.search(r"(?<![\w.-])\d", _POINTER.sub("", sentence)) is not None


def short_span(question: Question, sentence: str) -> Span | None:
    """Where in ``sentence`` the short answer stands; None where it has none, or no single best one.

    >>> s = "It holds 86 books, in all 547 hours of audio."
    >>> q = Question("How many hours of audio are there?", QuestionKind.QUANTITY, asked="hours of audio")
    >>> short_span(q, s).within(s)
    '547'
    """
    pattern = _FORMS.get(question.kind)
    if pattern is None:
        return None
    found = [m for m in pattern.finditer(sentence) if _may_answer(question, sentence, m)]
    if not found:
        return None
    wanted = {stem for word in query_terms(question.asked or question.text) for stem in stems(word)}
    before_counts = question.kind is not QuestionKind.QUANTITY
    marks = [_nearness(sentence, match.start(), match.end(), wanted, before_counts) for match in found]
    best = max(marks)
    if marks.count(best) > 1 or (best == 0 and question.kind is QuestionKind.QUANTITY):
        return None  # nothing tells which, or what the figure counts
    chosen = found[marks.index(best)]
    return Span(chosen.start(), chosen.end())


def fit(question: Question, sentence: str) -> float:
    """The bonus of ``sentence`` for its form; 0 where it does not have the form that ``question`` asks for."""
    if question.kind is QuestionKind.QUANTITY:
        return _FIT * has_figure(sentence)
    form = _SENTENCE_FORMS.get(question.kind)
    if question.kind is QuestionKind.DEFINITION and question.asked and _defining(question.asked).search(sentence):
        return _DEFINES
    return _FIT if form is not None and form.search(sentence) else 0.0


def _may_answer(question: Question, sentence: str, match: re.Match[str]) -> bool:
    """Whether a match is of the sort asked for, and no part of the question itself."""
    words = match.group()
    if words.lower() in question.text.lower():
        return False
    if question.kind is QuestionKind.QUANTITY:
        if _HOW_MANY.search(question.text) and _SHARE.search(words):
            return False
        return not any(m.start() <= match.start() < m.end() for m in _POINTER.finditer(sentence))
    if question.kind is QuestionKind.PERSON:
        own = stems(words)
        return not _PLACE.search(sentence[: match.start()]) and 2 * len(own & stems(question.text)) < len(own)
    return True


def _nearness(sentence: str, start: int, end: int, wanted: set[str], before_counts: bool) -> float:
    """How closely the wanted words stand around a place; after a figure they count more than before it."""
    after = _near(_WORD.findall(sentence[end:])[:_REACH], wanted)
    before = _near(_WORD.findall(sentence[:start])[::-1][:_REACH], wanted)
    return max(after, 1.1 * before) if before_counts else max(1.5 * after, before)


def _near(words: Sequence[str], wanted: set[str]) -> float:
    return max((1 / (place + 1) for place, word in enumerate(words) if stems(word.lower()) & wanted), default=0.0)


@lru_cache(maxsize=64)
def _defining(term: str) -> re.Pattern[str]:
    """A definition of ``term``, "TERM is a …" or "… is called TERM"; but not "we found that TERM is a …"."""
    words = r"[\s-]+".join(re.escape(word.rstrip("s")) + "s?" for word in re.findall(r"[\w’'+.-]+", term))
    return re.compile(rf"(?<!\bthat )\b{words}{_ASIDE}{_IS}|{_NAMES}{words}\b", re.I)
