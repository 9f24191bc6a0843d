"""Where documents come from: a file, or one line of a collection; each with the hash of its content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import ReadError
from corpus.model import Source
from corpus.readers.collection import COLLECTION_ENDING, Entry, collection_of, list_entries
from index.files import collect, fingerprint

__all__ = ["Original", "PresentHashes", "find_originals", "hashes_now"]


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


class PresentHashes:
    """Asks files for their hash as it is now; a place is looked at once, and a collection read once."""

    def __init__(self, known: Mapping[str, str] | None = None) -> None:
        self._known: dict[str, str | None] = dict(known or {})
        self._collections: dict[str, dict[str, str]] = {}

    def of(self, place: str) -> str | None:
        """The SHA-256 of a place's content, or None where it is gone."""
        if place not in self._known:
            self._known[place] = self._look(place)
        return self._known[place]

    def _look(self, place: str) -> str | None:
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


def hashes_now(places: Iterable[str]) -> Iterator[tuple[str, str | None]]:
    """For each place its SHA-256 as it is now, or None where it is gone."""
    present = PresentHashes()
    for place in places:
        yield place, present.of(place)
