"""The words of the grammar: which phrases name which components, levels, fields and cues."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.taxonomy.mentions import Scan, Sort

__all__ = ["NUMBER_WORDS", "Entry", "Lexicon", "lexicon", "read_parameters", "read_remainder", "read_words"]

NUMBER_WORDS = {
    "zero": 0, "no": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12, "twenty": 20,
}  # fmt: skip

_UP = r"(?:and|or)\s+(?:higher|better|above|more(?:\s+open)?|up|over)"
_DOWN = r"(?:and|or)\s+(?:lower|worse|below|less(?:\s+open)?|under|down)"
_LEVEL = re.compile(
    r"(?P<pre>(?:at\s+least|at\s+most|no\s+(?:more|less)\s+than|above|below|over|under"
    r"|(?:more\s+open|higher|better|less\s+open|lower|worse)\s+than)\s+)?(?:(?:openness\s+)?levels?\s+)?"
    r"\b(?P<kind>[CD])[\s-]?(?P<number>\d)\b"
    rf"(?P<post>\s+(?:{_UP}|{_DOWN}))?",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\b(?:openness\s+)?levels?[\s-]+(?P<number>\d|one|two|three|four|five)\b", re.IGNORECASE)


def _level(found: re.Match[str]) -> str:
    """``D3``, with ``>=`` and the like in front where the words say so."""
    pre, post = (found["pre"] or "").lower(), (found["post"] or "").lower()
    sign = ""
    if pre:
        if re.match(r"at\s+least|no\s+less", pre):
            sign = ">="
        elif re.match(r"at\s+most|no\s+more", pre):
            sign = "<="
        else:
            sign = ">" if re.match(r"above|over|more|higher|better", pre) else "<"
    elif post:
        sign = ">=" if re.search(_UP, post, re.IGNORECASE) else "<="
    return f"{sign}{found['kind'].upper()}{found['number']}"


def _numbered(found: re.Match[str]) -> str:
    word = found["number"].lower()
    return f"*{NUMBER_WORDS.get(word, word)}"


@dataclass(frozen=True, slots=True)
class Entry:
    """Forms that say the same."""

    sort: Sort
    value: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of the grammar, as their file gives them."""

    entries: tuple[Entry, ...]
    discourse: re.Pattern[str]
    filler: re.Pattern[str]
    vocabulary: tuple[str, ...]
    """Words that a misspelling may have meant."""
    language: frozenset[str]
    """Words that lie near a model's name and are never taken for it."""
    common_names: frozenset[str]
    """Models' names that are common words too."""
    before_name: frozenset[str]
    after_name: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The words of the grammar, read once."""
    file = files("assistant.taxonomy") / "data" / "grammar" / "english.toml"
    words = tomllib.loads(file.read_text(encoding="utf-8"))
    return Lexicon(
        entries=tuple(
            Entry(Sort(entry["sort"]), entry["value"], _forms(entry["forms"], exact=entry.get("exact", False)))
            for entry in words["word"]
        ),
        discourse=_forms(words["discourse"]["forms"]),
        filler=_forms(words["filler"]["forms"]),
        vocabulary=tuple(words["spelling"]["words"]),
        language=frozenset(words["language"]["words"]),
        common_names=frozenset(words["names"]["common"]),
        before_name=frozenset(words["names"]["before"]),
        after_name=frozenset(words["names"]["after"]),
    )


def _forms(forms: Sequence[str], *, exact: bool = False) -> re.Pattern[str]:
    joined = "|".join(forms)
    return re.compile(joined if exact else rf"\b(?:{joined})\b", re.IGNORECASE)


def read_words(scan: Scan) -> None:
    """Claim the words of the grammar in what the names have left."""
    for entry in lexicon().entries:
        if entry.sort in (Sort.GRADE, Sort.CUE):
            _read_levels(scan)
        scan.match(entry.sort, entry.pattern, entry.value)


_SIZED = re.compile(r"\b(?:number|sizes?|counts?|than|larger|bigger|smaller|fewer)\b", re.IGNORECASE)
_OF_OPENNESS = ("how-open", "more-open", "most-open", "least-open", "licence", "released", "scale")


def read_parameters(scan: Scan) -> None:
    """Parameters are the weights where openness is asked of them, and a size where they are counted."""
    named = [mention for mention in scan.of(Sort.FIELD) if re.fullmatch(r"(?:model\s+)?param\w*", mention.text, re.I)]
    counted = scan.of(Sort.NUMBER, Sort.SUPERLATIVE) or scan.has("count", "count-value") or _SIZED.search(scan.text)
    opened = scan.of(Sort.GRADE, Sort.LEVEL, Sort.LICENCE) or scan.has(*_OF_OPENNESS)
    if opened and not counted:
        for mention in named:
            scan.recast(mention, Sort.STAGE, "weights")


def _read_levels(scan: Scan) -> None:
    scan.match(Sort.LEVEL, _LEVEL, _level)
    scan.match(Sort.LEVEL, _NUMBERED, _numbered)


def read_remainder(scan: Scan) -> None:
    """Claim words of argument and small words, last of all."""
    scan.match(Sort.DISCOURSE, lexicon().discourse, "")
    scan.match(Sort.FILLER, lexicon().filler, "")
