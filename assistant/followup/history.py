"""A conversation as far as the next question needs it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["PastTurn"]


@dataclass(frozen=True, slots=True)
class PastTurn:
    """A question asked before, and the documents that its answer quoted."""

    question: str
    standalone_question: str = ""
    """The same as it was understood; empty where it stood alone."""
    titles: tuple[str, ...] = ()
    """Of the documents quoted, one for each source, in the order shown."""

    @property
    def understood(self) -> str:
        """The question as it was asked of the library."""
        return self.standalone_question or self.question
