"""Printed page numbers of 30 papers drawn at random, against labels read off the pages by eye.

    python -m benchmarks.folios

`data/folios.tsv` has, for each paper, the label of each page, and `-` where none is printed, or too few to be sure of.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.evaluation import SHARED, add_engine_option
from corpus.errors import ReadError
from corpus.pdf.engine import PdfOptions
from corpus.readers.workers import read_all

_VERDICTS = Path(__file__).parent / "data" / "folios.tsv"


def main() -> None:
    """Read, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_engine_option(parser)
    options = PdfOptions(engine=parser.parse_args().engine)
    rows = [line.split("\t") for line in _VERDICTS.read_text("utf-8").splitlines() if line and line[0] != "#"]
    folder = SHARED / "eval" / "paper_library" / "pdf"
    expected = {folder / f"{document}.pdf": labels for document, labels in rows}
    right = labelled = 0
    for path, document in read_all(expected, cancelled=lambda: False, pdf=options):
        if isinstance(document, ReadError):
            print(document)
            continue
        found = ",".join(page.label or "-" for page in document.pages)
        right += found == expected[path]
        labelled += any(page.label for page in document.pages)
        if found != expected[path]:
            print(f"{path.stem}: {found} for {expected[path]}")
    print(f"folios right: {right} of {len(rows)} papers, {labelled} of which have any")


if __name__ == "__main__":
    main()
