"""What a question asks of a table: the first intent that its slots allow and that accepts every one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, Literal

from assistant.taxonomy.conditions import Condition, conditions
from assistant.taxonomy.gazetteer import Gazetteer, Mention, Word, key_of, words_of
from assistant.taxonomy.slots import Grade, Slots
from assistant.taxonomy.table import Table

__all__ = ["Interpreter", "Kind", "Query"]

Kind = Literal[
    "cell", "cells", "fact", "row", "column", "filter", "count", "ranking", "comparison", "distribution", "definition",
    "licence_rule", "ambiguous", "unknown_model", "none",
]  # fmt: skip
"""What sort of question it is; also the ``kind`` of the answer."""


@dataclass(frozen=True, slots=True)
class Query:
    """An interpreted question."""

    question: str
    kind: Kind = "none"
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
    rule: dict[str, Any] = field(default_factory=dict)
    """What a question on the licence rule gives: points, permissions allowed and denied."""


class Interpreter:
    """Interprets questions on one table."""

    def __init__(self, table: Table, gazetteer: Gazetteer, rule: Callable[[Slots], dict[str, Any] | None]) -> None:
        self._table = table
        self._gazetteer = gazetteer
        gazetteer.prepare()
        self._rule = rule

    def interpret(self, question: str, *, named: bool = False) -> Query:
        """The query; of kind ``none`` where a word, a number or a negation is left that no slot claims."""
        words = words_of(question)
        mentions = self._gazetteer.claim(words, question)
        query = self._read(question, words, mentions, named=named)
        if query.kind not in ("none", "unknown_model") or any(mention.sort == "other" for mention in mentions):
            return query
        corrected, changes = self._gazetteer.corrected(words, question)
        put_right = self._gazetteer.claim(corrected, question) if changes else mentions
        for spelt, found, made in ((corrected, put_right, changes), (words, mentions, ())):
            again = self._read(question, spelt, found, named=named)
            if again.kind not in ("none", query.kind):
                return replace(again, corrections=made)
        return query

    def _read(self, question: str, words: Sequence[Word], mentions: Sequence[Mention], *, named: bool) -> Query:
        slots = Slots(self._table, words, mentions)
        reading = _Reading(slots, question, named=named or slots.has("head"))
        if strangers := _strangers(slots):
            return reading.query("unknown_model", unknown=strangers)
        if slots.has("", "reference", "refused", "not", "neither", "except", "other"):
            return Query(question)
        if words and words[0].key == "how" and mentions[0].sort == "empty" and not slots.has(*_GRADING):
            return Query(question)
        if (rule := self._rule(slots)) is not None:
            return Query(question, "licence_rule", rule=rule)
        for intent, accepted in _INTENTS:
            query = intent(reading)
            if query is not None and all(slot.sort in accepted for slot in slots.items):
                return replace(query, notes=(*self._alias_notes(mentions), *reading.notes))
        return Query(question)

    def _alias_notes(self, mentions: Sequence[Mention]) -> tuple[str, ...]:
        notes = self._table.alias_notes
        return tuple(notes[text] for mention in mentions if (text := mention.text.lower()) in notes)


def _strangers(slots: Slots) -> tuple[str, ...]:
    """Names that the table lacks, where all the rest of the question is understood."""
    words = slots.words
    named = [slot for slot in slots.items if slot.sort == "other" or (not slot.sort and words[slot.first].is_name)]
    for before, slot in pairwise(slots.items):
        if before in named and slot.sort == "number" and words[slot.first].is_joined:
            named.append(slot)
    free = [slot for slot in slots.items if slot not in named]
    if not named or any(slot.sort not in _BESIDE_A_NAME for slot in free):
        return ()
    sorts = {slot.sort for slot in free}
    numbered = "part" in sorts and any(char.isdigit() for slot in named for char in slot.text)
    asked = bool(sorts & {"howopen", "grade", "licence"}) or numbered
    if not slots.has("other") and (not asked or all(slot.first == 0 for slot in named)):
        return ()
    joined: list[str] = []
    ended = -1
    for slot in sorted(named, key=lambda slot: slot.first):
        joined[-1:] = [f"{joined[-1]} {slot.text}"] if slot.first == ended else [*joined[-1:], slot.text]
        ended = slot.last
    return tuple(dict.fromkeys(joined))


class _Reading:
    """The slots of a question, seen by the intents."""

    def __init__(self, slots: Slots, question: str, *, named: bool) -> None:
        self.table, self.slots, self.question, self.named = slots.table, slots, question, named
        self.notes: list[str] = []
        self.things = tuple(dict.fromkeys(slot.value for slot in slots.of("thing") if not slot.excluded))
        families = {family.name: family.members for family in self.table.families}
        self.families = [(slot.value, families[slot.value]) for slot in slots.of("family")]
        self._own_values()
        self._settle()

    def _own_values(self) -> None:
        """``Meta's LLaMA-2``: a value of the things that are named anyway asks for nothing."""
        for slot in self.slots.of("value") if self.things else []:
            column, _, value = slot.value.partition("=")
            if not slot.excluded and all(value in self.table.names(name, column) for name in self.things):
                self.slots.items.remove(slot)

    def _settle(self) -> None:
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
            column, _, value = slot.value.partition("=")
            members = tuple(t.name for t in self.table.things if value in self.table.names(t.name, column))
            found += [] if slot.excluded else [(value, members)]
        return found

    @property
    def members(self) -> tuple[str, ...]:
        """The things of the families that are named."""
        return tuple(dict.fromkeys(name for _, group in self.families for name in group))

    def query(self, kind: Kind, **values: Any) -> Query:
        """A query on the things, components and grades that are named, unless others are given."""
        named = {"things": self.things, "components": self.slots.components, "grades": self.grades}
        return Query(self.question, kind, **{**named, **values})

    @property
    def grades(self) -> tuple[Grade, ...]:
        """The grades that are named."""
        return tuple(slot.graded for slot in self.slots.grades)

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields asked for, in the order of the table; ``who made`` and ``when`` ask for one too."""
        slots = self.slots
        found = [slot.value for slot in slots.of("field")]
        made = slots.has("who") and slots.has("make", "publish") and not slots.components
        alone = all(slot.sort in ("thing", "who", "which") for slot in slots.items)
        made = made or (alone and any(" " in slot.text for slot in slots.of("who")))
        if made or (slots.has("values") and self.things):
            found += self.table.of_kind("names")[:1]
        alone = bool(self.things) and all(slot.sort in ("thing", "publish", "what") for slot in slots.items)
        noun = any(slot.text.lower() == "release" for slot in slots.of("publish")) and (alone or len(found) > 1)
        if slots.has("when") or noun:
            found += self.table.of_kind("month")[:1]
        return tuple(name for name in self.table.field_ids if name in found)


# Intents, in the order in which they are tried


def _comparison(reading: _Reading) -> Query | None:
    slots, things = reading.slots, reading.things
    measured = [slot.value.partition(":")[2] or slot.value for slot in slots.of("comparative", "extreme")]
    fields = tuple(dict.fromkeys((*reading.fields, *(name for name in measured if name in reading.table.field_ids))))
    wanted = slots.has("compare", "more", "comparative") or len(fields) > len(reading.fields)
    if not things and slots.has("compare"):
        things = tuple(dict.fromkeys(name for _, group in reading.groups() for name in group))
    if len(things) < 2 or (slots.grades and not wanted) or any(slot.low != len(things) for slot in slots.of("number")):
        return None
    if not wanted and (slots.components or reading.fields or slots.has("row")):
        return None
    return reading.query("comparison", things=things, fields=fields)


def _facts(reading: _Reading) -> Query | None:
    things, fields, slots = reading.things, reading.fields, reading.slots
    if not things or slots.components or (slots.has("when") and slots.has("level")):
        return None
    if slots.has("facts"):
        return reading.query("row", fields=fields if len(fields) > 1 else reading.table.field_ids, topic="facts")
    if not fields or any(slot.value.partition(":")[2] not in fields for slot in slots.of("extreme")):
        return None
    return reading.query("fact" if len(things) == len(fields) == 1 else "row", fields=fields, topic="facts")


def _tally(reading: _Reading) -> Query | None:
    slots = reading.slots
    if not reading.things or slots.components or reading.fields or not slots.has("count", "share"):
        return None
    if not slots.has("components", "cells") and not slots.grades:
        return None
    return reading.query("count", topic="cells", shared=slots.has("share"))


def _cells(reading: _Reading) -> Query | None:
    slots, fields = reading.slots, reading.fields
    if not reading.things or not slots.components or (fields and not slots.breaks):
        return None
    kind: Kind = "cell" if len(reading.things) == len(slots.components) == 1 and not fields else "cells"
    return reading.query(kind, fields=fields, licence_asked=slots.has("licence"))


def _row(reading: _Reading) -> Query | None:
    slots, things = reading.slots, reading.things
    if not things or slots.components or reading.fields or not _counts_table(reading):
        return None
    if slots.has("who") and slots.has("level"):
        return None
    whole = slots.has("row") and not slots.has("components", "howopen", "level", "grade")
    if whole or len(slots.items) == len(things):
        return reading.query("row", fields=reading.table.field_ids, topic="all")
    if not slots.has("howopen", "components", "level", "grade", "licence", "cells", "row", "annotation"):
        return None
    some = slots.has("which", "what") and len(slots.grades) == 1 and slots.has("components", "cells")
    return reading.query("row", topic="part" if some and not slots.has("rest") else "row")


def _counts_table(reading: _Reading) -> bool:
    """Whether every number of the question counts what the table has, ``the twelve components``."""
    known = {len(reading.table.components), len(reading.table.categories), len(reading.table.levels)}
    return all(slot.low in known for slot in reading.slots.of("number"))


def _definition(reading: _Reading) -> Query | None:
    slots, components = reading.slots, reading.slots.components
    if reading.things or reading.groups() or slots.has("count", "share") or "many" in slots.cues("things"):
        return None
    topic = _graded_topic(reading) if slots.grades else ""
    if slots.has("unused"):
        topic = "unused"
    elif slots.has("category") and not slots.grades and not components:
        topic = "categories"
    elif not slots.grades and _counts_table(reading):
        topic = _plain_topic(reading)
    return reading.query("definition", topic=topic) if topic else None


def _graded_topic(reading: _Reading) -> str:
    slots, components = reading.slots, reading.slots.components
    signs = all(grade.sign for grade in reading.grades)
    alone = all(slot.sort in ("grade", "what", "when", "row", "level") for slot in slots.items)
    terse = alone and (slots.has("what", "when", "row") or signs)
    wide = all(slot.part and not slot.part.stages for slot in slots.parts)
    which = slots.has("level") and slots.has("which", "what")
    if slots.has("define", "compare") or terse or (slots.has("when") and wide):
        if which and not signs:
            return "which"
        return "levels" if signs or not components or slots.has("when") else ""
    return "which" if which and not components else ""


def _plain_topic(reading: _Reading) -> str:
    slots, components = reading.slots, reading.slots.components
    if slots.has("stage"):
        return "" if len(components) == 1 else "components" if components else "stages"
    if components and not slots.has("level", "howopen"):
        bare = slots.has("what") and len(slots.items) == len(slots.parts) + 1 and _whole_name(reading)
        if slots.has("define", "components") or bare:
            return "components"
    if slots.has("components") and not components and not slots.has("howopen"):
        return "all components"
    wide = all(slot.part and not slot.part.stages for slot in slots.parts)
    levels = any(slot.text.lower().endswith(("s", "scale")) for slot in slots.of("level"))
    listed = levels and slots.has("which", "what", "define", "row", "all", "compare")
    defined = slots.has("level", "howopen") and slots.has("define")
    measured = slots.has("howopen") and slots.has("level") and len(slots.items) == 2
    return "scale" if wide and (listed or defined or measured) else ""


def _whole_name(reading: _Reading) -> bool:
    """Whether one component is named in full, by its title or by stage and matter."""
    slot, components = reading.slots.parts[0], reading.slots.components
    full = slot.part is not None and bool(slot.part.stages and slot.part.matters)
    return len(components) == 1 and (full or key_of(slot.text) == key_of(reading.table.columns[components[0]].title))


def _ambiguous(reading: _Reading) -> Query | None:
    slots, groups = reading.slots, reading.groups()
    if not groups or reading.things:
        return None
    family = bool(reading.families)
    whole = slots.has("howopen") or (bool(slots.grades) and not slots.parts and not slots.has("which", "things"))
    listed = slots.has("things", "which", "make", "publish")
    if (listed and not family and not whole) or (family and slots.grades and slots.has("which")):
        return None
    if not whole and not slots.has("part", "field", "grade", "things", "level", "row"):
        return None
    members = tuple(dict.fromkeys(name for _, group in groups for name in group))
    return reading.query("ambiguous", things=members, fields=reading.fields, name=" and ".join(n for n, _ in groups))


def _ranking(reading: _Reading) -> Query | None:
    slots, table = reading.slots, reading.table
    extremes = [slot.value.partition(":") for slot in slots.of("extreme")]
    if not extremes or reading.things or (slots.has("licence") and not slots.grades):
        return None
    fields = [slot.value for slot in slots.of("field") if table.columns[slot.value].kind != "names"]
    field = (fields or [name for _, _, name in extremes if name] or [""])[0]
    direction = next((way for way, _, name in extremes if name), extremes[0][0])
    topic = _ranked(reading, field)
    tests = conditions(slots)
    if not topic or tests is None or (field and slots.parts and not slots.has("grade", "annotation", "publish")):
        return None
    if topic in ("openness", "components"):
        tests = tuple(item for item in tests if item.sort != "level")
    numbers = [slot.low for slot in slots.of("number") if not slot.sized and slot.low == slot.high]
    return reading.query(
        "ranking", things=reading.members, fields=(field,) if field else (), topic=topic, conditions=tests,
        grades=reading.grades if topic != "things" else (), limit=numbers[0] if numbers else _usual_limit(reading),
        descending=direction not in ("least", "worst"), place=next((int(s.value) for s in slots.of("ordinal")), 0),
    )  # fmt: skip


def _ranked(reading: _Reading, field: str) -> str:
    """What is ranked: things by a field or by openness, values or components by a count."""
    slots, measured = reading.slots, any(column.kind for column in reading.table.fields)
    if slots.has("values", "who") and not field and slots.has("things") and measured:
        return "values"
    if slots.has("components") and slots.has("grade", "howopen"):
        return "components"
    if field:
        return "things"
    judged = measured and slots.cues("extreme") & {"best", "worst"}
    graded = slots.has("grade", "howopen") or not measured
    return "openness" if graded and not judged and slots.has("things", "who", "head") else ""


def _usual_limit(reading: _Reading) -> int | None:
    """How many ranks are shown where the question names no count: one for a single thing, else five, or all."""
    slots = reading.slots
    if "rank" in slots.cues("extreme"):
        return None
    single = any(word.key in ("is", "has", "was", "one") for word in slots.words)
    many = "many" in slots.cues("things") | slots.cues("values") | slots.cues("components")
    return 1 if (single or not many) and any(column.kind for column in reading.table.fields) else 5


def _distribution(reading: _Reading) -> Query | None:
    slots = reading.slots
    bare = reading.named and len(slots.items) == len(slots.parts)
    return reading.query("distribution") if slots.components and (slots.has("distribution") or bare) else None


def _count(reading: _Reading) -> Query | None:
    slots = reading.slots
    if reading.things or not (slots.has("count", "share") or (slots.has("times") and slots.has("cells"))):
        return None
    if not slots.has("things", "value", "date", "range"):
        of_table = slots.has("source", "grade") and slots.has("source") and not slots.has("part")
        annotation = next((slot.value for slot in slots.of("annotation")), "")
        if slots.has("cells") or (of_table and slots.grades):
            return reading.query("count", topic="cells", shared=slots.has("share"), annotation=annotation)
    tests = conditions(slots)
    if tests is None:
        return None
    if not slots.has("things") and slots.has("components", "values") and (slots.has("values") or not tests):
        return reading.query("count", topic="values" if slots.has("values") else "components", conditions=tests)
    staged = any(slot.part and slot.part.stages for slot in slots.parts)
    graded = staged and any(item.sort in ("level", "annotation") for item in tests)
    whole = slots.has("source") or reading.named or (len(slots.items) == 2 and "exist" in slots.cues("which"))
    if (not slots.has("things", "who", "value") and not graded) or (not tests and not whole):
        return None
    topic = "share" if slots.has("share") else "things"
    return reading.query("count", things=reading.members, conditions=tests, topic=topic)


def _filter(reading: _Reading) -> Query | None:
    slots = reading.slots
    if reading.things or (slots.has("times") and not slots.has("field")):
        return None
    tests = conditions(slots)
    if not tests or not _asks_for_things(reading, tests):
        return None
    asked = tuple(name for name in reading.fields if reading.table.columns[name].kind != "names")
    if all(item.sort == "value" for item in tests) and (asked or slots.components) and not slots.grades:
        return reading.query("column", conditions=tests, fields=asked)
    topic = "values" if slots.has("values") and not slots.has("things") else ""
    return reading.query("filter", things=reading.members, conditions=tests, topic=topic)


def _plural(slots: Slots) -> bool:
    return "many" in slots.cues("things") or (slots.has("things") and slots.has("which"))


def _asks_for_things(reading: _Reading, tests: Sequence[Condition]) -> bool:
    """Whether things are to be listed: asked for by a word, or by conditions that can be said of nothing else."""
    slots, plural = reading.slots, _plural(reading.slots)
    graded = [item for item in tests if item.sort in ("level", "annotation", "tally")]
    strict = [item for item in graded if item.sort != "level" or not item.grade.loose]
    bare = slots.parts and all(slot.part and not slot.part.stages for slot in slots.parts)
    if not plural and ((slots.yes_no and not slots.has("which")) or (bare and not slots.has("value", "who"))):
        return False
    if plural or (slots.has("values") and (strict or slots.parts or not graded)):
        return True
    if not graded:
        return slots.has("which", "what", "publish", "make", "who")
    if slots.has("who") or "thing" in slots.cues("which"):
        return True
    return bool(strict) and (len(tests) > 1 or slots.has("which", "where") or not slots.has("what"))


def _column(reading: _Reading) -> Query | None:
    slots = reading.slots
    if reading.things or not (_plural(slots) or (slots.has("things") and slots.has("all"))):
        return None
    if not slots.components and not reading.fields:
        return reading.query("filter") if slots.has("source", "all", "head") else None
    return reading.query("column", fields=reading.fields) if slots.has("all", "level", "licence", "howopen") else None


def _sorts(names: str, *more: frozenset[str]) -> frozenset[str]:
    return frozenset(names.split()).union(*more)


_GRADING = (
    "level",
    "howopen",
    "grade",
    "compare",
    "distribution",
    "define",
    "field",
    "licence",
    "publish",
    "row",
    "count",
)
"""Slots of which one makes a question with a bare ``how`` ask for a level and not for a manner."""
_ASKING = _sorts("which what all level cells components howopen things head licence row where source")
_OF_THING = _sorts("given thing part grade annotation publish rest define family", _ASKING)
_BESIDE_A_NAME = _sorts("field compare more who when make comparative value count", _OF_THING)
_SELECTING = _sorts(
    "thing part grade annotation publish who value make date range number field given family values times", _ASKING
)
_INTENTS: tuple[tuple[Callable[[_Reading], Query | None], frozenset[str]], ...] = (
    (_comparison, _sorts("who count compare more comparative extreme field number", _OF_THING)),
    (_facts, _sorts("thing field who when make publish count facts given family times extreme values", _ASKING)),
    (_tally, _sorts("who count share times", _OF_THING)),
    (_cells, _sorts("field make", _OF_THING)),
    (_row, _sorts("number who", _OF_THING - {"publish"})),
    (_definition, _sorts("define compare grade part category stage unused when number make", _ASKING)),
    (_ambiguous, _sorts("value field make who", _OF_THING)),
    (_ranking, _sorts("extreme ordinal", _SELECTING)),
    (_distribution, _sorts("distribution part count publish", _ASKING)),
    (_count, _sorts("count share", _SELECTING)),
    (_filter, _SELECTING),
    (_column, _sorts("part field given publish who", _ASKING)),
)
"""Each intent with the slots that it accepts; a question with another slot is not for it."""
