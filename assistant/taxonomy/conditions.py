"""The conditions on numbers that a question sets: counts, amounts, and what another model has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.taxonomy.mentions import NUMBER_WORDS, Scan, Sort
from assistant.taxonomy.query import FAR, FieldTest, ReleaseTest, TallyTest

if TYPE_CHECKING:
    from assistant.taxonomy.edition import Edition
    from assistant.taxonomy.grading import Graded

__all__ = ["field_tests", "first_number", "read_numbers", "relative_test", "tally_test"]

_AMOUNT = r"\d[\d,]*(?:\.\d+)?"
_NUMBER = re.compile(
    rf"(?P<operator>\b(?:(?:more|greater|higher|larger|bigger|less|fewer|lower|smaller)\s+than|over|above|under|below|at\s+least|at\s+most"
    r"|exceeding|exactly|no\s+more\s+than|no\s+less\s+than|up\s+to)\s+|[<>]=?\s*)?(?:\ban?\s+)?"
    rf"(?:(?:elo|score|rating)\s+(?:of\s+)?)?(?P<number>\b(?:{_AMOUNT}|(?:an?|one)(?=\s+(?:thousand|million|billion|trillion))))\s?(?P<unit>thousand|million|billion|trillion|[kmbt]\b)?"
    r"(?P<post>\s+or\s+(?:more|less|higher|lower|fewer)|\+)?",
    re.IGNORECASE,
)
_UNITS = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}


def read_numbers(scan: Scan) -> None:
    """Claim numbers; the value is an operator and a plain number, ``>= 1000000``."""
    scan.match(Sort.NUMBER, _NUMBER, _number)


def _number(found: re.Match[str]) -> str:
    unit = (found["unit"] or "").lower()[:1]
    written = found["number"].replace(",", "")
    amount = round((float(written) if written[0].isdigit() else 1) * _UNITS.get(unit, 1))
    words = (found["operator"] or "").lower().strip() or (found["post"] or "").lower().strip()
    if not words:
        return f"= {amount} {unit}"
    if words in ("<", ">", "<=", ">="):
        return f"{words} {amount} {unit}"
    if re.search(r"at least|no less|or (?:more|higher)|\+", words):
        return f">= {amount} {unit}"
    if re.search(r"at most|no more|up to|or (?:less|lower|fewer)", words):
        return f"<= {amount} {unit}"
    if words == "exactly":
        return f"= {amount} {unit}"
    return f"{'<' if re.search('less|fewer|lower|smaller|under|below', words) else '>'} {amount} {unit}"


def field_tests(scan: Scan) -> Iterator[FieldTest]:
    """Conditions on the numbers of the models' table, and on whether they are there at all."""
    fields = [mention for mention in scan.of(Sort.FIELD) if mention.value not in ("developer", "release")]
    used: set[int] = set()
    for number in scan.of(Sort.NUMBER):
        sign, amount, *unit = number.value.split()
        nearest = min(fields, key=lambda field: abs(field.start - number.start), default=None)
        if nearest is not None:
            used.add(nearest.start)
            yield FieldTest(nearest.value, sign, int(amount))
        elif unit and unit[0] in "bt":
            yield FieldTest("size", sign, int(amount))
    for field in fields:
        if field.start in used:
            continue
        if scan.has("not") or any(mention.value in ("N/A", "?", "C1 D1") for mention in scan.of(Sort.GRADE)):
            yield FieldTest(field.value, "missing")
        elif re.search(r"\b(?:with|have|has|having|given|known|there|got|lists?)\b", scan.text, re.IGNORECASE):
            yield FieldTest(field.value, "given")


_TALLIED = re.compile(
    r"\s*(?:(?:of\s+)?(?:its|the|their|components?|parts)\s+)*(?:that\s+are\s+|are\s+|at\s+)?", re.IGNORECASE
)
_COUNTED = re.compile(
    r"\b(?P<sign>more\s+than|at\s+least|fewer\s+than|less\s+than|at\s+most|exactly|over|no\s+more\s+than)?\s*"
    rf"\b(?P<word>{'|'.join(word for word in NUMBER_WORDS if word != 'no')})\s+$",
    re.IGNORECASE,
)


def tally_test(scan: Scan, grades: Sequence[Graded]) -> TallyTest | None:
    """A condition on how many components stand at a grade, ``at least five fully open components``."""
    if not scan.has("components", "cells"):
        return None
    for graded in grades:
        for number in scan.of(Sort.NUMBER):
            if number.end <= graded.start and _TALLIED.fullmatch(scan.text[number.end : graded.start]):
                sign, amount, *_ = number.value.split()
                return TallyTest(graded.grade, sign, int(amount))
        if found := _COUNTED.search(scan.text[: graded.start]):
            words = (found["sign"] or "exactly").lower()
            sign = {"more": ">", "over": ">", "at le": ">=", "exact": "="}.get(words[:5].strip(), "")
            sign = sign or ("<=" if words.startswith(("at most", "no more")) else "<" if "than" in words else "=")
            sign = ">" if words.startswith("more") else sign
            return TallyTest(graded.grade, sign, NUMBER_WORDS[found["word"].lower()])
    return None


_SAME = re.compile(r"\bsame\s+(year|month)\s+(?:as|that)\s+(?:the\s+)?$", re.IGNORECASE)
_THAN = re.compile(
    r"\b(?P<word>older|newer|younger|earlier|later|before|after|bigger|larger|smaller"
    r"|(?:more|fewer|less)\s+(?:often\s+)?(?:\w+\s+)?(?:citations|downloads|parameters|cited|downloaded)|(?:higher|lower)\s+(?:\w+\s+)?elo)"
    r"(?:\s+(?:score|rating))?(?:\s+than)?\s*$",
    re.IGNORECASE,
)
_MEASURES = (("cit", "citations"), ("download", "downloads"), ("elo", "elo"), ("param", "size"))


def relative_test(scan: Scan, edition: Edition) -> FieldTest | ReleaseTest | None:
    """A condition that a model of the table sets, ``older than GPT-3``, ``larger than BLOOM``."""
    for mention in scan.of(Sort.MODEL):
        if same := _SAME.search(scan.text[: mention.start]):
            month = edition.by_name[mention.value].number("release") or 0
            year = (month - 1) // 12 * 12
            first, last = (year + 1, year + 12) if same[1].lower() == "year" else (month, month)
            return ReleaseTest(first, last, mention.text)
        found = _THAN.search(scan.text[: mention.start])
        if found is None:
            continue
        word, model = found["word"].lower(), edition.by_name[mention.value]
        less = bool(re.match(r"older|earlier|before|smaller|fewer|less|lower", word))
        field = next((name for stem, name in _MEASURES if stem in word), "")
        if re.match(r"bigger|larger|smaller", word):
            field = "size"
        number = model.number(field or "release")
        if number is None:
            return None
        if field:
            return FieldTest(field, "<" if less else ">", number)
        return ReleaseTest(0, number - 1, mention.text) if less else ReleaseTest(number + 1, FAR, mention.text)
    return None


def first_number(scan: Scan) -> int | None:
    """The count that a superlative carries, ``top 3``, ``five most cited``."""
    for mention in scan.of(Sort.NUMBER):
        sign, amount, *unit = mention.value.split()
        if sign == "=" and not unit and int(amount) <= 40:
            return int(amount)
    words = "|".join(word for word in NUMBER_WORDS if word not in ("no", "zero"))
    found = re.search(rf"\b({words})\b", scan.text, re.IGNORECASE)
    return NUMBER_WORDS[found[1].lower()] if found and found[1].lower() != "one" else None
