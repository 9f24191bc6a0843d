"""What a person may name instead of a file: a URL, a DOI, an arXiv number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urlsplit

__all__ = ["Target", "parse_target"]

_DOI = re.compile(r"(?:doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_ARXIV = re.compile(r"(?:arxiv:\s*)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?", re.IGNORECASE)
_ARXIV_HOSTS = ("arxiv.org", "www.arxiv.org", "export.arxiv.org")
_DOI_HOSTS = ("doi.org", "www.doi.org", "dx.doi.org")


@dataclass(frozen=True, slots=True)
class Target:
    """Something on the network."""

    kind: Literal["url", "doi", "arxiv"]
    value: str
    """The URL, the DOI, or the arXiv number without version."""


def parse_target(text: str) -> Target | None:
    """The target that ``text`` names, or None for what must be a path.

    >>> parse_target("https://arxiv.org/abs/2404.17047v2")
    Target(kind='arxiv', value='2404.17047')
    >>> parse_target("papers/2404.17047.pdf") is None
    True
    """
    text = text.strip()
    if re.match(r"https?://", text, re.IGNORECASE):
        parts = urlsplit(text)
        host, path = (parts.hostname or "").lower(), unquote(parts.path).lstrip("/")
        if host in _DOI_HOSTS and (doi := _DOI.fullmatch(path)):
            return Target("doi", doi[1])
        if host in _ARXIV_HOSTS and (page := re.fullmatch(r"(?:abs|pdf|html)/(.+?)(?:\.pdf)?", path)):
            number = _ARXIV.fullmatch(page[1])
            if number:
                return Target("arxiv", number[1])
        return Target("url", text)
    if number := _ARXIV.fullmatch(text):
        return Target("arxiv", number[1])
    if doi := _DOI.fullmatch(text):
        return Target("doi", doi[1])
    return None
