"""What the words of a question name: models, components, levels, fields, dates, and the cues that shape it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "CHUNK",
    "EXCEPT",
    "NEGATION",
    "NUMBER_WORDS",
    "Mention",
    "Scan",
    "Sort",
    "distinct",
    "key_of",
    "plain",
    "single",
]

NUMBER_WORDS = {
    "zero": 0, "no": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12, "twenty": 20,
}  # fmt: skip

NEGATION = re.compile(
    r"(?:\b(?:not|no|without|lacks?|lacking|never|neither|nor|non|other\s+than|except|anything\s+but|far\s+from)|n't)(?:[\s-]+\w+){0,2}[\s-]*$",
    re.IGNORECASE,
)
"""A refusal, up to two words before what it refuses."""
EXCEPT = re.compile(
    r"\b(?:other\s+than|except(?:\s+for)?|besides|apart\s+from)\s+(?:for\s+)?(?:the\s+|its\s+|their\s+)?$",
    re.IGNORECASE,
)
"""An exception, right before what is excepted."""

CHUNK = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+")
"""A piece of a name: a number, or letters."""


class Sort(StrEnum):
    """What a mention is."""

    MODEL = "model"
    FAMILY = "family"
    DEVELOPER = "developer"
    FOREIGN = "foreign"
    """A model or a version that is not in the table."""
    VARIANT = "variant"
    """A size or a flavour of a model that is in the table."""
    LICENCE = "licence"
    STAGE = "stage"
    MATTER = "matter"
    """Code or data."""
    LEVEL = "level"
    GRADE = "grade"
    """Levels named in words."""
    FIELD = "field"
    SUPERLATIVE = "superlative"
    OPERATOR = "operator"
    DATE = "date"
    NUMBER = "number"
    CUE = "cue"
    DISCOURSE = "discourse"
    """A word of argument and opinion: the question is for the texts."""
    FILLER = "filler"


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of the question that was understood."""

    sort: Sort
    value: str
    start: int
    end: int
    text: str


_FOLDED = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2011": "-",
        "\u2013": "-",
        "\u2014": " - ",
        "\u2212": "-",
    }
)
"""Kinds of quotation mark and dash, to the plain ones."""


def plain(question: str) -> str:
    """The question with compatible characters folded, plain quotes and dashes, and single spaces."""
    folded = " ".join(unicodedata.normalize("NFKC", question).translate(_FOLDED).split())
    return re.sub(r"\b[Nn]on-(?=[A-Z])", "not ", folded)


class Scan:
    """Collects mentions; what one has claimed no later one can claim."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._open = text
        self._mentions: list[Mention] = []

    @property
    def open(self) -> str:
        """The text with everything claimed blanked out."""
        return self._open

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """All mentions in the order of the text."""
        return tuple(sorted(self._mentions, key=lambda mention: mention.start))

    def claim(self, sort: Sort, value: str, start: int, end: int) -> None:
        """Add a mention."""
        self._mentions.append(Mention(sort, value, start, end, self.text[start:end]))
        self._open = f"{self._open[:start]}{chr(0) * (end - start)}{self._open[end:]}"

    def match(self, sort: Sort, pattern: re.Pattern[str], value: str | Callable[[re.Match[str]], str]) -> None:
        """Claim every match of ``pattern`` in what is still open."""
        for found in list(pattern.finditer(self._open)):
            if found.end() > found.start():
                self.claim(sort, value if isinstance(value, str) else value(found), found.start(), found.end())

    def recast(self, mention: Mention, sort: Sort, value: str) -> None:
        """Take a mention for something else than it was taken for."""
        self._mentions.remove(mention)
        self._mentions.append(Mention(sort, value, mention.start, mention.end, mention.text))

    def of(self, *sorts: Sort) -> tuple[Mention, ...]:
        """The mentions of some sorts, in order."""
        return tuple(mention for mention in self.mentions if mention.sort in sorts)

    def has(self, *cues: str) -> bool:
        """Whether any of these cues was said."""
        return any(mention.value in cues for mention in self._mentions if mention.sort is Sort.CUE)

    def values(self, sort: Sort) -> tuple[str, ...]:
        """The distinct values of a sort, in order."""
        return distinct(mention.value for mention in self.of(sort))

    def between(self, first: Mention, second: Mention) -> str:
        """The text between two mentions."""
        return self.text[first.end : second.start]


def distinct(values: Iterable[str]) -> tuple[str, ...]:
    """Each value once, in order."""
    return tuple(dict.fromkeys(values))


def single(word: str) -> str:
    """A word with doubled letters written once."""
    return re.sub(r"(.)\1+", r"\1", word)


def key_of(name: str) -> str:
    """A name without spaces, hyphens and case: ``GPT-3.5-turbo`` and ``gpt 3.5 turbo`` have the same."""
    return "".join(CHUNK.findall(name.lower()))
