"""Workspaces that the assistant's tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.workspace import Workspace
from corpus.starter import brief_paths


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory, embedder) -> Iterator[Workspace]:
    """A library with the starter briefs; read only."""
    with Workspace.open(tmp_path_factory.mktemp("starter") / "library", embedder=embedder) as workspace:
        report = workspace.add(brief_paths())
        assert [item.status for item in report.items] == ["added"] * 4
        yield workspace


@pytest.fixture(scope="session")
def citing(tmp_path_factory: pytest.TempPathFactory, embedder, citing_papers) -> Iterator[Workspace]:
    """A library of a survey and one of the papers that it cites; read only."""
    with Workspace.open(tmp_path_factory.mktemp("citing") / "library", embedder=embedder) as workspace:
        assert not workspace.add([citing_papers]).failed
        yield workspace
