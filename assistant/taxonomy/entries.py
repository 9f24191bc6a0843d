"""What a taxonomy is made of besides its cells: models, components, levels, licences, families, rules."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "FIELDS",
    "Category",
    "Component",
    "Family",
    "Field",
    "Level",
    "Licence",
    "Model",
    "Permission",
    "PointsRule",
    "Work",
]

_SCALES = {"T": 10**12, "B": 10**9, "M": 10**6}


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the models' table."""

    id: str
    title: str
    phrase: str
    """The title inside a sentence, ``number of citations``."""


FIELDS = (
    Field("developer", "Developer", "developer"),
    Field("size", "Largest size", "largest size"),
    Field("release", "Release", "release date"),
    Field("elo", "Chatbot Arena Elo", "Chatbot Arena Elo"),
    Field("citations", "Google Scholar citations", "number of Google Scholar citations"),
    Field("downloads", "Hugging Face downloads last month", "number of Hugging Face downloads in the last month"),
)
NUMERIC_FIELDS = ("elo", "citations", "downloads")


@dataclass(frozen=True, slots=True)
class Model:
    """A row of the models' table; each value as printed."""

    name: str
    name_in_facts: str
    """The name that the models' table prints, where it differs."""
    developer: str
    developers: tuple[str, ...]
    size: str
    release: str
    elo: str
    citations: str
    downloads: str

    def raw(self, field: str) -> str:
        """The printed value of a field."""
        values = {
            "developer": self.developer,
            "size": self.size,
            "release": self.release,
            "elo": self.elo,
            "citations": self.citations,
            "downloads": self.downloads,
        }
        return values[field]

    def number(self, field: str) -> int | None:
        """The value of a field as a number, or None where the table prints N/A.

        A release counts in months, so that it can be ordered: ``07/2023`` is 2023 * 12 + 7.
        """
        raw = self.raw(field)
        if field == "developer" or raw == "N/A":
            return None
        if field == "size":
            return round(float(raw[:-1]) * _SCALES[raw[-1]])
        if field == "release":
            return int(raw[3:]) * 12 + int(raw[:2])
        return int(raw.replace(",", ""))

    @property
    def released(self) -> str:
        """The release as ``2023-07``."""
        return f"{self.release[3:]}-{self.release[:2]}"


@dataclass(frozen=True, slots=True)
class Component:
    """A column of the cells' table: a part of a model's pipeline."""

    id: str
    title: str
    column: str
    """The column's heading in the table."""
    stage: str
    """``training``, ``evaluation`` or ``deployment``."""
    kind: str
    """``code`` or ``data``: which of the two scales it is judged on."""
    meaning: str


@dataclass(frozen=True, slots=True)
class Level:
    """A step of the scale, or one of the two signs that stand outside it."""

    id: str
    kind: str
    """``code``, ``data``, or empty for ``?`` and ``N/A``."""
    number: int | None
    category: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Category:
    """A top-level class of openness."""

    name: str
    levels: tuple[str, ...]
    meaning: str


@dataclass(frozen=True, slots=True)
class Licence:
    """What is known of an annotation; what was derived from a licence's own terms is kept apart from the table."""

    name: str
    levels: str
    """The levels that the table gives it with their number of cells, ``C5 x16; D5 x11``."""
    points_implied: str
    points_derived: str
    levels_derived: tuple[str, str]
    agrees: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Permission:
    """Something a licence gets a point for allowing."""

    id: str
    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class PointsRule:
    """Which levels a licence's points map to."""

    least: int
    most: int
    label: str
    code: str
    data: str


@dataclass(frozen=True, slots=True)
class Family:
    """A bare name that stands for several models."""

    name: str
    members: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Work:
    """The work that the taxonomy is taken from."""

    title: str
    work: str
    key: str
    """The citation key."""
    identifier: str
    accessed: str
    models_table: str
    cells_table: str
    scale: str
    several_sources: str
    scope: str
    dated_fields: tuple[str, ...]

    @property
    def cited(self) -> str:
        """``Eiras et al. 2024 (arXiv:2404.17047v2)``."""
        return f"{self.work} ({self.identifier})"
