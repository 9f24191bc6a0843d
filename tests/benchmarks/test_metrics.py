import math

import pytest

from benchmarks.metrics import bootstrap_interval, ndcg, recall


@pytest.mark.parametrize(
    ("ranking", "judged", "value"),
    [
        (["a", "b"], {"a": 1}, 1.0),
        (["b", "a"], {"a": 1}, 1 / math.log2(3)),
        (["a", "b"], {"a": 1, "b": 3}, (1 + 3 / math.log2(3)) / (3 + 1 / math.log2(3))),
        (["x", "y", "a"], {"a": 2, "c": 2}, (2 / 2) / (2 + 2 / math.log2(3))),
        (["x"], {"a": 1}, 0.0),
        ([], {"a": 1}, 0.0),
        (["a"], {"a": 0}, 0.0),
    ],
)
def test_gain_is_discounted_by_rank_and_measured_by_the_best_order(ranking, judged, value) -> None:
    assert ndcg(ranking, judged, 10) == pytest.approx(value)


def test_only_the_first_count() -> None:
    ranking = [str(n) for n in range(20)]
    assert ndcg(ranking, {"10": 1}, 10) == 0
    assert ndcg(ranking, {"9": 1}, 10) == pytest.approx(1 / math.log2(11))
    assert recall(ranking, {"3": 1, "12": 2, "19": 0}, 10) == 0.5
    assert recall(ranking, {"3": 1, "12": 2, "19": 0}, 20) == 1.0


def test_the_interval_holds_the_mean_and_narrows_with_more_queries() -> None:
    few, many = [0.0, 1.0] * 10, [0.0, 1.0] * 1000
    low, high = bootstrap_interval(few)
    assert low < 0.5 < high
    assert bootstrap_interval(many)[1] - bootstrap_interval(many)[0] < (high - low) / 5
    assert bootstrap_interval([0.1] * 50) == pytest.approx((0.1, 0.1))
