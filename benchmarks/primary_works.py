"""The works that quotations cite: are they found by keys, are their own words near, and what does that cost an answer?

    python -m benchmarks.primary_works

Over ``paper_library``, 128 papers of which some cite others. Entries looked up by keys against entries compared with
every record; for each sentence that cites a held paper the cosine of that paper's best sentence, and of the best one
of a paper drawn at random, which shows what nearness is worth; the time of this step within answers. ``--words``
prints each sentence with the words found for it, to judge by eye.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answering.own_words import NEAR, PrimaryFinder, without_citations
from assistant.workspace import Workspace
from benchmarks.evaluation import SHARED, built_library, read_lines
from corpus.model import Span
from corpus.references.works import HeldWorks, Work
from corpus.store import StoredDocument

_SENTENCES = 3
"""Of one link, at most."""


@dataclass(frozen=True, slots=True)
class _Citation:
    """A sentence that cites a held document."""

    citing: StoredDocument
    sentence: Span
    cited: StoredDocument


def main() -> None:
    """Build the library where needed, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", action="store_true", help="print each sentence with the words found for it")
    arguments = parser.parse_args()
    folder = SHARED / "eval" / "paper_library"
    with built_library("paper_library", [folder / "pdf"]) as workspace:
        workspace.warm_up()
        documents = [workspace.document(summary.document_id) for summary in workspace.documents()]
        citations = list(_looked_up(workspace, documents))
        _compare(workspace, documents, citations, shown=arguments.words)
        _clock(workspace, [row["text"] for row in read_lines(folder / "qa.jsonl")], citations)


def _looked_up(workspace: Workspace, documents: list[StoredDocument]) -> Iterator[_Citation]:
    """The citations found; prints how the lookup by keys compares with one over all records."""
    everything = [Work.of(stored.document_id, stored.document.record, stored.document.kind) for stored in documents]
    known = {stored.document_id: stored for stored in documents}
    agreed, differing, entries, seconds = 0, 0, 0, 0.0
    for stored in documents:
        document = stored.document
        texts = [(ref, Span(ref.start, ref.end).within(document.text)) for ref in document.references]
        start = time.perf_counter()
        found = workspace.works.cited(texts, stored.document_id)
        seconds += time.perf_counter() - start
        entries += len(texts)
        others = HeldWorks(work for work in everything if work.identity != stored.document_id)
        for number, ((reference, text), held) in enumerate(zip(texts, found, strict=True)):
            expected = others.find(reference, text)
            agreed += held is not None and held == expected
            differing += held != expected
            if held is not None:
                yield from _sentences(stored, number, known[held])
    print(f"{agreed} entries lead to a held document, {differing} differ from the comparison with every record")
    print(f"{entries} entries looked up, {1000 * seconds / entries:.2f} ms each")


def _sentences(stored: StoredDocument, number: int, cited: StoredDocument) -> Iterator[_Citation]:
    document = stored.document
    places = [mention.start for mention in document.mentions if mention.reference == number]
    spans = [span for span in document.sentences if any(span.start <= place < span.end for place in places)]
    yield from (_Citation(stored, span, cited) for span in spans[:_SENTENCES])


def _compare(workspace: Workspace, documents: list[StoredDocument], citations: list[_Citation], *, shown: bool) -> None:
    finder = PrimaryFinder(workspace.store, workspace.retriever)
    drawn = random.Random(5)
    cosines: dict[str, list[float]] = {"cited": [], "drawn at random": []}
    for citation in citations:
        said = without_citations(citation.citing.document, citation.sentence)
        vector = workspace.retriever.embed([citation.sentence.within(citation.citing.document.text)])
        other = drawn.choice([d for d in documents if d not in (citation.citing, citation.cited)])
        for name, stored in zip(cosines, (citation.cited, other), strict=True):
            best = max(finder.words_on(said, stored, vector), key=lambda words: words.cosine, default=None)
            cosines[name].append(best.cosine if best is not None else 0.0)
            if shown and name == "cited" and best is not None:
                print(f"{best.cosine:.2f} {said}")
                print(f"     {stored.name}: {' '.join(best.span.within(stored.document.text).split())}")
    for name, values in cosines.items():
        near = sum(value >= NEAR for value in values)
        print(f"{name}: median cosine {statistics.median(values):.2f}, {near} of {len(values)} at {NEAR} and above")


def _clock(workspace: Workspace, questions: list[str], citations: list[_Citation]) -> None:
    """Milliseconds within answers: to real questions, and to the citing sentences themselves, which cite most."""
    sentences = [without_citations(c.citing.document, c.sentence) for c in citations]
    for name, asked in (("questions", questions), ("citing sentences", sentences)):
        spent: dict[str, list[tuple[float, float]]] = {}
        for text in asked:
            answer = workspace.ask(text)
            if not answer.abstained:
                works = [work for source in answer.sources for work in source.cites]
                kind = "a held work" if any(work.held for work in works) else "none held" if works else "none cited"
                spent.setdefault(kind, []).append((answer.timings_ms.get("primary", 0.0), answer.timings_ms["total"]))
        for kind, times in sorted(spent.items()):
            own, total = (statistics.median(pair[n] for pair in times) for n in (0, 1))
            print(f"{name}, {kind}: {len(times)} answers, {own:.1f} ms of {total:.0f} ms")


if __name__ == "__main__":
    main()
