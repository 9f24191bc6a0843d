"""From a question to a query: read the words, weigh whether they speak of the taxonomy, decide what is asked."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.taxonomy.conditions import (
    Graded,
    developer_test,
    field_tests,
    first_number,
    level_tests,
    licence_tests,
    read_grades,
    read_numbers,
)
from assistant.taxonomy.dates import read_dates, release_test
from assistant.taxonomy.edition import Edition
from assistant.taxonomy.lexicon import read_remainder, read_words
from assistant.taxonomy.licensing import licence_query
from assistant.taxonomy.mentions import Scan, Sort, distinct, plain
from assistant.taxonomy.names import Names
from assistant.taxonomy.parts import Part, read_parts
from assistant.taxonomy.query import Condition, DeveloperTest, FieldTest, Grade, Kind, LevelTest, Query
from assistant.taxonomy.relevance import relevant, strangers
from assistant.taxonomy.spelling import correct

__all__ = ["Parser"]


class Parser:
    """Reads questions against the names of an edition."""

    def __init__(self, edition: Edition, names: Names) -> None:
        self._edition = edition
        self._names = names

    def parse(self, question: str) -> Query:
        """The question as a query; its kind is ``none`` where it does not speak of the taxonomy."""
        scan = self._scan(plain(question))
        corrections: tuple[str, ...] = ()
        if scan.of(*_TELLING) and not scan.of(Sort.DISCOURSE):
            corrected = correct(scan, self._names)
            if corrected.corrections:
                scan, corrections = self._scan(corrected.text), corrected.corrections
        query = _Reading(scan, self._edition).query()
        notes = tuple(note for mention in scan.of(Sort.MODEL) if (note := self._names.note(mention.text)))
        if query.kind is Kind.NONE:
            return Query(question, Kind.NONE)
        return replace(query, question=question, corrections=corrections, notes=(*notes, *query.notes))

    def _scan(self, text: str) -> Scan:
        scan = Scan(text)
        self._names.find(scan)
        read_dates(scan)
        read_words(scan)
        read_numbers(scan)
        read_remainder(scan)
        return scan


_TELLING = (
    Sort.MODEL, Sort.FAMILY, Sort.DEVELOPER, Sort.FOREIGN, Sort.LEVEL, Sort.GRADE, Sort.STAGE, Sort.MATTER, Sort.FIELD,
    Sort.CUE, Sort.SUPERLATIVE, Sort.LICENCE,
)  # fmt: skip


class _Reading:
    """One question being read."""

    def __init__(self, scan: Scan, edition: Edition) -> None:
        self._scan = scan
        self._edition = edition
        self._parts = read_parts(scan)
        self._grades: tuple[Graded, ...] = read_grades(scan)
        self._components = distinct(component for part in self._parts for component in part.components)
        self._dated = bool(scan.of(Sort.DATE))
        self._models = scan.values(Sort.MODEL)
        self._name = ""
        self._notes: list[str] = []
        self._widen()

    def _widen(self) -> None:
        """A developer or a family with one model means that model; a family that is compared means its members."""
        scan = self._scan
        if self._models or scan.has("models", "list", "each", "made-by", "count", "share") or self._dated:
            return
        for candidates, name in self._groups():
            if len(candidates) == 1:
                self._models = candidates
                self._notes.append(f"{name} has one model in the table.")
            elif scan.has("compare", "more-open") and len(candidates) == 2:
                self._models = candidates

    def _groups(self) -> list[tuple[tuple[str, ...], str]]:
        families = {family.name: family.members for family in self._edition.families}
        groups = [(families[name], name) for name in self._scan.values(Sort.FAMILY)]
        return groups + [(self._edition.of_developer(name), name) for name in self._scan.values(Sort.DEVELOPER)]

    def query(self) -> Query:
        """The query, of kind ``none`` where nothing fits."""
        scan = self._scan
        none = Query(scan.text, Kind.NONE)
        rule = licence_query(scan)
        if rule is not None:
            return rule
        unknown = (*scan.values(Sort.FOREIGN), *strangers(scan))
        if not relevant(scan, unknown):
            return none
        if unknown:
            return Query(scan.text, Kind.UNKNOWN_MODEL, models=self._models, unknown=unknown)
        for step in (
            self._comparison,
            self._definition,
            self._of_models,
            self._ambiguous,
            self._ranking,
            self._distribution,
            self._count,
            self._filter,
            self._column,
        ):
            if (query := step()) is not None:
                return replace(query, notes=tuple(self._notes))
        return none

    def _comparison(self) -> Query | None:
        scan = self._scan
        superlative = scan.of(Sort.SUPERLATIVE) or scan.has("most-open", "least-open")
        more = re.search(r"\b(?:more|less|fewer|\w+er)\b(?!\s+(?:of|than\s+\d))", scan.text, re.IGNORECASE)
        wanted = scan.has("compare", "more-open") or (not self._grades and (superlative or more))
        if len(self._models) < 2 or not wanted:
            return None
        fields = self._fields() or self._implied_fields()
        return Query(scan.text, Kind.COMPARISON, models=self._models, components=self._components, fields=fields)

    def _implied_fields(self) -> tuple[str, ...]:
        """Fields that comparing words stand for: ``newer``, ``bigger``."""
        found = [mention.value.split()[1] for mention in self._scan.of(Sort.SUPERLATIVE) if " " in mention.value]
        for field, pattern in _COMPARING.items():
            if pattern.search(self._scan.text):
                found.append(field)
        return distinct(found)

    def _definition(self) -> Query | None:
        scan, grades = self._scan, tuple(graded.grade for graded in self._grades)
        text = scan.text
        if self._models or scan.of(Sort.FAMILY, Sort.DEVELOPER, Sort.SUPERLATIVE) or self._dated:
            return None
        if scan.has("unused") and scan.has("scale"):
            return Query(text, Kind.DEFINITION, topic="unused")
        if scan.has("categories") and not scan.has("models", "count", "each"):
            return Query(text, Kind.DEFINITION, topic="categories")
        if grades and not self._components and scan.has("scale") and _WHICH_LEVEL.search(text):
            if not any(grade.sign for grade in grades):
                return Query(text, Kind.DEFINITION, topic="which", grades=grades)
        asked = scan.has("define", "compare") or _SCALE_ALONE.search(text)
        if grades and asked and not scan.has("models", "each", "count", "share", "cells", "licence"):
            if not self._components or all(grade.sign for grade in grades):
                return Query(text, Kind.DEFINITION, topic="levels", grades=grades)
        return self._definition_of_parts()

    def _definition_of_parts(self) -> Query | None:
        scan, text = self._scan, self._scan.text
        if self._grades or scan.of(Sort.FIELD, Sort.LICENCE):
            return None
        if scan.has("scale") and _SCALE_ASKED.search(text) and not scan.has("models", "each", "how-open"):
            return Query(text, Kind.DEFINITION, topic="scale")
        if self._components and scan.has("define") and re.search(r"\b(?:mean\w*|defin\w+|component|column)\b", text):
            return Query(text, Kind.DEFINITION, topic="components", components=self._components)
        if scan.has("components") and not self._components and not scan.has("models", "how-open", "rank"):
            return Query(text, Kind.DEFINITION, topic="all components")
        return None

    def _fields(self) -> tuple[str, ...]:
        """The fields asked for; ``released`` asks for the date only with ``when``, or where nothing else is asked."""
        fields = list(self._scan.values(Sort.FIELD))
        if self._scan.has("count-value"):
            old = re.search(r"\bhow\s+(?:old|recent)\b", self._scan.text, re.IGNORECASE)
            fields.append("release" if old else "size")
        asks_open = self._scan.has("how-open", "licence") or self._grades or self._components
        if self._scan.has("released") and not fields and not asks_open and not self._dated:
            fields.append("release")
        return tuple(field.id for field in self._edition.fields.values() if field.id in fields)

    def _of_models(self) -> Query | None:
        """Cells, facts or rows of named models."""
        scan, models = self._scan, self._models
        if not models:
            return None
        grades = tuple(graded.grade for graded in self._grades)
        fields = self._fields()
        base = Query(
            scan.text, Kind.ROW, models=models, components=self._components, fields=fields, grades=grades,
            licence_asked=scan.has("licence"),
        )  # fmt: skip
        if scan.has("facts") and not self._components:
            asked = fields or tuple(self._edition.fields)
            return replace(base, fields=asked if len(asked) > 1 else tuple(self._edition.fields), topic="facts")
        if scan.has("count", "share") and (grades or scan.has("components", "cells")) and not fields:
            return replace(base, kind=Kind.COUNT, topic="cells")
        if self._components:
            single = len(models) == 1 and len(self._components) == 1 and not fields
            return replace(base, kind=Kind.CELL if single else Kind.CELLS)
        if fields:
            return replace(base, kind=Kind.FACT) if len(models) == len(fields) == 1 else replace(base, topic="facts")
        if scan.has("row") and not scan.has("components"):
            return replace(base, fields=tuple(self._edition.fields), topic="all")
        if grades or scan.has("how-open", "components", "scale", "cells", "licence", "more-open", "categories"):
            return replace(base, topic="part" if grades and _SOME.search(scan.text) else "row")
        if scan.has("released") and self._dated:
            return replace(base, kind=Kind.FACT if len(models) == 1 else Kind.ROW, fields=("release",), topic="facts")
        return replace(base, fields=tuple(self._edition.fields), topic="all") if _bare(scan) else None

    def _ambiguous(self) -> Query | None:
        scan = self._scan
        groups = self._groups()
        if not groups or scan.of(Sort.SUPERLATIVE) or self._dated:
            return None
        listed = scan.has("models", "list", "each", "count", "share", "made-by") or scan.of(Sort.LICENCE)
        family = scan.values(Sort.FAMILY)
        if listed and not family:
            return None
        if family and listed and (scan.has("count", "share") or (self._grades and self._components)):
            return None
        members = distinct(model for group, _ in groups for model in group)
        names = " and ".join(name for _, name in groups)
        return Query(
            scan.text, Kind.AMBIGUOUS, models=members, components=self._components, fields=self._fields(), name=names
        )

    def _conditions(self) -> tuple[Condition, ...]:
        scan = self._scan
        conditions: list[Condition] = list(level_tests(scan, self._parts, self._grades))
        conditions += licence_tests(scan, self._parts)
        conditions += release_test(scan)
        if developer := developer_test(scan):
            conditions.append(developer)
        if not scan.of(Sort.SUPERLATIVE):
            conditions += field_tests(scan)
        if self._grades and not self._parts and not any(isinstance(item, FieldTest) for item in conditions):
            conditions.append(self._overall(self._grades[0].grade))
        return tuple(conditions)

    def _overall(self, grade: Grade) -> LevelTest:
        """A grade said of a model as a whole: every part that applies; a single sign asks for any part."""
        kinds = {level[0] for level in grade.levels if level[0] in "CD"} or {"C", "D"}
        components = tuple(item.id for item in self._edition.components if item.kind[0].upper() in kinds)
        return LevelTest(components, grade, every=not grade.sign and grade.levels <= {"C1", "D1", "C5", "D5"})

    def _members(self) -> tuple[str, ...]:
        families = {family.name: family.members for family in self._edition.families}
        return distinct(model for name in self._scan.values(Sort.FAMILY) for model in families[name])

    def _ranking(self) -> Query | None:
        scan = self._scan
        superlatives = scan.of(Sort.SUPERLATIVE)
        openness = scan.has("most-open", "least-open")
        if not superlatives and not openness and not scan.has("rank"):
            return None
        words = (
            superlatives[0].value.split()
            if superlatives
            else ["least" if scan.has("least-open", "ascending") else "most"]
        )
        field = words[1] if len(words) > 1 else ""
        said = [name for name in self._fields() if name != "developer"]
        field = said[0] if said and (not field or field == "size") else field
        topic = self._ranked(field, openness)
        if topic is None:
            return None
        limit = first_number(scan)
        if limit is None:
            limit = _usual_limit(scan, bool(superlatives) or openness)
        fields = (field,) if topic == "models" else ()
        return Query(
            scan.text, Kind.RANKING, models=self._members(), components=self._components, fields=fields, limit=limit,
            conditions=self._conditions() if topic == "models" else (), topic=topic, descending=words[0] == "most",
            grades=tuple(graded.grade for graded in self._grades),
        )  # fmt: skip

    def _ranked(self, field: str, openness: bool) -> str | None:
        """What is ranked: models by a field or by openness, components or developers by a count."""
        scan = self._scan
        if scan.has("components") and (self._grades or openness):
            return "components"
        if re.search(
            r"\b(?:developers?|compan(?:y|ies)|labs?|organi[sz]ations?)\b.*\bmodels\b", scan.text, re.IGNORECASE
        ):
            return "developers" if not field else "models"
        if openness or (scan.has("how-open") and not field):
            return "openness"
        return "models" if field else None

    def _distribution(self) -> Query | None:
        if self._components and self._scan.has("distribution") and not self._models:
            return Query(self._scan.text, Kind.DISTRIBUTION, components=self._components)
        return None

    def _count(self) -> Query | None:
        scan = self._scan
        if not scan.has("count", "share"):
            return None
        grades = tuple(graded.grade for graded in self._grades)
        topic = "share" if scan.has("share") else "models"
        things = [name for name in ("models", "cells", "components") if scan.has(name)]
        if grades and not things and not self._components and _TIMES.search(scan.text):
            things = ["cells"]
        if "cells" in things and (grades or scan.of(Sort.LICENCE) or not self._components):
            return Query(
                scan.text, Kind.COUNT, components=self._components, grades=grades, topic="cells",
                licence=next(iter(scan.values(Sort.LICENCE)), ""),
            )  # fmt: skip
        conditions = self._conditions()
        if "components" in things and "models" not in things and not conditions:
            return Query(scan.text, Kind.COUNT, topic="components")
        if re.search(
            r"\bhow\s+many\s+(?:\w+\s+)?(?:developers|companies|labs|organi[sz]ations)\b", scan.text, re.IGNORECASE
        ):
            return Query(scan.text, Kind.COUNT, topic="developers", conditions=conditions)
        if not conditions and not self._members() and "models" not in things:
            return None
        return Query(scan.text, Kind.COUNT, models=self._members(), conditions=conditions, topic=topic)

    def _filter(self) -> Query | None:
        scan = self._scan
        conditions = self._conditions()
        asks = scan.has("models", "list", "each", "made-by", "what", "not", "every") or _ASKING.search(scan.text)
        if not conditions or not asks:
            return None
        fields = tuple(name for name in self._fields() if name != "developer")
        only_developer = all(isinstance(item, DeveloperTest) for item in conditions)
        if only_developer and (fields or self._components):
            return Query(scan.text, Kind.COLUMN, conditions=conditions, components=self._components, fields=fields)
        return Query(scan.text, Kind.FILTER, models=self._members(), conditions=conditions)

    def _column(self) -> Query | None:
        scan = self._scan
        everything = scan.has("each", "models", "how-open", "scale", "list", "licence") or _ASKING.search(scan.text)
        fields = self._fields()
        if everything and (self._components or (fields and scan.has("each", "models"))):
            return Query(
                scan.text, Kind.COLUMN, components=self._components, fields=fields, licence_asked=scan.has("licence")
            )
        if scan.has("models", "each") and scan.has("list", "what", "define") and _ALL_MODELS.search(scan.text):
            return Query(scan.text, Kind.FILTER)
        return None


def _bare(scan: Scan) -> bool:
    """Whether the question is hardly more than a name."""
    return not [mention for mention in scan.mentions if mention.sort not in _BARE]


def _usual_limit(scan: Scan, superlative: bool) -> int | None:
    """How many ranks are shown where the question names no count: one for "which model is", else five, or all."""
    if not superlative:
        return None
    several = re.search(
        r"\b(?:which|what|the|list|rank\w*|name|show)\b.*\b(?:models|llms|ones|developers|companies|components)\b",
        scan.text,
        re.IGNORECASE,
    )
    return 5 if several or not re.search(r"\b(?:which|what|who|whose|is)\b", scan.text, re.IGNORECASE) else 1


_BARE = (Sort.MODEL, Sort.VARIANT, Sort.FILLER)
_COMPARING = {
    "release": re.compile(r"\b(?:newer|older|earlier|later|more\s+recent|first)\b", re.IGNORECASE),
    "size": re.compile(r"\b(?:bigger|larger|smaller)\b", re.IGNORECASE),
}
_WHICH_LEVEL = re.compile(
    r"\b(?:which|what)\s+(?:\w+\s+)?levels?\b|\blevels?\s+(?:\w+\s+){0,2}(?:count|belong|fall|are)\b", re.IGNORECASE
)
_SCALE_ALONE = re.compile(r"^\W*(?:level\s+)?[CD]\s?-?[1-5]\W*$", re.IGNORECASE)
_SCALE_ASKED = re.compile(
    r"\b(?:what|which|list|explain|describe|define|show|name)\b.*\b(?:levels|scale|grades)\b", re.IGNORECASE
)
_SOME = re.compile(r"\b(?:which|what|any|list|how\s+many)\b", re.IGNORECASE)
_TIMES = re.compile(r"\b(?:times|often|table|in\s+total|overall|n/a|there)\b", re.IGNORECASE)
_ASKING = re.compile(r"^\W*(?:all|models|llms|did|does|do|is|are|has|have|of|everyone|everything)\b", re.IGNORECASE)
_ALL_MODELS = re.compile(
    r"\b(?:models|llms)\b.*\b(?:covered?|included?|listed|classified|there|in|does|are)\b|\ball\b.*\bmodels\b|\blist\b",
    re.IGNORECASE,
)
