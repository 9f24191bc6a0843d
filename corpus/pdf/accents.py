"""Letters whose accents TeX set as characters of their own: ``Strakov´a`` for what the page shows as ``Straková``."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["compose_accents", "sets_accents_apart"]

_COMBINING = {
    "´": "\u0301",
    "`": "\u0300",
    "¨": "\u0308",
    "ˆ": "\u0302",
    "˜": "\u0303",
    "ˇ": "\u030c",
    "˘": "\u0306",
    "˚": "\u030a",
    "˙": "\u0307",
    "˝": "\u030b",
}
_BEFORE = re.compile(r"(?<![/~])([´¨ˆ˜ˇ˘˚˙˝])([A-Za-zı])(?!´)|(?<=[^\W\d_])(`)([aeiouAEIOU])")
_POSSESSIVE = re.compile(r"[^\W\d_]´[st](?![^\W\d_])")
_CEDILLA = re.compile(r"(?<![/~])([cCsS])¸")
# Behind the last letter of a word: the accent was drawn after it. A word that also begins with one is in quotes.
_BEHIND = re.compile(r"(?<![\w´])([^\W\d_]{2,}[aeiou])([´¨ˆ˜])(?![^\W_])")
_TEX = re.compile(r"tex|dvi", re.IGNORECASE)


def sets_accents_apart(metadata: dict[str, str]) -> bool:
    """Whether the file was made by TeX, which alone draws accent and letter one after the other."""
    return any(_TEX.search(metadata.get(name, "")) for name in ("Producer", "Creator", "PTEX.Fullbanner"))


def compose_accents(text: str) -> str:
    """``text`` with every accent that precedes its letter, or ends a word, put onto it, where Unicode has that letter.

    >>> compose_accents("Strakov´a, Franc¸ois and the author´s ˆω")
    'Straková, François and the author´s ˆω'
    """
    if text.isascii() and "`" not in text:
        return text
    kept = [match.start() + 1 for match in _POSSESSIVE.finditer(text)]

    def compose(match: re.Match[str]) -> str:
        if match.start() in kept:
            return match[0]
        accent, letter = (match[1], match[2]) if match[1] else (match[3], match[4])
        base = "i" if letter == "ı" else letter
        whole = unicodedata.normalize("NFC", base + _COMBINING[accent])
        return whole if len(whole) == 1 else match[0]

    composed = _CEDILLA.sub(lambda match: unicodedata.normalize("NFC", match[1] + "\u0327"), _BEFORE.sub(compose, text))
    return _BEHIND.sub(lambda match: unicodedata.normalize("NFC", match[1] + _COMBINING[match[2]]), composed)
