import numpy as np
import pytest

from index.query import query_terms

TEXTS = {
    "code.md": "The tool is written in C++ and we don't ship it. It runs fast.",
    "paper.md": "See arXiv:2005.14165 for the alpha-helix of 3.5 turns.",
    "cafe.md": "A naïve café served crème brûlée to the models.",
    "logic.md": "To be NOT seen AND not heard is a near miss OR a hit.",
}


@pytest.fixture(scope="module")
def stocked(stock):
    return stock(TEXTS)


def files(library, query: str, **options: object) -> list[str]:
    ids = [passage_id for passage_id, _ in library.lexical.search(query, 10, **options)]
    passages = library.store.passages(ids)
    return [library.store.get(passages[i].document_id).name for i in ids]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("C++", "code.md"),
        ("don't", "code.md"),
        ("don’t ship", "code.md"),
        ("runs", "code.md"),
        ("running", "code.md"),
        ("arXiv:2005.14165", "paper.md"),
        ("arXiv:2005", "paper.md"),
        ('"alpha-helix"', "paper.md"),
        ("alpha helix", "paper.md"),
        ("3.5", "paper.md"),
        ("CAFE", "cafe.md"),
        ("naive creme", "cafe.md"),
        ("model's", "cafe.md"),
        ("heard", "logic.md"),
    ],
)
def test_words_find_their_passage_whatever_their_form(stocked, query: str, name: str) -> None:
    assert files(stocked, query)[0] == name


@pytest.mark.parametrize(
    "query",
    [
        "NOT",
        "AND",
        "NOT AND OR NEAR",
        "NEAR(a b, 3)",
        '"unbalanced',
        '"" ""',
        "'",
        "it's'",
        "title:C++",
        "heard*",
        "^heard",
        "{a b}: c",
        "a - b + c",
        "(((",
        ")",
        "\\",
        ";DROP TABLE passages",
        "%_",
        "\x00",
        "\ud835",
        "日本語",
        "🧠",
        "x" * 5000,
        "word " * 2000,
    ],
)
def test_no_query_is_read_as_syntax(stocked, query: str) -> None:
    files(stocked, query)
    for term in query_terms(query):
        stocked.lexical.document_frequency(term)
    assert stocked.lexical.size() == 4


@pytest.mark.parametrize("query", ["", " ", "?!", "🧠"])
def test_a_query_without_words_finds_nothing(stocked, query: str) -> None:
    assert stocked.lexical.search(query, 10) == []


def test_a_word_that_is_nowhere_finds_nothing(stocked) -> None:
    assert stocked.lexical.search("xylophone", 10) == []
    assert stocked.lexical.document_frequency("xylophone") == 0


def test_scores_fall_and_better_is_higher(stocked) -> None:
    scores = [score for _, score in stocked.lexical.search("models served café tool", 10)]
    assert len(scores) == 2
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0


def test_the_search_may_be_held_to_some_documents(stocked) -> None:
    code = stocked.store.identify(str(next(s.path for s in stocked.store.summaries() if s.name == "code.md")))
    only = np.array([passage.passage_id for passage in stocked.store.passages_of(code)])
    assert files(stocked, "café tool helix", passage_ids=only) == ["code.md"]
    assert files(stocked, "café", passage_ids=only) == []


def test_title_and_heading_are_searched_too(library, write) -> None:
    library.add(
        write("a.md", "# Zeppelins\n\n## Moorings\n\nThey float.\n"), write("b.md", "Zeppelins have moorings.\n")
    )
    assert set(files(library, "moorings")) == {"Zeppelins", "b.md"}
    assert files(library, "zeppelin")[0] == "Zeppelins"


def test_document_frequency_counts_stems(stocked) -> None:
    assert stocked.lexical.document_frequency("model") == stocked.lexical.document_frequency("models") == 1


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("What is the licence of BLOOM?", ["licence", "bloom"]),
        ("Kapoor's paper, kapoor’s paper", ["kapoor", "paper"]),
        ("the of and", ["the", "of", "and"]),
        ("GPT-3.5", ["gpt", "3.5"]),
        ("", []),
    ],
)
def test_the_telling_words_of_a_question(question: str, terms: list[str]) -> None:
    assert query_terms(question) == terms
