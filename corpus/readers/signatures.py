"""What a file is by its content, whatever its name says; only where the content leaves no doubt."""

from __future__ import annotations

import re
from pathlib import Path

from corpus.readers.packages import package_format

__all__ = ["recognise"]

_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html\b|<html[\s>])", re.IGNORECASE | re.DOTALL
)
_LATEX = re.compile(rb"(?:\s*%[^\n]*\n|\s)*\\documentclass\s*[\[{]")


def recognise(path: Path, head: bytes) -> str | None:
    """The format of the file whose first bytes are ``head``, or None where only its name can tell."""
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return package_format(path)
    text = head.removeprefix(b"\xef\xbb\xbf")
    if text.startswith(b"{\\rtf"):
        return "rtf"
    if _HTML.match(text):
        return "html"
    return "latex" if _LATEX.match(text) else None
