"""The lines of type that tesseract found in the picture of a page, out of hOCR, the HTML that it writes.

hOCR 1.2, https://kba.github.io/hocr-spec/1.2/: ``bbox`` in pixels from the upper left corner; ``baseline`` as slope and
distance from the lower left corner of the box; ``x_size`` from the lowest descender to the highest ascender.

Recognition of scanned pages: pdfium draws the page, the program tesseract finds its lines.

tesseract is a program of its own, called for one page at a time; what it finds has places and sizes, and goes through
the same layout as the text of other pages.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from shutil import which
from statistics import mean
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import ParseError

from corpus.errors import ReadError, UsageError
from corpus.pdf.lines import Line, TypePage
from corpus.pdf.opening import PdfSource
from corpus.pdf.pdfium_engine import PdfiumEngine, has_pdfium
from corpus.text.repair import normalise

__all__ = ["Recogniser", "RecognitionFailed", "check_recognition", "lines_of", "recognition_remedy", "with_even_sizes"]

_LINES = frozenset({"ocr_line", "ocr_header", "ocr_textfloat", "ocr_caption"})
_PROPERTY = re.compile(r"(\w+) ([^;]+)")
_X_SIZE_OF_TYPE = 0.9
"""Most fonts reach from the lowest descender to the highest ascender in nine tenths of their size."""
_LEAST_CONFIDENCE = 30.0
"""Per cent; lines of less are specks and strokes of drawings taken for letters."""
_SCATTER = 0.09
"""Share by which sizes measured in a picture differ though the type is the same."""


def lines_of(hocr: bytes, page: int, *, dpi: float, height: float) -> tuple[Line, ...]:
    """The lines of a page ``height`` points high that was drawn at ``dpi`` pixels an inch, in reading order.

    Raises:
        ParseError: ``hocr`` is no hOCR.
    """
    root = ElementTree.fromstring(hocr)
    found = (_line(element, page, 72.0 / dpi, height) for element in root.iter() if element.get("class") in _LINES)
    return tuple(line for line in found if line is not None)


def _line(element: ElementTree.Element, page: int, point: float, height: float) -> Line | None:
    """One line; ``point`` is the size of a pixel in points."""
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
    """The values of one property of an element; none where it has no such property."""
    properties = dict(_PROPERTY.findall(element.get("title", "")))
    return [float(value) for value in properties.get(name, "").split()]


def with_even_sizes(pages: Sequence[TypePage], recognised: Iterable[int]) -> tuple[TypePage, ...]:
    """The pages, on the recognised of which lines of nearly the commonest size have exactly that size.

    Sizes measured in a picture scatter, and headings are told by their size.
    """
    numbers = frozenset(recognised)
    if not numbers:
        return tuple(pages)
    if not numbers:
        return tuple(pages)
    body = _commonest(line for page in pages if page.number in numbers for line in page.lines)
    printed = _commonest(line for page in pages if page.number not in numbers for line in page.lines)
    scale = printed / body if printed and body and abs(printed / body - 1) < 2 * _SCATTER else 1.0
    return tuple(_evened(page, body, scale) if page.number in numbers else page for page in pages)


def _commonest(lines: Iterable[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _evened(page: TypePage, body: float, scale: float) -> TypePage:
    def even() -> Iterator[Line]:
        for line in page.lines:
            near = abs(line.size - body) <= _SCATTER * body
            yield replace(line, size=scale * (body if near else round(2 * line.size) / 2))

    return replace(page, lines=tuple(even()))


PAGE_SECONDS = 90.0
"""Wall-clock time that tesseract may take for a page; a dense one takes three to ten seconds."""
_DPI = 300.0
_MOST_PIXELS = 30_000_000
"""A larger page, a poster, is drawn more coarsely; a page of A3 at 300 dpi has 17 million."""
_INSTALL_TESSERACT = "install tesseract (Debian and Ubuntu: apt install tesseract-ocr; macOS: brew install tesseract)"
_INSTALL_PDFIUM = "run pip install 'loccit[ocr]'"


class RecognitionFailed(Exception):
    """A page could not be drawn or recognised; it costs only its own text."""


def recognition_remedy() -> str:
    """What to do about a scanned file, as far as this machine still lacks a part: the tail of an error message."""
    steps = [*_lacking(), "run loccit add --ocr FILE"]
    text = " and ".join([", ".join(steps[:-1]), steps[-1]] if len(steps) > 1 else steps)
    return text[0].upper() + text[1:]


def check_recognition() -> None:
    """See to it that pages can be recognised on this machine.

    Raises:
        UsageError: tesseract or pypdfium2 is missing; the remedy says how each is installed.
    """
    missing = [name for name, found in (("tesseract", which("tesseract")), ("pypdfium2", has_pdfium())) if not found]
    if missing:
        steps = " and ".join(_lacking())
        raise UsageError(
            f"Scanned pages cannot be recognised without {' and '.join(missing)}",
            place="--ocr",
            remedy=steps[0].upper() + steps[1:],
        )


def _lacking() -> list[str]:
    """How each missing part is installed."""
    return [
        *([] if which("tesseract") else [_INSTALL_TESSERACT]),
        *([] if has_pdfium() else [_INSTALL_PDFIUM]),
    ]


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
        """The lines of a page, counted from 1; none where it shows no letters.

        Raises:
            RecognitionFailed: tesseract took too long, or ended with an error.
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
            raise RecognitionFailed(str(error)) from error
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace")
            if "Failed loading language" in said or "couldn't load any languages" in said:
                raise self._lacks_language()
            raise RecognitionFailed(said.strip()[-200:] or f"tesseract ended with code {done.returncode}")
        try:
            return TypePage(number, lines_of(done.stdout, number, dpi=dpi, height=height))
        except (ParseError, IndexError, ValueError) as error:
            raise RecognitionFailed(f"tesseract wrote no hOCR ({error})") from error

    def _drawn(self, number: int) -> tuple[bytes, float, float]:
        """A page as a picture in shades of grey (PGM), its pixels an inch, and its height in points."""
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

    def _lacks_language(self) -> ReadError:
        return ReadError(
            f"tesseract lacks the data of a language ({self._languages})",
            place=str(self._path),
            remedy="See tesseract --list-langs; Debian has them as tesseract-ocr-deu and the like, and languages below "
            "[pdf] in config.toml says which to use",
        )
