import json

import numpy as np
import pytest

from index import query_proof
from index.embedder import LocalEmbedder
from index.embedding_process import RemoteEmbedder
from index.embedding_record import EmbeddingRecord
from index.query_proof import proof_of
from index.question_embedder import QuestionEmbedder
from index.vectors import least_cosine


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
    proof = proof_of(other_embedder.model, record)
    assert proof is not None and proof["fits"] and proof["cosine"] > 0.99999
    second = QuestionEmbedder(Unused(other_embedder.model, record), record)
    second.warm_up()
    assert least_cosine(second.encode(["What is marginal risk?"]), vectors) > 0.99999
    assert least_cosine(vectors, other_embedder.encode(["What is marginal risk?"])) > 0.99999


def test_the_child_process_proves_it_as_well(record, other_embedder) -> None:
    remote = RemoteEmbedder(other_embedder.model, record)
    remote.warm_up()
    remote.close()
    proof = proof_of(other_embedder.model, record)
    assert proof is not None and proof["fits"]


def test_vectors_that_differ_are_not_used(record, other_embedder) -> None:
    query_proof.prove(other_embedder.model, record, lambda texts: -other_embedder.encode(texts))
    proof = proof_of(other_embedder.model, record)
    assert proof is not None and not proof["fits"] and "differ" in proof["reason"]
    questions = QuestionEmbedder(other_embedder, record)
    assert np.array_equal(questions.encode(["text"]), other_embedder.encode(["text"]))


@pytest.mark.parametrize("content", ["", "[]", "{", '{"query encoder": 3}', '{"query encoder": {"key": "old"}}'])
def test_a_damaged_record_is_no_record(record, content, other_embedder) -> None:
    (record.folder / "embedding.json").write_text(content)
    assert proof_of(other_embedder.model, record) is None
    record.put("topic", "key", value=1)
    assert json.loads((record.folder / "embedding.json").read_text())["topic"] == {"key": "key", "value": 1}
