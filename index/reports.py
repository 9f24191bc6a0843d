"""What a person should know of a document that was read with losses.

What an add says of a file beside its status: why it failed, what it is the same as, what was lost.

What adding reports: how far it has come, and in the end what became of each file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from corpus.errors import ReadError
from corpus.model import Document
from corpus.store.near_duplicates import NearDuplicate

__all__ = [
    "BETTER_READER",
    "AddItem",
    "AddProgress",
    "AddReport",
    "Status",
    "joined",
    "kept_text",
    "lost_notes",
    "nearly_same",
    "refusal",
    "same_as",
    "shortcomings",
]


def shortcomings(document: Document) -> str:
    """Which pages are lost or only recognised, and which words are damaged; empty where nothing is."""
    return "; ".join(_parts(document))


def _parts(document: Document) -> Iterator[str]:
    recognised = [page.number for page in document.pages if page.recognised]
    if document.pages_failed:
        yield f"pages that could not be read: {_runs(document.pages_failed)}"
        if not recognised:
            yield "if they show text, run loccit add --ocr FILE"
    elif document.damages:
        lost = ", ".join(repr(damage.text) for damage in document.damages)
        yield f"damaged beyond repair, kept as it stands: {lost}"
    if recognised:
        yield f"pages recognised in pictures, so compare quotations with these: {_runs(recognised)}"


def _runs(pages: Sequence[int]) -> str:
    """Page numbers in order, those that follow each other drawn together.

    >>> _runs([1, 2, 3, 7])
    '1-3, 7'
    """
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


BETTER_READER = "read again by a better reader"


def joined(*reasons: str) -> str:
    """Reasons in one line; empty ones are left out."""
    return "; ".join(reason for reason in reasons if reason)


def same_as(path: str) -> str:
    """For a file whose content is held already."""
    return f"the same content as {path}"


def nearly_same(pairs: Sequence[NearDuplicate]) -> str:
    """For a document whose text is nearly that of others: the nearest is named, with the share in per cent.

    >>> nearly_same([NearDuplicate("a", "b", "/papers/b.pdf", 0.974)])
    'nearly the same as /papers/b.pdf (97 % of its wording)'
    """
    if not pairs:
        return ""
    share = min(99, int(100 * pairs[0].share)) if pairs[0].share < 1 else 100
    others = f" and {len(pairs) - 1} more" if len(pairs) > 1 else ""
    return f"nearly the same as {pairs[0].other_path}{others} ({share} % of its wording)"


def lost_notes(numbers: Sequence[int]) -> str:
    """For a document that no longer has the words of some notes on it.

    >>> lost_notes([4])
    'the words of note 4 are no longer in it (see loccit note)'
    """
    if not numbers:
        return ""
    named = f"notes {', '.join(map(str, numbers))}" if len(numbers) > 1 else f"note {numbers[0]}"
    return f"the words of {named} are no longer in it (see loccit note)"


def refusal(error: ReadError) -> str:
    """For a file that was not read."""
    return f"{error.cause}. {error.remedy}." if error.remedy else f"{error.cause}."


def kept_text(error: ReadError) -> str:
    """For an unchanged file that the present reader does not read, while an older one did."""
    return f"the text that an older reader has made is kept, because this one does not read the file: {refusal(error)}"


Status = Literal["added", "updated", "unchanged", "duplicate", "partial", "failed"]


@dataclass(frozen=True, slots=True)
class AddProgress:
    """How far an add has come."""

    stage: Literal["reading", "embedding"]
    done: int
    total: int
    path: str | None = None
    """The file just finished, while reading."""


@dataclass(frozen=True, slots=True)
class AddItem:
    """What became of one file."""

    path: str
    status: Status
    document_id: str | None = None
    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    pages: int = 0
    pages_failed: tuple[int, ...] = ()
    passages: int = 0
    references: int = 0
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        """An entry of ``items`` in ``loccit add --json``."""
        return {
            "path": self.path,
            "status": self.status,
            "document_id": self.document_id,
            "title": self.title,
            "authors": list(self.authors),
            "year": self.year,
            "pages": self.pages,
            "pages_failed": list(self.pages_failed),
            "passages": self.passages,
            "references": self.references,
            "reason": self.reason,
        }


@dataclass(slots=True)
class AddReport:
    """What became of all files of one add."""

    items: list[AddItem] = field(default_factory=list)
    embedded: int = 0
    """Texts embedded now; a text met before is not embedded again."""
    seconds: float = 0.0
    cancelled: bool = False

    @property
    def failed(self) -> list[AddItem]:
        """The items that failed."""
        return [item for item in self.items if item.status == "failed"]

    def as_json(self) -> dict[str, Any]:
        """The shape of ``loccit add --json``."""
        return {
            "items": [item.as_json() for item in self.items],
            "embedded": self.embedded,
            "seconds": round(self.seconds, 3),
            "cancelled": self.cancelled,
        }
