"""What a question leaves out: developers, models, licences; and whether every negation was understood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.taxonomy.grading import refusal
from assistant.taxonomy.mentions import EXCEPT, Mention, Scan, Sort, distinct
from assistant.taxonomy.query import Condition, DeveloperTest, FieldTest, LicenceTest, ModelTest

if TYPE_CHECKING:
    from assistant.taxonomy.grading import Graded
    from assistant.taxonomy.parts import Part

__all__ = ["developer_test", "interpreted", "licence_tests", "model_test"]

_EXCEPTION = (
    r"except(?:ing|\s+for)?|exclud(?:ing|es?|ed)|without(?:\s+(?:counting|considering|including|taking))?|other\s+than|besides|(?:apart|aside)\s+from|minus|ignoring|disregarding"
    r"|leav(?:e|ing)(?:\s+(?:out|aside))?|all\s+but|save\s+for|barring|(?:if\s+you\s+)?(?:not\s+(?:counting|including)|don't\s+count|leave\s+out|ignore)"
)
_LEAVING_OUT = re.compile(
    rf"\b(?:not|nor|neither|non|{_EXCEPTION}|outside|but(?=\s+(?:those|ones|the\s+ones)\b)|\w+n't)[\s-]*"
    r"(?:(?:for|the|those|ones?|any|all|models?|llms?|that|which|are|is|were|was|made|developed|built|created|trained|released|published"
    r"|by|from|of)\s+)*$",
    re.IGNORECASE,
)
_LEAVING_MODEL_OUT = re.compile(
    rf"\b(?:not|but\s+not|{_EXCEPTION})\s+(?:(?:for|the|model|models|llms?)\s+)*$", re.IGNORECASE
)
_EXCEPTING = re.compile(rf"\b(?:{_EXCEPTION})\s+(?:(?:for|the|model|models|llms?)\s+)*$", re.IGNORECASE)
"""The same without a plain "not", which may refuse a level of the model."""
_LEAVING_LICENCE_OUT = re.compile(
    rf"\b(?:not|no|nor|never|{_EXCEPTION}|\w+n't)\s+(?:(?:for|the|those|ones?|that|which|are|is|were|was|have|has|had|be|been|a|an|any"
    r"|under|in|with|by|on|of|use[ds]?|using|carry|carrying|carries|bear|come|licen[cs]ed|released|published|available|distributed|offered"
    r"|weights?|code|data|licen[cs]es?)\s+)*$",
    re.IGNORECASE,
)
_COLLECTIVE = re.compile(r"\b(?:models|llms|which|who|whose|all|every\w*|any\w*|list|each|how\s+many)\b", re.IGNORECASE)
_LIST = re.compile(r"\s*(?:,|and|or|nor|&|/|\s|by|from|those|the)+\s*", re.IGNORECASE)


def _excluded(scan: Scan, mention: Mention, pattern: re.Pattern[str] = _LEAVING_OUT) -> re.Match[str] | None:
    """The words that leave a name out, where there are any; they hold for every name of a list."""
    if found := pattern.search(scan.text[: mention.start]):
        return found
    before = [item for item in scan.of(mention.sort) if item.end <= mention.start]
    if before and _LIST.fullmatch(scan.text[before[-1].end : mention.start]):
        return _excluded(scan, before[-1], pattern)
    if found := _BEHIND.match(scan.text[mention.end :]):
        return _LEFT_OUT.search(scan.text, mention.end, mention.end + found.end())
    return None


_LEFT_OUT = re.compile(r"\b(?:excluded|left\s+out|aside|excepted|not\s+counted)\b", re.IGNORECASE)
_BEHIND = re.compile(
    r"(?:'s)?\s+(?:(?:models?|ones|those|is|are|and|(?-i:[A-Z])\w*)\s+)*(?:excluded|left\s+out|aside|excepted|not\s+counted)\b",
    re.IGNORECASE,
)


def model_test(scan: Scan) -> ModelTest | None:
    """The models that are left out, ``other than BLOOM and OPT``, of a question about many."""
    if scan.has("compare"):
        return None
    graded = scan.of(Sort.GRADE, Sort.LEVEL) and scan.of(Sort.STAGE, Sort.MATTER)
    pattern = _LEAVING_MODEL_OUT if _COLLECTIVE.search(scan.text) else _EXCEPTING if graded else None
    if pattern is None:
        return None
    left_out = [item.value for item in scan.of(Sort.MODEL) if _excluded(scan, item, pattern)]
    return ModelTest(distinct(left_out)) if left_out else None


def licence_tests(scan: Scan, parts: Sequence[Part]) -> Iterator[LicenceTest]:
    """Conditions on the licence in a cell's brackets."""
    components = distinct(component for part in parts for component in part.components)
    refused: dict[str, bool] = {}
    for mention in scan.of(Sort.LICENCE):
        refused.setdefault(mention.value, _excluded(scan, mention, _LEAVING_LICENCE_OUT) is not None)
    wanted = tuple(name for name, out in refused.items() if not out)
    if wanted:
        yield LicenceTest(components, wanted)
    for name, out in refused.items():
        if out:
            yield LicenceTest(components, (name,), excluded=True)


def developer_test(scan: Scan) -> DeveloperTest | None:
    """The condition on the developer; ``Google (not DeepMind)`` leaves one out."""
    wanted: list[str] = []
    left_out: list[str] = []
    for mention in scan.of(Sort.DEVELOPER):
        (left_out if _excluded(scan, mention) else wanted).append(mention.value)
    if not wanted and not left_out:
        return None
    return DeveloperTest(distinct(wanted), distinct(left_out))


_EVERYTHING = re.compile(r"\b(?:everything|all|every)\b", re.IGNORECASE)
_NOT_YET = re.compile(r"(?:not|never|neither|\w+(?:\s+not|n't))\b", re.IGNORECASE)
_LACKING = re.compile(r"no|none|lack\w*|without|missing|absent", re.IGNORECASE)
"""What says once more that a level is "not applicable"."""
_NEAR = 12


def _undated(scan: Scan) -> bool:
    """Whether a date is refused, ``not released in 2022``: that is no word on a level."""
    refusals = [grade for grade in scan.of(Sort.GRADE) if _NOT_YET.match(grade.text)]
    return any(0 <= date.start - grade.end <= _NEAR for grade in refusals for date in scan.of(Sort.DATE))


def interpreted(scan: Scan, parts: Sequence[Part], graded: Sequence[Graded], conditions: Sequence[Condition]) -> bool:
    """Whether every word of negation or exclusion has found its place in a condition."""
    if _undated(scan):
        return False
    fields = [test for test in conditions if isinstance(test, FieldTest)]
    places = [found.span() for item in graded if item.grade.negated and (found := _negation(scan, item))]
    places += [found.span() for item in scan.of(Sort.DEVELOPER) if (found := _excluded(scan, item))]
    places += _places(scan, conditions)
    if any(EXCEPT.search(scan.text[: item.start]) for item in parts) and _EVERYTHING.search(scan.text):
        return False
    places += [found.span() for item in parts if (found := EXCEPT.search(scan.text[: item.start]))]
    for item in scan.of(Sort.FIELD):
        if any(test.field == item.value and test.operator == "missing" for test in fields):
            places.append((max(0, item.start - 40), len(scan.text)))
    nothing = any(item.grade.levels == {"N/A"} for item in graded)
    refused = any(item.grade.negated or item.grade.levels <= {"C1", "D1"} for item in graded)
    for cue in scan.of(Sort.CUE):
        if cue.value != "not" or any(start < cue.end and cue.start < end for start, end in places):
            continue
        if nothing and _LACKING.fullmatch(cue.text):
            continue
        if not (refused and cue.text.lower() == "nor"):
            return False
    return True


def _negation(scan: Scan, graded: Graded) -> re.Match[str] | None:
    return refusal(scan, graded.start, graded.end)


def _places(scan: Scan, conditions: Sequence[Condition]) -> Iterator[tuple[int, int]]:
    """Where the words stand that leave out models and licences."""
    patterns = []
    if any(isinstance(test, ModelTest) for test in conditions):
        patterns.append((Sort.MODEL, _LEAVING_MODEL_OUT))
    if any(isinstance(test, LicenceTest) and test.excluded for test in conditions):
        patterns.append((Sort.LICENCE, _LEAVING_LICENCE_OUT))
    for sort, pattern in patterns:
        yield from (found.span() for item in scan.of(sort) if (found := _excluded(scan, item, pattern)))
