"""Recognition of scanned pages: pdfium draws the page, the program tesseract finds its lines of type.

tesseract is called for one page at a time and answers in hOCR 1.2, https://kba.github.io/hocr-spec/1.2/ (``bbox``,
``baseline`` and ``x_size``). Its lines go through the same layout as the text of other pages.
"""

import os
import re
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import replace
from shutil import which
from statistics import mean
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import ParseError

from corpus.errors import ReadError, UsageError
from corpus.pdf.lines import Line, TypePage, commonest_size
from corpus.pdf.opening import PageLost, PdfSource
from corpus.pdf.pdfium_engine import PdfiumEngine, has_pdfium
from corpus.text.repair import normalise

__all__ = ["Recogniser", "check_recognition", "lines_of", "recognition_remedy", "with_even_sizes"]

PAGE_SECONDS = 90.0
"""Wall-clock time that tesseract may take for a page; a dense one takes three to ten seconds."""
_DPI = 300.0
_MOST_PIXELS = 30_000_000
"""A larger page, a poster, is drawn more coarsely; a page of A3 at 300 dpi has 17 million."""
_INSTALL_TESSERACT = "install tesseract (Debian and Ubuntu: apt install tesseract-ocr; macOS: brew install tesseract)"
_INSTALL_PDFIUM = "run pip install 'loccit[ocr]'"

_LINES = frozenset({"ocr_line", "ocr_header", "ocr_textfloat", "ocr_caption"})
_PROPERTY = re.compile(r"(\w+) ([^;]+)")
_X_SIZE_OF_TYPE = 0.9
"""Most fonts reach from the lowest descender to the highest ascender in nine tenths of their size."""
_LEAST_CONFIDENCE = 30.0
"""Minimum confidence in per cent; lines of less are specks and strokes of drawings taken for letters."""
_SCATTER = 0.09
"""Share by which sizes measured in a picture differ though the type is the same."""


def recognition_remedy() -> str:
    """Return what to do about a scanned file, with what this machine still lacks: the tail of an error message."""
    steps = [*_missing().values(), "run loccit add --ocr FILE"]
    return _sentence(" and ".join(filter(None, (", ".join(steps[:-1]), steps[-1]))))


def check_recognition() -> None:
    """Check that pages can be recognised on this machine.

    Raises:
        UsageError: tesseract or pypdfium2 is missing; the remedy says how each is installed.
    """
    if missing := _missing():
        cause = f"Scanned pages cannot be recognised without {' and '.join(missing)}"
        raise UsageError(cause, place="--ocr", remedy=_sentence(" and ".join(missing.values())))


class Recogniser:
    """Recognises pages of one file."""

    def __init__(self, source: PdfSource, *, password: str = "", languages: str = "eng") -> None:
        """Open a file; ``languages`` are tesseract's names, ``eng+deu``.

        Raises:
            ReadError: pdfium cannot open the file, so its pages cannot be drawn.
            UsageError: tesseract or pypdfium2 is missing.
        """
        check_recognition()
        self._engine = PdfiumEngine(source, password)
        self._languages = languages
        self._path = source.path

    def page(self, number: int) -> TypePage:
        """Return the lines of a page, counted from 1; none where it shows no letters.

        Raises:
            PageLost: tesseract took too long, or ended with an error.
            ReadError: tesseract lacks the data of a language.
        """
        picture, dpi, height = self._drawn(number)
        command = ["tesseract", "stdin", "stdout", "--dpi", str(round(dpi)), "-l", self._languages, "hocr"]
        try:
            # One thread: pages are already read side by side, by as many workers as there are cores.
            done = subprocess.run(
                command,
                input=picture,
                capture_output=True,
                timeout=PAGE_SECONDS,
                check=False,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PageLost(str(error)) from error
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace")
            if "Failed loading language" in said or "couldn't load any languages" in said:
                raise ReadError(
                    f"tesseract lacks the data of a language ({self._languages})",
                    place=str(self._path),
                    remedy="See tesseract --list-langs; Debian has them as tesseract-ocr-deu and the like, and "
                    "languages below [pdf] in config.toml says which to use",
                )
            raise PageLost(said.strip()[-200:] or f"tesseract ended with code {done.returncode}")
        try:
            return TypePage(number, lines_of(done.stdout, number, dpi=dpi, height=height))
        except (ParseError, IndexError, ValueError) as error:
            raise PageLost(f"tesseract wrote no hOCR ({error})") from error

    def _drawn(self, number: int) -> tuple[bytes, float, float]:
        """Draw a page: a picture in shades of grey (PGM), its pixels an inch, and its height in points."""
        page: Any = self._engine.document[number - 1]
        try:
            width, height = page.get_size()
            dpi = min(_DPI, 72.0 * (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
            bitmap: Any = page.render(scale=dpi / 72.0, grayscale=True)
            rows = memoryview(bitmap.buffer)
            data = b"".join(bytes(rows[at : at + bitmap.width]) for at in range(0, len(rows), bitmap.stride))
            return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + data, dpi, height
        finally:
            page.close()


def lines_of(hocr: bytes, page: int, *, dpi: float, height: float) -> tuple[Line, ...]:
    """Return the lines of a page ``height`` points high that was drawn at ``dpi`` pixels an inch, in reading order.

    Raises:
        ParseError: ``hocr`` is no hOCR.
    """
    root = ElementTree.fromstring(hocr)
    found = (_line(element, page, 72.0 / dpi, height) for element in root.iter() if element.get("class") in _LINES)
    return tuple(line for line in found if line is not None)


def with_even_sizes(pages: Sequence[TypePage], recognised: Iterable[int]) -> tuple[TypePage, ...]:
    """Give lines of nearly the commonest size exactly that size, on the pages that were recognised.

    Sizes measured in a picture scatter, and headings are told by their size.
    """
    numbers = frozenset(recognised)
    body = commonest_size((line for page in pages if page.number in numbers for line in page.lines), 0.0)
    printed = commonest_size((line for page in pages if page.number not in numbers for line in page.lines), 0.0)
    scale = printed / body if printed and body and abs(printed / body - 1) < 2 * _SCATTER else 1.0

    def even(line: Line) -> Line:
        near = abs(line.size - body) <= _SCATTER * body
        return replace(line, size=scale * (body if near else round(2 * line.size) / 2))

    evened = (replace(page, lines=tuple(map(even, page.lines))) for page in pages)
    return tuple(after if before.number in numbers else before for before, after in zip(pages, evened, strict=True))


def _missing() -> dict[str, str]:
    """Return the names of the missing parts, each with how it is installed."""
    missing = {} if which("tesseract") else {"tesseract": _INSTALL_TESSERACT}
    return missing if has_pdfium() else {**missing, "pypdfium2": _INSTALL_PDFIUM}


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def _line(element: ElementTree.Element, page: int, point: float, height: float) -> Line | None:
    """Return one line; ``point`` is the size of a pixel in points."""
    words = [word for word in element.iter() if word.get("class") == "ocrx_word" and "".join(word.itertext()).strip()]
    text = normalise(" ".join("".join(word.itertext()).strip() for word in words)).strip()
    if not text or mean(_numbers(word, "x_wconf")[0] for word in words) < _LEAST_CONFIDENCE:
        return None
    left, _, _, bottom = _numbers(element, "bbox")
    turned = bool(_numbers(element, "textangle"))
    offset = (_numbers(element, "baseline") or [0.0, 0.0])[-1]
    size = _numbers(element, "x_size")[0] * point / _X_SIZE_OF_TYPE
    return Line(text, page, left * point, height - (bottom + offset) * point, size, turned=turned)


def _numbers(element: ElementTree.Element, name: str) -> list[float]:
    """Return the values of one property of an element; none where it has no such property."""
    properties = dict(_PROPERTY.findall(element.get("title", "")))
    return [float(value) for value in properties.get(name, "").split()]
