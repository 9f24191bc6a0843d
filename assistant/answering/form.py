"""The form of a sentence that answers: with a figure, a name, a date; a definition of what is asked for."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.answering.question import Question, QuestionKind
from assistant.answering.shortspan import has_figure

__all__ = ["fit"]

_FIT = 0.1
"""For a sentence of the form that the question asks for."""
_DEFINES = 0.25
"""For one that says of the very thing asked for what it is."""

_FORMS = {
    QuestionKind.TIME: re.compile(r"\b(?:1[5-9]|20)\d\d\b"),
    QuestionKind.PERSON: re.compile(r"(?<=\s)[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+"),
    QuestionKind.DEFINITION: re.compile(
        r"\b(?:is|are) (?:an?|the|any|defined|when|what|called)\b|\brefers? to\b|\bdefin(?:e|ed|es|ition)\b|\bmeans?\b"
        r"|\bwe (?:call|mean)\b|\bi\.e\.",
        re.IGNORECASE,
    ),
}
"""What a fitting sentence holds."""
_ASIDE = r"(?:[”’\"'*]|\s*\([^()]*\)|\s*\[[^\[\]]*\])*"
"""Behind a term: closing marks, its abbreviation, a citation."""
_IS = (
    r"\s*(?:,\s+(?:which is )?(?:an?|the)\b|\s(?:is|are|was|were)\s+(?:an?|the|any|defined|when|one of|our)\b"
    r"|\s(?:refers?|means?|denotes?|describes?|aims?)\b)"
)
_NAMES = (
    r"\b(?:call(?:ed|s)?|defin(?:e|es|ed|ing)|term(?:ed)?|named|dubbed|known as)\s+(?:(?:it|this|the|an?)\s+)*[“‘\"'(]?"
)


def fit(question: Question, sentence: str) -> float:
    """What ``sentence`` gains by its form; 0 where it has not the form that ``question`` asks for."""
    if question.kind is QuestionKind.QUANTITY:
        return _FIT * has_figure(sentence)
    form = _FORMS.get(question.kind)
    if question.kind is QuestionKind.DEFINITION and question.asked and _defining(question.asked).search(sentence):
        return _DEFINES
    return _FIT if form is not None and form.search(sentence) else 0.0


@lru_cache(maxsize=64)
def _defining(term: str) -> re.Pattern[str]:
    """A definition of ``term``: it is said to be something, or something is called by it.

    What somebody shows or claims of it ("we found that it is a …") defines it less often.
    """
    words = r"[\s-]+".join(re.escape(word.rstrip("s")) + "s?" for word in re.findall(r"[\w’'+.-]+", term))
    return re.compile(rf"(?<!\bthat )\b{words}{_ASIDE}{_IS}|{_NAMES}{words}\b", re.IGNORECASE)
