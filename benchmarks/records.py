"""Titles and authors of real papers, as read from their first pages.

    python -m benchmarks.records

A title is right where it is the gold one, case and spacing folded; an author list where it has the same names in the
same order, accents and points folded. A list left out because it is not certain counts as not right, and is told apart
from a wrong one.
"""

from __future__ import annotations

import argparse
import unicodedata
from typing import Any

from benchmarks.evaluation import SHARED, add_engine_option, read_lines
from corpus.errors import ReadError
from corpus.model import Document
from corpus.pdf.engine import PdfOptions
from corpus.readers.workers import read_all


def main() -> None:
    """Read the papers, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="print what was found where it is not right")
    parser.add_argument("--authors-only", action="store_true", help="read only the papers whose authors are known")
    add_engine_option(parser)
    arguments = parser.parse_args()
    folder = SHARED / "eval" / "paper_library"
    rows = [row for row in read_lines(folder / "papers.jsonl") if (folder / "pdf" / f"{row['_id']}.pdf").exists()]
    if arguments.authors_only:
        rows = [row for row in rows if row["authors"]]
    paths = [folder / "pdf" / f"{row['_id']}.pdf" for row in rows]
    documents = [
        document for _, document in read_all(paths, cancelled=lambda: False, pdf=PdfOptions(engine=arguments.engine))
    ]
    pairs = list(zip(rows, documents, strict=True))
    failed = [row["_id"] for row, document in pairs if isinstance(document, ReadError)]
    read = [(row, document) for row, document in pairs if not isinstance(document, ReadError)]
    titles = [row["_id"] for row, document in read if _folded(document.record.title) == _folded(row["title"])]
    gold = [(row, document) for row, document in read if row["authors"]]
    right = [row["_id"] for row, document in gold if _names(document) == [_folded_name(n) for n in row["authors"]]]
    given = [row["_id"] for row, document in gold if document.record.authors]
    print(f"not read: {len(failed)} of {len(rows)}")
    print(f"title right: {len(titles)} of {len(rows)}")
    print(f"authors right: {len(right)} of {len(gold)}; given: {len(given)}")
    print(f"authors given in all papers: {sum(bool(document.record.authors) for _, document in read)} of {len(read)}")
    if arguments.misses:
        _print_misses(read, titles, right)


def _print_misses(read: list[tuple[dict[str, Any], Document]], titles: list[str], right: list[str]) -> None:
    for row, document in read:
        if row["_id"] not in titles:
            print(f"{row['_id']} title: {document.record.title!r} for {row['title']!r}")
        if row["authors"] and row["_id"] not in right:
            print(f"{row['_id']} authors: {[n.display for n in document.record.authors]} for {row['authors']}")


def _names(document: Document) -> list[str]:
    return [_folded_name(name.display) for name in document.record.authors]


def _folded_name(name: str) -> str:
    return _folded("".join(char for char in unicodedata.normalize("NFKD", name) if char.isalpha() or char == " "))


def _folded(text: str) -> str:
    return "".join(text.casefold().split())


if __name__ == "__main__":
    main()
