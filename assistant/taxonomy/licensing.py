"""Questions on the licence rule: points, permissions, a licence by name, several licences at once."""

from __future__ import annotations

import re

from assistant.taxonomy.grading import read_grades
from assistant.taxonomy.mentions import NUMBER_WORDS, Scan, Sort
from assistant.taxonomy.query import Kind, Query
from assistant.taxonomy.relevance import ASKS_WHEN, leftovers

__all__ = ["licence_query", "terms_told"]

_PERMISSIONS = (
    ("commercial", r"non[\s-]?commercial|commerc\w+|business\s+use|for[\s-]profit|sell(?:ing)?\b|monetis\w+"),
    (
        "other_licence_derivative",
        r"(?:under\s+)?(?:(?:an?\s+)?(?:other|another|different|any|new|own)|the\s+same)\s+licen[cs]\w*"
        r"|share[\s-]?alike|copyleft|re-?licen[cs]\w+|sub-?licen[cs]\w+|other\s+licen[cs]e\s+derivative(?:\s+works?)?",
    ),
    (
        "copyright_derivative",
        r"copyright\w*(?:\s+\w+){0,3}?\s+deriv\w+(?:\s+works?)?"
        r"|deriv\w+(?:\s+works?)?(?:\s+\w+){0,3}?\s+copyright\w*|copyright\w*",
    ),
    ("modify", r"modif\w+(?:\s+as\s+desired)?|chang(?:e|es|ing)\b|alter\w*\b|adapt\w*\b|edit(?:s|ing)?\b"),
    ("research", r"research\w*(?:\s+(?:use|purposes?))?|academic\w*|scientific\s+use"),
)
_MENTION = re.compile("|".join(f"(?P<{name}>\\b(?:{pattern}))" for name, pattern in _PERMISSIONS), re.IGNORECASE)
_GRANTING = re.compile(
    r"\b(?P<no>(?:does|do|did|is|are|may|can|must)\s*(?:not|n't)(?:\s+\w+){0,1}?\s*(?:allow|permit|grant|let)\w*|cannot|may\s+not|must\s+not"
    r"|isn't|aren't|doesn't\s+(?:allow|permit|grant)|don't\s+(?:allow|permit|grant)|not\s+(?:allow|permit|grant)\w*|forbid\w*|prohibit\w*"
    r"|ban(?:s|ned|ning)?|disallow\w*|exclud\w+|except(?:ing|\s+for)?|(?:all|everything|anything)(?:\s+uses?)?\s+but|without|deny|denies|rules?\s+out"
    r"|refus\w+|restrict(?:s|ed|ing)|not|no|nor|never|neither)\b"
    r"|\b(?P<yes>allow\w*|permit\w*|grant\w*|lets?|may|can|but\s+also)\b",
    re.IGNORECASE,
)
_REFUSED_BEHIND = re.compile(
    r"^(?:\s+(?:use|purposes?|works?|of\s+it))*\s*(?:(?:is|are|being|be|was)\s*)?(?:the\s+only\s+(?:thing|use|one)\s+)?(?:n't|not\s+(?:allowed|permitted|granted|possible|ok)"
    r"|not\b(?!\s+only)|forbidden|prohibited|banned|excluded|disallowed|denied|ruled\s+out)",
    re.IGNORECASE,
)
_GRANTED_BEHIND = re.compile(
    r"^(?:\s+(?:use|purposes?|works?))*\s+(?:is|are|being|be)\s+(?:fine|allowed|permitted|granted|ok(?:ay)?|possible)",
    re.IGNORECASE,
)
_EVERYTHING = re.compile(r"\b(?:everything|anything|all|every|each|nothing|rest)\b", re.IGNORECASE)
_POINTS = re.compile(
    r"\b(?P<a>\d+|zero|no|one|two|three|four|five|six|ten)(?:\s+(?:out\s+)?of\s+(?:the\s+)?(?:5|five))?(?:\s+\w+)?\s+(?:licen[cs]e\s+)?points?\b"
    r"|\bscor\w+\s+(?:(?:of|a|just|only|exactly)\s+)*(?P<b>\d+|zero|one|two|three|four|five)\b"
    r"|\bpoints?\s+(?:total|score|count)?\s*(?:of|:|=|is|are)?\s*(?P<c>\d+)\b"
    r"|\b(?P<d>\d|one|two|three|four|five)\s+(?:of|out\s+of)\s+(?:the\s+)?(?:5|five)\s+(?:permissions?|rights|freedoms|criteria)",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(?:several|multiple|more\s+than\s+one|two|many|various|different|mixed|conflicting)\s+(?:\w+\s+){0,3}?(?:licen[cs]es|sources|data\s?sets)\b"
    r"|\bstrictest\b|\bmost\s+restrictive\b|\bdiffering\s+licen",
    re.IGNORECASE,
)
_RESTRICTIVE = re.compile(r"\b(?:restrict\w+|restriction[\s-]free)\b", re.IGNORECASE)
_SCORE_ASKED = re.compile(r"\b(?:which|what|how\s+many)\s+(?:scores?|points?)\b", re.IGNORECASE)
_LEVEL_ASKED = re.compile(
    r"\b(?:levels?|scale|points?|scor\w+|class\w*|categor\w+|open\w*|restrict\w+|map\w*|rat(?:e|ed|ing))\b",
    re.IGNORECASE,
)


def licence_query(scan: Scan) -> Query | None:
    """The question as one on the licence rule, or None."""
    text = scan.text
    if scan.of(Sort.MODEL, Sort.FAMILY, Sort.FOREIGN, Sort.DEVELOPER):
        return None
    if any(mention.value != "release" for mention in scan.of(Sort.FIELD)):
        return None
    licence_said = scan.has("licence") or bool(re.search(r"\blicen[cs]", text, re.IGNORECASE))
    if _SEVERAL.search(text) and (licence_said or scan.of(Sort.STAGE) or scan.has("components", "cells")):
        return Query(text, Kind.LICENCE_RULE, topic="several")
    if (points := _points(text)) is not None and (licence_said or scan.has("points", "criteria")):
        return Query(text, Kind.LICENCE_RULE, topic="points", points=points)
    needed = licence_said or re.search(r"\b(?:need\w*|requir\w*|take|necessary)\b", text, re.IGNORECASE)
    needed = needed or _SCORE_ASKED.search(text)
    told_apart = licence_said and ASKS_WHEN.match(text) and _RESTRICTIVE.search(text)
    if (told_apart or (scan.has("points") and needed)) and scan.of(Sort.LEVEL, Sort.GRADE):
        return Query(text, Kind.LICENCE_RULE, topic="needed", grades=tuple(item.grade for item in read_grades(scan)))
    return _permissions(scan, licence_said) or _general(scan, licence_said)


def terms_told(text: str) -> bool:
    """Whether a sentence says what a licence allows or refuses."""
    return _MENTION.search(text) is not None and _GRANTING.search(text) is not None


_ALL_OR_NONE = re.compile(
    r"\b(all|none|no|zero)\s+(?:of\s+)?(?:the\s+)?(?:five\s+|5\s+)?(?:permissions|criteria|conditions|freedoms)\b",
    re.IGNORECASE,
)


def _points(text: str) -> int | None:
    if every := _ALL_OR_NONE.search(text):
        return 5 if every[1].lower() == "all" else 0
    found = _POINTS.search(text)
    if found is None:
        return None
    word = next(group for group in found.groups() if group).lower()
    return NUMBER_WORDS[word] if word in NUMBER_WORDS else int(word)


def _permissions(scan: Scan, licence_said: bool) -> Query | None:
    text = scan.text
    mentioned = list(_MENTION.finditer(text))
    terms_said = licence_said or re.search(r"\b(?:terms|allowed|permitted|prohibited|forbidden)\b", text, re.IGNORECASE)
    verb = _GRANTING.search(text) or re.search(r"\bonly\b", text, re.IGNORECASE)
    spoken = verb is not None or any(found[0].lower().startswith("non") for found in mentioned)
    if (
        not terms_said
        or not spoken
        or not (_LEVEL_ASKED.search(text) or (licence_said and (len(mentioned) > 1 or _EVERYTHING.search(text))))
    ):
        return None
    if not mentioned and not (
        re.search(r"\b(?:allow|permit|grant|forbid|prohibit)", text, re.IGNORECASE) and _EVERYTHING.search(text)
    ):
        return None
    if scan.of(Sort.LICENCE) or re.search(r"\b(?:which|what|how\s+many)\s+(?:\w+\s+)?permissions", text, re.IGNORECASE):
        return None
    allowed, denied = _granted(text, mentioned)
    return Query(text, Kind.LICENCE_RULE, topic="permissions", allowed=allowed, denied=denied)


def _granted(text: str, mentioned: list[re.Match[str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which permissions a licence gives, and which it refuses; unnamed ones follow "everything" and "nothing"."""
    verdicts: dict[str, bool] = {}
    for n, found in enumerate(mentioned):
        name = str(found.lastgroup)
        stop = mentioned[n + 1].start() if n + 1 < len(mentioned) else len(text)
        verdicts[name] = _allowed(text, found, text[found.end() : stop]) and verdicts.get(name, True)
    names = tuple(
        name for name in ("research", "commercial", "modify", "copyright_derivative", "other_licence_derivative")
    )
    everything = re.search(
        r"\b(?:everything|anything|all(?:\s+(?:five|of|other|uses?|the))?\b|(?:the\s+)?rest|(?:any|every)\s+(?:other\s+)?use)",
        text,
        re.IGNORECASE,
    )
    refused_rest = re.search(
        r"\bnothing\b|\b(?:forbids?|prohibits?)\s+(?:everything|all|the\s+rest)|\bonly\b"
        r"|\b(?:else|rest)\s+(?:(?:is|are)\s+)?(?:n't|not|forbidden|prohibited|denied|excluded|ruled\s+out)\b",
        text,
        re.IGNORECASE,
    )
    only_refusals = bool(verdicts) and not any(verdicts.values())
    rest = only_refusals or (everything is not None and not refused_rest)
    allowed = tuple(name for name in names if verdicts.get(name, rest))
    denied = tuple(name for name in names if name in verdicts and not verdicts[name])
    return allowed, denied


def _allowed(text: str, found: re.Match[str], behind: str) -> bool:
    """Whether the permission at a place is given: by what stands behind it, else by the last verb before it."""
    word = found[0].lower()
    refused = re.match(r"non|share|copyleft|(?:under\s+)?the\s+same", word) is not None
    if refused:
        return False
    if _REFUSED_BEHIND.match(behind):
        return False
    if _GRANTED_BEHIND.match(behind):
        return True
    last = None
    for verb in _GRANTING.finditer(text, 0, found.start()):
        last = verb
    return last is None or last["no"] is None


def _general(scan: Scan, licence_said: bool) -> Query | None:
    """A licence by name, or the permissions and the scale of points themselves."""
    text = scan.text
    named = scan.values(Sort.LICENCE)
    asks = scan.has("points", "criteria", "scale", "define") or scan.of(Sort.GRADE) or scan.has("how-open")
    if named and asks and not scan.has("models", "each", "cells") and not scan.of(Sort.STAGE, Sort.MATTER):
        return Query(text, Kind.LICENCE_RULE, topic="licence", licence=named[0])
    asked = re.search(
        r"\b(?:permissions?|criteri(?:a|on)|points?\s+(?:system|based|scale|rule)|five\s+points|get\s+points|earns?)\b",
        text,
        re.IGNORECASE,
    )
    ruled = re.search(r"\b(?:the|this|licen[cs]e)\s+rule\b", text, re.IGNORECASE)
    if (asked and (licence_said or ruled or scan.has("points"))) or (scan.has("points") and licence_said):
        return Query(text, Kind.LICENCE_RULE, topic="criteria")
    turned = _POINTS_TO_LEVELS.search(text) and all(_TURNING.match(word) for word, _ in leftovers(scan))
    if turned or (re.search(r"licen[cs]\w*", text, re.IGNORECASE) and _rule_asked(text)):
        return Query(text, Kind.LICENCE_RULE, topic="criteria")
    return None


def _rule_asked(text: str) -> bool:
    return _RULE.search(text) is not None


_TURNING = re.compile(r"turn|translat|convert|becom|map|lead", re.IGNORECASE)
_POINTS_TO_LEVELS = re.compile(rf"\bpoints?\b.*\b(?:{_TURNING.pattern})\w*\b.*\blevels?\b", re.IGNORECASE)


_RULE = re.compile(
    r"\bhow\s+(?:are|is|does|do)\b.*\blicen[cs]\w*\b.*\b(?:scored|rated|evaluated|graded|judged|classified|map\w*"
    r"|(?:translat\w*|turn\w*|convert\w*|becomes?|lead)\b.*\blevels?)\b"
    r"|\blicen[cs]e\s+(?:rule|scoring|scale|rating)\b|\bhow\s+licen[cs]es\s+are\s+(?:scored|rated|graded|judged|mapped)\b"
    r"|\blicen[cs]es?\s+(?:\w+\s+)?into\s+(?:\w+\s+)?levels?\b|\brules?\s+(?:for|of|on|behind)\s+licen[cs]es?\b"
    r"|\b(?:from|between)\s+licen[cs]es?\s+(?:to|and)\s+(?:\w+\s+)?levels?\b",
    re.IGNORECASE,
)
