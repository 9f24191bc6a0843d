from pathlib import Path

import numpy as np

from corpus.store import Database
from corpus.store.database import RoomSchema
from corpus.store.schema import CORPUS_SCHEMA
from index.dense import DenseIndex
from index.schema import INDEX_SCHEMA


def test_vectors_of_an_older_library_are_kept_and_its_changes_logged_from_then_on(tmp_path: Path) -> None:
    older = RoomSchema("index", INDEX_SCHEMA.migrations[:1])
    vectors = np.eye(3, dtype=np.float32)
    database = Database(tmp_path, (CORPUS_SCHEMA, older))
    database.reader().execute("PRAGMA foreign_keys = OFF")
    with database.writing() as connection:
        for number, vector in enumerate(vectors, 1):
            connection.execute("INSERT INTO passage_texts VALUES (?, ?)", (number, bytes([number])))
            connection.execute("INSERT INTO embeddings VALUES (?, 'a model', ?)", (bytes([number]), vector.tobytes()))
    database.close()

    database = Database(tmp_path, (CORPUS_SCHEMA, INDEX_SCHEMA))
    database.reader().execute("PRAGMA foreign_keys = OFF")
    dense = DenseIndex(database, "a model")
    assert dense.search(vectors[1:2], 1) == [(2, 1.0)]
    with database.writing() as connection:
        connection.execute("DELETE FROM passage_texts WHERE passage_id = 2")
        connection.execute("INSERT INTO passage_texts VALUES (4, ?)", (bytes([2]),))
    assert dense.search(vectors[1:2], 1) == [(4, 1.0)]
    assert DenseIndex(database, "a model").search(vectors[1:2], 1) == [(4, 1.0)]
    database.close()
