import random

import pytest

from corpus.resemblance import bands, estimate, resemblance, signature

DRAW = random.Random(11)
WORDS = [f"{first}{second}" for first in "bdfgklmnprstvz" for second in ("anu", "olo", "eri", "ipa", "usto")]
TEXT = " ".join(DRAW.choices(WORDS, k=3000))


def edited(share: float) -> str:
    """``TEXT`` with a share of its words replaced."""
    draw = random.Random(5)
    return " ".join(word if draw.random() > share else "changed" for word in TEXT.split())


@pytest.mark.parametrize("share", [0.0, 0.01, 0.05, 0.2, 1.0])
def test_the_estimate_is_near_the_count(share: float) -> None:
    one, other = signature(TEXT), signature(edited(share))
    assert estimate(one, other) == pytest.approx(resemblance(TEXT, edited(share)), abs=0.15)


def test_texts_that_are_nearly_the_same_share_a_band_and_others_do_not() -> None:
    def common(share: float) -> int:
        return len(set(bands(signature(TEXT))) & set(bands(signature(edited(share)))))

    assert common(0.0) == 20
    assert common(0.02) > 0
    assert common(0.5) == 0


def test_what_formats_do_to_a_text_leaves_it_the_same() -> None:
    one = "The “open” models, as we saw, were released under a licence of their own - and nobody has asked why, so far."
    other = one.replace("“", '"').replace("”", '"').replace(" - ", " – ").replace(" ", "\n").upper()
    assert resemblance(one, other) == 1.0


def test_short_texts_are_not_compared() -> None:
    assert signature("Same words.") is None
    assert resemblance("Same words.", "Same words.") == 0.0


def test_a_signature_is_the_same_in_every_run_and_version() -> None:
    # Signatures are kept in libraries: a change here needs a migration that drops the old ones.
    assert signature(" ".join(map(str, range(40))))[:3].tolist() == [94399589, 251538190, 158650285]
    assert bands(signature(" ".join(map(str, range(40)))))[0] == 3912583773658520414
