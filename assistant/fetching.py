"""Files fetched into the library because a person named them by URL, DOI or arXiv number."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from urllib.parse import urldefrag, urlsplit
from uuid import uuid4

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
_HASH_DIGITS = 12
"""Of the SHA-256 that stands in a file's name."""


def fetch(target: Target, folder: Path, fetcher: Fetcher, catalogues: Catalogues, *, arxiv: str = _ARXIV) -> Path:
    """Fetch what ``target`` names into ``folder`` and give the file's path.

    The same target replaces its own file, and never that of another one.

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
    before = folder / f"{_name_before(target, answer)}{ending}"
    if before.is_file() and before.read_bytes() == answer.body:
        return before
    path = folder / f"{_name(target)}{ending}"
    _replace(path, answer.body)
    return path


def _open_file(target: Target, catalogues: Catalogues) -> str:
    """The PDF that a publisher registered with the DOI for everyone to read."""
    _, item = catalogues.record(target)
    for link in item.get("link") or ():
        if isinstance(link, dict) and link.get("content-type") == "application/pdf" and link.get("URL"):
            return str(link["URL"])
    remedy = "Download it from the publisher or your university, and add the file"
    raise ServiceError("No open file is registered with this DOI", place=target.value, remedy=remedy)


def _name(target: Target) -> str:
    """A readable name with a hash of the whole target, where the readable part alone would fit another target too."""
    if target.kind == "url":
        url = urldefrag(target.value).url
        return f"{_readable(url)}-{_digest(url)}"
    name = _safe(target.value)
    return name if name == target.value.replace("/", "_", 1) else f"{name}-{_digest(target.value)}"


def _name_before(target: Target, answer: Fetched) -> str:
    """The name without a hash that files were given at first; several targets may have shared it."""
    return _readable(answer.url) if target.kind == "url" else _safe(target.value)


def _readable(url: str) -> str:
    parts = urlsplit(url)
    stem = re.sub(r"\.\w{2,5}$", "", parts.path.rstrip("/").rsplit("/", 1)[-1])
    return _safe(f"{parts.hostname or ''}_{stem}".strip("_"))[:100]


def _safe(name: str) -> str:
    return re.sub(r"[^\w.-]+", "_", name)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_DIGITS]


def _replace(path: Path, body: bytes) -> None:
    """Write beside ``path``, then rename, so that a reader never sees half a file."""
    beside = path.with_name(f".{uuid4().hex}.part")
    try:
        beside.write_bytes(body)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
