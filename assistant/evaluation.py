"""Retrieval measured with the user's own questions, each with the place that answers it.

A file has one question a line, as JSON (``.jsonl``) or as a table with a header (``.csv``): ``question``, ``document``
(id, key or path) or ``quote`` (words of the passage), and optionally ``page`` (its number, or the printed label).
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.workspace import Workspace
from corpus.errors import ReadError, UnknownDocument
from corpus.locating import locate
from corpus.model import Locator, Span
from index.retriever import Hit

__all__ = ["DEPTH", "Evaluation", "evaluate", "read_expected"]

DEPTH = 20
"""Passages retrieved for each question."""
_FIELDS = ("question", "document", "page", "quote")
_SHAPE = 'Each line must be like {"question": "...", "document": "smith-2020-title", "page": 3}'
_RUN = 4
"""Words of each n-gram by which a quotation is recognised in a passage."""
_SHARE = 0.5
"""Minimum share of a quotation's n-grams in a passage; the rest may be in the next passage."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A question and the place of its answer."""

    line: int
    question: str
    document: str = ""
    page: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one question."""

    expected: Expected
    rank: int | None
    """Rank of the first passage that fits, from 1; None where none does."""
    first: str
    """Document and page of the passage ranked first."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The outcomes in the order of the file."""

    outcomes: tuple[Outcome, ...]

    def hit_at(self, rank: int) -> float:
        """Share of the questions with a fitting passage among the first ``rank``."""
        return sum(o.rank is not None and o.rank <= rank for o in self.outcomes) / max(len(self.outcomes), 1)

    @property
    def mean_reciprocal_rank(self) -> float:
        """The mean of 1 / rank, 0 where nothing fits."""
        return sum(1 / o.rank for o in self.outcomes if o.rank is not None) / max(len(self.outcomes), 1)

    def as_json(self) -> dict[str, Any]:
        """The shape of ``loccit eval --json``."""
        return {
            "questions": len(self.outcomes),
            "hit@1": round(self.hit_at(1), 4),
            "hit@5": round(self.hit_at(5), 4),
            "mrr": round(self.mean_reciprocal_rank, 4),
            "outcomes": [
                {"line": o.expected.line, "question": o.expected.question, "rank": o.rank, "first": o.first}
                for o in self.outcomes
            ],
        }


def read_expected(path: Path) -> list[Expected]:
    """Read the questions of a JSON-lines or CSV file.

    Raises:
        ReadError: the file cannot be read, or a line has no question or no place.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"The questions cannot be read ({error})", place=str(path)) from error
    rows = _csv_rows(text, path) if path.suffix.lower() == ".csv" else _json_rows(text, path)
    found = [_expected(line, row, path) for line, row in rows]
    if not found:
        raise ReadError("The file holds no questions", place=str(path), remedy=_SHAPE)
    return found


def evaluate(workspace: Workspace, expected: Sequence[Expected]) -> Evaluation:
    """Search for every question, and rank the first passage at the expected place.

    Raises:
        UnknownDocument: a line names a document that is not in the library.
        UsageError: a question is far too long.
    """
    outcomes = []
    for item in expected:
        try:
            identity = workspace.store.identify(item.document) if item.document else ""
        except UnknownDocument as error:
            place = f"{item.document}, line {item.line}"
            raise UnknownDocument(error.cause, place=place, remedy=error.remedy) from None
        hits = workspace.search(item.question, DEPTH)
        fitting = (rank for rank, hit in enumerate(hits, 1) if _fits(workspace, hit, item, identity))
        outcomes.append(Outcome(item, next(fitting, None), _place(workspace, hits[0]) if hits else ""))
    return Evaluation(tuple(outcomes))


def _fits(workspace: Workspace, hit: Hit, item: Expected, identity: str) -> bool:
    for passage in (hit.passage, *hit.copies):
        if identity and passage.document_id != identity:
            continue
        if item.page:
            document = workspace.document(passage.document_id).document
            if item.page not in _pages(locate(document, Span(passage.start, passage.end))):
                continue
        if not item.quote or _contains(passage.text, item.quote):
            return True
    return False


def _pages(place: Locator) -> set[str]:
    first, last = place.pdf_page, place.pdf_page_end
    numbers = {str(number) for number in range(first, (last or first) + 1)} if first is not None else set()
    return numbers | {label for label in (place.page_label, place.page_label_end) if label}


def _contains(text: str, quote: str) -> bool:
    words, own = (re.findall(r"\w+", part.lower()) for part in (quote, text))
    length = min(_RUN, len(words))
    wanted, present = _runs(words, length), set(_runs(own, length))
    return sum(run in present for run in wanted) >= _SHARE * len(wanted) > 0


def _runs(words: Sequence[str], length: int) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + length]) for i in range(len(words) - length + 1)] if length else []


def _place(workspace: Workspace, hit: Hit) -> str:
    stored = workspace.document(hit.passage.document_id)
    page = locate(stored.document, Span(hit.passage.start, hit.passage.end)).pdf_page
    return f"{stored.key}, page {page}" if page is not None else stored.key


def _json_rows(text: str, path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise ReadError("The line is no JSON", place=f"{path}, line {number}", remedy=_SHAPE) from error
            if not isinstance(row, dict):
                raise ReadError("The line is no question", place=f"{path}, line {number}", remedy=_SHAPE)
            yield number, row


def _csv_rows(text: str, path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if "question" not in (reader.fieldnames or ()):
        remedy = f"The first line must name the columns, among {', '.join(_FIELDS)}"
        raise ReadError("The table has no column of questions", place=str(path), remedy=remedy)
    for row in reader:
        yield reader.line_num, row


def _expected(line: int, row: dict[str, Any], path: Path) -> Expected:
    question, document, page, quote = (" ".join(str(row.get(name) or "").split()) for name in _FIELDS)
    if not question or not (document or quote):
        cause = "A question and the document or quotation that answers it are needed"
        raise ReadError(cause, place=f"{path}, line {line}", remedy=_SHAPE)
    return Expected(line, question, document, page, quote)
