"""The papers of ``paper_library`` as the readers give them, kept as JSON below ``build/benchmarks``: no embedding."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.evaluation import SHARED
from corpus.model import Document, from_plain, to_plain
from corpus.readers.workers import read_all

__all__ = ["read_papers"]

_KEPT = Path(__file__).resolve().parents[1] / "build" / "benchmarks" / "readings"


def read_papers(*, again: bool = False) -> dict[str, Document]:
    """Every paper by its arXiv id; ``again`` reads the files even where their text is kept."""
    paths = sorted((SHARED / "eval" / "paper_library" / "pdf").glob("*.pdf"))
    _KEPT.mkdir(parents=True, exist_ok=True)
    missing = [path for path in paths if again or not _kept(path).exists()]
    for path, document in read_all(missing, cancelled=lambda: False):
        if not isinstance(document, Document):
            print(f"failed: {path.name}: {document}")
            continue
        _kept(path).write_text(json.dumps(to_plain(document), ensure_ascii=False), "utf-8")
    return {
        path.stem: from_plain(Document, json.loads(_kept(path).read_text("utf-8")))
        for path in paths
        if _kept(path).exists()
    }


def _kept(path: Path) -> Path:
    return _KEPT / f"{path.stem}.json"
