"""Question: the kind of answer that its words ask for, and the noun phrase that the answer has to be about.

Nothing is parsed: question words, a short list of frames and the place of auxiliaries and prepositions tell both. For
questions on what speaks for and against a topic, `side_of` tells the side of a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["CUES", "Question", "QuestionKind", "Side", "read_question", "side_of"]


class Side(StrEnum):
    """For or against."""

    FOR = "for"
    AGAINST = "against"


CUES = {
    Side.FOR: "benefits advantages opportunities gains",
    Side.AGAINST: "risks harms dangers limitations drawbacks",
}
"""Words searched for beside the topic, by side."""


class QuestionKind(StrEnum):
    """The kind of answer that a question asks for."""

    QUANTITY = "quantity"
    PERSON = "person"
    TIME = "time"
    DEFINITION = "definition"
    DOCUMENTS = "documents"
    """A list of documents, each with its reason."""
    COMPARISON = "comparison"
    """Two subjects side by side."""
    SIDES = "sides"
    """What speaks for a topic and what against it."""
    POLAR = "polar"
    """Yes or no: answered by evidence, not by a bare word."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Question:
    """A question as read."""

    text: str
    kind: QuestionKind
    asked: str = ""
    """The noun phrase that the answer must be about, ``word error rate``; empty where none is found."""
    topic: str = ""
    """The topic of the documents, or of the two sides, without the frame around it."""
    subjects: tuple[str, ...] = ()
    """The two things to compare."""
    side: Side | None = None
    """The side asked for; None for both."""
    aspect: str = ""
    """What of them is compared, ``the licences of``; empty where the question does not say."""


_POSITIVE = re.compile(
    r"(?i)\b(?:advantag|benefi|opportunit|gain(?:s|ed)?\b|improv|enabl|empower|foster|strength|promot|democrati[sz]"
    r"|accelerat|facilitat|reproducib|transparen|trust|innovat|protect|valuable|useful|outperform|cheaper|affordab"
    r"|accessib|allow|help|support|superior|positive|easier|safer|upside|flexib|efficien|effective)"
)
_NEGATIVE = re.compile(
    r"(?i)\b(?:risk|harm|danger|threat|misus|abus|malicious|attack|disadvantag|drawback|downside|limitation|weakness"
    r"|concern|problem|costly|expensive|vulnerab|unsafe|biase[ds]|toxic|disinformation|misinformation|irreversib|suffer"
    r"|fail|fear|worr|negative|insecur|dual.use|weapon|cannot be (?:undone|recalled|rolled)|difficult|lack"
    r"|challeng|loss)"
)
_REVERSED = re.compile(
    r"(?i)\b(?:reduc|lower|mitigat|prevent|avoid|without|less|fewer|no(?:t)?|decreas|limit(?:s|ing)?|overcom|address"
    r"|solv)\w*\W+(?:\w+\W+){0,2}$"
)
_HEADING = 2
_QUANTITY = re.compile(
    r"(?i)\bhow (?:many|much|large|long|big|often|accurate|fast|high|deep|old|far)\b"
    r"|\b(?:accuracy|percentages?|percent|scores?|sizes?|rates?|number|f1|bleu|rouge|kappa|perplexity|share)\b"
)
_PERSON = re.compile(r"^(?:by )?who(?:m|se)?\b|\bwhich (?:authors?|researchers?|people|person)\b", re.I)
_TIME = re.compile(r"^(?:since |until )?when\b|\b(?:what|which) (?:year|month|date|day|century|decade)\b", re.I)
_KINDS = {QuestionKind.PERSON: _PERSON, QuestionKind.TIME: _TIME, QuestionKind.QUANTITY: _QUANTITY}
"""The first kind whose pattern occurs decides."""
_DEFINITION = re.compile(
    r"(?i)^(?:what (?:is|are|does|do) (?P<a>[\w\s’'\"“”.-]{2,60}?)(?: mean| stand for| refer to)?"
    r"|define (?P<b>.{2,60}?)|(?:what is )?(?:the )?(?:definition|meaning) of (?P<c>.{2,60}?))\s*\??$"
)
_DETERMINED = re.compile(r"\b(?:the|their|its|his|her|your|my|this|that|these|those)\b|\b(?:of|in|for|with|by)\b", re.I)
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
_POLAR = re.compile(r"^(?:is|are|was|were|do|does|did|can|could|should|would|will|has|have|had|may|might|must)\b", re.I)
_STOP = (
    r"(?:is|are|was|were|be|been|do|does|did|has|have|had|can|could|should|would|will|may|might|must|of|in|on|for|to"
    r"|with|by|from|at|per|than|that|which|and which|when|between|into|over|under|according|reported|used|using|given)"
)
_ASKED = re.compile(
    rf"(?i)\b(?:how (?:many|much)|(?:what|which)(?:\s+(?:is|are|was|were))?)\s+(?:the\s+|an?\s+|(?:kind|type)s? of\s+)?"
    rf"(?P<asked>(?!{_STOP}\b)[\w’'/-]+(?:[\s,]+(?!{_STOP}\b)[\w’'/-]+){{0,5}}?)"
    rf"(?P<end>\s+(?:each|every|all|any|the|an?|this|these|their|its)\b|(?=\s+{_STOP}\b|\s*[?.,]|$))"
)
_MEASURES = frozenset(
    "share part portion percentage percent amount number range size kind type sort advantage difference value result"
    " effect way reason role thing aspect much many gain loss average mean total final first other common best main"
    " paper papers document documents author authors study library topics topic people person one score scores".split()
)
"""Words that ask without naming; a text may answer without them."""


def read_question(text: str) -> Question:
    """Read what ``text`` asks for.

    >>> read_question("What word error rate does the paper report?").asked
    'word error rate'
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
    kind = _kind(text)
    return Question(text, kind, asked=_asked(text) or (_defined(text) if kind is QuestionKind.DEFINITION else ""))


def side_of(sentence: str, headings: str) -> Side | None:
    """The side that ``sentence``, under ``headings``, takes; None where its signs are even.

    A sign just after a word that reverses it ("reduces the risk") counts for the other side.
    """
    balance = 0
    for pattern, sign in ((_POSITIVE, 1), (_NEGATIVE, -1)):
        for match in pattern.finditer(sentence):
            balance += -sign if _REVERSED.search(sentence[: match.start()]) else sign
        balance += _HEADING * sign if pattern.search(headings) else 0
    return None if not balance else Side.FOR if balance > 0 else Side.AGAINST


def _comparison(text: str, one: str, other: str) -> Question:
    found = _ASPECT.match(one)
    aspect, one = (found["aspect"], found["subject"]) if found is not None else ("", one)
    return Question(text, QuestionKind.COMPARISON, subjects=(one, other), aspect=aspect)


def _kind(text: str) -> QuestionKind:
    for kind, pattern in _KINDS.items():
        if pattern.search(text):
            return kind
    if (subject := _defined(text)) and not _DETERMINED.search(subject):
        return QuestionKind.DEFINITION
    return QuestionKind.POLAR if _POLAR.search(text) else QuestionKind.OTHER


def _defined(text: str) -> str:
    """What a definition is asked of; empty where none is."""
    match = _DEFINITION.search(text)
    return next(group for group in match.groups() if group).strip('"“”‘’ ') if match is not None else ""


def _asked(text: str) -> str:
    """The phrase after the question word, up to the verb, without words that only ask for a measure."""
    match = _ASKED.search(text)
    if match is None:
        return ""
    words = re.split(r"[\s,]+", match["asked"])
    if match["end"]:
        words.pop()  # what stands before an article is the verb: "annotators judged each concept"
    words = [word for word in words if word.lower() not in _MEASURES and word != "and"]
    return " ".join(words)


def _topic(text: str) -> str:
    rest = text.strip(" ?.")
    while (match := _FRAME.match(rest)) is not None and match.end():
        rest = rest[match.end() :]
    return rest or text
