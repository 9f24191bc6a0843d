"""The words of the grammar: which phrases name which components, levels, fields and cues."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.taxonomy.mentions import NUMBER_WORDS, Scan, Sort

__all__ = ["lexicon", "read_parameters", "read_remainder", "read_words", "unframed"]

_UP = r"(?:and|or)\s+(?:higher|better|above|more(?:\s+open)?|up|over)"
_DOWN = r"(?:and|or)\s+(?:lower|worse|below|less(?:\s+open)?|under|down)"
_LEVEL = re.compile(
    r"(?P<pre>(?:at\s+least|at\s+most|no\s+(?:more|less)\s+than|above|below|over|under"
    r"|(?:more\s+open|higher|better|less\s+open|lower|worse)\s+than)\s+)?"
    r"(?:(?:openness\s+)?levels?\s+|(?<=the )code\s+)?"
    r"\b(?P<kind>[CD])[\s-]?(?P<number>\d)\b"
    rf"(?P<post>\s+(?:{_UP}|{_DOWN}))?",
    re.IGNORECASE,
)
_NUMBER = r"\d|one|two|three|four|five"
_NUMBERED = re.compile(
    rf"\b(?P<pre>(?:at\s+least|at\s+most|above|below|over|under)\s+)?(?:openness\s+)?(?:levels?|grades?)[\s-]+(?:of\s+)?"
    rf"(?P<number>{_NUMBER})\b(?:\s*(?P<join>,|or|and|/|to|through|-|–)\s*(?P<second>{_NUMBER})\b)?(?P<post>\s+(?:{_UP}|{_DOWN}))?",
    re.IGNORECASE,
)


def _level(found: re.Match[str]) -> str:
    """``D3``, with ``>=`` and the like in front where the words say so."""
    return f"{_sign(found)}{found['kind'].upper()}{found['number']}"


def _sign(found: re.Match[str]) -> str:
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
    return sign


def _numbered(found: re.Match[str]) -> str:
    first, last = (int(NUMBER_WORDS.get(word, word)) for word in (found["number"].lower(), (found["second"] or "0")))
    if found["join"] in ("to", "through", "-", "–"):
        return f"*{''.join(str(n) for n in range(first, last + 1))}"
    return f"{_sign(found)}*{first}{last or ''}"


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
    lead: re.Pattern[str]
    """How a question is introduced, ``could you tell me whether``."""
    tail: re.Pattern[str]
    """What is said behind it, ``for my essay``."""
    discourse: re.Pattern[str]
    light: re.Pattern[str]
    """Words that say nothing here beside what the table holds, but much elsewhere."""
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
        lead=re.compile(rf"\s*(?:{'|'.join(words['frame']['lead'])})(?!\w)[\s,:]*", re.IGNORECASE),
        tail=re.compile(rf"[\s,]+(?:{'|'.join(words['frame']['tail'])})\s*(?=[?.!\s]*$)", re.IGNORECASE),
        discourse=_forms(words["discourse"]["forms"]),
        light=_forms(words["light"]["forms"]),
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


def unframed(text: str) -> str:
    """The question without what introduces it and what is said behind it."""
    words = lexicon()
    while (lead := words.lead.match(text)) and len(text) - lead.end() > 2:
        text = text[lead.end() :]
    while (tail := words.tail.search(text)) and tail.start() > 2:
        text = text[: tail.start()] + text[tail.end() :]
    return text


def read_words(scan: Scan) -> None:
    """Claim the words of the grammar in what the names have left."""
    levels_read = False
    for entry in lexicon().entries:
        if not levels_read and entry.sort in (Sort.GRADE, Sort.CUE):
            _read_levels(scan)
            levels_read = True
        scan.match(entry.sort, entry.pattern, entry.value)


_SIZED = re.compile(
    r"\b(?:sizes?|counts?|than|larger|bigger|smaller|fewer)\b"
    r"|\b(?:how\s+many|number\s+of|\w+illion)\s+(?:\w+\s+)?(?:model\s+)?param",
    re.IGNORECASE,
)
_OF_OPENNESS = ("how-open", "more-open", "most-open", "least-open", "licence", "released", "scale")


def read_parameters(scan: Scan) -> None:
    """Parameters are the weights where openness is asked of them, and a size where they are counted."""
    named = [mention for mention in scan.of(Sort.FIELD) if re.fullmatch(r"(?:model\s+)?param\w*", mention.text, re.I)]
    counted = scan.of(Sort.NUMBER, Sort.SUPERLATIVE) or scan.has("count-value") or _SIZED.search(scan.text)
    opened = scan.of(Sort.GRADE, Sort.LEVEL, Sort.LICENCE) or scan.has(*_OF_OPENNESS)
    if opened and not counted:
        for mention in named:
            scan.recast(mention, Sort.STAGE, "weights")


def _read_levels(scan: Scan) -> None:
    scan.match(Sort.LEVEL, _LEVEL, _level)
    scan.match(Sort.LEVEL, _NUMBERED, _numbered)


def read_remainder(scan: Scan, *, tolerant: bool = False) -> None:
    """Claim words of argument and small words, last of all; a tolerant reading knows more small words."""
    if tolerant:
        scan.match(Sort.FILLER, lexicon().light, "")
    scan.match(Sort.DISCOURSE, lexicon().discourse, "")
    scan.match(Sort.FILLER, lexicon().filler, "")
