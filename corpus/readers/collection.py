"""Collections: JSON-lines files with many documents, one a line (``_id``, ``title``, ``text``), as BEIR has them.

Each line is an original by itself, named ``FILE#ID`` and hashed separately, so an unchanged line is not read again when
others change.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.analysis import analyse
from corpus.errors import ReadError
from corpus.model import BlockKind, Document, Source
from corpus.readers.frontmatter import front_matter_hints
from corpus.reading import Reading, TextBuilder
from corpus.text.repair import normalise, repair

__all__ = ["COLLECTION_ENDING", "Entry", "collection_of", "list_entries", "read_entry", "refuse_whole"]

COLLECTION_ENDING = ".jsonl"
_PLACE = re.compile(rf"(.*?{re.escape(COLLECTION_ENDING)})#", re.IGNORECASE | re.DOTALL)
_MAX_LINE_BYTES = 20_000_000
_FRUITLESS = 20
"""Number of first lines without a document after which the file is no collection."""
_SHAPE = 'Each line must be like {"_id": "1", "title": "…", "text": "…"}'


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a collection, where it was found."""

    file: str
    source: Source
    """Its path is ``FILE#ID``; hash and size are the line's."""
    offset: int
    """Bytes before the line."""


def collection_of(place: str) -> str | None:
    """Return the path of the collection whose line ``place`` names, or None where it names a file.

    >>> collection_of("/papers/corpus.jsonl#12"), collection_of("/papers/notes#1.md")
    ('/papers/corpus.jsonl', None)
    """
    match = _PLACE.match(place)
    return match.group(1) if match else None


def list_entries(path: Path) -> Iterator[Entry | ReadError]:
    """Yield every line of the collection with its hash; a line that is no document gives its error."""
    entries = errors = 0
    try:
        for item in _scan(path):
            yield item
            entries += isinstance(item, Entry)
            errors += isinstance(item, ReadError)
            if not entries and errors >= _FRUITLESS:
                yield ReadError("The file holds no documents", place=str(path), remedy=_SHAPE)
                return
    except OSError as error:
        yield ReadError(f"The file cannot be opened ({error.strerror})", place=str(path))
        return
    if not entries and not errors:
        yield ReadError("The file is empty", place=str(path), remedy="Save it again, with its text")


def read_entry(entry: Entry) -> Document:
    """Read the document of one line.

    Raises:
        ReadError: the line has changed since it was listed, or says nothing.
    """
    try:
        with Path(entry.file).open("rb") as file:
            file.seek(entry.offset)
            line = file.read(entry.source.size)
    except OSError as error:
        raise ReadError(f"The file cannot be opened ({error.strerror})", place=entry.source.path) from error
    if hashlib.sha256(line).hexdigest() != entry.source.sha256:
        raise ReadError("The file was changed while it was read", place=entry.source.path, remedy="Add it again")
    reading = _reading(_parse(line, entry.source.path))
    if not reading.text.strip():
        raise ReadError("No text was found in the line", place=entry.source.path, remedy=_SHAPE)
    return analyse(reading, Path(entry.file))


def refuse_whole(path: Path) -> Reading:
    """Refuse to read a collection as one document.

    Raises:
        ReadError: always.
    """
    raise ReadError("The file holds many documents, one a line", place=str(path), remedy="Add it to a library")


def _scan(path: Path) -> Iterator[Entry | ReadError]:
    """Yield the entries of a file, and the errors of its lines."""
    seen: set[str] = set()
    offset = 0
    with path.open("rb") as file:
        modified = os.fstat(file.fileno()).st_mtime
        for number, line in enumerate(iter(lambda: file.readline(_MAX_LINE_BYTES + 1), b""), start=1):
            place = f"{path}, line {number}"
            try:
                if len(line) > _MAX_LINE_BYTES:
                    raise ReadError("A line is longer than 20 MB", place=place, remedy="Split the file")
                if line.strip():
                    identity = _identity(_parse(line, place), number)
                    if identity in seen:
                        raise ReadError(f"The id {identity} stands in the file twice", place=place, remedy="Change one")
                    seen.add(identity)
                    digest = hashlib.sha256(line).hexdigest()
                    yield Entry(str(path), Source(f"{path}#{identity}", digest, len(line), modified), offset)
            except ReadError as error:
                yield error
                if len(line) > _MAX_LINE_BYTES:
                    return
            offset += len(line)


def _parse(line: bytes, place: str) -> dict[str, Any]:
    try:
        row = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        raise ReadError("The line is no JSON", place=place, remedy=_SHAPE) from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise ReadError("The line is no document", place=place, remedy=_SHAPE)
    return row


def _identity(row: dict[str, Any], number: int) -> str:
    """Return the line's id on one line, its number where it has none."""
    value = row.get("_id", row.get("id"))
    cleaned = " ".join(normalise(str(value)).split()) if isinstance(value, str | int) else ""
    return cleaned or f"line {number}"


def _reading(row: dict[str, Any]) -> Reading:
    repaired = repair(row["text"].encode("utf-8", "replace"))
    metadata = row.get("metadata")
    stated = front_matter_hints({**(metadata if isinstance(metadata, dict) else {}), **row})
    hints = {name: replace(hint, source="JSON line") for name, hint in stated.items() if name != "kind"}
    builder = TextBuilder()
    if "title" in hints:
        title = repair(hints["title"].value.encode("utf-8", "replace")).text
        builder.add(BlockKind.HEADING, " ".join(title.split()), level=1)
    for paragraph in repaired.text.split("\n\n"):
        builder.add(BlockKind.PARAGRAPH, " ".join(paragraph.split()))
    return builder.reading("jsonl", hints, lost=repaired.lost)
