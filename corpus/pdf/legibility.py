"""Whether the characters of a file are the ones its pages show.

A font without a true map to Unicode gives letters of many scripts, mixed inside words: nothing to be quoted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

__all__ = ["is_doubtful", "is_garbled"]

_WORD = re.compile(r"[^\W\d_]{2,}")
_FEWEST_WORDS = 15
_MOST_MIXED = 0.3
"""Share of words mixing scripts from which on a text is called garbled."""
_GLYPH_NAME = re.compile(r"/(?:[gGcCa]|cid|glyph|uni)\d{1,5}(?![^\W_])")
"""The name of a glyph that was not translated; ``/g133``."""
_MOST_NAMES = 0.3
"""Share of the characters in such names from which on a text is called garbled."""
_PRESENTATION_FORM = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc]")
_EAST_ASIAN = frozenset(
    {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "FULLWIDTH", "HALFWIDTH", "BOPOMOFO"}
)


def is_garbled(texts: Iterable[str]) -> bool:
    """Whether most of the text can't be what the pages show."""
    texts = list(texts)
    named = sum(len(name) for text in texts for name in _GLYPH_NAME.findall(text))
    if named > _MOST_NAMES * max(1, sum(len(text) for text in texts)):
        return True
    words = [word for text in texts for word in _WORD.findall(text)]
    if len(words) < _FEWEST_WORDS:
        return False
    mixed = sum(1 for word in words if not word.isascii() and len({_script(char) for char in word} - {""}) > 1)
    return mixed > _MOST_MIXED * len(words)


def is_doubtful(texts: Iterable[str]) -> bool:
    """Whether another engine should have a look: the text is garbled, or has shapes of letters instead of letters.

    Presentation forms of Arabic and Hebrew stand for letters as drawn, and mostly in the order of drawing.
    """
    texts = list(texts)
    return any(_PRESENTATION_FORM.search(text) for text in texts) or is_garbled(texts)


@cache
def _script(char: str) -> str:
    """The script of a letter, or nothing for marks and mathematical letters, which go with any."""
    name = unicodedata.name(char, "UNASSIGNED")
    if name.startswith(("MATHEMATICAL", "MODIFIER", "COMBINING", "SCRIPT", "DOUBLE-STRUCK", "BLACK-LETTER")):
        return ""
    first = name.partition(" ")[0]
    return "EAST ASIAN" if first in _EAST_ASIAN else first
