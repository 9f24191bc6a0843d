"""Words and names of a question: the longest entry, inflections, misspellings, numbers that stay as they are."""

from __future__ import annotations

import pytest

from assistant.taxonomy.gazetteer import Gazetteer, key_of, nearest, shared_words, words_of


def gazetteer() -> Gazetteer:
    found = Gazetteer(shared_words())
    for name in ("Llama", "Llama 2", "Open Llama", "Mistral 7B", "Megatron Turing"):
        found.add(name, "thing", name)
    found.add("Mixtral", "other", "Mixtral")
    found.add("weights", "part", "weights")
    found.add("release~", "publish", "public")
    return found


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("GPT-3.5", "gpt 3.5"),
        ("mT5", "mt 5"),
        ("don't", "do not"),
        ("1,000 models", "1000 models"),
        ("BLOOM’s weights", "bloom weights"),
        ("marked '?'", "marked ?"),
    ],
)
def test_a_name_is_looked_up_by_its_words(text: str, key: str) -> None:
    assert key_of(text) == key


def claimed(text: str) -> list[tuple[str, str]]:
    return [(mention.sort, mention.value) for mention in gazetteer().claim(words_of(text), text)]


def test_the_longest_entry_wins_and_the_rest_is_unclaimed() -> None:
    assert claimed("llama 2 xyz") == [("thing", "Llama 2"), ("", "")]
    assert claimed("released weights") == [("publish", "public"), ("part", "weights")]
    assert claimed("the 7") == [("empty", ""), ("number", "")]


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("lama 2", "llama 2"),
        ("mistrall 7b", "mistral 7 b"),
        ("Megatron Turning", "megatron turing"),
        ("oepn llama", "open llama"),
        ("wieghts", "weights"),
        ("llama 3", "llama 3"),
        ("mistral 70b", "mistral 70 b"),
        ("mixtrel", "mixtrel"),
        ("blood", "blood"),
    ],
)
def test_misspellings_are_put_right_and_numbers_never(written: str, keys: str) -> None:
    words, _ = gazetteer().corrected(words_of(written), written)
    assert " ".join(word.key for word in words) == keys


def test_the_nearest_names_come_first() -> None:
    assert nearest("Falkon", ("BLOOM", "Falcon", "T5"))[0] == "Falcon"
