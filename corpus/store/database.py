"""The library's database ``library.db``: opened, locked and migrated.

SQLite in WAL mode: any number of readers, and one writer behind a file lock that all processes share (the WAL reset
of SQLite before 3.51.3 is safe with a single writer only). Libraries that cannot be written can still be read.
"""

import contextlib
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from corpus.errors import LibraryError, LibraryLocked

__all__ = ["Database", "RoomSchema"]

_LOCK_SECONDS = 30.0
_FILE_NAME = "library.db"
Migration = str | Callable[[sqlite3.Connection], None]
"""An SQL script, or a function that fills new tables inside the transaction of its connection."""
_COPY = "Copy the folder to where you can write, and name the copy with loccit --library DIR"


@dataclass(frozen=True, slots=True)
class RoomSchema:
    """The migrations that make one package's tables; new ones are appended, none is changed."""

    room: str
    migrations: tuple[Migration, ...]
    """A library stores per room the number of those already applied."""


class Database:
    """One library folder's database; connections are opened per thread.

    Raises:
        LibraryError: the folder cannot be created or read, or the file is not a library, from a newer version, or from
            an older one and read-only.
    """

    def __init__(self, folder: Path, schemas: Sequence[RoomSchema]) -> None:
        self.folder = folder
        self.path = folder / _FILE_NAME
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        self._writer = threading.RLock()
        self._file_lock = FileLock(folder / "library.lock", timeout=_LOCK_SECONDS)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            cause = f"The library folder cannot be created ({error.strerror})"
            raise LibraryError(cause, place=str(folder), remedy="Name another with loccit --library DIR") from error
        _check_access(self.path)
        present, folder_writable = os.access(self.path, os.F_OK), os.access(folder, os.W_OK)
        self.read_only = present and not (folder_writable and os.access(self.path, os.W_OK))
        """Whether the library can be read and not written; SQLite writes beside the database, too."""
        try:
            self._migrate(schemas)
        except (sqlite3.DatabaseError, OSError) as error:
            self.close()
            cause = f"The library cannot be opened ({error})"
            remedy = "If it was damaged, move it away; loccit add reads the originals again"
            raise LibraryError(cause, place=str(self.path), remedy=remedy) from error

    def reader(self) -> sqlite3.Connection:
        """This thread's connection, for reading."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._connect()
            self._local.connection = connection
        return connection

    def row(self, query: str, values: Sequence[object] = ()) -> Any:
        """The first row that a query finds, or None."""
        return self.reader().execute(query, values).fetchone()

    def rows(self, query: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
        """All rows that a query finds."""
        return self.reader().execute(query, values).fetchall()

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: committed at the end, rolled back on any error.

        Raises:
            LibraryLocked: another process has been writing for half a minute.
            LibraryError: the library is read-only, or the disk refused.
        """
        self.check_writable()
        with self._writer:
            try:
                self._file_lock.acquire()
            except Timeout:
                cause, remedy = "Another loccit is writing to the library", "Try again when it is done"
                raise LibraryLocked(cause, place=str(self.folder), remedy=remedy) from None
            except OSError as error:
                cause = f"The library folder cannot be written ({error.strerror})"
                raise LibraryError(cause, place=str(self.folder), remedy="Give yourself write permission") from error
            connection = self.reader()
            try:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
            except sqlite3.DatabaseError as error:
                self._roll_back(connection)
                cause = f"Writing failed ({error})"
                raise LibraryError(cause, place=str(self.path), remedy="Run loccit doctor") from error
            except BaseException:
                self._roll_back(connection)
                raise
            finally:
                self._file_lock.release()

    def check_writable(self) -> None:
        """Refuse work whose result could not be stored.

        Raises:
            LibraryError: the library is read-only.
        """
        if self.read_only:
            cause = "The library is read-only, nothing can be written to its folder"
            remedy = f"Give yourself write permission, or {_COPY[0].lower()}{_COPY[1:]}"
            raise LibraryError(cause, place=str(self.folder), remedy=remedy)

    def close(self) -> None:
        """Close every thread's connection."""
        with self._guard:
            for connection in self._connections:
                connection.close()
            self._connections.clear()
        self._local = threading.local()

    def _roll_back(self, connection: sqlite3.Connection) -> None:
        if connection.in_transaction:
            connection.execute("ROLLBACK")

    def _connect(self) -> sqlite3.Connection:
        connection = _connect_read_only(self.path) if self.read_only else _connect(self.path.absolute().as_uri())
        with self._guard:
            self._connections.append(connection)
        connection.row_factory = sqlite3.Row
        if not self.read_only:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
        return connection

    def _migrate(self, schemas: Sequence[RoomSchema]) -> None:
        connection = self.reader()
        seen = self._versions(connection)
        for schema in schemas:
            if seen.get(schema.room, 0) > len(schema.migrations):
                cause = "The library was written by a newer loccit"
                raise LibraryError(cause, place=str(self.path), remedy="Update loccit")
        if all(seen.get(schema.room, 0) == len(schema.migrations) for schema in schemas):
            return
        if self.read_only:
            cause = "The library was written by an older loccit, and cannot be updated because it is read-only"
            raise LibraryError(cause, place=str(self.folder), remedy=_COPY)
        with self.writing() as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS migrations(room TEXT PRIMARY KEY, seen INTEGER NOT NULL)")
            seen = self._versions(connection)
            if any(seen.values()):
                self._back_up()
            for schema in schemas:
                for migration in schema.migrations[seen.get(schema.room, 0) :]:
                    _apply(connection, migration)
                connection.execute("REPLACE INTO migrations VALUES (?, ?)", (schema.room, len(schema.migrations)))

    def _versions(self, connection: sqlite3.Connection) -> dict[str, int]:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'migrations'").fetchone():
            return {}
        return {row["room"]: row["seen"] for row in connection.execute("SELECT room, seen FROM migrations")}

    def _back_up(self) -> None:
        """Copy the library before its tables change."""
        source = sqlite3.connect(self.path)
        target = sqlite3.connect(self.folder / "library.before-migration.db")
        with contextlib.closing(source), contextlib.closing(target):
            source.backup(target)


def _apply(connection: sqlite3.Connection, migration: Migration) -> None:
    if callable(migration):
        migration(connection)
        return
    for statement in migration.split(";\n"):
        connection.execute(statement)


def _check_access(path: Path) -> None:
    """Check that the database at ``path`` can be read or created; its folder exists."""
    place = path.parent
    if not os.access(place, os.R_OK | os.X_OK):
        cause = "The library folder cannot be read"
    elif os.access(path, os.F_OK) and not os.access(path, os.R_OK):
        cause, place = "The library cannot be read", path
    elif not os.access(path, os.F_OK) and not os.access(path.parent, os.W_OK):
        cause = "There is no library in this folder, and none can be created (the folder is read-only)"
    else:
        return
    remedy = "Give yourself permission, or name another: loccit --library DIR"
    raise LibraryError(cause, place=str(place), remedy=remedy)


def _connect_read_only(path: Path) -> sqlite3.Connection:
    """A connection that writes neither to the database nor beside it.

    If a process that may write has the library open, its write-ahead log is read too. If there is no log and none can
    be created, SQLite must be told that nobody writes (https://www.sqlite.org/wal.html#readonly).
    """
    place = path.absolute().as_uri()
    connection = _connect(f"{place}?mode=ro")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
        return connection
    except sqlite3.OperationalError:
        connection.close()
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        cause = "The library was not closed properly, and cannot be repaired in a read-only folder"
        raise LibraryError(cause, place=str(path.parent), remedy=_COPY)
    return _connect(f"{place}?mode=ro&immutable=1")


def _connect(uri: str) -> sqlite3.Connection:
    return sqlite3.connect(uri, uri=True, timeout=_LOCK_SECONDS, isolation_level=None, check_same_thread=False)
