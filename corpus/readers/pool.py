"""Several files read side by side, each in a worker process with a time limit."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from corpus.codec import from_plain, to_plain
from corpus.errors import Cancelled, ReadError
from corpus.model import Document
from corpus.processes import Child, ChildDied, ChildTimeout
from corpus.readers.collection import Entry

__all__ = ["read_all"]

_SECONDS_PER_FILE = 300.0
_AHEAD = 2
"""Files in flight per worker: enough to keep all busy, few enough to bound memory."""


def read_all(
    items: Iterable[Path | Entry], *, cancelled: Callable[[], bool], workers: int | None = None
) -> Iterator[tuple[Path | Entry, Document | ReadError]]:
    """Read files and lines of collections in their order; what fails gives its error in the place of a document.

    Raises:
        Cancelled: ``cancelled()`` became true; files not yet given out are dropped and the workers ended.
    """
    count = workers or os.cpu_count() or 1
    children: SimpleQueue[Child] = SimpleQueue()
    every = [Child("corpus.readers.worker") for _ in range(count)]
    for child in every:
        children.put(child)
    pending: deque[tuple[Path | Entry, Future[Document | ReadError]]] = deque()
    remaining = iter(items)
    executor = ThreadPoolExecutor(count, thread_name_prefix="reader")
    try:
        while True:
            while len(pending) < _AHEAD * count and (item := next(remaining, None)) is not None:
                pending.append((item, executor.submit(_read, children, item, cancelled)))
            if not pending:
                return
            item, future = pending.popleft()
            yield item, future.result()
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        for child in every:
            child.close()
        executor.shutdown(wait=True)


def _read(children: SimpleQueue[Child], item: Path | Entry, cancelled: Callable[[], bool]) -> Document | ReadError:
    if cancelled():
        raise Cancelled("Reading was cancelled")
    request = {"entry": to_plain(item)} if isinstance(item, Entry) else {"path": str(item)}
    place = item.source.path if isinstance(item, Entry) else str(item)
    child = children.get()
    try:
        answer, _ = child.call(request, timeout=_SECONDS_PER_FILE, cancelled=cancelled)
    except ChildTimeout:
        return ReadError("Reading took longer than five minutes and was stopped", place=place)
    except ChildDied:
        remedy = "Print the file to a new PDF and add that"
        return ReadError("Reading used more memory than it may, or crashed", place=place, remedy=remedy)
    finally:
        children.put(child)
    if "error" in answer:
        cause, place, remedy = answer["error"]
        return ReadError(cause, place=place, remedy=remedy)
    return from_plain(Document, answer["document"])
