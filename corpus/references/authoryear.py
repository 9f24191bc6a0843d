"""In-text citations by author and year: "(Seger et al., 2023)", "Kapoor’s (2024)", "[Kadlec et al.2016]"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["AuthorYear", "find_author_years"]

_YEAR = r"(?:1[89]|20)\d{2}[a-z]?(?!\w)"
_YEARS = rf"{_YEAR}(?:\s*[,;&/]\s*(?:and\s+)?(?:{_YEAR}|[a-z]\b(?!\w|\.)))*"
_PARTICLE = r"(?:(?:[VvZz][ao]n|[Dd](?:e[nrl]?|ella|i|a|os|u)|[Ll][ae]|[Tt]e[rn]|el|al|i|y)\s)"
_WORD = r"[A-ZÀ-ÖØ-Þ][\w´¨ˇ˜˝’'`-]*\.?"
_NAME = rf"{_PARTICLE}{{0,3}}{_WORD}(?:[ ]{_PARTICLE}{{0,2}}{_WORD}){{0,4}}"
_ET_AL = r",?\s+et\.?\s+al\b\.?"
_AUTHORS = rf"{_NAME}(?:(?:,\s+{_NAME}){{0,4}},?\s+(?:and|&)\s+{_NAME}|{_ET_AL}|(?:,\s+{_NAME}){{1,3}}{_ET_AL})?"
_SIGNED = re.compile(rf"(?P<authors>{_AUTHORS})(?:[’'´]s?)?,?\s*$")
_OPENED_YEARS = re.compile(rf"[(\[](?P<years>{_YEARS})(?:[,:;]\s[^()\[\]]{{1,60}})?[)\]]")
_INNER_YEARS = re.compile(
    rf"(?<![\w-])[(\[]?(?P<years>{_YEARS})|(?<=\bal\.)(?P<near>{_YEARS})|(?<=[a-z])(?P<joined>{_YEARS})"
)
_ENCLOSED = re.compile(r"\((?P<round>[^()]{5,1500})\)|\[(?P<square>[^\[\]]{5,1500})\]")
_REACH = 160
"""Characters in front of a year among which its authors are looked for."""
_NO_NAMES = frozenset(
    "january february march april may june july august september october november december figure table section "
    "equation chapter appendix since until during version the in of from by before after".split()
)


@dataclass(frozen=True, slots=True)
class AuthorYear:
    """One cited work; a citation of several years of one author stands for several of these."""

    start: int
    end: int
    authors: str
    year: str


def find_author_years(text: str) -> Iterator[AuthorYear]:
    """Every such citation in a text; those that overlap were found in two ways."""
    for match in _OPENED_YEARS.finditer(text):
        yield from _each_year(text, 0, match.start(), match.end(), match["years"])
    for group in _ENCLOSED.finditer(text):
        end = group.end() - 1
        last = group.start() + 1
        for match in _INNER_YEARS.finditer(text, last, end):
            years = match["years"] or match["near"] or match["joined"]
            yield from _each_year(text, last, match.start(), match.end(), years)
            last = match.end()


def _each_year(text: str, floor: int, start: int, end: int, years: str) -> Iterator[AuthorYear]:
    """The citations whose years stand at ``start``: each with the names right in front of them."""
    window = max(floor, start - _REACH)
    signed = _SIGNED.search(text[window:start])
    if signed is None or signed["authors"].split()[-1].strip(".,").casefold() in _NO_NAMES:
        return
    year = ""
    for piece in re.findall(rf"{_YEAR}|\b[a-z]\b", years):
        year = piece if len(piece) > 1 else year[:4] + piece
        yield AuthorYear(window + signed.start(), end, signed["authors"], year)
