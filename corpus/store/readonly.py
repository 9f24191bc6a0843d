"""A library that can be read and not written: on read-only media, or in the folder of somebody else."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from corpus.errors import LibraryError

__all__ = ["check_place", "connect_read_only", "is_read_only", "refusal"]

_COPY = "copy the folder to where you can write, and name the copy with loccit --library DIR"


def check_place(path: Path) -> None:
    """Look whether the database at ``path`` can be read, or made where there is none; its folder is there.

    Raises:
        LibraryError: it cannot.
    """
    if not os.access(path.parent, os.R_OK | os.X_OK):
        cause, place = "The library folder cannot be read", path.parent
    elif os.access(path, os.F_OK) and not os.access(path, os.R_OK):
        cause, place = "The library cannot be read", path
    elif not os.access(path, os.F_OK) and not os.access(path.parent, os.W_OK):
        cause, place = "There is no library in this folder, and none can be made (it cannot be written)", path.parent
    else:
        return
    raise LibraryError(
        cause, place=str(place), remedy="Give yourself permission, or name another: loccit --library DIR"
    )


def is_read_only(path: Path) -> bool:
    """Whether the database at ``path`` is there and cannot be written; SQLite writes beside it, too."""
    return os.access(path, os.F_OK) and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def connect_read_only(path: Path, timeout: float) -> sqlite3.Connection:
    """A connection that writes nothing, neither into the database nor beside it.

    While somebody who may write has the library open, its log of writes is read along. Where there is none and none
    can be made, SQLite has to be told that nobody writes (https://www.sqlite.org/wal.html#readonly).

    Raises:
        LibraryError: what was written last stands in a log that only somebody who may write can bring in.
        sqlite3.DatabaseError: the file is no database.
    """
    place = path.absolute().as_uri()
    connection = _connect(f"{place}?mode=ro", timeout)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
        return connection
    except sqlite3.OperationalError:
        connection.close()
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        raise LibraryError(
            "The library was not closed, and cannot be put in order where nothing can be written",
            place=str(path.parent),
            remedy=_COPY[0].upper() + _COPY[1:],
        )
    return _connect(f"{place}?mode=ro&immutable=1", timeout)


def refusal(folder: Path) -> LibraryError:
    """The error of everything that would write."""
    remedy = f"Give yourself write permission, or {_COPY}"
    return LibraryError(
        "The library is read-only, nothing can be written to its folder", place=str(folder), remedy=remedy
    )


def _connect(uri: str, timeout: float) -> sqlite3.Connection:
    return sqlite3.connect(uri, uri=True, timeout=timeout, isolation_level=None, check_same_thread=False)
