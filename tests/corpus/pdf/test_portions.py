"""A long file is read in portions by several workers, and nothing tells it from one read at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from typeset import Sheet, typeset, write

from corpus.errors import ReadError
from corpus.readers import workers as pool
from corpus.readers.formats import read_document


@pytest.fixture(autouse=True)
def short_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_PORTION", 2)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_long_file_is_the_same_as_read_at_once(tmp_path: Path, workers: int) -> None:
    lines = [f"Sentence {n} speaks of a ferry and its timetable." for n in range(3)]
    data = typeset([Sheet().put(*lines, f"{page}") for page in range(7)], broken_pages=(4,))
    path = write(tmp_path / "long.pdf", data)
    ((_, document),) = pool.read_all([path], cancelled=lambda: False, workers=workers)
    assert document == read_document(path)


def test_long_and_short_files_come_in_their_order(tmp_path: Path) -> None:
    paths = [
        write(tmp_path / f"{pages}.pdf", typeset([Sheet().put(f"Page {n} of {pages}.") for n in range(pages)]))
        for pages in (9, 1, 8, 2)
    ]
    results = list(pool.read_all(paths, cancelled=lambda: False, workers=2))
    assert [path for path, _ in results] == paths
    assert [len(document.pages) for _, document in results] == [9, 1, 8, 2]


def test_an_error_of_all_pages_is_the_error_of_the_file(tmp_path: Path) -> None:
    path = write(tmp_path / "long.pdf", typeset([Sheet()] * 5))
    ((_, error),) = pool.read_all([path], cancelled=lambda: False, workers=2)
    assert isinstance(error, ReadError)
    assert (error.place, "no text" in error.cause) == (str(path), True)
