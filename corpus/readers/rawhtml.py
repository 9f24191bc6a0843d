"""Blocks of HTML within Markdown: their words, line by line."""

from __future__ import annotations

import re
from html import unescape

__all__ = ["visible_lines"]

_UNSEEN = re.compile(r"<(script|style|template)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
_CELL = re.compile(r"</t[dh]\s*>\s*(?=<t[dh]\b)", re.IGNORECASE)
_BREAK = re.compile(
    r"</?(?:p|div|li|tr|table|h[1-6]|summary|details|blockquote|figcaption|center|section|br|hr)\b[^>]*>", re.IGNORECASE
)
_TAG = re.compile(r"</?[A-Za-z][^>]*>")


def visible_lines(html: str) -> list[str]:
    """The lines that a block of HTML shows; cells of a row are separated by bars.

    >>> visible_lines("<p align='center'>Words &amp; <b>more</b></p><script>var x;</script>")
    ['Words & more']
    """
    text = _UNSEEN.sub(" ", html)
    # Line ends of the source are only spaces; those of the page come from the tags.
    text = _BREAK.sub("\n", _CELL.sub(" | ", " ".join(text.split())))
    lines = (" ".join(unescape(_TAG.sub("", line)).split()) for line in text.split("\n"))
    return [line for line in lines if line]
