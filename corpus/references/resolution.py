"""Which entry of the list an in-text citation means."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import Reference
from corpus.references.names import last_word

__all__ = ["EntryIndex"]

_BETWEEN = re.compile(r",\s+(?:and\s+|&\s+)?|\s+and\s+|\s+&\s+")
_ET_AL = re.compile(r",?\s+et\.?\s+al\.?|,?\s+and\s+(?:others|colleagues)", re.I)


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
        many = _ET_AL.search(authors) is not None
        names = [last_word(name) for name in _BETWEEN.split(_ET_AL.sub("", authors)) if name.strip(" .")]
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
