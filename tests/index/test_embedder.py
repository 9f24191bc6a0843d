import numpy as np
import pytest

from corpus.errors import Cancelled, ModelError
from index.embedder import LocalEmbedder
from index.model_choice import ModelChoice

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
