"""The engine pdfium, where pypdfium2 is installed (``loccit[fast-pdf]``).

It knows the built-in character maps of East Asian fonts, puts right-to-left words in order and mends broken
cross-reference tables. It ends lines and puts spaces by rules of its own: where the edges of the runs leave no doubt
they decide, elsewhere pdfium does.
"""

import ctypes
import importlib
import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import Any

from corpus.pdf.engine import FRONT_PAGES, FileFacts, Sheet, is_bold_name, or_nothing
from corpus.pdf.layout import untangle_columns
from corpus.pdf.lines import Fragment, TypePage, assemble_lines, rows_of, wide_gaps
from corpus.pdf.opening import DamagedFile, PdfSource

__all__ = ["PdfiumEngine", "Run", "has_pdfium", "with_line_ends"]

_HYPHEN_MARK = 2
"""The character by which pdfium says that a word was cut at the end of a line."""
_NAME_BYTES = 256
_CODE = re.compile("[\x00-\x09\x0b-\x1f\ue000-\uf8ff]")
"""A control character, or one of private use: the number of a glyph in its font, and no letter."""
_MOST_CODES = 0.05
"""Share of characters that are bare numbers of glyphs, from which on a page is called unsure."""
_XFA = (2, 3)
"""The kinds of form that are XFA, as ``FPDF_GetFormType`` numbers them."""
_SUMS = str.maketrans("PXQYRZ", "∑∑∏∏∫∫")
"""Characters of TeX's font of large signs, which pdfium takes for the letters at their places in ASCII."""
_METADATA = ("Title", "Author", "Producer", "Creator", "CreationDate", "ModDate", "PTEX.Fullbanner")
_MOST_RAISED = 0.55
"""Maximum height of a raised mark above its line, in type sizes."""
_LEAST_LEADING = 0.7
"""Minimum distance to the next line, in type sizes."""
_FARTHEST = 0.5
"""Maximum gap between two runs that belong together, in type sizes."""
_LEAST_SPACE = 0.12
"""Minimum gap between two words, in type sizes."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of characters as pdfium gives it; lengths in points, along the direction of the run."""

    fragment: Fragment
    """Its text has no line end."""
    right: float
    """Where its last character ends."""
    ended: bool = False
    """Whether pdfium ends the line after it."""
    spaced: bool = False
    """Whether the space at its end is pdfium's, and not drawn."""


def has_pdfium() -> bool:
    """Tell whether pypdfium2 is installed."""
    return find_spec("pypdfium2") is not None


class PdfiumEngine:
    """One file, opened by pdfium."""

    def __init__(self, source: PdfSource, password: str = "") -> None:
        """Open a file.

        Raises:
            DamagedFile: pdfium cannot open it, or finds no pages.
        """
        pdfium: Any = importlib.import_module("pypdfium2")
        self._raw: Any = importlib.import_module("pypdfium2.raw")
        try:
            self.document: Any = pdfium.PdfDocument(source.data or source.path, password=password or None)
        except pdfium.PdfiumError as error:
            raise DamagedFile(f"The PDF is damaged ({error})", source.path) from error
        self.page_count: int = len(self.document)
        if not self.page_count:
            raise DamagedFile("The pages of the PDF cannot be found", source.path)
        # The binding makes an object of every pointer that it gives back; a number does to tell text objects apart.
        address = ctypes.cast(self._raw.FPDFText_GetTextObject, ctypes.c_void_p).value
        prototype = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
        self._text_object: Callable[[Any, int], int | None] = prototype(address or 0)

    def sheet(self, number: int) -> Sheet:
        """Return the lines of a page; unsure where many characters are bare numbers of glyphs."""
        page = self.document[number - 1]
        text_page = page.get_textpage()
        try:
            fragments = list(with_line_ends(self._runs(text_page.raw)))
            text = "".join(fragment.text for fragment in fragments)
            gaps = wide_gaps(self._words(text_page.raw)) if number <= FRONT_PAGES else frozenset()
            lines = assemble_lines(untangle_columns(rows_of(fragments)), number)
            return Sheet(TypePage(number, lines, gaps), len(_CODE.findall(text)) > _MOST_CODES * len(text))
        finally:
            text_page.close()
            page.close()

    def shows_picture(self, number: int) -> bool:
        """Tell whether a page draws an image."""
        page = self.document[number - 1]
        try:
            return next(page.get_objects(filter=(self._raw.FPDF_PAGEOBJ_IMAGE,)), None) is not None
        finally:
            page.close()

    def facts(self) -> FileFacts:
        """Return labels, kind of form and document information."""
        labels = tuple(or_nothing(lambda: [self.document.get_page_label(n) for n in range(self.page_count)]) or ())
        metadata = {name: or_nothing(lambda: self.document.get_metadata_value(name)) or "" for name in _METADATA}  # noqa: B023
        return FileFacts(
            labels if any(label.strip() for label in labels) else None,
            or_nothing(self.document.get_formtype) in _XFA,
            {name: value for name, value in metadata.items() if value},
        )

    def _runs(self, handle: Any) -> Iterator[Run]:
        """Yield the runs of a page, one for each text object; pdfium's own spaces and line ends end the run before."""
        raw, pointer = self._raw, ctypes.cast(handle, ctypes.c_void_p)
        count = raw.FPDFText_CountChars(handle)
        first, inside = 0, None
        texts: list[str] = []
        for position in range(count):
            found = self._text_object(pointer, position)
            if texts and found is not None and found != inside:
                yield self._run(handle, first, texts)
                texts = []
            if not texts:
                first, inside = position, found
            texts.append(_shown(raw.FPDFText_GetUnicode(handle, position)))
        if texts:
            yield self._run(handle, first, texts)

    def _run(self, handle: Any, first: int, texts: list[str]) -> Run:
        """Return the run whose characters, from ``first`` on, are ``texts``."""
        text = "".join(texts).rstrip("\n")
        font = self._font(handle, first)
        if not text.isspace() and "CMEX" in font.upper():
            text = text.translate(_SUMS)
        x, y = ctypes.c_double(), ctypes.c_double()
        self._raw.FPDFText_GetCharOrigin(handle, first, x, y)
        matrix = self._matrix(handle, first)
        size, bold = self._size(handle, first), is_bold_name(font)
        fragment = Fragment.placed(text, x.value, y.value, (matrix.a, matrix.b), size, bold)
        inked = next((place for place in range(len(texts) - 1, -1, -1) if texts[place].strip()), 0)
        box = self._raw.FS_RECTF()
        self._raw.FPDFText_GetLooseCharBox(handle, first + inked, box)
        right = {0: box.right, 90: box.top, 180: -box.left, 270: -box.bottom}[fragment.turn]
        last = first + len(texts) - 1
        spaced = texts[-1] == " " and self._raw.FPDFText_IsGenerated(handle, last) == 1
        return Run(fragment, right, texts[-1].endswith("\n"), spaced)

    def _font(self, handle: Any, position: int) -> str:
        """Return the name of the font in which a character is set."""
        name, flags = ctypes.create_string_buffer(_NAME_BYTES), ctypes.c_int()
        self._raw.FPDFText_GetFontInfo(handle, position, name, _NAME_BYTES, flags)
        return name.value.decode("utf-8", "replace")

    def _size(self, handle: Any, position: int) -> float:
        """Return the type size of a character in points."""
        matrix = self._matrix(handle, position)
        return float(self._raw.FPDFText_GetFontSize(handle, position) * math.hypot(matrix.c, matrix.d))

    def _matrix(self, handle: Any, position: int) -> Any:
        matrix = self._raw.FS_MATRIX()
        self._raw.FPDFText_GetMatrix(handle, position, matrix)
        return matrix

    def _words(self, handle: Any) -> Iterator[list[tuple[str, float, float]]]:
        """Yield the upright words of a page, a list for each line: text, left and right edge in type sizes."""
        raw, box = self._raw, self._raw.FS_RECTF()
        line: list[tuple[str, float, float]] = []
        word, left, right = "", 0.0, 0.0
        for position in range(raw.FPDFText_CountChars(handle)):
            char = _shown(raw.FPDFText_GetUnicode(handle, position))
            if not char:
                continue
            if not char.isspace():
                size = self._size(handle, position) or 1.0
                raw.FPDFText_GetLooseCharBox(handle, position, box)
                left, right = (left if word else box.left / size), box.right / size
                word += char
                continue
            if word:
                line.append((word, left, right))
                word = ""
            if "\n" in char:
                yield line
                line = []
        yield [*line, (word, left, right)] if word else line


def with_line_ends(runs: Iterable[Run]) -> Iterator[Fragment]:
    """Yield the fragments of the runs, with line feeds where lines end."""
    before: Run | None = None
    for run in runs:
        if before is not None:
            yield replace(before.fragment, text=_text_before(before, run))
        before = run
    if before is not None:
        yield before.fragment


def _text_before(run: Run, after: Run) -> str:
    """Return the text of a run with what separates it from the one after it."""
    text = run.fragment.text
    first, second = run.fragment, after.fragment
    size = max(first.size, second.size)
    step, gap = abs(first.y - second.y), second.x - run.right
    if first.turn != second.turn or step > _LEAST_LEADING * size:
        return text + "\n"
    if step > _MOST_RAISED * size or abs(gap) > _FARTHEST * size:
        return text + ("\n" if run.ended else "")
    if gap < _LEAST_SPACE * size:
        return text[:-1] if run.spaced else text
    return text + (" " if run.ended and not text.endswith(" ") else "")


def _shown(code: int) -> str:
    """Return the character of that code, as the lines of type have it."""
    if code == _HYPHEN_MARK:
        return "-\n"
    if code in (10, 13):
        return "\n" if code == 10 else ""
    return chr(code)
