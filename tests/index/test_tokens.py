import os
import shutil

import pytest

from corpus.errors import ModelError
from index.bundled_model import bundled_folder
from index.model_choice import ModelChoice, choose_model
from index.tokens import TokenCounter


@pytest.fixture(scope="module")
def counter() -> TokenCounter:
    return TokenCounter(choose_model())


def test_tokens_are_those_of_the_model(counter: TokenCounter, embedder) -> None:
    texts = ["Open weights.", "unbelievably naïve 📘", "日本語", "", "a" * 200]
    embedder.warm_up()
    tokenizer = embedder._loaded.tokenizer
    assert counter.count(texts) == [len(tokenizer(text, add_special_tokens=False)["input_ids"]) for text in texts]


def test_long_texts_are_counted_to_their_end(counter: TokenCounter) -> None:
    assert counter.count(["word " * 1000]) == [1000]


def test_nothing_has_no_count(counter: TokenCounter) -> None:
    assert counter.count([]) == []


@pytest.mark.parametrize("limit", [1, 5, 20])
def test_the_head_is_a_start_of_the_text_with_so_many_tokens(counter: TokenCounter, limit: int) -> None:
    text = "Unbelievably long-winded headings, naïvely put, shouldn't overflow the model's input at all. " * 3
    head = counter.head(text, limit)
    assert text.startswith(head) and head
    assert counter.count([head])[0] <= limit


def test_a_short_text_is_its_own_head(counter: TokenCounter) -> None:
    assert counter.head("Short.", 20) == "Short."
    assert counter.head("", 20) == ""


def _link(source, target) -> None:
    """A hard link, which costs nothing; a copy where the two places are on different disks."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def test_an_altered_tokenizer_is_refused_before_it_counts(tmp_path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(bundled_folder(), folder, copy_function=_link)
    (folder / "tokenizer.json").unlink()
    (folder / "tokenizer.json").write_bytes((bundled_folder() / "tokenizer.json").read_bytes() + b" ")
    with pytest.raises(ModelError, match="altered"):
        TokenCounter(ModelChoice("all-MiniLM-L6-v2", folder, bundled=True)).count(["text"])
