"""The judge's file, its packing, and what it says of plain cases."""

import shutil
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ModelError
from index.embedding.embedding_model import choose_model
from index.judging import Pair, ShippedJudge, judge
from index.judging.judge import pack, unpack
from index.judging.pairs import PairTokenizer

SHIPPED = Path(str(files("index.judging").joinpath("data/judge.safetensors")))


@pytest.fixture(scope="module")
def shipped() -> ShippedJudge:
    return ShippedJudge()


@pytest.mark.parametrize(
    ("question", "answer", "other"),
    [
        (
            "How many parameters does TinyNet have?",
            "TinyNet has 12 million parameters.",
            "TinyNet is loved by 12 million users of the parameters page.",
        ),
        (
            "Who trained the model?",
            "The model was trained by a team of volunteers in Oslo.",
            "The model was trained for three weeks.",
        ),
        (
            "Why can a release not be undone?",
            "A release cannot be undone because everybody keeps a copy of the weights.",
            "The release of the weights happened in spring.",
        ),
    ],
)
def test_the_sentence_that_answers_is_first(shipped, question, answer, other) -> None:
    logits = shipped.judge([Pair(question, other), Pair(question, answer)])
    assert logits[1] > logits[0]


def test_a_logit_hardly_depends_on_the_pairs_beside_it(shipped) -> None:
    # Activations are scaled to eight bits batch by batch.
    pairs = [Pair("What is open?", text) for text in ("Open means free.", "Roses grow. " * 30, "Nothing is open.")]
    together = shipped.judge(pairs)
    apart = [shipped.judge([pair])[0] for pair in pairs]
    assert together == pytest.approx(apart, abs=0.5)
    assert shipped.judge([]).shape == (0,)


def test_the_file_is_small_and_the_one_that_was_made() -> None:
    assert SHIPPED.stat().st_size <= 6_000_000


def test_an_altered_file_is_refused(tmp_path, monkeypatch) -> None:
    altered = tmp_path / "judge.safetensors"
    shutil.copy(SHIPPED, altered)
    altered.write_bytes(altered.read_bytes()[:-1] + b"\x00\x01")
    with pytest.raises(ModelError, match="not the file that belongs to this version") as caught:
        judge.merged({}, altered)
    assert "Install loccit again" in caught.value.remedy
    with pytest.raises(ModelError, match="cannot be read"):
        judge.merged({}, tmp_path / "none")


@given(st.integers(0, 2**32 - 1))
def test_four_bits_keep_a_matrix_to_a_fifth_of_its_size(seed) -> None:
    matrix = np.random.default_rng(seed).normal(size=(6, 64)).astype(np.float32)
    restored = unpack(*pack(matrix))
    assert np.linalg.norm(restored - matrix) <= 0.2 * np.linalg.norm(matrix)


def test_only_the_sentence_is_of_the_second_type() -> None:
    tokenizer = PairTokenizer(choose_model().folder)
    pairs = [Pair("Who?", "It was Ada.", "A title", "Somebody computed."), Pair("q " * 90, "s " * 200, "t " * 60)]
    (short, long), (types, cut) = tokenizer.encode(pairs)
    assert len(short) == len(types) and types == sorted(types)
    assert sum(types) == len(short) - types.index(1)
    assert len(long) <= 3 + 48 + 16 + 72 and sum(cut) == 73


def test_the_sentence_before_is_read_where_a_sentence_leans_on_it() -> None:
    sentences = ("TinyNet is small.", "It has 12 layers.", "Roses are red.")
    assert Pair.of("q", "", sentences, 1).before == "TinyNet is small."
    assert Pair.of("q", "", sentences, 2).before == ""
