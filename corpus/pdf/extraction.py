"""The lines of type of every page of a PDF file: the one place that knows pypdf."""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from corpus.errors import ReadError
from corpus.pdf.accents import compose_accents, sets_accents_apart
from corpus.pdf.lines import Fragment, TypePage, assemble_lines

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

__all__ = ["TypedFile", "extract"]

_BOLD = re.compile(r"bold|-bd|heavy|black|demi|medi(?!um)|cmbx|cmb\d|sfbx|lmbx|bx\d|-b$|,b", re.I)
_HEADER_WINDOW = 1024
_TRAILER_WINDOW = 4096

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class TypedFile:
    """What pypdf finds in a file, before any interpretation."""

    pages: tuple[TypePage, ...]
    """Every page, also damaged ones, which have no lines."""
    damaged: tuple[int, ...] = ()
    """Numbers, from 1, of the pages whose text could not be extracted."""
    pictures: tuple[int, ...] = ()
    """Numbers, from 1, of the pages that show a picture and no text, as scanned pages do."""
    labels: tuple[str, ...] | None = None
    """The file's own page labels, only where its catalog has them."""
    dynamic_form: bool = False
    """Whether the file is an XFA form, whose pages hold only a note that asks the reader to wait."""
    metadata: dict[str, str] = field(default_factory=dict)
    """``Title``, ``Author``, ``CreationDate`` … of the document information, as far as they are texts."""


def extract(path: Path, *, password: str = "") -> TypedFile:
    """Read ``path`` page by page; a page that fails is recorded and loses only its own text.

    Raises:
        ReadError: the file is empty, no PDF, damaged beyond reading, protected by a password, or has no pages.
    """
    reader = _open(path, password)
    count = _page_count(reader, path)
    pages: list[TypePage] = []
    damaged: list[int] = []
    pictures: list[int] = []
    for number in range(1, count + 1):
        try:
            page = reader.pages[number - 1]
            lines = _type_page(page, number)
            if not lines.lines and _shows_picture(page):
                pictures.append(number)
            pages.append(lines)
        except Exception as error:  # noqa: BLE001 - whatever a hostile page raises costs that page only
            logging.getLogger(__name__).info("page %d of %s: %s: %s", number, path, type(error).__name__, error)
            pages.append(TypePage(number, ()))
            damaged.append(number)
    metadata = _metadata(reader)
    if sets_accents_apart(metadata):
        pages = [page.with_texts(compose_accents) for page in pages]
    return TypedFile(
        tuple(pages), tuple(damaged), tuple(pictures), _labels(reader, count), _is_dynamic_form(reader), metadata
    )


def _open(path: Path, password: str) -> PdfReader:
    from pypdf import PdfReader

    _check_beginning(path)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(path, strict=False)
        opened = not reader.is_encrypted or _decrypts(reader, password)
    except Exception as error:
        if _names_encryption(path):
            raise _closed(path) from error
        raise ReadError(
            f"The PDF is damaged ({type(error).__name__})",
            place=str(path),
            remedy="Open it in a PDF viewer and save it again, or get another copy",
        ) from error
    if not opened:
        raise _closed(path)
    return reader


def _closed(path: Path) -> ReadError:
    return ReadError(
        "The PDF is protected by a password",
        place=str(path),
        remedy="Remove the password, or save an unprotected copy",
    )


def _names_encryption(path: Path) -> bool:
    """Whether the end of the file, where its trailer stands, speaks of encryption."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _TRAILER_WINDOW))
        return b"/Encrypt" in file.read()


def _decrypts(reader: PdfReader, password: str) -> bool:
    """Whether the password opens an encrypted file; one whose encryption is unknown counts as closed."""
    from pypdf import PasswordType

    try:
        return reader.decrypt(password) != PasswordType.NOT_DECRYPTED
    except (ValueError, NotImplementedError):
        return False


def _check_beginning(path: Path) -> None:
    try:
        with path.open("rb") as file:
            beginning = file.read(_HEADER_WINDOW)
    except OSError as error:
        raise ReadError(
            f"The file cannot be opened ({error.strerror or error})",
            place=str(path),
            remedy="Check its path and rights",
        ) from error
    if not beginning:
        raise ReadError("The file is empty", place=str(path), remedy="Get another copy of it")
    if b"%PDF-" not in beginning:
        raise ReadError("The file is not a PDF", place=str(path), remedy="Check what it holds, or get another copy")


def _page_count(reader: PdfReader, path: Path) -> int:
    try:
        count = len(reader.pages)
    except Exception as error:
        raise ReadError(
            f"The pages of the PDF cannot be found ({type(error).__name__})",
            place=str(path),
            remedy="Open it in a PDF viewer and save it again, or get another copy",
        ) from error
    if count == 0:
        raise ReadError("The PDF has no pages", place=str(path), remedy="Get another copy of it")
    return count


def _type_page(page: PageObject, number: int) -> TypePage:
    fragments: list[Fragment] = []
    bold_fonts: dict[int, bool] = {}

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if text:
            fragments.append(_fragment(text, cm, tm, size, _is_bold(font, bold_fonts)))

    whole = page.extract_text(extraction_mode="plain", visitor_text=visit)
    if "".join(fragment.text for fragment in fragments).split() != whole.split():
        fragments = [Fragment(whole, 0.0, 0.0, 10.0)]
    return TypePage(number, assemble_lines(fragments, number))


def _fragment(text: str, cm: list[float], tm: list[float], size: float, bold: bool) -> Fragment:
    across = (tm[0] * cm[0] + tm[1] * cm[2], tm[0] * cm[1] + tm[1] * cm[3])
    up = (tm[2] * cm[0] + tm[3] * cm[2], tm[2] * cm[1] + tm[3] * cm[3])
    left = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
    base = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
    turn = round(math.degrees(math.atan2(across[1], across[0])) / 90) % 4 * 90 if any(across) else 0
    x, y = {0: (left, base), 90: (base, -left), 180: (-left, -base), 270: (-base, left)}[turn]
    return Fragment(text, x, y, abs(size) * math.hypot(*up), bold, turn)


def _shows_picture(page: PageObject) -> bool:
    """Whether a page draws an image, as a scanned page does."""
    resources: Any = page.get("/Resources", {})
    objects = resources.get_object().get("/XObject")
    if objects is None:
        return False
    objects = objects.get_object()
    return any(objects[name].get_object().get("/Subtype") == "/Image" for name in objects)


def _is_bold(font: Any, known: dict[int, bool]) -> bool:
    if font is None:
        return False
    if id(font) not in known:
        name = font.get("/BaseFont", "") if hasattr(font, "get") else ""
        known[id(font)] = _BOLD.search(str(name).partition("+")[2] or str(name)) is not None
    return known[id(font)]


def _labels(reader: PdfReader, count: int) -> tuple[str, ...] | None:
    def read() -> tuple[str, ...] | None:
        if "/PageLabels" not in reader.root_object:
            return None
        labels = tuple(reader.page_labels)
        return labels if len(labels) == count and any(label.strip() for label in labels) else None

    return _or_nothing(read)


def _is_dynamic_form(reader: PdfReader) -> bool:
    def read() -> bool:
        form = reader.root_object.get("/AcroForm")
        return form is not None and "/XFA" in form.get_object()

    return bool(_or_nothing(read))


def _metadata(reader: PdfReader) -> dict[str, str]:
    def read() -> dict[str, str]:
        information: Mapping[str, Any] = reader.metadata or {}
        return {str(name).lstrip("/"): value for name, value in information.items() if isinstance(value, str)}

    return _or_nothing(read) or {}


def _or_nothing(read: Callable[[], _Value | None]) -> _Value | None:
    """What ``read`` gives; nothing where this part of an untrusted file is damaged, as the text can still be read."""
    try:
        return read()
    except Exception as error:  # noqa: BLE001 - damaged metadata must not cost the text
        logging.getLogger(__name__).info("skipped: %s: %s", type(error).__name__, error)
        return None
