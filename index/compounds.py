"""Words written together or apart: "pretraining" is filed as "pre-training" and "pre training" are.

Only for finding; which words, stands in ``data/compounds.txt``.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

__all__ = ["beginnings_apart", "parted"]


def parted(word: str) -> tuple[str, ...]:
    """The two parts of a lower-case word that is also written apart; else the word alone.

    >>> parted("datasets"), parted("dated")
    (('data', 'sets'), ('dated',))
    """
    found = _compound().match(word)
    return (found[0], word[found.end() :]) if found else (word,)


def beginnings_apart(beginning: str) -> list[tuple[str, str]]:
    """Where ``beginning`` reaches into the second part of such words: the first part, and the beginning of the second.

    >>> beginnings_apart("datas"), beginnings_apart("dat")
    ([('data', 's')], [])
    """
    return [
        (first, beginning[len(first) :])
        for first, second in _pairs()
        if len(beginning) > len(first)
        and (beginning.startswith(first + second) or (first + second).startswith(beginning))
    ]


@cache
def _pairs() -> tuple[tuple[str, str], ...]:
    text = files("index").joinpath("data/compounds.txt").read_text("utf-8")
    found = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    return tuple((first, second) for first, second in found)


@cache
def _compound() -> re.Pattern[str]:
    return re.compile("|".join(f"{first}(?={second})" for first, second in _pairs()))
