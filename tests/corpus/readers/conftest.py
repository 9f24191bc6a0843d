"""Files of word processors and e-books, written by pandoc from a few lines of Markdown."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.readers.pandoc import find_pandoc


@pytest.fixture
def convert(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes Markdown as a file of that name; the ending names the format."""

    def converted(markdown: str, name: str) -> Path:
        program = find_pandoc()
        assert program is not None
        path = tmp_path / name
        command = [program, "--from", "markdown", "--standalone", "--output", path]
        subprocess.run(command, input=markdown.encode(), check=True, timeout=60)
        return path

    return converted
