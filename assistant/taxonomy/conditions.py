"""The conditions that a question sets: each grade with its part, each number with its field, names and dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from assistant.taxonomy.slots import FAR, Grade, Slot, Slots
from assistant.taxonomy.table import Table, enumeration

__all__ = ["Condition", "conditions"]

_ANY = Grade()


@dataclass(frozen=True, slots=True)
class Condition:
    """What a thing must meet to be listed or counted."""

    sort: Literal["level", "tally", "annotation", "range", "given", "value", "thing"]
    """The level of components, how many components have it, what stands in brackets, a number or a date between two
    ends, whether the table gives a field at all, the names in a field, the thing's own name."""
    columns: tuple[str, ...] = ()
    grade: Grade = _ANY
    names: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    excluded: bool = False
    """None of the names may be there."""
    every: bool = False
    """All the components that apply must pass, not just one."""

    def levels(self, table: Table) -> str:
        """The levels that it looks for, without those that its components cannot have."""
        kinds = {table.columns[name].kind for name in self.columns} | {""}
        levels = [level.id for level in table.levels if level.id in self.grade.levels and level.kind in kinds]
        return table.scale(levels or self.grade.levels)

    def said(self, table: Table) -> str:
        """The condition inside a sentence, ``weights at D3``."""
        parts = table.parts(self.columns, "and" if self.every else "or") if self.columns else "any component"
        column, names = table.columns[self.columns[0]] if self.columns else None, enumeration(self.names, "or")
        field = column.said if column else ""
        match self.sort:
            case "level":
                return f"{parts} at {self.levels(table)}"
            case "tally":
                return f"{_amount(self.low, self.high)} components at {table.scale(self.grade.levels)}"
            case "annotation":
                return f"{parts} {'not under' if self.excluded else 'under'} {names}"
            case "given":
                return f"{'no' if self.excluded else 'a'} {field} in the table{' (N/A)' if self.excluded else ''}"
            case "value":
                verb = "developed by" if self.columns == ("developer",) else f"with {field}"
                return f"{'not ' if self.excluded else ''}{verb} {names}"
            case "range" if column and column.kind == "month":
                return f"released {_span(self.low, self.high)}"
            case "range":
                return f"{field} of {_amount(self.low, self.high)}"
        return f"other than {names}"


def conditions(slots: Slots) -> tuple[Condition, ...] | None:
    """The conditions of a question; None where a slot would have to be passed over."""
    if slots.either and (len(slots.of("part")) > 1 or len(slots.of("grade")) > 1):
        return None
    table, tallied, found = slots.table, _tally(slots), list[Condition]()
    levels = tallied or _levels(slots)
    fields = [] if slots.has("extreme") else _fields(slots, [] if tallied else slots.of("number"))
    if levels is None or fields is None:
        return None
    for slot in slots.of("annotation"):
        part = _annotated(slots, slot)
        columns = part.part.components if part else slots.components
        found.append(Condition("annotation", columns, names=(slot.value,), excluded=slot.excluded))
    for slot in slots.of("range", "date"):
        if slot.sort == "date" and slot.low > max(table.number(name, slot.value) or 0 for name in table.by_name):
            return None
        found.append(Condition("range", (slot.value,), low=slot.low, high=slot.high))
    for slot in slots.of("value"):
        field, _, value = slot.value.partition("=")
        found.append(Condition("value", (field,), names=(value,), excluded=slot.excluded))
    found += [Condition("thing", names=(slot.value,), excluded=True) for slot in slots.of("thing") if slot.excluded]
    return (*levels, *_alike(found), *fields)


def _alike(found: Sequence[Condition]) -> list[Condition]:
    """Conditions of one sort on the same columns as one, ``by Google or Meta``."""
    merged: dict[Condition, tuple[str, ...]] = {}
    for item in found:
        key = replace(item, names=())
        merged[key] = (*merged.get(key, ()), *item.names)
    return [replace(item, names=names) for item, names in merged.items()]


def _annotated(slots: Slots, annotation: Slot) -> Slot | None:
    at = slots.items.index(annotation)
    beside = [slot for slot in (*slots.items[at - 1 : at], *slots.items[at + 1 : at + 2]) if slot.sort == "part"]
    return beside[0] if beside and len(slots.of("part")) > 1 else None


def _tally(slots: Slots) -> list[Condition]:
    """``at least five fully open components``."""
    numbers = slots.of("number")
    if not slots.has("components", "cells") or slots.components or len(slots.of("grade")) != 1 or len(numbers) != 1:
        return []
    return [Condition("tally", grade=slots.of("grade")[0].grade, low=numbers[0].low, high=numbers[0].high)]


def _fields(slots: Slots, numbers: Sequence[Slot]) -> list[Condition] | None:
    found: list[Condition] = []
    fields = [slot for slot in slots.of("field") if slots.table.columns[slot.value].kind in ("number", "size")]
    sizes = slots.table.of_kind("size")
    for number in numbers:
        near = min(fields, key=lambda slot: abs(slot.first - number.first)).value if fields else ""
        field = near or (sizes[0] if number.sized and sizes else "")
        if field:
            found.append(Condition("range", (field,), low=number.low, high=number.high))
        elif not slots.has("things") or number.low != len(slots.table.things):
            return None
    used, given = {name for item in found for name in item.columns}, slots.cues("given")
    for slot in fields:
        if slot.value not in used and given:
            found.append(Condition("given", (slot.value,), excluded="no" in given))
    return found


def _levels(slots: Slots) -> list[Condition] | None:
    """Each part with the grade that is said of it; a grade without a part is said of the thing as a whole."""
    parts, grades, licensed = slots.of("part"), slots.of("grade"), slots.has("annotation")
    if not grades and parts and slots.has("publish") and slots.table.levels:
        grades = [_published(slots)]
    strict = any(not slot.grade.loose for slot in grades)
    if not parts and any(slot.grade.text[:1] in "<>" for slot in grades):
        return None
    if not grades or not parts:
        bare = licensed or slots.has("given")
        return [_overall(slots, slot.grade) for slot in grades[:1] if not (bare and slot.grade.loose)]
    if licensed and not strict:
        return []
    grades = [slot for slot in grades if not (strict and slot.grade.loose) or _leads(slots, slot)]
    passed = [_annotated(slots, slot) for slot in slots.of("annotation")]
    found: list[Condition] = []
    for part in parts:
        if part in passed and not any(slot.first < part.first and slots.adjacent(slot, part) for slot in grades):
            continue
        grade, wanted = _grade_of(slots, part, parts, grades).grade, part.part.primary
        if slots.has("all"):
            found += [Condition("level", (name,), grade) for name in part.part.components]
        else:
            refused = grade.negated or all(name[1:] == "1" for name in grade.levels)
            found.append(Condition("level", wanted, grade, every=refused and len(wanted) > 1))
    return found


def _leads(slots: Slots, grade: Slot) -> bool:
    """Whether a grade stands right before a part."""
    return any(part.first > grade.first and slots.adjacent(grade, part) for part in slots.of("part"))


def _published(slots: Slots) -> Slot:
    """``released``, said of a part: any level but the closed ones."""
    verb = slots.of("publish")[0]
    levels = frozenset(level.id for level in slots.table.levels if (level.number or 0) > 1)
    return replace(verb, sort="grade", grade=Grade(levels, verb.text, loose=True))


def _overall(slots: Slots, grade: Grade) -> Condition:
    """A grade said of a whole thing: a plain "open" of the weights, an extreme one of every part, a sign of any."""
    table, whole = slots.table, slots.has("all")
    if grade.loose and not whole and "weights" in table.component_ids:
        return Condition("level", ("weights",), grade)
    kinds = {table.by_level[name].kind for name in grade.levels if name in table.by_level} - {""}
    components = tuple(c.id for c in table.components if not kinds or c.kind in kinds)
    extreme = not grade.sign and {level.number for level in table.levels if level.id in grade.levels} <= {1, 5}
    return Condition("level", components, grade, every=whole or extreme or (grade.negated and not grade.loose))


def _grade_of(slots: Slots, part: Slot, parts: Sequence[Slot], grades: Sequence[Slot]) -> Slot:
    """The grade that is said of a part: right before it, right behind it, else by what the question names first."""
    turns = sorted([*parts, *grades], key=lambda slot: slot.first)
    if len(parts) == len(grades) > 1 and all(a.sort != b.sort for a, b in pairwise(turns)):
        return grades[parts.index(part)]
    before = [slot for slot in grades if slot.last <= part.first]
    after = [slot for slot in grades if slot.first >= part.last]
    if before and slots.adjacent(before[-1], part):
        return before[-1]
    if after and slots.adjacent(part, after[0]) and not _leads(slots, after[0]):
        return after[0]
    return [*reversed(before), *after][0] if grades[0].first < parts[0].first else [*after, *reversed(before)][0]


def _amount(low: int, high: int) -> str:
    if low == high:
        return f"exactly {low:,}"
    return f"at least {low:,}" if high >= FAR else f"at most {high:,}" if not low else f"{low:,} to {high:,}"


def _span(low: int, high: int) -> str:
    first, last = (f"{(months - 1) % 12 + 1:02}/{(months - 1) // 12}" for months in (low, high))
    if low == 0:
        return f"up to {last}"
    return f"from {first}" if high >= FAR else f"in {first}" if low == high else f"from {first} to {last}"
