"""Copies of a passage in several documents, shown once.

Two files of the same paper (a preprint and the printed version, a second scan) would fill a list of results with the
same words. Copies are told by the terms that they share.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.analyzer import Hashes
from index.pool import Ints
from index.termvectors import Rows

__all__ = ["fold_copies"]

_SAME = 0.9
"""Share of the pairs of neighbouring terms that two copies have in common (Jaccard)."""
_NEAR = 30
"""Groups before a candidate that are looked at: the same words are worth nearly the same."""
_LEAST_TERMS = 12
"""Of a shorter passage, a caption or a list of names, copies say nothing about its document."""


def fold_copies(rows: Rows, ranked: Ints, limit: int) -> list[list[int]]:
    """The first ``limit`` groups of candidates that are copies of each other, in the order of the best of each.

    ``ranked`` holds row numbers, best first. Passages of one document are never folded.
    """
    groups: list[list[int]] = []
    shingles: list[frozenset[int]] = []
    bodies = _bodies(rows)
    for row in ranked.tolist():
        own = _shingles(bodies[row])
        for group, other in zip(groups[-_NEAR:], shingles[-_NEAR:], strict=True):
            if _alike(own, other) and all(rows.document_ids[row] != rows.document_ids[held] for held in group):
                group.append(row)
                break
        else:
            if len(groups) == limit:
                break
            groups.append([row])
            shingles.append(own)
    return groups


def _bodies(rows: Rows) -> Sequence[Hashes]:
    ends = np.cumsum(rows.lengths.sum(axis=1))
    return [rows.terms[end - body : end] for end, body in zip(ends, rows.lengths[:, 2], strict=True)]


def _shingles(body: Hashes) -> frozenset[int]:
    if len(body) < _LEAST_TERMS:
        return frozenset()
    wide = body.astype(np.uint64)
    return frozenset((wide[:-1] << np.uint64(32) | wide[1:]).tolist())


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    if not one or not other or min(len(one), len(other)) < _SAME * max(len(one), len(other)):
        return False
    shared = len(one & other)
    return shared >= _SAME * (len(one) + len(other) - shared)
