"""DOIs, arXiv numbers and URLs: their forms, and where they stand in text.

Functions that search text allow for the space that a line end puts into an identifier. arXiv numbers are given without
their version.
"""

import re

__all__ = [
    "ARXIV_NUMBER",
    "DOI_PREFIX",
    "arxiv_in",
    "arxiv_of_doi",
    "arxiv_of_file",
    "bare_arxiv",
    "doi_in",
    "doi_of_arxiv",
    "trimmed_doi",
    "url_in",
    "whole_arxiv",
    "whole_doi",
    "without_identifiers",
]

DOI_PREFIX = r"10\.\d{4,9}"
"""Pattern of a registrant's prefix, up to the slash."""
ARXIV_NUMBER = r"(?:\d{4}\.\d{4,5}|[A-Za-z][A-Za-z-]+(?:\.[A-Za-z]{2})?/\d{7})"
"""Pattern of a number since 2007 (``2404.17047``) or before (``cs.CL/0101001``)."""

_ARXIV_REGISTRANT = "10.48550/arXiv."
_DOI = re.compile(r"\b10\.\s?\d{4,9}/\s?[^\s\"<>]+")
_ARXIV = re.compile(
    rf"(?:arXiv[:\s]*(?:\[[\w.-]+\]\s*)?|arxiv\.org/\s?(?:abs|pdf|html)/\s?|\babs/\s?)(?P<number>{ARXIV_NUMBER})", re.I
)
_URL = re.compile(r"https?:\s?//\s?[^\s)>\]]+")
_WHOLE_DOI = re.compile(rf"(?:doi:\s*|(?:www\.|dx\.)?doi\.org/)?({DOI_PREFIX}/\S+)", re.I)
_WHOLE_ARXIV = re.compile(
    rf"(?:arxiv:\s*)?(?P<bare>{ARXIV_NUMBER})(?:v\d+)?|"
    rf"(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/(?P<page>{ARXIV_NUMBER})(?:v\d+)?(?:\.pdf)?",
    re.I,
)
_ARXIV_FILE = re.compile(r"(?:arxiv[-_. ]?)?(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})(?:v\d+)?", re.I)


def doi_in(text: str) -> str:
    """The first DOI; empty if there is none."""
    found = _DOI.search(text)
    return trimmed_doi(re.sub(r"\s", "", found.group())) if found else ""


def trimmed_doi(doi: str) -> str:
    """A DOI without the punctuation of the sentence around it; a parenthesis that it opens itself stays.

    >>> trimmed_doi("10.1000/a(b)c),")
    '10.1000/a(b)c'
    """
    doi = doi.rstrip(".,;:")
    while doi.endswith(")") and doi.count("(") < doi.count(")"):
        doi = doi[:-1].rstrip(".,;:")
    return doi


def arxiv_in(text: str) -> str:
    """The first number that is marked as arXiv's; empty if there is none."""
    found = _ARXIV.search(text)
    return found["number"] if found else ""


def url_in(text: str) -> str:
    """The first URL; empty if there is none."""
    found = _URL.search(text)
    return re.sub(r"\s", "", found.group()).rstrip(".,;") if found else ""


def without_identifiers(text: str) -> str:
    """The text without its identifiers, whose digits look like years."""
    for pattern in (_URL, _DOI, _ARXIV):
        text = pattern.sub(" ", text)
    return text


def whole_doi(text: str) -> str:
    """The DOI that ``text`` is, alone, behind ``doi:`` or behind the resolver's host; empty if it is none."""
    found = _WHOLE_DOI.fullmatch(text)
    return found[1] if found else ""


def whole_arxiv(text: str) -> str:
    """The arXiv number that ``text`` is, alone, behind ``arXiv:`` or as a page of arxiv.org; empty if it is none.

    >>> whole_arxiv("arxiv.org/pdf/2404.17047v2.pdf")
    '2404.17047'
    """
    found = _WHOLE_ARXIV.fullmatch(text)
    return found["bare"] or found["page"] if found else ""


def arxiv_of_file(stem: str) -> str:
    """The number that a file is named by (``1601.03313v2``), its month valid; empty if there is none."""
    found = _ARXIV_FILE.fullmatch(stem)
    return found[1] if found else ""


def arxiv_of_doi(doi: str) -> str:
    """The arXiv number in a DOI that arXiv has registered; empty for any other.

    >>> arxiv_of_doi("10.48550/arXiv.2404.17047v2")
    '2404.17047'
    """
    registrant = _ARXIV_REGISTRANT.casefold()
    return bare_arxiv(doi.casefold().removeprefix(registrant)) if doi.casefold().startswith(registrant) else ""


def doi_of_arxiv(number: str) -> str:
    """The DOI that arXiv has registered for a number."""
    return f"{_ARXIV_REGISTRANT}{number}"


def bare_arxiv(number: str) -> str:
    """An arXiv number without its version."""
    return re.sub(r"v\d+$", "", number)
