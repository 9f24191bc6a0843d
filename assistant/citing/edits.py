"""The edits that a writer marks in a quotation: ``[…]``, ``[T]he``, ``show[ed]``, ``[sic]``, ``[the authors]``.

A quotation becomes segments, each a regular expression over folded text, with gaps between them. What a bracket may
stand for is narrow: a change of case at the start of a word, an ending at its end, words left out or put in. A bracket
that puts in a number or a negation is no edit but another statement, and matches nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.citing.folding import fold, unbroken

__all__ = ["Gap", "Segment", "has_edit_marks", "literal", "segments"]

_MARK = re.compile(r"\[(?P<inside>[^\[\]]{0,200})\]|…|\.{3,}|\.(?: \.){2,}")
_ELLIPSIS = re.compile(r"\s*(?:…|\.\s?\.\s?\.(?:\s?\.)?)\s*")
_REMARK = re.compile(
    r"\s*(?:sic!?|(?:my|our)\s+(?:emphasis|italics|translation)|"
    r"(?:emphasis|italics|translation)s?\s+(?:added|mine|ours|in (?:the )?original))\s*[.!]?\s*",
    re.I,
)
_ENDINGS = ("s", "es", "ed", "d", "ing", "ies", "ied", "y", "e", "er", "ly", "n", "en")
_ENDING = "(?:" + "|".join(sorted(_ENDINGS, key=len, reverse=True)) + ")?"
_REVERSING = re.compile(r"\d|\b(?:not?|never|none|neither|nor|without|cannot|hardly|\w+n[’']t)\b", re.I)
_WORD = re.compile(r"\w")
# Letters of a script that no quotation is in stand for what a bracket allows while the rest is folded.
_ANY_CASE, _ANY_ENDING = "\U00010600", "\U00010601"

_ANYWHERE = 1_000_000
_NEARBY = 600
"""Code points that may be left out beside a segment of a few words only."""
_INSERTED = 200
"""Code points that inserted words may stand for."""
_FEW_WORDS = 4
_BESIDE_GAP = " \t\n.,;:"
"""What a writer sets beside a gap without quoting it."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that must stand in the text as they are."""

    pattern: re.Pattern[str]
    """Over folded text."""
    text: str
    """The same without marks, folded; for finding what comes nearest."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What a writer left out or put in between two segments."""

    limit: int
    """Code points of folded text that may lie between the two."""


def has_edit_marks(quotation: str) -> bool:
    """Whether any bracket or ellipsis stands in ``quotation``."""
    return _MARK.search(quotation) is not None


def literal(quotation: str) -> Segment:
    """The whole quotation as one segment; brackets and dots are text like any other."""
    parts = [fold(part).text for part in unbroken(quotation)]
    expression = "-?".join(re.escape(part) for part in parts)
    expression = re.sub(f"{_ANY_CASE}(.)", r"(?i:\1)", expression).replace(_ANY_ENDING, _ENDING)
    return Segment(re.compile(expression), "".join(parts).replace(_ANY_CASE, "").replace(_ANY_ENDING, ""))


def segments(quotation: str, text: str = "") -> list[Segment | Gap]:
    """Segments and gaps by turns, beginning and ending with a segment; empty where nothing but marks stands there.

    A bracket that occurs in the folded ``text`` as it stands, ``[12]``, is taken as the text's own.
    """
    found: list[Segment | Gap] = []
    current, position, limit = "", 0, 0
    for match in (*_MARK.finditer(quotation), None):
        end = len(quotation) if match is None else match.start()
        current += quotation[position:end]
        replaced: str | int = _ANYWHERE if match is None else _replacement(match, quotation, text)
        position = end if match is None else match.end()
        if isinstance(replaced, str):
            current += replaced
            continue
        words = current.strip(_BESIDE_GAP)
        if _WORD.search(words):
            if found:
                found.append(Gap(limit))
            found.append(literal(words))
            limit = 0
        limit, current = max(limit, replaced), ""
    return _narrowed(found)


def _replacement(match: re.Match[str], quotation: str, text: str) -> str | int:
    """What a mark stands for: text to go on with, or the limit of a gap."""
    inside = match["inside"]
    if inside is None or _ELLIPSIS.fullmatch(inside):
        return _ANYWHERE
    if text and fold(match[0]).text in text:
        return match[0]
    if _REMARK.fullmatch(inside):
        return ""
    glued_before = quotation[match.start() - 1 : match.start()].isalpha()
    glued_after = quotation[match.end() : match.end() + 1].isalpha()
    if inside.isalpha() and glued_after and not glued_before:
        return "".join(_ANY_CASE + letter for letter in inside)
    if glued_before and not glued_after and inside in _ENDINGS:
        return _ANY_ENDING
    if glued_before or glued_after or _REVERSING.search(inside):
        return match[0]
    return _INSERTED


def _narrowed(found: list[Segment | Gap]) -> list[Segment | Gap]:
    """Beside a segment of few words, which may stand anywhere by chance, only little may be left out."""
    narrowed = list(found)
    for number, item in enumerate(found):
        if isinstance(item, Gap):
            around = (found[number - 1], found[number + 1])
            if any(isinstance(part, Segment) and len(part.text.split()) < _FEW_WORDS for part in around):
                narrowed[number] = Gap(min(item.limit, _NEARBY))
    return narrowed
