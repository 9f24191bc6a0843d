"""Captions, known by how they begin."""

from __future__ import annotations

import re

__all__ = ["is_caption"]

_CAPTION = re.compile(r"(?:Figure|Fig\.|Table|Algorithm|Listing)\s+[A-Z]?\.?\d+(?:\.\d+)?\s*[:.–—]\s")


def is_caption(text: str) -> bool:
    """Whether a paragraph is the caption of a figure, table, algorithm or listing.

    >>> is_caption("Figure 2: What was measured."), is_caption("Figure 2 shows what was measured.")
    (True, False)
    """
    return _CAPTION.match(text) is not None
