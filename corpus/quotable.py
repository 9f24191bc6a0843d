"""Sentences that can be quoted by themselves: what they lean on, what they stand in, what they cite.

What answers, summaries and the judge need to know of a sentence's surroundings.
"""

import re
from bisect import bisect_left

from corpus.locating import block_at, locate
from corpus.model import Document, Mention, Span

__all__ = ["continues", "mentions_in", "needs_antecedent", "turns_page", "with_antecedent"]

_MAX_WORDS = 80
"""Longest quotation, in words, that may take in the sentence before."""

_PRONOUNS = "it|they|he|she|its|their|these|those|both|such"
_CONNECTIVES = (
    "however|thus|therefore|moreover|furthermore|hence|also|instead|similarly|finally|then|in addition|as a result"
    "|for example|for instance|on the other hand"
)
_OWN_WORK = "paper|work|article|study|survey|essay|report|thesis"
"""Nouns after "this" that need no sentence before."""
_NEEDS_ANTECEDENT = re.compile(
    rf"(?i)^[“\"(]?(?:(?:{_CONNECTIVES}|yet|still|in turn)[,\s]+)?(?:{_PRONOUNS}|his|her|the (?:former|latter|same|two)"
    rf"|this(?!\s+(?:{_OWN_WORK}|section|chapter|appendix|review|year|table|figure)\b)"
    r"|that(?=\s+(?:is|was|means)\b))\b"
)
_CONTINUES = re.compile(
    rf"(?i)(?:{_PRONOUNS}|{_CONNECTIVES}|this(?! (?:{_OWN_WORK}|tutorial)\b)|that|but|there|additionally|second|third"
    r"|in contrast|otherwise|to this end|to do so|to do this)\b"
)


def needs_antecedent(sentence: str) -> bool:
    """Whether the sentence begins with a word whose meaning stands in the sentence before.

    >>> needs_antecedent("It was trained on 547 hours."), needs_antecedent("This paper presents a corpus.")
    (True, False)
    """
    return _NEEDS_ANTECEDENT.match(sentence) is not None


def continues(sentence: str) -> bool:
    """Whether the sentence begins with a pronoun or a connective that ties it to the one before.

    >>> continues("However, models are many."), continues("This tutorial asks why.")
    (True, False)
    """
    return _CONTINUES.match(sentence) is not None


def with_antecedent(document: Document, span: Span) -> Span | None:
    """``span`` with the sentence before it, where both stand in one block and stay short together.

    None where there is no such sentence, or where that one needs an antecedent as well.
    """
    position = bisect_left(document.sentences, span.start, key=lambda sentence: sentence.start)
    block = block_at(document, span.start)
    if not position or block is None or document.sentences[position - 1].start < block.start:
        return None
    previous = document.sentences[position - 1]
    joined = Span(previous.start, span.end)
    short = len(joined.within(document.text).split()) <= _MAX_WORDS
    return joined if short and not needs_antecedent(previous.within(document.text)) else None


def mentions_in(document: Document, span: Span) -> list[Mention]:
    """The citations that begin in ``span``, in text order."""
    return [mention for mention in document.mentions if span.start <= mention.start < span.end]


def turns_page(document: Document, span: Span) -> bool:
    """Whether ``span`` runs over the end of a PDF page, where foot and head of the page may stand within it."""
    place = locate(document, span)
    return place.pdf_page != place.pdf_page_end
