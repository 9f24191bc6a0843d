import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import UnknownDocument
from corpus.model import Document, Passage, Source
from corpus.store import Database, DocumentStore, RoomSchema
from corpus.store.documents import held_languages
from corpus.store.schema import CORPUS_SCHEMA, fill_languages

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


ENGLISH = "# Quokkas\n\nThe quokka hops at dusk, and it rests at noon. There is no more to be said of it than this.\n"
GERMAN = "# Quokkas\n\nDas Quokka hüpft am Abend, und am Mittag ruht es sich aus. Mehr weiß man bis zur Zeit nicht.\n"
UNCERTAIN = "# Quokkas 2019\n\n12, 14, 17.\n"


def test_languages_are_found_stored_counted_and_corrected_for_good(library, write) -> None:
    files = {name: write(name, text) for name, text in (("a.md", ENGLISH), ("b.md", GERMAN), ("c.md", UNCERTAIN))}
    report = library.add(*files.values())
    assert [summary.language for summary in library.store.summaries()] == ["en", "de", ""]
    assert held_languages(library.database) == {"de": 1, "en": 1}
    library.ingest.edit(report.items[2].document_id, {"language": "la"})
    files["c.md"].write_text(UNCERTAIN + "\nThe rest of it is in English, as anybody can see who has read that far.\n")
    library.add(files["c.md"])
    assert held_languages(library.database) == {"de": 1, "en": 1, "la": 1}


def test_older_libraries_get_the_languages_of_their_texts(library, write) -> None:
    library.add(write("a.md", ENGLISH), write("b.md", UNCERTAIN))
    now = [library.store.get(summary.document_id).document for summary in library.store.summaries()]
    library.database.close()
    connection = sqlite3.connect(library.folder / "library.db")
    for column in ("record", "origins"):
        connection.execute(f"UPDATE documents SET {column} = json_remove({column}, '$.language')")
    before = CORPUS_SCHEMA.migrations.index(fill_languages)
    connection.execute("UPDATE migrations SET seen = ? WHERE room = 'corpus'", (before,))
    connection.commit()
    connection.close()
    migrated = Database(library.folder, (RoomSchema("corpus", CORPUS_SCHEMA.migrations[: before + 1]),))
    store = DocumentStore(migrated)
    assert [store.get(summary.document_id).document for summary in store.summaries()] == now
    record = migrated.reader().execute("SELECT record FROM documents WHERE path LIKE '%a.md'").fetchone()[0]
    assert json.loads(record)["language"] == "en"
    migrated.close()
