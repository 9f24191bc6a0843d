"""What a question says, sorted: names, parts, grades and the conditions they make."""

from __future__ import annotations

import re

from assistant.taxonomy.conditions import field_tests, relative_test, tally_test
from assistant.taxonomy.dates import release_test
from assistant.taxonomy.edition import Edition
from assistant.taxonomy.exclusions import developer_test, interpreted, licence_tests, model_test
from assistant.taxonomy.grading import Graded, level_tests, published, read_grades
from assistant.taxonomy.mentions import Scan, Sort, distinct
from assistant.taxonomy.parts import read_parts
from assistant.taxonomy.query import Condition, FieldTest, Grade, LevelTest

__all__ = ["Gist"]

Group = tuple[tuple[str, ...], str]
"""The models that a developer or a family stands for, with its name."""


class Gist:
    """The contents of one question."""

    def __init__(self, scan: Scan, edition: Edition) -> None:
        self.scan = scan
        self.edition = edition
        self.parts = read_parts(scan)
        self.graded: tuple[Graded, ...] = read_grades(scan)
        self.components = distinct(component for part in self.parts for component in part.components)
        self.dated = bool(scan.of(Sort.DATE))
        self.relative = relative_test(scan, edition) if scan.has("models", "list", "count") else None
        """The condition that a model sets, ``older than GPT-3``; then that model is not asked about."""
        self.left_out = model_test(scan)
        """The models that are named only to be left out."""
        spared = self.left_out.excluded if self.left_out else ()
        self.models = () if self.relative else tuple(n for n in scan.values(Sort.MODEL) if n not in spared)
        self.tabled = any(mention.value == "table" for mention in scan.of(Sort.FILLER))
        """Whether the table itself is spoken of."""
        self.notes: list[str] = []
        self._widen()
        if not self.graded and self.parts and scan.has("released") and not self.models and not self.dated:
            self.graded = (published(scan),)

    @property
    def grades(self) -> tuple[Grade, ...]:
        """The grades without their places."""
        return tuple(graded.grade for graded in self.graded)

    def _widen(self) -> None:
        """A developer or a family with one model means that model; a family that is compared means its members."""
        scan = self.scan
        if self.models or scan.has("models", "list", "each", "made-by", "count", "share") or self.dated:
            return
        for candidates, name in self.groups():
            if len(candidates) == 1:
                self.models = candidates
                self.notes.append(f"{name} has one model in the table.")
            elif scan.has("compare", "more-open") and len(candidates) == 2:
                self.models = candidates

    def groups(self) -> list[Group]:
        """The developers and families that are named."""
        families = {family.name: family.members for family in self.edition.families}
        groups = [(families[name], name) for name in self.scan.values(Sort.FAMILY)]
        return groups + [(self.edition.of_developer(name), name) for name in self.scan.values(Sort.DEVELOPER)]

    def members(self) -> tuple[str, ...]:
        """The models of the families that are named."""
        families = {family.name: family.members for family in self.edition.families}
        return distinct(model for name in self.scan.values(Sort.FAMILY) for model in families[name])

    def fields(self) -> tuple[str, ...]:
        """The fields asked for; ``released`` asks for the date only with ``when``, or where nothing else is asked."""
        fields = list(self.scan.values(Sort.FIELD))
        if self.scan.has("made-by") and self.models and _BY_WHOM.search(self.scan.text):
            fields.append("developer")
        if self.scan.has("count-value"):
            old = re.search(r"\bhow\s+(?:old|recent)\b", self.scan.text, re.IGNORECASE)
            fields.append("release" if old else "size")
        made = self.scan.of(Sort.DEVELOPER) and self.scan.has("models", "list", "what")
        asks_open = self.scan.has("how-open", "licence") or self.graded or self.components or made
        if self.scan.has("released") and not fields and not asks_open and not self.dated:
            fields.append("release")
        return tuple(field.id for field in self.edition.fields.values() if field.id in fields)

    def implied_fields(self) -> tuple[str, ...]:
        """Fields that comparing words stand for: ``newer``, ``bigger``."""
        found = [mention.value.split()[1] for mention in self.scan.of(Sort.SUPERLATIVE) if " " in mention.value]
        for field, pattern in _COMPARING.items():
            if pattern.search(self.scan.text):
                found.append(field)
        return distinct(found)

    def conditions(self) -> tuple[Condition, ...]:
        """What a model must meet to be listed or counted."""
        scan = self.scan
        conditions: list[Condition] = list(level_tests(scan, self.parts, self.graded))
        conditions += licence_tests(scan, self.parts)
        conditions += release_test(scan)
        if self.relative:
            conditions.append(self.relative)
        if self.left_out:
            conditions.append(self.left_out)
        if developer := developer_test(scan):
            conditions.append(developer)
        if not scan.of(Sort.SUPERLATIVE) and not self.relative:
            conditions += field_tests(scan)
        lacking = any(isinstance(item, FieldTest) and item.operator == "missing" for item in conditions)
        if (tally := tally_test(scan, self.graded)) and not self.parts:
            conditions.append(tally)
        elif self.graded and not self.parts and not lacking and not self._only_licensed():
            conditions.append(self._overall(self.graded[0].grade))
        return tuple(conditions)

    def interpreted(self) -> bool:
        """Whether every negation of the question has become part of a condition."""
        return interpreted(self.scan, self.parts, self.graded, self.conditions())

    def _only_licensed(self) -> bool:
        """Whether "available" only says that a licence is meant, ``available under Apache 2.0``."""
        return bool(self.scan.of(Sort.LICENCE)) and all(graded.grade.loose for graded in self.graded)

    def _overall(self, grade: Grade) -> LevelTest:
        """A grade said of a model as a whole.

        A plain "open" speaks of the weights, "fully open" of every part that applies, a sign such as D2 of any part.
        """
        none = grade.negated and re.search(r"\b(?:no|without)\b", self.scan.text, re.IGNORECASE) is not None
        if grade.loose and not none and not _THROUGHOUT.search(self.scan.text):
            return LevelTest(("weights",), grade)
        kinds = {level[0] for level in grade.levels if level[0] in "CD"} or {"C", "D"}
        components = tuple(item.id for item in self.edition.components if item.kind[0].upper() in kinds)
        extreme = not grade.sign and grade.levels <= {"C1", "D1", "C5", "D5"}
        whole = extreme or _THROUGHOUT.search(self.scan.text) is not None
        return LevelTest(components, grade, every=none or whole)


_THROUGHOUT = re.compile(
    r"\b(?:everything|every\s+(?:single\s+)?(?:component|part|column)|all\s+(?:of\s+)?(?:the\s+|its\s+|their\s+)?(?:(?:twelve|12)\s+)?(?:components|parts|columns))\b",
    re.IGNORECASE,
)
"""That a grade is said of every component."""
_BY_WHOM = re.compile(r"\bwhom?\b|\b(?:which|what)\s+\w+\W*$", re.IGNORECASE)
_COMPARING = {
    "release": re.compile(r"\b(?:newer|older|earlier|later|more\s+recent|first)\b", re.IGNORECASE),
    "size": re.compile(r"\b(?:bigger|larger|smaller)\b", re.IGNORECASE),
}
