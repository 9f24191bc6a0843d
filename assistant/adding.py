"""What surrounds the adding of files: fetching them, completing their records, and telling how the work goes.

A URL, DOI or arXiv number that a person named is fetched into a file. Records are completed from the registries: by
identifier at once, by title only as an offer. Progress and result of an add are put in words for every front.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any, Literal, get_args
from urllib.parse import urldefrag, urlsplit
from uuid import uuid4

from corpus.errors import ServiceError
from corpus.model import Document, Record, to_plain
from corpus.records.record import EDITED, REGISTRY, complete
from corpus.store import StoredDocument
from corpus.web.catalogues import Catalogues, alike
from corpus.web.fetching import Fetcher, Target
from index.reports import AddProgress, AddReport, Status

__all__ = ["Completion", "Pace", "complete_records", "fetch", "progress_text", "summary"]

_ENDINGS = {
    "application/pdf": ".pdf",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
}
_ARXIV = "https://arxiv.org/pdf/"
_HASH_DIGITS = 12
"""Digits of the SHA-256 in a file's name."""
_IDENTIFIER_CONFIDENCE = 0.6
"""Minimum confidence to look an identifier up; its record is still not applied where the titles differ."""
_TOO_EARLY = 0.5
"""Seconds before a rate is computed."""


# Progress and result in words


def progress_text(event: AddProgress) -> str:
    """Stage and counts: ``reading 3 of 128``, ``embedding 64 of 2,000 passages``."""
    unit = "" if event.stage == "reading" else " passages"
    return f"{event.stage} {event.done:,} of {event.total:,}{unit}"


def summary(report: AddReport) -> tuple[str, ...]:
    """Counts by status, texts embedded and time: ``("2 added", "1 failed", "120 texts embedded", "3.2 s")``."""
    counts = Counter(item.status for item in report.items)
    parts = [f"{counts[status]:,} {status}" for status in get_args(Status) if counts[status]] or ["nothing to add"]
    if report.embedded:
        parts.append(f"{report.embedded:,} {'text' if report.embedded == 1 else 'texts'} embedded")
    return (*parts, f"{report.seconds:.1f} s")


class Pace:
    """Rate and time left of the running stage, computed from its counts.

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

    def moved(self, stage: str, done: int, total: int) -> str:
        """Take a count and return rate and time left; empty while it is too early to tell."""
        now = self._clock()
        if stage != self._stage:
            self._stage, self._began, self._first = stage, now, done
        seconds, new = now - self._began, done - self._first
        if seconds < _TOO_EARLY or new < 1:
            return ""
        rate = new / seconds
        return f"{rate:.1f}/s, {_rounded((total - done) / rate)} left" if done < total else f"{rate:.1f}/s"


def _rounded(seconds: float) -> str:
    """A duration no more exact than an estimate can be: ``42 s``, ``2 min``, ``1 h 7 min``."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


# Fetched files


def fetch(target: Target, folder: Path, fetcher: Fetcher, catalogues: Catalogues, *, arxiv: str = _ARXIV) -> Path:
    """Fetch what ``target`` names into ``folder`` and return the file's path.

    A target replaces its own file, and never that of another one.

    Raises:
        ServiceError: nothing was received, or nothing in a format that can be read.
    """
    url = f"{arxiv}{target.value}" if target.kind == "arxiv" else target.value
    if target.kind == "doi":
        url = _open_file(target, catalogues)
    answer = fetcher.get(url, accept="application/pdf, text/html, text/markdown, text/plain")
    ending = ".pdf" if answer.body.startswith(b"%PDF-") else _ENDINGS.get(answer.media_type)
    if ending is None:
        cause = f"This is {answer.media_type or 'of no stated type'}, which is not read"
        raise ServiceError(cause, place=url, remedy="Save it in a format that is read, and add the file")
    folder.mkdir(parents=True, exist_ok=True)
    # Older versions named the file without a hash; several targets may have shared it.
    before = folder / f"{_readable(answer.url) if target.kind == 'url' else _safe(target.value)}{ending}"
    if before.is_file() and before.read_bytes() == answer.body:
        return before
    path = folder / f"{_name(target)}{ending}"
    _replace(path, answer.body)
    return path


def _open_file(target: Target, catalogues: Catalogues) -> str:
    """Return the URL of the open PDF that is registered with the DOI."""
    _, item = catalogues.record(target)
    for link in item.get("link") or ():
        if isinstance(link, dict) and link.get("content-type") == "application/pdf" and link.get("URL"):
            return str(link["URL"])
    remedy = "Download it from the publisher or your university, and add the file"
    raise ServiceError("No open file is registered with this DOI", place=target.value, remedy=remedy)


def _name(target: Target) -> str:
    """A readable name, with a hash of the whole target where the readable part alone would not be unique."""
    if target.kind == "url":
        url = urldefrag(target.value).url
        return f"{_readable(url)}-{_digest(url)}"
    name = _safe(target.value)
    return name if name == target.value.replace("/", "_", 1) else f"{name}-{_digest(target.value)}"


def _readable(url: str) -> str:
    parts = urlsplit(url)
    stem = re.sub(r"\.\w{2,5}$", "", parts.path.rstrip("/").rsplit("/", 1)[-1])
    return _safe(f"{parts.hostname or ''}_{stem}".strip("_"))[:100]


def _safe(name: str) -> str:
    return re.sub(r"[^\w.-]+", "_", name)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_DIGITS]


def _replace(path: Path, body: bytes) -> None:
    """Write a file beside ``path``, then rename it, so that a reader never sees half a file."""
    beside = path.with_name(f".{uuid4().hex}.part")
    try:
        beside.write_bytes(body)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


# Completed records


@dataclass(frozen=True, slots=True)
class Completion:
    """The result of looking one document up."""

    document_id: str
    status: Literal["completed", "offered", "nothing", "failed"]
    changed: tuple[str, ...] = ()
    """Names of the record's changed fields."""
    candidates: tuple[Record, ...] = ()
    """Works that this one may be; a person decides, none is applied."""
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


def complete_records(
    documents: Iterable[StoredDocument], catalogues: Catalogues, store: Callable[[StoredDocument, Document], None]
) -> Iterator[Completion]:
    """Complete the record of each document from the registries; ``store`` writes a changed document.

    A failing service is reported with its document, and the next one tried.
    """
    for stored in documents:
        try:
            yield _complete(stored, catalogues, store)
        except ServiceError as error:
            yield Completion(stored.document_id, "failed", reason=str(error))


def _complete(
    stored: StoredDocument, catalogues: Catalogues, store: Callable[[StoredDocument, Document], None]
) -> Completion:
    record = stored.document.record
    target = _identifier(stored.document)
    if target is None:
        if not record.title or stored.document.kind not in ("paper", "document", "web"):
            # An essay's heading is often the title of the work it discusses.
            return Completion(stored.document_id, "nothing", reason="no identifier, and no title to search by")
        found = tuple(catalogues.search(record.title))
        reason = "" if found else "no work with this title was found"
        return Completion(stored.document_id, "offered" if found else "nothing", candidates=found, reason=reason)
    registered, _ = catalogues.record(target)
    by_hand = stored.document.origins[target.kind].source == EDITED
    if record.title and not by_hand and not alike(record.title, registered.title):
        reason = f"{target.value} is registered under another title"
        return Completion(stored.document_id, "offered", candidates=(registered,), reason=reason)
    completed = complete(stored.document, registered, REGISTRY)
    old, new = to_plain(record), to_plain(completed.record)
    changed = tuple(name for name in new if old[name] != new[name])
    if changed:
        store(stored, completed)
    return Completion(stored.document_id, "completed", changed=changed)


def _identifier(document: Document) -> Target | None:
    record, origins = document.record, document.origins
    for kind, value in (("doi", record.doi), ("arxiv", record.arxiv)):
        if value and origins[kind].confidence >= _IDENTIFIER_CONFIDENCE:
            return Target("doi" if kind == "doi" else "arxiv", value)
    return None
