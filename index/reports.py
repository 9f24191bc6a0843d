"""What adding reports: how far it has come, and in the end what became of each file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = ["AddItem", "AddProgress", "AddReport", "Status"]

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
