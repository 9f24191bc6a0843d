"""Measures how the taxonomies are asked: ``python -m benchmarks.taxonomy [--misses] [--kinds] [--all]``.

Without ``--questions`` the frozen questions are asked. They have all been used to mend the program, so their figures
are a regression test and say nothing of new wordings. ``--misses`` lists what failed, ``--kinds`` breaks each set down
by kind, ``--all`` asks every question of QASPER and SQuAD 2.0 instead of 50 each. ``--questions FILE`` scores only the
questions of a file in the form of ``shared/taxonomy/questions_dev.jsonl``, by the judge in ``shared/tools``.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import re
import statistics
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.taxonomy import Shelf
from assistant.workspace import Workspace
from benchmarks.evaluation import SHARED, read_lines

__all__ = ["Asker", "Question", "frozen_questions", "is_right"]

_FROZEN = Path(__file__).parent / "data" / "taxonomy_questions.jsonl"
_SMALL = set("a an the of in for is are to and or by with as at on it its not that this no any".split())
_SEED = 11


@dataclass(frozen=True, slots=True)
class Question:
    """One frozen question with its gold."""

    id: str
    set: str
    """The set it was written for, ``last_wordings``; ``turned_away`` for questions no taxonomy can answer."""
    kind: str
    text: str
    match: str
    """How an answer's value is compared with the gold: a key of ``_MATCHES``."""
    gold: Any
    """The expected value, in the form that ``match`` needs."""

    @property
    def answerable(self) -> bool:
        """Whether a taxonomy holds an answer."""
        return self.match != "none"


def frozen_questions() -> list[Question]:
    """Read the frozen questions in the order of their sets."""
    return [
        Question(row["id"], row["set"], row["kind"], row["question"], row["gold"]["match"], row["gold"]["value"])
        for row in read_lines(_FROZEN)
    ]


def is_right(question: Question, answer: dict[str, Any]) -> bool:
    """Judge an answer, as the JSON of ``loccit taxonomy --json``, against the question's gold."""
    if not question.answerable or not answer["found"]:
        return not question.answerable and not answer["found"]
    return _MATCHES[question.match](question.gold, answer)


class Asker:
    """Asks all taxonomies that come along, and keeps the times."""

    def __init__(self) -> None:
        self._shelf = Shelf()
        self._shelf.ask("weights of OPT")
        self.times: list[float] = []
        """Milliseconds of each answer after the start."""

    def ask(self, question: str) -> dict[str, Any]:
        """Answer a question in the form that the command line gives."""
        begun = time.perf_counter()
        answer = self._shelf.ask(question).as_json()
        self.times.append((time.perf_counter() - begun) * 1000)
        plain: dict[str, Any] = json.loads(json.dumps(answer))
        return plain


def main() -> None:
    """Print what share of each set is answered right, how many other questions are wrongly found, and the times."""
    options = _options()
    asker = Asker()
    if options.questions:
        _score(options.questions, asker, options.misses)
    else:
        _ask_frozen(asker, options)
        _ask_others(asker, options)
        _ask_large()
    times = asker.times
    print(f"an answer: median {statistics.median(times):.1f} ms, slowest {max(times):.1f} ms, of {len(times)}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.taxonomy")
    parser.add_argument("--misses", action="store_true", help="list what failed")
    parser.add_argument("--kinds", action="store_true", help="break each set down by kind")
    parser.add_argument("--all", action="store_true", help="ask every question of QASPER and SQuAD 2.0")
    parser.add_argument("--questions", type=Path, metavar="FILE", help="score only the questions of this file")
    return parser.parse_args()


def _ask_frozen(asker: Asker, options: argparse.Namespace) -> None:
    """Print a line for each set of frozen questions, and one for all."""
    verdicts: list[_Verdict] = []
    for question in frozen_questions():
        answer = asker.ask(question.text)
        verdicts.append(_Verdict(question, answer, is_right(question, answer)))
    for name in dict.fromkeys(verdict.question.set for verdict in verdicts):
        _report(name, [verdict for verdict in verdicts if verdict.question.set == name], options)
    answerable = [verdict for verdict in verdicts if verdict.question.answerable]
    print(_share("all answerable", sum(verdict.right for verdict in answerable), len(answerable)))
    wrong = sum(not verdict.right for verdict in verdicts if not verdict.question.answerable)
    print(f"unanswerable, wrongly found: {wrong} of {len(verdicts) - len(answerable)}")


@dataclass(frozen=True, slots=True)
class _Verdict:
    question: Question
    answer: dict[str, Any]
    right: bool


def _report(name: str, verdicts: Sequence[_Verdict], options: argparse.Namespace) -> None:
    """Print a line for a set, and below it its kinds and its misses where they are wanted."""
    total = Counter(verdict.question.kind for verdict in verdicts)
    right = Counter(verdict.question.kind for verdict in verdicts if verdict.right)
    print(_share(name, right.total(), total.total()))
    for kind, number in total.items() if options.kinds else ():
        print(f"  {kind:<13} {right[kind]:>3} of {number}")
    for verdict in verdicts if options.misses else ():
        if not verdict.right:
            _print_miss(verdict.question.id, verdict.question.kind, verdict.question.text, verdict.answer)


def _share(name: str, right: int, total: int) -> str:
    return f"{name:<15} right {right:>3} of {total} ({100 * right / max(total, 1):.1f} %)"


def _print_miss(identity: str, kind: str, question: str, answer: dict[str, Any]) -> None:
    print(f"  - {identity} {kind}: {question} | {answer['kind']} {json.dumps(answer['value'])[:110]}")


def _score(path: Path, asker: Asker, misses: bool) -> None:
    """Score a file of questions; those with ``"answerable": false`` are right where nothing is found."""
    judge = _judge()
    right, totals = Counter[bool](), Counter[bool]()
    for row in read_lines(path):
        answerable = bool(row.get("answerable", True))
        answer = asker.ask(row["question"])
        passed = judge(row, answer) if answerable else not answer["found"]
        totals[answerable] += 1
        right[answerable] += passed
        if misses and not passed:
            _print_miss(row.get("id", ""), row.get("kind", ""), row["question"], answer)
    print(_share("answerable", right[True], totals[True]))
    if totals[False]:
        print(f"unanswerable, wrongly found: {totals[False] - right[False]} of {totals[False]}")


def _judge() -> Callable[[dict[str, Any], dict[str, Any]], bool]:
    """The shared judge of ``questions_dev.jsonl``, loaded from where it stands."""
    spec = importlib.util.spec_from_file_location("judge_taxonomy", SHARED / "tools" / "judge_taxonomy.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    judge: Callable[[dict[str, Any], dict[str, Any]], bool] = module.right
    return judge


def _ask_others(asker: Asker, options: argparse.Namespace) -> None:
    """Print how many questions of QASPER and SQuAD 2.0, which no taxonomy can answer, are found all the same."""
    others: list[str] = []
    for name in ("qasper_train", "squad2_dev"):
        texts = sorted(row["text"] for row in read_lines(SHARED / "eval" / name / "queries.jsonl"))
        others += random.Random(_SEED).sample(texts, len(texts) if options.all else 50)
    found = [question for question in others if asker.ask(question)["found"]]
    print(f"questions on other things, wrongly found: {len(found)} of {len(others)}")
    for question in found if options.misses else ():
        print(f"  - {question}")


def _ask_large() -> None:
    """Print how long answers take beside a person's own table of 10,000 things and 50 components."""
    chance = random.Random(_SEED)
    heading = ",".join(["system", *(f"part {n}" for n in range(50))])
    levels = ("open", "partial", "closed")
    rows = [",".join([f"System {n}", *chance.choices(levels, k=50)]) for n in range(10_000)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.csv"
        path.write_text("\n".join([heading, *rows]), encoding="utf-8")
        workspace = Workspace.open(Path(folder) / "library")
        begun = time.perf_counter()
        workspace.add_taxonomy(path)
        print(f"10,000 x 50: read, checked and kept in {time.perf_counter() - begun:.2f} s")
        begun = time.perf_counter()
        workspace.taxonomy(_LARGE[0][0], within="large")
        print(f"10,000 x 50: the first answer after opening, {time.perf_counter() - begun:.2f} s")
        for question, own in _LARGE:
            workspace.taxonomy(question, within="large" if own else "")
        times = []
        for question, own in _LARGE * 5:
            begun = time.perf_counter()
            answer = workspace.taxonomy(question, within="large" if own else "")
            times.append((time.perf_counter() - begun) * 1000)
            assert answer.found, question
        workspace.close()
    print(f"10,000 x 50: an answer, median {statistics.median(times):.1f} ms, slowest {max(times):.1f} ms")


_LARGE = (
    ("part 7 of System 4711", True),
    ("Systm 4711 part 7", True),
    ("Which systems have part 3 open and part 9 closed?", True),
    ("How many systems have part 3 open?", True),
    ("Which systems have the most open?", True),
    ("Compare System 17 and System 4711", True),
    ("part 12", True),
    ("System 9999", True),
    ("weights of OPT", False),
    ("Which models have fully open weights?", False),
)
"""Questions, and whether they are for the large table."""


def _holds(gold: Any, answer: dict[str, Any]) -> bool:
    """Whether every plain value of the gold is somewhere in the answer's value."""
    return _atoms(gold) <= _atoms(answer["value"])


def _has_keys(gold: dict[str, Any], answer: dict[str, Any]) -> bool:
    """Whether every key of the gold has its value in the answer."""
    value = answer["value"]
    return isinstance(value, dict) and all(_atoms(part) <= _atoms(value.get(key)) for key, part in gold.items())


def _same_names(gold: list[str], answer: dict[str, Any]) -> bool:
    """Whether the answer lists the same names, in any order."""
    value = answer["value"]
    return isinstance(value, list) and all(isinstance(name, str) for name in value) and set(value) == set(gold)


def _same_order(gold: list[list[Any]], answer: dict[str, Any]) -> bool:
    """Whether the names of a ranking's pairs come in the same order."""
    value = answer["value"]
    pairs = isinstance(value, list) and all(isinstance(pair, list) and pair for pair in value)
    return pairs and [pair[0] for pair in value] == [name for name, _ in gold]


def _says(gold: str, answer: dict[str, Any]) -> bool:
    """Whether half of the gold's content words are in the answer's text or value."""
    wanted = _words(gold)
    return len(wanted & _words(f"{answer['text']} {json.dumps(answer['value'])}")) >= len(wanted) / 2


_MATCHES: dict[str, Callable[[Any, dict[str, Any]], bool]] = {
    "holds": _holds,
    "keys": _has_keys,
    "order": _same_order,
    "same": lambda gold, answer: bool(answer["value"] == gold),
    "set": _same_names,
    "words": _says,
}
"""Comparisons by name; ``none`` stands beside them for questions that must not be found."""


def _atoms(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {atom for part in value.values() for atom in _atoms(part)}
    if isinstance(value, list):
        return {atom for part in value for atom in _atoms(part)}
    return set() if value is None else {_plain(str(value))}


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).lower().replace(",", "").split())


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", _plain(text))) - _SMALL


if __name__ == "__main__":
    main()
