"""From a span to words that an essay can use, and back: place, citation, primary work; is a quotation true?"""

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
    place_in_citation,
    second_hand,
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
    "place_in_citation",
    "second_hand",
]
