import pytest

from index.fusion import fuse


def ranking(cosines: dict[int, float], bm25: dict[int, float], **options: float) -> list[int]:
    return [item.passage_id for item in fuse(cosines, bm25, **options)]


def test_nothing_fused_is_nothing() -> None:
    assert fuse({}, {}) == []


def test_the_best_of_both_is_first_and_the_worst_of_both_last() -> None:
    assert ranking({1: 0.9, 2: 0.5, 3: 0.1}, {1: 8.0, 2: 4.0}) == [1, 2, 3]


def test_the_weight_decides_between_the_two() -> None:
    cosines, bm25 = {1: 0.9, 2: 0.1}, {1: 1.0, 2: 9.0}
    assert ranking(cosines, bm25, dense_weight=1.0) == [1, 2]
    assert ranking(cosines, bm25, dense_weight=0.0) == [2, 1]


def test_scores_are_between_nought_and_one_and_fall() -> None:
    scores = [item.score for item in fuse({1: 0.3, 2: -0.2, 3: 0.25}, {2: 12.0, 4: 3.0})]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_raw_scores_are_kept() -> None:
    (item,) = fuse({7: 0.42}, {7: 3.5})
    assert (item.passage_id, item.cosine, item.bm25) == (7, 0.42, 3.5)


def test_equal_scores_come_in_order_of_passage() -> None:
    assert ranking({5: 0.5, 3: 0.5, 9: 0.5}, {}) == [3, 5, 9]


@pytest.mark.parametrize(("cosines", "bm25"), [({1: 0.5, 2: 0.4}, {}), ({}, {1: 5.0, 2: 4.0})])
def test_one_ranking_alone_is_kept(cosines: dict[int, float], bm25: dict[int, float]) -> None:
    assert ranking(cosines, bm25) == [1, 2]
