"""Identifiers and dates that a PDF states: DOI, arXiv number, day of making."""

from __future__ import annotations

import re
from pathlib import Path

from corpus.pdf.lines import TypePage
from corpus.pdf.stamps import ArxivStamp
from corpus.reading import Hint

__all__ = ["find_arxiv", "find_date", "find_doi"]

_DOI = re.compile(
    r"(?:\bdoi(?:\.org)?\s*[:/]?\s*(?:https?://(?:dx\.)?doi\.org/)?)\s*(10\.\d{4,9}/[^\s\"<>]+)", re.IGNORECASE
)
_PLACEHOLDER = re.compile(r"n{4}|x{4}|1122445|0000000")
_ARXIV_STEM = re.compile(r"(?:arxiv[-_. ]?)?(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})(?:v\d+)?", re.IGNORECASE)
_PDF_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})?(\d{2})?")


def find_doi(page: TypePage) -> Hint | None:
    """The DOI that the first page names as its own."""
    lines = [line.text for line in page.lines]
    cut = next((position for position, text in enumerate(lines) if re.match(r"references\W*$", text, re.I)), len(lines))
    for position, text in enumerate(lines[:cut]):
        match = _DOI.search(text)
        if match is None:
            continue
        value = match[1]
        if match.end() == len(text) and value.endswith("-") and position + 1 < cut:
            value += lines[position + 1].split(maxsplit=1)[0]
        value = _trimmed(value)
        if not _PLACEHOLDER.search(value):
            return Hint(value, "page 1", 0.9)
    return None


def find_arxiv(stamp: ArxivStamp | None, path: Path) -> Hint | None:
    """The arXiv number: from arXiv's stamp, otherwise from a file name such as ``1601.03313v2.pdf``."""
    if stamp is not None:
        return Hint(stamp.identifier, "arXiv stamp on page 1", 1.0)
    match = _ARXIV_STEM.fullmatch(path.stem)
    return Hint(match[1], "file name", 0.6) if match else None


def find_date(stamp: ArxivStamp | None, arxiv: Hint | None, metadata: dict[str, str]) -> Hint | None:
    """The date, ISO as far as known: of the arXiv number, of arXiv's stamp, or the day on which the file was made.

    The number tells when a work was first posted, which is the year it is cited by; the stamp is dated by version.
    """
    if arxiv is not None and re.match(r"\d{4}\.", arxiv.value):
        posted = f"20{arxiv.value[:2]}-{arxiv.value[2:4]}"
        first_version = stamp is not None and stamp.date.startswith(posted)
        date = stamp.date if stamp is not None and first_version else posted
        return Hint(date, "arXiv number", 0.9 * arxiv.confidence)
    if stamp is not None and stamp.date:
        return Hint(stamp.date, "arXiv stamp on page 1", 0.9)
    match = _PDF_DATE.match(metadata.get("CreationDate", ""))
    if match is None or not 1980 <= int(match[1]) <= 2100:
        return None
    month, day = match[2] or "", match[3] or ""
    if not ("01" <= month <= "12" and "01" <= day <= "31"):
        return Hint(match[1], "PDF metadata", 0.4)
    return Hint(f"{match[1]}-{month}-{day}", "PDF metadata", 0.4)


def _trimmed(value: str) -> str:
    """A DOI without the punctuation of the sentence around it."""
    value = value.rstrip(".,;:")
    while value.endswith(")") and value.count("(") < value.count(")"):
        value = value[:-1].rstrip(".,;:")
    return value
