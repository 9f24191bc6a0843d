"""In-text citations, each resolved to the entry of the reference list that it means.

By author and year: "(Seger et al., 2023)", "Kapoor’s (2024)", "[Kadlec et al.2016]"; by number: "[13, 12]", "[3–5]" and
superscripts, which the page's text keeps as digits; and links to entries.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.locating import section_at
from corpus.model import Link, Mention, Reference, Section, SectionKind
from corpus.records.names import PARTICLES, last_word

__all__ = ["entry_target", "find_author_years", "find_mentions"]

_YEAR = r"(?:1[89]|20)\d{2}[a-z]?(?!\w)"
_YEARS = rf"{_YEAR}(?:\s*[,;&/]\s*(?:and\s+)?(?:{_YEAR}|[a-z]\b(?!\w|\.)))*"
_PARTICLE = rf"(?:(?:{'|'.join(f'[{word[0]}{word[0].upper()}]{word[1:]}' for word in sorted(PARTICLES))}|i|y)\s)"
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
"""Characters before a year in which its authors are searched."""
_NO_NAMES = frozenset(
    "january february march april may june july august september october november december figure table section "
    "equation chapter appendix since until during version the in of from by before after".split()
)

_NUMBERS = r"\d{1,3}(?:\s?[-–—]\s?\d{1,3})?"
_LOCUS = r"(?:\s?[,;]\s?(?:p\.|pp\.|page|pages|Sec\.|Section|Ch\.|Chapter|Fig\.|Table|Thm\.|Theorem|§)[^\[\]]{1,30})?"
_BRACKETED = re.compile(rf"\[(?:(?:see|cf\.|e\.g\.,?)\s)?(?P<all>{_NUMBERS}(?:\s?[,;]\s?{_NUMBERS}){{0,30}}){_LOCUS}\]")
_NO_CITATION = re.compile(
    r"(?:[∈=×<>≤≥±+*/(]|\b(?:interval|range|ranges|between|scale|vector|shape|size)(?:\s\w+)?)\s*$"
)
_SUPERSCRIPT = re.compile(r"(?<=[a-z]{2})[.,;:)”]?(?P<all>\d{1,3}(?:[,–-]\d{1,3}){0,8})(?=[\s.,;:)]|$)")
_LONGEST_RANGE = 30

_BETWEEN = re.compile(r",\s+(?:and\s+|&\s+)?|\s+and\s+|\s+&\s+")
_TRAILING_ET_AL = re.compile(r",?\s+et\.?\s+al\.?|,?\s+and\s+(?:others|colleagues)", re.I)

_BIB_TARGET = re.compile(r"#(?:bib\.bib|bib|ref-?|cite_note-|CR|B)(?P<number>\d{1,4})$")
_ENTRY_TARGET = re.compile(r"#entry-at-(?P<offset>\d{1,9})$")
_NUMBERED_LIST = 0.8
"""Minimum share of entries with a unique number in a numbered list."""
_SUPERSCRIPTED = 0.5
"""Minimum share of entries that superscripts must cite to count as citations."""

_NumberCited = tuple[int, int, int]
"""Start and end of a citation, and one number in it."""


@dataclass(frozen=True, slots=True)
class AuthorYear:
    """One cited work; a citation of several years by one author gives several."""

    start: int
    end: int
    authors: str
    year: str


def entry_target(offset: int) -> str:
    """The link target of the entry that begins at ``offset``."""
    return f"#entry-at-{offset}"


def find_mentions(
    text: str, sections: Sequence[Section], references: Sequence[Reference], links: Sequence[Link] = ()
) -> tuple[Mention, ...]:
    """The citations outside the reference lists, in text order, each with its entry.

    A citation of several works gives one mention per work. Citations by author and year that fit no entry are kept
    without one; numbers count only if the list has them.
    """
    if not references:
        return ()
    index = _EntryIndex(references)
    named = [Mention(c.start, c.end, index.by_authors(c.authors, c.year)) for c in find_author_years(text)]
    linked = list(_linked(text, links, index))
    found = [*_outside_lists([*named, *linked], sections), *_numbered(text, index, named, sections)]
    return tuple(_without_doubles(found))


def find_author_years(text: str) -> Iterator[AuthorYear]:
    """Every citation by author and year; overlapping ones were found by two patterns."""
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
    """The citations whose years begin at ``start``, each with the names directly before."""
    window = max(floor, start - _REACH)
    signed = _SIGNED.search(text[window:start])
    if signed is None or signed["authors"].split()[-1].strip(".,").casefold() in _NO_NAMES:
        return
    year = ""
    for piece in re.findall(rf"{_YEAR}|\b[a-z]\b", years):
        year = piece if len(piece) > 1 else year[:4] + piece
        yield AuthorYear(window + signed.start(), end, signed["authors"], year)


def _outside_lists(mentions: Iterable[Mention], sections: Sequence[Section]) -> list[Mention]:
    placed = ((mention, section_at(sections, mention.start)) for mention in mentions)
    return [m for m, at in placed if at is None or sections[at].kind is not SectionKind.REFERENCES]


def _linked(text: str, links: Sequence[Link], index: "_EntryIndex") -> Iterator[Mention]:
    """Links to entries, by offset, or by number unless the link's text contradicts it."""
    places = {reference.start: number for number, reference in enumerate(index.references)}
    for link in links:
        if place := _ENTRY_TARGET.match(link.target):
            if (entry := places.get(int(place["offset"]))) is not None:
                yield Mention(link.start, link.end, entry)
            continue
        target = _BIB_TARGET.search(link.target)
        number = int(target["number"]) - 1 if target else -1
        if 0 <= number < len(index.references) and _may_mean(text[link.start : link.end], index.references[number]):
            yield Mention(link.start, link.end, number)


def _may_mean(anchor: str, reference: Reference) -> bool:
    """Whether a link's text states no other year than the entry."""
    years = re.findall(r"(?<!\d)(?:1[89]|20)\d{2}(?!\d)", anchor)
    return not years or not reference.year or reference.year[:4] in years


def _numbered(
    text: str, index: "_EntryIndex", named: Sequence[Mention], sections: Sequence[Section]
) -> Iterator[Mention]:
    if index.labels < _NUMBERED_LIST * len(index.references):
        return
    bracketed = _outside_lists(_listed(_bracketed_numbers(text), index), sections)
    if bracketed:
        yield from bracketed
    elif not any(mention.reference is not None for mention in named):
        raised = _outside_lists(_listed(_superscripts(text), index), sections)
        if len({mention.reference for mention in raised}) >= _SUPERSCRIPTED * len(index.references):
            yield from raised


def _listed(cited: Iterable[_NumberCited], index: "_EntryIndex") -> Iterator[Mention]:
    """The citations all of whose numbers the list has."""
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for start, end, number in cited:
        groups[start, end].append(number)
    for (start, end), numbers in groups.items():
        entries = [index.by_label(str(number)) for number in numbers]
        if None not in entries:
            yield from (Mention(start, end, entry) for entry in entries)


def _without_doubles(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The longest of overlapping mentions of one entry; mentions with an entry replace those without."""
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


def _bracketed_numbers(text: str) -> Iterator[_NumberCited]:
    """Every number in square brackets, except in intervals and vectors."""
    for match in _BRACKETED.finditer(text):
        if not _NO_CITATION.search(text[max(0, match.start() - 24) : match.start()]):
            for number in _each(match["all"]):
                yield match.start(), match.end(), number


def _superscripts(text: str) -> Iterator[_NumberCited]:
    """Digits directly after a word or its punctuation; most of them are not citations."""
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


class _EntryIndex:
    """Look-up of a reference list's entries by names and year, or by number."""

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
        """Number of entries whose printed number is unique."""
        return sum(len(found) == 1 for found in self._by_label.values())

    def by_label(self, label: str) -> int | None:
        """The only entry with that number, or None."""
        found = self._by_label.get(label, [])
        return found[0] if len(found) == 1 else None

    def by_authors(self, authors: str, year: str) -> int | None:
        """The only entry that fits names and year, or None."""
        many = _TRAILING_ET_AL.search(authors) is not None
        names = [last_word(name) for name in _BETWEEN.split(_TRAILING_ET_AL.sub("", authors)) if name.strip(" .")]
        names = [name for name in names if name]
        # Other names may stand before those of the citation: "In contrast to Kapoor, Major et al. (2024)".
        for first in range(len(names)):
            found = self._of_year(self._by_name.get((names[first], year[:4]), []), year[4:], names[first:], many)
            if len(found) == 1:
                return found[0]
            if found:
                return None
        return None

    def _of_year(self, entries: list[int], letter: str, names: list[str], many: bool) -> list[int]:
        """The entries of the year with that letter.

        In a list without letters, "b" is the second fitting entry; without a letter, entries without one go first.
        """
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
        """The entries that agree in further names, preferably also in the number of authors."""
        if len(names) > 1:
            # A name in the citation that the entry lacks means another work.
            authors = {n: [last_word(name) for name in self.references[n].authors] for n in entries}
            entries = [n for n in entries if len(authors[n]) == 1 or names[1] in authors[n][1:]]
        if len(entries) < 2:
            return entries
        counts = {n: len(self.references[n].authors) for n in entries}
        return [n for n in entries if (counts[n] > max(1, len(names)) if many else counts[n] == len(names))] or entries
