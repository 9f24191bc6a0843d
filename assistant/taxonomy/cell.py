"""A cell of the taxonomy: one model, one component, and what the table prints there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.errors import LibraryError

__all__ = ["NOT_APPLICABLE", "UNKNOWN", "Cell", "parse_raw", "render_raw"]

UNKNOWN = "?"
"""Printed where the information is not public."""
NOT_APPLICABLE = "N/A"
"""Printed where the model has no such component; never the same as unknown."""

_RAW = re.compile(r"(?P<level>[CD][1-5]|N/A|\?)(?:\((?P<annotation>[^()]+)\))?")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with what it takes to show it and to cite it."""

    model: str
    component: str
    """The component's id, ``weights``; a field's id for a fact of the models' table."""
    component_title: str
    raw: str
    """Exactly what the table prints, ``D3(LLaMA-2)``."""
    level: str
    """``C1`` to ``D5``, ``?`` or ``N/A``; empty for a fact of the models' table."""
    annotation: str
    """What stands in brackets: a licence, a source, or a hint. A hint is not a level."""
    meaning: str
    """The level in words."""
    source: str = "Table 3"
    note: str = ""
    annotation_type: str = ""
    """``licence``, ``availability``, ``source dataset``, ``hint`` or empty."""
    hint: tuple[str, ...] = ()
    """The levels that a hint names."""

    @property
    def number(self) -> int | None:
        """The level from 1 to 5, or None where the table gives none."""
        return int(self.level[1]) if self.level[:1] in ("C", "D") else None

    def as_json(self) -> dict[str, object]:
        """The cell as ``loccit taxonomy --json`` gives it."""
        return {
            "model": self.model,
            "component": self.component,
            "raw": self.raw,
            "level": self.level,
            "annotation": self.annotation,
            "meaning": self.meaning,
        }


def parse_raw(raw: str) -> tuple[str, str]:
    """The level and the annotation of a printed cell.

    >>> parse_raw("D3(LLaMA-2)")
    ('D3', 'LLaMA-2')

    Raises:
        LibraryError: the cell is not of the table's form.
    """
    match = _RAW.fullmatch(raw)
    if match is None:
        raise LibraryError("A cell of the taxonomy cannot be read", place=repr(raw), remedy="Write it as D3(licence)")
    return match["level"], match["annotation"] or ""


def render_raw(level: str, annotation: str) -> str:
    """The printed form of a level and an annotation.

    >>> render_raw("?", "likely D5")
    '?(likely D5)'
    """
    return f"{level}({annotation})" if annotation else level
