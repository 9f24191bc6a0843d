import json
import sqlite3

from corpus.store import Database, DocumentStore, RoomSchema
from corpus.store.languages import fill_languages, held_languages
from corpus.store.schema import CORPUS_SCHEMA

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
