import pytest

from assistant.pace import Pace, in_words


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_rate_and_time_left_follow_the_counts_of_a_stage() -> None:
    clock = Clock()
    pace = Pace(clock)
    assert pace.moved("reading", 0, 40) == ""
    clock.now += 0.1
    assert pace.moved("reading", 9, 40) == ""  # too early
    clock.now += 1.9
    assert pace.moved("reading", 10, 40) == "5.0/s, 6 s left"
    assert (pace.rate, pace.left) == (5.0, 6.0)
    clock.now += 2
    assert pace.moved("reading", 40, 40) == "10.0/s"


def test_each_stage_begins_anew_and_what_was_done_before_counts_for_nothing() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.moved("reading", 0, 2)
    clock.now += 60
    assert pace.moved("embedding", 500, 1000) == ""
    clock.now += 10
    assert pace.moved("embedding", 600, 1000) == "10.0/s, 40 s left"


def test_a_stage_that_stands_still_says_nothing() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.moved("reading", 0, 5)
    clock.now += 30
    assert pace.moved("reading", 0, 5) == ""


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.0, "1 s"), (89.4, "89 s"), (100, "2 min"), (3599, "1 h 0 min"), (9000, "2 h 30 min")]
)
def test_times_in_words(seconds: float, words: str) -> None:
    assert in_words(seconds) == words
