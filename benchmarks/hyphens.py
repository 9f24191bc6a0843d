"""Words cut by line ends: 200 of them, drawn at random from 20 papers, as the reader made them whole.

    python -m benchmarks.hyphens

Compared with verdicts passed by eye (`data/hyphens.tsv`): document, PDF page, offset at the time of judging, the two
halves, and whether the hyphen is the line's (`join`), the word's (`keep`) or a suspended one before a space (`apart`).
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch

from benchmarks.evaluation import SHARED, add_engine_option
from corpus.pdf import blocks as assembly
from corpus.pdf.engine import PdfOptions
from corpus.readers.pdf import read_pdf
from corpus.text.hyphenation import HYPHENS, Vocabulary, join_lines

_SEED = 2611
_PAPERS = 20
_DRAWN = 200
_VERDICTS = Path(__file__).parent / "data" / "hyphens.tsv"


@dataclass(frozen=True, slots=True)
class _Case:
    document: str
    page: int
    offset: int
    left: str
    right: str
    resolved: str
    """``join``, ``keep`` or ``apart``."""

    @property
    def key(self) -> tuple[str, int, str, str]:
        return self.document, self.page, self.left, self.right


def main() -> None:
    """Draw, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true", help="print every word drawn, in the columns of the verdicts")
    add_engine_option(parser)
    arguments = parser.parse_args()
    papers = sorted((SHARED / "eval" / "paper_library" / "pdf").glob("*.pdf"))
    options = PdfOptions(engine=arguments.engine)
    chance = random.Random(_SEED)
    cases = [
        case for path in sorted(chance.sample(papers, min(_PAPERS, len(papers)))) for case in _cases(path, options)
    ]
    drawn = sorted(sorted(cases, key=_lot)[:_DRAWN], key=lambda case: (case.document, case.offset))
    if arguments.list:
        for case in drawn:
            print(case.document, case.page, case.offset, case.left, case.right, case.resolved, sep="\t")
        return
    verdicts = _verdicts()
    judged = [case for case in drawn if case.key in verdicts]
    wrong = [case for case in judged if verdicts[case.key] != case.resolved]
    for case in wrong:
        print(f"{case.document} page {case.page}: {case.left}|{case.right} is {case.resolved}")
    print(f"line-end hyphens in {_PAPERS} papers: {len(cases)}; drawn: {len(drawn)}; judged: {len(judged)}")
    print(f"right: {len(judged) - len(wrong)} of {len(judged)}")


def _lot(case: _Case) -> str:
    """A number by chance that stays with a case, so that the draw is the same whatever the reader makes of others."""
    return sha256(repr((_SEED, case.key)).encode()).hexdigest()


def _cases(path: Path, options: PdfOptions) -> Iterator[_Case]:
    """The line-end hyphens of a paper in the order of its text."""
    joins: list[tuple[str, str, str]] = []

    def record(left: str, right: str, vocabulary: Vocabulary) -> str:
        whole = join_lines(left, right, vocabulary)
        if left.rstrip().endswith(tuple(HYPHENS)):
            joins.append((left.rstrip(), right.lstrip(), whole))
        return whole

    with patch.object(assembly, "join_lines", record):
        reading = read_pdf(path, options)
    place = 0
    for left, right, whole in joins:
        found = reading.text.find(whole, place)
        if found < 0:
            continue  # the right line was itself joined with the next one, or the block was dropped
        place = found
        offset = found + len(left) - 1
        page = next(page.number for page in reading.pages if offset < page.end)
        rest = whole[len(left) - 1 :]
        resolved = "apart" if rest[:2] in ("- ", "\u2010 ") else "keep" if rest[:1] in HYPHENS else "join"
        yield _Case(path.stem, page, offset, left.split()[-1], right.split()[0], resolved)


def _verdicts() -> dict[tuple[str, int, str, str], str]:
    rows = [line.split("\t") for line in _VERDICTS.read_text("utf-8").splitlines() if line and line[0] != "#"]
    return {(document, int(page), left, right): verdict for document, page, _, left, right, verdict in rows}


if __name__ == "__main__":
    main()
