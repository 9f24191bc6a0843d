"""The bundled model in torch, which these tests are about."""

from __future__ import annotations

import pytest

from index.embedding.embedding_model import choose_model
from index.embedding.torch_embedder import LocalEmbedder


@pytest.fixture(scope="session")
def embedder() -> LocalEmbedder:
    """The bundled model, loaded at its first use and kept for the session."""
    return LocalEmbedder(choose_model())
