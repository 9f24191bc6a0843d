"""How fast PDF files are read, and what a second worker brings.

    python -m benchmarks.pdf_speed

Every fourth of 128 papers, by one worker and by two in turns, three times; the best of each counts, as whatever else
the machine does only adds. Beside it, the processor time of the workers, which tells how much of a core each got.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.evaluation import SHARED
from corpus.readers.pool import read_all

_ROUNDS = 3


def main() -> None:
    """Read, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=4, metavar="N", help="read every Nth paper")
    arguments = parser.parse_args()
    paths = sorted((SHARED / "eval" / "paper_library" / "pdf").glob("*.pdf"))[:: arguments.every]
    times: dict[int, list[tuple[float, float]]] = {1: [], 2: []}
    for _ in range(_ROUNDS):
        for workers, measured in times.items():
            measured.append(_seconds(paths, workers))
    best = {workers: min(measured) for workers, measured in times.items()}
    pages = _pages(paths)
    print(f"{len(paths)} papers, {pages} pages")
    for workers, (wall, processor) in best.items():
        print(
            f"{workers} worker(s): {wall:.1f} s, {1000 * wall / pages:.0f} ms a page, {processor / wall:.2f} cores used"
        )
    print(f"two workers are {best[1][0] / best[2][0]:.2f} times as fast as one")


def _seconds(paths: Sequence[Path], workers: int) -> tuple[float, float]:
    """Wall-clock time, and processor time of the workers."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    for _ in read_all(paths, cancelled=lambda: False, workers=workers):
        pass
    wall = time.monotonic() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _pages(paths: Sequence[Path]) -> int:
    from pypdf import PdfReader

    return sum(len(PdfReader(path).pages) for path in paths)


if __name__ == "__main__":
    main()
