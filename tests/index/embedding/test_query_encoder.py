import json
import shutil
import subprocess
import sys

import numpy as np
import pytest

from corpus.errors import Cancelled, ModelError
from index.embedding.embedder import min_cosine
from index.embedding.embedding_model import EmbeddingRecord, ModelChoice, choose_model
from index.embedding.query_encoder import QueryEncoder, QuestionEmbedder, compare_encoder, encoder_comparison
from index.embedding.sentence_bert import Unsupported
from index.embedding.torch_embedder import LocalEmbedder

TEXTS = ["", "a", "What is marginal risk?", "naïve 📘 日本語", "weights " * 130, "open " * 300, "word " * 5000]


@pytest.fixture(scope="module")
def encoder() -> QueryEncoder:
    return QueryEncoder(choose_model())


@pytest.fixture
def copied(tmp_path, other_embedder):
    """The tiny model's folder, to be changed."""
    folder = tmp_path / "model"
    shutil.copytree(other_embedder.model.folder, folder)
    return folder


def test_vectors_are_those_of_sentence_transformers(encoder, embedder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert min_cosine(vectors, embedder.encode(TEXTS)) > 0.99999


def test_another_bert_works_as_well(other_embedder) -> None:
    assert min_cosine(QueryEncoder(other_embedder.model).encode(TEXTS), other_embedder.encode(TEXTS)) > 0.99999


def test_rows_stand_in_the_order_of_the_texts(encoder) -> None:
    texts = [f"{'long ' * (number % 9 * 20)}text number {number}" for number in range(40)]
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    assert min_cosine(encoder.encode(texts), alone) > 0.99999


def test_no_texts_give_no_rows(encoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


def test_a_stop_is_heeded_between_batches(encoder) -> None:
    answers = iter([False, True])
    with pytest.raises(Cancelled):
        encoder.encode(["word " * 200] * 20, cancelled=lambda: next(answers))


def test_after_closing_it_loads_again(encoder) -> None:
    encoder.close()
    assert encoder.encode(["text"]).shape == (1, 384)


def test_torch_is_not_needed() -> None:
    code = (
        "import sys; from index.embedding.embedding_model import choose_model; "
        "from index.embedding.query_encoder import QueryEncoder; "
        "QueryEncoder(choose_model()).encode(['What is marginal risk?']); "
        "sys.exit(', '.join({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)) or None)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("file", "key", "value", "reason"),
    [
        ("config.json", "model_type", "mpnet", "no BERT model"),
        ("config.json", "hidden_act", "relu", "another activation"),
        ("config.json", "position_embedding_type", "relative_key", "relative positions"),
        ("1_Pooling/config.json", "pooling_mode_cls_token", True, "another pooling"),
    ],
)
def test_another_kind_of_model_is_refused_with_the_reason(copied, file, key, value, reason) -> None:
    settings = json.loads((copied / file).read_text())
    (copied / file).write_text(json.dumps({**settings, key: value}))
    with pytest.raises(Unsupported, match=reason):
        QueryEncoder(ModelChoice("other", copied, bundled=False)).warm_up()


@pytest.mark.parametrize("content", [b"", b"\xff" * 64, b"\x02\x00\x00\x00\x00\x00\x00\x00{}"])
def test_damaged_weights_are_refused(copied, content) -> None:
    (copied / "model.safetensors").write_bytes(content)
    with pytest.raises(Unsupported, match="not those of a BERT encoder"):
        QueryEncoder(ModelChoice("damaged", copied, bundled=False)).warm_up()


def test_verified_files_are_read_again_only_after_a_change(tmp_path, monkeypatch) -> None:
    from index.embedding import embedding_model as model_choice

    folder, record = tmp_path / "model", EmbeddingRecord(tmp_path)
    shutil.copytree(choose_model().folder, folder)
    model = ModelChoice("all-MiniLM-L6-v2", folder, bundled=True)
    read = []
    verify = model_choice.verify
    monkeypatch.setattr(model_choice, "verify", lambda folder: (read.append(folder), verify(folder)))
    model.verify(record)
    model.verify(record)
    assert len(read) == 1
    data = bytearray((folder / "model.safetensors").read_bytes())
    data[-1] ^= 1
    (folder / "model.safetensors").write_bytes(data)
    with pytest.raises(ModelError, match="altered"):
        model.verify(record)


@pytest.fixture
def record(tmp_path) -> EmbeddingRecord:
    return EmbeddingRecord(tmp_path)


class Unused(LocalEmbedder):
    """A bulk embedder that must not be needed."""

    def warm_up(self) -> None:
        raise AssertionError("torch was loaded")


def test_the_bulk_embedder_proves_the_encoder_once(record, other_embedder) -> None:
    first = QuestionEmbedder(LocalEmbedder(other_embedder.model, record), record)
    vectors = first.encode(["What is marginal risk?"])
    proof = encoder_comparison(other_embedder.model, record)
    assert proof is not None and proof["fits"] and proof["cosine"] > 0.99999
    second = QuestionEmbedder(Unused(other_embedder.model, record), record)
    second.warm_up()
    assert min_cosine(second.encode(["What is marginal risk?"]), vectors) > 0.99999
    assert min_cosine(vectors, other_embedder.encode(["What is marginal risk?"])) > 0.99999


def test_vectors_that_differ_are_not_used(record, other_embedder) -> None:
    compare_encoder(other_embedder.model, record, lambda texts: -other_embedder.encode(texts))
    proof = encoder_comparison(other_embedder.model, record)
    assert proof is not None and not proof["fits"] and "differ" in proof["reason"]
    questions = QuestionEmbedder(other_embedder, record)
    assert np.array_equal(questions.encode(["text"]), other_embedder.encode(["text"]))


@pytest.mark.parametrize("content", ["", "[]", "{", '{"query encoder": 3}', '{"query encoder": {"key": 3}}'])
def test_a_damaged_record_is_no_record(record, content, other_embedder) -> None:
    (record.folder / "embedding.json").write_text(content)
    assert encoder_comparison(other_embedder.model, record) is None
    record.put("topic", "key", value=1)
    assert json.loads((record.folder / "embedding.json").read_text())["topic"] == {"key": {"value": 1}}
