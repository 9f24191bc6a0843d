"""A model's text as claims: its sentences, each with the numbers of the passages that it cites."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.text.characters import normalise
from corpus.text.sentences import split_sentences

__all__ = ["Claim", "read_claims"]

_MARK = r"\[\s*\d{1,4}(?:\s*[,;–-]\s*\d{1,4})*\s*\]"
_MARKS = re.compile(_MARK)
_MARK_BEHIND = re.compile(rf"([.!?]+[\"”’)]*)((?:\s*{_MARK})+)")
_THOUGHTS = re.compile(r"<think>.*?(?:</think>|\Z)", re.S)
_LINE_MARKUP = re.compile(r"^\s*(?:[-*•]\s+|\d{1,2}[.)]\s+|#{1,6}\s+|>\s+)+", re.M)
_INLINE_MARKUP = re.compile(r"\*\*|__|`+")
_LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of a model."""

    text: str
    """Without marks of citation."""
    cited: tuple[int, ...]
    """The numbers of passages that exist, in order, each once."""


def read_claims(text: str, passages: int) -> list[Claim]:
    """The sentences of ``text``; numbers other than those of the ``passages`` are taken away.

    What follows the last end of a sentence was broken off and is left out.

    >>> read_claims("Weights are open. [1] Data is not [2][9]. And then the", 2)
    [Claim(text='Weights are open.', cited=(1,)), Claim(text='Data is not.', cited=(2,))]
    """
    text = _INLINE_MARKUP.sub("", _LINE_MARKUP.sub("", _THOUGHTS.sub("", normalise(text))))
    claims: list[Claim] = []
    for line in text.split("\n"):
        line = _MARK_BEHIND.sub(lambda match: f"{match[2].rstrip()}{match[1]}", line)
        for span in split_sentences(line):
            sentence = span.within(line)[:_LONGEST]
            words = re.sub(r"\s+([.,;:!?])", r"\1", " ".join(_MARKS.sub(" ", sentence).split()))
            ends = re.search(r"[.!?…][\"”’)]*$", words) is not None
            if ends and re.search(r"[^\W\d_]{2}", words):
                claims.append(Claim(words, _cited(sentence, passages)))
    return claims


def _cited(sentence: str, passages: int) -> tuple[int, ...]:
    numbers: list[int] = []
    for mark in _MARKS.finditer(sentence):
        for part in re.split(r"[,;]", mark[0].strip("[] ")):
            first, _, last = part.partition("–" if "–" in part else "-")
            span = range(int(first), min(int(last or first), passages) + 1)
            numbers += [n for n in span if 1 <= n <= passages]
    return tuple(dict.fromkeys(numbers))
