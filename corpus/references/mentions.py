"""The in-text citations of a document, each led to its entry."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from corpus.model import Link, Mention, Reference, Section, SectionKind
from corpus.references.authoryear import find_author_years
from corpus.references.numeric import NumberCited, find_bracketed, find_superscripts
from corpus.references.resolution import EntryIndex
from corpus.sections import section_at

__all__ = ["entry_target", "find_mentions"]

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
