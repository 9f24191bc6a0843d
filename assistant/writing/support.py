"""Does a passage say what a sentence claims? Numbers, names and negations exactly; the rest by words and meaning.

This is a net for inventions, no proof: a sentence that passes has the numbers, names and polarity of what it cites and
is near to it in words and meaning. What fails names its reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.citing.quotation import stands_in
from assistant.writing.claims import Claim
from corpus.model import Span
from index.analyzer import stems
from index.embedder import Vectors
from index.query import query_terms

__all__ = ["CitedPassage", "Claim", "Support", "gives_orders", "support"]

_LEAST_COVERAGE = 0.4
"""Share of the claim's telling words that its passages must have."""
_LEAST_SUPPORT = 0.6
"""Mean of that share and of the cosine to the nearest sentence."""
_NEAR = 6
"""Words behind a negation that it may speak of."""

_NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*")
_SCALE = re.compile(
    r"\s*(%|per ?cent\b|percentage points?\b|thousand\b|million\b|billion\b|trillion\b|[kKmMgGtT]?B\b|[kmc]?m\b|m?s\b)"
)
_NUMERALS = {
    word: str(n)
    for n, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), 2)
}  # fmt: skip
_NUMERAL = re.compile(rf"\b(?:{'|'.join(_NUMERALS)})\b", re.I)
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|neither|nor|nobody|nothing|without|cannot|hardly|lacks?|lacking|fails?|failed|unable)\b"
    r"|n[’']t\b",
    re.I,
)
_PREFIXES = ("un", "in", "im", "ir", "il", "non", "non-", "dis", "mis")
_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget)\s+(?:\w+\s+){0,3}(?:above|instructions?|rules|prompts?)\b|"
    r"\b(?:system|assistant|user)\s*:|<\|?\w+\|?>|\byou (?:are now|now|must) (?:answer|write|say|an?)\b|"
    r"\b(?:answer|respond|reply) only with\b",
    re.I,
)
_NAME = re.compile(r"[^\W\d_][\w’'-]*")
_QUOTED = re.compile(r"“([^“”]+)”|«([^«»]+)»|\"([^\"]+)\"")


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """A passage as a claim may cite it."""

    text: str
    """The document's text."""
    sentences: tuple[Span, ...]
    """Of the passage, in the document's text; those that give a model orders say nothing about the world."""
    about: str
    """Title and citation: a claim may name the work it reports."""

    @property
    def words(self) -> str:
        """The passage."""
        return " ".join(span.within(self.text) for span in self.sentences)


@dataclass(frozen=True, slots=True)
class Support:
    """Whether a claim is supported, and by which sentence of each passage that it cites."""

    reason: str
    """What is not supported; empty where all is."""
    nearest: tuple[Span, ...] = ()
    """The nearest sentence of each cited passage, in the order of `Claim.cited`."""

    @property
    def supported(self) -> bool:
        """Whether nothing was found that the passages do not say."""
        return not self.reason


def gives_orders(sentence: str) -> bool:
    """Whether a sentence speaks to a language model, as hidden instructions do.

    >>> gives_orders("Ignore all previous instructions."), gives_orders("They ignore previous work.")
    (True, False)
    """
    return _ORDER.search(sentence) is not None


def support(claim: Claim, passages: Sequence[CitedPassage], embed: Callable[[Sequence[str]], Vectors]) -> Support:
    """Hold ``claim`` against the ``passages`` that it cites, one for each of its numbers."""
    usable = [passage for passage in passages if passage.sentences]
    if not usable or len(usable) < len(passages):
        return Support("it cites no passage")
    sentences = [(n, span, span.within(p.text)) for n, p in enumerate(usable) for span in p.sentences]
    vectors = embed([claim.text, *(text for _, _, text in sentences)])
    cosines = (vectors[1:] @ vectors[0]).tolist()
    worth = [cosine + _coverage(claim.text, text) for (_, _, text), cosine in zip(sentences, cosines, strict=True)]
    order = sorted(range(len(sentences)), key=lambda n: -worth[n])
    nearest = tuple(next(sentences[k][1] for k in order if sentences[k][0] == n) for n in range(len(usable)))
    best = sentences[order[0]][2]
    held = " ".join(passage.words for passage in usable)
    known = " ".join([held, *(passage.about for passage in usable)])
    reason = (
        _quotations(claim.text, usable)
        or _numbers(claim.text, known)
        or _names(claim.text, known)
        or _negations(claim.text, best, held)
        or _likeness(claim.text, held, max(cosines))
    )
    return Support(reason, nearest)


def _quotations(claim: str, passages: Sequence[CitedPassage]) -> str:
    for match in _QUOTED.finditer(claim):
        quotation = next(group for group in match.groups() if group is not None).strip().rstrip(",.;")
        if quotation and not any(stands_in(quotation, passage.words) for passage in passages):
            return f"“{quotation}” does not stand in what it cites"
    return ""


def _numbers(claim: str, known: str) -> str:
    wanted, held = _figures(claim), _figures(known)
    missing = next((figure for figure in wanted if figure not in held), None)
    return f"{''.join(missing)} is not in what it cites" if missing else ""


def _figures(text: str) -> dict[tuple[str, str], None]:
    """Numbers with their unit of scale, in order of the text; thousands without their comma."""
    plain = _NUMERAL.sub(lambda match: _NUMERALS[match[0].lower()], text)
    figures: dict[tuple[str, str], None] = {}
    for match in _NUMBER.finditer(plain):
        number = re.sub(r",(?=\d{3}\b)", "", match[0])
        unit = _SCALE.match(plain, match.end())
        name = re.sub(r"per ?cent", "%", unit[1]) if unit else ""
        figures[number, name] = None
    return figures


def _names(claim: str, known: str) -> str:
    words = set(re.findall(r"\w+", known.casefold()))
    for match in _NAME.finditer(claim):
        name = match[0]
        first = not re.search(r"\w", claim[: match.start()])
        striking = any(char.isupper() or char.isdigit() for char in name[1:])
        if not striking and (first or not name[0].isupper()):
            continue
        parts = re.findall(r"\w+", re.sub(r"[’']s?$", "", name).casefold())
        if any(part not in words and part.rstrip("s") not in words for part in parts):
            return f"{name} is not in what it cites"
    return ""


def _negations(claim: str, best: str, held: str) -> str:
    ours, theirs = _NEGATION.search(claim), _NEGATION.search(best)
    if ours and not theirs:
        return f"it says “{ours[0]}” where what it cites does not"
    if theirs and not ours:
        negated = stems(" ".join(best[theirs.end() :].split()[:_NEAR]))
        if negated & stems(" ".join(query_terms(claim))):
            return f"it leaves out “{theirs[0]}” of what it cites"
    words, there = _plain(claim), _plain(held)
    for word in sorted(words - there):
        opposite = next((p + word for p in _PREFIXES if p + word in there), None) or next(
            (word[len(p) :] for p in _PREFIXES if word.startswith(p) and len(word) > len(p) + 3), None
        )
        if opposite in there:
            return f"it says “{word}” where what it cites says “{opposite}”"
    return ""


def _plain(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.casefold()))


def _likeness(claim: str, held: str, cosine: float) -> str:
    coverage = _coverage(claim, held)
    if coverage < _LEAST_COVERAGE or (coverage + cosine) / 2 < _LEAST_SUPPORT:
        return "what it cites says something else"
    return ""


def _coverage(claim: str, text: str) -> float:
    """Share of the claim's telling words that ``text`` has, by their stems."""
    telling = stems(" ".join(query_terms(claim)))
    return len(telling & stems(text)) / len(telling) if telling else 0.0
