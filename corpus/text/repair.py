"""Repair of text: from bytes to canonical characters, the one way in for every text format.

Ligatures are expanded and control characters removed one by one; NFKC would alter a quotation (``x²`` to ``x2``).

Mojibake, UTF-8 that was read in a one-byte encoding, is repaired where all bytes are left, by three rules. A line all
of whose non-ASCII characters form complete UTF-8 sequences is turned back if words of one script each result. Otherwise
ftfy judges the line. Then single runs: three or four bytes make a run that hardly any language writes, so it is
repaired unless each of its characters may follow that letter in real text ("café”—", "liberté »"). Two-byte runs ("Ã©")
can be real text ("Spaß”") and stay as ftfy left them.
"""

import codecs
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from corpus.model import Damage
from corpus.text.decoding import WESTERN, decode

__all__ = [
    "LIGATURES",
    "RepairedText",
    "expand_ligatures",
    "locate_damage",
    "normalise",
    "repair",
    "repair_mojibake",
    "strip_controls",
]

LIGATURES = dict(zip("\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06", "ff fi fl ffi ffl \u017ft st".split(), strict=True))
"""Latin ligatures (presentation forms) and their letters."""
_LIGATURE_TABLE = str.maketrans(LIGATURES)
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_KEPT_CONTROLS = "\t\n\r"
# Bidirectional embeddings, overrides and isolates can change the order in which a line is displayed.
_DIRECTIONS = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_CONTROL_TABLE: dict[int, str | None] = {
    code: None for code in (*range(0x20), *range(0x7F, 0xA0), *_DIRECTIONS) if chr(code) not in _KEPT_CONTROLS
}
# A form feed or a vertical tab separates words.
_CONTROL_TABLE |= {0x0B: " ", 0x0C: " "}
_CONTROL = re.compile("[" + "".join(map(re.escape, map(chr, _CONTROL_TABLE))) + "]")
_LEAST_SEQUENCES = 3
"""Minimum number of different sequences; fewer may be chance, as "l’école" in Mac Roman."""
_MOST_TURNS = 4
"""Maximum times that a line is turned back."""
_ENCODINGS = ("latin-1", "cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1257", "iso8859_2", "mac_roman", "cp437")
_ANYWHERE = frozenset(("LATIN", "GREEK", "COMBINING", "VARIATION"))
_WORD_PARTS = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Cn", "Co"))
_TOGETHER = frozenset(("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL"))
"""Scripts that a Japanese or Korean word may mix."""


@dataclass(frozen=True, slots=True)
class RepairedText:
    """Decoded, repaired text in NFC without control characters, and what could not be repaired."""

    text: str
    encoding: str
    lost: tuple[str, ...]
    """Fragments with missing bytes, in text order; they stay in ``text``."""


def repair(data: bytes) -> RepairedText:
    """Decode ``data``, undo mojibake, expand ligatures, normalise to NFC and drop control characters."""
    text, encoding = decode(data)
    # Controls are removed last: U+0080..U+009F may be bytes that a repair needs.
    text = normalise(repair_mojibake(text))
    return RepairedText(text, encoding, tuple(match.group() for match in _LOST.finditer(text)))


def locate_damage(text: str, lost: tuple[str, ...]) -> tuple[Damage, ...]:
    """Find the ``lost`` fragments in a reader's canonical ``text``."""
    damages: list[Damage] = []
    cursor = 0
    for fragment in lost:
        start = text.find(fragment, cursor)
        if start >= 0:
            cursor = start + len(fragment)
            message = "bytes of this character were lost before the file was saved; it is kept as it stands"
            damages.append(Damage(start, cursor, fragment, message))
    return tuple(damages)


def expand_ligatures(text: str) -> str:
    """Expand the Latin ligatures U+FB00 to U+FB06, and nothing else.

    >>> expand_ligatures("e\ufb03cient, x²")
    'efficient, x²'
    """
    # Searching is five times as fast as translating, and most texts have none.
    return text.translate(_LIGATURE_TABLE) if _LIGATURE.search(text) else text


def strip_controls(text: str) -> str:
    """Remove C0 and C1 control characters, DEL, and bidirectional control characters.

    Tab, line feed and carriage return stay; form feed and vertical tab become a space.

    >>> strip_controls("plain\x1b[31m")
    'plain[31m'
    """
    return text.translate(_CONTROL_TABLE) if _CONTROL.search(text) else text


def normalise(text: str) -> str:
    r"""Convert to Unicode NFC, with ligatures expanded, control characters and lone surrogates removed.

    >>> normalise("cafe\u0301 \ufb01n\x00")
    'café fin'
    """
    cleaned = strip_controls(expand_ligatures(text))
    if not cleaned.isascii():
        cleaned = cleaned.encode("utf-8", "ignore").decode("utf-8")
    return unicodedata.normalize("NFC", cleaned)


def repair_mojibake(text: str) -> str:
    """Repair every complete mojibake run; correct text stays as it is.

    >>> repair_mojibake("ðŸ“˜ Chapter, “quoted” naïvely")
    '📘 Chapter, “quoted” naïvely'
    """
    if text.isascii() or not _is_suspicious(text):
        return text
    return "\n".join(_repair_line(line) if _is_suspicious(line) else line for line in text.split("\n"))


# The byte above 0x7F of each character; undefined bytes are the control characters of the same number.
_TABLES = [
    {bytes([byte]).decode(encoding, errors="ignore") or chr(byte): byte for byte in range(0x80, 0x100)}
    for encoding in _ENCODINGS
]
_CHARMAPS = [
    {**{code: code for code in range(0x80)}, **{ord(c): byte for c, byte in table.items()}} for table in _TABLES
]
_QUIET = "–—“”‘’«»…\u00a0ёєії"
"""Characters that correct text may have beside a letter that looks like half of a sequence.

Punctuation marks are Mac Roman's bytes of Cyrillic and Hebrew; after Cyrillic letters they, and some letters, are
Windows-1251's. They count as evidence only if a whole line consists of complete sequences.
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
# One class of first and one of second characters matches more, but is ten times as fast as the alternatives.
_COARSE = re.compile(
    "[\x80-\x9f]|" + _pattern("".join(first for first, _ in _PAIRS), "".join(second for _, second in _PAIRS))
)
_LOUD = re.compile("|".join(("[\x80-\x9f]", *(_pattern(*_without_quiet(*pair)) for pair in _PAIRS))))
_COMPLETE = [re.compile(f"(?:[\x00-\x7f]++|[{re.escape(a)}][{re.escape(b)}]{{1,3}}+)*+") for a, b in _PAIRS]


def _is_suspicious(text: str) -> bool:
    """Whether ``text`` has a C1 control or two characters that may be bytes of one: fast, with false positives."""
    return _COARSE.search(text) is not None


def _reread(line: str) -> str:
    """``line`` before it was misread, once or several times; empty if that is not certain."""
    current = ""
    for _ in range(_MOST_TURNS):
        turned = _reread_once(current or line)
        if not turned:
            break
        current = turned
    return current


def _brings_stray_letters(line: str, fixed: str) -> bool:
    """Whether ``fixed`` has only a few letters of a script that ``line`` lacks: "€•" is not an Arabic letter.

    Single Greek letters are common in any language. Two ideographs of three bytes each are enough evidence.
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
    """Whether all characters are assigned and no word mixes scripts; C1 controls may be bytes of another turn."""
    for word in text.split():
        scripts = {_script(char) for char in word if char.isalpha()}
        if len(scripts) > 1 and not scripts <= _TOGETHER:
            return False
    return not any(unicodedata.category(char) in ("Cn", "Co", "Cs") for char in text)


def _script(char: str) -> str:
    return "LATIN" if char.isascii() else unicodedata.name(char, "?").split()[0]


_CONTINUATION = {WESTERN[byte]: byte for byte in range(0x80, 0xC0)}
_LEAD_3 = {WESTERN[byte]: byte for byte in range(0xE0, 0xF0)}
_LEAD_4 = {WESTERN[byte]: byte for byte in range(0xF0, 0xF5)}
_CLASS = "[" + "".join(re.escape(char) for char in _CONTINUATION) + "]"
_RUN = re.compile(f"[{''.join(_LEAD_4)}]{_CLASS}{{3}}|[{''.join(_LEAD_3)}]{_CLASS}{{2}}")
_RUNS = re.compile(f"(?:{_RUN.pattern})+")
# A punctuation mark of U+2010 to U+2026 that lost its first byte, E2; correct text has no such C1 controls.
_HEADLESS = re.compile("(?<![\xa0-\xff])\x80([\x90-\xa6])")
_FOLLOWERS = frozenset("‘’“”‹›«»–—…†‡\u00a0\u00ad¹²³°ªº™®©·•½¼¾´¡¿šžŠŽœŒŸ")
"""Characters that may follow an accented letter in real text."""
_NEVER_LAST = "âïð"
"""Letters that hardly ever end a word; they are first bytes of punctuation marks and emoji."""
# What remains when a byte was lost: the first byte of an emoji or a punctuation mark (E2, EF, F0) with some of its
# other bytes. Quotation marks, dashes and spaces may follow a real letter.
_LOST = re.compile(f"(?:[âï](?![‘’“”–—…\\s]){_CLASS}|ð(?![‘’“”–—…\\s]){_CLASS}{{1,2}})+")


def _decode_runs(match: re.Match[str]) -> str:
    runs = _RUN.findall(match.group())
    if len(runs) == 1 and runs[0][0] not in _NEVER_LAST and _FOLLOWERS.issuperset(runs[0][1:]):
        return match.group()
    return _RUN.sub(_decode_run, match.group())


def _decode_run(match: re.Match[str]) -> str:
    values = {**_CONTINUATION, **_LEAD_3, **_LEAD_4}
    data = bytes(values[char] for char in match.group())
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return match.group()


def _repair_line(line: str) -> str:
    line = _reread(line) or line
    if not _LOUD.search(line):
        return line  # correct text of a common language has its other suspicious characters too
    line = _HEADLESS.sub(lambda match: chr(0x1F80 + ord(match[1])), line)
    return _RUNS.sub(_decode_runs, _judged_by_ftfy(line))


def _judged_by_ftfy(line: str) -> str:
    from ftfy import TextFixerConfig, fix_encoding

    fixed = str(fix_encoding(line, TextFixerConfig(replace_lossy_sequences=False, uncurl_quotes=False)))
    # A lone "Â " is not evidence: it may be a letter, or a no-break space whose second byte became a space.
    if fixed == line or fixed == line.replace("Â ", "\u00a0") or _brings_stray_letters(line, fixed):
        return line
    return fixed
