"""A query over common words reads only as many postings as it may."""

import pytest

from index import lexical as module
from index.query import Query


@pytest.fixture
def crowded(library, write):
    rare = "quokka"
    lines = [
        f'{{"_id": "{n}", "title": "T{n}", "text": "Common words in every line{" and some" * (n % 2)}'
        f'{" " + rare if n == 7 else ""}."}}'
        for n in range(60)
    ]
    library.add(write("many.jsonl", "\n".join(lines)))
    return library


def found(library, query: str) -> set[int]:
    return {passage_id for passage_id, _ in library.lexical.search(query, 100)}


def test_small_libraries_are_searched_whole(crowded) -> None:
    assert len(found(crowded, "common line quokka")) == 60


def test_the_commonest_words_are_left_out_first(crowded, monkeypatch) -> None:
    monkeypatch.setattr(module, "_BUDGET", 31)
    assert len(found(crowded, "common line quokka")) == 1
    assert len(found(crowded, "common line quokka some*")) == 31 - 1
    assert len(found(crowded, "quokka")) == 1


def test_the_rarest_word_is_always_sought(crowded, monkeypatch) -> None:
    monkeypatch.setattr(module, "_BUDGET", 1)
    assert len(found(crowded, "common line")) == 60


def test_phrases_are_not_left_out(crowded, monkeypatch) -> None:
    monkeypatch.setattr(module, "_BUDGET", 1)
    assert len(found(crowded, '"common words"')) == 60
    assert len(found(crowded, '"common words" quokka')) == 60


def test_required_phrases_are_looked_for_among_candidates(crowded) -> None:
    ids = sorted(found(crowded, "common"))
    assert crowded.lexical.having(Query.parse('"some quokka"'), ids) == found(crowded, "quokka")
    assert crowded.lexical.having(Query.parse('"quokka some"'), ids) == set()
    assert crowded.lexical.having(Query.parse("no phrase"), [1, 2]) == {1, 2}
