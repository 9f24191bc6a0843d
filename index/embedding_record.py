"""What was measured and proven of embedding models on this machine, in ``embedding.json`` beside the library.

The file is derived: whatever is missing, damaged or of another machine is measured again.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

__all__ = ["EmbeddingRecord"]


class EmbeddingRecord:
    """Facts by topic; each carries the key of the circumstances that it holds for."""

    def __init__(self, library: Path) -> None:
        self.folder = library
        self._path = library / "embedding.json"

    def get(self, topic: str, key: str) -> dict[str, Any] | None:
        """The fact, or None where there is none for these circumstances."""
        fact = self._read().get(topic)
        return fact if isinstance(fact, dict) and fact.get("key") == key else None

    def put(self, topic: str, key: str, **fact: Any) -> None:
        """Note a fact in the place of the topic's earlier one; a library that cannot be written stays as it is."""
        facts = {**self._read(), topic: {"key": key, **fact}}
        temporary = self._path.with_suffix(f".{os.getpid()}.new")
        try:
            temporary.write_text(json.dumps(facts, indent=1), "utf-8")
            temporary.replace(self._path)
        except OSError:
            return  # a read-only library: measured again at the next start

    def _read(self) -> dict[str, Any]:
        try:
            facts = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return facts if isinstance(facts, dict) else {}
