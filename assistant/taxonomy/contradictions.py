"""What a text says of a model's openness, set beside the dated cell.

Statements are looked for over the closed list of the table's names and components. A statement that is not certain
(a question, a condition, another's view denied) is left out: better none than one that the text does not make.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from corpus.model import Span

if TYPE_CHECKING:
    from assistant.taxonomy.shelf import Taxonomy
    from assistant.taxonomy.table import Cell

__all__ = ["Statement", "contradictions", "statements"]

Claim = Literal["open", "closed"]
Verdict = Literal["agrees", "contradicts", "unclear"]


def _patterns() -> dict[str, re.Pattern[str]]:
    """The patterns of ``statements.toml``, each with those that it names put in."""
    text = files("assistant.taxonomy").joinpath("data", "grammar", "statements.toml").read_text("utf-8")
    filled: dict[str, str] = {}
    for name, pattern in tomllib.loads(text).items():
        filled[name] = pattern % filled
    return {name: re.compile(pattern, re.IGNORECASE | re.VERBOSE) for name, pattern in filled.items()}


_PATTERNS = _patterns()


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence that says how open a model is, with the cell."""

    model: str
    written: str
    """The model's name as the text writes it."""
    component: str
    claim: Claim
    quote: Span
    """The sentence, in the text."""
    text: str
    cell: Cell
    verdict: Verdict
    dated: str
    """When the table was made, ``Eiras et al. 2024 …, data accessed 28 December 2023``."""

    def as_json(self) -> dict[str, Any]:
        """The statement, the cell, and how they stand to each other."""
        cell, plain = self.cell, ("model", "written", "component", "claim")
        return {name: getattr(self, name) for name in plain} | {
            "start": self.quote.start,
            "end": self.quote.end,
            "document_says": self.text,
            "table_says": f"{cell.component_title}: {cell.raw} ({cell.meaning})",
            "cell": cell.as_json(),
            "verdict": self.verdict,
            "source": f"{self.dated}, {cell.source}, row {cell.model}, column {cell.component_title}",
        }


def statements(text: str, sentences: Iterable[Span], taxonomy: Taxonomy) -> Iterator[Statement]:
    """Every statement on the openness of a model of the table, in the order of ``text``."""
    for span in sentences:
        sentence = span.within(text)
        flat = re.sub(r"\s", " ", sentence)
        for model, start, end in () if _PATTERNS["unsure"].search(flat) else taxonomy.names_in(flat):
            if (found := _said(flat[:start], flat[end:])) is None:
                continue
            component, said = found
            claim: Claim = "open" if (said["open"] is None) == (said["not"] is not None) else "closed"
            cell = taxonomy.cell(model, component)
            verdict, dated = _verdict(claim, cell), taxonomy.table.head.dated
            yield Statement(model, flat[start:end], component, claim, span, sentence, cell, verdict, dated)


def contradictions(text: str, sentences: Iterable[Span], taxonomy: Taxonomy) -> list[Statement]:
    """The statements that the table contradicts; ``contradicts-taxonomy`` of a draft's check."""
    return [item for item in statements(text, sentences, taxonomy) if item.verdict == "contradicts"]


def _said(before: str, after: str) -> tuple[str, re.Match[str]] | None:
    """The component that a sentence speaks of, and how it grades it, by what stands around the name."""
    if found := _PATTERNS["of"].search(after):
        return _component(found), found
    if part := _PATTERNS["part_of"].search(before):
        found = _PATTERNS["said"].search(after)
        return (_component(part), found) if found else None
    places = {"after": after, "apposed": after, "before": before, "attribute": before}
    graded = (_PATTERNS[name].search(text) for name, text in places.items())
    return next((("weights", found) for found in graded if found), None)


def _component(found: re.Match[str]) -> str:
    names = ("weights", "pretraining_data", "pretraining_code", "inference_code")
    return next(name for name in names if found[name])


def _verdict(claim: str, cell: Cell) -> Verdict:
    """Level 1 and a paid interface are not open; level 5 is not closed; what lies between the words leave open."""
    if cell.number is None:
        return "unclear"
    shut = cell.number == 1 or cell.level == "D2"
    if claim == "open":
        return "contradicts" if shut else ("agrees" if cell.number == 5 else "unclear")
    return "contradicts" if cell.number >= 4 else ("agrees" if shut else "unclear")
