"""Does a quotation stand in a text? Word for word, with marked edits, altered, or not at all.

Only the differences that `assistant.citing.folding` names are folded. A changed word, number, unit, name or negation
is an alteration, however small; likeness is measured only to show which wording was probably meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from unicodedata import combining

from assistant.citing.edits import Gap, Segment, has_edit_marks, literal, segments
from assistant.citing.folding import Folded, fold, unbroken
from corpus.model import Span

__all__ = ["Difference", "QuotationCheck", "Verdict", "check_quotation", "stands_in"]

_ALIKE = 65.0
"""Per cent of like characters from which a wording counts as the one that was altered."""
_TOKEN = re.compile(r"\w+(?:[-\u2010\u2011.,:/'\u2019]\w+)*|[^\w\s]")
_MARGIN = 25
"""Code points around what is most alike, in which a word may have been altered too."""
_MOST_TRIES = 2_000
_MOST_PLACES = 200


class Verdict(StrEnum):
    """What became of a quotation."""

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
    """A quotation held against one text."""

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


def check_quotation(quotation: str, text: str) -> QuotationCheck:
    """Hold ``quotation`` against canonical ``text``."""
    folded = fold(text)
    found = stands_in(quotation, text)
    if found is not None:
        return found
    return _nearest(quotation, text, folded)


def stands_in(quotation: str, text: str) -> QuotationCheck | None:
    """Where ``quotation`` stands in canonical ``text``, word for word or with marked edits; None where it doesn't."""
    folded = fold(text)
    whole = literal(quotation)
    if not re.search(r"\w", whole.text):
        return None
    span = next(_places(whole, folded, text, 0, len(folded.text)), None)
    if span is not None:
        return _standing(Verdict.OK, [span], folded, text)
    if not has_edit_marks(quotation):
        return None
    for own_brackets in (folded.text, ""):
        spans = _in_order(segments(quotation, own_brackets), folded, text)
        if spans:
            return _standing(Verdict.EDITED, spans, folded, text)
    return None


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
        if before in "-\u2010\u2011\u2212\u2013$€£¥±":
            return True
        return before in ".,:/" and further.isdigit()
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
    span, differences = _compared(
        span, text, wanted.text if has_edit_marks(quotation) else "".join(unbroken(quotation))
    )
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
