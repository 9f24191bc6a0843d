"""Full-text search with SQLite FTS5 over the terms of each passage's title, heading and body, and their idf weights."""

import json
import re
import sqlite3
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.store import Database, StoredPassage
from index.analyzer import stem, stems, term_hash, terms
from index.query import Query, Term, query_terms
from index.term_vectors import TermVectors, okapi_idf, passage_terms

__all__ = ["LexicalIndex", "TermWeights"]

_WEIGHTS = (3.0, 1.5, 1.0)
"""Of title, heading and body in BM25."""
_BUDGET = 15_000
"""Postings that one query may read, at 0.8 microseconds each; above it the commonest words, which distinguish least,
are left out, but never the rarest one."""
_SMALL = 20_000
"""Passages of a library in which every word of a query is sought, whatever it costs."""
_PREFIX_TERMS = 64
_AMONG = "rowid IN (SELECT value FROM json_each(?))"


class LexicalIndex:
    """Adds, removes and ranks passages by their words."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.vectors = TermVectors(database)
        """The terms of each passage, for ranking."""

    def add(self, connection: sqlite3.Connection, passages: Iterable[StoredPassage]) -> None:
        """Add passages, in the caller's transaction."""
        found = [(p.passage_id, passage_terms(p)) for p in passages]
        connection.executemany(
            "INSERT INTO passage_words(rowid, title, heading, body) VALUES (?,?,?,?)",
            ((i, " ".join(t.title), " ".join(t.heading), " ".join(t.body)) for i, t in found),
        )
        self.vectors.add(connection, found)

    def remove(self, connection: sqlite3.Connection, passages: Iterable[StoredPassage]) -> None:
        """Remove passages, in the caller's transaction; a contentless table must be told exactly what was put in."""
        found = [(p.passage_id, passage_terms(p)) for p in passages]
        connection.executemany(
            "INSERT INTO passage_words(passage_words, rowid, title, heading, body) VALUES ('delete',?,?,?,?)",
            ((i, " ".join(t.title), " ".join(t.heading), " ".join(t.body)) for i, t in found),
        )
        self.vectors.remove(connection, found)

    def search(
        self, query: str | Query, limit: int, passage_ids: NDArray[np.int64] | None = None
    ) -> list[tuple[int, float]]:
        """Return passage ids with BM25 scores (higher is better), best first; only of ``passage_ids``, if given."""
        expression = self._expression(Query.parse(query) if isinstance(query, str) else query)
        if not expression:
            return []
        columns = f"rowid, -bm25(passage_words, {', '.join(map(str, _WEIGHTS))}) AS score"
        tail, arguments = "ORDER BY score DESC LIMIT ?", list[object]([limit])
        if passage_ids is not None:
            tail = f"AND {_AMONG} {tail}"
            arguments.insert(0, json.dumps(passage_ids.tolist()))
        return [(row[0], row[1]) for row in self._matching(columns, expression, tail, *arguments)]

    def with_phrases(self, phrases: Sequence[str], limit: int) -> list[int]:
        """Return ids of passages that contain one of ``phrases``, compared by stems; the most similar first."""
        rows = [tuple(terms(phrase)) for phrase in phrases]
        expression = " OR ".join(_quoted(Term(parts)) for parts in rows if parts)
        if not expression:
            return []
        return [row[0] for row in self._matching("rowid", expression, "ORDER BY bm25(passage_words) LIMIT ?", limit)]

    def having(self, query: Query, passage_ids: Sequence[int]) -> set[int]:
        """Return those of ``passage_ids`` that contain every required phrase."""
        if not query.required:
            return set(passage_ids)
        expression = " AND ".join(_quoted(term) for term in query.required)
        return {row[0] for row in self._matching("rowid", expression, f"AND {_AMONG}", json.dumps(list(passage_ids)))}

    def document_frequency(self, term: str) -> int:
        """Count the passages that contain a word, in any inflection and spelling."""
        parts = tuple(terms(term))
        if len(parts) == 1:
            return sum(self.vectors.frequencies([term_hash(parts[0])]).values())
        if not parts:
            return 0
        return int(self._matching("count(*)", _quoted(Term(parts))).fetchone()[0])

    def size(self) -> int:
        """Count the passages."""
        return self.vectors.totals().passages

    def _matching(self, columns: str, expression: str, tail: str = "", *arguments: object) -> sqlite3.Cursor:
        sql = f"SELECT {columns} FROM passage_words WHERE passage_words MATCH ? {tail}"
        return self._database.reader().execute(sql, (expression, *arguments))

    def _expression(self, query: Query) -> str:
        """Write the query in FTS5's syntax."""
        wanted = " OR ".join(_quoted(term) for term in self._affordable(query))
        if not query.required:
            return wanted
        required = " AND ".join(_quoted(term) for term in query.required)
        # The first alternative ranks; the second admits passages that contain the phrases alone.
        return f"({required} AND ({wanted})) OR ({required})" if wanted else required

    def _affordable(self, query: Query) -> list[Term]:
        """Return the rarest terms whose postings fit the budget; all of them beside required phrases."""
        if query.required or self.size() <= _SMALL:
            return list(query.terms)
        counts = self.vectors.frequencies([term_hash(part) for term in query.terms for part in term.parts])
        costs = [(self._postings(term, counts), position) for position, term in enumerate(query.terms)]
        kept, total = set[int](), 0
        for cost, position in sorted(costs):
            total += cost
            if kept and total > _BUDGET:
                break
            kept.add(position)
        return [term for position, term in enumerate(query.terms) if position in kept]

    def _postings(self, term: Term, counts: dict[int, int]) -> int:
        if term.prefix:
            found = [term_hash(other) for other in self.vectors.beginning_with(term.parts[-1], _PREFIX_TERMS)]
            return sum(self.vectors.frequencies(found).values())
        return sum(counts.get(term_hash(part), 0) for part in term.parts)


class TermWeights:
    """The content words of a question with their inverse document frequencies in one library."""

    def __init__(self, question: str, lexical: LexicalIndex) -> None:
        size = lexical.size()
        self.missing: list[str] = []
        """Words that do not occur in the library, as typed in the question."""
        self._weights: dict[str, float] = {}
        unknown = 0.0
        for term in query_terms(question):
            frequency = lexical.document_frequency(term)
            if not frequency:
                typed = re.search(rf"(?<!\w){re.escape(term)}(?!\w)", question, re.IGNORECASE)
                self.missing.append(typed.group() if typed else term)
            weight = okapi_idf(size, frequency)
            unknown += 0.0 if frequency else weight
            for part in stems(term):
                self._weights[part] = max(weight, self._weights.get(part, 0.0))
        self._total = sum(self._weights.values())
        self.known = 1 - unknown / self._total if self._total else 0.0
        """Weighted share of the words that occur in the library, 0 to 1."""

    def heaviest(self) -> list[tuple[str, float]]:
        """Return the stems with their weights, heaviest first."""
        return sorted(self._weights.items(), key=lambda item: -item[1])

    def coverage(self, text_stems: Iterable[str]) -> float:
        """Return the weighted share of the question's words that are among ``text_stems``, 0 to 1."""
        present = set(text_stems)
        covered = sum(weight for part, weight in self._weights.items() if part in present)
        return covered / self._total if self._total else 0.0


def _quoted(term: Term) -> str:
    """Quote a term for FTS5, which reads bare words as its own syntax ("NOT", "NEAR")."""
    text = " ".join(term.parts)
    # The word itself may have a stem that does not begin so: study* has to find "study", indexed as "studi".
    return f'("{text}"* OR "{stem(text)}")' if term.prefix else f'"{text}"'
