"""Which version of a work a record describes: a preprint, or what a venue has published."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.model import Record

__all__ = ["Version", "version_of"]

_SERVER = re.compile(
    r"rxiv\b|\bssrn\b|research square|preprints?\b|\bzenodo\b|\bosf\b",
    re.IGNORECASE,
)
_SERVER_DOI = re.compile(
    r"10\.(?:48550/arxiv|1101/\d|2139/|3121[29]/|3123[45]/|20944/|26434/|21203/|5281/|36227/)", re.IGNORECASE
)
"""Prefixes of arXiv, bioRxiv and medRxiv, SSRN, OSF, Preprints.org, ChemRxiv, Research Square, Zenodo, TechRxiv."""


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """A version of a work; the greater one is the one to cite."""

    published: int
    """0: nothing is known; 1: a preprint; 2: published, with a preprint's number beside; 3: published."""
    number: int
    """Of a preprint, where its identifier states one; else 0."""
    name: str
    """In words, ``preprint arXiv:2001.00001v2`` or ``published in Journal of Marsupials``; empty where unknown."""


def version_of(record: Record) -> Version:
    """What the record's venue and identifiers say.

    >>> version_of(Record(arxiv="2001.00001v2")).name
    'preprint arXiv:2001.00001v2'
    """
    venue = "" if _SERVER.search(record.container_title) else record.container_title
    registered = bool(record.doi) and _SERVER_DOI.match(record.doi) is None
    stated = re.search(r"v(\d{1,3})$", record.arxiv or record.doi)
    number = int(stated[1]) if stated else 0
    if venue or registered:
        name = f"published in {venue}" if venue else f"published, doi:{record.doi}"
        return Version(2 if record.arxiv else 3, number, name)
    if record.arxiv:
        return Version(1, number, f"preprint arXiv:{record.arxiv}")
    if record.doi:
        return Version(1, number, f"preprint doi:{record.doi}")
    return Version(0, 0, "")
