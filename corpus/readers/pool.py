"""Several files read side by side, each in a worker process with a time limit."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any

from corpus.codec import from_plain, to_plain
from corpus.errors import Cancelled, ReadError
from corpus.model import Document
from corpus.processes import Child, ChildDied, ChildTimeout
from corpus.readers.collection import Entry

__all__ = ["read_all"]

_WORKER = "corpus.readers.worker"
_SECONDS_PER_FILE = 300.0
_MOST_LOST = 5
"""A file of which so many pages end their worker is given up."""
_AHEAD = 2
"""Files in flight per worker: enough to keep all busy, few enough to bound memory."""


def read_all(
    items: Iterable[Path | Entry], *, cancelled: Callable[[], bool], workers: int | None = None, password: str = ""
) -> Iterator[tuple[Path | Entry, Document | ReadError]]:
    """Read files and lines of collections in their order; what fails gives its error in the place of a document.

    ``password`` opens protected files. A page that ends its worker, or holds it up, is left out when the file is read
    again, and is named in ``pages_failed``.

    Raises:
        Cancelled: ``cancelled()`` became true; files not yet given out are dropped and the workers ended.
    """
    count = workers or os.cpu_count() or 1
    children: SimpleQueue[Child] = SimpleQueue()
    every = [Child(_WORKER) for _ in range(count)]
    for child in every:
        children.put(child)
    pending: deque[tuple[Path | Entry, Future[Document | ReadError]]] = deque()
    remaining = iter(items)
    executor = ThreadPoolExecutor(count, thread_name_prefix="reader")
    stopping = Event()

    def halted() -> bool:
        return stopping.is_set() or cancelled()

    try:
        while True:
            while len(pending) < _AHEAD * count and (item := next(remaining, None)) is not None:
                pending.append((item, executor.submit(_read, children, item, password, halted)))
            if not pending:
                return
            item, future = pending.popleft()
            yield item, future.result()
    finally:
        stopping.set()
        executor.shutdown(wait=False, cancel_futures=True)
        for child in every:
            child.close()
        executor.shutdown(wait=True)


def _read(
    children: SimpleQueue[Child], item: Path | Entry, password: str, cancelled: Callable[[], bool]
) -> Document | ReadError:
    if cancelled():
        raise Cancelled("Reading was cancelled")
    child = children.get()
    try:
        with TemporaryDirectory(prefix="loccit-") as folder:
            answer = _answer(child, item, password, Path(folder) / "page", cancelled)
    finally:
        children.put(child)
    if isinstance(answer, ReadError):
        return answer
    if "error" in answer:
        cause, place, remedy = answer["error"]
        return ReadError(cause, place=place, remedy=remedy)
    return from_plain(Document, answer["document"])


def _answer(
    child: Child, item: Path | Entry, password: str, trace: Path, cancelled: Callable[[], bool]
) -> dict[str, Any] | ReadError:
    """What the worker says of a file; each time that it ends on a page it is asked again without that page."""
    named = {"entry": to_plain(item)} if isinstance(item, Entry) else {"path": str(item)}
    place = item.source.path if isinstance(item, Entry) else str(item)
    skipped: list[int] = []
    until = time.monotonic() + _SECONDS_PER_FILE
    while True:
        request = {**named, "password": password, "skipped": skipped, "trace": str(trace)}
        remedy = "Print the file to a new PDF and add that"
        try:
            # The file's time is for all attempts together, and one attempt may not use up all of it.
            left = max(1.0, until - time.monotonic())
            return child.call(request, timeout=left if skipped else left / 2, cancelled=cancelled)[0]
        except ChildTimeout:
            error = ReadError("Reading took longer than it may and was stopped", place=place, remedy=remedy)
        except ChildDied:
            error = ReadError("Reading used more memory than it may, or crashed", place=place, remedy=remedy)
        if cancelled():
            raise Cancelled("Reading was cancelled")
        page = _page_at(trace)
        if page is None or page in skipped or len(skipped) >= _MOST_LOST or time.monotonic() > until:
            return error
        skipped.append(page)


def _page_at(trace: Path) -> int | None:
    """The page that was being read when the worker ended, if it was reading one."""
    try:
        text = trace.read_text("ascii")
    except FileNotFoundError:
        return None
    return int(text) if text else None
