"""Citing: from a span to its place, citation and primary works; and whether a quotation stands in a text."""

from assistant.citing.citation import (
    CitedSource,
    CitedWorks,
    PrimaryWork,
    SecondHand,
    author_year,
    cite,
    locator_label,
    make_source,
    offered,
    paste,
)
from assistant.citing.quotation import Difference, QuotationCheck, Verdict, check_quotation
from assistant.citing.quotation_search import QuotationFinder, QuotationPlace

__all__ = [
    "CitedSource",
    "CitedWorks",
    "Difference",
    "PrimaryWork",
    "QuotationCheck",
    "QuotationFinder",
    "QuotationPlace",
    "SecondHand",
    "Verdict",
    "author_year",
    "check_quotation",
    "cite",
    "locator_label",
    "make_source",
    "offered",
    "paste",
]
