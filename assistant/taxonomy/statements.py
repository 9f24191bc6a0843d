"""What a text says of a model's openness, set beside the dated cell.

Statements are looked for over the closed list of the table's names and components. A statement that is not certain
(a question, a condition, another's view denied) is left out: better none than one that the text does not make.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from corpus.model import Span

if TYPE_CHECKING:
    from assistant.taxonomy.cell import Cell
    from assistant.taxonomy.taxonomy import Taxonomy

__all__ = ["Statement", "contradictions", "statements"]

Verdict = Literal["agrees", "contradicts", "unclear"]

_OPEN = (
    r"(?:fully\s+|completely\s+|truly\s+)?open(?:[\s-]+sourced?|ly\s+(?:available|licensed|released))?"
    r"|publicly\s+(?:available|released)"
)
_CLOSED = (
    r"(?:fully\s+|completely\s+)?closed(?:[\s-]+sourced?)?|proprietary"
    r"|not\s+(?:publicly\s+)?(?:released|available|public|disclosed)"
)
_GRADE = rf"(?P<not>(?:not|never|hardly|no\s+longer)\s+|n't\s+)?(?:(?P<open>{_OPEN})|(?P<closed>{_CLOSED}))\b"
_KIND = r"(?:(?:large|big|small|foundation|language|generative|AI)\s+)*(?:models?|LLMs?|systems?|alternatives?)"
_IS = r"(?:is|are|was|were|remains?|became|stays?|has\s+been|have\s+been)"
_AFTER = re.compile(
    rf"^(?:\s*\([^()]*\))?(?:,?\s+(?:which|that)|,)?\s+{_IS}\s*(?:(?:an?|the|one\s+of\s+the|also|both|a\s+fully|most|best-known|well-known|first|largest"
    rf"|\w+est|famous|popular|leading)\s+){{0,4}}{_GRADE}",
    re.IGNORECASE,
)
_APPOSED = re.compile(rf"^(?:\s*\([^()]*\))?,\s+(?:an?|the)\s+(?:\w+[\s-]){{0,3}}?{_GRADE}\s+{_KIND}", re.IGNORECASE)
_BEFORE = re.compile(
    rf"\b{_GRADE}\s+{_KIND}(?:\s+(?:such\s+as|like|including|namely|called|named)|\s+{_IS}|\s*[:,]\s*(?:such\s+as|e\.g\.,?)?|\s*\(e\.g\.,?)\s+(?:the\s+)?"
    r"(?P<list>(?:[\w.-]+(?:\s+\d[\w.]*)?(?:\s*\([^()]*\))?(?:,\s*(?:and\s+)?|\s+and\s+|\s+or\s+))*)$",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(rf"(?:^|[\s(])(?:the\s+)?{_GRADE}\s+(?:{_KIND}\s+)?$", re.IGNORECASE)
_PART = re.compile(
    r"\b(?P<weights>weights|checkpoints?|parameters)\b|\b(?P<pretraining_data>(?:pre-?)?training\s+(?:data(?:\s*sets?)?|corpus)|data\s*sets?)\b"
    r"|\b(?P<pretraining_code>(?:pre-?)?training\s+code)\b|\b(?P<inference_code>inference\s+code|source\s+code|code)\b",
    re.IGNORECASE,
)
_OF = re.compile(rf"^(?:'s|’s)\s+(?:\w+\s+){{0,2}}?(?:{_PART.pattern})\s+{_IS}\s+(?:\w+ly\s+)?{_GRADE}", re.IGNORECASE)
_PART_OF = re.compile(rf"(?:{_PART.pattern})\s+(?:of|for|behind)\s+(?:the\s+)?$", re.IGNORECASE)
_UNSURE = re.compile(
    r"\?\s*$|\b(?:if|whether|would|could|should|might|may\s+be|unlike|claims?\s+to\s+be|so-called|allegedly|not\s+all|rather\s+than|instead\s+of|than)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence that says how open a model is, with the cell."""

    model: str
    written: str
    """The model's name as the text writes it."""
    component: str
    claim: Literal["open", "closed"]
    quote: Span
    """The sentence, in the text."""
    text: str
    cell: Cell
    verdict: Verdict
    dated: str
    """When the table was made, ``Eiras et al. 2024 …, data accessed 28 December 2023``."""

    def as_json(self) -> dict[str, Any]:
        """The statement, the cell, and how they stand to each other."""
        return {
            "model": self.model,
            "written": self.written,
            "component": self.component,
            "claim": self.claim,
            "start": self.quote.start,
            "end": self.quote.end,
            "document_says": self.text,
            "table_says": f"{self.cell.component_title}: {self.cell.raw} ({self.cell.meaning})",
            "cell": self.cell.as_json(),
            "verdict": self.verdict,
            "source": f"{self.dated}, {self.cell.source}, row {self.cell.model}, column {self.cell.component_title}",
        }


def statements(text: str, sentences: Iterable[Span], taxonomy: Taxonomy) -> Iterator[Statement]:
    """Every statement on the openness of a model of the table, in the order of ``text``."""
    for span in sentences:
        sentence = span.within(text)
        flat = re.sub(r"\s", " ", sentence)
        if _UNSURE.search(flat):
            continue
        for model, start, end in taxonomy.names_in(flat):
            said = _said(flat, start, end)
            if said is None:
                continue
            claim, component = said
            cell = taxonomy.cell(model, component)
            verdict = _verdict(claim, cell)
            yield Statement(model, flat[start:end], component, claim, span, sentence, cell, verdict, taxonomy.dated)


def contradictions(text: str, sentences: Iterable[Span], taxonomy: Taxonomy) -> list[Statement]:
    """The statements that the table contradicts; ``contradicts-taxonomy`` of a draft's check."""
    return [item for item in statements(text, sentences, taxonomy) if item.verdict == "contradicts"]


def _said(sentence: str, start: int, end: int) -> tuple[Literal["open", "closed"], str] | None:
    """What a sentence says of the name at a place: open or closed, and of which component."""
    before, after = sentence[:start], sentence[end:]
    if found := _OF.match(after):
        return _claim(found), _component(found)
    if part := _PART_OF.search(before):
        rest = re.match(rf"\s+{_IS}\s+(?:\w+ly\s+)?{_GRADE}", after, re.IGNORECASE)
        return (_claim(rest), _component(part)) if rest else None
    for found in (_AFTER.match(after), _APPOSED.match(after), _BEFORE.search(before), _ATTRIBUTE.search(before)):
        if found is not None:
            return _claim(found), "weights"
    return None


def _claim(found: re.Match[str]) -> Literal["open", "closed"]:
    is_open = found["open"] is not None
    return "open" if is_open != (found["not"] is not None) else "closed"


def _component(found: re.Match[str]) -> str:
    names = ("weights", "pretraining_data", "pretraining_code", "inference_code")
    return next((name for name in names if found[name]), "weights")


def _verdict(claim: str, cell: Cell) -> Verdict:
    """Level 1 and a paid interface are not open; level 5 is not closed; what lies between the words leave open."""
    if cell.number is None:
        return "unclear"
    shut = cell.number == 1 or cell.level == "D2"
    if claim == "open":
        return "contradicts" if shut else ("agrees" if cell.number == 5 else "unclear")
    return "contradicts" if cell.number >= 4 else ("agrees" if shut else "unclear")
