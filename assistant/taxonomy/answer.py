"""An answer of the taxonomy: a value, a plain sentence, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.taxonomy.cell import Cell

__all__ = ["TaxonomyAnswer"]


@dataclass(frozen=True, slots=True)
class TaxonomyAnswer:
    """What the taxonomy says to a question, or that it says nothing."""

    question: str
    kind: str
    """``cell``, ``cells``, ``fact``, ``row``, ``column``, ``filter``, ``count``, ``ranking``, ``comparison``,
    ``distribution``, ``definition``, ``licence_rule``, ``ambiguous``, ``unknown_model``, or ``none`` for a question
    that is not about the taxonomy."""
    found: bool
    models: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    value: Any = None
    """Plain data, by kind: a cell as a mapping, a number, a list of names, a mapping of components to cells …"""
    text: str = ""
    note: str = ""
    source: str = ""
    """The work, the table, the row and the column."""
    cells: tuple[Cell, ...] = ()
    """The cells behind the answer, to be shown."""
    corrections: tuple[str, ...] = ()
    """What was read differently from how it was written, ``mistrall 7b → Mistral-7B``."""
    taxonomy: str = ""
    """The classification that answers, ``eiras-2024``."""
    cite: str = ""
    """The citation to paste into a draft, ``[@eiras2024, Table 3]``."""
    unknown: tuple[str, ...] = ()
    """Names that were asked about and that the classification lacks."""
    beside: tuple[dict[str, Any], ...] = ()
    """What other classifications say of the same model, each in its own levels, never converted."""

    def as_json(self) -> dict[str, Any]:
        """The shape of ``loccit taxonomy --json``."""
        return {
            "question": self.question,
            "kind": self.kind,
            "found": self.found,
            "models": list(self.models),
            "components": list(self.components),
            "value": self.value,
            "text": self.text,
            "note": self.note,
            "source": self.source,
            "cells": [cell.as_json() for cell in self.cells],
            "corrections": list(self.corrections),
            "taxonomy": self.taxonomy,
            "cite": self.cite,
            "beside": list(self.beside),
        }
