"""From bytes to canonical characters: the one way in for every text format."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.model import Damage
from corpus.text.characters import normalise
from corpus.text.decoding import decode
from corpus.text.mojibake import lost_fragments, repair_mojibake

__all__ = ["RepairedText", "locate_damage", "repair"]


@dataclass(frozen=True, slots=True)
class RepairedText:
    """Decoded, repaired, NFC text without control characters, and what could not be saved."""

    text: str
    encoding: str
    lost: tuple[str, ...]
    """Fragments with missing bytes, in text order; they stay in ``text``."""


def repair(data: bytes) -> RepairedText:
    """Decode ``data``, undo mojibake, expand ligatures, normalise to NFC and drop control characters."""
    text, encoding = decode(data)
    # Controls go last: U+0080..U+009F may be bytes that a repair needs.
    text = normalise(repair_mojibake(text))
    return RepairedText(text, encoding, tuple(lost_fragments(text)))


def locate_damage(text: str, lost: tuple[str, ...]) -> tuple[Damage, ...]:
    """Where the ``lost`` fragments stand in the canonical ``text`` that a reader made."""
    damages: list[Damage] = []
    cursor = 0
    for fragment in lost:
        start = text.find(fragment, cursor)
        if start >= 0:
            cursor = start + len(fragment)
            message = "bytes of this character were lost before the file was saved; it is kept as it stands"
            damages.append(Damage(start, cursor, fragment, message))
    return tuple(damages)
