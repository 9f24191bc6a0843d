"""A second engine for pages that pypdf cannot read: pypdfium2, where it is installed (``loccit[fast-pdf]``).

It knows the built-in character maps of East Asian fonts, puts right-to-left words in order and mends broken
cross-reference tables. Pages come out as the same lines of type as from pypdf.
"""

from __future__ import annotations

import ctypes
import importlib
import math
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from corpus.pdf.fontnames import is_bold_name
from corpus.pdf.interleaving import untangled
from corpus.pdf.lines import Fragment, TypePage, assemble_lines, rows_of

__all__ = ["SecondEngine", "has_second_engine"]

_HYPHEN_MARK = 2
"""The character by which pdfium says that a word was cut at the end of a line."""
_NAME_BYTES = 256
_MOST_CODES = 0.05
"""Share of characters that are bare numbers of glyphs, from which on a page is called unreadable."""


def has_second_engine() -> bool:
    """Whether pypdfium2 is installed."""
    return find_spec("pypdfium2") is not None


class SecondEngine:
    """One file, opened by pdfium."""

    def __init__(self, path: Path, password: str = "") -> None:
        """Open a file.

        Raises:
            RuntimeError: pdfium cannot open it either.
        """
        pdfium: Any = importlib.import_module("pypdfium2")
        self._raw: Any = importlib.import_module("pypdfium2.raw")
        self._document: Any = pdfium.PdfDocument(path, password=password or None)
        self.page_count: int = len(self._document)

    def page(self, number: int) -> TypePage:
        """The lines of a page, counted from 1; none where pdfium cannot tell its letters either."""
        page = self._document[number - 1]
        text_page = page.get_textpage()
        try:
            fragments = list(self._fragments(text_page))
            text = "".join(fragment.text for fragment in fragments)
            if sum(map(_is_code, text)) > _MOST_CODES * len(text):
                return TypePage(number, ())
            return TypePage(number, assemble_lines(untangled(rows_of(fragments)), number))
        finally:
            text_page.close()
            page.close()

    def _fragments(self, text_page: Any) -> Iterator[Fragment]:
        raw, handle = self._raw, text_page.raw
        run: Fragment | None = None
        for position in range(raw.FPDFText_CountChars(handle)):
            code = raw.FPDFText_GetUnicode(handle, position)
            if code == _HYPHEN_MARK:
                text = "-\n"
            elif code in (10, 13):
                text = "\n" if code == 10 else ""
            else:
                text = chr(code)
            if run is not None and (raw.FPDFText_IsGenerated(handle, position) == 1 or code == _HYPHEN_MARK):
                run = _longer(run, text)
                continue
            char = self._char(handle, position, text)
            if run is not None and _same_type(run, char):
                run = _longer(run, text)
                continue
            if run is not None:
                yield run
            run = char
        if run is not None:
            yield run

    def _char(self, handle: Any, position: int, text: str) -> Fragment:
        raw = self._raw
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(handle, position, x, y)
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(handle, position, matrix)
        size = raw.FPDFText_GetFontSize(handle, position) * math.hypot(matrix.c, matrix.d)
        turn = round(math.degrees(math.atan2(matrix.b, matrix.a)) / 90) % 4 * 90
        left, base = {
            0: (x.value, y.value),
            90: (y.value, -x.value),
            180: (-x.value, -y.value),
            270: (-y.value, x.value),
        }[turn]
        name, flags = ctypes.create_string_buffer(_NAME_BYTES), ctypes.c_int()
        raw.FPDFText_GetFontInfo(handle, position, name, _NAME_BYTES, flags)
        return Fragment(text, left, base, size, is_bold_name(name.value.decode("utf-8", "replace")), turn)


def _is_code(char: str) -> bool:
    """Whether a character is a control or of private use: the number of a glyph in its font, and no letter."""
    return (char < " " and char != "\n") or "\ue000" <= char <= "\uf8ff"


def _same_type(run: Fragment, char: Fragment) -> bool:
    """Whether a character goes on in the type of the run, on its line."""
    same_line = abs(run.y - char.y) < 0.05 * max(run.size, 1.0) and not run.text.endswith("\n")
    return same_line and (run.size, run.bold, run.turn) == (char.size, char.bold, char.turn)


def _longer(run: Fragment, text: str) -> Fragment:
    return Fragment(run.text + text, run.x, run.y, run.size, run.bold, run.turn)
