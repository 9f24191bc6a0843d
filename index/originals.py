"""Originals: the files, and lines of JSON-lines collections, that documents are read from, each with its hash."""

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import ReadError
from corpus.model import Source
from corpus.readers import FORMATS
from corpus.readers.collection import COLLECTION_ENDING, Entry, collection_of, list_entries

__all__ = ["CurrentHashes", "Original", "collect", "expanded", "find_originals", "fingerprint"]

_WALKED = FORMATS.keys() - {COLLECTION_ENDING}
"""File endings that are read when found in a folder: JSON-lines files lie in many, and most are no documents."""


@dataclass(frozen=True, slots=True)
class Original:
    """A file, or one line of a collection, that a document is read from."""

    source: Source
    item: Path | Entry
    """What the reader gets."""


class CurrentHashes:
    """The present hashes of files and lines of collections; each file is read once."""

    def __init__(self, known: Mapping[str, str] | None = None) -> None:
        self._known: dict[str, str | None] = dict(known or {})
        self._collections: dict[str, dict[str, str]] = {}

    def of(self, place: str) -> str | None:
        """Return the SHA-256 of the content at a path, or None if nothing is there."""
        if place not in self._known:
            self._known[place] = self._hash(place)
        return self._known[place]

    def _hash(self, place: str) -> str | None:
        file = collection_of(place)
        if file is not None:
            if file not in self._collections:
                entries = [entry for entry in list_entries(Path(file)) if isinstance(entry, Entry)]
                self._collections[file] = {entry.source.path: entry.source.sha256 for entry in entries}
            return self._collections[file].get(place)
        try:
            return fingerprint(Path(place)).sha256
        except ReadError:
            return None


def find_originals(paths: Sequence[str | Path]) -> Iterator[Original | ReadError]:
    """Yield the originals behind ``paths``, in order, and an error for what cannot be followed or opened."""
    for item in collect(paths):
        if isinstance(item, ReadError):
            yield item
        elif item.suffix.lower() == COLLECTION_ENDING and item.is_file():
            for entry in list_entries(item):
                yield Original(entry.source, entry) if isinstance(entry, Entry) else entry
        else:
            try:
                yield Original(fingerprint(item), item)
            except ReadError as error:
                yield error


def collect(paths: Sequence[str | Path]) -> Iterator[Path | ReadError]:
    """Yield the files behind ``paths``, each once, folders walked in order, and an error for what cannot be followed.

    In folders, hidden files, collections and unknown formats are skipped; a file named by itself never is.
    """
    seen: set[Path] = set()
    for name in paths:
        path = expanded(name)
        found: list[Path | ReadError]
        try:
            found = list(_walk(path)) if path.is_dir() else [path]
        except OSError as error:
            found = [ReadError(f"The path cannot be followed ({error.strerror})", place=str(path))]
        if not found:
            remedy = f"Files read: {' '.join(sorted(_WALKED))}"
            found = [ReadError("There are no readable files in this folder", place=str(path), remedy=remedy)]
        for item in found:
            if isinstance(item, ReadError):
                yield item
                continue
            # Links in the path are kept, unless ``..`` must be resolved.
            resolved = item.resolve() if ".." in item.parts else item.absolute()
            place = str(resolved).encode("utf-8", "replace").decode()
            if place != str(resolved):
                yield ReadError("The file's name is no valid text", place=place, remedy="Rename it")
            elif resolved not in seen:
                seen.add(resolved)
                yield resolved


def fingerprint(path: Path) -> Source:
    """Return path, size, time and SHA-256 of a file.

    Raises:
        ReadError: the file is missing or may not be read.
    """
    place = str(path)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            # Opening a pipe would wait until something is written into it.
            raise ReadError("This is not a regular file", place=place)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            status = os.fstat(file.fileno())
    except FileNotFoundError:
        raise ReadError("There is no such file or folder", place=place, remedy="Check the path") from None
    except PermissionError:
        raise ReadError("The file may not be read", place=place, remedy="Give yourself read permission") from None
    except OSError as error:
        raise ReadError(f"The file cannot be opened ({error.strerror})", place=place) from error
    return Source(place, digest, status.st_size, status.st_mtime)


def expanded(name: str | Path) -> Path:
    """Return ``name`` with a leading ``~`` replaced, unless that names a user who does not exist."""
    try:
        return Path(name).expanduser()
    except RuntimeError:
        return Path(name)


def _walk(folder: Path) -> Iterator[Path | ReadError]:
    errors: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in _WALKED:
                yield Path(root) / name
    for error in errors:
        yield ReadError("The folder may not be read", place=str(error.filename), remedy="Give yourself read permission")
