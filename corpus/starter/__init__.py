"""The starter library: four short briefs that loccit brings along, so that the first start answers something.

The briefs are written for this project in its own words. Each is second-hand by design: a sentence that reports a
finding names the work in which it stands, and every work cited is listed at the end of its brief.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

__all__ = ["QUESTIONS", "brief_paths"]

QUESTIONS = ("Can an open model be taken back once it is released?", "What is marginal risk?")
"""What a person might ask the briefs first."""


def brief_paths() -> list[Path]:
    """The Markdown files of the starter library, sorted by name.

    >>> [path.stem for path in brief_paths()][:2]
    ['governance', 'openness-and-the-pipeline']
    """
    return sorted(Path(str(entry)) for entry in files(__name__).iterdir() if entry.name.endswith(".md"))
