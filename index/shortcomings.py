"""What a person should know of a document that was read with losses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.model import Document

__all__ = ["shortcomings"]


def shortcomings(document: Document) -> str:
    """Which pages are lost or only recognised, and which words are damaged; empty where nothing is."""
    return "; ".join(_parts(document))


def _parts(document: Document) -> Iterator[str]:
    recognised = [page.number for page in document.pages if page.recognised]
    if document.pages_failed:
        yield f"pages that could not be read: {_runs(document.pages_failed)}"
        if not recognised:
            yield "if they show text, run loccit add --ocr FILE"
    elif document.damages:
        lost = ", ".join(repr(damage.text) for damage in document.damages)
        yield f"damaged beyond repair, kept as it stands: {lost}"
    if recognised:
        yield f"pages recognised in pictures, so compare quotations with these: {_runs(recognised)}"


def _runs(pages: Sequence[int]) -> str:
    """Page numbers in order, those that follow each other drawn together.

    >>> _runs([1, 2, 3, 7])
    '1-3, 7'
    """
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
