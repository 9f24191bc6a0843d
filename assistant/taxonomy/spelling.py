"""Corrects misspelt names and words; a number in a name is never corrected."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA, JaroWinkler

from assistant.taxonomy.lexicon import lexicon
from assistant.taxonomy.mentions import Scan, Sort, key_of, single

if TYPE_CHECKING:
    from assistant.taxonomy.names import Names

__all__ = ["correct", "nearest"]

_WORD = re.compile(r"[^\W\d_]{3,}")
_NUMBER = re.compile(r"[\s-]*(\d+(?:\.\d+)?)[\s-]?(b\b)?", re.IGNORECASE)
_NAMED_BY = re.compile(r"\b(?:the|a|an|some|every|this|that)\s*$", re.IGNORECASE)
_SHORT, _LONG = 3, 6


@dataclass(frozen=True, slots=True)
class Corrected:
    """The question after correction."""

    text: str
    corrections: tuple[str, ...]


def correct(scan: Scan, names: Names) -> Corrected:
    """Put the likeliest names and words in place of those that were not understood."""
    pieces, corrections, last = [], [], 0
    for found in _WORD.finditer(scan.open):
        if found.start() < last or not _free(scan, found.start()):
            continue
        start = found.start()
        compound = _compound(scan, found, names)
        change = (compound and compound[1:]) or _word(found) or _name(scan, found, names) or _swapped(found)
        if change is None:
            continue
        start = compound[0] if compound else start
        end, new = change
        pieces += [scan.text[last:start], new]
        corrections.append(f"{scan.text[start:end].strip()} → {new}")
        last = end
    return Corrected("".join([*pieces, scan.text[last:]]), tuple(corrections))


def _free(scan: Scan, start: int) -> bool:
    """Whether a word stands on its own, not inside a longer token."""
    return start == 0 or not (scan.text[start - 1].isalnum() or scan.text[start - 1] in "/@.")


def _word(found: re.Match[str]) -> tuple[int, str] | None:
    """A word of the grammar for a misspelt one."""
    word = found[0].lower()
    if len(word) < _LONG - 1 or word in lexicon().language:
        return None
    best = min(lexicon().vocabulary, key=lambda known: OSA.distance(word, known))
    allowed = 2 if len(best) >= 10 else 1
    if len(best) < _LONG or OSA.distance(word, best) > allowed or best[0] != word[0]:
        return None
    return found.end(), best


def _swapped(found: re.Match[str]) -> tuple[int, str] | None:
    """A short word with two neighbouring letters swapped, ``opne``; nothing else is corrected in short words."""
    word = found[0].lower()
    for known in lexicon().vocabulary if len(word) < _LONG - 1 else ():
        if len(known) == len(word) and known[0] == word[0] and sorted(known) == sorted(word) and known != word:
            return found.end(), known
    return None


def _name(scan: Scan, found: re.Match[str], names: Names) -> tuple[int, str] | None:
    """A model, family or developer for a misspelt name, with the number that follows it."""
    word = found[0].lower()
    if word in lexicon().language or word in names.spellings or _described(scan, found):
        return None
    best: tuple[float, int, str] | None = None
    for end, letters, digits in _readings(scan, found):
        plain = single(letters)
        for known, known_plain, value in names.by_digits.get(digits, ()):
            doubled = plain == known_plain and letters != known and len(known) > _SHORT
            cost = 0.5 if doubled else _cost(letters, known, digits)
            if cost is not None and (best is None or (cost, -end) < best[:2]):
                best = (cost, -end, value)
    return None if best is None else (-best[1], best[2])


def _described(scan: Scan, found: re.Match[str]) -> bool:
    """Whether an article makes a word a common one; not before a part of a model, ``the Falcno weights``."""
    part = any(0 < mention.start - found.end() <= 1 for mention in scan.of(Sort.STAGE))
    return not part and _NAMED_BY.search(scan.text[: found.start()]) is not None


def _compound(scan: Scan, found: re.Match[str], names: Names) -> tuple[int, int, str] | None:
    """A name of several pieces whose last letters are misspelt, ``GPT-Noe``: its start, its end, the name."""
    for family in scan.of(Sort.FAMILY, Sort.MODEL):
        if family.end + 1 != found.start() or not _linked(scan.text[family.end], found[0]) or not family.text.isalpha():
            continue
        best: tuple[float, int, str] | None = None
        for end, letters, digits in _readings(scan, found):
            for known, _, value in names.by_digits.get(digits, ()):
                start = key_of(family.text)
                cost = _cost(start + letters, known, digits)
                if known.startswith(start) and cost is not None and (best is None or (cost, -end) < best[:2]):
                    best = (cost, -end, value)
        if best is not None:
            return family.start, -best[1], best[2]
    return None


def _linked(sign: str, word: str) -> bool:
    """Whether a word continues the name before it; over a space only a long one may, ``Megatron Turning``."""
    return sign == "-" or (sign == " " and len(word) >= _LONG)


def _readings(scan: Scan, found: re.Match[str]) -> list[tuple[int, str, str]]:
    """Where the name may end, with its letters and its digits."""
    word = found[0].lower()
    readings = [(found.end(), word, "")]
    if number := _NUMBER.match(scan.text, found.end()):
        if number[2]:
            readings.append((number.end(), word, number[1] + "b"))
        readings.append((number.end(1), word, number[1]))
    if following := re.match(r"[\s-]+([^\W\d_]{2,})", scan.open[found.end() :]):
        readings.append((found.end() + following.end(), word + following[1].lower(), ""))
    for mention in scan.of(Sort.MODEL):
        name = key_of(mention.text)
        if name.isalpha() and re.fullmatch(r"[ -]+", scan.text[found.end() : mention.start]):
            readings.append((mention.end, word + name, ""))
    return readings


def _cost(written: str, known: str, digits: str) -> float | None:
    """How far a word is from a name, or None where it is too far; doubled letters hardly count."""
    if written == known:
        return 0.0
    if len(known) < (_SHORT if digits else _SHORT + 1):
        return None
    distance = OSA.distance(written, known)
    allowed = 2 if len(known) >= _LONG and written[0] == known[0] else 1
    if distance > allowed or (distance == allowed and len(written) < _SHORT + 1 and not digits):
        return None
    return distance + (1 - float(JaroWinkler.similarity(written, known))) / 2


def nearest(name: str, known: tuple[str, ...], count: int = 3) -> tuple[str, ...]:
    """The names that look most like one that is not there."""
    wanted = key_of(name)
    ranked = sorted(known, key=lambda item: -float(JaroWinkler.similarity(wanted, key_of(item))))
    return tuple(ranked[:count])
