"""Difficult PDF files through the real workers: does each end as its manifest says?

    python -m benchmarks.pdf_nasty

Prints every miss, then counts: outcomes as expected, text that must be there, crashes, the longest time of a file, the
largest memory of a worker, and failure messages that lack file, cause or remedy.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.evaluation import SHARED, add_engine_option, read_lines
from corpus.errors import ReadError
from corpus.model import Document
from corpus.pdf.engine import PdfOptions
from corpus.readers.workers import read_all

_CRASHED = "crashed"
_EMPTY = 3
"""A document of fewer letters and digits is called empty."""


@dataclass(frozen=True, slots=True)
class _Result:
    row: dict[str, Any]
    document: Document | ReadError
    seconds: float

    @property
    def outcome(self) -> str:
        if isinstance(self.document, ReadError):
            return "failed"
        return "partial" if self.document.pages_failed else "added"

    @property
    def text(self) -> str:
        return "" if isinstance(self.document, ReadError) else self.document.text

    def faults(self) -> Iterator[str]:
        """What is not as the manifest wants it."""
        wanted = self.row["outcome"]
        if wanted not in ("either", self.outcome):
            yield f"is {self.outcome}, should be {wanted}"
        if isinstance(self.document, ReadError):
            error = self.document
            if not (error.cause and error.remedy and error.place.endswith(Path(self.row["file"]).name)):
                yield "the message lacks file, cause or remedy"
            if _CRASHED in error.cause:
                yield "crashed its worker"
            if self.row.get("must_contain") and wanted != "failed":
                yield "lacks the text that must be there"
            return
        if any(part not in self.text for part in self.row.get("must_contain") or ()):
            yield "lacks the text that must be there"
        if self.row.get("must_not_contain", "\0") in self.text:
            yield "has text that must not be there"
        if sum(map(str.isalnum, self.text)) < _EMPTY:
            yield "is an empty document"


def main() -> None:
    """Read all files, print what is wrong and the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="print every file, with its message")
    add_engine_option(parser)
    arguments = parser.parse_args()
    folder = SHARED / "eval" / "pdf_nasty"
    rows = [row for row in read_lines(folder / "manifest.jsonl") if (folder / row["file"]).exists()]
    results = list(_results(folder, rows, PdfOptions(engine=arguments.engine)))
    missed = 0
    for result in results:
        faults = list(result.faults())
        missed += bool(faults)
        if faults or arguments.all:
            print(f"{Path(result.row['file']).name} ({result.row['category']}): {'; '.join(faults) or result.outcome}")
            if isinstance(result.document, ReadError):
                print(f"    {result.document}")
    _print_figures(results, missed)


def _results(folder: Path, rows: list[dict[str, Any]], options: PdfOptions) -> Iterator[_Result]:
    """Each file on its own, so that its time is its own."""
    paths = [folder / row["file"] for row in rows]
    begun = time.monotonic()
    for row, (_, document) in zip(rows, read_all(paths, cancelled=lambda: False, workers=1, pdf=options), strict=True):
        ended = time.monotonic()
        yield _Result(row, document, ended - begun)
        begun = ended


def _print_figures(results: list[_Result], missed: int) -> None:
    slowest = max(results, key=lambda result: result.seconds)
    # Linux counts kilobytes, macOS bytes; only children that have ended are counted, which the pool's have.
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    faults = [fault for result in results for fault in result.faults()]
    print(f"as the manifest says: {len(results) - missed} of {len(results)}")
    print(f"crashes: {sum('crashed' in fault for fault in faults)}")
    print(f"empty documents: {sum('empty' in fault for fault in faults)}")
    print(f"messages without file, cause or remedy: {sum('message' in fault for fault in faults)}")
    print(f"longest: {slowest.seconds:.1f} s ({Path(slowest.row['file']).name})")
    print(f"largest memory of a worker: {peak / 2**20:.0f} MiB")


if __name__ == "__main__":
    main()
