"""Extraction of the lines of type of every page of a PDF file, by one engine, the other one, or recognition.

The characters of a file may not be the ones that its pages show: a font without a true map to Unicode gives letters of
many scripts, mixed inside words. Such text is garbled; it is left to the other engine or to recognition.
"""

import logging
import re
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path

from corpus.errors import ReadError
from corpus.pdf.engine import ENGINES, Engine, FileFacts, PdfOptions, Sheet, or_nothing
from corpus.pdf.lines import TypePage, compose_accents, sets_accents_apart
from corpus.pdf.ocr import Recogniser, with_even_sizes
from corpus.pdf.opening import DamagedFile, PageLost, PageWatch, PdfSource, check_beginning, has_end
from corpus.pdf.pdfium_engine import PdfiumEngine, has_pdfium
from corpus.pdf.pypdf_engine import PypdfEngine, SalvagedEngine

__all__ = ["LONGEST_STAMP", "TypedFile", "extract", "is_garbled", "join_portions"]

LONGEST_STAMP = 120
"""Characters; what a program stamps onto every page of pictures is no longer than this."""
_MORE_LETTERS = 3
"""Minimum ratio of letters for which recognition replaces the few words of a page beside a picture."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_FEWEST_WORDS = 15
_MOST_MIXED = 0.3
"""Maximum share of words that mix scripts; more of them are a garbled text."""
_GLYPH_NAME = re.compile(r"/(?:[gGcCa]|cid|glyph|uni)\d{1,5}(?![^\W_])")
"""The name of a glyph that was not translated; ``/g133``."""
_MOST_NAMES = 0.3
"""Maximum share of the characters in such names; more of them are a garbled text."""
_PRESENTATION_FORM = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc]")
"""Arabic and Hebrew letters as drawn, mostly in the order of drawing; the second engine should read them too."""
_EAST_ASIAN = frozenset(
    {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "FULLWIDTH", "HALFWIDTH", "BOPOMOFO"}
)


@dataclass(frozen=True, slots=True)
class TypedFile:
    """What the engines find in a file, or in a portion of its pages, before any interpretation."""

    pages: tuple[TypePage, ...]
    """Every page, also damaged ones, which have no lines."""
    damaged: tuple[int, ...] = ()
    """Numbers, from 1, of the pages whose text could not be extracted."""
    pictures: tuple[int, ...] = ()
    """Numbers, from 1, of the pages that show a picture and no text, as scanned pages do."""
    recognised: tuple[int, ...] = ()
    """Numbers, from 1, of the pages whose text was recognised in a picture of them."""
    illustrated: bool = False
    """Whether every page shows a picture, with no more text than a stamp."""
    facts: FileFacts = field(default_factory=FileFacts)


def extract(
    path: Path, options: PdfOptions | None = None, *, watch: PageWatch | None = None, portion: range | None = None
) -> TypedFile:
    """Read ``path`` page by page, or the pages of a ``portion``; a page that fails loses only its own text.

    The engine of the options is asked first; the other one, where it is installed, gets the pages, or the whole file,
    that the first cannot read. Where the options say so, pages without text are recognised.

    Raises:
        ReadError: the file is empty, no PDF, damaged beyond reading, protected by a password, or has no pages.
        LongFile: no portion is given, and the file is too long for ``watch``.
    """
    options, watch = options or PdfOptions(), watch or PageWatch()
    check_beginning(path)
    engines = _Engines(PdfSource(path), options)
    count = engines.first.page_count
    if portion is None:
        watch.check_length(count)
    sheets = [_read(engines, number, watch) for number in portion or range(1, count + 1)]
    watch.finished()
    return TypedFile(
        tuple(sheet.page for sheet in sheets),
        tuple(sheet.page.number for sheet in sheets if sheet.damaged),
        tuple(sheet.page.number for sheet in sheets if sheet.picture and not sheet.page.lines),
        tuple(sheet.page.number for sheet in sheets if sheet.recognised),
        all(sheet.picture for sheet in sheets),
        engines.first.facts(),
    )


def join_portions(portions: Sequence[TypedFile]) -> TypedFile:
    """Make the whole file of its portions, in order; what only all pages together tell is settled now."""
    facts = portions[0].facts
    pages = tuple(page for portion in portions for page in portion.pages)
    recognised = tuple(number for portion in portions for number in portion.recognised)
    if sets_accents_apart(facts.metadata):
        mended = (tuple(replace(line, text=compose_accents(line.text)) for line in page.lines) for page in pages)
        pages = tuple(replace(page, lines=lines) for page, lines in zip(pages, mended, strict=True))
    return TypedFile(
        with_even_sizes(pages, recognised),
        tuple(number for portion in portions for number in portion.damaged),
        tuple(number for portion in portions for number in portion.pictures),
        recognised,
        all(portion.illustrated for portion in portions),
        facts,
    )


def is_garbled(texts: Iterable[str]) -> bool:
    """Tell whether most of the text can't be what the pages show."""
    texts = list(texts)
    named = sum(len(name) for text in texts for name in _GLYPH_NAME.findall(text))
    if named > _MOST_NAMES * max(1, sum(len(text) for text in texts)):
        return True
    words = [word for text in texts for word in _WORD.findall(text)]
    if len(words) < _FEWEST_WORDS:
        return False
    mixed = sum(1 for word in words if not word.isascii() and len({_script(char) for char in word} - {""}) > 1)
    return mixed > _MOST_MIXED * len(words)


@dataclass(frozen=True, slots=True)
class _Read:
    """One page as it was read."""

    page: TypePage
    damaged: bool = False
    picture: bool = False
    """Whether it shows a picture; not looked for where there is more text than a stamp."""
    recognised: bool = False


class _Engines:
    """The engines that open a file, in the order in which they are asked, and the one that recognises pages."""

    def __init__(self, source: PdfSource, options: PdfOptions) -> None:
        self._source, self._options = source, options
        # What is left of a file that was cut off is for pypdf, which can be asked whether a page has all its fonts.
        whole = has_end(source.path)
        names = sorted(ENGINES, key=lambda name: name != (options.engine if whole else ENGINES[0]))
        self._names = [name for name in names if name != "pdfium" or has_pdfium()]
        self.salvaged = False
        """Whether the file is damaged, and only what is left of it can be read."""
        self.first = self._opened(whole=whole)

    @cached_property
    def second(self) -> Engine | None:
        """Open the other engine when first asked for; None where it is not installed or cannot open the file."""
        return or_nothing(lambda: self._open(self._names.pop(0))) if self._names else None

    @cached_property
    def recogniser(self) -> Recogniser | None:
        """Open what recognises pages, where that is wanted; None where pdfium cannot open the file to draw it.

        Raises:
            UsageError: tesseract or pypdfium2 is missing.
        """
        if not self._options.ocr:
            return None
        with suppress(ReadError):
            return Recogniser(self._source, password=self._options.password, languages=self._options.languages)
        return None

    def _opened(self, *, whole: bool) -> Engine:
        """Return the first engine that can open the file, or else one for what is left of it.

        If none can, pypdf, which is always asked, says why.
        """
        errors: dict[str, ReadError] = {}
        while self._names:
            name = self._names.pop(0)
            try:
                return self._open(name)
            except DamagedFile as error:
                errors[name] = error
            if not whole and (engine := self._salvaged()) is not None:
                return engine
        engine = self._salvaged() if whole else None
        if engine is None:
            raise errors["pypdf"]
        return engine

    def _salvaged(self) -> Engine | None:
        engine = or_nothing(lambda: SalvagedEngine(self._source.path))
        if engine is not None:
            self._source, self._names, self.salvaged = engine.source, [], True
        return engine

    def _open(self, name: str) -> Engine:
        return (PdfiumEngine if name == "pdfium" else PypdfEngine)(self._source, self._options.password)


def _read(engines: _Engines, number: int, watch: PageWatch) -> _Read:
    """Read a page by the first engine, by the second where that fails or doubts, else recognise it."""
    printed = _printed(engines, number, watch)
    recogniser, own = engines.recogniser, printed.page
    # What is drawn of a page without its fonts is not what the page showed.
    if recogniser is None or (engines.salvaged and printed.damaged):
        return printed
    if own.lines and not (printed.picture and _is_bare(own)) and not is_garbled(_texts(own)):
        return printed
    try:
        with watch.over(number):
            page = recogniser.page(number)
    except PageLost as error:
        logging.getLogger(__name__).info("page %d: %s", number, error)
        return replace(printed, damaged=not printed.page.lines)
    if _letters(page) < _MORE_LETTERS * _letters(printed.page) and not is_garbled(_texts(printed.page)):
        return printed
    return _Read(page, recognised=True)


def _printed(engines: _Engines, number: int, watch: PageWatch) -> _Read:
    """Read a page by the first engine, by the second where that fails or doubts; damaged where neither can."""
    try:
        with watch.over(number):
            sheet = engines.first.sheet(number)
            texts = _texts(sheet.page)
            if sheet.unsure or any(map(_PRESENTATION_FORM.search, texts)) or is_garbled(texts):
                sheet = _sheet_of_second(engines, number) or sheet
            pictured = _is_bare(sheet.page) and or_nothing(lambda: engines.first.shows_picture(number))
            return _Read(sheet.page, picture=bool(pictured))
    except PageLost:
        return _Read(TypePage(number, ()), damaged=True)
    except Exception as error:  # noqa: BLE001 - whatever a hostile page raises costs that page only
        logging.getLogger(__name__).info("page %d: %s: %s", number, type(error).__name__, error)
    with suppress(PageLost), watch.over(number):
        if second := _sheet_of_second(engines, number):
            return _Read(second.page)
    return _Read(TypePage(number, ()), damaged=True)


def _sheet_of_second(engines: _Engines, number: int) -> Sheet | None:
    """Return a page of the second engine; None where it cannot be read, has no lines, or is guessed there too."""
    engine = engines.second
    if engine is None or number > engine.page_count:
        return None
    sheet = or_nothing(lambda: engine.sheet(number))
    return sheet if sheet is not None and sheet.page.lines and not sheet.unsure else None


@cache
def _script(char: str) -> str:
    """Return the script of a letter, or nothing for marks and mathematical letters, which go with any."""
    name = unicodedata.name(char, "UNASSIGNED")
    if name.startswith(("MATHEMATICAL", "MODIFIER", "COMBINING", "SCRIPT", "DOUBLE-STRUCK", "BLACK-LETTER")):
        return ""
    first = name.partition(" ")[0]
    return "EAST ASIAN" if first in _EAST_ASIAN else first


def _texts(page: TypePage) -> list[str]:
    return [line.text for line in page.lines]


def _letters(page: TypePage) -> int:
    return sum(char.isalpha() for text in _texts(page) for char in text)


def _is_bare(page: TypePage) -> bool:
    return sum(map(len, _texts(page))) <= LONGEST_STAMP
