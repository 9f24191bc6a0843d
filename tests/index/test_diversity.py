import numpy as np
import pytest

from index.diversity import fold_copies
from index.termvectors import Rows

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


def test_a_copy_far_behind_its_passage_is_folded(library, write) -> None:
    about = "\n\n".join(
        f"# Annotators disagreed, part {n}\n\nThe label of sentence {n} was disputed." for n in range(40)
    )
    library.add(
        write("full.md", f"# Annotators disagreed\n\n{LONG}\n\n{about}\n"), write("bare.txt", f"Notes\n\n{LONG}\n")
    )
    (hit,) = library.retriever.search("annotators disagreed about the label", 1)
    assert hit.passage.title == "Annotators disagreed"
    while_all = library.retriever.search("annotators disagreed about the label", 60)
    (folded,) = [hit for hit in while_all if LONG in hit.passage.text]
    assert len(folded.also) == 1


def test_every_pair_of_copies_is_seen() -> None:
    random = np.random.default_rng(1)
    bodies = [random.integers(0, 2**32, 60, dtype=np.uint32) for _ in range(20)]
    for body in bodies[:10]:
        changed = body.copy()
        changed[random.integers(0, 60)] = 7
        bodies.append(changed)
    lengths = np.array([(0, 0, len(body)) for body in bodies])
    ids = np.arange(len(bodies))
    rows = Rows(ids, [str(number) for number in ids], np.zeros_like(ids), lengths, np.concatenate(bodies))
    assert fold_copies(rows, ids, 12) == [[n, n + 20] if n < 10 else [n] for n in range(12)]


def test_passages_of_one_document_are_not_folded(library, write) -> None:
    library.add(write("twice.md", f"# First part\n\n{LONG}\n\n# Second part\n\n{LONG}\n"))
    hits = library.retriever.search("annotators", 5)
    assert len(hits) == 2
    assert not any(hit.also for hit in hits)
