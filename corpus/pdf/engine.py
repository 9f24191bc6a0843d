"""PDF engines: the protocol of a library that finds the lines of type of a file, and the user's options.

There are two, `corpus.pdf.pypdf_engine` and `corpus.pdf.pdfium_engine`. What they find goes through the same layout,
headings, columns and hyphens; nothing behind this protocol knows which of them it was.
"""

import logging
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Protocol, TypeVar

from corpus.errors import UsageError
from corpus.pdf.lines import TypePage

__all__ = [
    "ENGINES",
    "FRONT_PAGES",
    "Engine",
    "FileFacts",
    "PdfOptions",
    "Sheet",
    "choose_engine",
    "is_bold_name",
    "or_nothing",
]

ENGINES = ("pypdf", "pdfium")
"""The engines that find the text of a page; the first one is the default."""
FRONT_PAGES = 2
"""Pages on which names of authors are looked for; only there an engine tells wide gaps inside lines."""
_BOLD = re.compile(r"bold|-bd|heavy|black|demi|medi(?!um)|cmbx|cmb\d|sfbx|lmbx|bx\d|-b$|,b", re.I)
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class PdfOptions:
    """How PDF files are read; other formats ignore it."""

    password: str = ""
    """Opens protected files."""
    engine: str = ENGINES[0]
    """The engine that is asked first; the other one gets what it cannot read."""
    ocr: bool = False
    """Whether pages that are only a picture are recognised."""
    languages: str = "eng"
    """The languages that recognition expects, as tesseract names them: ``eng+deu``."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page as an engine finds it."""

    page: TypePage
    unsure: bool = False
    """Whether the engine had to guess which letters a font draws."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Labels, kind of form and document information, as the file states them."""

    labels: tuple[str, ...] | None = None
    """Its own page labels, one a page, only where its catalog has them."""
    dynamic_form: bool = False
    """Whether it is an XFA form, whose pages hold only a note that asks the reader to wait."""
    metadata: dict[str, str] = field(default_factory=dict)
    """Entries of the document information that are texts: ``Title``, ``Author``, ``CreationDate`` …"""


class Engine(Protocol):
    """One file, opened; pages are counted from 1. What a method raises on a hostile page costs that page only."""

    @property
    def page_count(self) -> int:
        """How many pages the file has; never 0."""

    def sheet(self, number: int) -> Sheet:
        """Return the lines of a page, in drawing order."""

    def shows_picture(self, number: int) -> bool:
        """Tell whether a page draws an image, as a scanned page does."""

    def facts(self) -> FileFacts:
        """Return what the file says of itself; what is damaged of it is left out."""


def choose_engine(configured: str | None = None) -> str:
    """Return the engine named by ``LOCCIT_PDF``, else by ``configured``, else the default.

    Raises:
        UsageError: there is no such engine, or it is not installed.
    """
    name = os.environ.get("LOCCIT_PDF") or configured or ENGINES[0]
    if name not in ENGINES:
        raise UsageError("There is no such PDF engine", place=name, remedy=f"Known are {' and '.join(ENGINES)}")
    if name == "pdfium" and find_spec("pypdfium2") is None:
        remedy = "Run pip install 'loccit[fast-pdf]', or take the setting away: LOCCIT_PDF, or engine in config.toml"
        raise UsageError("The PDF engine is not installed", place=name, remedy=remedy)
    return name


def is_bold_name(name: str) -> bool:
    """Tell whether a font of that name, with or without the tag of a subset, is bold.

    >>> is_bold_name("/ABCDEF+NimbusRomNo9L-Medi"), is_bold_name("Helvetica")
    (True, False)
    """
    return _BOLD.search(name.partition("+")[2] or name) is not None


def or_nothing(read: Callable[[], _Value | None]) -> _Value | None:
    """Return what ``read`` gives; None where this part of an untrusted file is damaged, as its text can be read yet."""
    try:
        return read()
    except Exception as error:  # noqa: BLE001 - damaged metadata must not cost the text
        logging.getLogger(__name__).info("skipped: %s: %s", type(error).__name__, error)
        return None
