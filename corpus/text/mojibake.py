"""UTF-8 that was read in a one-byte encoding somewhere on its way: repaired where all bytes are still there.

Each line is judged for itself, by three rules in turn. A line whose every foreign character belongs to a complete
sequence is turned back where words of one script come out (``misreading``). Otherwise ftfy judges the line. Then the
single runs that are left: a character of three or four bytes leaves a run that hardly any language writes, so it is
repaired wherever its bytes are complete, unless each may also follow that letter in real text ("café”—", "stráž”",
"liberté\u00a0»"). Two-byte runs ("Ã©") can be real text ("Spaß”"), so those stay as ftfy left them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from corpus.text.misreading import brings_stray_letters, looks_broken, reread, suspicious

if TYPE_CHECKING:
    from ftfy import TextFixerConfig

__all__ = ["lost_fragments", "repair_mojibake"]


def _as_western(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_CONTINUATION = {_as_western(byte): byte for byte in range(0x80, 0xC0)}
_LEAD_3 = {_as_western(byte): byte for byte in range(0xE0, 0xF0)}
_LEAD_4 = {_as_western(byte): byte for byte in range(0xF0, 0xF5)}

_CLASS = "[" + "".join(re.escape(char) for char in _CONTINUATION) + "]"
_RUN = re.compile(f"[{''.join(_LEAD_4)}]{_CLASS}{{3}}|[{''.join(_LEAD_3)}]{_CLASS}{{2}}")
_RUNS = re.compile(f"(?:{_RUN.pattern})+")

# A punctuation mark of U+2010 to U+2026 whose first byte, E2, was dropped: no text has two C1 controls in these places.
_HEADLESS = re.compile("(?<![\xa0-\xff])\x80([\x90-\xa6])")

_FOLLOWERS = frozenset("‘’“”‹›«»–—…†‡\u00a0\u00ad¹²³°ªº™®©·•½¼¾´¡¿šžŠŽœŒŸ")
"""What may stand behind an accented letter in real text."""
_NEVER_LAST = "âïð"
"""Letters that hardly end a word, and begin the bytes of punctuation marks and emoji."""

# What remains when a byte was dropped on the way: the first byte of an emoji or a punctuation mark (E2, EF, F0) with
# some, not all, of the bytes that belong to it. Quotation marks, dashes and spaces may just follow a real letter.
_LOST = re.compile(f"(?:[âï](?![‘’“”–—…\\s]){_CLASS}|ð(?![‘’“”–—…\\s]){_CLASS}{{1,2}})+")


def repair_mojibake(text: str) -> str:
    """``text`` with every complete mojibake run turned back; text that is right stays as it is.

    >>> repair_mojibake("ðŸ“˜ Chapter, “quoted” naïvely")
    '📘 Chapter, “quoted” naïvely'
    """
    if text.isascii() or not suspicious(text):
        return text
    return "\n".join(_repair_line(line) if suspicious(line) else line for line in text.split("\n"))


def lost_fragments(text: str) -> list[str]:
    """The fragments in repaired ``text`` whose missing bytes make them unrepairable, in order."""
    return [match.group() for match in _LOST.finditer(text)]


def _decode_runs(match: re.Match[str]) -> str:
    runs = _RUN.findall(match.group())
    if len(runs) == 1 and not _is_unmistakable(runs[0]):
        return match.group()
    return _RUN.sub(_decode_run, match.group())


def _is_unmistakable(run: str) -> bool:
    return run[0] in _NEVER_LAST or not _FOLLOWERS.issuperset(run[1:])


def _decode_run(match: re.Match[str]) -> str:
    values = {**_CONTINUATION, **_LEAD_3, **_LEAD_4}
    data = bytes(values[char] for char in match.group())
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return match.group()


def _repair_line(line: str) -> str:
    line = reread(line) or line
    if not looks_broken(line):
        return line
    line = _HEADLESS.sub(lambda match: chr(0x1F80 + ord(match[1])), line)
    return _RUNS.sub(_decode_runs, _judged_by_ftfy(line))


def _judged_by_ftfy(line: str) -> str:
    from ftfy import fix_encoding

    fixed = str(fix_encoding(line, _settings()))
    # A lone "Â " is no evidence: it may be a capital, or a no-break space whose second byte became a plain one.
    if fixed == line or fixed == line.replace("Â ", "\u00a0") or brings_stray_letters(line, fixed):
        return line
    return fixed


@cache
def _settings() -> TextFixerConfig:
    from ftfy import TextFixerConfig

    return TextFixerConfig(replace_lossy_sequences=False, uncurl_quotes=False)
