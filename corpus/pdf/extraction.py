"""The lines of type of every page of a PDF file, as pypdf or else a second engine finds them."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from corpus.pdf.accents import compose_accents, sets_accents_apart
from corpus.pdf.fontnames import is_bold_name
from corpus.pdf.gaps import GapFinder
from corpus.pdf.interleaving import untangled
from corpus.pdf.legibility import is_doubtful
from corpus.pdf.lines import Fragment, TypePage, assemble_lines, rows_of
from corpus.pdf.opening import DamagedFile, check_beginning, open_reader, page_count
from corpus.pdf.pdfium import SecondEngine, has_second_engine
from corpus.pdf.watch import PageLost, PageWatch

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

__all__ = ["TypedFile", "extract"]

_Value = TypeVar("_Value")
_FRONT = 2
"""Names are looked for on so many pages."""


@dataclass(frozen=True, slots=True)
class TypedFile:
    """What pypdf finds in a file, before any interpretation."""

    pages: tuple[TypePage, ...]
    """Every page, also damaged ones, which have no lines."""
    damaged: tuple[int, ...] = ()
    """Numbers, from 1, of the pages whose text could not be extracted."""
    pictures: tuple[int, ...] = ()
    """Numbers, from 1, of the pages that show a picture and no text, as scanned pages do."""
    illustrated: bool = False
    """Whether every page shows a picture, with or without text."""
    labels: tuple[str, ...] | None = None
    """The file's own page labels, only where its catalog has them."""
    dynamic_form: bool = False
    """Whether the file is an XFA form, whose pages hold only a note that asks the reader to wait."""
    metadata: dict[str, str] = field(default_factory=dict)
    """``Title``, ``Author``, ``CreationDate`` … of the document information, as far as they are texts."""


def extract(path: Path, *, password: str = "", watch: PageWatch | None = None) -> TypedFile:
    """Read ``path`` page by page; a page that fails is recorded and loses only its own text.

    Where pypdfium2 is installed it gets the pages, or the whole file, that pypdf cannot read.

    Raises:
        ReadError: the file is empty, no PDF, damaged beyond reading, protected by a password, or has no pages.
    """
    watch = watch or PageWatch()
    check_beginning(path)
    second = _Second(path, password)
    try:
        reader = open_reader(path, password)
        count = page_count(reader, path)
    except DamagedFile:
        if not second.page_count:
            raise
        return _second_only(second, watch)
    sheets = [_sheet(reader, number, second, watch) for number in range(1, count + 1)]
    watch.finished()
    metadata = _metadata(reader)
    pages = [sheet.page for sheet in sheets]
    if sets_accents_apart(metadata):
        pages = [page.with_texts(compose_accents) for page in pages]
    return TypedFile(
        tuple(pages),
        tuple(sheet.page.number for sheet in sheets if sheet.damaged),
        tuple(sheet.page.number for sheet in sheets if sheet.picture and not sheet.page.lines),
        all(sheet.picture for sheet in sheets),
        _labels(reader, count),
        _is_dynamic_form(reader),
        metadata,
    )


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One page as it was read."""

    page: TypePage
    damaged: bool = False
    picture: bool = False
    """Whether it shows a picture."""


class _Second:
    """The second engine on the same file, opened when first asked for."""

    def __init__(self, path: Path, password: str) -> None:
        self._path, self._password = path, password

    @cached_property
    def _engine(self) -> SecondEngine | None:
        if not has_second_engine():
            return None
        return _or_nothing(lambda: SecondEngine(self._path, self._password))

    @property
    def page_count(self) -> int:
        """How many pages it finds; 0 where it is not installed or cannot open the file."""
        return self._engine.page_count if self._engine is not None else 0

    def page(self, number: int) -> TypePage | None:
        """A page with its lines; nothing where it cannot be read or has none."""
        engine = self._engine
        if engine is None or number > engine.page_count:
            return None
        page = _or_nothing(lambda: engine.page(number))
        return page if page is not None and page.lines else None


def _second_only(second: _Second, watch: PageWatch) -> TypedFile:
    """A file that only the second engine can open."""
    pages: list[TypePage] = []
    damaged: list[int] = []
    for number in range(1, second.page_count + 1):
        page = None
        with suppress(PageLost), watch.over(number):
            page = second.page(number)
        if page is None:
            damaged.append(number)
        pages.append(page or TypePage(number, ()))
    watch.finished()
    return TypedFile(tuple(pages), tuple(damaged))


def _sheet(reader: PdfReader, number: int, second: _Second, watch: PageWatch) -> _Sheet:
    try:
        with watch.over(number):
            page = reader.pages[number - 1]
            lines = _type_page(page, number)
            if is_doubtful(line.text for line in lines.lines) or _or_nothing(lambda: _guesses_letters(page)):
                lines = second.page(number) or lines
            return _Sheet(lines, picture=bool(_or_nothing(lambda: _shows_picture(page))))
    except PageLost:
        return _Sheet(TypePage(number, ()), damaged=True)
    except Exception as error:  # noqa: BLE001 - whatever a hostile page raises costs that page only
        logging.getLogger(__name__).info("page %d: %s: %s", number, type(error).__name__, error)
    with suppress(PageLost), watch.over(number):
        page_again = second.page(number)
        if page_again is not None:
            return _Sheet(page_again)
    return _Sheet(TypePage(number, ()), damaged=True)


def _type_page(page: PageObject, number: int) -> TypePage:
    fragments: list[Fragment] = []
    bold_fonts: dict[int, bool] = {}

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if text:
            fragments.append(_fragment(text, cm, tm, size, _is_bold(font, bold_fonts)))

    finder = GapFinder()
    front = finder.visit if number <= _FRONT else None
    whole = page.extract_text(extraction_mode="plain", visitor_text=visit, visitor_operand_before=front)
    if "".join(fragment.text for fragment in fragments).split() != whole.split():
        fragments = [Fragment(whole, 0.0, 0.0, 10.0)]
    return TypePage(number, assemble_lines(untangled(rows_of(fragments)), number), frozenset(finder.gaps))


def _fragment(text: str, cm: list[float], tm: list[float], size: float, bold: bool) -> Fragment:
    across = (tm[0] * cm[0] + tm[1] * cm[2], tm[0] * cm[1] + tm[1] * cm[3])
    up = (tm[2] * cm[0] + tm[3] * cm[2], tm[2] * cm[1] + tm[3] * cm[3])
    left = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
    base = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
    turn = round(math.degrees(math.atan2(across[1], across[0])) / 90) % 4 * 90 if any(across) else 0
    x, y = {0: (left, base), 90: (base, -left), 180: (-left, -base), 270: (-base, left)}[turn]
    return Fragment(text, x, y, abs(size) * math.hypot(*up), bold, turn)


def _guesses_letters(page: PageObject) -> bool:
    """Whether pypdf has to guess which letters a font draws: it names characters by number, with no map to Unicode."""
    resources: Any = page.get("/Resources", {})
    fonts = resources.get_object().get("/Font")
    fonts = fonts.get_object() if fonts is not None else {}
    for name in fonts:
        font = fonts[name].get_object()
        if font.get("/Subtype") == "/Type0" and "/ToUnicode" not in font:
            encoding = str(font.get("/Encoding", ""))
            if not encoding.startswith("/Uni"):
                return True
    return False


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
        known[id(font)] = is_bold_name(str(name))
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
