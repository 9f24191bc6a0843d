""""""

from pathlib import Path

import pytest

from corpus.errors import Cancelled, ReadError
from corpus.model import Document
from corpus.readers.formats import read_document
from corpus.readers.workers import read_all


def never() -> bool:
    return False


def test_files_come_out_in_their_order_and_as_read_here(write) -> None:
    paths = [write(f"{n}.md", f"# Document {n}\n\nIt has one sentence. And another one, “quoted”.\n") for n in range(5)]
    results = list(read_all(paths, cancelled=never, workers=2))
    assert [path for path, _ in results] == paths
    assert [document for _, document in results] == [read_document(path) for path in paths]


def test_a_file_that_fails_costs_only_itself(write) -> None:
    paths = [write("a.md", "Good text."), write("b.md", b""), write("c.md", "Good as well.")]
    results = dict(read_all(paths, cancelled=never, workers=1))
    assert isinstance(results[paths[0]], Document)
    assert isinstance(results[paths[2]], Document)
    error = results[paths[1]]
    assert isinstance(error, ReadError)
    assert error.place == str(paths[1])
    assert error.remedy


def test_no_files_need_no_workers() -> None:
    assert list(read_all([], cancelled=never)) == []


def test_what_was_given_out_before_a_stop_is_whole(write) -> None:
    paths = [write(f"{n}.md", f"Text number {n}.") for n in range(20)]
    got: list[Path] = []
    with pytest.raises(Cancelled):
        for path, result in read_all(paths, cancelled=lambda: len(got) >= 3, workers=1):
            assert isinstance(result, Document)
            got.append(path)
    assert got == paths[: len(got)]
    assert 3 <= len(got) < 20


def test_a_reader_that_is_left_early_ends_its_workers(write) -> None:
    paths = [write(f"{n}.md", f"Text number {n}.") for n in range(10)]
    results = read_all(paths, cancelled=never, workers=2)
    assert next(results)[0] == paths[0]
    results.close()
    with pytest.raises(StopIteration):
        next(results)
