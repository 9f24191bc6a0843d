"""Counting tokens as the embedding model does, without loading the model."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from index.model_choice import ModelChoice

__all__ = ["TokenCounter"]


class TokenCounter:
    """Counts and cuts with the model's own tokenizer; special tokens are not counted."""

    def __init__(self, model: ModelChoice) -> None:
        self._model = model

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        # Before the first file of the model is used, not only before its weights are.
        self._model.verify()
        path = self._model.folder / "tokenizer.json"
        if not path.exists():
            from transformers import AutoTokenizer

            return AutoTokenizer.from_pretrained(self._model.folder, local_files_only=True).backend_tokenizer
        tokenizer = Tokenizer.from_file(str(path))
        # The file may carry settings of its own: MiniLM's cuts and pads at 128 although the model reads 256.
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    def count(self, texts: Sequence[str]) -> list[int]:
        """The number of tokens of each text."""
        if not texts:
            return []
        encoded = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [len(encoding.ids) for encoding in encoded]

    def head(self, text: str, limit: int) -> str:
        """The start of ``text`` that has at most ``limit`` tokens."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        if len(encoding.ids) <= limit:
            return text
        return text[: encoding.offsets[limit - 1][1]]
