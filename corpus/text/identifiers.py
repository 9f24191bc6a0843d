"""DOIs, arXiv ids and addresses in the text of an entry, also where a line end has put a space into them."""

from __future__ import annotations

import re

__all__ = ["arxiv_in", "doi_in", "url_in", "without_identifiers"]

_DOI = re.compile(r"\b10\.\s?\d{4,9}/\s?[^\s\"<>]+")

_ARXIV = re.compile(
    r"(?:arXiv[:\s]*(?:\[[\w.-]+\]\s*)?|arxiv\.org/\s?(?:abs|pdf)/\s?|\babs/\s?)"
    r"(?P<id>\d{4}\.\d{4,5}|[a-z][a-z-]+(?:\.[A-Z]{2})?/\d{7})",
    re.I,
)

_URL = re.compile(r"https?:\s?//\s?[^\s)>\]]+")


def doi_in(text: str) -> str:
    """The first DOI, without what stands behind it; empty where there is none."""
    found = _DOI.search(text)
    return re.sub(r"\s", "", found.group()).rstrip(".,;)") if found else ""


def arxiv_in(text: str) -> str:
    """The first arXiv id, without a version; empty where there is none."""
    found = _ARXIV.search(text)
    return found["id"] if found else ""


def url_in(text: str) -> str:
    """The first address; empty where there is none."""
    found = _URL.search(text)
    return re.sub(r"\s", "", found.group()).rstrip(".,;") if found else ""


def without_identifiers(text: str) -> str:
    """The text without its identifiers, whose digits look like years."""
    for pattern in (_URL, _DOI, _ARXIV):
        text = pattern.sub(" ", text)
    return text
