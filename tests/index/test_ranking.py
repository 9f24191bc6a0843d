import numpy as np
import pytest

from index.features import FEATURES
from index.ranking import learned_weights, score


def test_there_is_a_weight_for_every_feature() -> None:
    weights = learned_weights()
    assert weights.shape == (len(FEATURES),)
    assert np.abs(weights).sum() == pytest.approx(1, abs=0.01)


def test_evidence_never_counts_against_a_passage() -> None:
    assert (learned_weights() >= 0).all()


def test_the_best_is_one_and_the_least_nought() -> None:
    scores = score(np.array([[0.0, 1.0], [1.0, 1.0], [0.5, 0.0]]), np.array([0.7, 0.3]))
    assert scores.tolist() == pytest.approx([0.0, 1.0, 0.05 / 0.7])


def test_equals_are_all_best() -> None:
    assert score(np.ones((3, 2)), np.array([0.5, 0.5])).tolist() == [1.0, 1.0, 1.0]
    assert score(np.zeros((0, 2)), np.array([0.5, 0.5])).shape == (0,)
