"""All classifications together: the openness tables, the ones that come along, and a person's own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from importlib.resources import files
from typing import Any

from assistant.taxonomy.answer import TaxonomyAnswer
from assistant.taxonomy.schemes.asking import SchemeQuestions
from assistant.taxonomy.schemes.entries import EntryQuestions
from assistant.taxonomy.schemes.reading import SCHEMES, read_scheme
from assistant.taxonomy.schemes.scheme import Scheme, Thing
from assistant.taxonomy.taxonomy import Taxonomy
from corpus.errors import UsageError

__all__ = ["OPENNESS", "Shelf"]

OPENNESS = "eiras-2024"
_OTHER_INDEX = "osai-index"


class Shelf:
    """Asks the classification that a question is about."""

    def __init__(self, own: Iterable[Scheme] = ()) -> None:
        self.openness = Taxonomy.load(OPENNESS)
        self._own = [_questions(scheme) for scheme in own]

    @cached_property
    def _entries(self) -> list[EntryQuestions]:
        return [EntryQuestions(read_scheme(name)) for name in SCHEMES if name != _OTHER_INDEX]

    @cached_property
    def _index(self) -> SchemeQuestions:
        return SchemeQuestions(read_scheme(_OTHER_INDEX))

    @property
    def schemes(self) -> tuple[Scheme, ...]:
        """Every classification but the openness tables."""
        return tuple(asked.scheme for asked in (*self._entries, self._index, *self._own))

    def ask(self, question: str, *, within: str = "") -> TaxonomyAnswer:
        """The answer to a question; ``within`` names the one classification to ask.

        Raises:
            UsageError: there is no classification of that name.
        """
        if within:
            return self._within(question, within)
        for asked in (*self._own, self._index):
            if isinstance(asked, SchemeQuestions) and asked.names_itself(question):
                answer = asked.ask(question)
                if answer.found:
                    return answer
        answer = self.openness.ask(question)
        if answer.found:
            return replace(answer, beside=tuple(self._beside(answer)))
        for asked in self._own:
            own = asked.ask(question)
            if own.found:
                return own
        if answer.kind == "unknown_model":
            return self._elsewhere(answer)
        lists = sorted(self._entries, key=lambda asked: -asked.told_apart(question))
        found = [entry for asked in lists if (entry := asked.ask(question)).found]
        if not found:
            coverage, entry = max((asked.loosely(question) for asked in lists), key=lambda pair: pair[0])
            return entry if coverage else answer
        return replace(found[0], beside=tuple(_aside(other) for other in found[1:]))

    def concepts(self, phrase: str) -> list[tuple[Scheme, Thing]]:
        """The entries of any list that a phrase names."""
        return [(asked.scheme, thing) for asked in self._entries for thing in asked.concept(phrase)]

    def _within(self, question: str, name: str) -> TaxonomyAnswer:
        if name == OPENNESS:
            return self.openness.ask(question)
        return self._asked(name).ask(question, named=True)

    def scheme(self, name: str) -> Scheme:
        """The classification of that name.

        Raises:
            UsageError: there is none.
        """
        return self._asked(name).scheme

    def _asked(self, name: str) -> SchemeQuestions | EntryQuestions:
        for asked in (*self._own, self._index, *self._entries):
            if asked.scheme.head.name == name:
                return asked
        known = ", ".join([OPENNESS, *(scheme.head.name for scheme in self.schemes)])
        raise UsageError("No taxonomy has that name", place=name, remedy=f"Known are {known}")

    def _beside(self, answer: TaxonomyAnswer) -> Iterable[dict[str, Any]]:
        """What the other index says of the one model asked about, through the crosswalk."""
        if len(answer.models) != 1 or answer.kind not in ("cell", "cells", "row"):
            return
        for row in _crosswalk("crosswalk_models.csv"):
            if row["model"] == answer.models[0] and (thing := self._index.thing(row["thing"])):
                ids = {theirs for ours in answer.components for theirs in _theirs(ours)}
                yield self._from_index(thing, ids, row["relation"])

    def _from_index(self, thing: Thing, ids: Iterable[str], relation: str) -> dict[str, Any]:
        scheme = self._index.scheme
        wanted = set(ids)
        cells = [scheme.cell(thing, column) for column in scheme.components if not wanted or column.id in wanted]
        said = ", ".join(f"{cell.component_title.lower()} {cell.raw}" for cell in cells)
        name = f"{thing.name} ({relation})" if relation else thing.name
        return {
            "taxonomy": scheme.head.name,
            "model": thing.name,
            "relation": relation,
            "value": {cell.component: cell.raw for cell in cells},
            "evidence": {cell.component: cell.note for cell in cells if cell.note},
            "text": f"{scheme.head.title}, {name}: {said}. Other levels, not converted.",
            "source": scheme.source((thing.name,)),
            "attribution": scheme.head.attribution,
            "cite": scheme.cite(),
        }

    def _elsewhere(self, answer: TaxonomyAnswer) -> TaxonomyAnswer:
        """A model that the openness tables lack, where the other index has it: shown beside, no level given."""
        found = [thing for name in answer.unknown if (thing := self._index.thing(name))]
        beside = tuple(self._from_index(thing, (), "") for thing in found)
        text = " ".join([answer.text, *(item["text"] for item in beside)])
        return replace(answer, text=text, beside=beside)


def _questions(scheme: Scheme) -> SchemeQuestions | EntryQuestions:
    return SchemeQuestions(scheme) if scheme.components else EntryQuestions(scheme)


def _aside(answer: TaxonomyAnswer) -> dict[str, Any]:
    names = ("taxonomy", "value", "text", "source", "cite")
    return {name: getattr(answer, name) for name in names}


def _crosswalk(name: str) -> Sequence[dict[str, str]]:
    text = (files("assistant.taxonomy") / "data" / OPENNESS / name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def _theirs(component: str) -> list[str]:
    rows = _crosswalk("crosswalk_components.csv")
    return [theirs for row in rows if row["component"] == component for theirs in row["theirs"].split()]
