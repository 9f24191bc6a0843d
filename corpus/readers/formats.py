"""Formats: chooses the reader of a file, and first rejects files that cannot be read."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.analysis import analyse
from corpus.errors import ReadError
from corpus.model import Document
from corpus.pdf.engine import PdfOptions
from corpus.pdf.opening import PageWatch
from corpus.readers.signatures import recognise
from corpus.reading import Reading

if TYPE_CHECKING:
    from corpus.pdf.extraction import TypedFile

__all__ = ["FORMATS", "READER_VERSIONS", "read_document"]

FORMATS: dict[str, str] = {
    ".pdf": "pdf",
    **dict.fromkeys((".md", ".markdown", ".mdown"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **dict.fromkeys((".txt", ".text"), "text"),
    **{f".{name}": name for name in ("docx", "odt", "rtf", "epub")},
    **dict.fromkeys((".tex", ".latex"), "latex"),
    ".jsonl": "collection",
}
"""File name endings that are read, in lower case, and the format behind each."""

READER_VERSIONS = dict.fromkeys("pdf markdown html text docx odt rtf epub latex jsonl".split(), 2)
"""For each medium the version of what reads and analyses it, counted up whenever the document made of an unchanged file
changes; 0 is what libraries hold that were made before these versions were kept."""

_BINARY = {"pdf", "docx", "odt", "epub"}
_MAX_TEXT_BYTES = 50_000_000


def read_document(
    path: Path, *, pdf: PdfOptions | None = None, watch: PageWatch | None = None, portions: "Sequence[TypedFile]" = ()
) -> Document:
    """Read any supported file; the options count for PDF files only, see `read_pdf`.

    Raises:
        ReadError: the file is missing, closed to us, empty, of another format, or its reader gave up.
    """
    place = str(path)
    try:
        with path.open("rb") as file:
            head = file.read(4096)
            size = file.seek(0, 2)
    except FileNotFoundError:
        raise ReadError("There is no such file", place=place, remedy="Check the path") from None
    except IsADirectoryError:
        raise ReadError("This is a folder, not a file", place=place) from None
    except PermissionError:
        raise ReadError("The file may not be read", place=place, remedy="Give yourself read permission") from None
    except OSError as error:
        raise ReadError(f"The file cannot be opened ({error.strerror})", place=place) from error
    kind = recognise(path, head) or FORMATS.get(path.suffix.lower())
    if kind is None:
        endings = " ".join(sorted(FORMATS))
        raise ReadError("Files of this kind are not read", place=place, remedy=f"Convert it to one of {endings}")
    if not size:
        raise ReadError("The file is empty", place=place, remedy="Save it again, with its text")
    if kind not in _BINARY and _is_binary(head):
        raise ReadError("This is not a text file, whatever its name says", place=place, remedy="Check what it holds")
    if kind not in _BINARY and size > _MAX_TEXT_BYTES:
        raise ReadError("The text is larger than 50 MB", place=place, remedy="Split it and add the parts")
    if kind == "pdf":
        from corpus.readers.pdf import read_pdf

        reading = read_pdf(path, pdf, watch=watch, portions=portions)
    else:
        reading = _reader(kind)(path)
    document = analyse(reading, path)
    if not document.text.strip():
        raise ReadError("No text was found in the file", place=place, remedy="Check what it holds")
    return document


def _is_binary(head: bytes) -> bool:
    """Tell whether bytes are no text: zero bytes outside UTF-16 and UTF-32, or many control characters."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    zeros = head.count(0)
    if zeros and max(head[::2].count(0), head[1::2].count(0)) < len(head) // 3:
        return True
    controls = sum(byte < 32 and byte not in (0, 7, 8, 9, 10, 12, 13, 27) for byte in head)
    return controls > len(head) // 20


def _reader(kind: str) -> Callable[[Path], Reading]:
    """Return the reading function of a format; imported only now, so that a format costs nothing until it is met."""
    match kind:
        case "markdown":
            from corpus.readers.markdown import read_markdown as read
        case "html":
            from corpus.readers.html import read_html as read
        case "latex":
            from corpus.readers.latex import read_latex as read
        case "collection":
            from corpus.readers.collection import refuse_whole as read
        case "text":
            from corpus.readers.plaintext import read_text as read
        case _:
            from corpus.readers.office import read_office

            return partial(read_office, package=kind)
    return read
