"""In-text citations by author and year: "(Seger et al., 2023)", "Kapoor’s (2024)", "[Kadlec et al.2016]".

In-text citations by number: "[13, 12]", "[3–5]", and superscripts that the page's text keeps as digits.

Which entry of the list an in-text citation means.

The in-text citations of a document, each led to its entry.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.model import Link, Mention, Reference, Section, SectionKind
from corpus.records.names import last_word
from corpus.sections import section_at

__all__ = ["entry_target", "find_author_years", "find_mentions"]

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


NumberCited = tuple[int, int, int]

"""Start and end of the citation, and one number of it."""

_NUMBERS = r"\d{1,3}(?:\s?[-–—]\s?\d{1,3})?"

_LOCUS = r"(?:\s?[,;]\s?(?:p\.|pp\.|page|pages|Sec\.|Section|Ch\.|Chapter|Fig\.|Table|Thm\.|Theorem|§)[^\[\]]{1,30})?"

_BRACKETED = re.compile(rf"\[(?:(?:see|cf\.|e\.g\.,?)\s)?(?P<all>{_NUMBERS}(?:\s?[,;]\s?{_NUMBERS}){{0,30}}){_LOCUS}\]")

_NO_CITATION = re.compile(
    r"(?:[∈=×<>≤≥±+*/(]|\b(?:interval|range|ranges|between|scale|vector|shape|size)(?:\s\w+)?)\s*$"
)

_SUPERSCRIPT = re.compile(r"(?<=[a-z]{2})[.,;:)”]?(?P<all>\d{1,3}(?:[,–-]\d{1,3}){0,8})(?=[\s.,;:)]|$)")

_LONGEST_RANGE = 30


def find_bracketed(text: str) -> Iterator[NumberCited]:
    """Every number in square brackets that looks like a citation; intervals and vectors do not."""
    for match in _BRACKETED.finditer(text):
        if not _NO_CITATION.search(text[max(0, match.start() - 24) : match.start()]):
            for number in _each(match["all"]):
                yield match.start(), match.end(), number


def find_superscripts(text: str) -> Iterator[NumberCited]:
    """Digits right behind a word or its punctuation; most such digits are no citation."""
    for match in _SUPERSCRIPT.finditer(text):
        for number in _each(match["all"]):
            yield match.start("all"), match.end("all"), number


def _each(numbers: str) -> Iterator[int]:
    for part in re.split(r"\s?[,;]\s?", numbers):
        ends = [int(end) for end in re.split(r"\s?[-–—]\s?", part)]
        if len(ends) == 2 and 0 < ends[1] - ends[0] <= _LONGEST_RANGE:
            yield from range(ends[0], ends[1] + 1)
        else:
            yield from ends


_BETWEEN = re.compile(r",\s+(?:and\s+|&\s+)?|\s+and\s+|\s+&\s+")

_TRAILING_ET_AL = re.compile(r",?\s+et\.?\s+al\.?|,?\s+and\s+(?:others|colleagues)", re.I)


class EntryIndex:
    """A reference list, looked up by names and year or by number."""

    def __init__(self, references: Sequence[Reference]) -> None:
        self.references = references
        self._by_name: dict[tuple[str, str], list[int]] = {}
        self._by_label: dict[str, list[int]] = {}
        for number, reference in enumerate(references):
            if reference.authors and reference.year:
                key = (last_word(reference.authors[0]), reference.year[:4])
                self._by_name.setdefault(key, []).append(number)
            if reference.label:
                self._by_label.setdefault(reference.label, []).append(number)

    @property
    def labels(self) -> int:
        """How many entries print a number that no other has."""
        return sum(len(found) == 1 for found in self._by_label.values())

    def by_label(self, label: str) -> int | None:
        """The one entry with that number."""
        found = self._by_label.get(label, [])
        return found[0] if len(found) == 1 else None

    def by_authors(self, authors: str, year: str) -> int | None:
        """The one entry that names and year fit; None where none does, or several do."""
        many = _TRAILING_ET_AL.search(authors) is not None
        names = [last_word(name) for name in _BETWEEN.split(_TRAILING_ET_AL.sub("", authors)) if name.strip(" .")]
        names = [name for name in names if name]
        # In a sentence other words can lead up to the names: "In contrast to Kapoor, Major et al. (2024)".
        for first in range(len(names)):
            found = self._of_year(self._by_name.get((names[first], year[:4]), []), year[4:], names[first:], many)
            if len(found) == 1:
                return found[0]
            if found:
                return None
        return None

    def _of_year(self, entries: list[int], letter: str, names: list[str], many: bool) -> list[int]:
        """The entries with that letter; a list without letters is counted through, one with them needs no letter
        where only one entry fits."""
        fitting = self._narrowed(entries, names, many)
        if not letter:
            plain = [n for n in fitting if len(self.references[n].year) == 4]
            return plain if len(fitting) > 1 and plain else fitting
        lettered = [n for n in fitting if self.references[n].year[4:] == letter]
        if lettered:
            return lettered
        position = ord(letter) - ord("a")
        bare = all(len(self.references[n].year) == 4 for n in fitting)
        return [fitting[position]] if bare and 0 <= position < len(fitting) and len(fitting) > 1 else []

    def _narrowed(self, entries: list[int], names: list[str], many: bool) -> list[int]:
        """Those that also agree in the further names and in their number, where any does."""
        if len(names) > 1:
            # A name that the citation gives and the entry has not is another work's.
            entries = [n for n in entries if self._agrees(n, names)]
        if len(entries) > 1:
            exact = [n for n in entries if self._counts(n, len(names), many)]
            return exact or entries
        return entries

    def _agrees(self, number: int, names: list[str]) -> bool:
        authors = [last_word(name) for name in self.references[number].authors]
        return len(authors) == 1 or names[1] in authors[1:]

    def _counts(self, number: int, named: int, many: bool) -> bool:
        authors = len(self.references[number].authors)
        return authors > max(1, named) if many else authors == named


_BIB_TARGET = re.compile(r"#(?:bib\.bib|bib|ref-?|cite_note-|CR|B)(?P<number>\d{1,4})$")

_ENTRY_TARGET = re.compile(r"#entry-at-(?P<offset>\d{1,9})$")

_NUMBERED_LIST = 0.8

"""Share of entries with a number of their own from which a list counts as numbered."""

_SUPERSCRIPTED = 0.5

"""Share of a list's entries that superscripts must reach, in a text without other citations, to be believed."""


def entry_target(offset: int) -> str:
    """The target of a link to the entry that begins at an offset of the text."""
    return f"#entry-at-{offset}"


def find_mentions(
    text: str, sections: Sequence[Section], references: Sequence[Reference], links: Sequence[Link] = ()
) -> tuple[Mention, ...]:
    """The citations outside the reference lists, in text order, each with the one entry that it fits.

    A citation of several works gives a mention for each. Citations by author and year that fit no entry are kept,
    without one; numbers are citations only where the list has them.
    """
    if not references:
        return ()
    index = EntryIndex(references)
    named = [Mention(c.start, c.end, index.by_authors(c.authors, c.year)) for c in find_author_years(text)]
    linked = list(_linked(text, links, index))
    found = [*_outside_lists([*named, *linked], sections), *_numbered(text, index, named, sections)]
    return tuple(_without_doubles(found))


def _outside_lists(mentions: Iterable[Mention], sections: Sequence[Section]) -> list[Mention]:
    kept = []
    for mention in mentions:
        section = section_at(sections, mention.start)
        if section is None or sections[section].kind is not SectionKind.REFERENCES:
            kept.append(mention)
    return kept


def _linked(text: str, links: Sequence[Link], index: EntryIndex) -> Iterator[Mention]:
    """Links to entries, by their place, or by their number where the link's text does not speak against it."""
    places = {reference.start: number for number, reference in enumerate(index.references)}
    for link in links:
        if place := _ENTRY_TARGET.match(link.target):
            if (entry := places.get(int(place["offset"]))) is not None:
                yield Mention(link.start, link.end, entry)
            continue
        target = _BIB_TARGET.search(link.target)
        number = int(target["number"]) - 1 if target else -1
        if 0 <= number < len(index.references):
            anchor = text[link.start : link.end]
            if _may_mean(anchor, index.references[number]):
                yield Mention(link.start, link.end, number)


def _may_mean(anchor: str, reference: Reference) -> bool:
    """Whether a link's text, if it states a year, states the entry's."""
    years = re.findall(r"(?<!\d)(?:1[89]|20)\d{2}(?!\d)", anchor)
    return not years or not reference.year or reference.year[:4] in years


def _numbered(text: str, index: EntryIndex, named: Sequence[Mention], sections: Sequence[Section]) -> Iterator[Mention]:
    if index.labels < _NUMBERED_LIST * len(index.references):
        return
    bracketed = _outside_lists(_listed(find_bracketed(text), index), sections)
    if bracketed:
        yield from bracketed
    elif not any(mention.reference is not None for mention in named):
        raised = _outside_lists(_listed(find_superscripts(text), index), sections)
        if len({mention.reference for mention in raised}) >= _SUPERSCRIPTED * len(index.references):
            yield from raised


def _listed(cited: Iterable[NumberCited], index: EntryIndex) -> Iterator[Mention]:
    """Citations all of whose numbers the list has."""
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for start, end, number in cited:
        groups[start, end].append(number)
    for (start, end), numbers in groups.items():
        entries = [index.by_label(str(number)) for number in numbers]
        if None not in entries:
            yield from (Mention(start, end, entry) for entry in entries)


def _without_doubles(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Of overlapping mentions of one entry the longest; one without an entry gives way to any that has one."""
    ordered = sorted(set(mentions), key=lambda m: (m.start, m.end, -1 if m.reference is None else m.reference))
    reach = max((m.end - m.start for m in ordered), default=0)
    for n, mention in enumerate(ordered):
        near = (
            other for other in _around(ordered, n, reach) if other.start < mention.end and mention.start < other.end
        )
        if not any(_supersedes(other, mention) for other in near):
            yield mention


def _around(ordered: Sequence[Mention], n: int, reach: int) -> Iterator[Mention]:
    for step in (-1, 1):
        at = n + step
        while 0 <= at < len(ordered) and abs(ordered[at].start - ordered[n].start) <= reach:
            yield ordered[at]
            at += step


def _supersedes(other: Mention, mention: Mention) -> bool:
    longer = (other.end - other.start, -other.start) > (mention.end - mention.start, -mention.start)
    if mention.reference is None:
        return other.reference is not None or longer
    return other.reference == mention.reference and longer
