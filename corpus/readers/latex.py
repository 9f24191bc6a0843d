"""LaTeX sources: macros expanded, commands gone, citations as their keys in brackets."""

from __future__ import annotations

from pathlib import Path

from corpus.pandoc.program import parse
from corpus.readers.bibliographies import cited_keys, listed_works, marked
from corpus.readers.office import tree_reading
from corpus.reading import Reading
from corpus.text.repair import repair

__all__ = ["read_latex"]


def read_latex(path: Path) -> Reading:
    """Read one LaTeX file; files that it includes are not followed, but BibTeX files beside it give its references.

    Raises:
        ReadError: the source cannot be parsed, took too much time or memory, or pandoc is missing.
        OSError: the file cannot be opened.
    """
    text = repair(path.read_bytes()).text
    tree = parse(marked(text).encode("utf-8"), "latex", name="LaTeX", place=str(path))
    if "{thebibliography}" not in text:
        tree["blocks"] += listed_works(text, path, cited_keys(tree))
    return tree_reading(tree, "latex", shows_front=True, place=str(path))
