"""The process in which files are read, with limits on memory; ``python -m corpus.readers.worker``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from corpus.codec import from_plain, to_plain
from corpus.errors import ReadError
from corpus.pdf.watch import PageWatch
from corpus.processes import serve
from corpus.readers.collection import Entry, read_entry
from corpus.readers.formats import read_document

__all__ = ["MEMORY_LIMIT", "PAGE_SECONDS", "answer"]

MEMORY_LIMIT = 1 << 30
"""Address space of a worker in bytes; a decompression bomb ends here, not with the machine."""
PAGE_SECONDS = 10.0
"""Processor time that one page of a PDF may take; a dense page of a paper takes a tenth of a second."""


def _limit_memory() -> None:
    if sys.platform != "linux":
        return  # elsewhere the limit is not honoured, or counts mapped libraries
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))


def answer(request: dict[str, Any], _payload: bytes) -> tuple[dict[str, Any], bytes]:
    """Read the file or the line that a request names; the document, or what went wrong."""
    entry = from_plain(Entry, request["entry"]) if "entry" in request else None
    path = entry.source.path if entry else request["path"]
    trace = Path(request["trace"]) if "trace" in request else None
    watch = PageWatch(skipped=request.get("skipped", ()), seconds=PAGE_SECONDS, trace=trace)
    try:
        if entry is not None:
            return {"document": to_plain(read_entry(entry))}, b""
        return {"document": to_plain(read_document(Path(path), password=request.get("password", ""), watch=watch))}, b""
    except ReadError as error:
        return {"error": [error.cause, error.place, error.remedy]}, b""
    except (MemoryError, RecursionError) as error:
        cause = f"Reading stopped ({type(error).__name__})"
        return {"error": [cause, path, "Print the file to a new PDF and add that"]}, b""
    except Exception as error:  # noqa: BLE001 - hostile input finds every bug; the file is named, the next one is read
        cause = f"Reading failed ({type(error).__name__}: {error})"
        return {"error": [cause, path, "Save the file again, or in another format, and add that"]}, b""


if __name__ == "__main__":
    _limit_memory()
    serve(answer)
