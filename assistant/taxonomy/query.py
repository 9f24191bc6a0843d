"""A question as the grammar understood it: what is asked, of which rows and columns, under which conditions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "FAR",
    "Condition",
    "DeveloperTest",
    "FieldTest",
    "Grade",
    "Kind",
    "LevelTest",
    "LicenceTest",
    "ModelTest",
    "Query",
    "ReleaseTest",
    "TallyTest",
]


class Kind(StrEnum):
    """What sort of question it is; also the ``kind`` of the answer."""

    CELL = "cell"
    CELLS = "cells"
    FACT = "fact"
    ROW = "row"
    COLUMN = "column"
    FILTER = "filter"
    COUNT = "count"
    RANKING = "ranking"
    COMPARISON = "comparison"
    DISTRIBUTION = "distribution"
    DEFINITION = "definition"
    LICENCE_RULE = "licence_rule"
    AMBIGUOUS = "ambiguous"
    UNKNOWN_MODEL = "unknown_model"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Grade:
    """A set of levels, and the words that named it."""

    levels: frozenset[str]
    text: str
    loose: bool = False
    """Named by a plain word such as ``open``, which the taxonomy divides further."""
    sign: bool = False
    """Named by the table's own signs, ``D3`` or ``?``."""
    negated: bool = False
    """Everything but what was named, ``not closed``."""


@dataclass(frozen=True, slots=True)
class LevelTest:
    """A condition on the level of components."""

    components: tuple[str, ...]
    grade: Grade
    every: bool = False
    """All the components that apply must pass, not just one."""


@dataclass(frozen=True, slots=True)
class TallyTest:
    """A condition on how many components of a model stand at a grade."""

    grade: Grade
    operator: str
    """``>``, ``>=``, ``<``, ``<=`` or ``=``."""
    number: int


@dataclass(frozen=True, slots=True)
class LicenceTest:
    """A condition on what stands in a cell's brackets."""

    components: tuple[str, ...]
    licences: tuple[str, ...]
    """Any of these."""
    excluded: bool = False
    """No cell may be under it, rather than one."""


@dataclass(frozen=True, slots=True)
class ModelTest:
    """Models that are left out by name."""

    excluded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldTest:
    """A condition on a number of the models' table."""

    field: str
    operator: str
    """``>``, ``>=``, ``<``, ``<=``, ``=``, ``given`` or ``missing``."""
    number: int = 0


FAR = 9999 * 12
"""The last month there is, where a stretch of time has no end."""


@dataclass(frozen=True, slots=True)
class ReleaseTest:
    """A condition on the release: months since year 0, both ends included."""

    first: int
    last: int
    text: str


@dataclass(frozen=True, slots=True)
class DeveloperTest:
    """A condition on the developer."""

    developers: tuple[str, ...]
    excluded: tuple[str, ...] = ()


Condition = LevelTest | TallyTest | LicenceTest | FieldTest | ReleaseTest | DeveloperTest | ModelTest


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed question."""

    question: str
    kind: Kind
    models: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    grades: tuple[Grade, ...] = ()
    topic: str = ""
    """What a definition, rule, count or ranking is about, ``categories``, ``cells``, ``components`` …"""
    name: str = ""
    """The developer or family that an ambiguous question names."""
    unknown: tuple[str, ...] = ()
    """Names that the table does not have."""
    limit: int | None = None
    descending: bool = True
    place: int = 0
    """The one place of a ranking that is asked for, from 1; 0 for all."""
    points: int | None = None
    allowed: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    licence: str = ""
    licence_asked: bool = False
    shared: bool = False
    """A count is wanted as a share too."""
    corrections: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
