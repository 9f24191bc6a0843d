"""Sets in the form of BEIR: a folder with documents, queries and judgements.

`corpus.jsonl` holds `_id`, `title` and `text`, `queries.jsonl` `_id` and `text` (a `paper_title` is added to the
question). Judgements stand in `qrels.tsv` or, as in BEIR's own archives, in `qrels/test.tsv`: query, document and grade
between tabs, with a head or without; the four columns of TREC are read as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import ReadError
from corpus.readers.collection import Entry, list_entries

__all__ = ["Question", "document_names", "line_name", "read_questions"]

_JUDGEMENTS = ("qrels.tsv", "qrels/test.tsv", "qrels/dev.tsv", "qrels/train.tsv")
"""The first that is there counts."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query of a set with its judgements."""

    identity: str
    text: str
    judged: Mapping[str, int]


def read_questions(folder: Path) -> list[Question]:
    """The queries that have a relevant document.

    Raises:
        ReadError: a file of the set is missing or not in the form of BEIR, or no query has a relevant document.
    """
    judged = _judgements(folder)
    questions = []
    for row in _rows(folder / "queries.jsonl"):
        identity = str(row["_id"])
        if any(judged.get(identity, {}).values()):
            text = f"{row.get('text') or ''} {row.get('paper_title') or ''}".strip()
            questions.append(Question(identity, text, judged[identity]))
    if not questions:
        raise ReadError("No query of the set has a relevant document", place=str(folder))
    return questions


def document_names(folder: Path) -> dict[str, str]:
    """The `_id` of each document of the corpus, by the name under which its line is held in a library.

    Raises:
        ReadError: there is no corpus.
    """
    path = folder / "corpus.jsonl"
    if not path.is_file():
        raise ReadError("The set has no documents", place=str(path))
    names = {}
    with path.open("rb") as file:
        for entry in list_entries(path):
            if isinstance(entry, Entry):
                file.seek(entry.offset)
                row = json.loads(file.read(entry.source.size).removeprefix(b"\xef\xbb\xbf"))
                names[line_name(entry.source.path)] = str(row.get("_id", row.get("id")))
    return names


def line_name(place: str) -> str:
    """What stands behind the file in the path of a document from ``corpus.jsonl``.

    >>> line_name("/sets/one/corpus.jsonl#doi/10.1")
    'doi/10.1'
    """
    return place.split("/corpus.jsonl#", 1)[1]


def _judgements(folder: Path) -> dict[str, dict[str, int]]:
    """Grades by query and document; below 0 counts as 0."""
    path = next((folder / name for name in _JUDGEMENTS if (folder / name).is_file()), None)
    if path is None:
        remedy = f"A set has its judgements in one of {', '.join(_JUDGEMENTS)}"
        raise ReadError("There are no judgements", place=str(folder), remedy=remedy)
    judged: dict[str, dict[str, int]] = {}
    for number, line in enumerate(_text(path).split("\n"), 1):
        if not line.strip():
            continue
        parts = [part.strip() for part in line.split("\t")]
        grade = _number(parts[-1])
        if len(parts) in (3, 4) and grade is not None:
            judged.setdefault(parts[0], {})[parts[-2]] = max(0, round(grade))
        elif number > 1:
            remedy = "Each line must hold query, document and grade with tabs between them"
            raise ReadError("The line is no judgement", place=f"{path}, line {number}", remedy=remedy)
    return judged


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    # Not splitlines(), which also cuts at U+0085 and U+2028 within a string.
    for number, line in enumerate(_text(path).split("\n"), 1):
        if line.strip():
            try:
                row = json.loads(line)
            except ValueError:
                row = None
            if not isinstance(row, dict) or "_id" not in row:
                remedy = 'Each line must be like {"_id": "1", "text": "…"}'
                raise ReadError("The line is no query", place=f"{path}, line {number}", remedy=remedy)
            yield row


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"The file cannot be read ({error})", place=str(path)) from error


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
