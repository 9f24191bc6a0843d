"""The reading processes: files are read side by side, each in a worker with limits on memory and time.

`read_all` is the parent: a pool of worker processes, the division of long PDF files into portions, and new attempts
without the page that ended a worker. `answer` is the child, which limits its own memory and reads what a request names.
"""

import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any

from corpus.errors import Cancelled, ReadError, UsageError
from corpus.model import Document, from_plain, to_plain
from corpus.pdf.engine import PdfOptions
from corpus.pdf.opening import LongFile, PageWatch
from corpus.processes import Child, ChildDied, ChildTimeout, serve
from corpus.readers.collection import Entry, read_entry
from corpus.readers.formats import read_document

__all__ = ["read_all"]

_WORKER = "corpus.readers.workers"
_SECONDS_PER_FILE = 300.0
_SECONDS_PER_RECOGNISED_PAGE = 110.0
"""Drawing a page and waiting for tesseract, both at their limits."""
_MOST_LOST = 5
"""Maximum number of pages that may end their worker before a file, or a portion of one, is given up."""
_AHEAD = 2
"""Files in flight per worker: enough to keep all busy, few enough to bound memory."""
_PORTION = 40
"""Pages of a long PDF file that one worker reads at once: about a second of work, against a tenth to open the file."""
_RECOGNISED_PORTION = 4
"""The same where pages may have to be recognised, which takes some seconds each."""

_MEMORY_LIMIT = 1 << 30
"""Address space of a worker in bytes; a decompression bomb ends here, not with the machine."""
_PAGE_SECONDS = 10.0
"""Processor time that one page of a PDF may take; a dense page of a paper takes a tenth of a second."""


def read_all(
    items: Iterable[Path | Entry],
    *,
    cancelled: Callable[[], bool],
    workers: int | None = None,
    pdf: PdfOptions | None = None,
) -> Iterator[tuple[Path | Entry, Document | ReadError]]:
    """Read files and lines of collections in their order; each gives its document, or the error that stopped it.

    ``pdf`` says how PDF files are read. A long one is read in portions, which workers that would have nothing to do
    take over. A page that ends its worker, or holds it up, is left out when the file is read again, and is named in
    ``pages_failed``.

    Raises:
        Cancelled: ``cancelled()`` became true; files not yet given out are dropped and the workers ended.
    """
    pool = _Pool(workers or os.cpu_count() or 1, pdf or PdfOptions(), cancelled)
    pending: deque[tuple[Path | Entry, Future[Document | ReadError]]] = deque()
    remaining = iter(items)
    try:
        while True:
            while len(pending) < _AHEAD * pool.size and (item := next(remaining, None)) is not None:
                pending.append((item, pool.submit(item)))
            if not pending:
                return
            item, future = pending.popleft()
            yield item, future.result()
    finally:
        pool.close()


class _Pool:
    """Worker processes, and as many threads that each wait for one of them."""

    def __init__(self, size: int, pdf: PdfOptions, cancelled: Callable[[], bool]) -> None:
        self.size = size
        self._pdf = pdf
        self._cancelled = cancelled
        self._stopping = Event()
        self._every = [Child(_WORKER) for _ in range(size)]
        self._free: SimpleQueue[Child] = SimpleQueue()
        for child in self._every:
            self._free.put(child)
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="reader")

    def submit(self, item: Path | Entry) -> Future[Document | ReadError]:
        """Have a file, or a line of a collection, read when a worker is free."""
        return self._threads.submit(self._read, item)

    def close(self) -> None:
        """Drop what is not begun and end the workers."""
        self._stopping.set()
        self._threads.shutdown(wait=False, cancel_futures=True)
        for child in self._every:
            child.close()
        self._threads.shutdown(wait=True)

    def _read(self, item: Path | Entry) -> Document | ReadError:
        try:
            return from_plain(Document, self._read_plain(item)["document"])
        except ReadError as error:
            return error.with_traceback(None)

    def _read_plain(self, item: Path | Entry) -> dict[str, Any]:
        if isinstance(item, Entry):
            return self._answer({"entry": to_plain(item)}, item.source.path)
        place = str(item)
        request = {"path": place, "pdf": to_plain(self._pdf)}
        most = self._portion if self.size > 1 or self._pdf.ocr else None
        answer = self._answer({**request, "most_pages": most}, place)
        if "pages" not in answer:
            return answer
        return self._answer({**request, "portions": self._portions(request, place, answer["pages"])}, place)

    @property
    def _portion(self) -> int:
        return _RECOGNISED_PORTION if self._pdf.ocr else _PORTION

    def _portions(self, request: dict[str, Any], place: str, pages: int) -> list[dict[str, Any]]:
        """Read all portions of a long file. This thread reads one after the other; whichever thread is free helps."""
        asked = [
            {**request, "portion": [first, min(first + self._portion - 1, pages)]}
            for first in range(1, pages + 1, self._portion)
        ]
        futures = [self._threads.submit(self._answer, portion, place) for portion in asked]
        portions: list[dict[str, Any]] = []
        try:
            for portion, future in zip(asked, futures, strict=True):
                # One that no thread has begun is not waited for: all of them may be waiting like this one.
                answer = self._answer(portion, place) if future.cancel() else future.result()
                portions.append(answer["portion"])
        finally:
            for future in futures:
                future.cancel()
        return portions

    def _answer(self, request: dict[str, Any], place: str) -> dict[str, Any]:
        """Ask a free worker about the file at ``place``."""
        if self._halted():
            raise Cancelled("Reading was cancelled")
        child = self._free.get()
        try:
            with TemporaryDirectory(prefix="loccit-") as folder:
                answer = self._answer_of(child, request, place, Path(folder) / "page")
        finally:
            self._free.put(child)
        if "error" in answer:
            cause, place, remedy = answer["error"]
            raise ReadError(cause, place=place, remedy=remedy)
        return answer

    def _answer_of(self, child: Child, request: dict[str, Any], place: str, trace: Path) -> dict[str, Any]:
        """Ask one worker; each time that it ends on a page it is asked again without that page."""
        skipped: list[int] = []
        recognition = 2 * _RECOGNISED_PORTION * _SECONDS_PER_RECOGNISED_PAGE if self._pdf.ocr else 0.0
        until = time.monotonic() + _SECONDS_PER_FILE + recognition
        remedy = "Print the file to a new PDF and add that"
        while True:
            try:
                # The time is for all attempts together, and the first may not use up all of it.
                left = max(1.0, until - time.monotonic())
                return child.call(
                    {**request, "skipped": skipped, "trace": str(trace)},
                    timeout=left if skipped else left / 2,
                    cancelled=self._halted,
                )[0]
            except ChildTimeout:
                error = ReadError("Reading took longer than it may and was stopped", place=place, remedy=remedy)
            except ChildDied:
                error = ReadError("Reading used more memory than it may, or crashed", place=place, remedy=remedy)
            if self._halted():
                raise Cancelled("Reading was cancelled")
            page = _page_at(trace)
            if page is None or page in skipped or len(skipped) >= _MOST_LOST or time.monotonic() > until:
                raise error
            skipped.append(page)

    def _halted(self) -> bool:
        return self._stopping.is_set() or self._cancelled()


def _page_at(trace: Path) -> int | None:
    """Return the page that was being read when the worker ended, if it was reading one."""
    try:
        text = trace.read_text("ascii")
    except FileNotFoundError:
        return None
    return int(text) if text else None


def answer(request: dict[str, Any], _payload: bytes) -> tuple[dict[str, Any], bytes]:
    """Read the file or the line that a request names; answer with the document, or with what went wrong.

    A PDF file of more than ``most_pages`` gives only how many it has. It is then read in portions: one request for
    each, ``portion`` with the first page and the last, and one with what came back, ``portions``, for the document.
    """
    entry = from_plain(Entry, request["entry"]) if "entry" in request else None
    path = entry.source.path if entry else request["path"]
    trace = Path(request["trace"]) if "trace" in request else None
    watch = PageWatch(
        skipped=request.get("skipped", ()), seconds=_PAGE_SECONDS, trace=trace, most_pages=request.get("most_pages")
    )
    try:
        if entry is not None:
            return {"document": to_plain(read_entry(entry))}, b""
        return _answer_for_file(Path(path), request, watch), b""
    except LongFile as file:
        return {"pages": file.pages}, b""
    except (ReadError, UsageError) as error:
        return {"error": [error.cause, error.place if isinstance(error, ReadError) else path, error.remedy]}, b""
    except (MemoryError, RecursionError) as error:
        cause = f"Reading stopped ({type(error).__name__})"
        return {"error": [cause, path, "Print the file to a new PDF and add that"]}, b""
    except Exception as error:  # noqa: BLE001 - hostile input finds every bug; the file is named, the next one is read
        cause = f"Reading failed ({type(error).__name__}: {error})"
        return {"error": [cause, path, "Save the file again, or in another format, and add that"]}, b""


def _answer_for_file(path: Path, request: dict[str, Any], watch: PageWatch) -> dict[str, Any]:
    from corpus.pdf.extraction import TypedFile, extract

    options = from_plain(PdfOptions, request["pdf"]) if "pdf" in request else None
    if "portion" in request:
        first, last = request["portion"]
        return {"portion": to_plain(extract(path, options, watch=watch, portion=range(first, last + 1)))}
    portions = [from_plain(TypedFile, portion) for portion in request.get("portions", ())]
    return {"document": to_plain(read_document(path, pdf=options, watch=watch, portions=portions))}


def _limit_memory() -> None:
    if sys.platform != "linux":
        return  # elsewhere the limit is not honoured, or counts mapped libraries
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_LIMIT, _MEMORY_LIMIT))


if __name__ == "__main__":
    _limit_memory()
    serve(answer)
