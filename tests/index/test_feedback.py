import numpy as np
import pytest

from index.feedback import relevance_model, rocchio
from index.pool import Pool, Wanted
from index.termvectors import Rows


def pool(vectors: list[list[float]], terms: list[list[int]] | None = None) -> Pool:
    """Candidates with those vectors and body terms; nothing of the query."""
    bodies = terms or [[1]] * len(vectors)
    rows = Rows(
        np.arange(len(vectors)),
        [str(number) for number in range(len(vectors))],
        np.zeros(len(vectors), dtype=np.int64),
        np.array([[0, 0, len(body)] for body in bodies], dtype=np.int64),
        np.array([term for body in bodies for term in body], dtype=np.uint32),
    )
    nothing = Wanted(np.empty(0, dtype=np.uint32), np.empty(0, dtype=np.int64), np.empty(0))
    return Pool(rows, nothing, np.zeros(len(vectors)), np.array(vectors, dtype=np.float32), 1.0, len(vectors))


def test_what_is_near_the_best_rises() -> None:
    found = rocchio(np.array([1.0, 0.9, 0.1, 0.1]), pool([[1, 0], [0.8, 0.6], [0.96, 0.28], [0, 1]]))
    assert found[2] > found[3]


def test_one_candidate_far_ahead_speaks_for_itself_alone() -> None:
    candidates = pool([[1, 0], [0, 1], [0.6, 0.8]])
    alone = rocchio(np.array([1.0, 0.1, 0.1]), candidates)
    assert alone == pytest.approx([1.0, 0.0, 0.6], abs=1e-3)
    together = rocchio(np.array([1.0, 1.0, 0.1]), candidates)
    assert together[0] == pytest.approx(together[1], abs=1e-3)


def test_telling_words_of_the_best_count() -> None:
    first = np.array([1.0, 0.9, 0.8, 0.1, 0.1])
    bodies = [[1, 2, 9], [1, 3, 9], [1, 4, 9], [1, 9], [9, 9]]
    found = relevance_model(first, pool([[1, 0]] * 5, bodies), lambda terms: np.where(np.array(terms) == 9, 0.0, 1.0))
    assert found[3] > found[4] == 0
    assert ((found >= 0) & (found <= 1)).all()


@pytest.mark.parametrize("size", [1, 2])
def test_few_candidates_are_enough(size: int) -> None:
    candidates = pool([[1, 0]] * size)
    assert rocchio(np.ones(size), candidates).tolist() == pytest.approx([1.0] * size)
    assert relevance_model(np.ones(size), candidates, lambda terms: np.ones(len(terms))).shape == (size,)


def test_passages_without_vectors_are_neither_near_nor_far() -> None:
    assert rocchio(np.ones(2), pool([[0, 0], [0, 0]])).tolist() == [0.0, 0.0]
    found = rocchio(np.array([1.0, 1.0, 1.0]), pool([[1, 0], [0, 1], [0, 0]]))
    assert found[2] == pytest.approx((found[0] + found[1]) / 2, abs=1e-6)
