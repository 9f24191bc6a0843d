"""The engine pypdf, for whole files and for what is left of one that was cut off.

The tables that say where objects stand, and the tree of pages, come at the end of a file and are gone with it. Objects
themselves are found by their marks, ``12 0 obj`` (ISO 32000-1, 7.3.10), also those packed into object streams (7.5.7).
`salvage` gives the pages among them a new tree and a new trailer, so that pypdf can open them.
"""

import math
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.pdf.engine import FRONT_PAGES, FileFacts, Sheet, is_bold_name, or_nothing
from corpus.pdf.layout import untangle_columns
from corpus.pdf.lines import Fragment, GapFinder, TypePage, assemble_lines, rows_of
from corpus.pdf.opening import DamagedFile, PdfSource, open_reader

if TYPE_CHECKING:
    from pypdf import PageObject

__all__ = ["PypdfEngine", "SalvagedEngine", "salvage"]

_OBJECT = re.compile(rb"(?<![\d.])(\d{1,8})\s+(\d{1,5})\s+obj\b")
_STREAM = re.compile(rb"stream\r?\n")
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_FONT = re.compile(rb"/Type\s*/Font(?![A-Za-z])")
_PACKED = re.compile(rb"/Type\s*/ObjStm\b")
_FIRST = re.compile(rb"/First\s+(\d{1,9})")
_PACKED_COUNT = re.compile(rb"/N\s+(\d{1,9})")
_LINEARIZED = re.compile(rb"/Linearized\s.{0,200}?/N\s+(\d{1,6})|/N\s+(\d{1,6}).{0,200}?/Linearized\s", re.DOTALL)
_LARGEST_FILE = 100_000_000
_LARGEST_STREAM = 50_000_000
"""Bytes; an object stream that unpacks to more is no list of small objects."""


class PypdfEngine:
    """One file, opened by pypdf; `DamagedFile` where it cannot, `ReadError` where the password does not fit."""

    def __init__(self, source: PdfSource, password: str = "") -> None:
        self.reader = open_reader(source, password)
        self.page_count = len(self.reader.pages)

    def sheet(self, number: int) -> Sheet:
        """Return the lines of a page; unsure where a font names its characters by number only."""
        page = self.reader.pages[number - 1]
        return Sheet(_type_page(page, number), bool(or_nothing(lambda: _guesses_letters(page))))

    def shows_picture(self, number: int) -> bool:
        """Tell whether a page has an image among its resources."""
        objects = _resources(self.reader.pages[number - 1], "/XObject")
        return any(objects[name].get_object().get("/Subtype") == "/Image" for name in objects)

    def facts(self) -> FileFacts:
        """Return labels, kind of form and document information."""
        return FileFacts(
            or_nothing(self._labels), bool(or_nothing(self._is_dynamic_form)), or_nothing(self._metadata) or {}
        )

    def _labels(self) -> tuple[str, ...] | None:
        if "/PageLabels" not in self.reader.root_object:
            return None
        labels = tuple(self.reader.page_labels)
        return labels if len(labels) == self.page_count and any(label.strip() for label in labels) else None

    def _is_dynamic_form(self) -> bool:
        form = self.reader.root_object.get("/AcroForm")
        return form is not None and "/XFA" in form.get_object()

    def _metadata(self) -> dict[str, str]:
        information: Mapping[str, Any] = self.reader.metadata or {}
        return {str(name).lstrip("/"): value for name, value in information.items() if isinstance(value, str)}


class SalvagedEngine(PypdfEngine):
    """What is left of a damaged file; what is missing counts as one damaged page or more, nothing is `DamagedFile`."""

    def __init__(self, path: Path) -> None:
        left = salvage(path)
        if left is None:
            raise DamagedFile("The PDF is damaged", path)
        self.source = PdfSource(path, left.data)
        super().__init__(self.source)
        self._left = self.page_count
        # How many there were is mostly unknown: the page after the last one stands for all that is missing.
        self.page_count = max(left.stated or 0, self._left + 1)

    def sheet(self, number: int) -> Sheet:
        """Return the lines of a page.

        Raises:
            KeyError: the page, its content or one of its fonts is missing, so that letters would be guessed.
        """
        if number > self._left or not self._is_whole(number):
            raise KeyError(number)
        return super().sheet(number)

    def facts(self) -> FileFacts:
        """Return nothing: labels and document information are gone with the end of the file."""
        return FileFacts()

    def _is_whole(self, number: int) -> bool:
        page = self.reader.pages[number - 1]
        fonts = _resources(page, "/Font")
        parts = [page.get("/Contents"), *(fonts.raw_get(name) for name in fonts)]
        return all(part is not None and or_nothing(part.get_object) is not None for part in parts)


@dataclass(frozen=True, slots=True)
class Salvage:
    """A file that can be opened, made of what is left of another."""

    data: bytes
    pages: int
    """How many pages are left."""
    stated: int | None
    """How many there were, where the beginning of the file says it."""


def salvage(path: Path) -> Salvage | None:
    """Return the pages that are left of a damaged file; nothing where none is, or where it is encrypted.

    A page is left where it and at least one font of the file are.
    """
    if path.stat().st_size > _LARGEST_FILE:
        return None
    data = path.read_bytes()
    if b"/Encrypt" in data:
        return None
    unpacked: list[tuple[int, bytes]] = []
    pages: dict[int, None] = {}
    highest = 0
    fonts = False
    for number, body in _objects(data):
        packed = list(_packed(body))
        unpacked += packed
        for each, text in [*packed, (number, _head(body))]:
            highest = max(highest, each)
            fonts = fonts or _FONT.search(text) is not None
            if _PAGE.search(text):
                pages[each] = None
    if not pages or not fonts:
        return None
    found = _LINEARIZED.search(data[:2048])
    stated = int(found[1] or found[2]) if found else None
    return Salvage(data + _ending(unpacked, list(pages), highest), len(pages), stated)


def _type_page(page: "PageObject", number: int) -> TypePage:
    fragments: list[Fragment] = []
    bold_fonts: dict[int, bool] = {}

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if text:
            across = (tm[0] * cm[0] + tm[1] * cm[2], tm[0] * cm[1] + tm[1] * cm[3])
            up = (tm[2] * cm[0] + tm[3] * cm[2], tm[2] * cm[1] + tm[3] * cm[3])
            x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            size, bold = abs(size) * math.hypot(*up), _is_bold(font, bold_fonts)
            fragments.append(Fragment.placed(text, x, y, across, size, bold))

    finder = GapFinder()
    front = finder.visit if number <= FRONT_PAGES else None
    whole = page.extract_text(extraction_mode="plain", visitor_text=visit, visitor_operand_before=front)
    if "".join(fragment.text for fragment in fragments).split() != whole.split():
        fragments = [Fragment(whole, 0.0, 0.0, 10.0)]
    return TypePage(number, assemble_lines(untangle_columns(rows_of(fragments)), number), frozenset(finder.gaps))


def _resources(page: "PageObject", kind: str) -> Any:
    """Return the resources of one kind that a page names; empty where it has none."""
    resources: Any = page.get("/Resources", {})
    found = resources.get_object().get(kind)
    return {} if found is None else found.get_object()


def _guesses_letters(page: "PageObject") -> bool:
    """Tell whether pypdf has to guess the letters of a font, which numbers characters with no map to Unicode."""
    fonts = _resources(page, "/Font")
    return any(
        font.get("/Subtype") == "/Type0"
        and "/ToUnicode" not in font
        and not str(font.get("/Encoding", "")).startswith("/Uni")
        for font in (fonts[name].get_object() for name in fonts)
    )


def _is_bold(font: Any, known: dict[int, bool]) -> bool:
    if font is None:
        return False
    if id(font) not in known:
        name = font.get("/BaseFont", "") if hasattr(font, "get") else ""
        known[id(font)] = is_bold_name(str(name))
    return known[id(font)]


def _objects(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield number and body of every object that begins in the file; the body reaches to the next one."""
    marks = list(_OBJECT.finditer(data))
    for place, mark in enumerate(marks):
        end = marks[place + 1].start() if place + 1 < len(marks) else len(data)
        yield int(mark[1]), data[mark.end() : end]


def _head(body: bytes) -> bytes:
    """Return an object up to its stream."""
    found = _STREAM.search(body)
    return body[: found.start()] if found else body


def _packed(body: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield number and text of the objects in an object stream; none where the object is none, or is damaged."""
    found = _STREAM.search(body)
    head = _head(body)
    if found is None or not _PACKED.search(head):
        return
    first, count = _FIRST.search(head), _PACKED_COUNT.search(head)
    if first is None or count is None:
        return
    raw = body[found.end() :]
    if b"/FlateDecode" in head:
        try:
            raw = zlib.decompressobj().decompress(raw, _LARGEST_STREAM)
        except zlib.error:
            return
    start = int(first[1])
    numbers = [int(value) for value in raw[:start].split()[: 2 * int(count[1])] if value.isdigit()]
    pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
    for place, (number, offset) in enumerate(pairs):
        end = start + pairs[place + 1][1] if place + 1 < len(pairs) else len(raw)
        if start + offset < len(raw):
            yield number, raw[start + offset : end]


def _ending(unpacked: list[tuple[int, bytes]], pages: list[int], highest: int) -> bytes:
    """Return the end of a file: what was packed, a tree with the pages, a trailer without the places of objects."""
    tree, catalog = highest + 1, highest + 2
    kids = " ".join(f"{number} 0 R" for number in pages)
    parts = [b"\nendstream\nendobj\n"]
    parts += [b"%d 0 obj\n%b\nendobj\n" % (number, text.strip()) for number, text in unpacked]
    parts.append(f"{tree} 0 obj\n<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>\nendobj\n".encode())
    parts.append(f"{catalog} 0 obj\n<< /Type /Catalog /Pages {tree} 0 R >>\nendobj\n".encode())
    parts.append(f"trailer\n<< /Root {catalog} 0 R /Size {catalog + 1} >>\nstartxref\n0\n%%EOF\n".encode())
    return b"".join(parts)
