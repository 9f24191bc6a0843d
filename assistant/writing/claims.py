"""A model's text as claims: its sentences, each with the numbers of the passages that it cites."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.text.characters import normalise
from corpus.text.sentences import split_sentences

__all__ = ["Claim", "read_claims"]

_MARK = r"\[\s*\d{1,4}(?:\s*[,;–-]\s*\d{1,4})*\s*\]"
_MARKS = re.compile(_MARK)
_ROW = rf"{_MARK}(?:[ \t,]*+(?:and[ \t]*+)?{_MARK})*+"
"""Marks that follow each other."""
_MARK_BEHIND = re.compile(rf"([.!?。！？]+[\"”’)]*)((?:\s*{_MARK})+)")
_MARK_BELOW = re.compile(rf"\n[^\S\n]*({_ROW})[ \t.]*(?=\n|\Z)")
_IN_PARENTHESES = re.compile(rf"\(\s*(?:(?:see|cf\.?|from|sources?|passages?)[\s:]*)?({_ROW})\s*\)", re.I)
_AS_NOUN = re.compile(
    rf"(?P<before>\b(?:according to|in|by|from|of|per|see)\s)\s*(?P<row>{_ROW})(?=\s*,|\s+[a-z])", re.I
)
_AS_SUBJECT = re.compile(rf"(?P<before>(?:^|[.!?]\s+))(?P<row>{_ROW})(?=\s+[a-z])", re.M)
_OTHER_MARKS = (
    (re.compile(r"\\([\[\]])"), r"\1"),
    (re.compile(r"【\s*([^【】]*?)\s*(?:†[^【】]*)?】"), r"[\1]"),
    (re.compile(r"\[\s*(\[[^\[\]]*\])\s*\]"), r"\1"),
    (re.compile(r"(\[[\^\d][^\[\]]*\])\([^()\s]*\)"), r"\1"),
    (re.compile(r"\[\s*(?:\^|(?:passages?|sources?|documents?|refs?\.?|no\.?|#)\s*(?=\d))", re.I), "["),
    (re.compile(r"(?<=\d)\s*(?:and|&)\s*(?=\d{1,4}\s*\])"), ", "),
)
"""Ways in which models write a mark, and how it is read."""
_THOUGHTS = re.compile(
    r"<(?P<tag>think(?:ing)?|reasoning|reflection)>.*?(?:</(?P=tag)>|\Z)|◁think▷.*?(?:◁/think▷|\Z)"
    r"|\A.*</(?:think(?:ing)?|reasoning|reflection)>",
    re.S | re.I,
)
_APPENDIX = re.compile(
    r"^[^\w\n]*(?:references|sources|citations|bibliography|works cited)[^\w\n]*?(?::|$).*", re.S | re.I | re.M
)
"""A list of sources at the end: the numbers have said it."""
_LINE_MARKUP = re.compile(r"^[^\S\n]*(?:[-*•]\s+|\d{1,2}[.)]\s+|#{1,6}\s+|>\s+)+", re.M)
_INLINE_MARKUP = re.compile(
    r"\*\*|__|`+|</?(?:b|i|u|em|strong|sup|sub|p|br|span|code|a|cite)\b[^<>]*>|(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*])"
)
_END = re.compile(rf"(?:[.!?…。！？][\"”’)]*|{_MARK})\s*$")
"""Of a sentence, or of an item of a list, which often has no stop but its marks."""
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
    claims: list[Claim] = []
    for line in _plain(text).split("\n"):
        line = _MARK_BEHIND.sub(lambda match: f"{match[2].rstrip()}{match[1]}", line)
        for span in split_sentences(line):
            sentence = span.within(line)[:_LONGEST]
            words = re.sub(r"\s+([.,;:!?。！？])", r"\1", " ".join(_MARKS.sub(" ", sentence).split()))
            if _END.search(sentence) and re.search(r"[^\W\d_]{2}", words):
                claims.append(Claim(words, _cited(sentence, passages)))
    return claims


def _plain(text: str) -> str:
    """The answer itself, its marks in one form, each behind what it belongs to."""
    text = _THOUGHTS.sub("", normalise(text))
    for pattern, replacement in _OTHER_MARKS:
        text = pattern.sub(replacement, text)
    text = _INLINE_MARKUP.sub("", _LINE_MARKUP.sub("", text))
    text = _MARK_BELOW.sub(r" \1", _APPENDIX.sub("", text))
    text = _IN_PARENTHESES.sub(r"\1", text)
    # A mark that is a word of the sentence leaves a hole where it is taken out.
    text = _AS_SUBJECT.sub(r"\g<before>The source \g<row>", text)
    return _AS_NOUN.sub(r"\g<before>the source \g<row>", text)


def _cited(sentence: str, passages: int) -> tuple[int, ...]:
    numbers: list[int] = []
    for mark in _MARKS.finditer(sentence):
        for part in re.split(r"[,;]", mark[0].strip("[] ")):
            ends = [int(end) for end in re.split(r"[–-]", part)]
            numbers += [n for n in range(min(ends), min(max(ends), passages) + 1) if n >= 1]
    return tuple(dict.fromkeys(numbers))
