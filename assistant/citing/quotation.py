"""Quotation check: does a quotation stand in a text word for word, with marked edits, altered, or not at all?

Only the differences that `corpus.text.folding` names are folded. A changed word, number, unit, name or negation is an
alteration, however small; likeness is measured only to show which wording was probably meant.

Marked edits are ``[…]``, ``[T]he``, ``show[ed]``, ``[sic]``, ``[the authors]``. They cut a quotation into segments,
each a regular expression over folded text, with gaps between them. A bracket that puts in a number or a negation is no
edit but another statement, and matches nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from unicodedata import combining

from corpus.model import Span
from corpus.text.folding import Folded, fold, unbroken

__all__ = ["Difference", "QuotationCheck", "Segment", "Verdict", "check_quotation", "segments", "stands_in"]

_MARK = re.compile(r"\[(?P<inside>[^\[\]]{0,200})\]|…|\.{3,}|\.(?: \.){2,}")
_ELLIPSIS = re.compile(r"\s*(?:…|\.\s?\.\s?\.(?:\s?\.)?)\s*")
_REMARK = re.compile(
    r"(?i)\s*(?:sic!?|(?:my|our)\s+(?:emphasis|italics|translation)|"
    r"(?:emphasis|italics|translation)s?\s+(?:added|mine|ours|in (?:the )?original))\s*[.!]?\s*"
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

_ALIKE = 65.0
"""Minimum likeness, per cent of like characters, of the wording that was altered."""
_TOKEN = re.compile(r"\w+(?:[-\u2010\u2011.,:/'\u2019]\w+)*|[^\w\s]")
_MARGIN = 25
"""Code points around the most similar stretch in which a word may have been altered too."""
_MOST_TRIES = 2_000
_MOST_PLACES = 200


class Verdict(StrEnum):
    """The result of a check."""

    OK = "quote-ok"
    EDITED = "quote-edited"
    ALTERED = "quote-altered"
    MISSING = "quote-missing"


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that the text has and those that stand in their place in the quotation; either may be empty."""

    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class QuotationCheck:
    """A quotation checked against one text."""

    verdict: Verdict
    spans: tuple[Span, ...] = ()
    """Where its segments stand, in order; of an altered one, where the nearest wording stands."""
    expected: str = ""
    """The text's own wording from the first span to the last; a slice of the text."""
    differences: tuple[Difference, ...] = ()
    """Of an altered quotation, word by word."""
    likeness: float = 0.0
    """Per cent of like characters between quotation and ``expected``; says nothing about truth."""

    @property
    def stands(self) -> bool:
        """Whether every word that is shown as quoted stands in the text."""
        return self.verdict in (Verdict.OK, Verdict.EDITED)


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that must stand in the text as they are."""

    pattern: re.Pattern[str]
    """Over folded text."""
    text: str
    """The same without marks, folded; for the search of the nearest wording."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What a writer left out or put in between two segments."""

    limit: int
    """Code points of folded text that may lie between the two."""


def check_quotation(quotation: str, text: str) -> QuotationCheck:
    """Check ``quotation`` against canonical ``text``."""
    return stands_in(quotation, text) or _nearest(quotation, text, fold(text))


def stands_in(quotation: str, text: str) -> QuotationCheck | None:
    """Where ``quotation`` stands in canonical ``text``, word for word or with marked edits; None where it doesn't."""
    folded = fold(text)
    whole = _literal(quotation)
    if not re.search(r"\w", whole.text):
        return None
    span = next(_places(whole, folded, text, 0, len(folded.text)), None)
    if span is not None:
        return _standing(Verdict.OK, [span], folded, text)
    if not _MARK.search(quotation):
        return None
    for own_brackets in (folded.text, ""):
        spans = _in_order(segments(quotation, own_brackets), folded, text)
        if spans:
            return _standing(Verdict.EDITED, spans, folded, text)
    return None


def _literal(quotation: str) -> Segment:
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
            found.append(_literal(words))
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


def _standing(verdict: Verdict, spans: Sequence[Span], folded: Folded, text: str) -> QuotationCheck:
    originals = tuple(folded.original(span.start, span.end) for span in spans)
    return QuotationCheck(verdict, originals, text[originals[0].start : originals[-1].end], likeness=100.0)


def _places(segment: Segment, folded: Folded, text: str, start: int, end: int) -> Iterator[Span]:
    """Where a segment stands in ``folded.text[start:end]`` without cutting a word, a number or its unit."""
    position = start
    while match := segment.pattern.search(folded.text, position, end):
        span = Span(*match.span())
        original = folded.original(span.start, span.end)
        if not _cuts_before(text, original.start) and not _cuts_after(text, original.end):
            yield span
        position = match.start() + 1


def _cuts_before(text: str, at: int) -> bool:
    """Whether something that belongs to the word or number at ``at`` stands right before it.

    ``effective`` is not quoted from ``ineffective`` or ``non-effective``, nor ``5`` from ``3.5``, ``-5`` or ``$5``.
    """
    if at == 0 or not _wordlike(text[at]):
        return False
    before, further = text[at - 1], text[at - 2 : at - 1]
    if _wordlike(before):
        return True
    if text[at].isdigit():
        return before in "-\u2010\u2011\u2212\u2013$€£¥±" or (before in ".,:/" and further.isdigit())
    return before in "-\u2010\u2011'\u2019" and _wordlike(further)


def _cuts_after(text: str, at: int) -> bool:
    """Whether something that belongs to the word or number before ``at`` stands right behind it."""
    if at >= len(text) or not _wordlike(text[at - 1]):
        return False
    after, further = text[at], text[at + 1 : at + 2]
    if _wordlike(after):
        return True
    if text[at - 1].isdigit():
        if text[at:].lstrip(" ")[:1] in ("%", "‰", "°"):
            return True
        if after in ".,:/-\u2013\u2212" and further.isdigit():
            return True
    return after in "-\u2010\u2011'\u2019" and _wordlike(further)


def _wordlike(char: str) -> bool:
    return char.isalnum() or char == "_" or combining(char) > 0


def _in_order(parts: Sequence[Segment | Gap], folded: Folded, text: str) -> list[Span]:
    """The closest places of all segments one behind the other, no gap wider than its limit; empty for none."""
    if not parts:
        return []
    tries = 0

    def follow(number: int, start: int, end: int) -> list[Span]:
        nonlocal tries
        segment = parts[number]
        assert isinstance(segment, Segment)
        for place in _places(segment, folded, text, start, end):
            tries += 1
            if tries > _MOST_TRIES:
                return []
            if number + 1 == len(parts):
                return [place]
            gap = parts[number + 1]
            assert isinstance(gap, Gap)
            reach = _length(parts[number + 2]) + gap.limit
            rest = follow(number + 2, place.end, min(len(folded.text), place.end + reach))
            if rest:
                return [place, *rest]
        return []

    best: list[Span] = []
    start = 0
    for _ in range(_MOST_PLACES):
        spans = follow(0, start, len(folded.text))
        if not spans:
            break
        if not best or spans[-1].end - spans[0].start < best[-1].end - best[0].start:
            best = spans
        start = spans[0].start + 1
    return best


def _length(part: Segment | Gap) -> int:
    """The longest text that a segment matches, about."""
    return len(part.text) + 40 if isinstance(part, Segment) else part.limit


def _nearest(quotation: str, text: str, folded: Folded) -> QuotationCheck:
    """The wording that comes nearest, where one is near at all."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    wanted = _missing_part(quotation, text, folded)
    if wanted is None or not folded.text:
        return QuotationCheck(Verdict.MISSING)
    aligned = partial_ratio_alignment(wanted.text, folded.text, score_cutoff=_ALIKE)
    if aligned is None or aligned.dest_end <= aligned.dest_start:
        return QuotationCheck(Verdict.MISSING)
    span = _around(folded.original(aligned.dest_start, aligned.dest_end), text)
    found = wanted.text if _MARK.search(quotation) else "".join(unbroken(quotation))
    span, differences = _compared(span, text, found)
    return QuotationCheck(Verdict.ALTERED, (span,), span.within(text), differences, aligned.score)


def _missing_part(quotation: str, text: str, folded: Folded) -> Segment | None:
    """The longest segment that does not stand in the text, else the longest; None where there are no words."""
    parts = [part for part in segments(quotation) if isinstance(part, Segment)]
    missing = [part for part in parts if next(_places(part, folded, text, 0, len(folded.text)), None) is None]
    return max(missing or parts, key=lambda part: len(part.text), default=None)


def _around(span: Span, text: str) -> Span:
    """``span`` with a word or two more at each end, whole words and numbers only, no white space at its ends."""
    start, end = max(0, span.start - _MARGIN), min(len(text), span.end + _MARGIN)
    while start < span.start and (text[start].isspace() or _cuts_before(text, start)):
        start += 1
    while start > 0 and _cuts_before(text, start):
        start -= 1
        while start > 0 and not _wordlike(text[start]) and _wordlike(text[start - 1]):
            start -= 1
    while end > span.end and (text[end - 1].isspace() or _cuts_after(text, end)):
        end -= 1
    while end < len(text) and _cuts_after(text, end):
        end += 1
        while end < len(text) and not _wordlike(text[end - 1]) and (_wordlike(text[end]) or text[end - 1].isspace()):
            end += 1
    return Span(start, end)


def _compared(span: Span, text: str, found: str) -> tuple[Span, tuple[Difference, ...]]:
    """The words in which a wording differs from ``found``; its span without what it has more at its ends."""
    theirs = [Span(m.start() + span.start, m.end() + span.start) for m in _TOKEN.finditer(span.within(text))]
    ours = [Span(*match.span()) for match in _TOKEN.finditer(found)]
    matcher = SequenceMatcher(
        None, [fold(word.within(text)).text for word in theirs], [fold(word.within(found)).text for word in ours], False
    )
    changes = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    # At its ends the span has more words than were quoted: as many stay there as stand against them.
    if changes and changes[0][1] == 0 < len(theirs):
        kind, _, last, begin, end = changes[0]
        first = max(0, last - (end - begin))
        changes[0] = (kind, first, last, begin, end)
        span = Span(theirs[first].start if first < len(theirs) else span.start, span.end)
    if changes and changes[-1][2] == len(theirs) and changes[-1][1] > 0:
        kind, first, last, begin, end = changes[-1]
        last = min(last, first + end - begin)
        changes[-1] = (kind, first, last, begin, end)
        span = Span(span.start, theirs[last - 1].end)
    return span, tuple(
        Difference(_joined(theirs[first:last], text), _joined(ours[begin:end], found))
        for _, first, last, begin, end in changes
        if first < last or begin < end
    )


def _joined(words: Sequence[Span], text: str) -> str:
    return text[words[0].start : words[-1].end] if words else ""
