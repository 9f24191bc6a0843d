"""Several files read side by side, each in a worker process with a time limit."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from corpus.codec import from_plain
from corpus.errors import Cancelled, ReadError
from corpus.model import Document
from corpus.processes import Child, ChildDied, ChildTimeout

__all__ = ["read_all"]

_SECONDS_PER_FILE = 300.0
_AHEAD = 2
"""Files in flight per worker: enough to keep all busy, few enough to bound memory."""


def read_all(
    paths: Iterable[Path], *, cancelled: Callable[[], bool], workers: int | None = None
) -> Iterator[tuple[Path, Document | ReadError]]:
    """Read files in their order; a file that fails gives its error in the place of a document.

    Raises:
        Cancelled: ``cancelled()`` became true; files not yet given out are dropped and the workers ended.
    """
    count = workers or os.cpu_count() or 1
    children: SimpleQueue[Child] = SimpleQueue()
    every = [Child("corpus.readers.worker") for _ in range(count)]
    for child in every:
        children.put(child)
    pending: deque[tuple[Path, Future[Document | ReadError]]] = deque()
    remaining = iter(paths)
    executor = ThreadPoolExecutor(count, thread_name_prefix="reader")
    try:
        while True:
            while len(pending) < _AHEAD * count and (path := next(remaining, None)) is not None:
                pending.append((path, executor.submit(_read, children, path, cancelled)))
            if not pending:
                return
            path, future = pending.popleft()
            yield path, future.result()
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        for child in every:
            child.close()
        executor.shutdown(wait=True)


def _read(children: SimpleQueue[Child], path: Path, cancelled: Callable[[], bool]) -> Document | ReadError:
    if cancelled():
        raise Cancelled("Reading was cancelled")
    child = children.get()
    try:
        answer, _ = child.call({"path": str(path)}, timeout=_SECONDS_PER_FILE, cancelled=cancelled)
    except ChildTimeout:
        return ReadError("Reading took longer than five minutes and was stopped", place=str(path))
    except ChildDied:
        remedy = "Print the file to a new PDF and add that"
        return ReadError("Reading used more memory than it may, or crashed", place=str(path), remedy=remedy)
    finally:
        children.put(child)
    if "error" in answer:
        cause, place, remedy = answer["error"]
        return ReadError(cause, place=place, remedy=remedy)
    return from_plain(Document, answer["document"])
