"""Files fetched into the library because a person named them by URL, DOI or arXiv number.

Records completed from the registries, when asked: by identifier at once, by title only as an offer.

How fast a piece of work goes, and how long it will still take.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any, Literal
from urllib.parse import urldefrag, urlsplit
from uuid import uuid4

from corpus.errors import ServiceError
from corpus.model import Document, Record, to_plain
from corpus.records.record import EDITED, REGISTRY, complete
from corpus.store import StoredDocument
from corpus.web.catalogues import Catalogues, alike
from corpus.web.fetching import Fetched, Fetcher, Target

__all__ = ["Completer", "Completion", "Pace", "fetch", "in_words"]

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


_SURE = 0.6

"""From this confidence on an identifier is asked for; a differing title still keeps its record from being applied."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What a look-up came to for one document."""

    document_id: str
    status: Literal["completed", "offered", "nothing", "failed"]
    changed: tuple[str, ...] = ()
    """Fields of the record that changed."""
    candidates: tuple[Record, ...] = ()
    """Works that may be this one; none is applied without a person's word."""
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        """An entry of ``lookups`` in ``loccit add --lookup --json``."""
        return {
            "document_id": self.document_id,
            "status": self.status,
            "changed": list(self.changed),
            "candidates": [record.as_csl() for record in self.candidates],
            "reason": self.reason,
        }


class Completer:
    """Completes documents; ``store`` writes a changed one."""

    def __init__(self, catalogues: Catalogues, store: Callable[[StoredDocument, Document], None]) -> None:
        self._catalogues = catalogues
        self._store = store

    def run(self, documents: Sequence[StoredDocument]) -> Iterator[Completion]:
        """Look up each document in turn; a service that fails is named and the next document tried."""
        for stored in documents:
            try:
                yield self._complete(stored)
            except ServiceError as error:
                yield Completion(stored.document_id, "failed", reason=str(error))

    def _complete(self, stored: StoredDocument) -> Completion:
        record = stored.document.record
        target = _identifier(stored.document)
        if target is None:
            if not record.title or stored.document.kind not in ("paper", "document", "web"):
                # An essay's heading is often the title of the work that it discusses.
                return Completion(stored.document_id, "nothing", reason="no identifier, and no title to search by")
            found = tuple(self._catalogues.search(record.title))
            reason = "" if found else "no work with this title was found"
            return Completion(stored.document_id, "offered" if found else "nothing", candidates=found, reason=reason)
        registered, _ = self._catalogues.record(target)
        named = stored.document.origins[target.kind].source == EDITED
        if record.title and not named and not alike(record.title, registered.title):
            reason = f"{target.value} is registered under another title"
            return Completion(stored.document_id, "offered", candidates=(registered,), reason=reason)
        completed = complete(stored.document, registered, REGISTRY)
        changed = _changed(record, completed.record)
        if changed:
            self._store(stored, completed)
        return Completion(stored.document_id, "completed", changed=changed)


def _identifier(document: Document) -> Target | None:
    record, origins = document.record, document.origins
    for kind, value in (("doi", record.doi), ("arxiv", record.arxiv)):
        if value and origins[kind].confidence >= _SURE:
            return Target("doi" if kind == "doi" else "arxiv", value)
    return None


def _changed(before: Record, after: Record) -> tuple[str, ...]:
    old, new = to_plain(before), to_plain(after)
    return tuple(name for name in new if old[name] != new[name])


_TOO_EARLY = 0.5

"""Seconds before which a rate would be guessed."""


class Pace:
    """Watches counts of one stage after the other; each stage has a rate of its own.

    >>> clock = iter([0.0, 2.0]).__next__
    >>> pace = Pace(clock)
    >>> pace.moved("reading", 0, 10), pace.moved("reading", 4, 10)
    ('', '2.0/s, 3 s left')
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._stage = ""
        self._began = 0.0
        self._first = 0
        self.rate: float | None = None
        """Things done in a second, in this stage; None while it is too early to tell."""
        self.left: float | None = None
        """Seconds that the stage will still take at this rate; None while it is too early to tell."""

    def moved(self, stage: str, done: int, total: int) -> str:
        """Note a count, and say rate and time left; empty while it is too early to tell."""
        now = self._clock()
        if stage != self._stage:
            self._stage, self._began, self._first = stage, now, done
        seconds, new = now - self._began, done - self._first
        if seconds < _TOO_EARLY or new < 1:
            self.rate = self.left = None
            return ""
        self.rate = new / seconds
        self.left = max(0, total - done) / self.rate
        return f"{self.rate:.1f}/s, {in_words(self.left)} left" if done < total else f"{self.rate:.1f}/s"


def in_words(seconds: float) -> str:
    """A time as a person says it: never more exact than it can be known.

    >>> [in_words(seconds) for seconds in (0.2, 42, 130, 4000)]
    ['1 s', '42 s', '2 min', '1 h 7 min']
    """
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
