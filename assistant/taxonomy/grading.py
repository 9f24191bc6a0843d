"""The levels that a question names, and the parts of a model that they are said of."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.taxonomy.mentions import NEGATION, Mention, Scan, Sort
from assistant.taxonomy.query import Grade, LevelTest

if TYPE_CHECKING:
    from assistant.taxonomy.parts import Part

__all__ = ["Graded", "level_tests", "published", "read_grades", "refusal"]

_OPEN = frozenset({"C5", "D5"})
_PUBLIC = frozenset({"C2", "C3", "C4", "C5", "D2", "D3", "D4", "D5"})
_SCALE = frozenset({f"{kind}{number}" for kind in "CD" for number in range(1, 6)})
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


_NOT_MADE = re.compile(
    r"(?:\b(?:not|never)|n't)\s+(?:yet\s+|ever\s+)?(?:ma[dk]e|making)\s+"
    r"(?:(?!\b(?:and|but|or|while)\b)[^,;])*$",
    re.IGNORECASE,
)
"""A refusal that stands before the part, ``have not made their weights public``."""
_REFUSED_OBJECT = re.compile(r"\s+(?:neither|no|none\s+of)\b", re.IGNORECASE)


def refusal(scan: Scan, start: int, end: int) -> re.Match[str] | None:
    """The words that refuse what stands at a place: before it, within it, or as its object, ``release neither``."""
    text = scan.text
    before = NEGATION.search(text[:start])
    if before and any(before.start() < item.start < start for item in scan.of(*_NAMES)):
        before = None
    before = before or _NOT_MADE.search(text[:start])
    return before or NEGATION.search(text[start:end], 0) or _REFUSED_OBJECT.match(text, end)


_NAMES = (Sort.MODEL, Sort.FAMILY, Sort.DEVELOPER, Sort.LICENCE)
"""A refusal does not reach over a name: ``by neither Google nor Meta with open weights``."""


def _refused(scan: Scan, start: int) -> bool:
    return (found := refusal(scan, start, start)) is not None and found.start() < start


def published(scan: Scan) -> Graded:
    """What "released" says of a part where no level is named: any level but closed, and ``fully`` the open one."""
    verb = next(mention for mention in scan.of(Sort.CUE) if mention.value == "released")
    fully = _FULLY.search(scan.text)
    levels, text = (_OPEN, f"{verb.text} {fully[0]}") if fully else (_PUBLIC, "released")
    negated = refusal(scan, verb.start, verb.end) is not None
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
    negated = levels <= _SCALE and _refused(scan, mention.start)
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
    if several := re.fullmatch(r"\*(\d\d+)", mention.value):
        return frozenset(f"{letter}{number}" for letter in "CD" for number in several[1])
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


def _leads(scan: Scan, graded: Graded, parts: Sequence[Part]) -> bool:
    """Whether a grade stands right before a part, which it then belongs to."""
    return any(part.start >= graded.end and not scan.text[graded.end : part.start].strip(" -") for part in parts)


def _grade_of(scan: Scan, part: Part, parts: Sequence[Part], grades: Sequence[Graded]) -> Graded | None:
    before = [graded for graded in grades if graded.end <= part.start]
    after = [graded for graded in grades if graded.start >= part.end]
    if before and not scan.text[before[-1].end : part.start].strip(" -"):
        return before[-1]
    if after and _COPULA.fullmatch(scan.text[part.end : after[0].start]):
        return after[0]
    if after and not scan.text[part.end : after[0].start].strip() and not _leads(scan, after[0], parts):
        return after[0]
    grade_first = bool(grades) and grades[0].start < parts[0].start
    ordered = [*reversed(before), *after] if grade_first else [*after, *reversed(before)]
    return ordered[0] if ordered else None
