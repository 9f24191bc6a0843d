"""Opening a PDF file, why one does not open, and the watch that keeps a single page from costing the whole file."""

import logging
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from corpus.errors import ReadError

if TYPE_CHECKING:
    from pypdf import PdfReader

__all__ = ["DamagedFile", "LongFile", "PageLost", "PageWatch", "PdfSource", "check_beginning", "has_end", "open_reader"]

_AGAIN = 0.5
"""Seconds after which the alarm rings again, should a library have swallowed it."""
_HEADER_WINDOW = 1024
_TRAILER_WINDOW = 4096


@dataclass(frozen=True, slots=True)
class PdfSource:
    """What an engine opens: a file, or the bytes that were saved out of a damaged one."""

    path: Path
    data: bytes | None = None
    """The bytes to read in the place of the file's own; its path still names it in messages."""


class DamagedFile(ReadError):
    """The file is damaged so that its pages cannot be found; another engine may know better."""

    def __init__(self, cause: str, path: Path) -> None:
        remedy = "Open it in a PDF viewer and save it again, or get another copy"
        if not has_end(path):
            cause, remedy = f"{cause}; its end is missing", "Get it again, the copying probably broke off"
        super().__init__(cause, place=str(path), remedy=remedy)


class PageLost(Exception):
    """A page is left out, took longer than it may, or was not recognised; it costs only its own text."""


class LongFile(Exception):
    """The file has more pages than may be read at once; it is read in portions."""

    def __init__(self, pages: int) -> None:
        super().__init__(f"{pages} pages")
        self.pages = pages
        """How many it has."""


class PageWatch:
    """Watches the reading of one file, page by page.

    A page that ends the whole process cannot say so any more. Its number therefore stands in ``trace`` while it is
    read, and whoever waits for the process reads the file again without that page.
    """

    def __init__(
        self,
        *,
        skipped: Iterable[int] = (),
        seconds: float = 0.0,
        trace: Path | None = None,
        most_pages: int | None = None,
    ) -> None:
        self._skipped = frozenset(skipped)
        self._seconds = seconds
        """Processor time that a page may take; 0 for no limit. Kept in the main thread of a process only."""
        self._trace = trace
        self._most_pages = most_pages

    def check_length(self, pages: int) -> None:
        """Check that a whole file is not too long to be read at once.

        Raises:
            LongFile: it has more pages than that.
        """
        if self._most_pages is not None and pages > self._most_pages:
            raise LongFile(pages)

    @contextmanager
    def over(self, number: int) -> Iterator[None]:
        """Watch over the reading of page ``number``.

        Raises:
            PageLost: the page is one to leave out, or its time is up.
        """
        if number in self._skipped:
            raise PageLost(f"page {number} is left out")
        self._note(str(number))
        if not self._seconds or sys.platform == "win32":
            yield
            return
        before = signal.signal(signal.SIGPROF, _ring)
        signal.setitimer(signal.ITIMER_PROF, self._seconds, _AGAIN)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)

    def finished(self) -> None:
        """Note that all pages are read; what goes wrong from now on is no page's fault."""
        self._note("")

    def _note(self, text: str) -> None:
        if self._trace is not None:
            self._trace.write_text(text, "ascii")


def check_beginning(path: Path) -> None:
    """Check that the first bytes are those of a PDF.

    Raises:
        ReadError: the file cannot be opened, is empty, or is no PDF.
    """
    try:
        with path.open("rb") as file:
            beginning = file.read(_HEADER_WINDOW)
    except OSError as error:
        cause = f"The file cannot be opened ({error.strerror or error})"
        raise ReadError(cause, place=str(path), remedy="Check its path and rights") from error
    if not beginning:
        raise ReadError("The file is empty", place=str(path), remedy="Get another copy of it")
    if b"%PDF-" not in beginning:
        raise ReadError("The file is not a PDF", place=str(path), remedy="Check what it holds, or get another copy")


def has_end(path: Path) -> bool:
    """Tell whether the file ends as a PDF does."""
    return b"%%EOF" in _end(path)


def open_reader(source: PdfSource, password: str) -> "PdfReader":
    """Open the file with pypdf, an encrypted one with the password, which may be empty.

    Raises:
        DamagedFile: pypdf cannot make sense of the file, or cannot find its pages.
        ReadError: the password does not open it, or it has no pages.
    """
    from pypdf import PdfReader

    path = source.path
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(path if source.data is None else BytesIO(source.data), strict=False)
        opened = not reader.is_encrypted or _decrypts(reader, password)
    except Exception as error:
        if b"/Encrypt" in _end(path):
            raise _closed(path, password) from error
        raise DamagedFile(f"The PDF is damaged ({type(error).__name__})", path) from error
    if not opened:
        raise _closed(path, password)
    try:
        count = len(reader.pages)
    except Exception as error:
        raise DamagedFile(f"The pages of the PDF cannot be found ({type(error).__name__})", path) from error
    if count == 0:
        raise ReadError("The PDF has no pages", place=str(path), remedy="Get another copy of it")
    return reader


def _closed(path: Path, password: str) -> ReadError:
    if password:
        cause = "The password that was given does not open the PDF"
        return ReadError(cause, place=str(path), remedy="Check it, or save an unprotected copy")
    remedy = "Give its password with loccit add --password TEXT, or save an unprotected copy"
    return ReadError("The PDF is protected by a password", place=str(path), remedy=remedy)


def _decrypts(reader: "PdfReader", password: str) -> bool:
    """Tell whether the password opens an encrypted file; one whose encryption is unknown counts as closed."""
    from pypdf import PasswordType

    try:
        return reader.decrypt(password) != PasswordType.NOT_DECRYPTED
    except (ValueError, NotImplementedError):
        return False


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise PageLost("the page took too long")


def _end(path: Path) -> bytes:
    """Return the end of the file, where its trailer stands."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _TRAILER_WINDOW))
        return file.read()
