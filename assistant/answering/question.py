"""Question: whether its words ask for a list of documents, a comparison, two sides, or a plain answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["ASPECTS", "Question", "QuestionKind", "Side", "read_question"]


class Side(StrEnum):
    """For or against."""

    FOR = "for"
    AGAINST = "against"


ASPECTS = {Side.FOR: "benefits", Side.AGAINST: "risks"}
"""What is asked of a topic, by side."""


class QuestionKind(StrEnum):
    """The kind of answer that a question asks for."""

    DOCUMENTS = "documents"
    """A list of documents, each with its reason."""
    COMPARISON = "comparison"
    """Two subjects side by side."""
    SIDES = "sides"
    """What speaks for a topic and what against it."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Question:
    """A question as read."""

    text: str
    kind: QuestionKind
    topic: str = ""
    """The topic of the documents, or of the two sides, without the frame around it."""
    subjects: tuple[str, ...] = ()
    """The two things to compare."""
    side: Side | None = None
    """The side asked for; None for both."""
    aspect: str = ""
    """What of them is compared, ``the licences of``; empty where the question does not say."""


_WORKS = r"(?:papers?|documents?|articles?|essays?|works?|studies|study|texts?|publications?|sources?)"
_DOCUMENTS = re.compile(
    rf"(?i)^(?:(?:which|what) (?:of (?:the|my|these) )?{_WORKS}"
    rf"|(?:list|name|show(?: me)?|find(?: me)?|give me) (?:all |the |me )*{_WORKS})\b"
)
_PLURAL_WORKS = re.compile(r"^(?:which|what|list|name|show|find|give)\b.{0,24}?\b(?:\w+s|studies)\b", re.I)
_FRAME = re.compile(
    rf"(?i)^(?:which|what|list|name|show|find|give|me|all|of|the|my|these|{_WORKS}|in|from|library|here|do|does|have"
    r"|has|are|is|were|was|that|who|about|on|with|to|deals?|dealt|concern\w*|stud(?:y|ies|ied)|discuss\w*|address\w*"
    r"|examin\w*|investigat\w*|introduc\w*|propos\w*|present\w*|describ\w*|us(?:e|es|ed|ing)|cover\w*|mention\w*"
    r"|treat\w*|talks?|speaks?|works?|focus\w*|explor\w*|analy[sz]\w*|report\w*|i|we|held?|there|relat\w*|a|an|new)\b[\s,:]*"
)
_COMPARISON = (
    re.compile(r"\bcompare\s+(?P<a>.+?)\s+(?:and|with|to|against|versus|vs\.?)\s+(?P<b>.+?)\s*\??$", re.I),
    re.compile(r"\bdifferences?\s+between\s+(?P<a>.+?)\s+and\s+(?P<b>.+?)\s*\??$", re.I),
    re.compile(
        r"^how (?:do|does|did|is|are) (?P<a>.+?) (?:differ(?:ent)? from|compare (?:to|with)) (?P<b>.+?)\s*\??$", re.I
    ),
    re.compile(r"^(?:what about )?(?P<a>.+?)\s+(?:versus|vs\.?)\s+(?P<b>.+?)\s*\??$", re.I),
)
_ASPECT = re.compile(r"(?P<aspect>(?:the )?\w[\w\s]{2,40}? of)\s+(?P<subject>.+)$", re.I)
_SIDES = re.compile(
    r"(?i)\b(?:pros? and cons?|for and against|advantages? and (?:the )?(?:disadvantages?|drawbacks?|downsides?)"
    r"|(?:benefits?|opportunities|gains?|upsides?|strengths?) and (?:the )?"
    r"(?:risks?|harms?|costs?|drawbacks?|dangers?|downsides?|weaknesses|disadvantages?)"
    r"|(?:risks?|harms?|costs?|dangers?) and (?:the )?(?:benefits?|opportunities|rewards?|gains?)"
    r"|what is gained and what is (?:risked|lost))\b(?:\s+(?:of|in|from|about|to|for|with|by))?"
)
_ONE_SIDE = re.compile(
    r"(?i)^(?:(?:and|but|so)\s+)?(?:what\s+(?:are|is|were|about)\s+)?(?:(?:the|any|some)\s+)?(?:(?:main|biggest"
    r"|greatest|possible|key)\s+)?(?:(?P<against>downsides|drawbacks|disadvantages|cons|arguments? against)"
    r"|(?P<favour>upsides|advantages|merits|pros|arguments? (?:for|in favou?r of)))"
    r"\s+(?:(?:of|in|from|about|to|for|with|by)\s+)?(?P<topic>\w.*?)\s*\??$"
)
"""Questions by words for a side that texts themselves seldom use."""


def read_question(text: str) -> Question:
    """Read what ``text`` asks for.

    >>> read_question("Which papers are about hate speech?").topic
    'hate speech'
    >>> read_question("How does BLOOM differ from LLaMA-2?").subjects
    ('BLOOM', 'LLaMA-2')
    """
    text = text.strip()
    if _DOCUMENTS.search(text) and _PLURAL_WORKS.search(text):
        return Question(text, QuestionKind.DOCUMENTS, topic=_topic(text))
    if (sides := _SIDES.search(text)) is not None:
        rest = text[sides.end() :].strip(" ?.") or text[: sides.start()].strip(" ?.,:")
        return Question(text, QuestionKind.SIDES, topic=rest)
    if (one := _ONE_SIDE.match(text)) is not None:
        side = Side.AGAINST if one["against"] else Side.FOR
        return Question(text, QuestionKind.SIDES, topic=one["topic"], side=side)
    for pattern in _COMPARISON:
        if (match := pattern.search(text)) is not None:
            return _comparison(text, match["a"].strip(), match["b"].strip())
    return Question(text, QuestionKind.OTHER)


def _comparison(text: str, one: str, other: str) -> Question:
    found = _ASPECT.match(one)
    aspect, one = (found["aspect"], found["subject"]) if found is not None else ("", one)
    return Question(text, QuestionKind.COMPARISON, subjects=(one, other), aspect=aspect)


def _topic(text: str) -> str:
    rest = text.strip(" ?.")
    while (match := _FRAME.match(rest)) is not None and match.end():
        rest = rest[match.end() :]
    return rest or text
