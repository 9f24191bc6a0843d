import pytest

from index.query import Query, Term, query_terms


def words(query: Query) -> list[str]:
    return [" ".join(term.parts) + ("*" if term.prefix else "") for term in query.terms]


def phrases(query: Query) -> list[str]:
    return [" ".join(term.parts) for term in query.required]


@pytest.mark.parametrize(
    ("text", "free", "required"),
    [
        ("What is marginal risk?", ["margin", "risk"], []),
        ('What is "marginal risk"?', [], ["margin risk"]),
        ("What do they say of “the weights”?", [], ["the weight"]),
        ("„Modelle“ und «poids ouverts»", ["und"], ["model", "poid ouvert"]),
        ('"a b" "a b" c', ["c"], ["a b"]),
        ('an "unbalanced quote', ["unbalanc", "quot"], []),
        ('"" ""', [], []),
        ("licen* of models", ["licen*", "model"], []),
        ("colour*", ["color*"], []),
        ("a* * **", ["a"], []),
        ("GPT-3.5", ["gpt", "3 5"], []),
        ("GPT3", ["gpt3", "gpt 3"], []),
        ("PGC1α", ["pgc1", "pgc 1 alpha"], []),
        ("2005.14165", ["2005 14165"], []),
        ("語言模型", ["語言", "言模", "模型"], []),
        ("語", ["語*"], []),
        ('"語言模型"', [], ["語言 言模 模型"]),
        ("the of", ["the", "of"], []),
        ("", [], []),
    ],
)
def test_a_query_is_read(text: str, free: list[str], required: list[str]) -> None:
    query = Query.parse(text)
    assert (words(query), phrases(query)) == (free, required)


def test_an_endless_query_is_cut() -> None:
    query = Query.parse(" ".join(f"w{i}" for i in range(500)) + ' "' + "x " * 500 + '"')
    assert len(query.terms) == 128
    assert all(len(term.parts) <= 128 for term in query.required)


def test_a_word_counts_as_often_as_it_is_asked_for() -> None:
    assert Query.parse("model models of modelling").terms == (Term(("model",)),) * 3


def test_telling_words_keep_their_form() -> None:
    assert query_terms("Kapoor's models") == ["kapoor", "models"]
