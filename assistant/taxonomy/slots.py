"""The slots of a question: components, grades, dates and numbers put together from the words that name them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.taxonomy.gazetteer import Mention, Word, key_of
from assistant.taxonomy.table import NOT_APPLICABLE, UNKNOWN, Table

__all__ = ["FAR", "Grade", "Part", "Slot", "Slots"]

FAR = 9999 * 12
"""The last month there is, where a stretch of time has no end."""
_YEARS = range(1950, 2100)
_UNITS = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SIZES = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
_OPPOSITE = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}
_HOLDS: dict[str, Callable[[int, int], bool]] = {
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    "=": lambda a, b: a == b,
}
_VERBS = frozenset("is are was were do does did has have had can could may will would".split())
_REFUSED = (
    "grade", "publish", "value", "annotation", "thing", "extreme", "more", "howopen", "range", "date", "number",
    "compare",
)  # fmt: skip
"""What a refusal may refuse."""
_COUNTED = ("points", "criteria", "number", "unit", "join")
"""What ``one`` counts; elsewhere it is a pronoun."""
_NAMES = ("thing", "family", "other")


@dataclass(frozen=True, slots=True)
class Grade:
    """A set of levels, and the words that named it."""

    levels: frozenset[str]
    text: str
    loose: bool = False
    """Named by a plain word such as ``open``, which the scale divides further."""
    sign: bool = False
    """Named by the table's own signs, ``D3`` or ``level 5``."""
    negated: bool = False
    """Everything but what was named, ``not closed``."""


@dataclass(frozen=True, slots=True)
class Part:
    """A phrase with the components that it names."""

    components: tuple[str, ...]
    stages: frozenset[str]
    """The components that its words for a stage allow; empty where it has none."""
    matters: frozenset[str]
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
    value: str
    first: int
    last: int
    text: str
    grade: Grade | None = None
    part: Part | None = None
    low: int = 0
    """The lowest number or the first month."""
    high: int = FAR
    excluded: bool = False
    """Whether the question leaves it out, ``other than BLOOM``."""
    sized: bool = False
    """Whether a number has a unit, ``13B``."""

    @classmethod
    def of(cls, mention: Mention) -> Slot:
        """The slot of a single mention."""
        return cls(mention.sort, mention.value, mention.first, mention.last, mention.text)


class Slots:
    """Reads the slots of one question; ``items`` holds them in order, empty words left out."""

    def __init__(self, table: Table, words: Sequence[Word], mentions: Sequence[Mention]) -> None:
        self.table = table
        self.words = words
        self.items = [Slot.of(mention) for mention in mentions]
        self.breaks: list[int] = []
        """Words before which a phrase ends: ``and``, ``but``, what follows a comma."""
        self.either = False
        """Whether the question leaves a choice between conditions, ``closed weights or closed code``."""
        self._versions()
        self._levels()
        self._dates()
        self._numbers()
        self._drop("empty")
        self._bounds()
        self._ranges()
        self._soften()
        self._parts()
        self._negations()
        self._exclusions()
        self._everything()
        self._particles()
        self.either = self._alternatives()
        self.breaks = [slot.first for slot in self.of("join", "clause")]
        self.breaks += [n for n, word in enumerate(words) if any(mark in word.gap for mark in ",;:")]
        self._drop("join", "clause")

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
    def yes_no(self) -> bool:
        """Whether the question begins with a verb, ``Are the weights …?``."""
        return bool(self.words) and self.words[0].key in _VERBS

    @cached_property
    def grades(self) -> list[Slot]:
        """The grades, in order."""
        return self.of("grade")

    @cached_property
    def parts(self) -> list[Slot]:
        """The parts, in order."""
        return self.of("part")

    def adjacent(self, first: Slot, second: Slot) -> bool:
        """Whether nothing but empty words stands between two slots, and no ``and``, ``but`` or comma."""
        if self.items.index(second) - self.items.index(first) != 1:
            return False
        return not any(first.last <= at <= second.first for at in self.breaks)

    def _drop(self, *sorts: str) -> None:
        self.items = [slot for slot in self.items if slot.sort not in sorts]

    def _merge(self, at: int, count: int, slot: Slot) -> None:
        """Put one slot in place of several."""
        gone = self.items[at : at + count]
        text = " ".join(item.text for item in gone) if not slot.text else slot.text
        self.items[at : at + count] = [replace(slot, first=gone[0].first, last=gone[-1].last, text=text)]

    def _sort(self, at: int) -> str:
        return self.items[at].sort if 0 <= at < len(self.items) else "none"

    # Names

    def _versions(self) -> None:
        """A version, a size or a variant behind or before a name, unless it is the row's own, makes it another."""
        at = 0
        while at < len(self.items):
            if self.items[at].sort in _NAMES:
                self._version_behind(at)
                at = self._size_before(at)
                self._family(at)
            at += 1

    def _family(self, at: int) -> None:
        """A name that stands for several things where it speaks of them as such, ``the LLaMA models``."""
        families = [family.name for family in self.table.families]
        if self.items[at].sort == "thing" and self.items[at].value in families and self._sort(at + 1) == "things":
            self.items[at] = replace(self.items[at], sort="family")

    def _version_behind(self, at: int) -> None:
        name = self.items[at]
        end = at + 1
        while end < len(self.items) and self._continues(self.items[end], self.items[at:end]):
            end += 1
        if end == at + 1:
            return
        text = " ".join(item.text for item in self.items[at:end])
        own = name.sort == "thing" and self._own_size(
            [item.value or item.text for item in self.items[at + 1 : end]], name
        )
        self._merge(at, end - at, name if own else replace(name, sort="other", value=text, text=text))

    def _continues(self, slot: Slot, before: Sequence[Slot]) -> bool:
        """Whether a slot belongs to the name before it."""
        word = self.words[slot.first]
        last = before[-1]
        if any(mark in word.gap for mark in ",.;:?!()"):
            return False
        if (word.key == "+" and word.gap == "") or (
            word.gap == "" and slot.sort in ("", "empty", "unit", "level_letter")
        ):
            return True
        if slot.sort == "number":
            year = len(word.key) == 4 and word.key.isdigit() and int(word.key) in _YEARS
            return not year and self.words[slot.last - 1].is_number and not self._counts(slot)
        if slot.sort == "unit":
            return last.sort == "number"
        return not slot.sort and len(before) < 4 and (word.gap == "-" or word.text[:1].isupper())

    def _counts(self, slot: Slot) -> bool:
        """Whether a number belongs to what stands behind it, ``3 models``, and not to the name before it."""
        at = self.items.index(slot) + 1
        return self._sort(at) in ("things", "components", "points", "field", "month")

    def _size_before(self, at: int) -> int:
        """A size before a name, ``the 70B Mistral``; returns the name's new position."""
        first = at
        while first and (self._sort(first - 1) == "unit" or self.items[first - 1].sort == "empty"):
            first -= 1
        sized = [item for item in self.items[max(first - 1, 0) : at] if item.sort in ("number", "unit")]
        if len(sized) != 2 or sized[0].sort != "number" or sized[1].value not in _SIZES | _UNITS:
            return at
        name, first = self.items[at], self.items.index(sized[0])
        own = self._own_size([sized[0].value or sized[0].text, sized[1].value], name)
        text = " ".join(item.text for item in self.items[first : at + 1])
        self._merge(first, at - first + 1, name if own else replace(name, sort="other", value=text, text=text))
        return first

    def _own_size(self, pieces: Sequence[str], name: Slot) -> bool:
        """Whether a size is the one that the table gives for the thing."""
        field = next((field.id for field in self.table.fields if field.kind == "size"), "")
        written = key_of("".join(pieces)).split()
        if not field or len(written) != 2 or name.value not in self.table.by_name:
            return False
        scale = _SIZES.get(written[1][:1])
        number = self.table.number(name.value, field)
        return scale is not None and number is not None and number == round(float(written[0]) * scale)

    # Levels

    def _levels(self) -> None:
        """Level signs, ``level 5``, and several of them joined."""
        numbered = {level.number for level in self.table.levels if level.number}
        at = 0
        while at < len(self.items):
            slot = self.items[at]
            if slot.sort == "grade":
                self.items[at] = replace(slot, grade=self._grade(slot))
            elif slot.sort == "level" and numbered and self._sort(at + 1) == "number":
                self._numbered(at)
            at += 1

    def _grade(self, slot: Slot) -> Grade:
        names = set(slot.value.split("|"))
        levels = frozenset(names - {"loose"})
        return Grade(levels, slot.text, loose="loose" in names, sign=key_of(slot.text) in map(key_of, levels))

    def _numbered(self, at: int) -> None:
        """``level 5``, ``levels 3 or 4``, ``level 2 to 4``."""
        numbers, end, ranged = [self._figure(at + 1)], at + 2, False
        while self._sort(end) in ("join", "comma") and self._sort(end + 1) == "number":
            ranged = ranged or self.items[end].value == "to"
            numbers.append(self._figure(end + 1))
            end += 2
        wanted = set(range(numbers[0], numbers[-1] + 1)) if ranged else set(numbers)
        levels = frozenset(level.id for level in self.table.levels if level.number in wanted)
        if levels:
            text = " ".join(item.text for item in self.items[at:end])
            self._merge(at, end - at, Slot("grade", "", 0, 0, text, grade=Grade(levels, text, sign=True)))

    def _figure(self, at: int) -> int:
        value = self.items[at].value or self.words[self.items[at].first].key
        return int(float(value)) if value.replace(".", "", 1).isdigit() else -1

    # Numbers and dates

    def _dates(self) -> None:
        """Years, months and parts of years; kept as numbers where the table has no dates."""
        if not any(field.kind == "month" for field in self.table.fields):
            return
        at = 0
        while at < len(self.items):
            if self._is_year(at):
                self._date(at)
            elif self._sort(at) == "month" and self.items[at].text.lower() == "may" and not self._is_year(at + 1):
                self.items[at] = replace(self.items[at], sort="empty")
            at += 1

    def _is_year(self, at: int) -> bool:
        return self._sort(at) == "number" and self._figure(at) in _YEARS and self._sort(at + 1) not in ("field", "unit")

    def _date(self, at: int) -> None:
        year, first, length, start, end = self._figure(at), 1, 12, at, at + 1
        before = at - 1
        while before >= 0 and self.items[before].sort == "empty":
            before -= 1
        glued = self.words[self.items[at].first].gap
        if self._sort(before) == "month":
            first, length, start = int(self.items[before].value), 1, before
        elif self._sort(before) == "period":
            first, length = (int(part) for part in self.items[before].value.split(":"))
            start = before
        elif self._sort(before) == "number" and glued == "/" and 1 <= self._figure(before) <= 12:
            first, length, start = self._figure(before), 1, before
        elif (
            self._sort(end) == "number"
            and self.words[self.items[end].first].gap == "-"
            and len(self.items[end].text) == 2
        ):
            first, length, end = self._figure(end), 1, end + 1
        low = year * 12 + first
        self._merge(start, end - start, Slot("date", str(year), 0, 0, "", low=low, high=low + length - 1))

    def _numbers(self) -> None:
        """Numbers with their units, ``1.5 million``; the value is the amount."""
        at = 0
        while at < len(self.items):
            slot = self.items[at]
            if slot.sort == "unit" and slot.value in _UNITS and self._sort(at - 1) != "number":
                self.items[at] = self._counted(slot, _UNITS[slot.value], sized=True)
            elif slot.sort == "number" and slot.text.lower() == "one" and self._sort(at + 1) not in _COUNTED:
                self.items[at] = replace(slot, sort="empty")
            elif slot.sort == "number":
                written = slot.value or self.words[slot.first].key
                sized = self._sort(at + 1) == "unit"
                scale = (_UNITS | _SIZES)[self.items[at + 1].value] if sized else 1
                amount = round(float(written) * scale) if written.replace(".", "", 1).isdigit() else -1
                self._merge(at, 2 if sized else 1, self._counted(slot, amount, sized=sized))
            at += 1

    def _counted(self, slot: Slot, amount: int, *, sized: bool) -> Slot:
        return replace(slot, sort="number", value=str(amount), low=amount, high=amount, sized=sized)

    def _bounds(self) -> None:
        """Comparators with the grade, the number, the date or the thing that they stand beside."""
        at = 0
        while at < len(self.items):
            sort, following = self._sort(at), self._sort(at + 1)
            sign, _, field = self.items[at].value.partition(":")
            plain = sort == "soft" and sign in _HOLDS and (following != "grade" or self._is_step(at + 1))
            if (sort == "bound" or plain) and following in ("grade", "number", "date"):
                self._merge(at, 2, self._bounded(self.items[at + 1], sign, field))
            elif sort == "bound" and following == "thing":
                self._relative(at)
            elif sort in ("grade", "number", "date") and following == "bound_after":
                self._merge(at, 2, self._bounded(self.items[at], self.items[at + 1].value, ""))
            elif sort == "date" and following == "soft" and self.items[at + 1].value == "on":
                self._merge(at, 2, self._bounded(self.items[at], ">=", ""))
            at += 1

    def _is_step(self, at: int) -> bool:
        """Whether a grade is a sign of the scale, not ``?``."""
        grade = self.items[at].grade
        return grade is not None and grade.sign and not grade.levels <= {UNKNOWN, NOT_APPLICABLE}

    def _bounded(self, slot: Slot, sign: str, field: str) -> Slot:
        text = ""
        if slot.sort == "grade" and slot.grade:
            numbers = [level.number for level in self.table.levels if level.id in slot.grade.levels and level.number]
            kinds = {level.kind for level in self.table.levels if level.id in slot.grade.levels}
            if not numbers or sign not in _HOLDS:
                return replace(slot, sort="")
            edge = max(numbers) if sign in (">", "<=") else min(numbers)
            levels = frozenset(
                level.id
                for level in self.table.levels
                if level.number and level.kind in kinds and _HOLDS[sign](level.number, edge)
            )
            return replace(
                slot, text=text, grade=replace(slot.grade, levels=levels, loose=False, text=f"{sign} {slot.grade.text}")
            )
        if slot.sort == "number":
            amount = int(slot.value)
            return replace(slot, text=text, value=field or slot.value, **_interval(sign, amount, amount))
        return replace(slot, text=text, **_interval(sign, slot.low, slot.high))

    def _relative(self, at: int) -> None:
        """What another thing has as a limit, ``older than GPT-3``."""
        sign, _, field = self.items[at].value.partition(":")
        field = field or next((item.id for item in self.table.fields if item.kind == "month"), "")
        number = self.table.number(self.items[at + 1].value, field) if field else None
        if number is None:
            return
        low, high = number, number
        if sign == "year":
            low = (number - 1) // 12 * 12 + 1
            high, sign = low + 11, "="
        self._merge(at, 2, Slot("range", field, 0, 0, "", **_interval(sign, low, high)))

    def _ranges(self) -> None:
        """``D3 or D4``, ``C1 to C3``, ``between 2019 and 2020``, ``from June to October 2021``."""
        at = 0
        while at + 2 < len(self.items):
            self._listed(at)
            self._month_first(at)
            if at + 2 >= len(self.items):
                return
            first, join, second = self.items[at : at + 3]
            if join.sort != "join" or first.sort != second.sort or first.sort not in ("grade", "date", "number"):
                at += 1
                continue
            before = self.items[at - 1] if at else None
            between = before is not None and before.sort == "soft" and before.value in ("between", "from")
            if first.sort == "grade":
                joined = self._joined(first, join.value, second, between=between)
            elif first.sort == "date" and (join.value == "to" or between):
                joined = replace(first, high=second.high, text="")
            else:
                joined = None
            if joined is None:
                at += 1
            else:
                self._merge(at, 3, joined)

    def _month_first(self, at: int) -> None:
        """``March and April 2023``: a month that takes its year from the date behind it."""
        month, date = self.items[at], self.items[at + 2] if at + 2 < len(self.items) else None
        if month.sort == "month" and date is not None and date.sort == "date" and self._sort(at + 1) == "join":
            low = int(date.value) * 12 + int(month.value)
            self.items[at] = replace(month, sort="date", value=date.value, low=low, high=low)

    def _listed(self, at: int) -> None:
        """``C5/D5``, ``D2, D3 or D4``: signs side by side mean either."""
        first, second = self.items[at], self.items[at + 1]
        sign = first.grade and second.grade and first.grade.sign and second.grade.sign
        if sign and self.words[second.first].gap.strip() in ("/", ","):
            joined = self._joined(first, "or", second, between=False)
            if joined:
                self._merge(at, 2, joined)

    def _joined(self, first: Slot, join: str, second: Slot, *, between: bool) -> Slot | None:
        if not first.grade or not second.grade or join not in ("or", "and", "to"):
            return None
        led = any(slot.sort in ("part", "matter") for slot in self.items[: self.items.index(first)])
        behind = self.items.index(second) + 1
        if led and self._sort(behind) in ("part", "matter") and join == "and":
            return None
        levels = first.grade.levels | second.grade.levels
        if join == "to" or (join == "and" and between):
            numbers = sorted(level.number for level in self.table.levels if level.id in levels and level.number)
            kinds = {level.kind for level in self.table.levels if level.id in levels}
            levels = frozenset(
                level.id
                for level in self.table.levels
                if level.number and level.kind in kinds and numbers[0] <= level.number <= numbers[-1]
            )
        grade = Grade(levels, f"{first.grade.text} {join} {second.grade.text}", first.grade.loose or second.grade.loose,
                      first.grade.sign and second.grade.sign)  # fmt: skip
        return replace(first, grade=grade, text="")

    def _soften(self) -> None:
        """Words that compare only beside what can be compared, ``under`` and ``by``, are empty elsewhere."""
        self._drop("soft")

    # Components

    def _parts(self) -> None:
        """Words for a stage and words for code or data as one phrase, and shared ones handed on over ``and``."""
        at = 0
        while at < len(self.items):
            if self.items[at].sort == "either":
                field, _, part = self.items[at].value.partition("|")
                beside = {self._sort(at - 1), self._sort(at + 1)} & {"number", "count", "extreme", "comparative"}
                self.items[at] = replace(
                    self.items[at], sort="field" if beside else "part", value=field if beside else part
                )
            if self.items[at].sort in ("part", "matter"):
                self._part(at)
            at += 1
        parts = [n for n, slot in enumerate(self.items) if slot.sort == "part"]
        for n, other in zip(parts, parts[1:], strict=False):
            self._share(n, other)
        self._complete([n for n in parts])

    def _part(self, at: int) -> None:
        stages: frozenset[str] = frozenset()
        matters: frozenset[str] = frozenset()
        end = at
        while self._sort(end) in ("part", "matter"):
            named = frozenset(self.items[end].value.split())
            if self.items[end].sort == "part":
                kept = stages & named if stages else named
                if not kept or (matters and not kept & matters):
                    break
                stages = kept
            else:
                kept = matters & named if matters else named
                if not kept or (stages and not kept & stages):
                    break
                matters = kept
            end += 1
        self._merge(at, end - at, Slot("part", "", 0, 0, "", part=self._made(stages, matters)))

    def _made(self, stages: frozenset[str], matters: frozenset[str]) -> Part:
        wanted = stages & matters if stages and matters else stages or matters
        return Part(tuple(name for name in self.table.component_ids if name in wanted), stages, matters)

    def _share(self, at: int, other: int) -> None:
        """``pre-training and fine-tuning code``, ``pre-training code and data``: what one part leaves to the other."""
        between = [slot.sort for slot in self.items[at + 1 : other]]
        if any(sort not in ("join", "all") for sort in between):
            return
        first, second = self.items[at].part, self.items[other].part
        assert first is not None and second is not None
        if first.stages and not first.matters and second.matters and second.stages and first.stages & second.matters:
            self.items[at] = replace(self.items[at], part=self._made(first.stages, second.matters))
        elif first.stages and not second.stages and first.stages & second.matters:
            self.items[other] = replace(self.items[other], part=self._made(first.stages, second.matters))

    def _complete(self, parts: list[int]) -> None:
        """``data openness of OPT in pre-training``: a stage and a word for code or data that stand apart."""
        staged = [n for n in parts if (part := self.items[n].part) and not part.matters and len(part.components) > 1]
        bare = [n for n in parts if (part := self.items[n].part) and not part.stages]
        if len(staged) != 1 or len(bare) != 1:
            return
        stage, matter = self.items[staged[0]].part, self.items[bare[0]].part
        if stage and matter and stage.stages & matter.matters:
            self.items[bare[0]] = replace(self.items[bare[0]], part=self._made(stage.stages, matter.matters))
            del self.items[staged[0]]

    # Negation

    def _negations(self) -> None:
        """Each refusal with what it refuses; one that refuses nothing stays, and no intent accepts it."""
        at = 0
        while at < len(self.items):
            if self.items[at].sort in ("not", "neither"):
                at = self._refuse(at)
            at += 1

    def _refuse(self, at: int) -> int:
        many = self.items[at].sort == "neither"
        if many:
            later = [slot for slot in self.items[at + 1 :] if slot.sort != "not" or slot.text.lower() != "nor"]
            self.items[at + 1 :] = later
        targets = list(self._refused(at + 1, many=many))
        if not targets and self._of_terms():
            self.items[at] = replace(self.items[at], sort="deny")
            return at
        if not targets and "field" in (self._sort(at + 1), self._sort(at + 2)):
            self.items[at] = replace(self.items[at], sort="given", value="no")
            return at
        if not targets:
            before = [n for n in range(at) if self.items[n].sort in ("publish", "grade")]
            targets = before[-1:]
        for n in targets:
            self.items[n] = self._turned(self.items[n])
        if many and len(targets) > 1 and not any(slot.sort == "part" for slot in self.items[targets[0] : targets[-1]]):
            self._both(targets)
        if targets:
            del self.items[at]
            return at - 1
        return at

    def _of_terms(self) -> bool:
        """Whether the question says what a licence allows."""
        return self.has("permission", "grant", "everything")

    def _both(self, targets: list[int]) -> None:
        """``neither open nor closed`` of one part: what both leave."""
        grades = [slot.grade for slot in (self.items[n] for n in targets) if slot.grade]
        if len(grades) < 2:
            return
        levels = frozenset.intersection(*(grade.levels for grade in grades))
        text = " and ".join(grade.text for grade in grades)
        self.items[targets[0]] = replace(self.items[targets[0]], grade=replace(grades[0], levels=levels, text=text))
        for n in reversed(targets[1:]):
            del self.items[n]

    def _refused(self, start: int, *, many: bool) -> Iterator[int]:
        """The places of what a refusal before ``start`` refuses."""
        for n in range(start, len(self.items)):
            sort = self.items[n].sort
            if sort in ("clause", "not", "neither") and not (many and sort == "neither"):
                return
            if sort in ("publish", "make") and self._sort(n + 1) in ("value", "date"):
                continue
            if sort in _REFUSED:
                yield n
                if not many:
                    return

    def _turned(self, slot: Slot) -> Slot:
        """The opposite of a slot."""
        if slot.sort == "publish":
            levels = frozenset(level.id for level in self.table.levels if level.number == 1)
            return replace(slot, sort="grade", grade=Grade(levels, f"not {slot.text}"))
        if slot.sort == "grade" and slot.grade:
            return replace(slot, grade=self._opposite(slot.grade))
        if slot.sort in ("value", "annotation"):
            return replace(slot, excluded=True)
        return slot if slot.sort == "compare" else replace(slot, sort="refused")

    def _opposite(self, grade: Grade) -> Grade:
        scale = {level.id for level in self.table.levels if level.number} or set(self.table.by_level) | {""}
        if grade.levels <= {UNKNOWN, NOT_APPLICABLE}:
            scale = set(self.table.by_level)
        elif (
            not grade.loose
            and UNKNOWN in self.table.by_level
            and not any(self.table.by_level[n].number == 1 for n in grade.levels)
        ):
            scale.add(UNKNOWN)
        return Grade(frozenset(scale) - grade.levels, f"not {grade.text}", grade.loose, grade.sign, negated=True)

    def _exclusions(self) -> None:
        """Names that the question leaves out, ``other than BLOOM and OPT``, ``excluding those under MIT``."""
        at = 0
        while at < len(self.items):
            if self.items[at].sort == "except":
                end = at + 1
                while self._sort(end) in (
                    "thing",
                    "value",
                    "annotation",
                    "join",
                    "things",
                    "make",
                    "publish",
                    "licence",
                ):
                    end += 1
                names = [slot for slot in self.items[at + 1 : end] if slot.sort in ("thing", "value", "annotation")]
                while end > at + 1 and self._sort(end - 1) == "join":
                    end -= 1
                if (
                    at
                    and self.items[at - 1].sort == "thing"
                    and self._sort(at + 1) == "thing"
                    and not self.has("which", "things")
                ):
                    self.items[at] = replace(self.items[at], sort="compare")
                elif names:
                    end += self._sort(end) == "out"
                    self.items[at:end] = [replace(slot, excluded=True) for slot in names]
                elif self._sort(at + 1) == "grade":
                    self.items[at : at + 2] = [self._turned(self.items[at + 1])]
                elif self._of_terms():
                    self.items[at] = replace(self.items[at], sort="deny")
            at += 1

    def _alternatives(self) -> bool:
        """Whether an ``or`` joins other things than names of one sort."""
        joins = [n for n, slot in enumerate(self.items) if slot.sort == "join" and slot.value == "or"]
        names = ("thing", "value", "annotation", "family", "other")
        return any(self._sort(n - 1) != self._sort(n + 1) or self._sort(n - 1) not in names for n in joins)

    def _particles(self) -> None:
        """``out`` behind what is put out, and in ``3 out of 5``."""
        kept = [
            slot
            for n, slot in enumerate(self.items)
            if slot.sort != "out" or self._sort(n - 1) not in ("part", "points", "number", "licence")
        ]
        self.items = kept

    def _everything(self) -> None:
        """``everything`` and ``only`` speak of permissions beside a licence's terms; else of things, or of a row."""
        if self.has("permission", "grant", "deny"):
            return
        sort = "row" if self.has("thing") else "which"
        idle = ("only", "use") if self.has("licence", "annotation") else ("only",)
        kept = [slot for slot in self.items if slot.sort not in idle]
        self.items = [replace(slot, sort=sort) if slot.sort == "everything" else slot for slot in kept]


def _interval(sign: str, low: int, high: int) -> dict[str, int]:
    """The ends of what a comparator leaves of a stretch of numbers."""
    ends = {"<": (0, low - 1), "<=": (0, high), ">": (high + 1, FAR * 10**12), ">=": (low, FAR * 10**12)}
    first, last = ends.get(sign, (low, high))
    return {"low": first, "high": last}
