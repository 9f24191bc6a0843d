"""UTF-8 that was read as Windows-1252 somewhere on its way: repaired where all bytes are still there.

A character of three or four bytes leaves a run that hardly any language writes, so it is repaired wherever its bytes
are complete, unless each may also follow that letter in real text ("café”—", "stráž”", "liberté\u00a0»"). Two-byte runs
("Ã©") can be real text ("Spaß”"), so those are left to ftfy's judgement of the whole line.
"""

from __future__ import annotations

import re

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
    if text.isascii():
        return text
    repaired = _RUNS.sub(_decode_runs, text)
    return "\n".join(_repair_line(line) for line in repaired.split("\n"))


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
    if line.isascii() or not re.search(r"[ÂÃÅÄâ]", line):
        return line
    from ftfy import TextFixerConfig, fix_encoding
    from ftfy.badness import is_bad

    if not is_bad(line):
        return line
    return str(fix_encoding(line, TextFixerConfig(replace_lossy_sequences=False, uncurl_quotes=False)))
