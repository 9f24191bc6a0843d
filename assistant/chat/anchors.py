"""A place in a document that is found again when the text around it has changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from corpus.model import Span

__all__ = ["Anchor"]

_CONTEXT = 32
"""Code points kept before and after."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A slice with its text and what stands around it."""

    document_id: str
    start: int
    end: int
    exact: str
    before: str
    after: str

    @classmethod
    def of(cls, document_id: str, text: str, span: Span) -> Anchor:
        """The anchor of ``text[span.start:span.end]``."""
        before, after = text[max(0, span.start - _CONTEXT) : span.start], text[span.end : span.end + _CONTEXT]
        return cls(document_id, span.start, span.end, span.within(text), before, after)

    def find(self, text: str) -> Span | None:
        """Where the slice stands in ``text`` now; None where it is gone.

        Of several places with the same words the one with the same surroundings is taken, then the nearest.

        >>> anchor = Anchor.of("d", "One. Two. Three.", Span(5, 9))
        >>> anchor.find("Zero. One. Two. Three.")
        Span(start=11, end=15)
        """
        if text[self.start : self.end] == self.exact:
            return Span(self.start, self.end)
        return max(self._places(text), key=lambda span: self._likeness(text, span), default=None)

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)

    def _places(self, text: str) -> Iterator[Span]:
        start = text.find(self.exact) if self.exact else -1
        while start >= 0:
            yield Span(start, start + len(self.exact))
            start = text.find(self.exact, start + 1)

    def _likeness(self, text: str, span: Span) -> tuple[int, int]:
        around = text[: span.start].endswith(self.before) + text[span.end :].startswith(self.after)
        return around, -abs(span.start - self.start)
