"""Filters that restrict a search: documents, authors, years, kinds, sections, tags and languages."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UsageError
from corpus.records.record import KINDS
from corpus.store import Database
from corpus.store.documents import held_languages
from corpus.store.tags import Tags
from corpus.text.languages import LANGUAGES
from index.analyzer import is_ideographic

__all__ = ["UNDETERMINED", "Filters", "parse_years", "passages_within"]

UNDETERMINED = "und"
"""The code of ISO 639-2 for a language that is not certain."""

_YEARS = re.compile(r"(\d{4})?(-)?(\d{4})?")


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions that must all be met; one of several values of a condition suffices. Case does not matter."""

    documents: tuple[str, ...] = ()
    """Ids."""
    authors: tuple[str, ...] = ()
    """Names or parts of names."""
    years: tuple[int | None, int | None] | None = None
    """First and last year; None leaves an end open. A document without a year is in no range."""
    kinds: tuple[str, ...] = ()
    """``paper``, ``essay`` ..."""
    sections: tuple[str, ...] = ()
    """Words of a heading; a section includes its subsections."""
    tags: tuple[str, ...] = ()
    """The user's own words on documents."""
    languages: tuple[str, ...] = ()
    """In ISO 639-1; ``und`` for documents whose language is not certain."""

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


def parse_years(text: str) -> tuple[int | None, int | None]:
    """Read ``2020``, ``2020-2023``, ``2020-`` or ``-2023``.

    >>> parse_years("2020-2023"), parse_years("2020"), parse_years("-2019")
    ((2020, 2023), (2020, 2020), (None, 2019))

    Raises:
        UsageError: it is none of these, or the range is empty.
    """
    match = _YEARS.fullmatch(text.strip().replace("–", "-"))
    if match is None or not (match[1] or match[3]) or (match[3] and not match[2]):
        remedy = "Write 2020, 2020-2023, 2020- or -2023"
        raise UsageError("This is not a year or a range of years", place=text, remedy=remedy)
    first = int(match[1]) if match[1] else None
    last = (int(match[3]) if match[3] else None) if match[2] else first
    if first is not None and last is not None and first > last:
        raise UsageError("The range of years ends before it begins", place=text, remedy=f"Write {last}-{first}")
    return first, last


def passages_within(database: Database, filters: Filters) -> NDArray[np.int64]:
    """Return the ids of the passages that meet the conditions, in ascending order.

    Raises:
        UsageError: there is no such kind of document, tag or language.
    """
    for kind in filters.kinds:
        if kind not in KINDS:
            remedy = f"The kinds are {', '.join(KINDS)}"
            raise UsageError("There is no such kind of document", place=kind, remedy=remedy)
    conditions, arguments = ["1"], list[object]()

    def require(condition: str, values: Iterable[str]) -> None:
        conditions.append(condition.replace("?", "(SELECT value FROM json_each(?))"))
        arguments.append(json.dumps(list(values)))

    for sign, year in zip((">=", "<="), filters.years or (None, None), strict=True):
        if year is not None:
            conditions.append(f"d.year {sign} ?")
            arguments.append(year)
    if filters.documents:
        require("d.id IN ?", filters.documents)
    if filters.kinds:
        require("d.kind IN ?", filters.kinds)
    if filters.authors:
        require("d.id IN ?", _written_by(database, filters.authors))
    if filters.sections:
        within = list(_sections(database, filters.sections))
        require("d.id IN ?", {document for document, _ in within})
        require("p.document_id || ' ' || p.section IN ?", (f"{document} {section}" for document, section in within))
    if filters.tags:
        require("d.id IN (SELECT document_id FROM tags WHERE name IN ?)", Tags(database).known(filters.tags))
    if filters.languages:
        languages = _languages(database, filters.languages)
        require("coalesce(json_extract(d.record, '$.language'), '') IN ?", languages)
    rows = database.reader().execute(
        "SELECT p.id FROM passages p JOIN documents d ON d.id = p.document_id"
        f" WHERE {' AND '.join(conditions)} ORDER BY p.id",
        arguments,
    )
    return np.fromiter((row[0] for row in rows), dtype=np.int64)


def _written_by(database: Database, names: Sequence[str]) -> Iterator[str]:
    """Yield the ids of the documents that one of the persons or bodies wrote."""
    wanted = [_folded(name) for name in names]
    for row in database.reader().execute("SELECT id, record FROM documents"):
        for author in json.loads(row["record"])["authors"]:
            parts = _folded(" ".join(str(part) for part in author.values()))
            # Each word of a name is one of the author's, or the initial of one.
            initials = {part[:1] for part in parts}
            if any(name and set(name) <= {*parts, *initials} for name in wanted):
                yield row["id"]
                break


def _sections(database: Database, wanted: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield document id and number of each section whose heading, or a heading above it, contains one of ``wanted``.

    The document's title does not count as a heading.
    """
    words = [name.casefold() for name in wanted]
    # SQLite folds the case of ASCII only; other letters are compared below.
    likely = " OR ".join("instr(lower(l.sections), ?)" if word.isascii() else "1" for word in words)
    rows = database.reader().execute(
        f"SELECT d.id, d.title, l.sections FROM layouts l JOIN documents d ON d.id = l.document_id WHERE {likely}",
        [json.dumps(word)[1:-1] for word in words if word.isascii()],
    )
    for row in rows:
        for number, section in enumerate(json.loads(row["sections"])):
            *around, own = section["path"] or [""]
            headings = [own, *(heading for heading in around if heading != row["title"])]
            if any(word in heading.casefold() for word in words for heading in headings):
                yield row["id"], number


def _languages(database: Database, names: Sequence[str]) -> list[str]:
    """Return the codes as records have them."""
    held = held_languages(database)
    for name in names:
        if name.lower() not in (UNDETERMINED, *LANGUAGES, *held):
            known = ", ".join((*held, UNDETERMINED))
            remedy = f"Give its code in ISO 639-1; the library holds {known}"
            raise UsageError("There is no such language", place=name, remedy=remedy)
    return ["" if name.lower() == UNDETERMINED else name.lower() for name in names]


def _folded(name: str) -> list[str]:
    from anyascii import anyascii

    # A name in ideographs is written without spaces: each of them is a part.
    spaced = "".join(f" {char} " if is_ideographic(char) else char for char in name)
    return re.findall(r"\w+", anyascii(spaced).lower())
