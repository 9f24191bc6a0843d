"""Dates in a question: a month, a quarter, a year, or a stretch between two, as months since year 0."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.taxonomy.mentions import Scan, Sort
from assistant.taxonomy.query import FAR, ReleaseTest

__all__ = ["read_dates", "release_test"]

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_NAME = "|".join(f"{name[:3]}(?:{name[3:]})?" if len(name) > 3 else name for name in _MONTHS)
_DATE = (
    rf"(?:(?:{_NAME})\.?,?\s+20\d\d|\d{{1,2}}/20\d\d|20\d\d-\d{{2}}|q[1-4]\s+(?:of\s+)?20\d\d"
    rf"|(?:the\s+)?(?:first|second)\s+(?:half|quarter)\s+of\s+20\d\d|(?:the\s+)?(?:third|fourth|last)\s+quarter\s+of\s+20\d\d"
    rf"|(?:the\s+)?(?:start|beginning|end)\s+of\s+20\d\d|h[12]\s+20\d\d|20\d\d)"
)
_BETWEEN = re.compile(
    rf"\b(?:between|from)\s+(?P<first>{_DATE}|{_NAME})\s*(?:and|to|until|till|through|-)\s*(?P<last>{_DATE})\b",
    re.IGNORECASE,
)
_RANGE = re.compile(rf"\b(?P<first>{_DATE})\s*(?:-|to|through)\s*(?P<last>{_DATE})\b", re.IGNORECASE)
_SINGLE = re.compile(
    r"(?:\b(?P<pre>(?:no(?:t|thing|ne)?)\s+(?:older|newer|younger|later)\s+than|before|prior\s+to|predat\w+|preced\w+|earlier\s+than|older\s+than|until|till|up\s+(?:to|until)(?:\s+and\s+including)?|through|by|no(?:t)?\s+(?:earlier|before)(?:\s+than)?|after|following|post|later\s+than"
    r"|newer\s+than|(?:more\s+)?recent\s+than|younger\s+than|since|from|starting|as\s+of|in|during|within|of|not\s+in|outside)\s+)?"
    rf"(?<![\w-])(?P<date>{_DATE})\b(?P<post>\s+(?:or|and)\s+(?:later|after|newer|earlier|before|older)|\s+on(?:wards?)?\b)?",
    re.IGNORECASE,
)


def read_dates(scan: Scan) -> None:
    """Claim dates; the value is ``first:last`` in months."""
    for pattern in (_BETWEEN, _RANGE):
        scan.match(Sort.DATE, pattern, _stretch)
    scan.match(Sort.DATE, _SINGLE, _single)


def _stretch(found: re.Match[str]) -> str:
    """A stretch between two dates; a month without its year takes that of the other."""
    last = found["last"]
    first = found["first"] if re.search(r"20\d\d", found["first"]) else f"{found['first']} {_year(last)}"
    return f"{_months(first)[0]}:{_months(last)[1]}"


def _year(text: str) -> str:
    found = re.search(r"20\d\d", text)
    return found[0] if found else ""


def _single(found: re.Match[str]) -> str:
    first, last = _months(found["date"])
    pre, post = re.sub(r"\s+", " ", (found["pre"] or "").lower()), (found["post"] or "").lower()
    if pre in ("before", "prior to", "earlier than", "older than") or re.match(r"predat|preced", pre):
        first, last = 0, first - 1
    elif pre in ("until", "till", "through", "by") or re.match(r"up |no\w* (?:later|newer|younger)", pre):
        first = 0
    elif pre in ("after", "later than", "newer than", "following", "post") or re.search(
        r"(?:recent|younger) than$", pre
    ):
        first, last = last + 1, FAR
    elif (
        pre in ("since", "starting", "as of")
        or re.match(r"no\w* (?:earlier|before|older)", pre)
        or re.search(r"later|after|newer|\bon", post)
    ):
        last = FAR
    elif post:
        first = 0
    return f"{first}:{last}"


def _months(text: str) -> tuple[int, int]:
    """First and last month of a date."""
    text = text.lower()
    year = int(_year(text) or 0)
    month = next((n for n, name in enumerate(_MONTHS, 1) if re.match(name[:3], text)), 0)
    numeric = re.match(r"(\d{1,2})/", text) or re.search(r"-(\d{2})$", text)
    if numeric:
        month = int(numeric[1])
    if month:
        return year * 12 + month, year * 12 + month
    first, length = _part(text)
    return year * 12 + first, year * 12 + first + length - 1


def _part(text: str) -> tuple[int, int]:
    """First month and length of a part of a year."""
    for length, words in (
        (3, (r"q1|first\s+quarter", r"q2|second\s+quarter", r"q3|third\s+quarter", r"q4|(?:fourth|last)\s+quarter")),
        (6, (r"h1|first\s+half", r"h2|second\s+half")),
    ):
        for n, pattern in enumerate(words):
            if re.search(pattern, text):
                return 1 + n * length, length
    if re.search(r"start|beginning", text):
        return 1, 1
    return (12, 1) if "end" in text else (1, 12)


def release_test(scan: Scan) -> Iterator[ReleaseTest]:
    """The conditions on the release that the dates of a question set."""
    for mention in scan.of(Sort.DATE):
        first, last = (int(part) for part in mention.value.split(":"))
        yield ReleaseTest(first, last, mention.text)
