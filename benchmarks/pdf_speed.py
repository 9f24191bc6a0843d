"""How fast PDF files are read, what a second worker brings, and what the engine pdfium brings.

    python -m benchmarks.pdf_speed

Every fourth of 128 papers, and a book of 352 pages alone, which two workers read in portions. Each is read by one
worker, by two, and by one with pdfium, in turns, three times; the best of each counts, as whatever else the machine
does only adds. Beside it, the processor time of the workers, which tells how much of a core each got.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.evaluation import SHARED
from corpus.pdf.engine import PdfOptions
from corpus.readers.workers import read_all

_ROUNDS = 3
_BOOK = SHARED / "eval" / "pdf_nasty" / "pdf" / "freeculture.pdf"


@dataclass(frozen=True, slots=True)
class _Way:
    workers: int
    engine: str


_WAYS = (_Way(1, "pypdf"), _Way(2, "pypdf"), _Way(1, "pdfium"))


def main() -> None:
    """Read, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=4, metavar="N", help="read every Nth paper")
    arguments = parser.parse_args()
    papers = sorted((SHARED / "eval" / "paper_library" / "pdf").glob("*.pdf"))[:: arguments.every]
    _compare(f"{len(papers)} papers", papers)
    _compare("one book", [_BOOK])


def _compare(name: str, paths: Sequence[Path]) -> None:
    times: dict[_Way, list[tuple[float, float]]] = {way: [] for way in _WAYS}
    for _ in range(_ROUNDS):
        for way, measured in times.items():
            measured.append(_seconds(paths, way))
    best = {way: min(measured) for way, measured in times.items()}
    least = {way: min(processor for _, processor in measured) for way, measured in times.items()}
    pages = _pages(paths)
    print(f"{name}, {pages} pages")
    for way, (wall, processor) in best.items():
        print(
            f"  {way.workers} worker(s), {way.engine}: {wall:.1f} s, {1000 * wall / pages:.0f} ms a page,"
            f" {1000 * least[way] / pages:.0f} ms of processor time, {processor / wall:.2f} cores used"
        )
    one, two, pdfium = _WAYS
    print(f"  two workers are {best[one][0] / best[two][0]:.2f} times as fast as one")
    print(f"  pdfium takes {least[one] / least[pdfium]:.1f} times less processor time than pypdf")


def _seconds(paths: Sequence[Path], way: _Way) -> tuple[float, float]:
    """Wall-clock time, and processor time of the workers."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    options = PdfOptions(engine=way.engine)
    for _ in read_all(paths, cancelled=lambda: False, workers=way.workers, pdf=options):
        pass
    wall = time.monotonic() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _pages(paths: Sequence[Path]) -> int:
    from pypdf import PdfReader

    return sum(len(PdfReader(path).pages) for path in paths)


if __name__ == "__main__":
    main()
