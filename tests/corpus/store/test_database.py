"""Libraries that cannot be written, opened by processes that permissions bind."""

import json
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.errors import LibraryError, LibraryLocked
from corpus.store import Database, RoomSchema
from corpus.store import database as database_module

FIRST = RoomSchema("notes", ("CREATE TABLE notes(text TEXT NOT NULL);\nCREATE INDEX notes_text ON notes(text)",))
SECOND = RoomSchema("notes", (*FIRST.migrations, "ALTER TABLE notes ADD COLUMN stars INTEGER NOT NULL DEFAULT 0"))

HOLD_LOCK = """
import sys
from filelock import FileLock
with FileLock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[..., Database]]:
    databases: list[Database] = []

    def open_one(*schemas: RoomSchema) -> Database:
        databases.append(Database(tmp_path / "library", schemas or (FIRST,)))
        return databases[-1]

    yield open_one
    for database in databases:
        database.close()


def texts(database: Database) -> list[str]:
    return [row["text"] for row in database.reader().execute("SELECT text FROM notes ORDER BY rowid")]


def test_what_is_written_is_there_when_the_library_is_opened_again(opened) -> None:
    first = opened()
    with first.writing() as connection:
        connection.execute("INSERT INTO notes VALUES ('kept')")
    first.close()
    assert texts(opened()) == ["kept"]


def test_a_transaction_that_fails_leaves_nothing(opened) -> None:
    database = opened()
    with pytest.raises(ZeroDivisionError), database.writing() as connection:
        connection.execute("INSERT INTO notes VALUES ('half')")
        1 / 0  # noqa: B018
    assert texts(database) == []
    with database.writing() as connection:
        connection.execute("INSERT INTO notes VALUES ('whole')")
    assert texts(database) == ["whole"]


def test_a_statement_that_the_database_refuses_is_a_library_error(opened) -> None:
    database = opened()
    with pytest.raises(LibraryError, match=r"Writing failed.*no such table"), database.writing() as connection:
        connection.execute("INSERT INTO absent VALUES (1)")


def test_readers_go_on_while_another_thread_writes(opened) -> None:
    database = opened()
    seen: list[list[str]] = []
    with database.writing() as connection:
        connection.execute("INSERT INTO notes VALUES ('uncommitted')")
        thread = threading.Thread(target=lambda: seen.append(texts(database)))
        thread.start()
        thread.join(30)
    assert seen == [[]]
    assert texts(database) == ["uncommitted"]


def test_writers_in_several_threads_wait_for_each_other(opened) -> None:
    database = opened()

    def write(number: int) -> None:
        with database.writing() as connection:
            connection.execute("INSERT INTO notes VALUES (?)", (str(number),))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(int, texts(database))) == list(range(12))


def test_a_writer_in_another_process_is_waited_for_and_then_named(
    opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened().close()
    monkeypatch.setattr(database_module, "_LOCK_SECONDS", 0.1)
    database = opened()
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD_LOCK, str(tmp_path / "library" / "library.lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with other:
        assert other.stdout is not None and other.stdin is not None
        other.stdout.readline()
        with pytest.raises(LibraryLocked, match="Another loccit is writing"), database.writing():
            pass
        assert texts(database) == []  # reading needs no lock
        other.stdin.close()
    with database.writing() as connection:
        connection.execute("INSERT INTO notes VALUES ('free again')")
    assert texts(database) == ["free again"]


def test_an_older_library_is_brought_up_to_date_and_backed_up_first(opened, tmp_path: Path) -> None:
    old = opened(FIRST)
    with old.writing() as connection:
        connection.execute("INSERT INTO notes VALUES ('from before')")
    old.close()
    row = opened(SECOND).reader().execute("SELECT text, stars FROM notes").fetchone()
    assert tuple(row) == ("from before", 0)
    backup = sqlite3.connect(tmp_path / "library" / "library.before-migration.db")
    assert [column[1] for column in backup.execute("PRAGMA table_info(notes)")] == ["text"]
    assert backup.execute("SELECT text FROM notes").fetchall() == [("from before",)]
    backup.close()


def test_a_new_room_finds_its_tables_in_an_old_library(opened) -> None:
    opened(FIRST).close()
    other = RoomSchema("clippings", ("CREATE TABLE clippings(text TEXT)",))
    assert opened(FIRST, other).reader().execute("SELECT count(*) FROM clippings").fetchone()[0] == 0


def test_a_migration_that_fails_changes_nothing(opened) -> None:
    opened(FIRST).close()
    broken = RoomSchema("notes", (*FIRST.migrations, "CREATE TABLE more(x);\nCREATE TABLE notes(again)"))
    with pytest.raises(LibraryError):
        opened(broken)
    repaired = opened(SECOND)
    tables = {row["name"] for row in repaired.reader().execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert "more" not in tables


def test_a_library_of_a_newer_version_is_left_alone(opened) -> None:
    opened(SECOND).close()
    with pytest.raises(LibraryError, match=r"newer loccit.*Update loccit"):
        opened(FIRST)


@pytest.mark.parametrize("content", [b"this is no database" * 100, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_named_with_the_way_out(tmp_path: Path, content: bytes) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "library.db").write_bytes(content)
    with pytest.raises(LibraryError, match=r"cannot be opened.*move it away") as caught:
        Database(folder, (FIRST,))
    assert caught.value.place == str(folder / "library.db")
    assert (folder / "library.db").read_bytes() == content


def test_a_truncated_library_is_a_library_error(opened, tmp_path: Path) -> None:
    database = opened()
    with database.writing() as connection:
        connection.executemany("INSERT INTO notes VALUES (?)", [("x" * 500,)] * 200)
    database.close()
    path = tmp_path / "library" / "library.db"
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(LibraryError):
        opened()


def test_damage_that_is_met_while_writing_is_a_library_error(opened, tmp_path: Path) -> None:
    database = opened()
    with database.writing() as connection:
        connection.executemany("INSERT INTO notes VALUES (?)", [(f"{number} " * 100,) for number in range(300)])
    database.close()
    path = tmp_path / "library" / "library.db"
    data = bytearray(path.read_bytes())
    data[3 * 4096 :] = b"\xff" * (len(data) - 3 * 4096)
    path.write_bytes(data)
    with pytest.raises(LibraryError, match="Writing failed"), opened().writing() as connection:
        connection.execute("UPDATE notes SET text = text || '!'")


def test_a_folder_that_cannot_be_written_is_a_library_error(opened, tmp_path: Path) -> None:
    database = opened()
    (tmp_path / "library" / "library.lock").unlink(missing_ok=True)
    (tmp_path / "library" / "library.lock").mkdir()
    with pytest.raises(LibraryError, match="cannot be written"), database.writing():
        pass


def test_an_empty_file_becomes_a_library(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "library.db").touch()
    database = Database(folder, (FIRST,))
    assert texts(database) == []
    database.close()


@pytest.mark.parametrize("below", ["", "deeper/still"])
def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LibraryError, match=r"folder cannot be created.*loccit --library DIR"):
        Database(tmp_path / "file" / below, (FIRST,))


NOTES = ("CREATE TABLE notes(text TEXT NOT NULL)",)
CHILD = """
import json, sys
from pathlib import Path
from corpus.errors import LibraryError
from corpus.store import Database, RoomSchema

found = {}
try:
    database = Database(Path(sys.argv[1]), (RoomSchema("notes", tuple(sys.argv[2:])),))
    found["read_only"] = database.read_only
    found["texts"] = [row["text"] for row in database.reader().execute("SELECT text FROM notes ORDER BY rowid")]
    with database.writing() as connection:
        connection.execute("INSERT INTO notes VALUES ('by the child')")
except LibraryError as error:
    found["error"] = str(error)
print(json.dumps(found))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "a library #1?"
    path.mkdir()
    yield path
    for place in (path, *path.iterdir()):
        place.chmod(0o700)


@pytest.fixture
def child(bound) -> Callable[..., dict[str, object]]:
    def run(folder: Path, *migrations: str) -> dict[str, object]:
        done = subprocess.run(
            [sys.executable, "-c", CHILD, str(folder), *(migrations or NOTES)],
            capture_output=True,
            text=True,
            check=True,
            preexec_fn=bound,
        )
        return dict(json.loads(done.stdout))

    return run


def fill(folder: Path, *texts: str) -> Database:
    database = Database(folder, (RoomSchema("notes", NOTES),))
    for text in texts:
        with database.writing() as connection:
            connection.execute("INSERT INTO notes VALUES (?)", (text,))
    return database


def close_to_writing(folder: Path) -> None:
    for place in (*folder.iterdir(), folder):
        place.chmod(0o500 if place.is_dir() else 0o400)


def test_a_library_that_cannot_be_written_is_read_and_left_as_it_is(folder, child) -> None:
    fill(folder, "one", "two").close()
    close_to_writing(folder)
    before = sorted(path.name for path in folder.iterdir())
    found = child(folder)
    assert found["read_only"] is True
    assert found["texts"] == ["one", "two"]
    assert "is read-only" in found["error"] and str(folder) in found["error"] and "--library DIR" in found["error"]
    assert sorted(path.name for path in folder.iterdir()) == before


@pytest.mark.parametrize("closed", ["folder", "file"])
def test_one_of_folder_and_file_is_enough(folder, child, closed: str) -> None:
    fill(folder, "one").close()
    (folder if closed == "folder" else folder / "library.db").chmod(0o500 if closed == "folder" else 0o400)
    found = child(folder)
    assert (found["read_only"], found["texts"]) == (True, ["one"])
    assert "is read-only" in found["error"]


def test_what_somebody_else_writes_just_now_is_read_too(folder, child) -> None:
    database = fill(folder, "one")
    close_to_writing(folder)
    assert child(folder)["texts"] == ["one"]
    database.reader().execute("INSERT INTO notes VALUES ('since then')")
    assert child(folder)["texts"] == ["one", "since then"]
    database.close()


def test_a_log_that_nobody_can_bring_in_is_named(folder, child, tmp_path) -> None:
    database = fill(folder, "one")
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in ("library.db", "library.db-wal"):
        shutil.copy(folder / name, copy / name)
    database.close()
    close_to_writing(copy)
    error = child(copy)["error"]
    assert "was not closed properly" in error and "Copy the folder" in error
    copy.chmod(0o700)


def test_an_older_library_cannot_be_brought_up_to_date(folder, child) -> None:
    fill(folder, "one").close()
    close_to_writing(folder)
    error = child(folder, *NOTES, "CREATE TABLE more(x)")["error"]
    assert "older loccit" in error and "Copy the folder" in error


def test_where_no_library_is_and_none_can_be_made(folder, child) -> None:
    folder.chmod(0o500)
    assert "none can be created" in child(folder)["error"]


@pytest.mark.parametrize("closed", ["folder", "file"])
def test_a_library_that_cannot_even_be_read_is_named(folder, child, closed: str) -> None:
    fill(folder, "one").close()
    (folder if closed == "folder" else folder / "library.db").chmod(0)
    assert "cannot be read" in child(folder)["error"]


def test_a_library_that_can_be_written_is_written(folder, child) -> None:
    fill(folder, "one").close()
    assert child(folder) == {"read_only": False, "texts": ["one"]}
    assert child(folder)["texts"] == ["one", "by the child"]
