"""Questions on a classification with graded components: cells, rows, filters, counts, comparisons, rankings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from assistant.taxonomy.answer import TaxonomyAnswer
from assistant.taxonomy.cell import Cell
from assistant.taxonomy.schemes.scheme import Column, Scheme, Thing
from assistant.taxonomy.schemes.words import Found, Names, Text, key_of
from assistant.taxonomy.wording import enumeration

__all__ = ["SchemeQuestions"]

_SHOWN = 50
"""So many names stand in a sentence, and so many cells are shown."""
_NEGATING = ("not", "no", "never", "without", "isn", "aren", "t", "except", "other")


class SchemeQuestions:
    """Answers questions on one classification; lookups are made once, at the first question."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme

    @cached_property
    def _things(self) -> Names:
        names = {alias: thing.name for thing in self.scheme.things for alias in thing.aliases}
        return Names(names | {thing.name: thing.name for thing in self.scheme.things})

    @cached_property
    def _columns(self) -> Names:
        named: dict[str, str] = {}
        for column in (*self.scheme.fields, *self.scheme.components):
            for name in (*column.aliases, column.title, column.id.replace("_", " ")):
                named[name] = column.id
        return Names(named)

    @cached_property
    def _levels(self) -> Names:
        return Names({step.id: step.id for step in self.scheme.levels})

    @cached_property
    def _heads(self) -> Names:
        head = self.scheme.head
        return Names(dict.fromkeys((head.name, head.title, head.work, *head.anchors), head.name))

    def names_itself(self, question: str) -> bool:
        """Whether the question names this classification."""
        return bool(Text(question).claim(self._heads))

    def thing(self, name: str) -> Thing | None:
        """The thing of that name or alias."""
        found = self._things.by_key.get(key_of(name))
        return None if found is None else self.scheme.by_name[found]

    def ask(self, question: str, *, named: bool = False) -> TaxonomyAnswer:
        """The answer; ``named`` says that the question is known to be for this classification."""
        text = Text(question)
        named = bool(text.claim(self._heads)) or named
        columns_first = text.claim(self._columns)
        things = text.claim(self._things)
        levels = text.claim(self._levels)
        corrections: list[str] = []
        context = (*self.scheme.head.context, self.scheme.head.thing, self.scheme.head.things)
        rest = text.rest(context)
        if rest and not things:
            things = self._corrected(text, rest, corrections)
            rest = text.rest(context)
        reading = _Reading(text, things, columns_first, levels, rest, tuple(corrections))
        if not self._about(reading, named):
            return TaxonomyAnswer(question, "none", found=False)
        return self._answer(reading, named)

    def _about(self, reading: _Reading, named: bool) -> bool:
        graded = bool(reading.things) or (bool(reading.columns) and bool(reading.levels))
        if not named and not graded:
            return False
        asked = reading.columns or reading.levels or len(reading.text.words) <= 6 or named
        return bool(asked) and len(reading.rest) <= (1 if named or (reading.things and reading.columns) else 0)

    def _corrected(self, text: Text, rest: Sequence[str], corrections: list[str]) -> list[Found]:
        for size in (3, 2, 1):
            for at in range(len(text.words) - size + 1):
                written = " ".join(text.words[at : at + size])
                if any(text.claimed[at : at + size]) or not set(text.words[at : at + size]) & set(rest):
                    continue
                if near := self._things.nearest(written):
                    text.claimed[at : at + size] = [True] * size
                    corrections.append(f"{written} → {near[1]}")
                    return [Found(near[1], at, at + size)]
        return []

    def _answer(self, reading: _Reading, named: bool) -> TaxonomyAnswer:
        text, scheme = reading.text, self.scheme
        things = tuple(scheme.by_name[name] for name in dict.fromkeys(found.value for found in reading.things))
        columns = tuple(self._column(name) for name in dict.fromkeys(found.value for found in reading.columns))
        if len(things) > 1:
            return self._compare(reading, things, columns)
        if things:
            return self._row(reading, things[0], columns)
        if text.has("most", "least", "best", "worst", "rank", "top"):
            return self._rank(reading, [column for column in columns if column in scheme.components])
        tests = self._tests(reading)
        if tests:
            return self._filter(reading, tests)
        if reading.levels and text.has("mean", "means", "define", "definition", "explain", "meaning"):
            value = {found.value: scheme.meanings[found.value] for found in reading.levels}
            said = "; ".join(f"{level}: {meaning or 'no meaning is given'}" for level, meaning in value.items())
            return self._made(reading, "definition", value, f"{said}.", (), ())
        if columns:
            return self._column_answer(reading, columns)
        return self._about_scheme(reading)

    def _column(self, name: str) -> Column:
        return next(column for column in (*self.scheme.components, *self.scheme.fields) if column.id == name)

    def _tests(self, reading: _Reading) -> list[tuple[Column, frozenset[str], bool]]:
        """Each component with the levels that are said of it, and whether they are refused."""
        tests = []
        parts = [
            (found, column)
            for found in reading.columns
            if (column := self._column(found.value)) in self.scheme.components
        ]
        for found, column in parts:
            before = [level for level in reading.levels if level.end <= found.start]
            after = [level for level in reading.levels if level.start >= found.end]
            near = before[-1:] if before and (before[-1].end == found.start or not after) else after[:1] or before[-1:]
            if not near:
                continue
            wanted = {near[0].value}
            low = max(0, near[0].start - 2)
            refused = any(word in _NEGATING for word in reading.text.words[low : near[0].start])
            tests.append((column, frozenset(wanted), refused))
        return tests

    def _passing(self, tests: Sequence[tuple[Column, frozenset[str], bool]]) -> list[Thing]:
        scheme = self.scheme
        things: Sequence[Thing] = scheme.things
        for column, levels, refused in tests:
            place, wanted = scheme.components.index(column), self._printed(levels)
            things = [thing for thing in things if (thing.cells[place] in wanted) != refused]
        return list(things)

    def _printed(self, levels: frozenset[str]) -> frozenset[str]:
        """The printed cells that have one of these levels."""
        return frozenset(raw for raw in self._raws if self.scheme.level(raw) in levels)

    @cached_property
    def _raws(self) -> frozenset[str]:
        return frozenset(raw for thing in self.scheme.things for raw in thing.cells)

    def _filter(self, reading: _Reading, tests: Sequence[tuple[Column, frozenset[str], bool]]) -> TaxonomyAnswer:
        found = self._passing(tests)
        names = [thing.name for thing in found]
        said = enumeration(
            f"{column.title} {'not ' if refused else ''}{'/'.join(sorted(levels))}" for column, levels, refused in tests
        )
        total, shown = len(self.scheme.things), names[:_SHOWN]
        more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
        head = f"{said}: {len(names):,} of {total:,} {self.scheme.head.things}"
        cells = tuple(self.scheme.cell(thing, column) for thing in found[:_SHOWN] for column, _, _ in tests)
        columns = tuple(column.title for column, _, _ in tests)
        text = reading.text
        if text.has("share", "percentage", "percent", "proportion", "fraction"):
            value: Any = {"count": len(names), "total": total, "percent": round(100 * len(names) / total, 2)}
            return self._made(reading, "count", value, f"{head} ({value['percent']} %).", cells, columns)
        if text.has("many", "number", "count"):
            return self._made(reading, "count", len(names), f"{head}.", cells, columns)
        listed = f": {enumeration(shown)}{more}" if names else ""
        return self._made(reading, "filter", names, f"{head}{listed}.", cells, columns)

    def _row(self, reading: _Reading, thing: Thing, columns: Sequence[Column]) -> TaxonomyAnswer:
        scheme = self.scheme
        cells = tuple(scheme.cell(thing, column) for column in columns) or scheme.row(thing)
        said = "; ".join(f"{cell.component_title.lower()} {cell.raw or 'not given'}" for cell in cells)
        titles = tuple(column.title for column in columns)
        if len(columns) == 1:
            cell = cells[0]
            value: Any = {"model": thing.name, "component": cell.component, "raw": cell.raw, "level": cell.level}
            value["annotation"] = cell.annotation
            return self._made(reading, "cell", value, f"{thing.name}: {said}.", cells, titles, (thing.name,))
        value = {cell.component: cell.raw for cell in cells}
        kind = "cells" if columns else "row"
        return self._made(reading, kind, value, f"{thing.name}: {said}.", cells, titles, (thing.name,))

    def _compare(self, reading: _Reading, things: Sequence[Thing], columns: Sequence[Column]) -> TaxonomyAnswer:
        scheme = self.scheme
        chosen = list(columns or scheme.components)
        rows = [(column, [scheme.cell(thing, column) for thing in things]) for column in chosen]
        differing = [(column, cells) for column, cells in rows if len({cell.raw for cell in cells}) > 1]
        value = {column.id: [cell.raw for cell in cells] for column, cells in differing}
        names = tuple(thing.name for thing in things)
        said = "; ".join(f"{column.title}: {', '.join(value[column.id])}" for column, _ in differing)
        text = f"{enumeration(names)} differ in {len(differing)} of {len(chosen)} columns{': ' if said else ''}{said}."
        cells = tuple(cell for _, group in differing for cell in group)
        return self._made(reading, "comparison", value, text, cells, tuple(c.title for c, _ in differing), names)

    def _rank(self, reading: _Reading, columns: Sequence[Column]) -> TaxonomyAnswer:
        scheme = self.scheme
        wanted = [found.value for found in reading.levels]
        best = scheme.head.best or (scheme.levels[0].id if scheme.levels else "")
        levels = frozenset(wanted or [best])
        places = [scheme.components.index(column) for column in columns]
        printed = self._printed(levels)
        scores = [
            (thing.name, sum(map(printed.__contains__, [thing.cells[n] for n in places] if places else thing.cells)))
            for thing in scheme.things
        ]
        scores.sort(key=lambda pair: pair[1], reverse=not reading.text.has("least", "worst"))
        number = next((int(word) for word in reading.text.words if word.isdigit()), 5)
        top = scores[:number]
        listed = ", ".join(f"{name} {count}" for name, count in top)
        text = f"By number of components at {'/'.join(sorted(levels))}: {listed}."
        return self._made(reading, "ranking", [list(pair) for pair in top], text, (), tuple(c.title for c in columns))

    def _column_answer(self, reading: _Reading, columns: Sequence[Column]) -> TaxonomyAnswer:
        scheme, column = self.scheme, columns[0]
        if reading.text.has("mean", "means", "define", "definition", "explain", "meaning") and column.meaning:
            return self._made(
                reading, "definition", column.meaning, f"{column.title}: {column.meaning}", (), (column.title,)
            )
        if column in scheme.components:
            place = scheme.components.index(column)
            counts = Counter(scheme.level(thing.cells[place]) for thing in scheme.things)
            said = ", ".join(f"{level or 'empty'} {count}" for level, count in counts.most_common())
            return self._made(reading, "distribution", dict(counts), f"{column.title}: {said}.", (), (column.title,))
        values = Counter(value for thing in scheme.things if (value := thing.fields[scheme.fields.index(column)]))
        said = ", ".join(f"{value} {count}" for value, count in values.most_common(_SHOWN))
        return self._made(reading, "column", dict(values), f"{column.title}: {said}.", (), (column.title,))

    def _about_scheme(self, reading: _Reading) -> TaxonomyAnswer:
        scheme = self.scheme
        names = [thing.name for thing in scheme.things]
        if reading.text.has("many", "number", "count"):
            text = f"{scheme.head.title} has {len(names):,} {scheme.head.things}."
            return self._made(reading, "count", len(names), text, (), ())
        parts = enumeration(column.title for column in scheme.components)
        text = f"{scheme.head.title}: {len(names):,} {scheme.head.things}, graded by {parts}."
        return self._made(reading, "filter", names, text, (), ())

    def _made(
        self, reading: _Reading, kind: str, value: Any, text: str, cells: tuple[Cell, ...],
        columns: tuple[str, ...], things: tuple[str, ...] = (),
    ) -> TaxonomyAnswer:  # fmt: skip
        head = self.scheme.head
        dated = f"As of {head.accessed}." if head.accessed else ""
        remarks = [self.scheme.notes.get((name, ""), "") for name in things]
        return TaxonomyAnswer(
            question=reading.text.question,
            kind=kind,
            found=True,
            models=things,
            components=tuple(dict.fromkeys(cell.component for cell in cells)),
            value=value,
            text=text,
            note=" ".join(part for part in (*remarks, dated, head.attribution) if part),
            source=self.scheme.source(things, columns),
            cells=cells[:_SHOWN],
            corrections=reading.corrections,
            taxonomy=head.name,
            cite=self.scheme.cite(),
        )


class _Reading:
    """What was understood of a question."""

    def __init__(
        self, text: Text, things: list[Found], columns: list[Found], levels: list[Found], rest: list[str],
        corrections: tuple[str, ...],
    ) -> None:  # fmt: skip
        self.text, self.things, self.columns = text, things, columns
        self.levels, self.rest, self.corrections = levels, rest, corrections
        self.question = re.sub(r"\s+", " ", text.question)
