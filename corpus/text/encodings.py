"""Which of the old encodings a text was written in, by evidence.

Every encoding that can decode the bytes is weighed by how likely the characters are that come out: each foreign letter
by the alphabet of one language, or by its row in the national standard, which puts the common characters first; each
mark by how usual it is; and what words hardly ever do (a capital or a sign in the middle, two scripts in one) counts
against it. The sums are logarithms of probabilities, so one number compares Mac Roman with Big5.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import log

from corpus.text.ideographs import IDEOGRAPHIC, ideograph_score

__all__ = ["WESTERN", "likeliest_encodings"]

WESTERN = "windows-1252"
"""What is assumed where the evidence is even."""

# In the order of preference: encodings that read a text alike are told apart by their place here.
_ALPHABETIC = (
    ("cp1252", "western", 0.0),
    ("cp1250", "central", -6.0),
    ("cp1251", "cyrillic", -8.0),
    ("cp1253", "greek", -8.0),
    ("cp1254", "turkish", -6.0),
    ("cp1255", "hebrew", -8.0),
    ("cp1256", "arabic", -8.0),
    ("cp1257", "baltic", -6.0),
    ("iso8859_2", "central", -7.0),
    ("iso8859_15", "western", -7.0),
    ("koi8_u", "cyrillic", -7.0),
    ("iso8859_5", "cyrillic", -7.0),
    ("iso8859_7", "greek", -7.0),
    ("iso8859_9", "turkish", -7.0),
    ("iso8859_13", "baltic", -7.0),
    ("cp874", "thai", -7.0),
    ("mac_roman", "western", -10.0),
    ("mac_cyrillic", "cyrillic", -10.0),
    ("cp866", "cyrillic", -10.0),
    ("cp437", "western", -14.0),
    ("cp850", "western", -14.0),
    ("cp852", "central", -14.0),
)
"""Encoding, the group of languages written in it, and its prior (natural logarithm)."""

_SAMPLE = 16_384
"""So many bytes of lines with foreign bytes are enough."""

_QUOTES = frozenset("’“”‘–—")
_MARKS = frozenset("„‚«»‹›…€£§°·•\u00a0©®½¿¡ªº№™²³±×µ´\u200c\u200d،؟؛")

_LOWER, _UPPER, _NEIGHBOUR, _OTHER_LETTER = 0.6, 0.06, 0.04, 2e-5
_QUOTE, _MARK, _SIGN, _CONTROL = 0.05, 0.004, 1e-5, 1e-7
_ODD = 4.0
"""The cost of a thing that words hardly ever do, as a natural logarithm."""

_LATIN = "A-Za-zÀ-ÖØ-öø-ɏ"
_FOREIGN_LATIN = "À-ÖØ-öø-ɏ"
_OTHER_SCRIPT = "Ͱ-ϿЀ-ӿ֐-׿؀-ۿ฀-๿"
_ODDITIES = (
    re.compile(rf"[{_LATIN}](?=[{_OTHER_SCRIPT}])|[{_OTHER_SCRIPT}](?=[{_LATIN}])"),
    re.compile(r"[^\W\d_](?=[^\w\s’‘'\-–—·.,/:;()\[\]\u00ad\u200c\u200d\u00b4][^\W\d_])"),
    re.compile(rf"[{_FOREIGN_LATIN}](?=[{_FOREIGN_LATIN}])"),
    re.compile(rf"(?<![{_OTHER_SCRIPT}])[{_OTHER_SCRIPT}](?![{_OTHER_SCRIPT}])"),
    re.compile(r"(?<!\S)[’”](?=[^\W\d_])"),
)
_LETTERS = re.compile(r"[^\W\d_]{2,}")


def likeliest_encodings(data: bytes) -> list[str]:
    """Names of the encodings that can hold ``data``, the likeliest first, each with a codec of Python's.

    The bytes are judged by a sample, so the first of them need not decode all of ``data``.

    >>> likeliest_encodings("Plecháč, Ondřej; Žižka".encode("cp1250"))[0]
    'cp1250'
    >>> likeliest_encodings("Größe; a naïve café".encode("cp1252"))[0]
    'cp1252'
    """
    sample = _foreign_lines(data)
    if sum(byte > 0x7F for byte in sample) < 2:
        return ["cp1252"]  # A single byte is no evidence.
    scores: dict[str, float] = {}
    for encoding, group, prior in _ALPHABETIC:
        text = _decoded(sample, encoding)
        if text is not None:
            scores[encoding] = prior + _alphabetic_score(text, group)
    for encoding in IDEOGRAPHIC:
        text = _decoded(sample, encoding)
        if text is not None:
            scores[encoding] = ideograph_score(text, encoding)
    return sorted(scores, key=lambda encoding: -scores[encoding])


def _foreign_lines(data: bytes) -> bytes:
    """Lines with a byte over 0x7F, up to the size of a sample; no line feed is part of a longer character."""
    taken: list[bytes] = []
    size = 0
    for match in re.finditer(rb"[^\r\n]*[\x80-\xff][^\r\n]*", data):
        taken.append(match.group()[: _SAMPLE - size])
        size += len(taken[-1])
        if size >= _SAMPLE:
            break
    return b"\n".join(taken)


def _decoded(sample: bytes, encoding: str) -> str | None:
    try:
        if encoding in ("cp1252", "cp1253", "cp1254", "cp1255", "cp1257", "cp874"):
            # Undefined bytes are met in real files; each costs as much as a control character.
            return sample.decode(encoding, errors="replace")
        return codecs.getincrementaldecoder(encoding)("strict").decode(sample, final=False)
    except UnicodeDecodeError:
        return None


def _alphabetic_score(text: str, group: str) -> float:
    counts = Counter(char for char in text if char > "\x7f")
    odd = sum(len(pattern.findall(text)) for pattern in _ODDITIES)
    odd += sum(_has_inner_capital(word) for word in _LETTERS.findall(text) if not word.isascii())
    alphabets = _alphabets()[group]
    around = "".join(sorted({letter for letters in alphabets for letter in letters}))
    best = max(
        sum(number * log(_probability(char, letters, around)) for char, number in counts.items())
        for letters in alphabets
    )
    return best - _ODD * odd


def _has_inner_capital(word: str) -> bool:
    """Whether a foreign capital follows a small letter, or small foreign letters follow one: "SchŸtze", "уЛУЧШЕНИЕ"."""
    return any(a.islower() and b.isupper() and not (a + b).isascii() for a, b in pairwise(word))


def _probability(char: str, letters: str, around: str) -> float:
    """Of a character in a language with those ``letters``, whose neighbours together have those ``around``."""
    if char in letters:
        return _LOWER / len(letters)
    if char.isalpha() and char.lower() in letters:
        return _UPPER / len(letters)
    if char.lower() in around:
        return _NEIGHBOUR / len(around)
    if char in _QUOTES:
        return _QUOTE
    if char in _MARKS:
        return _MARK
    if char == "\ufffd" or not char.isprintable():
        return _CONTROL
    return _OTHER_LETTER if char.isalpha() else _SIGN


@cache
def _alphabets() -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for line in files("corpus.text").joinpath("data/alphabets.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            group, _, letters = line.split(" ", 2)
            groups.setdefault(group, []).append(letters)
    return groups
