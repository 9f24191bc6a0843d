"""How do questions of a paragraph fare? Long queries made from sets of short ones, asked of the same libraries.

    python -m benchmarks.long_questions [SET...] [--half dev|test] [--json]

Each set is made anew from the judgements of a BEIR set and holds at most 200 queries; nothing of them is kept:

- ``cranfield-joined``: two questions that share the most relevant abstracts, relevant is what is relevant to either;
- ``cranfield-longest``: its own questions of 25 words and more;
- ``cranfield-abstract``, ``scifact-abstract``: the first 60 words of an abstract, relevant are the others that answer
  a question together with it; the abstract itself is passed over;
- ``scifact-essay``: a claim within the wording of an essay prompt, of which there are six;
- ``qasper-joined``: all questions about one paper, without its title, relevant is the evidence for each.

Printed are the milliseconds of a search without the embedding of its question, median and 95th percentile, and nDCG@10
of the words alone, of BM25 (all terms, k1 1.2, b 0.75, idf as in Lucene, whole documents), of the whole ranking, and of
the mean of cosine and that BM25 (each from 0 to 1 over the first hundred of both); the intervals are of the paired
differences. Choose on the even queries (``dev``), report on the odd ones (``test``).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from assistant.workspace import Workspace
from benchmarks.evaluation import SHARED, built_library, read_lines
from benchmarks.metrics import bootstrap_interval, ndcg
from benchmarks.retrieval import DEPTH, Ranking, ranking
from benchmarks.retrieval_sets import Question, document_names, line_name, read_questions
from corpus.errors import LoccitError
from index.analyzer import terms
from index.query import unquoted
from index.ranking import Floats, measure, score

_K1, _B = 1.2, 0.75
_MOST = 200
"""Queries of a set."""
_LONG = 25
"""Words."""
_ABSTRACT = 60
"""Words of an abstract that is asked."""
_PROMPTS = (
    "Write an essay of about two thousand words on the following statement, which has been put forward in recent "
    "work: {} Explain the background and the most important terms, present the evidence for and against it, judge "
    "how strong each study is, and conclude with your own position. Refer to at least five sources, and give page "
    "numbers for quotations.",
    "There is a lively debate among researchers and practitioners, and students are often unsure what to believe. "
    "Consider this claim. {} To what extent do you agree with it? In your answer, discuss the methods that were "
    "used to examine it, the main results, their limits, and what should be done next in research, teaching and "
    "policy.",
    "{} Critically assess this proposition. Your paper should introduce the subject for readers from another "
    "field, compare at least three different approaches found in the literature, point out where they contradict "
    "each other, and say which questions remain open. Marks are given for structure, for the use of evidence and "
    "for clear language.",
    "For your final assignment, imagine that you advise a committee which must decide on funding for the coming "
    "years. A member of it says: {} Prepare a report that tells the committee whether this is supported by what "
    "is known, how certain that is, which groups and settings were studied, and which further work would be worth "
    "its cost.",
    "Background: many textbooks treat the topic only briefly, and new findings have appeared since. Task: discuss "
    "whether {} Structure your discussion in three parts, theory, findings and implications, support every point "
    "by a citation, mention opposing views fairly, and keep within the limit of fifteen hundred words without "
    "references.",
    "I have to give a talk in my seminar next week and would like to understand the current state of knowledge. "
    "My supervisor suggested to start from this sentence: {} Please help me find work that confirms it, work that "
    "doubts it, and work that explains why the results differ from one another, so that I can give a balanced "
    "overview in twenty minutes.",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A long query."""

    question: Question
    passed_over: str = ""
    """The document that it was made of."""


def main() -> None:
    """Measure the sets and print a table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", metavar="SET", default=list(_SETS), help=", ".join(_SETS))
    parser.add_argument("--half", choices=("dev", "test"), help="the even or the odd queries only")
    parser.add_argument("--json", action="store_true", help="print {set: {ranking: nDCG@10}}")
    arguments = parser.parse_args()
    if unknown := set(arguments.sets) - set(_SETS):
        parser.error(f"No set is called {', '.join(sorted(unknown))}; there are {', '.join(_SETS)}")
    results = {}
    try:
        for name in arguments.sets:
            results[name] = _measured(name, arguments.half, talk=not arguments.json)
    except LoccitError as error:
        sys.exit(str(error))
    if arguments.json:
        print(json.dumps(results, indent=2))


def long_questions(name: str) -> list[Asked]:
    """The queries of a set."""
    folder, make = _SETS[name]
    made = list(make(SHARED / "eval" / folder))
    step = max(1, len(made) // _MOST)
    return made[::step][:_MOST]


def _longest(folder: Path) -> Iterator[Asked]:
    return (Asked(question) for question in read_questions(folder) if len(question.text.split()) >= _LONG)


def _joined(folder: Path) -> Iterator[Asked]:
    questions = read_questions(folder)
    relevant = [_relevant(question) for question in questions]
    seen = set[frozenset[int]]()
    for one, question in enumerate(questions):
        shared = [len(relevant[one] & other) if place != one else 0 for place, other in enumerate(relevant)]
        other = int(np.argmax(shared))
        if shared[other] and frozenset((one, other)) not in seen:
            seen.add(frozenset((one, other)))
            both = (question, questions[other])
            yield Asked(_union(question.identity, both))


def _of_papers(folder: Path) -> Iterator[Asked]:
    bare = {str(row["_id"]): (row["paper_id"], row["text"]) for row in read_lines(folder / "queries.jsonl")}
    papers = defaultdict[str, list[Question]](list)
    for question in read_questions(folder):
        paper, text = bare[question.identity]
        papers[paper].append(Question(question.identity, text, question.judged))
    joined = (_union(paper, questions) for paper, questions in papers.items())
    return (Asked(question) for question in joined if len(question.text.split()) >= _LONG)


def _essays(folder: Path) -> Iterator[Asked]:
    for place, question in enumerate(read_questions(folder)):
        text = _PROMPTS[place // 2 % len(_PROMPTS)].format(question.text)
        yield Asked(Question(question.identity, unquoted(text), question.judged))


def _abstracts(folder: Path) -> Iterator[Asked]:
    beside = defaultdict[str, set[str]](set)
    for question in read_questions(folder):
        for document in _relevant(question):
            beside[document] |= _relevant(question) - {document}
    for document, words in _documents(folder).items():
        if beside[document]:
            text = " ".join(words[1].split()[:_ABSTRACT])
            yield Asked(Question(document, unquoted(text), dict.fromkeys(beside[document], 1)), document)


_SETS = {
    "cranfield-joined": ("cranfield", _joined),
    "cranfield-abstract": ("cranfield", _abstracts),
    "qasper-joined": ("qasper_train", _of_papers),
    "scifact-essay": ("scifact", _essays),
    "cranfield-longest": ("cranfield", _longest),
    "scifact-abstract": ("scifact", _abstracts),
}


def _relevant(question: Question) -> set[str]:
    return {document for document, grade in question.judged.items() if grade > 0}


def _union(identity: str, questions: Iterable[Question]) -> Question:
    judged: dict[str, int] = {}
    texts = []
    for question in questions:
        texts.append(question.text)
        for document, grade in question.judged.items():
            judged[document] = max(grade, judged.get(document, 0))
    return Question(identity, unquoted(" ".join(texts)), judged)


@cache
def _documents(folder: Path) -> dict[str, tuple[str, str]]:
    """Title and text of each document."""
    rows = read_lines(folder / "corpus.jsonl")
    return {str(row["_id"]): (row.get("title") or "", row.get("text") or "") for row in rows}


class PlainBm25:
    """BM25 over whole documents: every term of title and text, every term of the query as often as it is there."""

    def __init__(self, texts: dict[str, str]) -> None:
        self._names = list(texts)
        rows = [list(terms(text)) for text in texts.values()]
        lengths = np.array([len(row) for row in rows], dtype=float)
        norms = _K1 * (1 - _B + _B * lengths / lengths.mean())
        postings = defaultdict[str, dict[int, int]](dict)
        for document, row in enumerate(rows):
            for term in row:
                postings[term][document] = postings[term].get(document, 0) + 1
        self._postings: dict[str, tuple[Floats, Floats]] = {}
        for term, found in postings.items():
            owners, counts = np.array(list(found)), np.array(list(found.values()), dtype=float)
            idf = np.log(1 + (len(rows) - len(found) + 0.5) / (len(found) + 0.5))
            self._postings[term] = owners, idf * counts / (counts + norms[owners])

    def scores(self, query: str) -> dict[str, float]:
        """The score of each document."""
        total = np.zeros(len(self._names))
        for term in terms(query):
            if term in self._postings:
                owners, worth = self._postings[term]
                total[owners] += worth
        return dict(zip(self._names, total.tolist(), strict=True))


def _measured(name: str, half: str | None, *, talk: bool) -> dict[str, float]:
    folder = SHARED / "eval" / _SETS[name][0]
    asked = long_questions(name)
    if half:
        asked = asked[half == "test" :: 2]
    plain = _plain(folder)
    held = document_names(folder)
    values = defaultdict[str, list[float]](list)
    taken = []
    with built_library(f"retrieval-{folder.name}", [folder / "corpus.jsonl"]) as workspace:
        known = {summary.document_id: held[line_name(summary.path)] for summary in workspace.documents()}
        rows = workspace.database.reader().execute("SELECT id, document_id FROM passages")
        names = {passage_id: known[document_id] for passage_id, document_id in rows}
        vectors = workspace.embedder.encode([item.question.text for item in asked])
        for item, vector in zip(asked, vectors, strict=True):
            started = time.perf_counter()
            workspace.retriever.search(item.question.text, 10, vector=vector[None])
            taken.append(1000 * (time.perf_counter() - started))
            for kind, ranked in _rankings(workspace, names, plain, item.question.text, vector[None]).items():
                kept = [document for document in ranked if document != item.passed_over]
                values[kind].append(ndcg(kept, item.question.judged, 10))
    means = {kind: round(float(np.mean(found)), 4) for kind, found in values.items()}
    words = np.mean([len(item.question.text.split()) for item in asked])
    means["p50"], means["p95"] = (round(float(np.percentile(taken, share)), 1) for share in (50, 95))
    if talk:
        print(f"{name}: {len(asked)} queries of {words:.0f} words, {means['p50']} ms, {means['p95']} ms")
        for kind, other in (("words", "bm25"), ("full", "mix")):
            differences = np.array(values[kind]) - np.array(values[other])
            low, high = bootstrap_interval(differences.tolist())
            line = f"  {kind:<6}{means[kind]:.3f}   {other:<6}{means[other]:.3f}"
            print(f"{line}   {differences.mean():+.3f} ({low:+.3f} to {high:+.3f})", flush=True)
    return means


@cache
def _plain(folder: Path) -> PlainBm25:
    return PlainBm25({name: " ".join(parts) for name, parts in _documents(folder).items()})


def _rankings(
    workspace: Workspace, names: dict[int, str], plain: PlainBm25, text: str, vector: Floats
) -> dict[str, Ranking]:
    found = workspace.retriever.candidates(text, vector, DEPTH)
    ids = found.pool.rows.passage_ids.tolist()
    documents = [names[i] for i in ids]
    scored = plain.scores(text)
    best = sorted(scored, key=lambda document: -scored[document])[:DEPTH]
    cosines = dict[str, float]()
    for passage_id, cosine in workspace.dense.search(vector, workspace.dense.size()):
        cosines.setdefault(names[passage_id], cosine)
    pooled = dict.fromkeys([*best, *list(cosines)[:DEPTH]])
    lowest = min(cosines.values())
    words, meaning = _scaled({d: scored[d] for d in pooled}), _scaled({d: cosines.get(d, lowest) for d in pooled})
    mixed = {document: words[document] + meaning[document] for document in pooled}
    return {
        "words": ranking(np.array([found.bm25.get(i, -np.inf) for i in ids]), documents),
        "bm25": best,
        "mix": sorted(mixed, key=lambda document: -mixed[document]),
        "full": ranking(score(measure(found.pool)), documents),
    }


def _scaled(values: dict[str, float]) -> dict[str, float]:
    low, high = min(values.values()), max(values.values())
    return {name: (value - low) / max(high - low, 1e-9) for name, value in values.items()}


if __name__ == "__main__":
    main()
