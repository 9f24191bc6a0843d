"""Front matter of a text file, or the header of a web page saved as Markdown: what the file states of itself.

Front matter is YAML between ``---``, TOML between ``+++``, a JSON object, or a title block of pandoc's Markdown.
"""

import datetime
import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from corpus.reading import Hint
from corpus.records.names import split_people
from corpus.text.dates import iso_date
from corpus.text.identifiers import arxiv_in

__all__ = ["front_matter_hints", "split_front_matter", "split_page_header"]

_FENCE = re.compile(r"\A\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_PLUS_FENCE = re.compile(r"\A\s*\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = r"%[ \t]+([^\n]*(?:\n[ \t]+\S[^\n]*)*)(?:\n|\Z)"
_EMPTY_FIELD = r"%[ \t]*(?:\n|\Z)"
_TITLE_BLOCK = re.compile(rf"\A{_FIELD}(?:(?:{_FIELD}|{_EMPTY_FIELD})(?:{_FIELD})?)?")
"""Title, authors and date, each on lines of its own behind a percent sign; the later ones may be missing."""
_PAGE_HEADER = re.compile(
    r"\A\s*Title: (?P<title>[^\n]+)\n\s*URL Source: (?P<url>\S+)\s*\n(?:\s*Published Time: (?P<date>[^\n]+)\n)?"
    r"(?:\s*Number of Pages: [^\n]+\n)?\s*Markdown Content:[ \t]*\n"
)
_BLOG_FIELDS = {"draft", "tags", "categories", "layout", "slug", "thumbnail", "permalink"}


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Return the mapping at the top of ``text``, and the rest; without a valid one, nothing and all of it.

    The lines of a YAML head that is broken stay, without the fence, which would make them a heading.
    """
    for split in (_split_yaml, _split_toml, _split_json, _split_title_block):
        found = split(text)
        if found is not None:
            data, rest = found
            return _flattened(data), rest
    return {}, text


def split_page_header(text: str) -> tuple[dict[str, Hint], str]:
    """Return the ``Title: / URL Source: / Published Time:`` header of a page saved as Markdown, and the rest."""
    match = _PAGE_HEADER.match(text)
    if match is None:
        return {}, text
    hints = {
        "title": Hint(match["title"].strip(), "page header", 0.95),
        "url": Hint(match["url"], "page header"),
        "kind": Hint("web", "page header", 0.5),
    }
    if match["date"] and (date := _parse_header_date(match["date"])):
        hints["date"] = Hint(date, "page header", 0.9)
    if arxiv := arxiv_in(match["url"]):
        hints["arxiv"] = Hint(arxiv, "page header")
        hints["kind"] = Hint("paper", "page header", 0.9)
    return hints, text[match.end() :]


def front_matter_hints(data: Mapping[str, Any]) -> dict[str, Hint]:
    """Return the bibliographic fields of a front matter mapping."""
    source = "front matter"
    hints: dict[str, Hint] = {}
    for name, keys in (("title", ("title",)), ("doi", ("doi",)), ("arxiv", ("arxiv", "eprint")), ("url", ("url",))):
        value = next((data[key] for key in keys if isinstance(data.get(key), str | int | float)), None)
        if value is not None and str(value).strip():
            hints[name] = Hint(" ".join(str(value).split()), source)
    authors = data.get("author", data.get("authors"))
    names = [_author_name(entry) for entry in (authors if isinstance(authors, list) else [authors])]
    if any(names):
        hints["authors"] = Hint("; ".join(name for name in names if name), source)
    date = next((iso for key in ("date", "published", "year") if (iso := _iso_date(data.get(key)))), None)
    if date:
        hints["date"] = Hint(date, source)
    kind = data.get("kind", data.get("type"))
    if isinstance(kind, str) and kind.strip():
        hints["kind"] = Hint(kind.strip().lower(), source)
    elif _BLOG_FIELDS & set(data):
        hints["kind"] = Hint("web", source, 0.7)
    return hints


def _split_yaml(text: str) -> tuple[dict[Any, Any], str] | None:
    match = _FENCE.match(text)
    if match is None:
        return None
    import yaml

    try:
        data = yaml.safe_load(match.group(1))
    except (yaml.YAMLError, ValueError, RecursionError):  # ValueError: a date such as 2021-13-01
        return {}, f"{match.group(1)}\n\n{text[match.end() :]}"
    return (data, text[match.end() :]) if isinstance(data, dict) else None


def _split_toml(text: str) -> tuple[dict[str, Any], str] | None:
    match = _PLUS_FENCE.match(text)
    if match is None:
        return None
    try:
        return tomllib.loads(match.group(1)), text[match.end() :]
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def _split_json(text: str) -> tuple[dict[str, Any], str] | None:
    stripped = text.lstrip()
    if not stripped.startswith("{"):
        return None
    try:
        data, end = json.JSONDecoder().raw_decode(stripped)
    except (ValueError, RecursionError):
        return None
    rest = stripped[end:]
    return (data, rest) if isinstance(data, dict) and (not rest or rest.startswith("\n")) else None


def _split_title_block(text: str) -> tuple[dict[str, Any], str] | None:
    match = _TITLE_BLOCK.match(text)
    if match is None:
        return None
    fields = [field.strip() for field in match.groups(default="")]
    authors = [name for name in re.split(r"\s*[;\n]\s*", fields[1]) if name]
    return {"title": fields[0], "author": authors, "date": fields[2]}, text[match.end() :]


def _flattened(data: Mapping[Any, Any]) -> dict[str, Any]:
    """Fold keys to lower case, and add those of Hugo's ``params`` and Zola's ``extra`` that nothing outside has."""
    outer = {str(key).lower(): value for key, value in data.items()}
    inner: dict[str, Any] = {}
    for name in ("params", "extra"):
        if isinstance(outer.get(name), dict):
            inner.update((str(key).lower(), value) for key, value in outer[name].items())
    return {**inner, **outer}


def _author_name(entry: object) -> str:
    if isinstance(entry, dict):
        entry = entry.get("name", "")
    return split_people(" ".join(entry.split())) if isinstance(entry, str) else ""


def _iso_date(value: object) -> str | None:
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, int) and 1000 <= value <= 2999:
        return str(value)
    return iso_date(value) if isinstance(value, str) else None


def _parse_header_date(value: str) -> str | None:
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(value.strip()).date().isoformat()
    except ValueError:
        return _iso_date(value)
