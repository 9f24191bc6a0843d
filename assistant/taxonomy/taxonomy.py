"""The taxonomy as a whole: look a cell up, or ask a question in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from rapidfuzz import process

from assistant.taxonomy.answer import TaxonomyAnswer
from assistant.taxonomy.cell import Cell
from assistant.taxonomy.comparing import compare
from assistant.taxonomy.edition import Edition
from assistant.taxonomy.entries import Component, Level, Model
from assistant.taxonomy.listing import column, count, distribution, matching
from assistant.taxonomy.lookup import ambiguous, cell, cells, fact, row, unknown
from assistant.taxonomy.mentions import Scan, Sort
from assistant.taxonomy.names import Names
from assistant.taxonomy.parser import Parser
from assistant.taxonomy.query import Kind, Query
from assistant.taxonomy.ranking import rank
from assistant.taxonomy.reading import read_edition
from assistant.taxonomy.rules import define, judge_licence
from assistant.taxonomy.wording import joined
from corpus.errors import UsageError

__all__ = ["Taxonomy"]


_TABLE = re.compile(r"Table \d+")


class Taxonomy:
    """An edition of the openness taxonomy.

    >>> taxonomy = Taxonomy.load()
    >>> taxonomy.cell("LLaMA-2", "weights").raw
    'D3(LLaMA-2)'
    >>> taxonomy.ask("inference code of lama 2").corrections
    ('lama 2 → LLaMA-2',)
    """

    def __init__(self, edition: Edition, name: str) -> None:
        self.name = name
        self._edition = edition
        self._names = Names(edition)
        self._parser = Parser(edition, self._names)

    @classmethod
    def load(cls, name: str = "eiras-2024") -> Taxonomy:
        """The edition of that name; the same object each time.

        Raises:
            LibraryError: there is no such edition.
        """
        return _loaded(name)

    @property
    def models(self) -> tuple[Model, ...]:
        """The models, in the order of the table."""
        return self._edition.models

    @property
    def components(self) -> tuple[Component, ...]:
        """The components, in the order of the table."""
        return self._edition.components

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels from C1 to D5, then ``?`` and ``N/A``."""
        return self._edition.levels

    def cell(self, model: str, component: str) -> Cell:
        """One cell.

        Raises:
            UsageError: there is no such model or component.
        """
        return self._edition.cells[self._model(model), self._component(component)]

    def row(self, model: str) -> tuple[Cell, ...]:
        """The twelve cells of a model.

        Raises:
            UsageError: there is no such model.
        """
        return self._edition.row(self._model(model))

    def column(self, component: str) -> tuple[Cell, ...]:
        """The cells of all models for a component.

        Raises:
            UsageError: there is no such component.
        """
        return self._edition.column(self._component(component))

    @property
    def key(self) -> str:
        """The work's citation key."""
        return self._edition.work.key

    @property
    def dated(self) -> str:
        """The work and the date of its data."""
        work = self._edition.work
        return f"{work.cited}, data accessed {work.accessed}"

    def names_in(self, text: str) -> list[tuple[str, int, int]]:
        """The table's models that a text names, each with its place: exactly these, no version or variant of theirs."""
        scan = Scan(text)
        self._names.find(scan)
        others = {mention.start for mention in scan.of(Sort.VARIANT)}
        models = [mention for mention in scan.of(Sort.MODEL) if mention.end not in others]
        return [(mention.value, mention.start, mention.end) for mention in models]

    def ask(self, question: str) -> TaxonomyAnswer:
        """Answer a question in plain words; ``found`` is false where the taxonomy has no answer."""
        answer = _execute(self._parser.parse(question), self._edition)
        return replace(answer, taxonomy=self.name, cite=self._cite(answer.source)) if answer.source else answer

    def _cite(self, source: str) -> str:
        """The citation to paste, with each table that a source names: ``[@eiras2024, Table 3]``."""
        places = [*dict.fromkeys(_TABLE.findall(source))] or ["sec. 3.1"]
        return f"[{'; '.join(f'@{self._edition.work.key}, {place}' for place in places)}]"

    def _model(self, name: str) -> str:
        found = self._names.model(name)
        if found is None:
            raise UsageError("No model of the taxonomy has that name", place=name, remedy=_nearest(name, self._known()))
        return found

    def _known(self) -> list[str]:
        return [model.name for model in self.models]

    def _component(self, name: str) -> str:
        if name not in self._edition.by_component:
            known = list(self._edition.by_component)
            raise UsageError("No component has that id", place=name, remedy=_nearest(name, known))
        return name


def _nearest(name: str, known: list[str]) -> str:
    best = process.extractOne(name, known)
    return f"The nearest is {best[0]}" if best else "See the taxonomy's models and components"


@cache
def _loaded(name: str) -> Taxonomy:
    return Taxonomy(read_edition(name), name)


_STEPS: dict[Kind, Callable[[Query, Edition], TaxonomyAnswer]] = {
    Kind.CELL: cell,
    Kind.CELLS: cells,
    Kind.FACT: fact,
    Kind.ROW: row,
    Kind.COLUMN: column,
    Kind.FILTER: matching,
    Kind.COUNT: count,
    Kind.RANKING: rank,
    Kind.COMPARISON: compare,
    Kind.DISTRIBUTION: distribution,
    Kind.DEFINITION: define,
    Kind.LICENCE_RULE: judge_licence,
    Kind.AMBIGUOUS: ambiguous,
    Kind.UNKNOWN_MODEL: unknown,
}


def _execute(query: Query, edition: Edition) -> TaxonomyAnswer:
    """The answer to a query."""
    if query.kind is Kind.NONE:
        return TaxonomyAnswer(query.question, Kind.NONE.value, found=False)
    answer = _STEPS[query.kind](query, edition)
    return replace(
        answer,
        note=joined([*query.notes, answer.note]),
        corrections=query.corrections,
    )
