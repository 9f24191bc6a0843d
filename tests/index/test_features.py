import numpy as np
import pytest

from index.features import FEATURES, measure

TEXTS = {
    "near.md": "# Notes\n\nMarginal risk is compared. Nothing else is said here of any matter at all.\n",
    "apart.md": "# Notes\n\nMarginal notes of readers stand in the margins of books. In all of that there is risk.\n",
    "titled.md": "# Marginal risk\n\nA comparison with what is there already.\n",
    "half.md": "# Notes\n\nRisk is compared.\n",
    "none.md": "# Baking\n\nA plum cake needs flour.\n",
}
QUESTION = "marginal risk"


@pytest.fixture(scope="module")
def stocked(stock):
    return stock(TEXTS)


@pytest.fixture(scope="module")
def table(stocked):
    """Features by file and name."""
    found = stocked.retriever.candidates(QUESTION, stocked.embedder.encode([QUESTION]), 10)
    values = measure(found.pool, stocked.lexical.vectors)
    names = [stocked.store.get(identity).source.path.rsplit("/")[-1] for identity in found.pool.rows.document_ids]
    assert sorted(names) == sorted(TEXTS)
    return {name: dict(zip(FEATURES, row, strict=True)) for name, row in zip(names, values, strict=True)}


def test_every_feature_is_about_nought_to_one(table) -> None:
    values = np.array([[row[name] for name in FEATURES] for row in table.values()])
    assert np.isfinite(values).all()
    assert values.min() >= 0
    assert values.max() <= 1.2


@pytest.mark.parametrize(
    ("feature", "more", "less"),
    [
        ("words", "near.md", "half.md"),
        ("words", "half.md", "none.md"),
        ("pairs", "near.md", "apart.md"),
        ("pairs", "titled.md", "half.md"),
        ("document_words", "near.md", "half.md"),
        ("document_coverage", "apart.md", "half.md"),
        ("document_cosine", "titled.md", "none.md"),
        ("cosine", "titled.md", "none.md"),
        ("rocchio", "near.md", "none.md"),
        ("model", "near.md", "none.md"),
        ("length", "apart.md", "half.md"),
    ],
)
def test_features_tell_what_they_are_named_for(table, feature: str, more: str, less: str) -> None:
    assert table[more][feature] > table[less][feature]


@pytest.mark.parametrize("feature", ["words", "pairs", "document_words", "document_coverage"])
def test_without_a_word_of_the_question_there_is_no_evidence_of_words(table, feature: str) -> None:
    assert table["none.md"][feature] == 0


def test_other_passages_of_a_document_are_evidence(library, write) -> None:
    filler = " ".join(f"Sentence number {n} is about gardens and their many kinds of plants." for n in range(40))
    library.add(
        write("a.md", f"# Both\n\n## One\n\n{filler}\n\n## Two\n\nZX-81 is the ordinance on records.\n"),
        write("b.md", f"# Alone\n\n{filler}\n"),
    )
    question = "gardens under ordinance ZX-81"
    found = library.retriever.candidates(question, library.embedder.encode([question]), 50)
    values = measure(found.pool, library.lexical.vectors)
    both = library.store.identify(next(s.path for s in library.store.summaries() if s.title == "Both"))
    inside = np.array([identity == both for identity in found.pool.rows.document_ids])
    assert inside.sum() > 1
    for name in ("document_coverage", "document_words"):
        column = values[:, FEATURES.index(name)]
        assert column[inside].min() > column[~inside].max()
        assert len(set(column[inside])) == 1


@pytest.mark.parametrize("question", ["", "?", "xylophone", "🧠"])
def test_questions_without_known_words_are_measured_too(stocked, question: str) -> None:
    found = stocked.retriever.candidates(question, stocked.embedder.encode([question or " "]), 10)
    values = measure(found.pool, stocked.lexical.vectors)
    assert np.isfinite(values).all()
    assert (values[:, FEATURES.index("words")] == 0).all()


def test_one_candidate_is_measured(library, write) -> None:
    library.add(write("a.md", "Only this.\n"))
    (hit,) = library.retriever.search("only", 5)
    assert hit.score == 1.0


def test_a_passage_without_a_vector_is_found_by_its_words(library, write) -> None:
    """An interrupted add leaves passages that wait for their embedding."""
    library.add(write("a.md", "Plums are ripe in August.\n"), write("b.md", "Ordinance ZX-81 is in force.\n"))
    with library.database.writing() as connection:
        (row,) = connection.execute("SELECT id FROM passages ORDER BY id DESC LIMIT 1").fetchall()
        connection.execute(
            "DELETE FROM embeddings WHERE text_hash = (SELECT text_hash FROM passage_texts WHERE passage_id = ?)",
            (row["id"],),
        )
        library.dense.next_generation(connection)
    text = library.store.passages([row["id"]])[row["id"]].text
    hits = library.retriever.search(text, 5)
    assert hits[0].passage.passage_id == row["id"]
    assert len(hits) == 2
