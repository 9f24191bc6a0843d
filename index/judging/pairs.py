"""Pairs: how the judge reads a question, a sentence and what stands around it as one row of tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.quotable import needs_antecedent
from index.embedding.embedding_model import read_tokenizer

__all__ = ["Pair", "PairTokenizer"]

_QUESTION, _TITLE, _BEFORE, _SENTENCE = 48, 16, 28, 72
"""Most tokens of each part."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question, a sentence that may answer it, and what the sentence needs to be understood."""

    question: str
    sentence: str
    title: str = ""
    before: str = ""
    """The sentence before, where this one needs an antecedent; else empty."""

    @classmethod
    def of(cls, question: str, title: str, sentences: Sequence[str], number: int) -> Pair:
        """The pair of the sentence at ``number`` of one text."""
        leans = number > 0 and needs_antecedent(sentences[number])
        return cls(question, sentences[number], title, sentences[number - 1] if leans else "")


class PairTokenizer:
    """Encodes pairs: ``[CLS] question [SEP] title before sentence [SEP]``, where the sentence alone is of type 1."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = read_tokenizer(folder / "tokenizer.json")
        self._tokenizer.no_truncation()
        self._first, self._last = (self._tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]"))

    def encode(self, pairs: Sequence[Pair]) -> tuple[list[list[int]], list[list[int]]]:
        """Token ids and token types of each pair."""
        texts = {text for pair in pairs for text in (pair.question, pair.title, pair.before, pair.sentence)}
        order = list(texts)
        encoded = self._tokenizer.encode_batch_fast(order, add_special_tokens=False)
        ids = {text: encoding.ids for text, encoding in zip(order, encoded, strict=True)}
        rows, types = [], []
        for pair in pairs:
            around = ids[pair.title][:_TITLE] + ids[pair.before][-_BEFORE:]
            first = [self._first, *ids[pair.question][:_QUESTION], self._last, *around]
            sentence = [*ids[pair.sentence][:_SENTENCE], self._last]
            rows.append(first + sentence)
            types.append([0] * len(first) + [1] * len(sentence))
        return rows, types
