import numpy as np
import pytest

from index.feedback import neighbour_scores, rocchio


def alike(*pairs: tuple[int, int, float], size: int) -> np.ndarray:
    found = np.zeros((size, size))
    for one, other, value in pairs:
        found[one, other] = found[other, one] = value
    return found


def test_what_is_like_the_best_rises() -> None:
    first = np.array([1.0, 0.9, 0.1, 0.1])
    near = alike((0, 2, 0.9), (1, 2, 0.9), (0, 3, 0.1), (1, 3, 0.1), size=4)
    for scores in (rocchio(first, near), neighbour_scores(first, near)):
        assert scores[2] > scores[3]


def test_nobody_speaks_for_himself() -> None:
    alone = np.zeros((3, 3))
    assert rocchio(np.array([1.0, 0.5, 0.2]), alone).tolist() == [0, 0, 0]
    assert neighbour_scores(np.array([1.0, 0.5, 0.2]), alone).tolist() == [0, 0, 0]


def test_the_mean_is_weighed() -> None:
    first = np.array([1.0, 0.5, 0.0])
    near = alike((0, 1, 0.8), (0, 2, 0.6), (1, 2, 0.2), size=3)
    # For the last, the others count with their first scores; for the first, the second alone does.
    assert rocchio(first, near)[2] == pytest.approx((1.0 * 0.6 + 0.5 * 0.2) / 1.5)
    assert rocchio(first, near)[0] == pytest.approx(0.8)


@pytest.mark.parametrize("size", [1, 2])
def test_few_candidates_are_enough(size: int) -> None:
    first, near = np.ones(size), np.zeros((size, size))
    assert rocchio(first, near).shape == neighbour_scores(first, near).shape == (size,)
