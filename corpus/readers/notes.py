"""Footnotes of Markdown: ``[^a]`` where the note belongs, ``[^a]: …`` where it stands."""

from __future__ import annotations

import re

__all__ = ["take_notes"]

_DEFINITION = re.compile(r" {0,3}\[\^([^\]\s]{1,80})\]:[ \t]*(.*)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_INDENTED = re.compile(r"(?: {4}|\t)(.*)")
_MARK = re.compile(r"\[\^([^\]\s]{1,80})\]")


def take_notes(source: str) -> tuple[str, list[str]]:
    """``source`` without its notes and their marks, and the Markdown of each note, in the order of the file.

    A mark without a note stays.

    >>> take_notes("Read here.[^1] And there.\\n\\n[^1]: Or elsewhere.")
    ('Read here. And there.\\n', ['Or elsewhere.'])
    """
    if "[^" not in source:
        return source, []
    kept: list[str] = []
    notes: dict[str, list[str]] = {}
    open_note: list[str] | None = None
    fence = ""
    for line in source.split("\n"):
        definition = None if fence else _DEFINITION.match(line)
        if definition is not None:
            open_note = notes.setdefault(definition[1], [])
            open_note.append(definition[2])
        elif open_note is not None and not fence and (more := _continuation(line, open_note)) is not None:
            open_note.append(more)
        else:
            open_note = None
            fence = _fence_after(line, fence)
            kept.append(line)
    text = _MARK.sub(lambda mark: "" if mark[1] in notes else mark[0], "\n".join(kept))
    return text, ["\n".join(lines).strip() for lines in notes.values()]


def _continuation(line: str, note: list[str]) -> str | None:
    """The line as part of the open note: indented, or directly below its text; else None."""
    if not line.strip():
        return ""
    if indented := _INDENTED.match(line):
        return indented[1]
    return line if note[-1].strip() and not re.match(r"#{1,6} |[-*+>] |\|", line) else None


def _fence_after(line: str, fence: str) -> str:
    """The fence that is open behind ``line``, or nothing."""
    match = _FENCE.match(line)
    if match is None:
        return fence
    if not fence:
        return match[1]
    return "" if match[1].startswith(fence) else fence
