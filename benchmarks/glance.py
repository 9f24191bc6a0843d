"""Do the sentences shown as aim and results state the paper's aim and results?

    python -m benchmarks.glance                 the judged papers: counts, and that each sentence is a slice
    python -m benchmarks.glance --read SEED     30 papers drawn by a seed, for reading and judging

Judged by reading each sentence with the title of its paper, not the whole paper: right is an aim that says what it sets
out to do, and a result that says what it found. `benchmarks/data/glance.tsv` keeps document, part, offsets and verdict.
A sentence that is shown now and was not judged counts as wrong, and so does a part for which nothing is shown.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections import Counter
from pathlib import Path

from assistant.glance import Glance, glance_at
from assistant.workspace import Workspace
from benchmarks.evaluation import SHARED, built_library

_PAPERS = 30
_JUDGED = ("aim", "results")
_VERDICTS = Path(__file__).parent / "data" / "glance.tsv"


def main() -> None:
    """Print the judged figures, or papers to judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--read", type=int, metavar="SEED", help="print aim and results of 30 papers drawn by SEED")
    parser.add_argument(
        "--without", type=int, nargs="*", default=[], metavar="SEED", help="but none of those drawn by SEED"
    )
    arguments = parser.parse_args()
    with built_library("paper_library", [SHARED / "eval" / "paper_library" / "pdf"]) as workspace:
        if arguments.read is not None:
            _print(workspace, arguments.read, arguments.without)
        else:
            _count(workspace)


def _print(workspace: Workspace, seed: int, without: list[int]) -> None:
    documents = sorted(document.document_id for document in workspace.documents())
    read = {identity for other in without for identity in random.Random(other).sample(documents, _PAPERS)}
    unread = [identity for identity in documents if identity not in read]
    for identity in random.Random(seed).sample(unread, _PAPERS):
        glance = _looked_at(workspace, identity)
        print(f"\n{identity} {glance.title}")
        for part in glance.parts:
            for source in part.sources if part.role in _JUDGED else ():
                place = source.locator
                print(f"{identity}\t{part.role}\t{place.start}\t{place.end}\t{' '.join(source.quote.split())}")


def _count(workspace: Workspace) -> None:
    with _VERDICTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    verdicts = {(row["document"], row["part"], int(row["start"]), int(row["end"])): row["verdict"] for row in rows}
    judged = dict.fromkeys(row["document"] for row in rows)
    right: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    papers: Counter[str] = Counter()
    for identity in judged:
        for part in _looked_at(workspace, identity).parts:
            marks = [
                verdicts.get((identity, part.role, source.locator.start, source.locator.end)) == "right"
                for source in part.sources
            ]
            right[part.role] += sum(marks)
            shown[part.role] += max(1, len(marks))
            papers[part.role] += bool(marks) and marks.count(True) == len(marks)
    for role in _JUDGED:
        share = right[role] / shown[role]
        print(f"{role}: {right[role]} of {shown[role]} sentences right ({share:.0%}); ", end="")
        print(f"all right in {papers[role]} of {len(judged)} papers")
    total = sum(right[role] for role in _JUDGED), sum(shown[role] for role in _JUDGED)
    print(f"together: {total[0]} of {total[1]} ({total[0] / total[1]:.0%})")
    everything = [_looked_at(workspace, document.document_id) for document in workspace.documents()]
    sentences = sum(len(part.sources) for glance in everything for part in glance.parts)
    print(f"slices, all parts of all {len(everything)} papers: {sentences} of {sentences}")


def _looked_at(workspace: Workspace, identity: str) -> Glance:
    """A document at a glance; stops where a sentence is no slice of its text."""
    stored = workspace.document(identity)
    glance = glance_at(stored)
    for part in glance.parts:
        for source in part.sources:
            assert source.quote == stored.document.text[source.locator.start : source.locator.end], source
    return glance


if __name__ == "__main__":
    main()
