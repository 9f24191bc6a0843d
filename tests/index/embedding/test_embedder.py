import random

import pytest

from index.embedding.embedder import token_batches


@pytest.mark.parametrize("budget", [1, 100, 1024])
def test_every_text_is_in_one_batch_and_no_batch_is_over_its_budget(budget: int) -> None:
    draw = random.Random(7)
    lengths = [draw.randint(2, 256) for _ in range(500)]
    batches = token_batches(lengths, budget)
    assert sorted(position for batch in batches for position in batch) == list(range(500))
    for batch in batches:
        assert len(batch) == 1 or len(batch) * max(lengths[position] for position in batch) <= budget


def test_little_is_padded() -> None:
    draw = random.Random(7)
    lengths = [draw.randint(2, 256) for _ in range(500)]
    padded = sum(len(batch) * lengths[batch[0]] for batch in token_batches(lengths, 1024))
    assert padded < 1.1 * sum(lengths)


def test_the_longest_come_first_so_that_memory_fails_early() -> None:
    assert token_batches([3, 200, 9], 256) == [[1], [2, 0]]


def test_no_texts_make_no_batches() -> None:
    assert token_batches([], 1024) == []
