"""The weight of a question's words in one library, for weighing single sentences."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from index.analyzer import stems
from index.lexical import LexicalIndex
from index.query import query_terms

__all__ = ["TermWeights"]


class TermWeights:
    """The telling words of a question with their inverse document frequencies in one library."""

    def __init__(self, question: str, lexical: LexicalIndex) -> None:
        size = lexical.size()
        self.missing: list[str] = []
        """Words that occur nowhere in the library, as typed in the question."""
        self._weights: dict[str, float] = {}
        unknown = 0.0
        for term in query_terms(question):
            frequency = lexical.document_frequency(term)
            if not frequency:
                self.missing.append(_as_typed(term, question))
            # Okapi's inverse document frequency, kept positive.
            weight = math.log(1 + (size - frequency + 0.5) / (frequency + 0.5))
            unknown += 0.0 if frequency else weight
            for part in stems(term):
                self._weights[part] = max(weight, self._weights.get(part, 0.0))
        self.known = 1 - unknown / self.total if self.total else 0.0
        """Weighted share of the words that occur in the library, 0 to 1."""

    @property
    def total(self) -> float:
        """The sum of all weights."""
        return sum(self._weights.values())

    def heaviest(self) -> list[tuple[str, float]]:
        """The stems with their weights, heaviest first."""
        return sorted(self._weights.items(), key=lambda item: -item[1])

    def coverage(self, text_stems: Iterable[str]) -> float:
        """The weighted share of the question's words that are among ``text_stems``, 0 to 1."""
        present = set(text_stems)
        total = self.total
        return sum(w for s, w in self._weights.items() if s in present) / total if total else 0.0


def _as_typed(term: str, question: str) -> str:
    found = re.search(rf"(?<!\w){re.escape(term)}(?!\w)", question, re.IGNORECASE)
    return found.group() if found else term
