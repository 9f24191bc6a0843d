"""From a span to words that an essay can use, and back: place, citation, primary work; is a quotation true?"""

from assistant.citing.authoryear import author_year, cite, paste
from assistant.citing.places import locator_label, place_in_citation
from assistant.citing.primary import CitedWorks, PrimaryWork, offered
from assistant.citing.quotation import Difference, QuotationCheck, Verdict, check_quotation
from assistant.citing.quotationsearch import QuotationFinder, QuotationPlace
from assistant.citing.secondhand import second_hand
from assistant.citing.source import CitedSource, SecondHand, make_source

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
