"""Lines that are, as a whole, UTF-8 read in a one-byte encoding.

In text that is right, foreign characters do not happen to form complete UTF-8 sequences one after the other: a line of
which all do, and which then shows words of one script each, was misread.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter

__all__ = ["brings_stray_letters", "looks_broken", "reread", "suspicious"]

_LEAST_SEQUENCES = 3
"""Fewer different sequences may be chance: "l’école" is one, where the file was Mac Roman."""
_MOST_TURNS = 4
"""Text that was misread more often than this is left as the last turn made it."""
_ENCODINGS = ("latin-1", "cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1257", "iso8859_2", "mac_roman", "cp437")


def _high_bytes(encoding: str) -> dict[str, int]:
    """The byte above 0x7F behind each character; bytes that the encoding leaves undefined stand for themselves."""
    return {bytes([byte]).decode(encoding, errors="ignore") or chr(byte): byte for byte in range(0x80, 0x100)}


_TABLES = [_high_bytes(encoding) for encoding in _ENCODINGS]
_CHARMAPS = [
    {**{code: code for code in range(0x80)}, **{ord(c): byte for c, byte in table.items()}} for table in _TABLES
]


_QUIET = "–—“”‘’«»…\u00a0ёєії"
"""Characters that right text may well have beside a letter that looks like half of a sequence.

Marks are Mac Roman's bytes of Cyrillic and Hebrew; behind Cyrillic letters they, and some letters, are Windows-1251's.
They count as signs of misreading only where a whole line consists of complete sequences.
"""


def _classes(table: dict[str, int]) -> tuple[str, str]:
    first = "".join(char for char, byte in table.items() if 0xC2 <= byte <= 0xF4)
    second = "".join(char for char, byte in table.items() if byte <= 0xBF)
    return first, second


def _pattern(firsts: str, seconds: str) -> str:
    return f"[{re.escape(firsts)}](?:[{re.escape(seconds)}]|(?<=[ÂÃ]) )"


def _without_quiet(first: str, second: str) -> tuple[str, str]:
    quiet_seconds = _QUIET if "Д" in first else ""
    return "".join(c for c in first if c not in _QUIET), "".join(c for c in second if c not in quiet_seconds)


_PAIRS = [_classes(table) for table in _TABLES]
# One class of first and one of second characters lets more through, but is ten times as fast as the alternatives.
_COARSE = re.compile(
    "[\x80-\x9f]|" + _pattern("".join(first for first, _ in _PAIRS), "".join(second for _, second in _PAIRS))
)
_LOUD = re.compile("|".join(("[\x80-\x9f]", *(_pattern(*_without_quiet(*pair)) for pair in _PAIRS))))
_COMPLETE = [re.compile(f"(?:[\x00-\x7f]++|[{re.escape(a)}][{re.escape(b)}]{{1,3}}+)*+") for a, b in _PAIRS]


def suspicious(text: str) -> bool:
    """Whether ``text`` may have been misread: it holds a C1 control, or two characters that may be bytes of one.

    Right text may ("l’école"), so this only tells which lines need a closer look.
    """
    return _COARSE.search(text) is not None


def looks_broken(line: str) -> bool:
    """Whether ``line`` holds such characters, others than right text in a usual language has."""
    return _LOUD.search(line) is not None


def reread(line: str) -> str:
    """``line`` as it was before it was misread, once or several times; empty where that is not certain.

    >>> reread("Ð¾Ð±Ð·Ð¾Ñ€")
    'обзор'
    >>> reread("l’école, l’équipe, l’étude")
    ''
    """
    current = ""
    for _ in range(_MOST_TURNS):
        turned = _reread_once(current or line)
        if not turned:
            break
        current = turned
    return current


_ANYWHERE = frozenset(("LATIN", "GREEK", "COMBINING", "VARIATION"))
_WORD_PARTS = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Cn", "Co"))


def brings_stray_letters(line: str, fixed: str) -> bool:
    """Whether ``fixed`` holds just a few letters of a script that ``line`` does not write: "€•" is no Arabic letter.

    Single Greek letters are usual in any language. An ideograph is three bytes: two of them are evidence enough.
    """
    known = {_script(char) for char in line if char.isalpha()} | _ANYWHERE
    counts = Counter(_script(char) for char in fixed if unicodedata.category(char) in _WORD_PARTS)
    least = dict.fromkeys(_TOGETHER, 2)
    return any(n < least.get(script, _LEAST_SEQUENCES) for script, n in counts.items() if script not in known)


def _reread_once(line: str) -> str:
    if line.isascii():
        return ""
    for charmap, complete in zip(_CHARMAPS, _COMPLETE, strict=True):
        if not complete.fullmatch(line):
            continue
        turned = _as_utf8(codecs.charmap_encode(line, "strict", charmap)[0])
        if turned and _is_plausible(turned):
            return turned
    return ""


def _as_utf8(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return text if len({char for char in text if char > "\x7f"}) >= _LEAST_SEQUENCES else ""


def _is_plausible(text: str) -> bool:
    """Whether all characters exist and no word mixes scripts; C1 controls may be bytes of another turn."""
    for word in text.split():
        scripts = {_script(char) for char in word if char.isalpha()}
        if len(scripts) > 1 and not scripts <= _TOGETHER:
            return False
    return not any(unicodedata.category(char) in ("Cn", "Co", "Cs") for char in text)


_TOGETHER = frozenset(("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL"))
"""Scripts that one word of Japanese or Korean may mix."""


def _script(char: str) -> str:
    return "LATIN" if char.isascii() else unicodedata.name(char, "?").split()[0]
