"""Registries and catalogues of works: records by identifier, candidates by title.

An identifier gives its record by DOI content negotiation, whichever agency registered it; arXiv numbers have DOIs too.
A title alone gives candidates, for a person to choose. Answers are CSL-JSON and kept in the library.
"""

import html
import json
import re
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from corpus.errors import ServiceError
from corpus.model import Name, Record
from corpus.records.names import parse_name
from corpus.store import Database
from corpus.text.identifiers import arxiv_of_doi, doi_of_arxiv
from corpus.text.repair import normalise
from corpus.web.fetching import Fetcher, Target

__all__ = ["AnswerCache", "Catalogues", "Endpoints", "alike", "record_from_csl"]

_KEPT_SECONDS = 90 * 24 * 3600.0
"""Age from which an answer is requested again, because records may change."""
_CSL = "application/vnd.citationstyles.csl+json"
_MAX_ANSWER = 5_000_000
_ALIKE = 88.0
"""Minimum similarity of equal titles, 0 to 100, whatever their word order."""
_CANDIDATES = 3


class AnswerCache:
    """JSON answers by the URL that gave them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, url: str) -> Any | None:
        """The answer kept for ``url``, or None."""
        row = self._database.row(
            "SELECT body FROM web_answers WHERE url = ? AND fetched > ?", (url, time.time() - _KEPT_SECONDS)
        )
        return json.loads(row["body"]) if row else None

    def put(self, url: str, answer: Any) -> None:
        """Keep an answer."""
        with self._database.writing() as connection:
            connection.execute(
                "REPLACE INTO web_answers VALUES (?, ?, ?)", (url, time.time(), json.dumps(answer, ensure_ascii=False))
            )


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Base URLs of the services; others than the public ones are for tests and mirrors."""

    doi: str = "https://doi.org"
    openalex: str = "https://api.openalex.org"
    crossref: str = "https://api.crossref.org"


class Catalogues:
    """Client of registries and catalogues that sends each request once."""

    def __init__(self, fetcher: Fetcher, cache: AnswerCache, endpoints: Endpoints | None = None) -> None:
        self._fetcher = fetcher
        self._cache = cache
        self._endpoints = endpoints or Endpoints()

    def record(self, target: Target) -> tuple[Record, dict[str, Any]]:
        """The record registered for a DOI or an arXiv number, and its CSL-JSON.

        Raises:
            ServiceError: the registry does not answer, or does not know the identifier.
        """
        doi = doi_of_arxiv(target.value) if target.kind == "arxiv" else target.value
        item = self._json(f"{self._endpoints.doi}/{quote(doi, safe='/:;()')}", _CSL)
        if not isinstance(item, dict) or not item.get("title"):
            raise ServiceError("The registry has no record", place=doi, remedy="Check the identifier")
        return record_from_csl(item), item

    def search(self, title: str) -> list[Record]:
        """At most three works with a title like ``title``, best first; from Crossref if OpenAlex has none.

        Raises:
            ServiceError: neither catalogue answers.
        """
        query = quote(title)
        try:
            answer = self._json(f"{self._endpoints.openalex}/works?search={query}&per-page=5", "application/json")
            found = [_from_openalex(work) for work in _entries(answer, "results")]
        except ServiceError:
            found = []
        candidates = _like(title, found)
        if not candidates:
            url = f"{self._endpoints.crossref}/works?query.bibliographic={query}&rows=5"
            answer = self._json(url, "application/json")
            message = answer.get("message") if isinstance(answer, dict) else None
            candidates = _like(title, [record_from_csl(work) for work in _entries(message, "items")])
        return candidates[:_CANDIDATES]

    def _json(self, url: str, accept: str) -> Any:
        if (kept := self._cache.get(url)) is not None:
            return kept
        fetched = self._fetcher.get(url, accept=accept, max_bytes=_MAX_ANSWER)
        try:
            answer = json.loads(fetched.body)
        except ValueError as error:
            raise ServiceError("The answer is not JSON", place=url, remedy="Try again later") from error
        self._cache.put(url, answer)
        return answer


def alike(title: str, other: str) -> bool:
    """Whether two titles are equal but for case, punctuation and the order of their parts."""
    score: float = fuzz.token_sort_ratio(title, other, processor=default_process)
    return score >= _ALIKE


def record_from_csl(item: dict[str, Any]) -> Record:
    """The record in a CSL-JSON item; missing or malformed fields are empty."""
    year, month, day = _date(item)
    doi = _text(item.get("DOI")).lower()
    return Record(
        type=_text(item.get("type")) or "document",
        title=_text(item.get("title")),
        authors=tuple(name for name in map(_name, _list(item.get("author"))) if name.display),
        year=year,
        month=month,
        day=day,
        container_title=_text(item.get("container-title")),
        publisher=_text(item.get("publisher")),
        doi=doi,
        arxiv=arxiv_of_doi(doi),
        url=_text(item.get("URL")),
    )


def _text(value: Any) -> str:
    """Plain text of a value: Crossref puts some fields into lists and uses markup in titles."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if not isinstance(value, str):
        return ""
    return " ".join(normalise(html.unescape(re.sub(r"</?[A-Za-z][^<>]*>", "", value))).split())


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _name(value: Any) -> Name:
    if not isinstance(value, dict):
        return Name()
    family, given = _text(value.get("family")), _text(value.get("given"))
    particle = _text(value.get("non-dropping-particle"))
    if not family:
        return Name(literal=_text(value.get("literal")) or _text(value.get("name")) or given)
    return Name(family=f"{particle} {family}".strip(), given=given)


def _date(item: dict[str, Any]) -> tuple[int | None, int | None, int | None]:
    for name in ("issued", "published", "created"):
        date = item.get(name)
        parts = _list(_list(date.get("date-parts"))[:1]) if isinstance(date, dict) else []
        numbers = [int(part) for part in _list(parts[0] if parts else None) if str(part).isdigit()]
        if numbers:
            padded: list[int | None] = [*numbers, None, None]
            return padded[0], padded[1], padded[2]
    return None, None, None


def _like(title: str, records: list[Record]) -> list[Record]:
    return [record for record in records if record.title and alike(title, record.title)]


def _entries(answer: Any, name: str) -> list[dict[str, Any]]:
    entries = answer.get(name) if isinstance(answer, dict) else None
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


def _from_openalex(work: dict[str, Any]) -> Record:
    authors: list[Name] = []
    for authorship in _entries(work, "authorships"):
        author = authorship.get("author")
        if isinstance(author, dict) and isinstance(author.get("display_name"), str):
            authors.append(parse_name(author["display_name"]))
    year = work.get("publication_year")
    doi = work.get("doi")
    return Record(
        type="article",
        title=str(work.get("display_name") or work.get("title") or ""),
        authors=tuple(authors),
        year=year if isinstance(year, int) else None,
        doi=doi.lower().removeprefix("https://doi.org/") if isinstance(doi, str) else "",
    )
