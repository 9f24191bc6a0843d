"""How fast a piece of work goes, and how long it will still take."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

__all__ = ["Pace", "in_words"]

_TOO_EARLY = 0.5
"""Seconds before which a rate would be guessed."""


class Pace:
    """Watches counts of one stage after the other; each stage has a rate of its own.

    >>> clock = iter([0.0, 2.0]).__next__
    >>> pace = Pace(clock)
    >>> pace.moved("reading", 0, 10), pace.moved("reading", 4, 10)
    ('', '2.0/s, 3 s left')
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._stage = ""
        self._began = 0.0
        self._first = 0
        self.rate: float | None = None
        """Things done in a second, in this stage; None while it is too early to tell."""
        self.left: float | None = None
        """Seconds that the stage will still take at this rate; None while it is too early to tell."""

    def moved(self, stage: str, done: int, total: int) -> str:
        """Note a count, and say rate and time left; empty while it is too early to tell."""
        now = self._clock()
        if stage != self._stage:
            self._stage, self._began, self._first = stage, now, done
        seconds, new = now - self._began, done - self._first
        if seconds < _TOO_EARLY or new < 1:
            self.rate = self.left = None
            return ""
        self.rate = new / seconds
        self.left = max(0, total - done) / self.rate
        return f"{self.rate:.1f}/s, {in_words(self.left)} left" if done < total else f"{self.rate:.1f}/s"


def in_words(seconds: float) -> str:
    """A time as a person says it: never more exact than it can be known.

    >>> [in_words(seconds) for seconds in (0.2, 42, 130, 4000)]
    ['1 s', '42 s', '2 min', '1 h 7 min']
    """
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
