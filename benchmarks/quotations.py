"""Are altered quotations refused, true ones accepted, and marked edits recognised?

    python -m benchmarks.quotations

Sentences of the papers of `paper_library` are quoted 500 times each in three ways: with a number, a negation, a name
or a unit changed; with the differences of typesetting that the check folds; with marked edits. Each quotation is held
against the whole library, as a quotation without a known source is.
"""

from __future__ import annotations

import argparse
import random
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Callable

from assistant.citing import QuotationFinder, Verdict
from benchmarks.evaluation import SHARED, built_library
from corpus.model import Document, SectionKind

_EACH = 500
_SEED = 20261121
_LIGATURES = {"ffi": "\ufb03", "ffl": "\ufb04", "fi": "\ufb01", "fl": "\ufb02", "ff": "\ufb00"}
_NUMBER = re.compile(r"(?<![\w.,-])\d+(?:[.,]\d+)*(?![\w.,-])")
_NEGATION = re.compile(r"\b(?:is|are|was|were|can|could|does|do|did|has|have|will|should|may) (not )?(?=[a-z])")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][A-Za-z]*[a-z][A-Za-z]*\b(?![-'’])")
_UNITS = {
    "%": " points", "percent": "percentage points", "million": "billion", "billion": "million", "hours": "days",
    "days": "hours", "years": "months", "months": "years", "seconds": "minutes", "minutes": "seconds",
    "words": "tokens", "tokens": "words", "sentences": "documents", "documents": "sentences", "epochs": "steps",
    "GB": "MB", "ms": "s", "layers": "heads", "dimensions": "layers",
}  # fmt: skip
_UNIT = re.compile(r"(?<=\d)\s?%(?!\w)|(?<=\d )(?:" + "|".join(unit for unit in _UNITS if unit != "%") + r")\b(?![-/])")

Change = Callable[[str, random.Random, str], str | None]
"""A sentence changed, or None where it offers nothing to change; the last argument is a name from elsewhere."""


def main() -> None:
    """Make the quotations, check each, print counts and exceptions."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="print each quotation that got another verdict")
    arguments = parser.parse_args()
    with built_library("paper_library", [SHARED / "eval" / "paper_library" / "pdf"]) as workspace:
        finder = QuotationFinder(workspace.store, workspace.lexical)
        sentences = [
            (document.document_id, text)
            for document in workspace.documents()
            for text in _quotable(workspace.document(document.document_id).document)
        ]
        for title, changes, wanted in (
            ("altered, refused", (number, negation, name, unit), {Verdict.ALTERED, Verdict.MISSING}),
            ("folded differences, accepted", (typeset,), {Verdict.OK}),
            ("marked edits, recognised", (edited,), {Verdict.EDITED}),
        ):
            _measure(finder, sentences, title, changes, wanted, show=arguments.misses)


def _measure(
    finder: QuotationFinder,
    sentences: list[tuple[str, str]],
    title: str,
    changes: tuple[Change, ...],
    wanted: set[Verdict],
    *,
    show: bool,
) -> None:
    generator = random.Random(_SEED)
    verdicts: Counter[str] = Counter()
    right = located = 0
    began = time.perf_counter()
    for change in changes:
        made = 0
        while made < _EACH // len(changes):
            identity, sentence = generator.choice(sentences)
            quotation = change(sentence, generator, generator.choice(_NAMES))
            if quotation is None:
                continue
            made += 1
            place = finder.check(quotation)
            verdicts[place.check.verdict] += 1
            right += place.check.verdict in wanted
            located += place.document_id == identity
            if show and place.check.verdict not in wanted:
                print(f"{place.check.verdict} {change.__name__}: {quotation!r} of {sentence!r}")
    taken = (time.perf_counter() - began) / _EACH * 1000
    counts = ", ".join(f"{verdict} {count}" for verdict, count in sorted(verdicts.items()))
    print(f"{title}: {right} of {_EACH} ({counts}); in the right paper {located}; {taken:.0f} ms each")


def _quotable(document: Document) -> list[str]:
    """Sentences of 8 to 40 words, outside reference lists."""
    lists = [section for section in document.sections if section.kind is SectionKind.REFERENCES]
    return [
        span.within(document.text)
        for span in document.sentences
        if 8 <= len(span.within(document.text).split()) <= 40
        and not any(section.start <= span.start < section.end for section in lists)
    ]


def number(sentence: str, generator: random.Random, _: str) -> str | None:
    """One digit of one number changed."""
    found = list(_NUMBER.finditer(sentence))
    if not found:
        return None
    match = generator.choice(found)
    at = generator.choice([match.start() + n for n, char in enumerate(match[0]) if char.isdigit()])
    return sentence[:at] + str((int(sentence[at]) + generator.randint(1, 9)) % 10) + sentence[at + 1 :]


def negation(sentence: str, generator: random.Random, _: str) -> str | None:
    """A ``not`` put in or taken out."""
    found = list(_NEGATION.finditer(sentence))
    if not found:
        return None
    match = generator.choice(found)
    if match[1]:
        return sentence[: match.start(1)] + sentence[match.end(1) :]
    return f"{sentence[: match.end()]}not {sentence[match.end() :]}"


def name(sentence: str, generator: random.Random, other: str) -> str | None:
    """A capitalised word within the sentence replaced by another name."""
    found = [match for match in _NAME.finditer(sentence) if match[0] != other]
    if not found:
        return None
    match = generator.choice(found)
    return sentence[: match.start()] + other + sentence[match.end() :]


def unit(sentence: str, generator: random.Random, _: str) -> str | None:
    """What a number counts replaced by another unit."""
    found = list(_UNIT.finditer(sentence))
    if not found:
        return None
    match = generator.choice(found)
    return sentence[: match.start()] + _UNITS[match[0].strip()] + sentence[match.end() :]


def typeset(sentence: str, generator: random.Random, _: str) -> str | None:
    """Ligatures, another Unicode form, other dashes, marks and white space, and a word broken at a line's end."""
    words = sentence.split(" ")
    long = [n for n, word in enumerate(words) if word.isalpha() and len(word) > 6]
    if not long:
        return None
    broken = generator.choice(long)
    cut = generator.randint(2, len(words[broken]) - 3)
    hyphen = generator.choice(("-\n", "- ", "\u00ad\n", "\u2010\n", "\u00ad"))
    words[broken] = words[broken][:cut] + hyphen + words[broken][cut:]
    text = generator.choice((" ", "\n", "  ", "\u00a0", " \t")).join(words)
    for plain, ligature in _LIGATURES.items():
        text = text.replace(plain, ligature)
    text = re.sub(r"(?<=\w)[-–—](?=\w)", lambda _: generator.choice("-\u2010\u2011\u2013\u2014\u2212"), text)
    text = re.sub("[‘’'“”\"]", lambda _: generator.choice("'\"‘’“”«»„"), text)
    return unicodedata.normalize("NFD", text) if generator.random() < 0.5 else text


def edited(sentence: str, generator: random.Random, _: str) -> str | None:
    """Words left out, the first letter's case changed, or a ``[sic]``, each marked."""
    words = sentence.split(" ")
    kind = generator.choice(("left out", "case", "sic", "both"))
    if "[" in sentence or "…" in sentence or ".." in sentence or not words[0].isalpha():
        return None
    if kind == "sic":
        at = generator.randint(2, len(words) - 2)
        return " ".join((*words[:at], "[sic]", *words[at:]))
    if kind in ("left out", "both"):
        first = generator.randint(3, len(words) - 5)
        last = generator.randint(first + 1, len(words) - 3)
        words[first:last] = [generator.choice(("[…]", "[...]"))]
    if kind in ("case", "both"):
        words[0] = f"[{words[0][0].swapcase()}]{words[0][1:]}"
    return " ".join(words)


_NAMES = ("Ruiz", "Okafor", "Wikinews", "Lindqvist", "Gutenberg", "Tamil", "Breton", "Haddad", "Norwegian", "Celex")


if __name__ == "__main__":
    main()
