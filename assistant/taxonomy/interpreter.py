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
        self._table, self._gazetteer, self._rule = table, gazetteer, rule
        gazetteer.prepare()

    def interpret(self, question: str, *, named: bool = False) -> Query:
        """The query; of kind ``none`` where a word, a number or a negation is left that no slot claims."""
        words = words_of(question)
        mentions = self._gazetteer.claim(words, question)
        query = self._read(question, words, mentions, named=named)
        if query.kind not in ("none", "unknown_model") or any(mention.sort == "other" for mention in mentions):
            return query
        corrected, changes = self._gazetteer.corrected(words, question)
        if not changes:
            return query
        again = self._read(question, corrected, self._gazetteer.claim(corrected, question), named=named)
        return query if again.kind in ("none", query.kind) else replace(again, corrections=changes)

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
    joined: dict[int, str] = {}
    for slot in sorted(named, key=lambda slot: slot.first):
        joined[slot.last] = " ".join(filter(None, (joined.pop(slot.first, ""), slot.text)))
    return tuple(dict.fromkeys(joined.values()))


def _sorts(names: str, *more: frozenset[str]) -> frozenset[str]:
    return frozenset(names.split()).union(*more)


_GRADING = _sorts("level howopen grade compare distribution define field licence publish row count")
"""Slots of which one makes a question with a bare ``how`` ask for a level and not for a manner."""
_ASKING = _sorts("which what all level cells components howopen things head licence row where source")
_OF_THING = _sorts("given thing part grade annotation publish rest define family", _ASKING)
_BESIDE_A_NAME = _sorts("field compare more who when make comparative value count", _OF_THING)
_SELECTING = _sorts(
    "thing part grade annotation publish who value make date range number field given family values times", _ASKING
)


class _Reading:
    """The slots of a question, and the intents that they allow."""

    def __init__(self, slots: Slots, question: str, *, named: bool) -> None:
        self.table, self.slots, self.question, self.named = slots.table, slots, question, named
        self.has, self.of = slots.has, slots.of
        self.notes: list[str] = []
        self.things = tuple(dict.fromkeys(slot.value for slot in slots.of("thing") if not slot.excluded))
        self.components = slots.components
        self.families = {family.name: family.members for family in self.table.families}
        self._own_values()
        self._settle()

    def _own_values(self) -> None:
        """``Meta's LLaMA-2``: a value of the things that are named anyway asks for nothing."""
        for slot in self.of("value") if self.things else []:
            column, _, value = slot.value.partition("=")
            if not slot.excluded and all(value in self.table.names(name, column) for name in self.things):
                self.slots.items.remove(slot)

    def _settle(self) -> None:
        """``Name Baidu's models``: a name that stands for one thing only is that thing."""
        listed = self.has("what") and self.has("publish") and not self.components
        if self.things or listed or self.has("things", "make", "count", "share", "date"):
            return
        for name, members in self.groups():
            if len(members) == 1:
                self.things = members
                self.notes.append(f"{name} has one {self.table.head.thing} in the table.")

    def groups(self) -> list[tuple[str, tuple[str, ...]]]:
        """The families and the values of fields that are named, with the things that they stand for."""
        found = [(slot.value, self.families[slot.value]) for slot in self.of("family")]
        for slot in self.of("value"):
            column, _, value = slot.value.partition("=")
            members = tuple(t.name for t in self.table.things if value in self.table.names(t.name, column))
            found += [] if slot.excluded else [(value, members)]
        return found

    @property
    def members(self) -> tuple[str, ...]:
        """The things of the families that are named."""
        return tuple(dict.fromkeys(name for slot in self.of("family") for name in self.families[slot.value]))

    @property
    def grades(self) -> tuple[Grade, ...]:
        """The grades that are named."""
        return tuple(slot.grade for slot in self.of("grade"))

    @property
    def wide(self) -> bool:
        """Whether no component is named by its stage."""
        return not any(slot.part.stages for slot in self.of("part"))

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields asked for, in the order of the table; ``who made`` and ``when`` ask for one too."""
        found = [slot.value for slot in self.of("field")]
        made = self.has("who") and self.has("make", "publish") and not self.components
        alone = self.only("thing who which") and any(" " in slot.text for slot in self.of("who"))
        if made or alone or (self.has("values") and self.things):
            found += self.table.of_kind("names")[:1]
        noun = any(slot.text.lower() == "release" for slot in self.of("publish"))
        if self.has("when") or (noun and (len(found) > 1 or (self.things and self.only("thing publish what")))):
            found += self.table.of_kind("month")[:1]
        return tuple(name for name in self.table.field_ids if name in found)

    def only(self, sorts: str) -> bool:
        """Whether there are no slots but of these sorts."""
        return all(slot.sort in sorts.split() for slot in self.slots.items)

    def counts_table(self) -> bool:
        """Whether every number of the question counts what the table has, ``the twelve components``."""
        known = {len(self.table.components), len(self.table.categories), len(self.table.levels)}
        return all(slot.low in known for slot in self.of("number"))

    def query(self, kind: Kind, **values: Any) -> Query:
        """A query on the things, components and grades that are named, unless others are given."""
        named = {"things": self.things, "components": self.components, "grades": self.grades}
        return Query(self.question, kind, **{**named, **values})

    # Intents on things that are named

    def comparison(self) -> Query | None:
        things, asked = self.things, self.fields
        measured = [slot.value.partition(":")[2] or slot.value for slot in self.of("comparative", "extreme")]
        fields = tuple(dict.fromkeys((*asked, *(name for name in measured if name in self.table.field_ids))))
        wanted = self.has("compare", "more", "comparative") or len(fields) > len(asked)
        if not things and self.has("compare"):
            things = tuple(dict.fromkeys(name for _, group in self.groups() for name in group))
        if len(things) < 2 or any(slot.low != len(things) for slot in self.of("number")):
            return None
        if not wanted and (self.grades or self.components or asked or self.has("row")):
            return None
        return self.query("comparison", things=things, fields=fields)

    def facts(self) -> Query | None:
        fields = self.fields
        if not self.things or self.components or (self.has("when") and self.has("level")):
            return None
        if self.has("facts"):
            return self.query("row", fields=fields if len(fields) > 1 else self.table.field_ids, topic="facts")
        if not fields or any(slot.value.partition(":")[2] not in fields for slot in self.of("extreme")):
            return None
        return self.query("fact" if len(self.things) == len(fields) == 1 else "row", fields=fields, topic="facts")

    def tally(self) -> Query | None:
        counted = self.has("count", "share") and self.has("components", "cells", "grade")
        if not self.things or self.components or self.fields or not counted:
            return None
        return self.query("count", topic="cells", shared=self.has("share"))

    def cells(self) -> Query | None:
        fields = self.fields
        if not self.things or not self.components or (fields and not self.slots.breaks):
            return None
        kind: Kind = "cell" if len(self.things) == len(self.components) == 1 and not fields else "cells"
        return self.query(kind, fields=fields, licence_asked=self.has("licence"))

    def row(self) -> Query | None:
        if not self.things or self.components or self.fields or not self.counts_table():
            return None
        if self.has("who") and self.has("level"):
            return None
        graded = self.has("components", "howopen", "level", "grade")
        if (self.has("row") and not graded) or self.only("thing"):
            return self.query("row", fields=self.table.field_ids, topic="all")
        if not graded and not self.has("licence", "cells", "row", "annotation"):
            return None
        some = self.has("which", "what") and len(self.grades) == 1 and self.has("components", "cells")
        return self.query("row", topic="part" if some and not self.has("rest") else "row")

    def ambiguous(self) -> Query | None:
        groups, family = self.groups(), self.has("family")
        if not groups or self.things:
            return None
        graded = self.has("grade") and not self.components and not self.has("which", "things")
        whole = self.has("howopen") or graded
        listed = self.has("things", "which", "make", "publish")
        if (listed and not family and not whole) or (family and self.grades and self.has("which")):
            return None
        if not whole and not self.has("part", "field", "grade", "things", "level", "row"):
            return None
        members = tuple(dict.fromkeys(name for _, group in groups for name in group))
        return self.query("ambiguous", things=members, fields=self.fields, name=" and ".join(n for n, _ in groups))

    # Intents on the table itself

    def definition(self) -> Query | None:
        topic = self._graded_topic() if self.grades else ""
        if self.things or self.groups() or self.has("count", "share") or "many" in self.slots.cues("things"):
            return None
        if self.has("unused"):
            topic = "unused"
        elif not self.grades and self.has("category") and not self.components:
            topic = "categories"
        elif not self.grades and self.counts_table():
            topic = self._plain_topic()
        return self.query("definition", topic=topic) if topic else None

    def _graded_topic(self) -> str:
        signs, when = all(grade.sign for grade in self.grades), self.has("when")
        terse = self.only("grade what when row level") and (self.has("what", "when", "row") or signs)
        which = self.has("level") and self.has("which", "what")
        if self.has("define", "compare") or terse or (when and self.wide):
            if which and not signs:
                return "which"
            return "levels" if signs or not self.components or when else ""
        return "which" if which and not self.components else ""

    def _plain_topic(self) -> str:
        slots, components = self.slots, self.components
        if self.has("stage"):
            return "" if len(components) == 1 else "components" if components else "stages"
        if components and not self.has("level", "howopen"):
            bare = self.has("what") and len(slots.items) == len(slots.of("part")) + 1 and self._whole_name()
            if self.has("define", "components") or bare:
                return "components"
        if self.has("components") and not components and not self.has("howopen"):
            return "all components"
        levels = any(slot.text.lower().endswith(("s", "scale")) for slot in self.of("level"))
        listed = levels and self.has("which", "what", "define", "row", "all", "compare")
        defined = self.has("level", "howopen") and self.has("define")
        measured = self.has("howopen") and self.has("level") and len(slots.items) == 2
        return "scale" if self.wide and (listed or defined or measured) else ""

    def _whole_name(self) -> bool:
        """Whether one component is named in full, by its title or by stage and matter."""
        slot, components = self.of("part")[0], self.components
        full = bool(slot.part.stages and slot.part.matters)
        return len(components) == 1 and (full or key_of(slot.text) == key_of(self.table.columns[components[0]].title))

    # Intents on all things

    def ranking(self) -> Query | None:
        table, extremes = self.table, [slot.value.partition(":") for slot in self.of("extreme")]
        if not extremes or self.things or (self.has("licence") and not self.grades):
            return None
        fields = [slot.value for slot in self.of("field") if table.columns[slot.value].kind != "names"]
        field = (fields or [name for _, _, name in extremes if name] or [""])[0]
        direction = next((way for way, _, name in extremes if name), extremes[0][0])
        topic, tests = self._ranked(field), conditions(self.slots)
        if not topic or tests is None or (field and self.components and not self.has("grade", "annotation", "publish")):
            return None
        if topic in ("openness", "components"):
            tests = tuple(item for item in tests if item.sort != "level")
        numbers = [slot.low for slot in self.of("number") if not slot.sized and slot.low == slot.high]
        return self.query(
            "ranking", things=self.members, fields=(field,) if field else (), topic=topic, conditions=tests,
            grades=self.grades if topic != "things" else (), limit=numbers[0] if numbers else self._usual_limit(),
            descending=direction not in ("least", "worst"), place=next((int(s.value) for s in self.of("ordinal")), 0),
        )  # fmt: skip

    def _ranked(self, field: str) -> str:
        """What is ranked: things by a field or by openness, values or components by a count."""
        measured = any(column.kind for column in self.table.fields)
        if self.has("values", "who") and not field and self.has("things") and measured:
            return "values"
        if self.has("components") and self.has("grade", "howopen"):
            return "components"
        if field:
            return "things"
        judged = measured and self.slots.cues("extreme") & {"best", "worst"}
        graded = self.has("grade", "howopen") or not measured
        return "openness" if graded and not judged and self.has("things", "who", "head") else ""

    def _usual_limit(self) -> int | None:
        """How many ranks are shown where the question names no count: one for a single thing, else five, or all."""
        cues = self.slots.cues
        if "rank" in cues("extreme"):
            return None
        single = any(word.key in ("is", "has", "was", "one") for word in self.slots.words)
        many = "many" in cues("things") | cues("values") | cues("components")
        return 1 if (single or not many) and any(column.kind for column in self.table.fields) else 5

    def distribution(self) -> Query | None:
        asked = self.has("distribution") or (self.named and self.only("part"))
        return self.query("distribution") if self.components and asked else None

    def count(self) -> Query | None:
        slots = self.slots
        if self.things or not (self.has("count", "share") or (self.has("times") and self.has("cells"))):
            return None
        of_table = self.has("cells") or (self.has("source") and self.grades and not self.components)
        if of_table and not self.has("things", "value", "date", "range"):
            annotation = next((slot.value for slot in self.of("annotation")), "")
            return self.query("count", topic="cells", shared=self.has("share"), annotation=annotation)
        tests = conditions(slots)
        if tests is None:
            return None
        if not self.has("things") and self.has("components", "values") and (self.has("values") or not tests):
            return self.query("count", topic="values" if self.has("values") else "components", conditions=tests)
        graded = not self.wide and any(item.sort in ("level", "annotation") for item in tests)
        whole = self.has("source") or self.named or (len(slots.items) == 2 and "exist" in slots.cues("which"))
        if (not self.has("things", "who", "value") and not graded) or (not tests and not whole):
            return None
        topic = "share" if self.has("share") else "things"
        return self.query("count", things=self.members, conditions=tests, topic=topic)

    def filter(self) -> Query | None:
        if self.things or (self.has("times") and not self.has("field")):
            return None
        tests = conditions(self.slots)
        if not tests or not self._asks_for_things(tests):
            return None
        asked = tuple(name for name in self.fields if self.table.columns[name].kind != "names")
        if all(item.sort == "value" for item in tests) and (asked or self.components) and not self.grades:
            return self.query("column", conditions=tests, fields=asked)
        topic = "values" if self.has("values") and not self.has("things") else ""
        return self.query("filter", things=self.members, conditions=tests, topic=topic)

    def _plural(self) -> bool:
        return "many" in self.slots.cues("things") or (self.has("things") and self.has("which"))

    def _asks_for_things(self, tests: Sequence[Condition]) -> bool:
        """Whether things are to be listed: asked for by a word, or by conditions that can be said of nothing else."""
        slots, plural = self.slots, self._plural()
        graded = [item for item in tests if item.sort in ("level", "annotation", "tally")]
        strict = [item for item in graded if item.sort != "level" or not item.grade.loose]
        bare = slots.of("part") and self.wide and not self.has("value", "who")
        if not plural and (bare or (slots.yes_no and not self.has("which"))):
            return False
        if plural or (self.has("values") and (strict or slots.of("part") or not graded)):
            return True
        if not graded:
            return self.has("which", "what", "publish", "make", "who")
        if self.has("who") or "thing" in slots.cues("which"):
            return True
        return bool(strict) and (len(tests) > 1 or self.has("which", "where") or not self.has("what"))

    def column(self) -> Query | None:
        if self.things or not (self._plural() or (self.has("things") and self.has("all"))):
            return None
        if not self.components and not self.fields:
            return self.query("filter") if self.has("source", "all", "head") else None
        return self.query("column", fields=self.fields) if self.has("all", "level", "licence", "howopen") else None


_INTENTS: tuple[tuple[Callable[[_Reading], Query | None], frozenset[str]], ...] = (
    (_Reading.comparison, _sorts("who count compare more comparative extreme field number", _OF_THING)),
    (
        _Reading.facts,
        _sorts("thing who when make publish count facts given family times extreme values field", _ASKING),
    ),
    (_Reading.tally, _sorts("who count share times", _OF_THING)),
    (_Reading.cells, _sorts("field make", _OF_THING)),
    (_Reading.row, _sorts("number who", _OF_THING - {"publish"})),
    (_Reading.ambiguous, _sorts("value field make who", _OF_THING)),
    (_Reading.definition, _sorts("define compare grade part category stage unused when number make", _ASKING)),
    (_Reading.ranking, _sorts("extreme ordinal", _SELECTING)),
    (_Reading.distribution, _sorts("distribution part count publish", _ASKING)),
    (_Reading.count, _sorts("count share", _SELECTING)),
    (_Reading.filter, _SELECTING),
    (_Reading.column, _sorts("part field given publish who", _ASKING)),
)
"""Each intent with the slots that it accepts, in the order in which they are tried."""
