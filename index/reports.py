"""Reports of an add: its progress, and for each file what became of it and why."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Literal

from corpus.errors import ReadError
from corpus.model import Document, to_plain
from corpus.store.near_duplicates import NearDuplicate

__all__ = [
    "NEWER_READER",
    "AddItem",
    "AddProgress",
    "AddReport",
    "Status",
    "failure_reason",
    "joined",
    "kept_text",
    "lost_notes",
    "nearly_same",
    "reading_losses",
    "same_as",
]

Status = Literal["added", "updated", "unchanged", "duplicate", "partial", "failed"]

NEWER_READER = "read again by a newer reader"


@dataclass(frozen=True, slots=True)
class AddProgress:
    """The progress of a running add."""

    stage: Literal["reading", "embedding"]
    done: int
    total: int
    path: str | None = None
    """The file just finished, while reading."""


@dataclass(frozen=True, slots=True)
class AddItem:
    """What became of one file; the fields are those of ``loccit add --json``."""

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
        """Return an entry of ``items`` in ``loccit add --json``."""
        plain: dict[str, Any] = to_plain(self)
        return plain


@dataclass(slots=True)
class AddReport:
    """What became of all files of one add."""

    items: list[AddItem] = field(default_factory=list)
    embedded: int = 0
    """Texts embedded by this add; a known text is not embedded again."""
    seconds: float = 0.0
    cancelled: bool = False

    @property
    def failed(self) -> list[AddItem]:
        """Items that failed."""
        return [item for item in self.items if item.status == "failed"]

    def as_json(self) -> dict[str, Any]:
        """Return the report as ``loccit add --json`` prints it."""
        return {
            "items": [item.as_json() for item in self.items],
            "embedded": self.embedded,
            "seconds": round(self.seconds, 3),
            "cancelled": self.cancelled,
        }


def joined(*reasons: str) -> str:
    """Join reasons in one line without the empty ones."""
    return "; ".join(reason for reason in reasons if reason)


def same_as(path: str) -> str:
    """Say that the library already holds the content of a file."""
    return f"the same content as {path}"


def nearly_same(pairs: Sequence[NearDuplicate]) -> str:
    """Name the document whose text is most similar to a new one's, with the share in per cent.

    >>> nearly_same([NearDuplicate("a", "b", "/papers/b.pdf", 0.974)])
    'nearly the same as /papers/b.pdf (97 % of its wording)'
    """
    if not pairs:
        return ""
    share = min(99, int(100 * pairs[0].share)) if pairs[0].share < 1 else 100
    others = f" and {len(pairs) - 1} more" if len(pairs) > 1 else ""
    return f"nearly the same as {pairs[0].other_path}{others} ({share} % of its wording)"


def lost_notes(numbers: Sequence[int]) -> str:
    """Name the notes whose words are no longer in a document.

    >>> lost_notes([4])
    'the words of note 4 are no longer in it (see loccit note)'
    """
    if not numbers:
        return ""
    named = f"notes {', '.join(map(str, numbers))}" if len(numbers) > 1 else f"note {numbers[0]}"
    return f"the words of {named} are no longer in it (see loccit note)"


def failure_reason(error: ReadError) -> str:
    """Say why a file was not read."""
    return f"{error.cause}. {error.remedy}." if error.remedy else f"{error.cause}."


def kept_text(error: ReadError) -> str:
    """Say that an unchanged file, which the present reader refuses, keeps the text of an older reader."""
    return f"the text of an older reader is kept, because this one does not read the file: {failure_reason(error)}"


def reading_losses(document: Document) -> str:
    """Name the pages that are lost or only recognised, and damaged words; empty if there are none."""
    losses = []
    recognised = [page.number for page in document.pages if page.recognised]
    if document.pages_failed:
        remedy = "" if recognised else "; if they show text, run loccit add --ocr FILE"
        losses.append(f"pages that could not be read: {_runs(document.pages_failed)}{remedy}")
    elif document.damages:
        lost = ", ".join(repr(damage.text) for damage in document.damages)
        losses.append(f"damaged beyond repair and left as it is: {lost}")
    if recognised:
        losses.append(f"pages read by text recognition, so compare quotations with them: {_runs(recognised)}")
    return "; ".join(losses)


def _runs(pages: Sequence[int]) -> str:
    """Write page numbers in ascending order as ranges.

    >>> _runs([1, 2, 3, 7])
    '1-3, 7'
    """
    consecutive = groupby(enumerate(pages), key=lambda item: item[1] - item[0])
    runs = [[page for _, page in group] for _, group in consecutive]
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
