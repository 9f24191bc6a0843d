from pathlib import Path

import pytest

from corpus.errors import UnknownDocument
from corpus.store.citations import CitationGraph

AIR = "---\ntitle: Counting quokkas from the air\nauthor: Ann Lee\ndate: 2019-05-01\n---\n\nQuokkas hop.\n"
ENTRY = "Lee, A. (2019). Counting quokkas from the air. Press."
REVIEW = (
    "---\ntitle: Quokkas reviewed once more\nauthor: Jo Ott\ndate: 2021\n---\n\nNobody counts. Some count from the air "
    f"(Lee, 2019). Lee (2019) used a kite.\n\n## References\n\n{ENTRY}\n\nKim, B. (2010). Numbats at dusk. Press.\n"
)


@pytest.fixture
def graph(library) -> CitationGraph:
    return CitationGraph(library.database, library.store)


def ids(library) -> dict[str, str]:
    return {Path(summary.path).stem: summary.document_id for summary in library.store.summaries()}


def test_entries_lead_to_what_is_held(library, write, graph) -> None:
    library.add(write("review.md", REVIEW), write("air.md", AIR))
    entries = graph.references_of(ids(library)["review"])
    assert [entry.held for entry in entries] == [ids(library)["air"], None]
    assert entries[0].text == ENTRY
    assert [len(entry.mentions) for entry in entries] == [2, 0]


def test_citing_documents_come_with_their_sentences(library, write, graph) -> None:
    library.add(write("review.md", REVIEW), write("air.md", AIR))
    (found,) = graph.citing(ids(library)["air"])
    assert found.citing.document_id == ids(library)["review"]
    assert [s.text for s in found.sentences] == ["Some count from the air (Lee, 2019).", "Lee (2019) used a kite."]
    for sentence in found.sentences:
        assert found.citing.document.text[sentence.start : sentence.end] == sentence.text
    assert graph.citing(ids(library)["review"]) == []


def test_the_graph_follows_documents_that_come_and_go(library, write, graph) -> None:
    library.add(write("review.md", REVIEW))
    assert graph.references_of(ids(library)["review"])[0].held is None
    library.add(write("air.md", AIR))
    air = ids(library)["air"]
    assert graph.references_of(ids(library)["review"])[0].held == air
    library.ingest.remove([ids(library)["review"]])
    assert graph.citing(air) == []


def test_an_entry_that_fits_one_version_counts_for_the_work(library, write, graph) -> None:
    preprint = AIR.replace("2019-05-01", "2018-01-02\narxiv: 1801.00001").replace("hop", "hop about")
    cites = f"\n## References\n\n{ENTRY.replace('Press', 'arXiv:1801.00001')}\n"
    library.add(write("review.md", REVIEW), write("air.md", AIR + cites), write("preprint.md", preprint))
    held = ids(library)
    for version in ("air", "preprint"):
        (found,) = graph.citing(held[version])  # and the one version does not cite the other
        assert found.citing.document_id == held["review"]
        assert len(found.sentences) == 2
    assert graph.references_of(held["review"])[0].held == held["air"]


def test_a_reference_list_alone_cites_without_a_sentence(library, write, graph) -> None:
    library.add(write("list.md", f"Text.\n\n## References\n\n{ENTRY}\n"), write("air.md", AIR))
    (found,) = graph.citing(ids(library)["air"])
    assert found.sentences == ()


def test_a_document_never_cites_itself(library, write, graph) -> None:
    library.add(write("air.md", f"{AIR}\n## References\n\n{ENTRY}\n"))
    air = ids(library)["air"]
    assert graph.citing(air) == []
    assert graph.references_of(air)[0].held is None


def test_unknown_documents_are_refused(graph) -> None:
    with pytest.raises(UnknownDocument):
        graph.citing("nobody")
    with pytest.raises(UnknownDocument):
        graph.references_of("nobody")
