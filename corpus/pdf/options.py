"""What a user may ask for when PDF files are read: a password, an engine, the recognition of scanned pages."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.util import find_spec

from corpus.errors import UsageError

__all__ = ["ENGINES", "PdfOptions", "choose_engine"]

ENGINES = ("pypdf", "pdfium")
"""The engines that find the text of a page; the first one is the default."""


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


def choose_engine(configured: str | None = None) -> str:
    """The engine named by ``LOCCIT_PDF``, else by ``configured``, else the default.

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
