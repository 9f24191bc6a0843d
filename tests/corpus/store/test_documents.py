from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import UnknownDocument
from corpus.model import Document, Passage, Source
from corpus.store import Database, DocumentStore
from corpus.store.schema import CORPUS_SCHEMA

SOURCE = (
    "---\ntitle: {title}\nauthor: Ann Lee\ndate: 2021-03-04\n---\n\n"
    "# One\n\nFirst “sentence” 📘. Second, by Major (2020).\n\n"
    "## References\n\nMajor, M. (2020). On things. arXiv:2001.00001.\n"
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DocumentStore]:
    database = Database(tmp_path / "library", (CORPUS_SCHEMA,))
    yield DocumentStore(database)
    database.close()


@pytest.fixture
def document(read) -> Document:
    return read("a.md", SOURCE.format(title="On Release"))


def source(path: str = "/papers/a.md", sha256: str = "a1" * 32, modified: float = 5.0) -> Source:
    return Source(path, sha256, 100, modified)


def first_words(document: Document) -> Passage:
    begin = document.text.index("First")
    return Passage(begin, document.text.index("Second") - 1, 0)


def insert(store: DocumentStore, where: Source, document: Document, **options: object) -> str:
    with store.database.writing() as connection:
        return store.insert(connection, where, document, [first_words(document)], **options)


def test_a_document_comes_back_as_it_was_put_in(store: DocumentStore, document: Document) -> None:
    identity = insert(store, source(), document)
    stored = store.get(identity)
    assert stored.document == document
    assert stored.source == source()
    assert stored.key == "lee2021release"
    assert not stored.starter


def test_it_is_found_by_id_key_and_path(store: DocumentStore, document: Document) -> None:
    identity = insert(store, source(), document)
    assert store.identify(identity) == store.identify("lee2021release") == store.identify("/papers/a.md") == identity
    assert store.by_path("/papers/a.md") == (identity, "a1" * 32)
    assert store.by_hash("a1" * 32) == (identity, "/papers/a.md")


@pytest.mark.parametrize("name", ["", "absent", "%", "' OR 1=1 --"])
def test_an_unknown_name_is_refused(store: DocumentStore, document: Document, name: str) -> None:
    insert(store, source(), document)
    with pytest.raises(UnknownDocument, match="loccit list"):
        store.get(name)
    assert store.by_path(name) is None
    assert store.by_hash(name) is None


def test_the_summary_is_a_line_of_the_list(store: DocumentStore, document: Document) -> None:
    identity = insert(store, source(), document, starter=True)
    (line,) = store.summaries()
    assert (line.document_id, line.key, line.title, line.authors) == (
        identity,
        "lee2021release",
        "On Release",
        ("Ann Lee",),
    )
    assert (line.year, line.kind, line.path, line.passages, line.starter) == (2021, "document", "/papers/a.md", 1, True)
    assert store.starter_ids() == [identity]


def test_a_document_without_a_title_is_called_by_its_file(store: DocumentStore, read) -> None:
    document = read("plain.txt", "First of all. Second of all.")
    identity = insert(store, source("/papers/plain.txt"), document)
    assert store.get(identity).name == store.summaries()[0].name == "plain.txt"


def test_passages_are_slices_of_the_text_with_the_words_above_them(store: DocumentStore, document: Document) -> None:
    identity = insert(store, source(), document)
    (passage,) = store.passages_of(identity)
    assert passage.text == document.text[passage.start : passage.end] == "First “sentence” 📘."
    assert (passage.title, passage.heading) == ("On Release", "One")
    assert store.passages([passage.passage_id, 999]) == {passage.passage_id: passage}
    assert store.passages([]) == {}


def test_the_same_content_gets_the_same_id_and_equal_starts_of_hashes_get_longer_ones(
    store: DocumentStore, document: Document
) -> None:
    first = insert(store, source("/papers/a.md", "a1" * 32), document)
    second = insert(store, source("/papers/b.md", "a1" * 16 + "b2" * 16), document)
    assert first == "a1" * 5
    assert second != first and second.startswith(first)
    assert store.get(second).key == "lee2021releasea"


def test_a_replacement_keeps_id_key_and_place_in_the_list(store: DocumentStore, document: Document, read) -> None:
    first = insert(store, source("/papers/a.md", "a1" * 32), document)
    other = insert(store, source("/papers/b.md", "b2" * 32), document)
    before = store.get(first)
    changed = read("a.md", SOURCE.format(title="A New Name"))
    assert insert(store, source("/papers/a.md", "c3" * 32, 6.0), changed, replacing=first) == first
    after = store.get(first)
    assert (after.key, after.document.record.title) == (before.key, "A New Name")
    assert after.source.sha256 == "c3" * 32
    assert [line.document_id for line in store.summaries()] == [first, other]


def test_a_removed_document_leaves_no_row_behind(store: DocumentStore, document: Document) -> None:
    identity = insert(store, source(), document)
    with store.database.writing() as connection:
        store.delete(connection, identity)
    for table in ("documents", "layouts", "passages", "reference_entries", "mentions"):
        assert store.database.reader().execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0, table
    with pytest.raises(UnknownDocument):
        store.get(identity)


def test_a_moved_file_is_remembered_at_its_new_place(store: DocumentStore, document: Document) -> None:
    identity = insert(store, source(), document)
    store.get(identity)
    with store.database.writing() as connection:
        store.relocate(connection, identity, "/elsewhere/a.md")
    assert store.get(identity).source.path == "/elsewhere/a.md"
    assert store.by_path("/papers/a.md") is None


def test_the_outline_tells_how_much_there_is_without_loading_the_document(
    store: DocumentStore, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = insert(store, source(), document)
    monkeypatch.setattr(store, "_title_and_text", None)
    monkeypatch.setattr(store, "_cached", None)
    outline = store.outline(identity)
    assert (outline.title, outline.authors, outline.year) == ("On Release", ("Ann Lee",), 2021)
    assert (outline.pages, outline.pages_failed) == (len(document.pages), document.pages_failed)
    assert (outline.passages, outline.references) == (1, 1)
    with pytest.raises(UnknownDocument):
        store.outline("absent")
