"""How likely a text is in an encoding of Chinese, Japanese or Korean.

The national standards put the common characters into the first rows and the rare ones behind them, so a character's
place says how usual it is; no list of frequencies is needed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from math import log

__all__ = ["IDEOGRAPHIC", "ideograph_score"]


@dataclass(frozen=True, slots=True)
class _Standard:
    """Where a national standard keeps its characters, by their first byte in ``codec``."""

    codec: str
    rows: tuple[tuple[int, int, float, int], ...]
    """First and last lead byte, the share of running text that they hold, and how many characters they are."""


_JAPANESE = _Standard(
    "euc_jp",
    ((0xA1, 0xA3, 0.1, 200), (0xA4, 0xA5, 0.55, 169), (0xB0, 0xCF, 0.3, 2965), (0xD0, 0xF4, 0.01, 3390)),
)
_STANDARDS = {
    "gb18030": _Standard("gb2312", ((0xA1, 0xA3, 0.1, 200), (0xB0, 0xD7, 0.86, 3755), (0xD8, 0xF7, 0.03, 3008))),
    "big5": _Standard("big5", ((0xA1, 0xA3, 0.1, 400), (0xA4, 0xC6, 0.86, 5401), (0xC9, 0xF9, 0.02, 7652))),
    "cp932": _JAPANESE,
    "euc_jp": _JAPANESE,
    "cp949": _Standard("euc_kr", ((0xA1, 0xA3, 0.08, 300), (0xB0, 0xC8, 0.88, 2350), (0xCA, 0xFD, 0.01, 4888))),
}
IDEOGRAPHIC = tuple(_STANDARDS)
"""The encodings that are weighed."""

_ELSEWHERE = log(0.001 / 20_000)
_HALF_WIDTH = log(0.005 / 63)
_BESIDE_LATIN = 4.0
"""The cost, as a natural logarithm, of an ideograph set against a Latin letter."""


def ideograph_score(text: str, encoding: str) -> float:
    """The natural logarithm of the likelihood of the foreign characters of ``text``, decoded from ``encoding``."""
    standard = _STANDARDS[encoding]
    score = 0.0
    for char, number in Counter(char for char in text if char > "\x7f").items():
        score += number * _log_probability(char, standard)
    beside = 0
    for a, b in pairwise(text):
        beside += a.isascii() != b.isascii() and (a if a.isascii() else b).isalpha()
    return score - _BESIDE_LATIN * beside


def _log_probability(char: str, standard: _Standard) -> float:
    if "\uff61" <= char <= "\uff9f":
        return _HALF_WIDTH
    encoded = char.encode(standard.codec, errors="ignore")
    if len(encoded) == 2:
        for first, last, share, size in standard.rows:
            if first <= encoded[0] <= last:
                return log(share / size)
    return _ELSEWHERE
