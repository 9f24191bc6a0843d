import pytest

LONG = (
    "The preprint reports that thirty percent of the annotators disagreed about the label of the same sentence, and "
    "that guidelines written after a pilot study halved this share within a week."
)


@pytest.fixture(scope="module")
def stocked(stock):
    return stock(
        {
            "preprint.md": f"# A study\n\n{LONG}\n",
            "printed.md": f"# A study, printed\n\n{LONG} \n",
            "other.md": f"# Another study\n\n{LONG.replace('thirty', 'fifty').replace('halved', 'doubled')[:-60]}\n",
            "short.md": "# Note\n\nAnnotators disagreed.\n",
            "short2.md": "# Second note\n\nAnnotators disagreed.\n",
        }
    )


def test_copies_are_one_hit_with_both_sources(stocked) -> None:
    hits = stocked.retriever.search("How many annotators disagreed about the label?", 10)
    by_title = {hit.passage.title: [other.title for other in hit.also] for hit in hits}
    (folded,) = [(title, also) for title, also in by_title.items() if title.startswith("A study")]
    assert {folded[0], *folded[1]} == {"A study", "A study, printed"}
    assert by_title["Another study"] == []
    assert {"Note", "Second note"} <= by_title.keys()


def test_folding_fills_the_list_with_others(stocked) -> None:
    assert len(stocked.retriever.search("annotators disagreed", 4)) == 4
    assert len(stocked.retriever.search("annotators disagreed", 10)) == 4


def test_passages_of_one_document_are_not_folded(library, write) -> None:
    library.add(write("twice.md", f"# First part\n\n{LONG}\n\n# Second part\n\n{LONG}\n"))
    hits = library.retriever.search("annotators", 5)
    assert len(hits) == 2
    assert not any(hit.also for hit in hits)
