"""A small bundled bibliography, by identifier only.

A file that states its arXiv id or DOI but whose author line cannot be read (names without separators) gets its record
from here. Titles never match: an essay on a paper often carries the paper's title.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from corpus.model import Record
from corpus.records.names import parse_names

__all__ = ["BUNDLED", "find_work"]

BUNDLED = "bundled bibliography"
"""The origin that completed fields carry."""


def find_work(*, arxiv: str = "", doi: str = "") -> Record | None:
    """The bundled record with that identifier, or None.

    >>> find_work(arxiv="2403.07918v1").authors[0].family
    'Kapoor'
    """
    works = _works()
    bare = arxiv.lower().removeprefix("arxiv:").split("v")[0]
    return works.get(f"arxiv:{bare}") if bare else works.get(f"doi:{doi.lower()}") if doi else None


@cache
def _works() -> dict[str, Record]:
    works: dict[str, Record] = {}
    text = files("corpus.records").joinpath("data/bibliography.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        record = Record(
            type=row["type"],
            title=row["title"],
            authors=parse_names(row["authors"]),
            year=int(row["year"]),
            container_title=row["container"],
            doi=row["doi"],
            arxiv=row["arxiv"],
            note=row["note"],
        )
        if record.arxiv:
            works[f"arxiv:{record.arxiv}"] = record
        if record.doi:
            works[f"doi:{record.doi.lower()}"] = record
    return works
