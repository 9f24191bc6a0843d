"""Workspaces that the assistant's tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

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


@pytest.fixture(scope="module")
def library_of(tmp_path_factory: pytest.TempPathFactory, embedder) -> Iterator[Callable[..., Workspace]]:
    """Opens a library of Markdown texts, each given by the name of its file."""
    with ExitStack() as stack:

        def opened(**texts: str) -> Workspace:
            folder = tmp_path_factory.mktemp("library")
            for name, text in texts.items():
                (folder / f"{name}.md").write_text(text, "utf-8")
            workspace = stack.enter_context(Workspace.open(folder / "library", embedder=embedder))
            assert not workspace.add(sorted(folder.glob("*.md"))).failed
            return workspace

        yield opened
