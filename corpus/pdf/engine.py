"""What an engine is: a library that finds the lines of type of a PDF file, behind one protocol.

There are two, `corpus.pdf.pypdfengine` and `corpus.pdf.pdfium`. What they find goes through the same layout, headings,
columns and hyphens; nothing behind this protocol knows which of them it was.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from corpus.pdf.lines import TypePage

__all__ = ["FRONT_PAGES", "Engine", "FileFacts", "Sheet", "or_nothing"]

FRONT_PAGES = 2
"""Names of authors are looked for on so many pages; only there an engine tells wide gaps inside lines."""

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page as an engine finds it."""

    page: TypePage
    unsure: bool = False
    """Whether the engine had to guess which letters a font draws."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a file says of itself beside its pages."""

    labels: tuple[str, ...] | None = None
    """Its own page labels, one a page, only where its catalog has them."""
    dynamic_form: bool = False
    """Whether it is an XFA form, whose pages hold only a note that asks the reader to wait."""
    metadata: dict[str, str] = field(default_factory=dict)
    """``Title``, ``Author``, ``CreationDate`` … of the document information, as far as they are texts."""


class Engine(Protocol):
    """One file, opened; pages are counted from 1. What a method raises on a hostile page costs that page only."""

    @property
    def page_count(self) -> int:
        """How many pages the file has; never 0."""

    def sheet(self, number: int) -> Sheet:
        """The lines of a page, in drawing order."""

    def shows_picture(self, number: int) -> bool:
        """Whether a page draws an image, as a scanned page does."""

    def facts(self) -> FileFacts:
        """What the file says of itself; what is damaged of it is left out."""


def or_nothing(read: Callable[[], _Value | None]) -> _Value | None:
    """What ``read`` gives; nothing where this part of an untrusted file is damaged, as the text can still be read."""
    try:
        return read()
    except Exception as error:  # noqa: BLE001 - damaged metadata must not cost the text
        logging.getLogger(__name__).info("skipped: %s: %s", type(error).__name__, error)
        return None
