"""Milliseconds between the steps of an answer."""

from __future__ import annotations

import time

__all__ = ["Clock"]


class Clock:
    """Milliseconds by the name of the step; steps of one name add up."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = self._begun = time.perf_counter()

    def lap(self, name: str) -> None:
        """Note the time since the last lap under ``name``, and the time in all."""
        now = time.perf_counter()
        self.laps[name] = self.laps.get(name, 0.0) + (now - self._last) * 1000
        self.laps["total"] = (now - self._begun) * 1000
        self._last = now
