"""Templates of questions on the openness tables, filled in with names; gold from the published tables alone."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.paraphrases import Paraphrase, Tables

__all__ = ["EVERY", "GRADED", "Templates", "both", "without"]

EVERY = (
    "pretraining_code", "finetuning_code", "alignment_code", "pretraining_data", "sft_data", "alignment_data",
    "general_eval_code", "safety_eval_code", "utility_benchmarks_data", "safety_eval_data", "inference_code", "weights",
)  # fmt: skip
"""The twelve components."""
GRADED = ("pretraining_code", "pretraining_data", "general_eval_code", "inference_code", "weights")
"""Those that most models have, so that a list of models tells something."""
_DEVELOPERS = ("OpenAI", "Meta", "EleutherAI", "Anthropic", "Google", "Microsoft", "DeepMind", "Baidu", "TII", "xAI")


class Templates:
    """Collects questions; ``parts`` are the ways to write each component, ``written`` other spellings of models."""

    def __init__(self, folder: Path, parts: Mapping[str, Sequence[str]], written: Mapping[str, str], seed: int) -> None:
        self.tables = Tables(folder)
        self.made: list[Paraphrase] = []
        self.folder, self._parts, self._written = folder, parts, written
        self._chance = random.Random(seed)

    def add(self, kind: str, question: str, gold: Any, template: str = "") -> None:
        """One question as it stands."""
        self.made.append(Paraphrase(kind, template or question, question, gold))

    def _part(self, component: str) -> str:
        return self._chance.choice(self._parts[component])

    def _name(self, model: str) -> str:
        return self._written.get(model, model)

    def cells(self, *templates: str, of: Sequence[str] = EVERY, times: int = 2) -> None:
        """``{m}`` and ``{p}``: a model and a component."""
        for template in templates:
            for _ in range(times):
                model, component = self._chance.choice(self.tables.names), self._chance.choice(of)
                question = template.format(m=self._name(model), p=self._part(component))
                self.add("cell", question, self.tables.raw[model, component], template)

    def facts(self, column: str, *templates: str) -> None:
        """``{m}``: a model that has something in a column of its facts."""
        known = [name for name in self.tables.names if self.tables.fact[name][column] not in ("", "N/A")]
        for template in templates:
            model = self._chance.choice(known)
            self.add("fact", template.format(m=self._name(model)), [self.tables.fact[model][column]], template)

    def rows(self, *templates: str) -> None:
        """``{m}``: all twelve cells of a model."""
        for template in templates:
            for model in self._chance.sample(self.tables.names, 2):
                gold = {component: self.tables.raw[model, component] for component in EVERY}
                self.add("row", template.format(m=self._name(model)), gold, template)

    def graded(self, kind: str, numbers: Sequence[int], *templates: str) -> None:
        """``{p}``: the models of a component at these levels; their number where the kind is a count or a share."""
        for template in templates:
            for component in self._chance.sample(GRADED, 2):
                found = self.tables.at(component, *numbers)
                gold = len(found) if kind in ("count", "share") else found
                self.add(kind, template.format(p=self._part(component)), gold, template)

    def comparisons(self, *templates: str) -> None:
        """``{a}`` and ``{b}``: the components in which two models differ."""
        for template in templates:
            for _ in range(2):
                a, b = self._chance.sample(self.tables.names, 2)
                level, raw = self.tables.level, self.tables.raw
                gold = {c: [raw[a, c], raw[b, c]] for c in EVERY if level[a, c] != level[b, c]}
                self.add("comparison", template.format(a=self._name(a), b=self._name(b)), gold, template)

    def dates(self, test: Callable[[str], Callable[[str], bool]], *templates: str, years: str = "2021 2022") -> None:
        """``{y}``: the models whose month of release passes the test that the year gives."""
        for template in templates:
            year = self._chance.choice(years.split())
            self.add("date", template.format(y=year), self.tables.released(test(year)), template)

    def developers(self, *templates: str) -> None:
        """``{d}``: the models of a developer."""
        for template in templates:
            developer = self._chance.choice(_DEVELOPERS)
            self.add("developer", template.format(d=developer), self.tables.of(developer), template)

    def ranking(self, column: str, count: int, *questions: str, descending: bool = True) -> None:
        """The first models by a column of facts."""
        for question in questions:
            self.add("ranking", question, self.tables.ranked(column, descending)[:count])

    def words(self, kind: str, **questions: str) -> None:
        """A question and the words that its answer must have; both in one text, parted by ``|``."""
        for text in questions.values():
            question, _, wanted = text.partition("|")
            self.add(kind, question, {"words": wanted})

    def entries(self, file: str, *path: str, key: str = "") -> list[str]:
        """The names of a list that the published files hold."""
        found = json.loads((self.folder / file).read_text(encoding="utf-8"))
        for step in path:
            found = found[step]
        return [item[key] if key else item for item in found]


def both(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """The names of the first list that are in the second too."""
    return [name for name in first if name in second]


def without(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """The names of the first list that are not in the second."""
    return [name for name in first if name not in second]
