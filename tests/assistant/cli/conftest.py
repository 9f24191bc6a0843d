"""The command line in this process."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant import library
from assistant.cli.application import app
from corpus.errors import LoccitError
from index.embedding.embedder import Embedder
from index.embedding.query_encoder import QuestionEmbedder
from index.embedding.torch_embedder import LocalEmbedder


@dataclass(frozen=True)
class Done:
    """How a command ended: exit code, standard output, standard error."""

    code: int
    out: str
    talk: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Loccit:
    """Runs ``loccit --library DIR ...``."""

    library: Path

    def __call__(self, *arguments: str) -> Done:
        result = CliRunner().invoke(app, ["--library", str(self.library), *arguments])
        error = result.exception
        if isinstance(error, LoccitError):
            return Done(error.exit_code, result.stdout, str(error))
        if error is not None and not isinstance(error, SystemExit):
            raise error
        return Done(result.exit_code, result.stdout, result.stderr)


@pytest.fixture(autouse=True, scope="module")
def loaded_model(embedder: Embedder) -> Iterator[None]:
    """All commands use the model that is loaded already; ``tests/end_to_end`` starts them as a person does."""

    def bulk(model: Any, *arguments: Any) -> Embedder:
        return embedder if model.bundled else LocalEmbedder(model, *arguments)

    def questions(bulk: Embedder, *arguments: Any) -> Embedder:
        return bulk if bulk is embedder else QuestionEmbedder(bulk, *arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library, "LocalEmbedder", bulk)
        patch.setattr(library, "QuestionEmbedder", questions)
        yield


@pytest.fixture
def command(tmp_path: Path) -> Loccit:
    """Runs commands on a new library."""
    return Loccit(tmp_path / "library")


@pytest.fixture(scope="session")
def on_library() -> Callable[[Path], Loccit]:
    """Makes what runs commands on a given library."""
    return Loccit
