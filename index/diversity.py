"""Copies of a passage in several documents, shown once.

Two files of the same paper (a preprint and the printed version, a second scan) would fill a list of results with the
same words. Copies are told by the terms that they share.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from index.pool import Ints
from index.termvectors import Rows

__all__ = ["fold_copies"]

Pairs = NDArray[np.uint32]
"""Pairs of neighbouring terms, as one number each."""

_ODD = np.uint32(0x9E3779B1)
"""Tells a pair from the same terms in the other order."""
_BITS = np.uint64(32)

_SAME = 0.9
"""Share of the pairs of neighbouring terms that two copies have in common (Jaccard)."""
_LEAST_TERMS = 12
"""Of a shorter passage, a caption or a list of names, copies say nothing about its document."""


def fold_copies(rows: Rows, ranked: Ints, limit: int) -> list[list[int]]:
    """The first ``limit`` groups of candidates that are copies of each other, in the order of the best of each.

    ``ranked`` holds row numbers, best first; copies of a group are found however far behind they stand. Passages of one
    document are never folded.
    """
    groups: list[list[int]] = []
    marked: dict[int, list[int]] = {}
    pairs = _pairs(rows)
    for row in ranked.tolist():
        marks = _marks(pairs[row])
        for near in dict.fromkeys(group for mark in marks for group in marked.get(mark, ())):
            others = {rows.document_ids[held] for held in groups[near]}
            if rows.document_ids[row] not in others and _alike(pairs[row], pairs[groups[near][0]]):
                groups[near].append(row)
                break
        else:
            if len(groups) < limit:
                for mark in marks:
                    marked.setdefault(mark, []).append(len(groups))
                groups.append([row])
    return groups


def _pairs(rows: Rows) -> list[Pairs]:
    """The distinct pairs of neighbouring terms in each body, rising; none of a body that is too short."""
    totals = rows.lengths.sum(axis=1)
    owner = np.repeat(np.arange(len(totals), dtype=np.uint64), totals)
    bodies = np.repeat(np.cumsum(totals) - rows.lengths[:, 2], totals)
    inside = (np.arange(len(owner)) >= bodies) & np.repeat(rows.lengths[:, 2] >= _LEAST_TERMS, totals)
    beside = inside[:-1] & (owner[:-1] == owner[1:])
    numbers = (rows.terms[:-1] * _ODD + rows.terms[1:])[beside].astype(np.uint64)
    found = np.sort(owner[:-1][beside] << _BITS | numbers)
    found = np.delete(found, np.flatnonzero(found[1:] == found[:-1]))
    ends = np.searchsorted(found, np.arange(1, len(totals), dtype=np.uint64) << _BITS)
    return np.split(found.astype(np.uint32), ends)


def _marks(pairs: Pairs) -> list[int]:
    """The least pairs: of two bodies that are alike, one at least is among those of both.

    (Prefix filtering, Chaudhuri, Ganti and Kaushik 2006.)
    """
    return list(pairs[: len(pairs) - math.ceil(_SAME * len(pairs)) + 1].tolist())


def _alike(one: Pairs, other: Pairs) -> bool:
    if min(len(one), len(other)) < _SAME * max(len(one), len(other)):
        return False
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return shared >= _SAME * (len(one) + len(other) - shared)
