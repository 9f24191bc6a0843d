"""The file of the dense index: what FAISS writes, and behind it a description of what that is.

Both in one file, replaced by renaming: a reader sees one state or the other, never the half of one. A big file is
mapped into memory, so that opening costs nothing and only what a search touches is read.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from index.stored_vectors import Position

__all__ = ["DenseFile", "Description"]

_MAGIC = b"loccit-dense-1\n"
_LENGTH = 8
_TAIL = len(_MAGIC) + _LENGTH
_LONGEST_DESCRIPTION = 10_000
_CHECKED_BYTES = 64 << 20
"""A file up to this size is compared with its digest whenever it is opened, which takes a tenth of a second."""


@dataclass(frozen=True, slots=True)
class Description:
    """What stands behind FAISS's bytes."""

    library: str
    """What tells the library from every other one."""
    fingerprint: str
    """Of the embedding model."""
    position: Position
    """Up to where in the log of changes the index accounts for the library."""
    vectors: int
    trained_on: int
    """How many vectors there were when the index was divided into cells; 0 where it is exact."""
    bytes: int = 0
    """Of FAISS's part; 0 where the index is in memory only."""
    sha256: str = ""

    @property
    def mapped(self) -> bool:
        """Whether the file is mapped rather than read."""
        return self.bytes > _CHECKED_BYTES


class DenseFile:
    """Reads and replaces one file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def describe(self) -> Description | None:
        """The description, without reading the index; None where there is no whole file."""
        try:
            with self.path.open("rb") as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(max(0, size - _TAIL))
                tail = file.read()
                length = int.from_bytes(tail[:_LENGTH], "little")
                if tail[_LENGTH:] != _MAGIC or length > min(_LONGEST_DESCRIPTION, size - _TAIL):
                    return None
                file.seek(size - _TAIL - length)
                values = json.loads(file.read(length))
                description = Description(**values | {"position": Position(*values["position"])})
                return description if description.bytes == size - _TAIL - length else None
        except (OSError, ValueError, TypeError, KeyError):
            return None  # absent or damaged: made again, which loses nothing

    def read(self, description: Description, *, writable: bool = False) -> Any:
        """The index, mapped where it is big unless it shall be ``writable``; None where it is not as described."""
        import faiss

        if not description.mapped and not self.is_whole(description):
            return None
        try:
            return faiss.read_index(
                str(self.path), faiss.IO_FLAG_MMAP_IFC if description.mapped and not writable else 0
            )
        except RuntimeError:
            return None

    def is_whole(self, description: Description) -> bool:
        """Whether the bytes have the digest that they were written with."""
        digest = hashlib.sha256()
        left = description.bytes
        try:
            with self.path.open("rb") as file:
                while left and (block := file.read(min(left, 1 << 20))):
                    digest.update(block)
                    left -= len(block)
        except OSError:
            return False
        return digest.hexdigest() == description.sha256

    def replace(self, index: Any, description: Description) -> Description:
        """Write beside, flush to the disk, then rename; gives the description with length and digest.

        Only the holder of the library's dense lock may.

        Raises:
            OSError: the folder cannot be written.
        """
        import faiss

        # One name, so that what a killed process left behind is written over.
        temporary = self.path.with_suffix(".faiss.new")
        try:
            faiss.write_index(index, str(temporary))
        except RuntimeError as error:
            raise OSError(str(error)) from error
        with temporary.open("r+b") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.seek(0, os.SEEK_END)
            filed = replace(description, bytes=size, sha256=digest)
            data = json.dumps(asdict(filed)).encode()
            file.write(data + len(data).to_bytes(_LENGTH, "little") + _MAGIC)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self.path)
        _flush_folder(self.path.parent)
        return filed


def _flush_folder(folder: Path) -> None:
    """Make the new name itself durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
