"""The slots of a question: components, grades, dates and numbers put together from the words that name them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.taxonomy.gazetteer import Mention, Word, key_of
from assistant.taxonomy.table import NOT_APPLICABLE, UNKNOWN, Table

__all__ = ["FAR", "Grade", "Part", "Slot", "Slots"]

FAR = 10**18
"""The end of a stretch of numbers or months that has none."""
_YEARS = range(1950, 2100)
_UNITS = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SIZES = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
_SIGNS = ("<", "<=", ">", ">=", "=")
_VERBS = frozenset("is are was were do does did has have had can could may will would".split())
_REFUSED = frozenset("grade publish value annotation thing extreme more howopen range date number compare".split())
"""What a refusal may refuse."""
_COUNTED = ("points", "criteria", "number", "unit", "join")
"""What ``one`` counts; elsewhere it is a pronoun."""
_BOUNDED = ("grade", "number", "date")
_COUNTABLE = ("components", "cells", "field", "things", "points")
_NAMES = ("thing", "value", "annotation", "family", "other")


@dataclass(frozen=True, slots=True)
class Grade:
    """A set of levels, and the words that named it."""

    levels: frozenset[str] = frozenset()
    text: str = ""
    loose: bool = False
    """Named by a plain word such as ``open``, which the scale divides further."""
    sign: bool = False
    """Named by the table's own signs, ``D3`` or ``level 5``."""
    negated: bool = False
    """Everything but what was named, ``not closed``."""


@dataclass(frozen=True, slots=True)
class Part:
    """A phrase with the components that it names."""

    components: tuple[str, ...] = ()
    stages: frozenset[str] = frozenset()
    """The components that its words for a stage allow; empty where it has none."""
    matters: frozenset[str] = frozenset()
    """The components that its words for code or data allow; empty where it has none."""

    @property
    def primary(self) -> tuple[str, ...]:
        """What a condition on the phrase is tested on: of several components the first that the words mean."""
        wide = len(self.components) > 1 and self.matters and (self.stages or self.components[0].endswith("data"))
        return self.components[:1] if wide else self.components


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of the question with its meaning."""

    sort: str
    value: str = ""
    first: int = 0
    last: int = 0
    text: str = ""
    grade: Grade = Grade()
    part: Part = Part()
    low: int = 0
    """The lowest number or the first month."""
    high: int = FAR
    excluded: bool = False
    """Whether the question leaves it out, ``other than BLOOM``."""
    sized: bool = False
    """Whether a number has a unit, ``13B``."""


class Slots:
    """Reads the slots of one question; ``items`` holds them in order, empty words left out."""

    def __init__(self, table: Table, words: Sequence[Word], mentions: Sequence[Mention]) -> None:
        self.table = table
        self.words = words
        self.items = [Slot(m.sort, m.value, m.first, m.last, m.text) for m in mentions]
        self.breaks: list[int] = []
        """Words before which a phrase ends: ``and``, ``but``, what follows a comma."""
        self.either = False
        """Whether the question leaves a choice between conditions, ``closed weights or closed code``."""
        for step in (self._name, self._level, self._date, self._number):
            self._each(step)
        self._drop("empty")
        for step in (self._bound, self._range):
            self._each(step)
        self._drop("soft")
        self._each(self._part)
        self._share_parts()
        for step in (self._refuse, self._exclude, self._idle):
            self._each(step)
        self._end()

    def of(self, *sorts: str) -> list[Slot]:
        """The slots of these sorts."""
        return [slot for slot in self.items if slot.sort in sorts]

    def has(self, *sorts: str) -> bool:
        """Whether there is a slot of one of these sorts."""
        return any(slot.sort in sorts for slot in self.items)

    def cues(self, sort: str) -> set[str]:
        """The values of the slots of a sort."""
        return {slot.value for slot in self.of(sort)}

    @property
    def components(self) -> tuple[str, ...]:
        """The components that are named, in order."""
        return tuple(dict.fromkeys(name for slot in self.of("part") for name in slot.part.components))

    @property
    def yes_no(self) -> bool:
        """Whether the question begins with a verb, ``Are the weights …?``."""
        return bool(self.words) and self.words[0].key in _VERBS

    def adjacent(self, first: Slot, second: Slot) -> bool:
        """Whether nothing but empty words stands between two slots, and no ``and``, ``but`` or comma."""
        beside = any(a is first and b is second for a, b in pairwise(self.items))
        return beside and not any(first.last <= at <= second.first for at in self.breaks)

    def _each(self, step: Callable[[int], None]) -> None:
        at = 0
        while at < len(self.items):
            step(at)
            at += 1

    def _drop(self, *sorts: str) -> None:
        self.items = [slot for slot in self.items if slot.sort not in sorts]

    def _put(self, at: int, count: int, slot: Slot) -> None:
        gone = self.items[at : at + count]
        text = slot.text or " ".join(item.text for item in gone)
        self.items[at : at + count] = [replace(slot, first=gone[0].first, last=gone[-1].last, text=text)]

    def _turn(self, at: int, sort: str, value: str = "") -> None:
        self.items[at] = replace(self.items[at], sort=sort, value=value or self.items[at].value)

    def _sort(self, at: int) -> str:
        return self.items[at].sort if 0 <= at < len(self.items) else "none"

    def _gap(self, at: int) -> str:
        return self.words[self.items[at].first].gap

    def _figure(self, at: int) -> int:
        value = self.items[at].value or self.words[self.items[at].first].key if self._sort(at) == "number" else ""
        return int(float(value)) if value.replace(".", "", 1).isdigit() else -1

    # Names

    def _name(self, at: int) -> None:
        """A version, a size or a variant behind or before a name, unless it is the row's own, makes it another."""
        name, end, first = self.items[at], at + 1, at
        if name.sort not in ("thing", "family", "other"):
            return
        while end < len(self.items) and self._continues(end, at):
            end += 1
        while first and self._sort(first - 1) in ("unit", "empty"):
            first -= 1
        sized = self._sort(first - 1) == "number" and any(item.sort == "unit" for item in self.items[first:at])
        start = first - 1 if sized else at
        extra = [item for item in self.items[start:at] if item.sort != "empty"] + self.items[at + 1 : end]
        if extra:
            text = " ".join(item.text for item in self.items[start:end])
            own = name.sort == "thing" and self._own_size(extra, name.value)
            self._put(start, end - start, name if own else replace(name, sort="other", value=text, text=text))
        elif name.value in {family.name for family in self.table.families} and self._sort(at + 1) == "things":
            self._turn(at, "family")

    def _continues(self, at: int, name: int) -> bool:
        slot = self.items[at]
        word = self.words[slot.first]
        if any(mark in word.gap for mark in ",.;:?!()"):
            return False
        if word.gap == "" and slot.sort in ("", "empty", "unit", "join"):
            return True
        if slot.sort == "number":
            counts = self._sort(at + 1) in ("things", "components", "points", "field", "month")
            return self.words[slot.last - 1].is_number and self._figure(at) not in _YEARS and not counts
        if slot.sort == "unit":
            return self._sort(at - 1) == "number"
        return not slot.sort and at - name < 4 and (word.gap == "-" or word.text[:1].isupper())

    def _own_size(self, extra: Sequence[Slot], name: str) -> bool:
        number, _, unit = key_of("".join(slot.value or slot.text for slot in extra)).partition(" ")
        plain = number.replace(".", "", 1).isdigit() and " " not in unit
        size = round(float(number) * _SIZES.get(unit[:1], 0)) if plain else 0
        return any(self.table.number(name, field) == size for field in self.table.of_kind("size"))

    # Levels, dates, numbers

    def _level(self, at: int) -> None:
        """Level signs, and ``level 5``, ``levels 3 or 4``, ``level 2 to 4``."""
        slot = self.items[at]
        if slot.sort == "grade":
            names = set(slot.value.split("|"))
            levels = frozenset(names - {"loose"})
            grade = Grade(levels, slot.text, "loose" in names, key_of(slot.text) in map(key_of, levels))
            self.items[at] = replace(slot, grade=grade)
        if slot.sort != "level" or self._sort(at + 1) != "number":
            return
        end = at + 2
        while self._sort(end) == "join" and self._sort(end + 1) == "number":
            end += 2
        numbers = [self._figure(n) for n in range(at + 1, end, 2)]
        ranged = any(item.value == "to" for item in self.items[at + 2 : end : 2])
        wanted = range(numbers[0], numbers[-1] + 1) if ranged else numbers
        if levels := frozenset(level.id for level in self.table.levels if level.number in wanted):
            text = " ".join(item.text for item in self.items[at:end])
            self._put(at, end - at, Slot("grade", grade=Grade(levels, text, sign=True)))

    def _date(self, at: int) -> None:
        """Years, months and parts of years; kept as numbers where the table has no dates."""
        fields, year = self.table.of_kind("month"), self._figure(at)
        if not fields:
            return
        if self._sort(at) == "month" and self.items[at].text.lower() == "may" and self._figure(at + 1) not in _YEARS:
            self._turn(at, "empty")
        if year not in _YEARS or self._sort(at + 1) in ("field", "unit"):
            return
        first, length, start, end, before = 1, 12, at, at + 1, at - 1
        while self._sort(before) == "empty":
            before -= 1
        if self._sort(before) in ("month", "period"):
            first, length = (int(part) for part in f"{self.items[before].value}:1".split(":")[:2])
            start = before
        elif self._gap(at) == "/" and 1 <= self._figure(before) <= 12:
            first, length, start = self._figure(before), 1, before
        elif self._figure(end) > 0 and self._gap(end) == "-" and len(self.items[end].text) == 2:
            first, length, end = self._figure(end), 1, end + 1
        low = year * 12 + first
        self._put(start, end - start, Slot("date", fields[0], low=low, high=low + length - 1))

    def _number(self, at: int) -> None:
        """A number with its unit, ``1.5 million``; its ends are the amount."""
        slot, following = self.items[at], self._sort(at + 1)
        if slot.sort == "number" and slot.text.lower() == "one" and following not in _COUNTED:
            self._turn(at, "empty")
        elif slot.sort == "unit" and slot.value in _UNITS:
            amount = _UNITS[slot.value]
            self._put(at, 1, replace(slot, sort="number", text="", low=amount, high=amount, sized=True))
        elif slot.sort == "number":
            written, sized = slot.value or self.words[slot.first].key, following == "unit"
            measure = self.items[at + 1].text.lower().split()[0] if following == "field" else ""
            scale = (_UNITS | _SIZES)[self.items[at + 1].value] if sized else _UNITS.get(measure, 1)
            amount = round(float(written) * scale) if written.replace(".", "", 1).isdigit() else -1
            self._put(at, 1 + sized, replace(slot, text="", low=amount, high=amount, sized=sized))

    def _bound(self, at: int) -> None:
        """A comparator with the grade, the number, the date or the thing that it stands beside."""
        slot, sort, following = self.items[at], self._sort(at), self._sort(at + 1)
        sign, _, field = slot.value.partition(":")
        if sort == "number" and following in _COUNTABLE and self._sort(at + 2) == "bound_after":
            self.items[at + 1 : at + 3] = reversed(self.items[at + 1 : at + 3])
            following = "bound_after"
        beside = self.items[at + 1] if at + 1 < len(self.items) else slot
        step = following != "grade" or (beside.grade.sign and self._numbers(beside.grade))
        if following in _BOUNDED and (sort == "bound" or (sort == "soft" and sign in _SIGNS and step)):
            self._put(at, 2, self._bounded(beside, sign))
        elif following == "thing" and sort == "bound":
            self._relative(at, sign, field)
        elif following == "bound_after" and sort in _BOUNDED:
            self._put(at, 2, self._bounded(slot, beside.value))
        elif following == "soft" and sort == "date" and beside.value == "on":
            self._put(at, 2, self._bounded(slot, ">="))

    def _numbers(self, grade: Grade) -> list[int]:
        return sorted(level.number for level in self.table.levels if level.id in grade.levels and level.number)

    def _between(self, levels: frozenset[str], low: int, high: int) -> frozenset[str]:
        kinds = {level.kind for level in self.table.levels if level.id in levels}
        steps = [level for level in self.table.levels if level.number and level.kind in kinds]
        return frozenset(level.id for level in steps if low <= (level.number or 0) <= high)

    def _bounded(self, slot: Slot, sign: str) -> Slot:
        if slot.sort != "grade":
            low, high = _ends(sign, slot.low, slot.high)
            return replace(slot, text="", low=low, high=high)
        numbers = self._numbers(slot.grade)
        if not numbers or sign not in _SIGNS:
            return replace(slot, sort="")
        levels = self._between(slot.grade.levels, *_ends(sign, numbers[0], numbers[-1]))
        return replace(slot, text="", grade=Grade(levels, f"{sign} {slot.grade.text}", sign=slot.grade.sign))

    def _relative(self, at: int, sign: str, field: str) -> None:
        """What another thing has as a limit, ``older than GPT-3``."""
        fields = [field] if field else self.table.of_kind("month")
        number = self.table.number(self.items[at + 1].value, fields[0]) if fields else None
        if number is not None:
            start = (number - 1) // 12 * 12 + 1
            low, high = (start, start + 11) if sign == "year" else _ends(sign, number, number)
            self._put(at, 2, Slot("range", fields[0], low=low, high=high))

    def _range(self, at: int) -> None:
        """``D3 or D4``, ``C5/D5``, ``C1 to C3``, ``between 2019 and 2020``, ``from June to October 2021``."""
        listed = self._sort(at + 1) == "grade" and self._gap(at + 1).strip() in ("/", ",")
        if listed and all(slot.grade.sign for slot in self.items[at : at + 2]):
            self._put(at, 2, self._joined(self.items[at], self.items[at + 1], ranged=False))
        if self._sort(at + 1) != "join" or at + 2 >= len(self.items):
            return
        first, join, second = self.items[at], self.items[at + 1].value, self.items[at + 2]
        between = self._sort(at - 1) == "soft" and self.items[at - 1].value in ("between", "from")
        ranged = join == "to" or between
        if first.sort == "month" and second.sort == "date":
            first = replace(first, sort="date", low=(second.low - 1) // 12 * 12 + int(first.value))
        led = any(slot.sort in ("part", "matter") for slot in self.items[:at])
        apart = led and self._sort(at + 3) in ("part", "matter") and join == "and"
        if first.sort == second.sort == "grade" and not apart:
            self._put(at, 3, self._joined(first, second, ranged=ranged and join != "or"))
            self._range(at)
        elif first.sort == second.sort == "date" and ranged:
            self._put(at, 3, replace(second, low=first.low, text=""))

    def _joined(self, first: Slot, second: Slot, *, ranged: bool) -> Slot:
        one, two = first.grade, second.grade
        levels = one.levels | two.levels
        if ranged and (numbers := self._numbers(Grade(levels))):
            levels = self._between(levels, numbers[0], numbers[-1])
        grade = Grade(levels, f"{one.text} or {two.text}", one.loose or two.loose, one.sign and two.sign)
        return replace(first, grade=grade, text="")

    # Components

    def _part(self, at: int) -> None:
        """Words for a stage and words for code or data, ``code used for pre-training``, that name a component."""
        if self._sort(at) == "either":
            field, _, part = self.items[at].value.partition(":")
            beside = {self._sort(at - 1), self._sort(at + 1)} & {"number", "count", "extreme", "comparative"}
            self._turn(at, "field" if beside else "part", field if beside else part)
        found: dict[str, frozenset[str]] = {"part": frozenset(), "matter": frozenset()}
        end = at
        while (sort := self._sort(end)) in found or (end > at and sort == "use" and self._sort(end + 1) in found):
            if sort in found:
                named = frozenset(self.items[end].value.split("|"))
                kept, other = (found[sort] or named) & named, found["matter" if sort == "part" else "part"]
                if not kept & (other or kept):
                    break
                found[sort] = kept
            end += 1
        if end > at:
            self._put(at, end - at, Slot("part", part=self._made(found["part"], found["matter"])))

    def _made(self, stages: frozenset[str], matters: frozenset[str]) -> Part:
        wanted = stages & matters if stages and matters else stages or matters
        return Part(tuple(name for name in self.table.component_ids if name in wanted), stages, matters)

    def _share_parts(self) -> None:
        """``pre-training and fine-tuning code``, ``pre-training code and data``, ``data of OPT in pre-training``."""
        places = [n for n, slot in enumerate(self.items) if slot.sort == "part"]
        for n, other in pairwise(places):
            first, second = self.items[n].part, self.items[other].part
            joined = all(slot.sort in ("join", "all") for slot in self.items[n + 1 : other])
            if joined and first.stages & second.matters and not (first.matters and second.stages):
                at = other if first.matters or not second.stages else n
                self.items[at] = replace(self.items[at], part=self._made(first.stages, second.matters))
        staged = [slot for slot in self.of("part") if not slot.part.matters and len(slot.part.components) > 1]
        bare = [slot for slot in self.of("part") if not slot.part.stages]
        if len(staged) == len(bare) == 1 and staged[0].part.stages & bare[0].part.matters:
            whole = replace(bare[0], part=self._made(staged[0].part.stages, bare[0].part.matters))
            self.items[self.items.index(bare[0])] = whole
            self.items.remove(staged[0])

    # Negation

    def _refuse(self, at: int) -> None:
        """A refusal with what it refuses; one that refuses nothing stays, and no intent accepts it."""
        if self._sort(at) not in ("not", "neither"):
            return None
        many = self._sort(at) == "neither"
        if many:
            self.items[at + 1 :] = [s for s in self.items[at + 1 :] if s.sort != "not" or s.text.lower() != "nor"]
        targets = self._refused(at + 1, many=many)
        if not targets and self.has("permission", "grant", "everything"):
            return self._turn(at, "deny")
        if not targets and "field" in (self._sort(at + 1), self._sort(at + 2)):
            return self._turn(at, "given", "no")
        targets = targets or [n for n in range(at) if self._sort(n) in ("publish", "grade")][-1:]
        for n in targets:
            self.items[n] = self._opposite(self.items[n])
        if many and len(targets) > 1 and all(s.sort == "grade" for s in self.items[targets[0] : targets[-1] + 1]):
            grades = [self.items[n].grade for n in targets]
            levels = frozenset.intersection(*(grade.levels for grade in grades))
            both = Grade(levels, " and ".join(grade.text for grade in grades), negated=True)
            self._put(targets[0], len(targets), replace(self.items[targets[0]], grade=both))
        if targets:
            del self.items[at]
        return None

    def _refused(self, start: int, *, many: bool) -> list[int]:
        """The places of what a refusal before ``start`` refuses."""
        stops = ("clause", "not") if many else ("clause", "not", "neither")
        end = next((n for n in range(start, len(self.items)) if self._sort(n) in stops), len(self.items))
        found = [n for n in range(start, end) if self._sort(n) in _REFUSED]
        found = [n for n in found if self._sort(n) != "publish" or self._sort(n + 1) not in ("value", "date")]
        return found if many else found[:1]

    def _opposite(self, slot: Slot) -> Slot:
        if slot.sort == "publish":
            levels = frozenset(level.id for level in self.table.levels if level.number == 1)
            return replace(slot, sort="grade", grade=Grade(levels, f"not {slot.text}"))
        if slot.sort != "grade":
            named = slot.sort in ("value", "annotation")
            return replace(slot, excluded=named, sort=slot.sort if named or slot.sort == "compare" else "refused")
        grade, known = slot.grade, self.table.by_level
        scale = {level.id for level in self.table.levels if level.number} or {*known, ""}
        if grade.levels <= {UNKNOWN, NOT_APPLICABLE}:
            scale = set(known)
        elif not grade.loose and not any(known[name].number == 1 for name in grade.levels):
            scale |= {UNKNOWN} & set(known)
        opposite = Grade(frozenset(scale) - grade.levels, f"not {grade.text}", grade.loose, grade.sign, negated=True)
        return replace(slot, grade=opposite)

    def _exclude(self, at: int) -> None:
        """Names that the question leaves out, ``other than BLOOM and OPT``, ``excluding those under MIT``."""
        if self._sort(at) != "except":
            return
        end = at + 1
        while self._sort(end) in ("thing", "value", "annotation", "join", "things", "make", "publish", "licence"):
            end += 1
        while end > at + 1 and self._sort(end - 1) == "join":
            end -= 1
        names = [slot for slot in self.items[at + 1 : end] if slot.sort in ("thing", "value", "annotation")]
        if self._sort(at - 1) == self._sort(at + 1) == "thing" and not self.has("which", "things"):
            self._turn(at, "compare")
        elif names:
            end += self._sort(end) == "out"
            self.items[at:end] = [replace(slot, excluded=True) for slot in names]
        elif self._sort(at + 1) == "grade":
            self.items[at : at + 2] = [self._opposite(self.items[at + 1])]
        elif self.has("permission", "grant", "everything"):
            self._turn(at, "deny")

    def _idle(self, at: int) -> None:
        """Words that say something only beside others: ``everything``, ``only``, ``use``, ``out``."""
        sort, terms = self._sort(at), self.has("permission", "grant", "deny")
        if sort == "everything" and not terms:
            self._turn(at, "row" if self.has("thing") else "which")
        only = sort == "only" and not terms
        used = sort == "use" and (terms or self.has("licence", "annotation"))
        put = sort == "out" and self._sort(at - 1) in ("part", "points", "number", "licence")
        made = sort == "make" and self._sort(at + 1) == "grade"
        asked = sort == "publish" and self.has("howopen") and self.has("thing") and not self.has("date", "when")
        if only or used or put or made or asked:
            self._turn(at, "empty")

    def _end(self) -> None:
        joins = [n for n, slot in enumerate(self.items) if slot.sort == "join" and slot.value == "or"]
        self.either = any(self._sort(n - 1) != self._sort(n + 1) or self._sort(n - 1) not in _NAMES for n in joins)
        self.breaks = [slot.first for slot in self.of("join", "clause")]
        self.breaks += [n for n, word in enumerate(self.words) if any(mark in word.gap for mark in ",;:")]
        self._drop("join", "clause", "empty")


def _ends(sign: str, low: int, high: int) -> tuple[int, int]:
    ends = {"<": (0, low - 1), "<=": (0, high), ">": (high + 1, FAR), ">=": (low, FAR)}
    return ends.get(sign, (low, high))
