import pytest

from index.stored_vectors import drop_unused


@pytest.fixture
def held(library, write) -> list[str]:
    """Six documents, each with a passage of its own."""
    report = library.add(*(write(f"{n}.md", f"# Quokka {n}\n\nQuokka number {n} hops.\n") for n in range(6)))
    return [item.document_id for item in report.items]


def test_vectors_without_a_passage_are_dropped_once_they_are_the_most(library, held) -> None:
    library.ingest.remove(held[:3])
    assert library.count("embeddings") == 6
    assert drop_unused(library.database, kept=0) == 0
    library.ingest.remove(held[3:4])
    assert drop_unused(library.database, kept=0) == 4
    assert library.count("embeddings") == library.count("passage_texts") == 2
    assert library.found("quokka number 5", 1) == ["Quokka number 5 hops."]
    assert library.ingest.pending() == 0


def test_few_are_kept(library, held) -> None:
    library.ingest.remove(held)
    assert drop_unused(library.database) == 0
    assert drop_unused(library.database, kept=6) == 0
    assert drop_unused(library.database, kept=5) == 6


def test_a_document_that_comes_back_after_that_is_embedded_again(library, held, write) -> None:
    library.ingest.remove(held)
    drop_unused(library.database, kept=0)
    report = library.add(write("3.md", "# Quokka 3\n\nQuokka number 3 hops.\n"))
    assert report.embedded == 1
    assert library.found("hopping quokka") == ["Quokka number 3 hops."]


def test_the_vectors_of_another_model_stay_with_their_passages(library, held, open_library, other_embedder) -> None:
    other = open_library(embedder=other_embedder)
    assert other.add().embedded == 6
    with library.database.writing() as connection:
        connection.executemany(
            "INSERT INTO embeddings(text_hash, fingerprint, vector) VALUES (?, 'a third', x'00')",
            [(bytes([number]) * 32,) for number in range(13)],
        )
    assert drop_unused(library.database, kept=0) == 13
    assert library.count("embeddings") == 12
