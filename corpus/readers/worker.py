"""The process in which files are read, with limits on memory; ``python -m corpus.readers.worker``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from corpus.codec import from_plain, to_plain
from corpus.errors import ReadError, UsageError
from corpus.pdf.options import PdfOptions
from corpus.pdf.watch import LongFile, PageWatch
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
    """Read the file or the line that a request names; the document, or what went wrong.

    A PDF file of more than ``most_pages`` gives only how many it has. It is then read in portions: one request for
    each, ``portion`` with the first page and the last, and one with what came back, ``portions``, for the document.
    """
    entry = from_plain(Entry, request["entry"]) if "entry" in request else None
    path = entry.source.path if entry else request["path"]
    trace = Path(request["trace"]) if "trace" in request else None
    watch = PageWatch(
        skipped=request.get("skipped", ()), seconds=PAGE_SECONDS, trace=trace, most_pages=request.get("most_pages")
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


if __name__ == "__main__":
    _limit_memory()
    serve(answer)
