"""Libraries that cannot be written, opened by processes that permissions bind."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.store import Database, RoomSchema

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
    assert "was not closed" in error and "Copy the folder" in error
    copy.chmod(0o700)


def test_an_older_library_cannot_be_brought_up_to_date(folder, child) -> None:
    fill(folder, "one").close()
    close_to_writing(folder)
    error = child(folder, *NOTES, "CREATE TABLE more(x)")["error"]
    assert "older loccit" in error and "Copy the folder" in error


def test_where_no_library_is_and_none_can_be_made(folder, child) -> None:
    folder.chmod(0o500)
    assert "none can be made" in child(folder)["error"]


@pytest.mark.parametrize("closed", ["folder", "file"])
def test_a_library_that_cannot_even_be_read_is_named(folder, child, closed: str) -> None:
    fill(folder, "one").close()
    (folder if closed == "folder" else folder / "library.db").chmod(0)
    assert "cannot be read" in child(folder)["error"]


def test_a_library_that_can_be_written_is_written(folder, child) -> None:
    fill(folder, "one").close()
    assert child(folder) == {"read_only": False, "texts": ["one"]}
    assert child(folder)["texts"] == ["one", "by the child"]
