"""Makes the typesetter beside this file importable, and finds real papers where they are at hand."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

PAPERS = Path(__file__).resolve().parents[4] / "shared" / "eval" / "paper_library" / "pdf"


@pytest.fixture(params=range(5))
def paper(request: pytest.FixtureRequest) -> Path:
    """Five published papers, one after the other, where the folder beside the project holds them."""
    files = sorted(PAPERS.glob("*.pdf"))
    if len(files) < 5:
        pytest.skip("the papers to read are not on this machine")
    return files[request.param * (len(files) // 5)]
