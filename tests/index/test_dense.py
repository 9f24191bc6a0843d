import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from faiss import IndexFlatIP

from corpus.store import Database
from corpus.store.schema import CORPUS_SCHEMA
from index.dense import DenseIndex
from index.dense_file import DenseFile
from index.schema import INDEX_SCHEMA
from index.stored_vectors import Position

TEXTS = {
    "weights.md": "The weights of the model are public.",
    "cake.md": "A plum cake needs flour, butter and plums.",
    "law.md": "The regulation obliges providers to keep records.",
    "risk.md": "Marginal risk compares a tool with what exists already.",
}
QUESTION = "Are the weights released?"


@pytest.fixture(scope="module")
def original(stock):
    return stock(TEXTS)


@pytest.fixture
def folder(original, tmp_path: Path) -> Path:
    """A copy of the library's folder, to be damaged."""
    return Path(shutil.copytree(original.folder, tmp_path / "copy"))


@pytest.fixture
def opened(folder: Path, embedder) -> Iterator[Callable[..., DenseIndex]]:
    """Opens the copy anew. A dense index knows no embedder: whatever it gives, nothing was embedded for it."""
    databases: list[Database] = []

    def open_one(fingerprint: str = embedder.model.fingerprint) -> DenseIndex:
        databases.append(Database(folder, (CORPUS_SCHEMA, INDEX_SCHEMA)))
        return DenseIndex(databases[-1], fingerprint)

    yield open_one
    for database in databases:
        database.close()


def assert_same(found: list[tuple[int, float]], expected: list[tuple[int, float]]) -> None:
    assert [passage_id for passage_id, _ in found] == [passage_id for passage_id, _ in expected]
    assert np.allclose([score for _, score in found], [score for _, score in expected], atol=1e-5)


def absent(path: Path) -> None:
    path.unlink()


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x10
    path.write_bytes(data)


def replaced(path: Path) -> None:
    path.write_bytes(b"[1, 2, 3]")


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("damage", [absent, emptied, truncated, flipped, replaced], ids=lambda f: f.__name__)
def test_a_damaged_file_is_made_again_from_the_library(original, folder: Path, opened, damage) -> None:
    question = original.embedder.encode([QUESTION])
    expected = original.dense.search(question, 4)
    damage(folder / "dense.faiss")
    assert_same(opened().search(question, 4), expected)
    assert is_whole(folder)
    assert_same(opened().search(question, 4), expected)


def is_whole(folder: Path) -> bool:
    file = DenseFile(folder / "dense.faiss")
    description = file.describe()
    return description is not None and file.is_whole(description)


@pytest.mark.parametrize(
    "change",
    [
        {"position": Position(0, 0)},
        {"position": Position(10**9, 7)},
        {"position": Position(4, 7)},
        {"fingerprint": "another"},
        {"library": "another"},
        {"vectors": 3},
    ],
    ids=str,
)
def test_a_file_of_another_past_model_or_library_is_not_used(
    original, folder: Path, opened, change: dict[str, Any]
) -> None:
    question = original.embedder.encode([QUESTION])
    file = DenseFile(folder / "dense.faiss")
    good = file.describe()
    assert good is not None
    wrong = IndexFlatIP(original.embedder.encode([""]).shape[1])  # whoever reads this finds nothing
    file.replace(wrong, replace(good, **change))
    assert_same(opened().search(question, 4), original.dense.search(question, 4))
    assert_same(opened().search(question, 4), original.dense.search(question, 4))


def test_the_file_of_another_library_is_not_used_though_its_numbers_fit(original, folder: Path, opened, stock) -> None:
    other = stock({"a.md": "Ferries.", "b.md": "Trams.", "c.md": "Buses.", "d.md": "Carts."})
    shutil.copy(other.folder / "dense.faiss", folder / "dense.faiss")
    question = original.embedder.encode([QUESTION])
    assert_same(opened().search(question, 4), original.dense.search(question, 4))


def test_a_place_that_cannot_be_written_still_answers(original, folder: Path, opened) -> None:
    a_folder(folder / "dense.faiss")
    question = original.embedder.encode([QUESTION])
    dense = opened()
    assert_same(dense.search(question, 4), original.dense.search(question, 4))
    assert_same(dense.search(question, 4), original.dense.search(question, 4))


def test_a_whole_file_is_used_as_it_is(folder: Path, opened, original) -> None:
    before = (folder / "dense.faiss").stat().st_mtime_ns
    opened().search(original.embedder.encode([QUESTION]), 4)
    assert (folder / "dense.faiss").stat().st_mtime_ns == before


def test_every_byte_is_compared_when_asked_for(folder: Path, opened, original) -> None:
    dense = opened()
    assert dense.verify()
    flipped(folder / "dense.faiss")
    assert not dense.verify()
    assert dense.verify()
    question = original.embedder.encode([QUESTION])
    assert_same(dense.search(question, 4), original.dense.search(question, 4))


def test_the_nearest_comes_first_with_its_cosine(original) -> None:
    question = original.embedder.encode([QUESTION])
    found = original.dense.search(question, 10)
    scores = [score for _, score in found]
    assert len(found) == 4
    assert scores == sorted(scores, reverse=True)
    best, score = found[0]
    passage = original.store.passages([best])[best]
    assert passage.text == TEXTS["weights.md"]
    assert score == pytest.approx(float(question[0] @ original.embedder.encode([passage.text])[0]), abs=1e-4)


def test_the_search_may_be_held_to_some_passages(original) -> None:
    question = original.embedder.encode([QUESTION])
    cake = next(line.document_id for line in original.store.summaries() if line.name == "cake.md")
    (passage,) = original.store.passages_of(cake)
    ((found, cosine),) = original.dense.search(question, 10, np.array([passage.passage_id]))
    assert found == passage.passage_id and cosine < 0.5
    assert original.dense.search(question, 10, np.array([], dtype=np.int64)) == []


def test_stored_vectors_are_given_back(original) -> None:
    ids = [passage_id for passage_id, _ in original.dense.search(original.embedder.encode([QUESTION]), 4)]
    vectors = original.dense.vectors([*ids, 999])
    assert set(vectors) == set(ids)
    assert np.allclose(vectors[ids[0]], original.embedder.encode([TEXTS["weights.md"]])[0], atol=1e-4)


def test_a_model_that_embedded_nothing_finds_nothing(folder: Path, opened, other_embedder) -> None:
    dense = opened(other_embedder.model.fingerprint)
    assert dense.search(other_embedder.encode([QUESTION]), 4) == []
    assert dense.vectors([1, 2]) == {}


def test_an_empty_library_finds_nothing(library, embedder) -> None:
    assert library.dense.search(embedder.encode([QUESTION]), 4) == []
    assert library.dense.vectors([1]) == {}
    library.dense.refresh()


def test_several_threads_may_ask_at_once(opened, original) -> None:
    dense = opened()
    question = original.embedder.encode([QUESTION])
    expected = original.dense.search(question, 4)
    answers: list[list[tuple[int, float]]] = []
    threads = [threading.Thread(target=lambda: answers.append(dense.search(question, 4))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 6
    for answer in answers:
        assert_same(answer, expected)
