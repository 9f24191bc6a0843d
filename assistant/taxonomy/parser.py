"""From a question to a query: read the words, weigh whether they speak of the taxonomy, decide what is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from assistant.taxonomy.collective import column, count, distribution, matching, ranking
from assistant.taxonomy.conditions import first_number, read_numbers
from assistant.taxonomy.dates import read_dates
from assistant.taxonomy.defining import definition
from assistant.taxonomy.edition import Edition
from assistant.taxonomy.gist import Gist
from assistant.taxonomy.lexicon import read_parameters, read_remainder, read_words, unframed
from assistant.taxonomy.licensing import licence_query, terms_told
from assistant.taxonomy.mentions import Scan, Sort, plain
from assistant.taxonomy.named import ambiguous, comparison, of_models
from assistant.taxonomy.names import Names
from assistant.taxonomy.outline import outline
from assistant.taxonomy.query import Kind, Query
from assistant.taxonomy.relevance import relevant, strangers, telling
from assistant.taxonomy.spelling import correct
from assistant.taxonomy.tolerance import anchors, tolerable
from assistant.taxonomy.wording import enumeration

__all__ = ["Parser"]


_ARGUED = re.compile(r"\s*(?:,|;|,?\s+and|,?\s+but)\s+why\b.*$", re.IGNORECASE)


"""A second question, for reasons, which is for the texts: ``how open is Pythia and why …``."""


_CONDITIONS = (
    Sort.GRADE, Sort.LEVEL, Sort.STAGE, Sort.MATTER, Sort.DATE, Sort.FIELD, Sort.LICENCE, Sort.DEVELOPER, Sort.NUMBER,
    Sort.FOREIGN,
)  # fmt: skip
_SENTENCES = re.compile(r"(?<=[.!?:;])\s+(?=[A-Za-z])")
_NOT_UNDERSTOOD = re.compile(
    r"^\W*(?:i|we)\s+(?:do\s+not|don't|cannot|can't)\s+(?:quite\s+|really\s+|fully\s+)?understand\s+"
    r"(?!(?:about|whether|if|how|which|why|what|when)\b)",
    re.IGNORECASE,
)
"""A definition is asked for, ``I don't understand level C2``; the "not" refuses nothing."""
_POINTING_TO_ALL = re.compile(
    r"\b(?P<its>their)\b|\b(?:they|the\s+two(?:\s+models)?|both(?:\s+of\s+them)?)\b", re.IGNORECASE
)
"""What points back to all the models of the sentence before, ``A or B: where do their levels differ?``."""
_POINTING = re.compile(
    r"\b(?P<its>its|their|his|(?:this|that|the)\s+model's)\b|\b(?:it|they|(?:this|that)\s+(?:model|one|llm))\b",
    re.IGNORECASE,
)


def _last_sentence(text: str) -> tuple[str, str, str] | None:
    """The last question of several sentences between what stands before and behind it, or None for one sentence."""
    sentences = _SENTENCES.split(text)
    if len(sentences) == 1:
        return None
    asking = [n for n, sentence in enumerate(sentences) if sentence.endswith("?")]
    at = asking[-1] if asking else len(sentences) - 1
    return " ".join(sentences[:at]), sentences[at], " ".join(sentences[at + 1 :])


class Parser:
    """Reads questions against the names of an edition."""

    def __init__(self, edition: Edition, names: Names) -> None:
        self._edition = edition
        self._names = names

    def parse(self, question: str) -> Query:
        """The question as a query; its kind is ``none`` where it does not speak of the taxonomy."""
        readings = self._readings(plain(question))
        for tolerant in (False, True):
            for asked in readings:
                query = self._read(question, asked, tolerant=tolerant)
                if query.kind is not Kind.NONE:
                    return query
        return Query(question, Kind.NONE)

    def _readings(self, asked: str) -> tuple[str, ...]:
        """What is read, in this order: the whole, and of several sentences the one that asks."""
        last = _last_sentence(asked)
        if last is None:
            return (asked,)
        before, sentence, behind = last
        pointed = self._referred(before, sentence)
        aside = self._aside(before, pointed != sentence) and not self._conditions(self._scan(behind))
        return (pointed, asked) if aside else (asked, pointed)

    def _aside(self, before: str, pointed: bool) -> bool:
        """Whether what stands before the question sets no condition: it names nothing but a model pointed back to."""
        scan = self._scan(before)
        if scan.of(Sort.MODEL, Sort.FAMILY) and not pointed:
            return False
        return (
            not self._conditions(scan)
            and not terms_told(before)
            and not scan.has("licence", "components", "count-value")
        )

    def _conditions(self, scan: Scan) -> bool:
        """Whether a sentence beside the question says what is to be listed, or how many."""
        return bool(scan.of(*_CONDITIONS)) or (scan.has("list") and first_number(scan) is not None)

    def _referred(self, before: str, sentence: str) -> str:
        """A sentence with the model that stands before it in place of the word that points back."""
        scan = Scan(before)
        self._names.find(scan)
        names = scan.values(Sort.MODEL)
        if len(names) > 1:
            all_of_them = enumeration(names)
            sentence = _POINTING_TO_ALL.sub(
                lambda found: f"{all_of_them}'s" if found["its"] else all_of_them, sentence, count=1
            )
        if names and names[-1] not in sentence:
            sentence = _POINTING.sub(lambda found: f"{names[-1]}'s" if found["its"] else names[-1], sentence, count=1)
        return sentence

    def _read(self, question: str, asked: str, *, tolerant: bool) -> Query:
        text = _ARGUED.sub("?", asked)
        reasons = text != asked
        text = unframed(_NOT_UNDERSTOOD.sub("explain ", text))
        scan = self._scan(text, tolerant=tolerant)
        corrections: tuple[str, ...] = ()
        if tolerant and not anchors(scan):
            return Query(question, Kind.NONE)
        if not scan.of(Sort.DISCOURSE):
            corrected = correct(scan, self._names)
            again = self._scan(corrected.text, tolerant=tolerant)
            if corrected.corrections and telling(again):
                scan, corrections = again, corrected.corrections
        if tolerant and not tolerable(scan):
            return Query(question, Kind.NONE)
        gist = Gist(scan, self._edition)
        query = _stepped(gist) if tolerant else _query(gist)
        notes = tuple(note for mention in scan.of(Sort.MODEL) if (note := self._names.note(mention.text)))
        notes += tuple(self._variants(scan))
        if reasons:
            notes += ("The table says nothing of the reasons that are asked for too.",)
        if query.kind is Kind.NONE:
            return Query(question, Kind.NONE)
        return replace(query, question=question, corrections=corrections, notes=(*notes, *query.notes))

    def _variants(self, scan: Scan) -> Iterator[str]:
        """What to know where a question names a size or a flavour that has no row of its own."""
        for model, variant in pairwise(scan.mentions):
            if model.sort is Sort.MODEL and variant.sort is Sort.VARIANT:
                size = self._edition.by_name[model.value].size
                if variant.text.strip(" -").upper() != size:
                    yield f"The table has one row for {model.value} (largest size {size}), none for {variant.value}."

    def _scan(self, text: str, *, tolerant: bool = False) -> Scan:
        scan = Scan(text)
        self._names.find(scan)
        read_dates(scan)
        read_words(scan)
        read_numbers(scan)
        read_parameters(scan)
        read_remainder(scan, tolerant=tolerant)
        return scan


_SELECTING = (Kind.FILTER, Kind.COUNT, Kind.COLUMN, Kind.RANKING, Kind.DISTRIBUTION, Kind.AMBIGUOUS)


def _over_models(query: Query, scan: Scan) -> bool:
    """Whether models are chosen by what the question says, so that a negation not understood would turn it round."""
    return query.kind in _SELECTING or (query.kind is not Kind.DEFINITION and scan.has("models", "each"))


_STEPS = (comparison, definition, of_models, ambiguous, ranking, distribution, count, matching, column)


def _query(gist: Gist) -> Query:
    """The first reading that fits; of kind ``none`` where nothing does."""
    scan = gist.scan
    if (rule := licence_query(scan)) is not None:
        return rule
    if (layout := outline(scan, gist.edition)) is not None:
        return layout
    unknown = (*scan.values(Sort.FOREIGN), *strangers(scan))
    if not relevant(scan, unknown):
        return Query(scan.text, Kind.NONE)
    if unknown:
        return Query(scan.text, Kind.UNKNOWN_MODEL, models=gist.models, unknown=unknown)
    return _stepped(gist)


def _stepped(gist: Gist) -> Query:
    scan = gist.scan
    for step in _STEPS:
        if (query := step(gist)) is not None:
            if _over_models(query, scan) and not gist.interpreted():
                return Query(scan.text, Kind.NONE)
            return replace(query, notes=tuple(gist.notes))
    return Query(scan.text, Kind.NONE)
