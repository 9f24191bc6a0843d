"""The engine pypdf: pure Python, within limits that a hostile file cannot leave."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from corpus.pdf.engine import FRONT_PAGES, FileFacts, Sheet, or_nothing
from corpus.pdf.fontnames import is_bold_name
from corpus.pdf.gaps import GapFinder
from corpus.pdf.interleaving import untangled
from corpus.pdf.lines import Fragment, TypePage, assemble_lines, rows_of
from corpus.pdf.opening import PdfSource, open_reader, page_count

if TYPE_CHECKING:
    from pypdf import PageObject

__all__ = ["PypdfEngine"]


class PypdfEngine:
    """One file, opened by pypdf."""

    def __init__(self, source: PdfSource, password: str = "") -> None:
        """Open a file.

        Raises:
            DamagedFile: pypdf cannot make sense of the file.
            ReadError: the password does not open it, or it has no pages.
        """
        self.reader = open_reader(source, password)
        self.page_count = page_count(self.reader, source.path)

    def sheet(self, number: int) -> Sheet:
        """The lines of a page; unsure where a font names its characters by number only."""
        page = self.reader.pages[number - 1]
        return Sheet(_type_page(page, number), bool(or_nothing(lambda: _guesses_letters(page))))

    def shows_picture(self, number: int) -> bool:
        """Whether a page has an image among its resources."""
        resources: Any = self.reader.pages[number - 1].get("/Resources", {})
        objects = resources.get_object().get("/XObject")
        if objects is None:
            return False
        objects = objects.get_object()
        return any(objects[name].get_object().get("/Subtype") == "/Image" for name in objects)

    def facts(self) -> FileFacts:
        """Labels, kind of form and document information."""
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


def _type_page(page: PageObject, number: int) -> TypePage:
    fragments: list[Fragment] = []
    bold_fonts: dict[int, bool] = {}

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if text:
            fragments.append(_fragment(text, cm, tm, size, _is_bold(font, bold_fonts)))

    finder = GapFinder()
    front = finder.visit if number <= FRONT_PAGES else None
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


def _is_bold(font: Any, known: dict[int, bool]) -> bool:
    if font is None:
        return False
    if id(font) not in known:
        name = font.get("/BaseFont", "") if hasattr(font, "get") else ""
        known[id(font)] = is_bold_name(str(name))
    return known[id(font)]
