"""The features of candidates, and the score made of them."""

import numpy as np
import pytest

from index.ranking import FEATURES, WEIGHTS, Pool, Wanted, measure, rocchio, score
from index.term_vectors import Rows

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
    values = measure(found.pool)
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
        ("document_coverage", "apart.md", "half.md"),
        ("document_cosine", "titled.md", "none.md"),
        ("cosine", "titled.md", "none.md"),
        ("rocchio", "near.md", "none.md"),
        ("length", "apart.md", "half.md"),
    ],
)
def test_features_tell_what_they_are_named_for(table, feature: str, more: str, less: str) -> None:
    assert table[more][feature] > table[less][feature]


@pytest.mark.parametrize("feature", ["words", "pairs", "document_coverage"])
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
    values = measure(found.pool)
    both = library.store.identify(next(s.path for s in library.store.summaries() if s.title == "Both"))
    inside = np.array([identity == both for identity in found.pool.rows.document_ids])
    assert inside.sum() > 1
    column = values[:, FEATURES.index("document_coverage")]
    assert column[inside].min() > column[~inside].max()
    assert len(set(column[inside])) == 1


@pytest.mark.parametrize("question", ["", "?", "xylophone", "🧠"])
def test_questions_without_known_words_are_measured_too(stocked, question: str) -> None:
    found = stocked.retriever.candidates(question, stocked.embedder.encode([question or " "]), 10)
    values = measure(found.pool)
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
    text = library.store.passages([row["id"]])[row["id"]].text
    hits = library.retriever.search(text, 5)
    assert hits[0].passage.passage_id == row["id"]
    assert len(hits) == 2


def pool(vectors: list[list[float]]) -> Pool:
    """Candidates of one term with those vectors; nothing of the query."""
    count = len(vectors)
    rows = Rows(
        np.arange(count),
        [str(number) for number in range(count)],
        np.zeros(count, dtype=np.int64),
        np.array([[0, 0, 1]] * count, dtype=np.int64),
        np.ones(count, dtype=np.uint32),
    )
    nothing = Wanted(np.empty(0, dtype=np.uint32), np.empty(0, dtype=np.int64), np.empty(0), np.empty(0))
    return Pool(rows, nothing, np.zeros(count), np.array(vectors, dtype=np.float32), 1.0)


def test_what_is_near_the_best_rises() -> None:
    found = rocchio(np.array([1.0, 0.9, 0.1, 0.1]), pool([[1, 0], [0.8, 0.6], [0.96, 0.28], [0, 1]]))
    assert found[2] > found[3]


def test_one_candidate_far_ahead_speaks_for_itself_alone() -> None:
    candidates = pool([[1, 0], [0, 1], [0.6, 0.8]])
    alone = rocchio(np.array([1.0, 0.1, 0.1]), candidates)
    assert alone == pytest.approx([1.0, 0.0, 0.6], abs=1e-3)
    together = rocchio(np.array([1.0, 1.0, 0.1]), candidates)
    assert together[0] == pytest.approx(together[1], abs=1e-3)


@pytest.mark.parametrize("size", [1, 2])
def test_few_candidates_are_enough(size: int) -> None:
    candidates = pool([[1, 0]] * size)
    assert rocchio(np.ones(size), candidates).tolist() == pytest.approx([1.0] * size)


def test_passages_without_vectors_are_neither_near_nor_far() -> None:
    assert rocchio(np.ones(2), pool([[0, 0], [0, 0]])).tolist() == [0.0, 0.0]
    found = rocchio(np.array([1.0, 1.0, 1.0]), pool([[1, 0], [0, 1], [0, 0]]))
    assert found[2] == pytest.approx((found[0] + found[1]) / 2, abs=1e-6)


def test_a_long_question_does_not_prefer_the_longest_passage(library, write) -> None:
    words = [f"term{chr(97 + number // 26)}{chr(97 + number % 26)}" for number in range(60)]
    filler = " ".join(f"filler{chr(97 + number // 26)}{chr(97 + number % 26)}" for number in range(160))
    library.add(
        write("short.md", f"{' '.join(words[:20])}.\n"),
        write("long.md", f"{' '.join(words[:20])} {filler}.\n"),
    )

    def words_of_the_long(question: str) -> float:
        found = library.retriever.candidates(question, library.embedder.encode([question]), 10)
        column = measure(found.pool)[:, FEATURES.index("words")]
        return float(column[found.pool.rows.lengths[:, 2].argmax()])

    assert words_of_the_long(" ".join(words)) < words_of_the_long(" ".join(words[:10])) < 1


def test_a_word_counts_as_often_as_the_question_has_it(library, write) -> None:
    library.add(write("kelp.md", "Kelp is eaten here.\n"), write("otter.md", "Otters are eaten here.\n"))

    def by_words(question: str) -> list[float]:
        found = library.retriever.candidates(question, library.embedder.encode([question]), 10)
        return list(measure(found.pool)[:, FEATURES.index("words")])

    assert by_words("kelp otters kelp") == by_words("otters kelp otters")[::-1] != [1.0, 1.0]


def test_evidence_never_counts_against_a_passage() -> None:
    assert WEIGHTS.shape == (len(FEATURES),)
    assert (WEIGHTS > 0).all()


def test_the_best_is_one_and_the_least_nought() -> None:
    features = np.zeros((3, len(FEATURES)))
    features[0, 0] = features[1, :2] = 1.0
    assert score(features).tolist() == pytest.approx([0.5, 1.0, 0.0])


def test_equals_are_all_best() -> None:
    assert score(np.ones((3, len(FEATURES)))).tolist() == [1.0, 1.0, 1.0]
    assert score(np.zeros((0, len(FEATURES)))).shape == (0,)
