"""Batches of tokens: texts of like length together, so that little is computed for padding."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["token_batches"]

_LEAST_SHARE = 0.75
"""A text shorter than this share of a batch's longest one opens the next batch, once the batch is worth a call."""
_WORTH_A_CALL = 4
"""A batch of a fourth of the budget keeps the processor busy; more calls of that size cost no time."""


def token_batches(lengths: Sequence[int], budget: int) -> list[list[int]]:
    """Positions of ``lengths`` cut into batches, the longest texts first.

    A batch padded to its longest text holds at most ``budget`` tokens, or one text that is longer.
    """
    batches: list[list[int]] = []
    for position in sorted(range(len(lengths)), key=lambda position: -lengths[position]):
        if batches and _joins(lengths[position], lengths[batches[-1][0]], len(batches[-1]), budget):
            batches[-1].append(position)
        else:
            batches.append([position])
    return batches


def _joins(length: int, longest: int, texts: int, budget: int) -> bool:
    if (texts + 1) * longest > budget:
        return False
    return length >= _LEAST_SHARE * longest or texts * longest < budget / _WORTH_A_CALL
