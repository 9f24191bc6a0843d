"""The conditions that a question sets: levels on components, licences, numbers, developers."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.taxonomy.edition import Edition
from assistant.taxonomy.lexicon import NUMBER_WORDS
from assistant.taxonomy.mentions import Mention, Scan, Sort, distinct
from assistant.taxonomy.parts import EXCEPT, Part
from assistant.taxonomy.query import DeveloperTest, FieldTest, Grade, LevelTest, LicenceTest, ReleaseTest

__all__ = [
    "Graded",
    "developer_test",
    "field_tests",
    "first_number",
    "interpreted",
    "level_tests",
    "licence_tests",
    "published",
    "read_grades",
    "read_numbers",
    "relative_test",
]

_OPEN = frozenset({"C5", "D5"})
_PUBLIC = frozenset({"C2", "C3", "C4", "C5", "D2", "D3", "D4", "D5"})
_SCALE = frozenset({f"{kind}{number}" for kind in "CD" for number in range(1, 6)})
_NEGATION = re.compile(
    r"(?:\b(?:not|no|without|lacks?|lacking|never|neither|nor|non|other\s+than|except)|n't)(?:[\s-]+\w+){0,2}[\s-]*$",
    re.IGNORECASE,
)


_OF_MODELS = re.compile(r"(?:[\s-]+source)?\s+(?:large\s+)?(?:language\s+)?(?:models?|llms?)\b", re.IGNORECASE)
_COPULA = re.compile(
    r"\s+(?:(?:that|which|is|are|was|were|be|being|stands?|rated|graded|at|on|of|level|the|has|have|fully|all|both)\s+)+",
    re.IGNORECASE,
)
_JOINING = frozenset(
    ["or", "and", "/", ",", "to", "through", "-", "and/or", ", or", ", and", "(", "vs", "versus", "nor"]
)
_OPERATORS = {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}


@dataclass(frozen=True, slots=True)
class Graded:
    """A grade with its place in the question."""

    grade: Grade
    start: int
    end: int


_FULLY = re.compile(r"\b(?:fully|completely|entirely|totally|wholly|in\s+full)\b", re.IGNORECASE)


def published(scan: Scan) -> Graded:
    """What "released" says of a part where no level is named: any level but closed, and ``fully`` the open one."""
    verb = next(mention for mention in scan.of(Sort.CUE) if mention.value == "released")
    fully = _FULLY.search(scan.text)
    levels, text = (_OPEN, f"{verb.text} {fully[0]}") if fully else (_PUBLIC, "released")
    negated = _NEGATION.search(scan.text[: verb.start]) is not None
    if negated:
        levels, text = _SCALE - levels, f"not {text}"
    return Graded(Grade(levels, text, loose=not fully and not negated, negated=negated), verb.start, verb.end)


def read_grades(scan: Scan) -> tuple[Graded, ...]:
    """The levels that a question names, neighbours joined: ``D3 or D4`` is one, ``C1 to C3`` a range."""
    found: list[Graded] = []
    for mention in scan.of(Sort.LEVEL, Sort.GRADE):
        graded = Graded(_grade(scan, mention), mention.start, mention.end)
        if found and (joined := _joined(scan, found[-1], graded)):
            found[-1] = joined
        else:
            found.append(graded)
    strict = any(not graded.grade.loose for graded in found)
    telling = [graded for graded in found if not (graded.grade.loose and _idle(scan, graded, strict))]
    return tuple(telling or found)


def _grade(scan: Scan, mention: Mention) -> Grade:
    levels, text = _levels(mention), mention.text.strip(" \"'")
    sign, loose = mention.sort is Sort.LEVEL, mention.value in ("open", "public")
    negated = levels <= _SCALE and _NEGATION.search(scan.text[: mention.start]) is not None
    if negated:
        whole = _SCALE if not sign else {level for level in _SCALE if level[0] in {name[0] for name in levels}}
        levels, text = frozenset(whole) - levels, f"not {text}"
    return Grade(levels, text, loose, sign, negated)


def _idle(scan: Scan, graded: Graded, strict: bool) -> bool:
    """Whether a plain word sets no condition: ``open models``, or ``available`` beside a grade that says how."""
    return (strict and graded.grade.levels == _PUBLIC) or _OF_MODELS.match(scan.text, graded.end) is not None


def _levels(mention: Mention) -> frozenset[str]:
    if mention.sort is Sort.GRADE:
        named = {"open": _OPEN, "public": _PUBLIC}.get(mention.value)
        return named if named is not None else frozenset(mention.value.split())
    found = re.fullmatch(r"([<>]=?)?([CD*])(\d)", mention.value)
    if found is None:
        return frozenset()
    sign, kinds, at = found[1] or "=", "CD" if found[2] == "*" else found[2], int(found[3])
    if sign == "=":
        return frozenset(f"{letter}{at}" for letter in kinds)
    numbers = [n for n in range(1, 6) if _OPERATORS[sign](n, at)]
    return frozenset(f"{letter}{n}" for letter in kinds for n in numbers)


def _joined(scan: Scan, first: Graded, second: Graded) -> Graded | None:
    """Two grades as one, where only ``or``, ``and``, ``to`` … stands between them."""
    between = scan.text[first.end : second.start].strip().lower()
    if between not in _JOINING:
        return None
    stages = scan.of(Sort.STAGE)
    led = any(stage.end <= first.start for stage in stages)
    if led and any(0 <= stage.start - second.end <= 1 for stage in stages):
        return None
    levels = first.grade.levels | second.grade.levels
    if between == "nor":
        refused = _SCALE - first.grade.levels if first.grade.negated else first.grade.levels
        levels = second.grade.levels - refused
    refusing = first.grade.negated and between != "nor"
    if refusing:
        levels = (_SCALE - first.grade.levels) | second.grade.levels
        if first.grade.sign:
            letters = {level[0] for level in second.grade.levels if level[0] in "CD"} or set("CD")
            levels = frozenset(level for level in levels if level[0] in letters or level not in _SCALE)
    numbers = sorted(int(level[1]) for level in levels if level[0] in "CD")
    before = scan.text[: first.start].lower().rstrip()
    ranged = between in ("to", "through", "-") or (between == "and" and before.endswith("between"))
    if ranged and numbers and len({level[0] for level in levels}) == 1:
        letter = next(iter(levels))[0]
        levels = frozenset(f"{letter}{n}" for n in range(numbers[0], numbers[-1] + 1))
    if refusing:
        levels = first.grade.levels - levels
    text = scan.text[first.start : second.end].strip(" \"'")
    loose, sign = first.grade.loose or second.grade.loose, first.grade.sign and second.grade.sign
    grade = Grade(levels, text, loose, sign, negated=first.grade.negated)
    return Graded(grade, first.start, second.end)


def level_tests(scan: Scan, parts: Sequence[Part], grades: Sequence[Graded]) -> Iterator[LevelTest]:
    """Pair each part with the grade that is said of it.

    A grade right before a part is its own, and so is one behind ``is`` or ``at``. Else, where the question names a
    grade first, each part takes the last one before it ("open weights and inference code"); where it names a part
    first, each takes the next one behind it.
    """
    every = scan.has("every")
    for part in parts:
        graded = _grade_of(scan, part, parts, grades)
        if graded is None:
            continue
        if part.primary and len(part.components) > 1 and not every:
            yield LevelTest((part.primary,), graded.grade)
        elif every and len(part.components) > 1:
            yield from (LevelTest((component,), graded.grade) for component in part.components)
        else:
            refused = graded.grade.negated or graded.grade.levels <= {"C1", "D1"}
            yield LevelTest(part.components, graded.grade, every=refused and len(part.components) > 1)


def _grade_of(scan: Scan, part: Part, parts: Sequence[Part], grades: Sequence[Graded]) -> Graded | None:
    before = [graded for graded in grades if graded.end <= part.start]
    after = [graded for graded in grades if graded.start >= part.end]
    if before and not scan.text[before[-1].end : part.start].strip(" -"):
        return before[-1]
    if after and _COPULA.fullmatch(scan.text[part.end : after[0].start]):
        return after[0]
    grade_first = bool(grades) and grades[0].start < parts[0].start
    ordered = [*reversed(before), *after] if grade_first else [*after, *reversed(before)]
    return ordered[0] if ordered else None


def licence_tests(scan: Scan, parts: Sequence[Part]) -> Iterator[LicenceTest]:
    """Conditions on the licence in a cell's brackets."""
    licences = scan.values(Sort.LICENCE)
    components = distinct(component for part in parts for component in part.components)
    for licence in licences:
        yield LicenceTest(components, licence)


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


_THAN = re.compile(
    r"\b(?P<word>older|newer|younger|earlier|later|before|after|bigger|larger|smaller"
    r"|(?:more|fewer|less)\s+(?:often\s+)?(?:\w+\s+)?(?:citations|downloads|parameters|cited|downloaded)|(?:higher|lower)\s+(?:\w+\s+)?elo)"
    r"(?:\s+(?:score|rating))?(?:\s+than)?\s*$",
    re.IGNORECASE,
)
_MEASURES = (("cit", "citations"), ("download", "downloads"), ("elo", "elo"), ("param", "size"))
_LAST = 9999 * 12


def relative_test(scan: Scan, edition: Edition) -> FieldTest | ReleaseTest | None:
    """A condition that a model of the table sets, ``older than GPT-3``, ``larger than BLOOM``."""
    for mention in scan.of(Sort.MODEL):
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
        return ReleaseTest(0, number - 1, mention.text) if less else ReleaseTest(number + 1, _LAST, mention.text)
    return None


_LEAVING_OUT = re.compile(
    r"\b(?:not|nor|neither|non|except|exclud(?:ing|e)|without|other\s+than|besides|(?:apart|aside)\s+from|minus|ignoring"
    r"|leaving\s+out|all\s+but|save\s+for|outside|but(?=\s+(?:those|ones|the\s+ones)\b)|\w+n't)[\s-]*"
    r"(?:(?:for|the|those|ones?|any|all|models?|llms?|that|which|are|is|were|was|made|developed|built|created|trained|released|published"
    r"|by|from|of)\s+)*$",
    re.IGNORECASE,
)
_LIST = re.compile(r"\s*(?:,|and|or|nor|&|/|\s|by|from|those|the)+\s*", re.IGNORECASE)


def _excluded(scan: Scan, mention: Mention) -> re.Match[str] | None:
    """The words that leave a name out, where there are any; they hold for every name of a list."""
    if found := _LEAVING_OUT.search(scan.text[: mention.start]):
        return found
    before = [item for item in scan.of(mention.sort) if item.end <= mention.start]
    if before and _LIST.fullmatch(scan.text[before[-1].end : mention.start]):
        return _excluded(scan, before[-1])
    return None


_EVERYTHING = re.compile(r"\b(?:everything|all|every)\b", re.IGNORECASE)
_NOT_YET = re.compile(r"(?:not|never|neither|\w+(?:\s+not|n't))\b", re.IGNORECASE)
_NEAR = 12


def _undated(scan: Scan) -> bool:
    """Whether a date is refused, ``not released in 2022``: that is no word on a level."""
    refusals = [grade for grade in scan.of(Sort.GRADE) if _NOT_YET.match(grade.text)]
    return any(0 <= date.start - grade.end <= _NEAR for grade in refusals for date in scan.of(Sort.DATE))


def interpreted(scan: Scan, parts: Sequence[Part], graded: Sequence[Graded], fields: Sequence[FieldTest]) -> bool:
    """Whether every word of negation or exclusion has found its place in a condition."""
    if _undated(scan):
        return False
    places = [found.span() for item in graded if item.grade.negated and (found := _negation(scan, item))]
    places += [found.span() for item in scan.of(Sort.DEVELOPER) if (found := _excluded(scan, item))]
    if any(EXCEPT.search(scan.text[: item.start]) for item in parts) and _EVERYTHING.search(scan.text):
        return False
    places += [found.span() for item in parts if (found := EXCEPT.search(scan.text[: item.start]))]
    for item in scan.of(Sort.FIELD):
        if any(test.field == item.value and test.operator == "missing" for test in fields):
            places.append((max(0, item.start - 40), len(scan.text)))
    refused = any(item.grade.negated or item.grade.levels <= {"C1", "D1"} for item in graded)
    for cue in scan.of(Sort.CUE):
        if cue.value != "not" or any(start < cue.end and cue.start < end for start, end in places):
            continue
        if not (refused and cue.text.lower() == "nor"):
            return False
    return True


def _negation(scan: Scan, graded: Graded) -> re.Match[str] | None:
    return _NEGATION.search(scan.text[: graded.start]) or _NEGATION.search(scan.text[: graded.end])


def developer_test(scan: Scan) -> DeveloperTest | None:
    """The condition on the developer; ``Google (not DeepMind)`` leaves one out."""
    wanted: list[str] = []
    left_out: list[str] = []
    for mention in scan.of(Sort.DEVELOPER):
        (left_out if _excluded(scan, mention) else wanted).append(mention.value)
    if not wanted and not left_out:
        return None
    return DeveloperTest(distinct(wanted), distinct(left_out))


def first_number(scan: Scan) -> int | None:
    """The count that a superlative carries, ``top 3``, ``five most cited``."""
    for mention in scan.of(Sort.NUMBER):
        sign, amount, *unit = mention.value.split()
        if sign == "=" and not unit and int(amount) <= 40:
            return int(amount)
    words = "|".join(word for word in NUMBER_WORDS if word not in ("no", "zero"))
    found = re.search(rf"\b({words})\b", scan.text, re.IGNORECASE)
    return NUMBER_WORDS[found[1].lower()] if found and found[1].lower() != "one" else None
