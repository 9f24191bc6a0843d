"""The names that a question may use for models, families and developers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from assistant.taxonomy.edition import Edition
from assistant.taxonomy.lexicon import lexicon
from assistant.taxonomy.mentions import CHUNK, Scan, Sort, key_of, single

__all__ = ["Names"]

_GAP = r"[\s\-_]*"
_SIZE = re.compile(r"[\s\-]*(?:\d+x)?\d+(?:\.\d+)?\s?(?:[bm](?![a-z])|billion|million)(?:\d(?!\d))?", re.IGNORECASE)
_VERSION = re.compile(r"(?:\s?-?\s?v?)(\d{1,2}(?:\.\d+)?)(?:[a-z](?![a-z]))?(?!\w|,\d|/\d)", re.IGNORECASE)
_FLAVOUR = re.compile(r"[\s\-]+(?:xxl|xl|small|base|chat|instruct|hf|vision)\b", re.IGNORECASE)
_MANY = re.compile(r"(?:'s?)?\s+(?:models|family|series|versions|line)\b", re.IGNORECASE)

_NOT_A_NAME = re.compile(
    r"\bopt(?:s|ed|ing)?[\s-]+(?:out|in|for|to)\b|\bbloom\s+of\b|\bpalm\s+(?:oil|tree)", re.IGNORECASE
)


_SPLIT = re.compile(r"^([a-z]+)(.*)$")


def _pattern(name: str) -> str:
    return _GAP.join(re.escape(chunk) for chunk in CHUNK.findall(name.lower()))


@dataclass(frozen=True, slots=True)
class _Entry:
    sort: Sort
    value: str


class Names:
    """Finds names in a question; the longest name at a place wins."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._families = {family.name.lower(): family for family in edition.families}
        self._entries: dict[str, _Entry] = {}
        for name in edition.foreign:
            self._add(name, Sort.FOREIGN, name)
        for alias, developer in edition.developer_names.items():
            self._add(alias, Sort.DEVELOPER, developer)
        for family in edition.families:
            self._add(family.name, Sort.FAMILY, family.name)
        for alias, (model, _) in edition.other_names.items():
            self._add(alias, Sort.MODEL, model)
        for item in edition.models:
            self._add(item.name, Sort.MODEL, item.name)
            self._add(item.name_in_facts, Sort.MODEL, item.name)
        self._heads = frozenset(CHUNK.findall(key)[0] for key, entry in self._entries.items() if entry.sort in _NAMED)
        alternatives = sorted({_pattern(name) for name in self._written}, key=len, reverse=True)
        self._any = re.compile(rf"(?<![\w-])(?:{'|'.join(alternatives)})(?![^\W\d_])", re.IGNORECASE)

    def _add(self, name: str, sort: Sort, value: str) -> None:
        self._entries[key_of(name)] = _Entry(sort, value)

    @property
    def _written(self) -> list[str]:
        edition = self._edition
        names = [*edition.foreign, *edition.developer_names, *edition.other_names]
        names += [family.name for family in edition.families]
        return names + [name for model in edition.models for name in (model.name, model.name_in_facts)]

    def model(self, name: str) -> str | None:
        """The model that a name means on its own, or None."""
        entry = self._entries.get(key_of(name))
        return entry.value if entry is not None and entry.sort is Sort.MODEL else None

    @cached_property
    def spellings(self) -> dict[str, str]:
        """Every name of a model, family or developer by its key: what a misspelt word may have meant."""
        return {key: entry.value for key, entry in self._entries.items() if entry.sort is not Sort.FOREIGN}

    @cached_property
    def by_digits(self) -> dict[str, list[tuple[str, str, str]]]:
        """Names by what follows their first letters: those letters, the same without doubles, and the name."""
        found: dict[str, list[tuple[str, str, str]]] = {}
        for key, value in self.spellings.items():
            if split := _SPLIT.match(key):
                found.setdefault(split[2], []).append((split[1], single(split[1]), value))
        return found

    def note(self, text: str) -> str:
        """The remark that comes with a name as it was written, or nothing."""
        wanted = key_of(text)
        return next((note for name, (_, note) in self._edition.other_names.items() if key_of(name) == wanted), "")

    def find(self, scan: Scan) -> None:
        """Claim every name in the question."""
        text = scan.text
        for found in self._any.finditer(text):
            start, end = found.span()
            if end < len(text) and text[end].isdigit() and text[end - 1].isdigit():
                continue
            entry = self._entries.get(key_of(found[0]))
            if entry is None or not self._plausible(text, start, end):
                continue
            self._claim(scan, entry, start, end)

    def _claim(self, scan: Scan, entry: _Entry, start: int, end: int) -> None:
        text = scan.text
        if entry.sort in _NAMED and (size := _SIZE.match(text, end)):
            if "x" in size[0].lower():
                scan.claim(Sort.FOREIGN, text[start : size.end()], start, size.end())
                return
            self._claim_entry(scan, entry, start, end)
            scan.claim(Sort.VARIANT, size[0].strip(" -"), end, size.end())
            return
        if entry.sort in _NAMED and self._is_version(text, start, end):
            version = _VERSION.match(text, end) or re.compile(r"[.\d\w]+").match(text, end)
            stop = version.end() if version else end
            if inner := self._inner(text, start, stop):
                scan.claim(Sort.MODEL, inner[1], inner[0], stop)
                return
            scan.claim(Sort.FOREIGN, text[start:stop], start, stop)
            return
        if end < len(text) and (text[end].isalnum() or re.match(r"\.\d", text[end:])):
            return
        self._claim_entry(scan, entry, start, end)
        if entry.sort is Sort.MODEL and (flavour := _FLAVOUR.match(text, end)):
            scan.claim(Sort.VARIANT, flavour[0].strip(" -"), end, flavour.end())

    def _inner(self, text: str, start: int, stop: int) -> tuple[int, str] | None:
        """Where a shorter name with its version is one of the table, ``open [llama 2]``, and which."""
        for gap in re.finditer(r"\s+", text[start:stop]):
            entry = self._entries.get(key_of(text[start + gap.end() : stop]))
            if entry is not None and entry.sort is Sort.MODEL:
                return start + gap.end(), entry.value
        return None

    def _claim_entry(self, scan: Scan, entry: _Entry, start: int, end: int) -> None:
        sort, value = entry.sort, entry.value
        family = self._families.get(value.lower())
        if sort is Sort.MODEL and family is not None and _MANY.match(scan.text, end):
            sort, value = Sort.FAMILY, family.name
        scan.claim(sort, value, start, end)

    def _is_version(self, text: str, start: int, end: int) -> bool:
        """Whether a version number follows that makes it another model, ``Claude 3``, ``GPT-4.5``, ``GPT-4o``."""
        if text[end - 1].isdigit():
            return re.match(r"\.\d|[a-z](?![a-z])", text[end:], re.IGNORECASE) is not None
        version = _VERSION.match(text, end)
        return version is not None and not re.match(r"\s(?:or|and|points?|models?)\b", text[version.end() :])

    def _plausible(self, text: str, start: int, end: int) -> bool:
        """Whether a name that is also a common word stands where a model's name would."""
        word = text[start:end]
        if word.lower() not in lexicon().common_names:
            return not (word.lower() == "meta" and text[end : end + 1] == "-")
        if any(word == model.name for model in self._edition.models):
            following = re.match(r"\s+([A-Z][a-z]+)\b", text[end:])
            return (
                following is None
                or following[1].lower() in lexicon().after_name
                or self.model(following[1]) is not None
            )
        if _NOT_A_NAME.match(text, start):
            return False
        if re.match(r"[\s-]?\d", text[end:]):
            return True
        before = re.findall(r"[\w']+", text[:start].lower())
        after = re.findall(r"'s|[\w']+", text[end:].lower())
        left = (
            not before
            or before[-1] in lexicon().before_name
            or before[-1].endswith("'s")
            or text[:start].rstrip().endswith((",", ":"))
        )
        right = (
            not after
            or after[0] in lexicon().after_name
            or text[end:].lstrip().startswith(("?", ",", ".", "-", "!", ":"))
        )
        if word[0].isupper() and start > 0:
            return left or right
        return left and right


_NAMED = (Sort.MODEL, Sort.FAMILY, Sort.FOREIGN)
