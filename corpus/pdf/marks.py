"""How a line begins or looks when it is a caption, a list item, a footnote or a row of a table."""

from __future__ import annotations

import re

__all__ = [
    "begins_caption",
    "begins_footnote",
    "begins_item",
    "ends_sentence",
    "is_display",
    "is_row",
    "is_unfinished",
]

_CAPTION = re.compile(
    r"(?:(?:Fig(?:ure|\.)?|FIGURE|Tab(?:le|\.)?|TABLE|Algorithm|Listing|Scheme|Box)\s*[A-Z]?\.?\s?[\dIVX]+(?:\.\d+)?[a-z]?)"
    r"(?P<point>\s*[:.|]|\s*[-–—](?=\s)|(?=\s+[A-Z(])|$)"
)
_ITEM = re.compile(r"(?:[•·▪◦‣●■\u2219∗*–—-]\s+|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+|\((?:\d{1,2}|[a-z])\)\s*)(?=\S)")
_FOOTNOTE = re.compile(r"(?:\d{1,3}(?=\s?[^\W\d_]|\s?[\"“(‘]|\s?https?:)|[∗*†‡§¶⋆]+)\s?(?=\S)")
_NUMBER = re.compile(
    r"[-+±−<>≤≥~∼]?\(?[\d.,]*\d[\d.,]*(?:[%MkKBs×x]|e-?\d+)?\)?(?:[±/][\d.]+)?[∗*†‡]*|[-–—]|[✓✗×X]|N/A|n/a"
)
_SENTENCE_END = re.compile(r"[.!?:][\"'”’)\]]*(?:\[?\d{0,3}\]?)?$")
_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|et al|vs|Fig|Figs|Eq|Eqs|Sec|Tab|resp|approx|Dr|Prof|Mr|Mrs|St|[A-Z]))\.$"
)


def begins_caption(text: str, *, alone: bool) -> bool:
    """Whether ``text`` begins as a caption does; ``alone`` says that it does not go on with the line before."""
    match = _CAPTION.match(text)
    return match is not None and alone and (bool(match["point"].strip()) or len(text.split()) > 2 or len(text) < 12)


def begins_item(text: str) -> bool:
    """Whether ``text`` begins with the mark of a list."""
    return _ITEM.match(text) is not None


def begins_footnote(text: str) -> bool:
    """Whether ``text`` begins with a footnote mark."""
    return _FOOTNOTE.match(text) is not None


def is_row(text: str) -> bool:
    """Whether ``text`` is a row of figures: at least two, and at least half of its words.

    >>> is_row("Ours (large) 91.2 88.0 90.1"), is_row("In 2019, 12 of 30 models were open.")
    (True, False)
    """
    words = text.split()
    figures = sum(1 for word in words if _NUMBER.fullmatch(word))
    return figures >= 2 and figures >= 0.5 * len(words) and not text.endswith((".", ";"))


def is_display(text: str) -> bool:
    """Whether ``text`` is a formula or a scrap of one: hardly any word of three letters."""
    words = re.findall(r"[^\W\d_]{3,}", text)
    return len("".join(words)) < 0.4 * len(text.replace(" ", "")) and len(words) <= 4


def ends_sentence(text: str) -> bool:
    """Whether a sentence, or the lead-in to a list, ends with ``text``."""
    return _SENTENCE_END.search(text) is not None and _ABBREVIATED.search(text) is None


def is_unfinished(text: str) -> bool:
    """Whether ``text`` surely breaks off inside a sentence."""
    return not ends_sentence(text) and (text[-1:].isalpha() or text.endswith((",", ";", "-", "–", "(", "\u00ad", "’")))
