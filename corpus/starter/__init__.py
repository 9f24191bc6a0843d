"""The starter library: four short briefs shipped with loccit, so that the first start can answer questions.

The briefs were written for this project. Each is second-hand by design: a sentence that reports a finding cites its
work, and all cited works are listed at the end of the brief.
"""

from importlib.resources import files
from pathlib import Path

__all__ = ["QUESTIONS", "brief_paths"]

QUESTIONS = ("Can an open model be taken back once it is released?", "What is marginal risk?")
"""Suggested first questions."""


def brief_paths() -> list[Path]:
    """The Markdown files of the starter library, sorted by name.

    >>> [path.stem for path in brief_paths()][:2]
    ['governance', 'openness-and-the-pipeline']
    """
    return sorted(Path(str(entry)) for entry in files(__name__).iterdir() if entry.name.endswith(".md"))
