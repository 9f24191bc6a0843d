"""Where evaluation data and the libraries built from it are."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.workspace import Workspace
from corpus.pdf.engine import ENGINES
from index.reports import AddProgress

__all__ = ["SHARED", "add_engine_option", "built_library", "read_lines"]

SHARED = Path(os.environ.get("LOCCIT_SHARED", Path(__file__).resolve().parents[2] / "shared"))
"""The folder with ``eval/``, ``library/`` and ``taxonomy/``."""

_CORPUS = Path(__file__).resolve().parents[1] / "corpus"
_BUILT = Path(__file__).resolve().parents[1] / "build" / "benchmarks"


def add_engine_option(parser: argparse.ArgumentParser) -> None:
    """Let the measurement be made with either PDF engine."""
    parser.add_argument("--engine", choices=ENGINES, default=ENGINES[0], help="the PDF engine that is asked first")


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON-lines file.

    Exits with a message where the file is not there.
    """
    if not path.exists():
        sys.exit(f"This measurement needs {path}; set LOCCIT_SHARED to the folder that holds eval/")
    # Not splitlines(), which also cuts at U+0085 and U+2028 within a string.
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


def built_library(name: str, paths: Sequence[Path]) -> Workspace:
    """A library below ``build/benchmarks`` with those files in it and no others; files that it has already cost a hash.

    Where the code that reads files has changed since, they are read again; a text met before is not embedded again.
    """
    workspace = Workspace.open(_BUILT / name)
    stamp = _BUILT / name / "read-by.txt"
    if stamp.exists() and stamp.read_text("utf-8") != _reading_code():
        with workspace.database.writing() as connection:
            connection.execute("UPDATE documents SET reader = 0")
    live = sys.stderr.isatty()

    def show(event: AddProgress) -> None:
        if live:
            sys.stderr.write(f"\r\x1b[2K{event.stage} {event.done} of {event.total}")

    report = workspace.add(paths, progress=show)
    if live:
        sys.stderr.write("\n")
    wanted = {item.document_id for item in report.items}
    if others := [one for summary in workspace.documents() if (one := summary.document_id) not in wanted]:
        workspace.remove(others)
    stamp.write_text(_reading_code(), "utf-8")
    for item in report.failed:
        print(f"failed: {item.path}: {item.reason}", file=sys.stderr)
    return workspace


def _reading_code() -> str:
    """A digest of all code and data between a file and its passages."""
    total = hashlib.sha256()
    for path in sorted(_CORPUS.rglob("*")):
        if path.suffix in (".py", ".txt", ".csv", ".crf"):
            total.update(path.read_bytes())
    return total.hexdigest()
