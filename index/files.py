"""Which files a path means: itself, or every readable file in a folder."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.errors import ReadError
from corpus.model import Source
from corpus.readers import FORMATS

__all__ = ["collect", "fingerprint"]


def collect(paths: Sequence[str | Path]) -> Iterator[Path | ReadError]:
    """The files behind ``paths``, each once, folders walked in order; what cannot be followed gives its error.

    In folders, hidden files and formats that nobody reads are passed over; a file named by itself never is.
    """
    seen: set[Path] = set()
    for name in paths:
        path = Path(name).expanduser()
        found: list[Path | ReadError]
        try:
            found = list(_walk(path)) if path.is_dir() else [path]
        except OSError as error:
            found = [ReadError(f"The path cannot be followed ({error.strerror})", place=str(path))]
        if not found:
            endings = " ".join(sorted(FORMATS))
            found = [
                ReadError("No readable files stand in this folder", place=str(path), remedy=f"Files read: {endings}")
            ]
        for item in found:
            if isinstance(item, ReadError):
                yield item
                continue
            resolved = item.absolute()
            if resolved not in seen:
                seen.add(resolved)
                yield resolved


def _walk(folder: Path) -> Iterator[Path | ReadError]:
    errors: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in FORMATS:
                yield Path(root) / name
    for error in errors:
        yield ReadError("The folder may not be read", place=str(error.filename), remedy="Give yourself read permission")


def fingerprint(path: Path) -> Source:
    """Path, size, time and SHA-256 of a file.

    Raises:
        ReadError: the file is missing or may not be read.
    """
    place = str(path)
    try:
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
