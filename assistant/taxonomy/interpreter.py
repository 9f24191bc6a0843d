"""What a question asks of a table: the first intent that its slots allow and that accepts every one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from assistant.taxonomy.gazetteer import Gazetteer, Mention, Word, key_of, words_of
from assistant.taxonomy.slots import Grade, Slot, Slots
from assistant.taxonomy.table import Table

__all__ = [
    "AnnotationTest",
    "Condition",
    "GivenTest",
    "Interpreter",
    "Kind",
    "LevelTest",
    "Query",
    "RangeTest",
    "TallyTest",
    "ThingTest",
    "ValueTest",
]


class Kind(StrEnum):
    """What sort of question it is; also the ``kind`` of the answer."""

    CELL = "cell"
    CELLS = "cells"
    FACT = "fact"
    ROW = "row"
    COLUMN = "column"
    FILTER = "filter"
    COUNT = "count"
    RANKING = "ranking"
    COMPARISON = "comparison"
    DISTRIBUTION = "distribution"
    DEFINITION = "definition"
    LICENCE_RULE = "licence_rule"
    AMBIGUOUS = "ambiguous"
    UNKNOWN_MODEL = "unknown_model"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class LevelTest:
    """A condition on the level of components."""

    components: tuple[str, ...]
    grade: Grade
    every: bool = False
    """All the components that apply must pass, not just one."""


@dataclass(frozen=True, slots=True)
class TallyTest:
    """A condition on how many components of a thing stand at a grade."""

    grade: Grade
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class AnnotationTest:
    """A condition on what stands in a cell's brackets."""

    components: tuple[str, ...]
    annotations: tuple[str, ...]
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class RangeTest:
    """A condition on a number or a date, both ends included."""

    field: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class GivenTest:
    """Whether the table gives a value at all."""

    field: str
    given: bool


@dataclass(frozen=True, slots=True)
class ValueTest:
    """A condition on the names that a field lists."""

    field: str
    values: tuple[str, ...]
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class ThingTest:
    """Things that are left out by name."""

    excluded: tuple[str, ...]


Condition = LevelTest | TallyTest | AnnotationTest | RangeTest | GivenTest | ValueTest | ThingTest


@dataclass(frozen=True, slots=True)
class Query:
    """An interpreted question."""

    question: str
    kind: Kind
    things: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    grades: tuple[Grade, ...] = ()
    annotation: str = ""
    topic: str = ""
    """What a definition, a count, a row or a ranking is about, ``categories``, ``cells``, ``part`` …"""
    name: str = ""
    """The developer or the family that an ambiguous question names."""
    unknown: tuple[str, ...] = ()
    """Names that the table does not have."""
    limit: int | None = None
    descending: bool = True
    place: int = 0
    """The one place of a ranking that is asked for, from 1; 0 for all."""
    licence_asked: bool = False
    shared: bool = False
    """A count is wanted as a share too."""
    corrections: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    rule: dict[str, object] = field(default_factory=dict)
    """What a question on the licence rule gives: points, permissions allowed and denied."""


Intent = Callable[["Reading"], Query | None]
_ASKING = frozenset(
    (
        "which",
        "what",
        "all",
        "level",
        "cells",
        "components",
        "howopen",
        "things",
        "head",
        "licence",
        "row",
        "where",
        "source",
    )
)
_OF_THING = _ASKING | {
    "given",
    "thing",
    "part",
    "grade",
    "annotation",
    "publish",
    "who",
    "rest",
    "define",
    "family",
    "count",
}
_SELECTING = _ASKING | {
    "thing", "part", "grade", "annotation", "publish", "who", "value", "make", "date", "range", "number", "field",
    "given", "family", "where", "values", "times",
}  # fmt: skip


class Interpreter:
    """Interprets questions on one table."""

    def __init__(self, table: Table, gazetteer: Gazetteer, rule: Callable[[Slots, str], Query | None] | None) -> None:
        self._table = table
        self._gazetteer = gazetteer
        self._rule = rule

    def interpret(self, question: str, *, named: bool = False) -> Query:
        """The query; of kind ``none`` where a word, a number or a negation is left that no slot claims."""
        words = words_of(question)
        query = self._read(question, words, named=named)
        listed = self._gazetteer.claim(words, question) if query.kind is Kind.UNKNOWN_MODEL else []
        if query.kind not in (Kind.NONE, Kind.UNKNOWN_MODEL) or any(mention.sort == "other" for mention in listed):
            return query
        corrected, changes = self._gazetteer.corrected(words, question)
        if not changes:
            return query
        again = self._read(question, corrected, named=named)
        said = tuple(self._change(change) for change in changes)
        return query if again.kind in (Kind.NONE, query.kind) else replace(again, corrections=said)

    def _change(self, change: str) -> str:
        written, _, key = change.partition("\n")
        found = self._gazetteer.find(key, "")
        return f"{written} → {found[1] if found and found[0] in ('thing', 'family', 'value') else key}"

    def _read(self, question: str, words: Sequence[Word], *, named: bool) -> Query:
        mentions = self._gazetteer.claim(words, question)
        slots = Slots(self._table, words, mentions)
        nothing = Query(question, Kind.NONE)
        if strangers := _strangers(slots, words):
            return replace(nothing, kind=Kind.UNKNOWN_MODEL, unknown=strangers, things=_names(slots))
        if slots.has("", "reference", "refused") or slots.has("not", "neither", "except", "other"):
            return nothing
        reading = Reading(self._table, slots, question, named=named or slots.has("head"))
        if self._rule is not None and (query := self._rule(slots, question)) is not None:
            return query
        for intent, accepted in _INTENTS:
            query = intent(reading)
            if query is not None and all(slot.sort in accepted for slot in slots.items):
                return replace(query, question=question, notes=(*self._alias_notes(mentions), *reading.notes))
        return nothing

    def _alias_notes(self, mentions: Sequence[Mention]) -> tuple[str, ...]:
        notes = self._table.alias_notes
        return tuple(notes[text] for mention in mentions if (text := mention.text.lower()) in notes)


def _names(slots: Slots) -> tuple[str, ...]:
    return tuple(dict.fromkeys(slot.value for slot in slots.of("thing") if not slot.excluded))


def _strangers(slots: Slots, words: Sequence[Word]) -> tuple[str, ...]:
    """Names that the table lacks, where all the rest of the question is understood."""
    named = [slot for slot in slots.items if slot.sort == "other" or (not slot.sort and _is_name(words[slot.first]))]
    for before, slot in zip(slots.items, slots.items[1:], strict=False):
        if before in named and slot.sort == "number" and words[slot.first].gap in ("", "-"):
            named.append(slot)
    named.sort(key=lambda slot: slot.first)
    free = [slot for slot in slots.items if slot not in named]
    accepted = _OF_THING | {"field", "compare", "more", "who", "when", "make", "comparative", "value"}
    if not named or any(slot.sort not in accepted for slot in free):
        return ()
    listed = any(slot.sort == "other" for slot in named)
    opened = any(slot.sort in ("howopen", "grade", "licence") for slot in free)
    numbered = any(char.isdigit() for slot in named for char in slot.text) and any(slot.sort == "part" for slot in free)
    if not listed and not opened and not numbered:
        return ()
    if not listed and all(slot.first == 0 for slot in named):
        return ()
    joined: list[str] = []
    last = -1
    for slot in named:
        if joined and slot.first == last:
            joined[-1] = f"{joined[-1]} {slot.text}"
        else:
            joined.append(slot.text)
        last = slot.last
    return tuple(dict.fromkeys(joined))


def _is_name(word: Word) -> bool:
    """Whether a word is written as a name."""
    return word.text[:1].isupper() or (word.is_number and word.gap == "-")


class Reading:
    """The slots of a question, seen by the intents."""

    def __init__(self, table: Table, slots: Slots, question: str, *, named: bool) -> None:
        self.table = table
        self.slots = slots
        self.question = question
        self.named = named
        """Whether the question is known to be for this table."""
        self.notes: list[str] = []
        self.things = _names(slots)
        self._own_values()
        self._settle()

    def _own_values(self) -> None:
        """``Meta's LLaMA-2``: a value of the things that are named anyway asks for nothing."""
        if not self.things:
            return
        owned = [slot for slot in self.slots.of("value") if not slot.excluded and self._is_own(slot.value)]
        self.slots.items = [slot for slot in self.slots.items if slot not in owned]

    def _is_own(self, named: str) -> bool:
        column, _, value = named.partition("=")
        return all(value in self.table.names(name, column) for name in self.things)

    def _settle(self) -> None:
        """A family or a developer with a single thing means that thing; a family that is compared its members."""
        self.families = [(family.name, family.members) for family in self.table.families for slot in
                         self.slots.of("family") if slot.value == family.name]  # fmt: skip
        listed = self.slots.has("what") and self.slots.has("publish") and not self.slots.parts
        if self.things or listed or self.slots.has("things", "make", "count", "share", "date"):
            return
        for name, members in self.groups():
            if len(members) == 1:
                self.things = members
                self.notes.append(f"{name} has one {self.table.head.thing} in the table.")

    def groups(self) -> list[tuple[str, tuple[str, ...]]]:
        """The families and the values of fields that are named, with the things that they stand for."""
        found = list(self.families)
        for slot in self.slots.of("value"):
            if not slot.excluded:
                column, _, value = slot.value.partition("=")
                members = tuple(t.name for t in self.table.things if value in self.table.names(t.name, column))
                found.append((value, members))
        return found

    def query(self, kind: Kind, **values: object) -> Query:
        """A query of this question."""
        return replace(Query(self.question, kind), **values)  # type: ignore[arg-type]

    @property
    def components(self) -> tuple[str, ...]:
        """The components that are named, in order."""
        return tuple(dict.fromkeys(name for slot in self.slots.parts if slot.part for name in slot.part.components))

    @property
    def grades(self) -> tuple[Grade, ...]:
        """The grades that are named."""
        return tuple(slot.grade for slot in self.slots.grades if slot.grade)

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields asked for, in the order of the table; ``who made`` and ``when`` ask for one too."""
        found = [slot.value for slot in self.slots.of("field")]
        makers = [column.id for column in self.table.fields if column.kind == "names"]
        dates = [column.id for column in self.table.fields if column.kind == "month"]
        made = self.slots.has("who") and self.slots.has("make", "publish") and not self.components
        if made or (self.slots.has("values") and self.things):
            found += makers[:1]
        listed = len(found) > 1 and any(slot.text.lower() == "release" for slot in self.slots.of("publish"))
        if self.slots.has("when") or listed:
            found += dates[:1]
        return tuple(name for name in self.table.field_ids if name in found)

    @property
    def collective(self) -> bool:
        """Whether things are asked for, not said to be known."""
        return self.slots.has("which", "things", "count", "share", "who", "where", "values")


# Intents, in the order in which they are tried


def _comparison(reading: Reading) -> Query | None:
    slots, things = reading.slots, reading.things
    measured = [slot for slot in slots.of("comparative") if slot.value]
    implied = [field for slot in slots.of("extreme") if (field := slot.value.partition(":")[2])]
    wanted = slots.has("compare", "more", "comparative") or bool(implied)
    if len(things) < 2 and slots.has("compare", "more") and not things:
        members = [name for _, group in reading.groups() for name in group]
        things = tuple(dict.fromkeys(members)) if len(members) > 1 and slots.has("compare") else ()
    if len(things) < 2 or (slots.grades and not wanted) or any(slot.low != len(things) for slot in slots.of("number")):
        return None
    if not wanted and (reading.components or reading.fields or slots.has("row")):
        return None
    fields = tuple(dict.fromkeys((*reading.fields, *(slot.value for slot in measured), *implied)))
    return reading.query(Kind.COMPARISON, things=things, components=reading.components, fields=fields)


def _facts(reading: Reading) -> Query | None:
    things, fields = reading.things, reading.fields
    if not things or reading.slots.has("facts"):
        if not things or reading.components:
            return None
        chosen = fields if len(fields) > 1 else reading.table.field_ids
        return reading.query(Kind.ROW, things=things, fields=chosen, topic="facts")
    largest = all(slot.value.partition(":")[2] in fields for slot in reading.slots.of("extreme"))
    if not fields or reading.components or not largest:
        return None
    if len(things) == len(fields) == 1:
        return reading.query(Kind.FACT, things=things, fields=fields)
    return reading.query(Kind.ROW, things=things, fields=fields, topic="facts")


def _cells(reading: Reading) -> Query | None:
    things, components = reading.things, reading.components
    if not things or not components or reading.slots.has("who") and reading.slots.has("make"):
        return None
    if reading.fields and not reading.slots.breaks:
        return None
    single = len(things) == len(components) == 1 and not reading.fields
    return reading.query(
        Kind.CELL if single else Kind.CELLS, things=things, components=components, fields=reading.fields,
        grades=reading.grades, licence_asked=reading.slots.has("licence"),
    )  # fmt: skip


def _tally(reading: Reading) -> Query | None:
    """How many cells of a named thing."""
    slots = reading.slots
    if not reading.things or reading.components or reading.fields or not slots.has("count", "share"):
        return None
    if not slots.has("components", "cells") and not slots.grades:
        return None
    return reading.query(
        Kind.COUNT, things=reading.things, grades=reading.grades, topic="cells", shared=slots.has("share")
    )


def _row(reading: Reading) -> Query | None:
    slots, things = reading.slots, reading.things
    if not things or reading.components or reading.fields or slots.has("count") or not _numbered(reading):
        return None
    if len(slots.items) == len(things) or (
        slots.has("row") and not slots.has("components", "howopen", "level", "grade")
    ):
        return reading.query(Kind.ROW, things=things, fields=reading.table.field_ids, topic="all")
    if slots.has("howopen", "components", "level", "grade", "licence", "cells", "row", "annotation"):
        some = slots.has("which", "what") and len(reading.grades) == 1 and slots.has("components", "cells")
        topic = "part" if some and not slots.has("rest") else "row"
        return reading.query(Kind.ROW, things=things, grades=reading.grades, topic=topic)
    return None


def _ambiguous(reading: Reading) -> Query | None:
    slots, groups = reading.slots, reading.groups()
    if not groups or reading.things or slots.has("date", "range", "annotation", "number"):
        return None
    family = bool(reading.families)
    whole = slots.has("howopen") or (bool(slots.grades) and not slots.parts and not slots.has("which", "things"))
    listed = slots.has("things", "which", "make", "count", "share", "publish")
    if listed and not family and not whole:
        return None
    if family and (slots.has("count", "share") or (slots.grades and slots.has("which"))):
        return None
    if not (whole or slots.has("part", "field", "grade", "things", "level", "row")):
        return None
    members = tuple(dict.fromkeys(name for _, group in groups for name in group))
    names = " and ".join(name for name, _ in groups)
    return reading.query(
        Kind.AMBIGUOUS, things=members, components=reading.components, fields=reading.fields, name=names
    )


def _ranking(reading: Reading) -> Query | None:
    slots, table = reading.slots, reading.table
    extremes = slots.of("extreme")
    if not extremes or reading.things or (slots.has("licence") and not slots.grades):
        return None
    direction, field, fields = _measure(reading, extremes)
    conditions = _conditions(reading)
    if conditions is None or (field and slots.parts and not slots.grades and not slots.has("annotation", "publish")):
        return None
    members = tuple(dict.fromkeys(name for _, group in reading.families for name in group))
    numbers = [slot for slot in slots.of("number") if not slot.sized and slot.low == slot.high]
    values = any(column.kind == "names" for column in table.fields) and slots.has("values", "who")
    if values and not field and slots.has("things"):
        topic = "values"
    elif slots.has("components") and (slots.grades or slots.has("howopen")):
        topic = "components"
    elif field:
        topic = "things"
    elif reading.grades or slots.has("howopen") or not any(c.kind for c in table.fields):
        judged = slots.cues("extreme") & {"best", "worst"} and any(c.kind for c in table.fields)
        if judged or not slots.has("things", "who", "head"):
            return None
        topic = "openness"
    else:
        return None
    place = next((int(slot.value) for slot in slots.of("ordinal")), 0)
    limit = numbers[0].low if numbers else _usual_limit(reading)
    kept = () if topic in ("openness", "components") else conditions
    return reading.query(
        Kind.RANKING, things=members, components=reading.components, fields=(field,) if field else (), topic=topic,
        conditions=kept, limit=limit, descending=direction == "most", place=place,
        grades=reading.grades if topic != "things" else (),
    )  # fmt: skip


def _measure(reading: Reading, extremes: Sequence[Slot]) -> tuple[str, str, list[str]]:
    """The direction and the field of a ranking; a field that is named counts before one that a word implies."""
    values = [slot.value.partition(":") for slot in extremes]
    fields = [slot.value for slot in reading.slots.of("field") if reading.table.columns[slot.value].kind != "names"]
    implied = [field for _, _, field in values if field]
    direction = next((way for way, _, field in values if field), values[0][0])
    direction = {"rank": "most", "best": "most", "worst": "least"}.get(direction, direction)
    return direction, (fields or implied or [""])[0], fields


def _usual_limit(reading: Reading) -> int | None:
    """How many ranks are shown where the question names no count: one for a single thing, else five, or all."""
    slots = reading.slots
    if "rank" in slots.cues("extreme"):
        return None
    single = any(word.key in ("is", "has", "was") for word in slots.words)
    if not single and "many" in slots.cues("things") | slots.cues("values") | slots.cues("components"):
        return 5
    return 1 if reading.table.levels and any(c.kind for c in reading.table.fields) else 5


def _licensed(reading: Reading) -> bool:
    return reading.slots.has("annotation")


def _definition(reading: Reading) -> Query | None:
    slots = reading.slots
    if reading.things or reading.groups() or slots.has("extreme", "date", "value"):
        return None
    grades, components = reading.grades, reading.components
    base = reading.query(Kind.DEFINITION, grades=grades, components=components)
    if slots.has("unused"):
        return replace(base, topic="unused")
    many = slots.has("count", "share") or "many" in slots.cues("things")
    if slots.has("category") and not many and not grades and not components:
        return replace(base, topic="categories")
    if grades and not many and not slots.has("who") and _asks_meaning(slots):
        asked = slots.has("level") and not all(grade.sign for grade in grades)
        if asked and slots.has("which", "what"):
            return replace(base, topic="which")
        return (
            replace(base, topic="levels")
            if all(g.sign for g in grades) or not components or slots.has("when")
            else None
        )
    if grades and slots.has("level") and slots.has("which", "what") and not components and not many:
        return replace(base, topic="which")
    if grades or many or not _numbered(reading):
        return None
    staged = len(components) == 1 and _whole_name(reading, components[0])
    asked = slots.has("define") or (slots.has("what") and len(slots.items) == len(slots.parts) + 1 and staged)
    if slots.has("stage"):
        one = len(components) == 1
        return None if one else replace(base, topic="components" if components else "stages")
    if components and (asked or slots.has("components")) and not slots.has("level", "howopen"):
        return replace(base, topic="components")
    if slots.has("components") and not components and not slots.has("howopen"):
        return replace(base, topic="all components")
    scale = not components or all(slot.part and not slot.part.stages for slot in slots.parts)
    levels = any(slot.text.lower().endswith(("s", "scale")) for slot in slots.of("level"))
    if levels and scale and slots.has("which", "what", "define", "row", "all", "compare"):
        return replace(base, topic="scale")
    measured = slots.has("howopen") and all(slot.sort in ("howopen", "level", "source") for slot in slots.items)
    defined = slots.has("level", "howopen") and slots.has("define") and scale
    return replace(base, topic="scale") if defined or (measured and slots.has("level")) else None


def _whole_name(reading: Reading, component: str) -> bool:
    """Whether a component is named in full, by its title or by stage and matter."""
    slot = reading.slots.parts[0]
    full = slot.part is not None and bool(slot.part.stages and slot.part.matters)
    return full or key_of(slot.text) == key_of(reading.table.columns[component].title)


def _asks_meaning(slots: Slots) -> bool:
    """Whether the meaning of a grade is asked for, in words or by naming nothing else."""
    alone = all(slot.sort in ("grade", "what", "when", "row", "level") for slot in slots.items)
    terse = alone and (slots.has("what", "when", "row") or all(slot.grade and slot.grade.sign for slot in slots.items))
    considered = slots.has("when") and all(slot.part and not slot.part.stages for slot in slots.parts)
    return slots.has("define", "compare") or terse or considered


def _numbered(reading: Reading) -> bool:
    """Whether every number of the question counts what the table has, ``the twelve components``."""
    known = {len(reading.table.components), len(reading.table.categories), len(reading.table.levels)}
    return all(slot.low in known for slot in reading.slots.of("number"))


def _distribution(reading: Reading) -> Query | None:
    if reading.slots.has("distribution") and reading.components and not reading.things:
        return reading.query(Kind.DISTRIBUTION, components=reading.components)
    return None


def _count(reading: Reading) -> Query | None:
    slots = reading.slots
    if reading.things or not (slots.has("count", "share") or (slots.has("times") and slots.has("cells"))):
        return None
    grades = reading.grades
    shared = slots.has("share")
    of_table = slots.has("source") and not slots.has("things", "part", "value")
    of_cells = slots.has("cells") or (of_table and bool(grades))
    if of_cells and not slots.has("things", "value", "date", "range"):
        annotation = next((slot.value for slot in slots.of("annotation")), "")
        if not (grades or annotation or slots.has("cells")):
            return None
        return reading.query(
            Kind.COUNT,
            components=reading.components,
            grades=grades,
            topic="cells",
            shared=shared,
            annotation=annotation,
        )
    conditions = _conditions(reading)
    if conditions is None:
        return None
    if slots.has("components") and not slots.has("things") and not conditions:
        return reading.query(Kind.COUNT, topic="components")
    if slots.has("values") and not slots.has("things"):
        return reading.query(Kind.COUNT, topic="values", conditions=conditions)
    staged = any(slot.part and slot.part.stages for slot in slots.parts)
    graded = staged and any(isinstance(item, LevelTest | AnnotationTest) for item in conditions)
    if not slots.has("things", "who", "value") and not graded:
        return None
    if not conditions and not (
        slots.has("source") or reading.named or len(slots.items) == 2 and "exist" in slots.cues("which")
    ):
        return None
    members = tuple(dict.fromkeys(name for _, group in reading.families for name in group))
    return reading.query(Kind.COUNT, things=members, conditions=conditions, topic="share" if shared else "things")


def _filter(reading: Reading) -> Query | None:
    slots = reading.slots
    if reading.things or slots.has("count", "share") or (slots.has("times") and not slots.has("field")):
        return None
    conditions = _conditions(reading)
    if not conditions or not _asks_for_things(reading, conditions):
        return None
    members = tuple(dict.fromkeys(name for _, group in reading.families for name in group))
    only_values = all(isinstance(item, ValueTest) for item in conditions)
    asked = tuple(name for name in reading.fields if reading.table.columns[name].kind != "names")
    if only_values and (asked or reading.components) and not slots.grades:
        return reading.query(Kind.COLUMN, conditions=conditions, components=reading.components, fields=asked)
    topic = "values" if slots.has("values") and not slots.has("things") else ""
    return reading.query(Kind.FILTER, things=members, conditions=conditions, topic=topic)


def _asks_for_things(reading: Reading, conditions: Sequence[Condition]) -> bool:
    """Whether things are to be listed: asked for by a word, or by conditions that can be said of nothing else."""
    slots = reading.slots
    plural = "many" in slots.cues("things") or (slots.has("things") and slots.has("which"))
    graded = [item for item in conditions if isinstance(item, LevelTest | AnnotationTest | TallyTest)]
    strict = [item for item in graded if not isinstance(item, LevelTest) or not item.grade.loose]
    bare = slots.parts and all(slot.part and not slot.part.stages for slot in slots.parts)
    if (slots.yes_no and not plural and not slots.has("which")) or (
        bare and not plural and not slots.has("value", "who")
    ):
        return False
    if slots.has("values") and graded and not strict and not slots.parts:
        return False
    if plural or slots.has("values") or (graded and (slots.has("who") or "thing" in slots.cues("which"))):
        return True
    if graded:
        alone = len(graded) == len(conditions) == 1
        return bool(strict) and (not alone or slots.has("which", "where") or not slots.has("what"))
    return slots.has("which", "what", "publish", "make", "who")


def _column(reading: Reading) -> Query | None:
    slots = reading.slots
    if reading.things or reading.grades or slots.has("value", "date", "range", "number", "annotation"):
        return None
    plural = "many" in slots.cues("things") or (slots.has("things") and slots.has("all", "which"))
    if plural and (reading.components or reading.fields) and slots.has("all", "level", "licence", "howopen"):
        return reading.query(
            Kind.COLUMN, components=reading.components, fields=reading.fields, licence_asked=slots.has("licence")
        )
    if plural and not reading.components and not reading.fields and slots.has("source", "all", "head"):
        return reading.query(Kind.FILTER)
    return None


def _conditions(reading: Reading) -> tuple[Condition, ...] | None:
    """What a thing must meet to be listed or counted; None where a slot would have to be passed over."""
    slots, table = reading.slots, reading.table
    if slots.either and (len(slots.parts) > 1 or len(slots.grades) > 1):
        return None
    found: list[Condition] = []
    numbers = [slot for slot in slots.of("number")]
    tallied = _tally_test(reading, numbers)
    found += tallied
    if not tallied:
        levels = _level_tests(reading)
        if levels is None:
            return None
        found += levels
    found += _annotation_tests(reading)
    found += [RangeTest(slot.value, slot.low, slot.high) for slot in slots.of("range")]
    for slot in slots.of("date"):
        field = next(column.id for column in table.fields if column.kind == "month")
        if slot.low > table.latest(field):
            return None
        found.append(RangeTest(field, slot.low, slot.high))
    for column in dict.fromkeys(slot.value.partition("=")[0] for slot in slots.of("value")):
        for excluded in (False, True):
            values = tuple(
                slot.value.partition("=")[2]
                for slot in slots.of("value")
                if slot.excluded is excluded and slot.value.startswith(f"{column}=")
            )
            found += [ValueTest(column, values, excluded)] if values else []
    if left_out := tuple(slot.value for slot in slots.of("thing") if slot.excluded):
        found.append(ThingTest(left_out))
    if not slots.has("extreme"):
        fields = _field_tests(reading, [] if tallied else numbers)
        if fields is None:
            return None
        found += fields
    return tuple(found)


def _annotation_tests(reading: Reading) -> list[Condition]:
    """Conditions on what stands in brackets: of the part beside it, else of every part that is named."""
    found: dict[tuple[tuple[str, ...], bool], list[str]] = {}
    for slot in reading.slots.of("annotation"):
        part = _annotated_part(reading.slots, slot)
        components = part.part.components if part is not None and part.part else reading.components
        found.setdefault((tuple(dict.fromkeys(components)), slot.excluded), []).append(slot.value)
    return [AnnotationTest(components, tuple(names), excluded) for (components, excluded), names in found.items()]


def _annotated_part(slots: Slots, annotation: Slot) -> Slot | None:
    """The part right before or right behind an annotation, of several."""
    at = slots.items.index(annotation)
    beside = [slot for slot in (*slots.items[at - 1 : at], *slots.items[at + 1 : at + 2]) if slot.sort == "part"]
    return beside[0] if beside and len(slots.parts) > 1 else None


def _tally_test(reading: Reading, numbers: Sequence[Slot]) -> list[Condition]:
    """``at least five fully open components``."""
    if (
        not reading.slots.has("components", "cells")
        or reading.components
        or len(reading.grades) != 1
        or len(numbers) != 1
    ):
        return []
    return [TallyTest(reading.grades[0], numbers[0].low, numbers[0].high)]


def _field_tests(reading: Reading, numbers: Sequence[Slot]) -> list[Condition] | None:
    """Conditions on the numbers of fields, each with the field nearest to it."""
    slots, found, used = reading.slots, list[Condition](), set[str]()
    fields = [slot for slot in slots.of("field") if reading.table.columns[slot.value].kind in ("number", "size")]
    for number in numbers:
        near = min(fields, key=lambda slot: abs(slot.first - number.first), default=None)
        if near is not None:
            used.add(near.value)
            found.append(RangeTest(near.value, number.low, number.high))
        elif number.sized and (sizes := [c.id for c in reading.table.fields if c.kind == "size"]):
            found.append(RangeTest(sizes[0], number.low, number.high))
        elif slots.has("things") and number.low == len(reading.table.things):
            continue
        else:
            return None
    given = slots.cues("given")
    for slot in fields:
        if slot.value not in used and given:
            found.append(GivenTest(slot.value, "no" not in given))
    return found


def _level_tests(reading: Reading) -> list[Condition] | None:
    """Each part with the grade that is said of it; a grade without a part is said of the thing as a whole."""
    slots = reading.slots
    parts, grades = slots.parts, slots.grades
    if not grades and parts and slots.has("publish") and slots.table.levels:
        grades = [_published(reading)]
    if not parts and any(slot.grade and slot.grade.text[:1] in "<>" for slot in grades):
        return None
    if not grades or not parts:
        return [
            _overall(reading, slot) for slot in grades[:1] if not slots.has("annotation", "given") or not _loose(slot)
        ]
    strict = any(not _loose(slot) for slot in grades)
    grades = [slot for slot in grades if not (strict and _loose(slot) and not _beside(slots, slot))] or grades
    if _licensed(reading) and all(map(_loose, grades)):
        return []
    found: list[Condition] = []
    licensed = [_annotated_part(slots, slot) for slot in slots.of("annotation")]
    for part in parts:
        if part in licensed and not any(
            slots.adjacent(slot, part) for slot in grades if slot in slots.items and slot.first < part.first
        ):
            continue
        graded = _grade_of(slots, part, parts, grades)
        if graded is None or graded.grade is None or part.part is None:
            return None
        wanted = part.part.primary if not slots.has("all") else part.part.components
        if slots.has("all") and len(wanted) > 1:
            found += [LevelTest((name,), graded.grade) for name in wanted]
        else:
            refused = graded.grade.negated or all(name[1:] == "1" for name in graded.grade.levels)
            found.append(LevelTest(wanted, graded.grade, every=refused and len(wanted) > 1))
    return found


def _loose(slot: Slot) -> bool:
    return slot.grade is not None and slot.grade.loose


def _beside(slots: Slots, grade: Slot) -> bool:
    """Whether a grade stands right before a part."""
    return any(part.first > grade.first and slots.adjacent(grade, part) for part in slots.parts)


def _published(reading: Reading) -> Slot:
    """``released``, said of a part: any level but the closed ones."""
    verb = reading.slots.of("publish")[0]
    levels = frozenset(level.id for level in reading.table.levels if (level.number or 0) > 1)
    return replace(verb, sort="grade", grade=Grade(levels, verb.text, loose=True))


def _overall(reading: Reading, slot: Slot) -> LevelTest:
    """A grade said of a thing as a whole: a plain "open" of the weights, an extreme one of every part, a sign of any."""
    grade, table = slot.grade or Grade(frozenset(), ""), reading.table
    whole = reading.slots.has("all")
    if grade.loose and not whole and "weights" in table.component_ids:
        return LevelTest(("weights",), grade)
    kinds = {table.by_level[name].kind for name in grade.levels if name in table.by_level} - {""}
    components = tuple(c.id for c in table.components if not kinds or c.kind in kinds)
    numbers = {level.number for level in table.levels if level.id in grade.levels}
    extreme = not grade.sign and numbers <= {1, 5}
    return LevelTest(components, grade, every=whole or extreme or (grade.negated and not grade.loose))


def _grade_of(slots: Slots, part: Slot, parts: Sequence[Slot], grades: Sequence[Slot]) -> Slot | None:
    """The grade that is said of a part: right before it, right behind it, else by what the question names first."""
    turns = sorted([*parts, *grades], key=lambda slot: slot.first)
    if len(parts) == len(grades) > 1 and all(a.sort != b.sort for a, b in zip(turns, turns[1:], strict=False)):
        return sorted(grades, key=lambda slot: slot.first)[list(parts).index(part)]
    before = [slot for slot in grades if slot.last <= part.first]
    after = [slot for slot in grades if slot.first >= part.last]
    known = [slot for slot in (*before, *after) if slot in slots.items]
    if before and before[-1] in known and slots.adjacent(before[-1], part):
        return before[-1]
    leads = after and any(
        other.first > after[0].first and after[0] in known and slots.adjacent(after[0], other) for other in parts
    )
    if after and after[0] in known and slots.adjacent(part, after[0]) and not leads:
        return after[0]
    grade_first = grades[0].first < parts[0].first
    ordered = [*reversed(before), *after] if grade_first else [*after, *reversed(before)]
    return ordered[0] if ordered else None


_INTENTS: tuple[tuple[Intent, frozenset[str]], ...] = (
    (_comparison, _OF_THING | {"compare", "more", "comparative", "extreme", "field", "number"}),
    (
        _facts,
        _ASKING
        | {
            "thing",
            "field",
            "who",
            "when",
            "make",
            "publish",
            "count",
            "facts",
            "given",
            "family",
            "value",
            "times",
            "extreme",
            "values",
        },
    ),  # fmt: skip
    (_tally, _OF_THING | {"share", "times"}),
    (_cells, _OF_THING - {"count", "who"} | {"field"}),
    (_row, _OF_THING - {"publish", "count"} | {"value", "number"}),
    (
        _definition,
        _ASKING
        | {
            "define",
            "compare",
            "grade",
            "part",
            "category",
            "stage",
            "unused",
            "when",
            "row",
            "count",
            "number",
            "make",
        },
    ),
    (_ambiguous, _OF_THING | {"value", "field", "make", "given"}),
    (_ranking, _SELECTING | {"extreme", "ordinal", "times"}),
    (_distribution, _ASKING | {"distribution", "part", "count", "publish"}),
    (_count, _SELECTING | {"count", "share", "times"}),
    (_filter, _SELECTING),
    (_column, _ASKING | {"part", "field", "given", "publish", "who"}),
)
"""Each intent with the slots that it accepts; a question with another slot is not for it."""
