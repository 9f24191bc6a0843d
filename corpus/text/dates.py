"""Dates in written form, converted to ISO as far as they are known."""

import re

__all__ = ["iso_date"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_YEAR = r"(?P<year>[12]\d{3})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WRITTEN = tuple(
    re.compile(rf"\b{pattern}\b", re.IGNORECASE)
    for pattern in (
        rf"{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}",
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"{_MONTH},?\s+{_YEAR}",
    )
)
_ISO = re.compile(r"([12]\d{3})(?:-(\d{2})(?:-(\d{2}))?)?(?![\d-])")


def iso_date(text: str) -> str | None:
    """The date that ``text`` states in ISO or English form, or None; numbers such as 3/4/2021 are ambiguous.

    >>> iso_date("May 2023"), iso_date("July 28th, 2014"), iso_date("2021-11-05T00:00:00Z"), iso_date("soon")
    ('2023-05', '2014-07-28', '2021-11-05', None)
    """
    text = text.strip()
    if match := _ISO.match(text):
        year, month, day = match.groups()
        return _joined(year, int(month or 0), int(day or 0))
    for pattern in _WRITTEN:
        if match := pattern.search(text):
            parts = match.groupdict()
            return _joined(parts["year"], _MONTHS.index(parts["month"].lower()) + 1, int(parts.get("day") or 0))
    found = re.fullmatch(r"(?:\D*\s)?([12]\d{3})", text)
    return found.group(1) if found else None


def _joined(year: str, month: int, day: int) -> str:
    if not 1 <= month <= 12:
        return year
    return f"{year}-{month:02}-{day:02}" if 1 <= day <= 31 else f"{year}-{month:02}"
