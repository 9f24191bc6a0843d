"""Libraries written before term vectors were kept, or by an older analyzer, are brought up to date from their text."""

import sqlite3

import pytest

from corpus.store import Database, DocumentStore
from corpus.store.schema import CORPUS_SCHEMA
from index.dense import DenseIndex
from index.ingest import Ingest
from index.lexical import LexicalIndex
from index.reindexing import index_terms, index_terms_anew
from index.schema import INDEX_SCHEMA

BEFORE = INDEX_SCHEMA.migrations.index(index_terms) - 1
"""The steps up to the one that brought term vectors; the next two make and fill their tables."""
TEXTS = {"a.md": "# Colour\n\n## Licences\n\nThe colour of organisation.\n", "b.md": "# 語言\n\n語言模型 is here.\n"}


@pytest.fixture
def old_folder(tmp_path, library, write, embedder):
    """A library whose documents are there, with the first schema's empty full-text tables."""
    library.add(*(write(name, text) for name, text in TEXTS.items()))
    connection = sqlite3.connect(library.folder / "library.db")
    for table in ("passage_words", "term_vectors", "terms", "term_totals"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("CREATE VIRTUAL TABLE passage_words USING fts5(title, heading, body, content='')")
    connection.execute("CREATE VIRTUAL TABLE passage_vocabulary USING fts5vocab(passage_words, row)")
    connection.execute("UPDATE migrations SET seen = ? WHERE room = 'index'", (BEFORE,))
    connection.commit()
    connection.close()
    library.database.close()
    return library.folder


def tables(database: Database) -> dict[str, list[tuple]]:
    queries = {
        "vectors": "SELECT passage_id, title, heading, terms FROM term_vectors ORDER BY 1",
        "terms": "SELECT hash, term, passages FROM terms ORDER BY 1",
        "totals": "SELECT passages, terms FROM term_totals",
    }
    return {name: [tuple(row) for row in database.reader().execute(sql)] for name, sql in queries.items()}


def test_old_libraries_are_filled_with_what_new_ones_hold(old_folder, library, open_library, embedder) -> None:
    migrated = Database(old_folder, (CORPUS_SCHEMA, INDEX_SCHEMA))
    store, lexical = DocumentStore(migrated), LexicalIndex(migrated)
    found = tables(migrated)
    assert found["totals"][0][0] == 2
    assert [i for i, _ in lexical.search("color organizations", 5)]
    assert [i for i, _ in lexical.search("言模", 5)]
    # Taking everything out must fit what the migration put in, to the last count.
    dense = DenseIndex(migrated, embedder.model.fingerprint)
    ingest = Ingest(migrated, store, lexical, dense, embedder)
    ingest.remove([summary.document_id for summary in store.summaries()])
    migrated.reader().execute("INSERT INTO passage_words(passage_words) VALUES ('integrity-check')")
    assert tables(migrated) == {"vectors": [], "terms": [], "totals": [(0, 0)]}
    migrated.close()


def test_what_an_older_analyzer_filed_is_filed_anew(library, write, open_library) -> None:
    library.add(write("a.md", "# Datasets\n\nPretraining data from Łódź.\n"))
    fresh = tables(library.database)
    with library.database.writing() as connection:
        connection.execute("UPDATE terms SET term = 'pretrain' WHERE term = 'train'")
        connection.execute("UPDATE term_vectors SET terms = x'00000000'")
        connection.execute("UPDATE term_totals SET terms = terms + 5")
        connection.execute(
            "UPDATE migrations SET seen = ? WHERE room = 'index'", (INDEX_SCHEMA.migrations.index(index_terms_anew),)
        )
    library.database.close()
    migrated = Database(library.folder, (CORPUS_SCHEMA, INDEX_SCHEMA))
    assert tables(migrated) == fresh
    lexical = LexicalIndex(migrated)
    for text in (
        "pre-training",
        "pretraining",
        '"pretraining data"',
        '"pre-training data"',
        "pretr*",
        "data set",
        "lodz",
    ):
        assert lexical.search(text, 5), text
    migrated.close()
