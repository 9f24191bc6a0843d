"""Where documents come from: a file, or one line of a collection; each with the hash of its content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import ReadError
from corpus.model import Source
from corpus.readers.collection import COLLECTION_ENDING, Entry, collection_of, list_entries
from index.files import collect, fingerprint

__all__ = ["Original", "find_originals", "hashes_now", "still_there"]


@dataclass(frozen=True, slots=True)
class Original:
    """What one document is read from."""

    source: Source
    item: Path | Entry
    """What the reader is given."""


def find_originals(paths: Sequence[str | Path]) -> Iterator[Original | ReadError]:
    """The originals behind ``paths``, in order; what cannot be followed or opened gives its error."""
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


def hashes_now(places: Iterable[str]) -> Iterator[tuple[str, str | None]]:
    """For each place its SHA-256 as it is now, or None where it is gone; a collection is read once."""
    collections: dict[str, dict[str, str]] = {}
    for place in places:
        file = collection_of(place)
        if file is not None:
            if file not in collections:
                entries = [entry for entry in list_entries(Path(file)) if isinstance(entry, Entry)]
                collections[file] = {entry.source.path: entry.source.sha256 for entry in entries}
            yield place, collections[file].get(place)
            continue
        try:
            yield place, fingerprint(Path(place)).sha256
        except ReadError:
            yield place, None


def still_there(place: str) -> bool:
    """Whether the file of a place exists."""
    return Path(collection_of(place) or place).exists()
