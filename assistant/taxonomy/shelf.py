"""Every table that can be asked: the openness tables, the ones that come along, and a person's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache, cached_property
from typing import Any

from assistant.taxonomy.entry_lists import EntryList
from assistant.taxonomy.execution import execute
from assistant.taxonomy.gazetteer import Gazetteer, key_of, nearest, shared_words, words_of
from assistant.taxonomy.interpreter import Interpreter, Query
from assistant.taxonomy.licence_rule import read_rule
from assistant.taxonomy.slots import Slots
from assistant.taxonomy.table import Cell, Table, TaxonomyAnswer, Thing, joined
from assistant.taxonomy.table_files import OPENNESS, TABLES, data_rows, read_table
from corpus.errors import UsageError

__all__ = ["Shelf", "Taxonomy"]

_INDEX = "osai-index"


class Taxonomy:
    """A table that can be asked.

    >>> taxonomy = Taxonomy.load()
    >>> taxonomy.cell("LLaMA-2", "weights").raw
    'D3(LLaMA-2)'
    >>> taxonomy.ask("inference code of lama 2").corrections
    ('lama 2 → LLaMA-2',)
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self.name = table.head.name

    @classmethod
    def load(cls, name: str = OPENNESS) -> Taxonomy:
        """The table of that name that comes along, read once; raises LibraryError where there is none."""
        return _loaded(name)

    def cell(self, model: str, component: str) -> Cell:
        """One cell; raises UsageError where there is no such thing or component."""
        table, thing = self.table, self.thing(model)
        if thing is None:
            raise _missing(f"No {table.head.thing} of the taxonomy has that name", model, table.by_name)
        if component not in table.component_ids:
            raise _missing("No component has that id", component, table.component_ids)
        return table.cell(thing.name, component)

    def thing(self, name: str) -> Thing | None:
        """The thing of that name or alias."""
        found = self._gazetteer.find(key_of(name), "")
        return self.table.by_name.get(found[1]) if found and found[0] == "thing" else None

    def names_in(self, text: str) -> list[tuple[str, int, int]]:
        """The things that a text names, each with its place: exactly these, no version or variant of theirs."""
        words = words_of(text)
        slots = Slots(self.table, words, self._gazetteer.claim(words, text))
        return [(slot.value, words[slot.first].start, words[slot.last - 1].end) for slot in slots.of("thing")]

    def ask(self, question: str, *, named: bool = True) -> TaxonomyAnswer:
        """Answer a question in plain words; ``found`` is false where the table has no answer.

        ``named`` says that the question is known to be for this table.
        """
        if self.entries is not None:
            return self.entries.ask(question, named=named)
        query = self._interpreter.interpret(question, named=named and self.name != OPENNESS)
        if query.kind == "licence_rule":
            return read_rule(self.name).judge(query, self.table)
        if not named and not _concerns(query):
            query = Query(question)
        answer = execute(query, self.table)
        ranged = {item.sort for item in query.conditions} == {"range"}
        if ranged and query.kind in ("filter", "count") and not answer.models:
            return TaxonomyAnswer(question, "none", found=False)  # the question may be about other things
        return answer

    def names_itself(self, question: str) -> bool:
        """Whether the question names this table."""
        words = words_of(question)
        return any(mention.sort == "head" for mention in self._gazetteer.claim(words, question))

    @cached_property
    def entries(self) -> EntryList | None:
        """The table as a list of entries, where it has no graded components."""
        return None if self.table.components else EntryList(self.table)

    @cached_property
    def _interpreter(self) -> Interpreter:
        ruled = bool(self.table.head.several_sources)
        return Interpreter(self.table, self._gazetteer, read_rule(self.name).asked if ruled else lambda slots: None)

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        table, head, words = self.table, self.table.head, Gazetteer(shared_words())
        if head.name == OPENNESS:
            words.read(head.name)
        for thing in table.things:
            words.add(thing.name, "thing", thing.name)
        for thing in table.things:
            words.add_all(thing.aliases, "thing", thing.name)
        for family in table.families:
            words.add(family.name, "family", family.name)
        for sort, columns in (("field", table.fields), ("part", table.components)):
            for column in columns:
                words.add_all((column.title, column.id.replace("_", " "), *column.aliases), sort, column.id)
                for thing in table.things if column.kind == "names" else ():
                    for value in table.names(thing.name, column.id):
                        words.add_all((value, *column.values.get(value, ())), "value", f"{column.id}={value}")
        for sort, names in (("grade", table.by_level), ("annotation", table.annotations), ("other", table.others)):
            for name in names:
                words.add(name, sort, name)
        words.add(head.thing, "things", "one")
        words.add(head.things, "things", "many")
        words.add_all((head.name, head.title, head.work, *head.anchors), "head", head.name)
        return words


def _missing(cause: str, name: str, known: Iterable[str]) -> UsageError:
    return UsageError(cause, place=name, remedy=f"The nearest is {nearest(name, tuple(known))[0]}")


def _concerns(query: Query) -> bool:
    """Whether a question names something that only this table has: a thing, or a component with a level."""
    graded = any(condition.sort == "level" for condition in query.conditions)
    return query.kind != "unknown_model" and bool(query.things or graded)


@cache
def _loaded(name: str) -> Taxonomy:
    return Taxonomy(read_table(name))


class Shelf:
    """Asks the table that a question is about."""

    def __init__(self, own: Iterable[Table] = ()) -> None:
        self.openness = Taxonomy.load(OPENNESS)
        self._own = [Taxonomy(table) for table in own]
        self._others = {name: Taxonomy.load(name) for name in TABLES}
        self._index = self._others[_INDEX]
        self._lists = [asked.entries for asked in self._others.values() if asked.entries]

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table, the openness tables first."""
        return tuple(asked.table for asked in (self.openness, *self._others.values(), *self._own))

    def table(self, name: str) -> Table:
        """The table of that name; raises UsageError where there is none."""
        return self._asked(name).table

    def ask(self, question: str, *, within: str = "") -> TaxonomyAnswer:
        """The answer to a question; ``within`` names the one table to ask. Raises UsageError where there is none."""
        if within:
            return self._asked(within).ask(question)
        for asked in (*self._own, self._index):
            if asked.entries is None and asked.names_itself(question) and (answer := asked.ask(question)).found:
                return answer
        answer = self.openness.ask(question)
        if answer.found:
            return replace(answer, beside=tuple(self._beside(answer)))
        for asked in self._own:
            if (own := asked.ask(question, named=False)).found:
                return own
        return self._listed(question) or (self._elsewhere(answer) if answer.unknown else answer)

    def _listed(self, question: str) -> TaxonomyAnswer | None:
        """The entries of the list that the question points to most, those of others beside."""
        ordered = sorted(self._lists, key=lambda entries: -entries.telling_words(question))
        found = [entry for entries in ordered if (entry := entries.ask(question)).found]
        names = ("taxonomy", "value", "text", "source", "cite")
        beside = tuple({name: getattr(other, name) for name in names} for other in found[1:])
        return replace(found[0], beside=beside) if found else None

    def _asked(self, name: str) -> Taxonomy:
        known = {asked.name: asked for asked in (*self._own, *self._others.values(), self.openness)}
        if name not in known:
            names = ", ".join((OPENNESS, *TABLES, *(asked.name for asked in self._own)))
            raise UsageError("No taxonomy has that name", place=name, remedy=f"Known are {names}")
        return known[name]

    def _beside(self, answer: TaxonomyAnswer) -> Iterable[dict[str, Any]]:
        """What the other index says of the one model asked about, through the crosswalk."""
        if len(answer.models) != 1 or answer.kind not in ("cell", "cells", "row"):
            return
        theirs = {row["component"]: row["theirs"].split() for row in data_rows(OPENNESS, "crosswalk_components.csv")}
        ids = [name for component in answer.components for name in theirs.get(component, ())]
        for row in data_rows(OPENNESS, "crosswalk_models.csv"):
            if row["model"] == answer.models[0] and (thing := self._index.thing(row["thing"])):
                yield self._from_index(thing, ids, row["relation"])

    def _from_index(self, thing: Thing, ids: Sequence[str], relation: str) -> dict[str, Any]:
        table = self._index.table
        cells = [table.cell(thing.name, name) for name in table.component_ids if not ids or name in ids]
        said = ", ".join(f"{cell.component_title.lower()} {cell.raw}" for cell in cells)
        name = f"{thing.name} ({relation})" if relation else thing.name
        told = {"taxonomy": self._index.name, "model": thing.name, "relation": relation}
        return told | {
            "value": {cell.component: cell.raw for cell in cells},
            "evidence": {cell.component: cell.note for cell in cells if cell.note},
            "text": f"{table.head.title}, {name}: {said}. Other levels, not converted.",
            "source": table.source((thing.name,)),
            "attribution": table.head.attribution,
            "cite": table.cite(),
        }

    def _elsewhere(self, answer: TaxonomyAnswer) -> TaxonomyAnswer:
        """A model that the openness tables lack, where the other index has it: shown beside, no level given."""
        found = [thing for name in answer.unknown if (thing := self._index.thing(name))]
        beside = tuple(self._from_index(thing, (), "") for thing in found)
        return replace(answer, text=joined([answer.text, *(item["text"] for item in beside)]), beside=beside)
