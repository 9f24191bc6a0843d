import pytest

from index.analyzer import terms
from index.compounds import beginnings_apart, parted


@pytest.mark.parametrize(
    "together, apart",
    [("pretraining", "pre-training"), ("finetuned", "fine tuned"), ("datasets", "data sets"), ("reuse", "re-use")],
)
def test_words_together_and_apart_share_their_terms(together: str, apart: str) -> None:
    assert list(terms(together)) == list(terms(apart))


@pytest.mark.parametrize("word", ["present", "refine", "final", "dated", "reuters", "online", "data", "pre"])
def test_other_words_stay_whole(word: str) -> None:
    assert parted(word) == (word,)


def test_a_beginning_reaches_into_the_second_part() -> None:
    assert beginnings_apart("pretra") == [("pre", "tra")]
    assert beginnings_apart("finetuning") == [("fine", "tuning")]
    assert beginnings_apart("pre") == []
    assert set(beginnings_apart("prep")) == {("pre", "p")}
