"""Files fetched into the library because a person named them by URL, DOI or arXiv number."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from corpus.errors import ServiceError
from corpus.web.catalogues import Catalogues
from corpus.web.fetching import Fetched, Fetcher
from corpus.web.identifiers import Target

__all__ = ["fetch"]

_ENDINGS = {
    "application/pdf": ".pdf",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
}
_ARXIV = "https://arxiv.org/pdf/"


def fetch(target: Target, folder: Path, fetcher: Fetcher, catalogues: Catalogues, *, arxiv: str = _ARXIV) -> Path:
    """Fetch what ``target`` names into ``folder`` and give the file's path; what is there already is kept.

    Raises:
        ServiceError: nothing came, or nothing that is read.
    """
    url = f"{arxiv}{target.value}" if target.kind == "arxiv" else target.value
    if target.kind == "doi":
        url = _open_file(target, catalogues)
    answer = fetcher.get(url, accept="application/pdf, text/html, text/markdown, text/plain")
    ending = ".pdf" if answer.body.startswith(b"%PDF-") else _ENDINGS.get(answer.media_type)
    if ending is None:
        remedy = "Save it in a format that is read, and add the file"
        raise ServiceError(
            f"This is {answer.media_type or 'of no stated type'}, which is not read", place=url, remedy=remedy
        )
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{_name(target, answer)}{ending}"
    path.write_bytes(answer.body)
    return path


def _open_file(target: Target, catalogues: Catalogues) -> str:
    """The PDF that a publisher registered with the DOI for everyone to read."""
    _, item = catalogues.record(target)
    for link in item.get("link") or ():
        if isinstance(link, dict) and link.get("content-type") == "application/pdf" and link.get("URL"):
            return str(link["URL"])
    remedy = "Download it from the publisher or your university, and add the file"
    raise ServiceError("No open file is registered with this DOI", place=target.value, remedy=remedy)


def _name(target: Target, answer: Fetched) -> str:
    if target.kind != "url":
        return re.sub(r"[^\w.-]+", "_", target.value)
    parts = urlsplit(answer.url)
    stem = re.sub(r"\.\w{2,5}$", "", parts.path.rstrip("/").rsplit("/", 1)[-1])
    return re.sub(r"[^\w.-]+", "_", f"{parts.hostname or ''}_{stem}".strip("_"))[:100]
