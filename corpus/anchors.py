"""Anchors: what is remembered of a span, so that it is found again when its document's text has changed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.model import Span

__all__ = ["Anchor", "find_anchor", "find_words"]

CONTEXT = 32
"""Characters kept from before and behind a span."""
_QUOTES = str.maketrans(dict.fromkeys("‘’‚‛“”„‟«»‹›′″`´", "'") | {'"': "'"})


@dataclass(frozen=True, slots=True)
class Anchor:
    """A span with its words and the words around them."""

    start: int
    end: int
    exact: str
    """``text[start:end]`` of the text that the anchor was made from."""
    before: str
    """Up to 32 characters before it."""
    after: str
    """Up to 32 characters behind it."""

    @classmethod
    def of(cls, text: str, span: Span) -> Anchor:
        """The anchor of a span of ``text``."""
        before = text[max(0, span.start - CONTEXT) : span.start]
        return cls(span.start, span.end, span.within(text), before, text[span.end : span.end + CONTEXT])


def find_anchor(anchor: Anchor, text: str) -> Span | None:
    """Where an anchor's words stand in a newer ``text``; None where that is not certain.

    The words between the same words go first, the nearest ones where there are several; then words that stand there
    once; then words that stand there once but for white space, hyphens, dashes, ligatures and quotation marks.
    """
    if not anchor.exact:
        return None
    length = len(anchor.exact)
    for before, after in ((anchor.before, anchor.after), (anchor.before, ""), ("", anchor.after)):
        if (before or after) and (places := list(_places(before + anchor.exact + after, text))):
            starts = [place + len(before) for place in places]
            if (before and after) or len(starts) == 1:
                start = min(starts, key=lambda at: abs(at - anchor.start))
                return Span(start, start + length)
    found = find_words(anchor.exact, text)
    return found[0] if len(found) == 1 else None


def find_words(words: str, text: str) -> list[Span]:
    """Every place where ``words`` stand in ``text``; where they nowhere do, where they stand folded."""
    exact = [Span(start, start + len(words)) for start in _places(words, text)]
    if exact:
        return exact
    wanted, _ = _folded(words)
    whole, offsets = _folded(text)
    return [Span(offsets[at], offsets[at + len(wanted) - 1] + 1) for at in _places(wanted, whole)]


def _places(words: str, text: str) -> Iterator[int]:
    """The offsets of all occurrences that do not overlap; none of nothing."""
    at = text.find(words) if words else -1
    while at >= 0:
        yield at
        at = text.find(words, at + len(words))


def _folded(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the offset of the one that it comes from."""
    pieces, offsets = [], []
    for offset, char in enumerate(text):
        piece = _fold(char)
        pieces.append(piece)
        offsets.extend([offset] * len(piece))
    return "".join(pieces), offsets


@cache
def _fold(char: str) -> str:
    if char.isspace() or unicodedata.category(char) in ("Pd", "Cf"):
        return ""
    if "\ufb00" <= char <= "\ufb06":
        return unicodedata.normalize("NFKC", char)
    return char.translate(_QUOTES)
