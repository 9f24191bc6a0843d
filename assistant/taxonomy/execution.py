"""From a query to an answer, over the tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assistant.taxonomy.answer import TaxonomyAnswer
from assistant.taxonomy.comparing import compare
from assistant.taxonomy.edition import Edition
from assistant.taxonomy.listing import column, count, distribution, matching
from assistant.taxonomy.lookup import ambiguous, cell, cells, fact, row, unknown
from assistant.taxonomy.query import Kind, Query
from assistant.taxonomy.ranking import rank
from assistant.taxonomy.rules import define, judge_licence
from assistant.taxonomy.wording import joined

__all__ = ["execute"]

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


def execute(query: Query, edition: Edition) -> TaxonomyAnswer:
    """The answer to a query."""
    if query.kind is Kind.NONE:
        return TaxonomyAnswer(query.question, Kind.NONE.value, found=False)
    answer = _STEPS[query.kind](query, edition)
    return replace(
        answer,
        note=joined([*query.notes, answer.note]),
        corrections=query.corrections,
    )
