"""Sentence ends drawn at random from papers, and what reading them showed.

``python -m benchmarks.sentences`` prints the figures of the verdicts in ``benchmarks/data/sentence_ends.csv``
(document, offset, verdict: right, or wrong where the cut lies inside a sentence). ``--draw N`` prints N ends to be
read, each with its document and offset and the text around it.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections import Counter
from itertools import pairwise
from pathlib import Path

from benchmarks.evaluation import SHARED
from corpus.model import BlockKind, Document, SectionKind
from corpus.readers.formats import read_document

VERDICTS = Path(__file__).with_name("data") / "sentence_ends.csv"
PAPERS = SHARED / "eval" / "paper_library" / "pdf"
_SEED = 11
_PAPERS = 30
_AROUND = 60
_READ = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE)


def main() -> None:
    """Draw ends, or print the figures of those that were read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draw", type=int, default=0, metavar="N")
    parser.add_argument("--seed", type=int, default=_SEED)
    options = parser.parse_args()
    if options.draw:
        _draw(options.draw, options.seed)
    else:
        _report()


def inner_ends(document: Document) -> list[int]:
    """Offsets behind sentences that end within a paragraph: the only ones that the splitter decides.

    Reference lists are left out, as they are from passages.
    """
    skipped = [section for section in document.sections if section.kind is SectionKind.REFERENCES]
    blocks = [
        block
        for block in document.blocks
        if block.kind in _READ and not any(section.start <= block.start < section.end for section in skipped)
    ]
    ends: list[int] = []
    cursor = 0
    for before, after in pairwise(document.sentences):
        while cursor < len(blocks) and blocks[cursor].end <= before.start:
            cursor += 1
        if cursor < len(blocks) and blocks[cursor].start <= before.start and after.end <= blocks[cursor].end:
            ends.append(before.end)
    return ends


def _draw(number: int, seed: int) -> None:
    chosen = random.Random(seed)
    papers = chosen.sample(sorted(PAPERS.glob("*.pdf")), _PAPERS)
    found: list[tuple[str, int, str, str]] = []
    for path in papers:
        document = read_document(path)
        for end in inner_ends(document):
            before, after = document.text[max(0, end - _AROUND) : end], document.text[end : end + _AROUND]
            found.append((path.stem, end, before, after))
    for name, end, before, after in chosen.sample(found, min(number, len(found))):
        print(f"{name},{end}\t{before!r} | {after!r}")


def _report() -> None:
    with VERDICTS.open(encoding="utf-8", newline="") as file:
        verdicts = Counter(row["verdict"] for row in csv.DictReader(file))
    print(f"sentence ends read: {verdicts.total()}")
    print(f"wrong, inside a sentence: {verdicts['wrong']}")


if __name__ == "__main__":
    main()
