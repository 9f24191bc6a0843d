"""Anchors: a span with its text and context, so that it is found again after its document has changed."""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model import Span
from corpus.text.folding import fold_loosely

__all__ = ["Anchor", "find_anchor", "find_words"]

_CONTEXT = 32
"""Characters of context kept on each side of a span."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A span with its text and the text around it."""

    start: int
    end: int
    exact: str
    """``text[start:end]`` of the text that the anchor was made from."""
    before: str
    """Up to 32 characters before it."""
    after: str
    """Up to 32 characters after it."""

    @classmethod
    def of(cls, text: str, span: Span) -> "Anchor":
        """The anchor of a span of ``text``."""
        before = text[max(0, span.start - _CONTEXT) : span.start]
        return cls(span.start, span.end, span.within(text), before, text[span.end : span.end + _CONTEXT])


def find_anchor(anchor: Anchor, text: str) -> Span | None:
    """Where an anchor's text stands in a newer ``text``; None where that is not certain.

    In order of preference: with the same context on both sides, the nearest of several; with the same context on one
    side, if unique; without its context, if unique, exactly or else folded (see `fold_loosely`).
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
    """Every place where ``words`` stand in ``text`` exactly; if there is none, every place where they stand folded."""
    exact = [Span(start, start + len(words)) for start in _places(words, text)]
    if exact:
        return exact
    wanted, whole = fold_loosely(words).text, fold_loosely(text)
    return [whole.original(at, at + len(wanted)) for at in _places(wanted, whole.text)]


def _places(words: str, text: str) -> Iterator[int]:
    """The offsets of all occurrences that do not overlap; none if ``words`` is empty."""
    at = text.find(words) if words else -1
    while at >= 0:
        yield at
        at = text.find(words, at + len(words))
