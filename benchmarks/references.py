"""Reference lists: are entries parsed, citations led to entries, and entries to the papers that are held?

    python -m benchmarks.references

Token F1 of authors, title and year on the half of ``reference_strings`` that nothing was built with; then the links
between the 128 papers of ``paper_library``. ``--links N`` prints N of the found links, drawn at random, to judge by
eye; ``--misses`` prints what was not found.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from benchmarks.evaluation import SHARED, read_lines
from benchmarks.readings import read_papers
from benchmarks.reference_strings import held_out, labelled_words, read_strings
from corpus.model import Document
from corpus.references import find_mentions, find_references
from corpus.references.parsing import parse_entry
from corpus.references.works import HeldWorks, Work

_FIELDS = {"author": "byline", "title": "title", "date": "year"}


@dataclass(frozen=True, slots=True)
class _Link:
    citing: str
    cited: str
    entry: str
    mentions: int


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--links", type=int, default=0, help="print so many found links")
    parser.add_argument("--misses", action="store_true", help="print what was parsed wrong or not found")
    parser.add_argument("--training", action="store_true", help="measure parsing on the training half instead")
    arguments = parser.parse_args()
    _measure_parsing([row for row in read_strings() if held_out(row) != arguments.training], arguments.misses)
    documents = {name: _anew(document) for name, document in read_papers().items()}
    _measure_mentions(documents)
    _measure_links(documents, arguments.misses, arguments.links)


def _anew(document: Document) -> Document:
    """A document with its references and mentions found by the program as it is now."""
    references = find_references(document.text, document.blocks, document.sections)
    mentions = find_mentions(document.text, document.sections, references, document.links)
    return replace(document, references=references, mentions=mentions)


def _measure_parsing(rows: list[dict[str, Any]], misses: bool) -> None:
    right: Counter[str] = Counter()
    given: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    seconds = 0.0
    for row in rows:
        start = time.perf_counter()
        parsed = parse_entry(row["text"])
        seconds += time.perf_counter() - start
        for field, attribute in _FIELDS.items():
            words = [word for word, label in labelled_words(row) if label == field]
            gold = _tokens(" ".join(words)) if field != "date" else _years(" ".join(words))
            found = _tokens(getattr(parsed, attribute))
            right[field] += (gold & found).total()
            given[field] += found.total()
            wanted[field] += gold.total()
            if misses and gold != found:
                print(f"{field}: {' '.join(words)!r} / {getattr(parsed, attribute)!r}")
    for field in _FIELDS:
        f1 = 2 * right[field] / (given[field] + wanted[field])
        print(f"{field if field != 'date' else 'year'}: token F1 {f1:.3f}")
    print(f"{len(rows)} strings, {1000 * seconds / len(rows):.2f} ms each")


def _tokens(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def _years(text: str) -> Counter[str]:
    """The first year of a date: what a record keeps of "(1999 [1924])"."""
    return Counter(re.findall(r"(?<!\d)(?:1[5-9]|20)\d{2}[a-z]?(?!\d)", text.casefold())[:1])


def _measure_mentions(documents: dict[str, Document]) -> None:
    mentions = [mention for document in documents.values() for mention in document.mentions]
    resolved = sum(mention.reference is not None for mention in mentions)
    entries = sum(len(document.references) for document in documents.values())
    cited = sum(len({mention.reference for mention in document.mentions} - {None}) for document in documents.values())
    print(f"{len(mentions)} citations in the text, {resolved / len(mentions):.1%} led to an entry")
    print(f"{entries} entries, {cited / entries:.1%} of them cited in the text")


def _measure_links(documents: dict[str, Document], misses: bool, shown: int) -> None:
    held = HeldWorks(Work.of(name, document.record) for name, document in documents.items())
    found = list(_links(documents, held))
    pairs = {(link.citing, link.cited) for link in found}
    gold = read_lines(SHARED / "eval" / "paper_library" / "citation_links.jsonl")
    missed = [row for row in gold if (row["citing"], row["cited"]) not in pairs]
    print(f"gold links found: {len(gold) - len(missed)} of {len(gold)}; {len(pairs)} links found in all")
    cited = [link for link in found if link.mentions]
    print(f"links with a sentence that cites: {len(cited)} of {len(found)}")
    if misses:
        for row in missed:
            print(f"missed: {row['citing']} -> {row['cited']} {row['cited_title']!r}\n    {row['ref_text'][:200]}")
    for link in random.Random(5).sample(found, min(shown, len(found))):
        print(f"{link.citing} -> {link.cited} {documents[link.cited].record.title!r}\n    {link.entry}")


def _links(documents: dict[str, Document], held: HeldWorks) -> Iterator[_Link]:
    for name, document in documents.items():
        for n, reference in enumerate(document.references):
            entry = document.text[reference.start : reference.end]
            cited = held.find(reference, entry)
            if cited is not None and cited != name:
                yield _Link(name, cited, entry, sum(mention.reference == n for mention in document.mentions))


if __name__ == "__main__":
    main()
