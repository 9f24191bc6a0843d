"""One entry of a reference list, parsed into its fields."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.references.identifiers import arxiv_in, doi_in, url_in, without_identifiers
from corpus.references.names import families
from corpus.references.tagging import Tagged, tag_fields

__all__ = ["ParsedEntry", "parse_entry"]

_YEAR = r"(?:1[5-9]|20)\d{2}[a-z]?"
_NUMBER = re.compile(r"^(?:\[(?P<bracket>\d{1,3})\]|\((?P<round>\d{1,3})\)|(?P<plain>\d{1,3})\.)\s+")
_NAME_MARK = re.compile(r"^\[(?P<authors>[A-Z][^\[\]]{0,70}?),?\s*(?P<year>(?:\d{2}|\d{4})[a-z]?)\]\s*")
_CITED_AS = re.compile(rf"^(?P<authors>[^()]{{2,80}}?)\s*\((?P<year>{_YEAR}|n\.d\.)\)\s+(?=\S)")
_ANY_YEAR = re.compile(rf"(?<![\d:/-])(?P<year>{_YEAR})(?![\d/-])")
_QUOTES = "“”\"„«»`'"
_MARKED_PAGES = re.compile(r"\b(?:pp?\.|pages?|S\.)\s?(?P<pages>[A-Z]?\d+(?:\s?[-–—]\s?[A-Z]?\d+)?)")
_WITHIN = re.compile(r"(?<=[.?!”\"])\s(?:In:\s|In\s(?=Proc|Adv|[A-Z]{3}))")
_VENUE_WORDS = 6
_LONE_TITLE = re.compile(r"\W*(?P<title>[^\W\d_][^.?!]{3,250}[?!]?)(?:[.?!]\s|[.?!]?$)")


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """The fields of an entry as it prints them, without the punctuation between them."""

    byline: str = ""
    """The authors as they are printed."""
    authors: tuple[str, ...] = ()
    """Their family names."""
    year: str = ""
    """Four digits with an optional letter."""
    title: str = ""
    venue: str = ""
    """Journal, proceedings or collection."""
    pages: str = ""
    doi: str = ""
    arxiv: str = ""
    url: str = ""
    label: str = ""
    """The number of a numbered list."""


def parse_entry(entry: str) -> ParsedEntry:
    """Parse the text of one entry; fields that it does not have are empty."""
    number = _NUMBER.match(entry)
    body = entry[number.end() :] if number else entry
    cited_as = _CITED_AS.match(body)
    if cited_as and _repeats(body, cited_as):
        # "Ahia et al. (2023) Orevaoghene Ahia, … 2023. Title.": the mark is no part of the entry.
        body = body[cited_as.end() :]
    else:
        cited_as = None
    named = _NAME_MARK.match(body)
    body = body[named.end() :] if named else body
    tagged = tag_fields(body)
    byline = _byline(body, tagged)
    year = _year(body, tagged) or (cited_as["year"] if cited_as else "")
    return ParsedEntry(
        byline=byline,
        authors=families(cited_as["authors"] if cited_as else byline),
        year=year,
        title=_title(body, tagged),
        venue=re.sub(r"^in:?\s+", "", _joined(body, tagged, "venue"), flags=re.I),
        pages=_pages(body, tagged),
        doi=doi_in(body),
        arxiv=arxiv_in(body),
        url=url_in(body),
        label=(number["bracket"] or number["round"] or number["plain"]) if number else "",
    )


def _repeats(body: str, cited_as: re.Match[str]) -> bool:
    """Whether names and year stand before the entry as a mark, which then has them once more."""
    rest, year = body[cited_as.end() :], cited_as["year"]
    if cited_as["authors"].rstrip().endswith(("et al.", "et al")):
        return True
    first = re.match(r"[\w’'-]+", cited_as["authors"])
    return year in rest and first is not None and first.group() in rest


def _byline(body: str, tagged: list[Tagged]) -> str:
    """The first run of authors; what the tagger finds further on is another work's or an editor."""
    run = next((tag for tag in tagged if tag.field == "author"), None)
    return body[run.start : run.end].strip(" ,;:") if run else ""


def _year(body: str, tagged: list[Tagged]) -> str:
    for tag in tagged:
        found = _ANY_YEAR.search(body, tag.start, tag.end) if tag.field == "date" else None
        if found:
            return found["year"]
    years = _ANY_YEAR.findall(without_identifiers(body))
    return years[-1] if years else ""


def _title(body: str, tagged: list[Tagged]) -> str:
    run = next((n for n, tag in enumerate(tagged) if tag.field == "title"), None)
    if run is None:
        return _untagged_title(body, tagged)
    start, end = tagged[run].start, tagged[run].end
    if run + 1 < len(tagged) and (body[end - 1].isalnum() or body[end - 1] == "-"):
        # A title ends with a sign; where its run ends with a plain word, it goes on to the sentence's end.
        stop = re.compile(r"[.?!,]\W*(?:\s|$)").search(body, end)
        if stop and not any(tag.field == "date" and tag.start < stop.end() for tag in tagged[run + 1 :]):
            end = stop.end()
    if end == len(body):
        end = _before_last_sentence(body, start, end)
    return _bare_title(_cut_short(body[start:end]))


def _cut_short(title: str) -> str:
    """A title without the proceedings behind it, or the place and publisher in a parenthesis that stays open."""
    within = _WITHIN.search(title)
    title = title[: within.start()] if within else title
    opened = title.rfind("(")
    return title[:opened] if opened > 0 and ")" not in title[opened:] else title


def _before_last_sentence(body: str, start: int, end: int) -> int:
    """Where a title ends that seems to take up the rest of the entry: a few words behind its stop are a venue."""
    stops = [stop.end() for stop in re.finditer(r"(?<=\w{3})[.?!][”\"]?\s", body[start:end])]
    if stops and len(body[start + stops[-1] : end].split()) <= _VENUE_WORDS:
        return start + stops[-1]
    return end


def _untagged_title(body: str, tagged: list[Tagged]) -> str:
    """The sentence behind authors and year, where the tagger took a short title for a note or a publisher."""
    after = max((tag.end for tag in tagged[:2] if tag.field in ("author", "date")), default=0)
    follows = next((tag.field for tag in tagged if tag.start >= after), "")
    if not after or follows not in ("note", "publisher", "location"):
        return ""
    found = _LONE_TITLE.match(body, after)
    return _bare_title(found["title"]) if found else ""


def _bare_title(title: str) -> str:
    title = title.strip().strip(_QUOTES + " ").rstrip(".,;:").strip(_QUOTES + " ")
    return title.rstrip(".,;:")


def _joined(body: str, tagged: list[Tagged], field: str) -> str:
    return " ".join(body[tag.start : tag.end] for tag in tagged if tag.field == field).strip(" .,;:")


def _pages(body: str, tagged: list[Tagged]) -> str:
    """What is marked as pages, else what looks like them."""
    marked = _MARKED_PAGES.search(body)
    return marked["pages"] if marked else _joined(body, tagged, "pages")
