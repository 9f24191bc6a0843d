import pytest

from index.filters import Filters

TEXTS = {
    "release.md": "# Release\n\nThe weights of the model are public, and anybody may fetch them.\n",
    "cake.md": "# Baking\n\nA plum cake needs flour, butter and plums. It rests for an hour.\n",
    "law.md": "# Regulation\n\nProviders must keep records under ordinance ZX-81. Fines follow otherwise.\n",
    "risk.md": "# Risk\n\nMarginal risk compares a tool with what is there already.\n",
}


@pytest.fixture(scope="module")
def stocked(stock):
    return stock(TEXTS)


def titles(library, query: str, **options: object) -> list[str]:
    return [hit.passage.title for hit in library.retriever.search(query, 4, **options)]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("Can I download the parameters?", "Release"),
        ("dessert recipe", "Baking"),
        ("ZX-81", "Regulation"),
        ("How much more dangerous is it than existing technology?", "Risk"),
    ],
)
def test_passages_are_found_by_meaning_and_by_words(stocked, query: str, title: str) -> None:
    assert titles(stocked, query)[0] == title


def test_hits_are_ordered_and_scores_bounded(stocked) -> None:
    hits = stocked.retriever.search("weights of the cake", 4)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert all(-1.001 <= hit.cosine <= 1.001 and hit.bm25 >= 0 for hit in hits)


def test_no_more_hits_come_than_asked_for(stocked) -> None:
    assert len(stocked.retriever.search("weights", 2)) == 2
    assert len(stocked.retriever.search("weights", 100)) == 4


def test_the_search_may_be_held_to_some_documents(stocked) -> None:
    ids = {line.title: line.document_id for line in stocked.store.summaries()}
    assert titles(stocked, "plum cake", filters=Filters(documents=(ids["Risk"],))) == ["Risk"]
    assert set(titles(stocked, "plum cake", filters=Filters(documents=(ids["Risk"], ids["Release"])))) == {
        "Risk",
        "Release",
    }


def test_a_vector_at_hand_is_not_computed_again(stocked) -> None:
    vector = stocked.embedder.encode(["plum cake"])
    # The words fit one passage, the vector another: both are seen to be used.
    (hit,) = [h for h in stocked.retriever.search("ZX-81", 4, vector=vector) if h.passage.title == "Baking"]
    assert hit.cosine == max(h.cosine for h in stocked.retriever.search("ZX-81", 4, vector=vector))


@pytest.mark.parametrize("query", ["C++", "don't", '"unbalanced', "NOT", "(", "\x00", "🧠", "日本語", "x" * 3000])
def test_odd_queries_are_answered(stocked, query: str) -> None:
    assert len(titles(stocked, query)) == 4


def test_an_empty_library_finds_nothing(library) -> None:
    assert library.retriever.search("anything", 5) == []


def test_every_hit_is_a_slice_of_its_document(stocked) -> None:
    for hit in stocked.retriever.search("weights", 4):
        text = stocked.store.get(hit.passage.document_id).document.text
        assert text[hit.passage.start : hit.passage.end] == hit.passage.text


def test_passages_beside_a_candidate_are_ranked_too(library, write) -> None:
    filler = " ".join(f"Sentence number {n} is about gardens and their many kinds of plants." for n in range(40))
    library.add(write("a.md", f"# Both\n\n## One\n\n{filler}\n\n## Two\n\nZX-81 is the ordinance on records.\n"))
    vector = library.embedder.encode(["ZX-81"])
    found = library.retriever.candidates("ZX-81", vector, 1)
    assert len(found.bm25) == len(found.dense) == 1
    assert len(found.pool) > 1


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"plum cake"', {"Baking"}),
        ('"plum  Cakes" weights', {"Baking"}),
        ('"cake plum"', set()),
        ('"plum cake" "ordinance ZX-81"', set()),
        ("ordin*", {"Regulation", "Release", "Risk", "Baking"}),
    ],
)
def test_phrases_are_required(stocked, query: str, expected: set[str]) -> None:
    assert set(titles(stocked, query)) == expected


def test_the_nearest_passages_of_one_document_come_without_the_others(stocked) -> None:
    ids = {line.title: line.document_id for line in stocked.store.summaries()}
    vector = stocked.retriever.embed(["dessert recipe"])
    [(passage, cosine)] = stocked.retriever.nearest(vector, 3, ids["Risk"])
    assert passage.title == "Risk"
    [(cake, nearer)] = stocked.retriever.nearest(vector, 3, ids["Baking"])
    assert cake.text.startswith("A plum cake")
    assert nearer > cosine
    assert stocked.retriever.nearest(vector, 3, "nothing of this id") == []
