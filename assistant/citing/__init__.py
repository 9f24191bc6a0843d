"""From a span to words that an essay can use: the place, the author-year citation, the primary work behind it."""

from assistant.citing.authoryear import author_year, cite, paste
from assistant.citing.places import locator_label, place_in_citation
from assistant.citing.secondhand import second_hand
from assistant.citing.source import CitedSource, SecondHand, make_source

__all__ = [
    "CitedSource",
    "SecondHand",
    "author_year",
    "cite",
    "locator_label",
    "make_source",
    "paste",
    "place_in_citation",
    "second_hand",
]
