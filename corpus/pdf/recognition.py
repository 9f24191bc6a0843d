"""Recognition of scanned pages: pdfium draws the page, the program tesseract finds its lines.

tesseract is a program of its own, called for one page at a time; what it finds has places and sizes, and goes through
the same layout as the text of other pages.
"""

from __future__ import annotations

import os
import subprocess
from shutil import which
from typing import Any
from xml.etree.ElementTree import ParseError

from corpus.errors import ReadError, UsageError
from corpus.pdf.hocr import lines_of
from corpus.pdf.lines import TypePage
from corpus.pdf.opening import PdfSource
from corpus.pdf.pdfium import PdfiumEngine, has_pdfium

__all__ = ["PAGE_SECONDS", "Recogniser", "RecognitionFailed", "check_recognition", "recognition_remedy"]

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
