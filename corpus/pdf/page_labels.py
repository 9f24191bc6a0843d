"""Page labels from folios, the page numbers that are printed on the pages."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from corpus.pdf.furniture import Edge, edge_lines
from corpus.pdf.lines import Line, TypePage

__all__ = ["Folios", "find_folios"]

_ALONE = re.compile(r"[-–—|\[\s]*(?:page\s+|p\.\s*)?(\d{1,5})(?:\s*(?:/|of)\s*\d{1,5})?[-–—|\]\s]*", re.IGNORECASE)
_ROMAN = re.compile(r"[ivxlc]{1,7}")
_IN_RUNNING = re.compile(r"^(\d{1,5})(?=\s+\D)|(?<=\D)\s(\d{1,5})$")
_ROMAN_IN_RUNNING = re.compile(r"^([ivxlc]{1,7})(?=\s+[A-Z])|(?<=[A-Z])\s([ivxlc]{1,7})$")
_FEWEST = 3
"""Minimum number of pages that must agree before a number at the edge of a page is its folio."""
_LONGEST_HEAD = 90
_SAME_HEIGHT = 6.0
_NUMERALS = {"c": 100, "xc": 90, "l": 50, "xl": 40, "x": 10, "ix": 9, "v": 5, "iv": 4, "i": 1}


@dataclass(frozen=True, slots=True)
class Folios:
    """The printed page numbers of a file."""

    labels: dict[int, str] = field(default_factory=dict)
    """Printed label by position of the page, from 1; pages whose folio is not certain are missing."""
    lines: dict[int, list[Line]] = field(default_factory=dict)
    """By page, the lines that hold a folio, alone or in a running head."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    edge: Edge
    value: int
    roman: bool = False

    @property
    def page(self) -> int:
        return self.edge.line.page


def find_folios(pages: Sequence[TypePage], running: dict[int, list[Line]]) -> Folios:
    """Find the folios of ``pages``: numbers at the edge that stay in step with the pages over three of them or more.

    ``running`` are the running heads and feet, which may hold a folio too. Pages between two with a folio get the label
    that continues the count.
    """
    groups: dict[tuple[bool, int], list[_Candidate]] = defaultdict(list)
    for page in pages:
        known = {id(line) for line in running.get(page.number, ())}
        for edge in edge_lines(page):
            for candidate in _candidates(edge, running=id(edge.line) in known):
                groups[candidate.roman, candidate.value - candidate.page].append(candidate)
    labels: dict[int, str] = {}
    lines: dict[int, list[Line]] = defaultdict(list)
    ranked = sorted(groups.values(), key=lambda group: -len({candidate.page for candidate in group}))
    for group in ranked:
        agreed = _at_one_height(group)
        taken = {candidate.page for candidate in agreed} - labels.keys()
        if len(taken) < _FEWEST:
            continue
        offset, roman = agreed[0].value - agreed[0].page, agreed[0].roman
        for number in set(range(min(taken), max(taken) + 1)) - labels.keys():
            labels[number] = _roman(number + offset) if roman else str(number + offset)
        for candidate in agreed:
            if candidate.page in taken and len(candidate.edge.line.text) <= _LONGEST_HEAD:
                lines[candidate.page].append(candidate.edge.line)
    return Folios(labels, lines)


def _candidates(edge: Edge, *, running: bool) -> Iterator[_Candidate]:
    """Yield the numbers of an edge line that may be its page's folio."""
    text = edge.line.text
    if alone := _ALONE.fullmatch(text):
        yield _Candidate(edge, int(alone[1]))
    elif _ROMAN.fullmatch(text) and _roman(_from_roman(text)) == text:
        yield _Candidate(edge, _from_roman(text), roman=True)
    elif running or edge.row == 0:
        for match in _IN_RUNNING.finditer(text):
            yield _Candidate(edge, int(match[1] or match[2]))
        for match in _ROMAN_IN_RUNNING.finditer(text):
            value = _from_roman(match[1] or match[2])
            if _roman(value) == (match[1] or match[2]):
                yield _Candidate(edge, value, roman=True)


def _at_one_height(group: Sequence[_Candidate]) -> list[_Candidate]:
    """Return the candidates of the commoner edge that stand about as high as their median; one a page."""
    top = Counter(candidate.edge.top for candidate in group).most_common(1)[0][0]
    chosen = [candidate for candidate in group if candidate.edge.top == top]
    middle = median(candidate.edge.line.y for candidate in chosen)
    level = [candidate for candidate in chosen if abs(candidate.edge.line.y - middle) <= _SAME_HEIGHT]
    return list({candidate.page: candidate for candidate in level}.values())


def _from_roman(text: str) -> int:
    values = [_NUMERALS[char] for char in text]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def _roman(number: int) -> str:
    if not 0 < number < 400:
        return ""
    text = ""
    for numeral, value in _NUMERALS.items():
        while number >= value:
            text += numeral
            number -= value
    return text
