"""Questions on the openness tables as students might put them, with gold computed from the CSV files alone.

The templates are frozen: they were written before the grammar was measured with them, and the grammar is not fitted to
single ones. Gold comes from the published tables by code of its own, which imports nothing of the engine.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Paraphrase", "Tables", "paraphrases"]

_PARTS = {
    "pretraining_code": ("pre-training code", "code used for pretraining", "pretraining scripts"),
    "finetuning_code": ("fine-tuning code", "code for finetuning"),
    "alignment_code": ("alignment code", "RLHF code"),
    "pretraining_data": ("pre-training data", "pretraining corpus", "data it was pre-trained on"),
    "sft_data": ("supervised fine-tuning data", "SFT data", "instruction tuning data"),
    "alignment_data": ("alignment data", "preference data"),
    "general_eval_code": ("general evaluation code", "code for general evaluation"),
    "safety_eval_code": ("safety evaluation code", "automatic safety evaluation code"),
    "utility_benchmarks_data": ("utility benchmarks", "utility benchmark data"),
    "safety_eval_data": ("safety evaluation data", "safety evaluation datasets"),
    "inference_code": ("inference code", "code to run inference"),
    "weights": ("weights", "model weights", "checkpoints"),
}
_WIDE = ("pretraining_code", "pretraining_data", "general_eval_code", "inference_code", "weights")
_TYPOS = {
    "Chinchilla": "Chinchila", "Mistral-7B": "Mistal 7B", "Falcon": "Falkon", "Gemini": "Gemeni", "Pythia": "Phytia",
    "LLaMA-2": "Lamma 2", "Claude-2": "Cluade 2", "Gopher": "Gohper", "PolyCoder": "PolyCodr", "LaMDA": "LaMBDA",
    "Cerebras-GPT": "Cerebra-GPT", "OpenLLaMA": "OpenLlamma",
}  # fmt: skip
_OUTSIDE = (
    "Qwen-14B",
    "Gemma",
    "DeepSeek-V2",
    "Mixtral",
    "GPT-4.5",
    "Claude 3 Opus",
    "LLaMA 3",
    "OLMo",
    "Yi-34B",
    "Vicuna",
)


@dataclass(frozen=True, slots=True)
class Paraphrase:
    """One question with its gold."""

    kind: str
    template: str
    question: str
    gold: Any
    """A raw cell, a number, a list of names, a mapping to raws, pairs of a ranking, words; None for "not here"."""


class Tables:
    """The published tables, read anew."""

    def __init__(self, folder: Path) -> None:
        def read(name: str) -> list[dict[str, str]]:
            with (folder / name).open(encoding="utf-8", newline="") as file:
                return list(csv.DictReader(file))

        self.models = read("models.csv")
        self.names = [row["model"] for row in self.models]
        self.raw = {(row["model"], row["component"]): row["raw"] for row in read("classification.csv")}
        self.level = {(row["model"], row["component"]): row["level"] for row in read("classification.csv")}
        self.licence = {(row["model"], row["component"]): row["annotation"] for row in read("classification.csv")}
        self.fact = {row["model"]: row for row in self.models}

    def at(self, component: str, *numbers: int) -> list[str]:
        """The models whose cell has one of these numbers of level."""
        wanted = {f"{letter}{n}" for letter in "CD" for n in numbers}
        return [name for name in self.names if self.level[name, component] in wanted]

    def of(self, developer: str) -> list[str]:
        """The models of a developer."""
        return [name for name in self.names if developer in self.fact[name]["developer_list"].split("; ")]

    def released(self, test: Callable[[str], bool]) -> list[str]:
        """The models whose month of release, ``2022-07``, passes the test."""
        return [name for name in self.names if test(self.fact[name]["release"])]

    def ranked(self, column: str, descending: bool, names: list[str] | None = None) -> list[tuple[str, float]]:
        """The models with a column's number, in its order; those without it are left out."""
        pairs = [(name, float(self.fact[name][column])) for name in names or self.names if self.fact[name][column]]
        return sorted(pairs, key=lambda pair: pair[1], reverse=descending)


_Made = Iterator[tuple[str, str, Any]]


def paraphrases(folder: Path, seed: int = 7) -> list[Paraphrase]:
    """All questions, from the tables in ``folder`` (``models.csv`` and ``classification.csv``)."""
    tables, chance = Tables(folder), random.Random(seed)
    made: list[Paraphrase] = []
    for kind, maker in _MAKERS:
        made += [Paraphrase(kind, template, question, gold) for template, question, gold in maker(tables, chance)]
    return made


_CELL = (
    "In the table, what is listed for the {part} of {model}?",
    "{model}: {part}, which rating?",
    "Could you look up how the {part} of {model} is classified?",
    "I need the openness of {model}'s {part} for my essay",
    "how accessible is the {part} of {model}",
    "Tell me whether {model} released its {part}",
    "Do we know anything about {model}'s {part}?",
    "under what conditions was {model}'s {part} released",
    "grade given to {model} for {part}",
    "Has {model} made its {part} available?",
)


def _cells(tables: Tables, chance: random.Random) -> _Made:
    for template in _CELL:
        for _ in range(4):
            model, component = chance.choice(tables.names), chance.choice(list(_PARTS))
            question = template.format(model=model, part=chance.choice(_PARTS[component]))
            yield template, question, tables.raw[model, component]


_FACT = {
    "scholar_citations": ("How many times has {model} been cited?", "citation count for {model}"),
    "hf_downloads_last_month": (
        "How often was {model} downloaded from Hugging Face in the last month?",
        "What was the monthly download number of {model}?",
    ),
    "arena_elo": ("What's the Elo of {model} in the Chatbot Arena?", "{model} arena score please"),
    "release": ("In which month did {model} come out?", "When did {model} get released?"),
    "developer": ("Who is behind {model}?", "{model} was created by which organisation?"),
    "size_raw": ("How many parameters does the largest {model} have?", "What is the biggest size of {model}?"),
}


def _facts(tables: Tables, chance: random.Random) -> _Made:
    for column, templates in _FACT.items():
        known = [name for name in tables.names if tables.fact[name][column] not in ("", "N/A")]
        for template in templates:
            model = chance.choice(known)
            yield template, template.format(model=model), [tables.fact[model][column]]


_ROW = (
    "Give me an overview of how open {model} is",
    "What does the taxonomy say about {model} overall?",
    "openness profile: {model}",
    "For {model}, list each component together with its level",
    "I'd like to see the complete classification of {model}",
)


def _rows(tables: Tables, chance: random.Random) -> _Made:
    for template in _ROW:
        for model in chance.sample(tables.names, 2):
            gold = {component: tables.raw[model, component] for component in _PARTS}
            yield template, template.format(model=model), gold


_FILTER = (
    ("Who has fully open {part}?", (5,)),
    ("Are there any models whose {part} is entirely closed?", (1,)),
    ("For which models is the {part} fully open?", (5,)),
    ("I'm looking for all models with closed {part}", (1,)),
    ("models where {part} got level 5", (5,)),
    ("Name every model that has completely open {part}.", (5,)),
    ("Which of the 40 models keep their {part} closed?", (1,)),
    ("Which LLMs come with {part} of level 4?", (4,)),
    ("show me those models that do not have closed {part}, i.e. level 2 or higher", (2, 3, 4, 5)),
)


def _filters(tables: Tables, chance: random.Random) -> _Made:
    for template, numbers in _FILTER:
        for component in chance.sample(_WIDE, 3):
            question = template.format(part=_PARTS[component][0])
            yield template, question, tables.at(component, *numbers)


_COUNT = (
    ("What is the number of models with fully open {part}?", (5,)),
    ("How many LLMs have closed {part}?", (1,)),
    ("Count the models whose {part} is fully open", (5,)),
    ("how many of them have {part} at level 4", (4,)),
    ("Of the 40 models, how many did not release their {part} at all?", (1,)),
)


def _counts(tables: Tables, chance: random.Random) -> _Made:
    for template, numbers in _COUNT:
        for component in chance.sample(_WIDE, 2):
            yield template, template.format(part=_PARTS[component][0]), len(tables.at(component, *numbers))
    yield "unknown", "In how many cells is the level unknown?", 7
    yield "n/a", "How many entries of the table are N/A?", 197


_SHARE = (
    ("What part of the models has fully open {part}?", (5,)),
    ("What fraction of the models keeps {part} closed?", (1,)),
    ("What percentage of LLMs released {part} without any restriction?", (5,)),
    ("How large is the share of models with closed {part}?", (1,)),
)


def _shares(tables: Tables, chance: random.Random) -> _Made:
    for template, numbers in _SHARE:
        for component in chance.sample(_WIDE, 2):
            yield template, template.format(part=_PARTS[component][0]), len(tables.at(component, *numbers))


_COMPARE = (
    "How do {a} and {b} differ in openness?",
    "{a} or {b}: where do they differ?",
    "What distinguishes {a} from {b} in terms of openness levels?",
    "Put {a} next to {b}",
    "Is {a} as open as {b}?",
    "Which is more open: {a} or {b}?",
)


def _comparisons(tables: Tables, chance: random.Random) -> _Made:
    for template in _COMPARE:
        for _ in range(2):
            a, b = chance.sample(tables.names, 2)
            gold = {
                component: [tables.raw[a, component], tables.raw[b, component]]
                for component in _PARTS
                if tables.level[a, component] != tables.level[b, component]
            }
            yield template, template.format(a=a, b=b), gold


def _rankings(tables: Tables, chance: random.Random) -> _Made:
    columns = (("arena_elo", "Arena Elo"), ("scholar_citations", "citations"), ("hf_downloads_last_month", "downloads"))
    for column, phrase in columns:
        top = tables.ranked(column, True)
        yield "ranking", f"Which three models have the most {phrase}?", top[:3]
        yield "ranking", f"Rank the first five models by {phrase}", top[:5]
        yield "ranking", f"Which model comes first in {phrase}?", top[:1]
        yield "ranking", f"Show the 4 models with the lowest {phrase}", tables.ranked(column, False)[:4]
    sizes = tables.ranked("size_params", True)
    yield "ranking", "Which are the two biggest models?", sizes[:2]
    yield "ranking", "What's the smallest model in the table?", sizes[-1:]


_DATES = (
    ("Which models appeared in {year}?", lambda year: lambda month: month[:4] == year),
    ("List everything released after {year}", lambda year: lambda month: month[:4] > year),
    ("models up to and including {year}", lambda year: lambda month: month[:4] <= year),
    ("Which LLMs were published no earlier than {year}?", lambda year: lambda month: month[:4] >= year),
    ("What came out before {year}?", lambda year: lambda month: month[:4] < year),
    ("Which models launched in June {year} or later?", lambda year: lambda month: month >= f"{year}-06"),
)


def _dates(tables: Tables, chance: random.Random) -> _Made:
    for template, test in _DATES:
        for year in chance.sample(["2020", "2021", "2022", "2023"], 2):
            yield template, template.format(year=year), tables.released(test(year))


_DEVELOPERS = (
    "Which models were developed by {developer}?",
    "What models does {developer} have in the table?",
    "models from {developer}",
    "Show everything by {developer}",
    "Which LLMs has {developer} released?",
)


def _developers(tables: Tables, chance: random.Random) -> _Made:
    known = ("OpenAI", "Meta", "EleutherAI", "Anthropic", "Google", "Microsoft", "DeepMind", "Salesforce")
    for template in _DEVELOPERS:
        for developer in chance.sample(known, 2):
            yield template, template.format(developer=developer), tables.of(developer)


def _combinations(tables: Tables, chance: random.Random) -> _Made:
    weights, closed = tables.at("weights", 5), tables.at("pretraining_data", 1)
    late = tables.released(lambda month: month > "2022-12")
    both = [name for name in weights if name in closed]
    made = [
        ("open weights but closed training data, after 2022", [name for name in both if name in late]),
        ("Which models combine fully open weights with closed pre-training data?", both),
        ("fully open inference code yet closed weights?",
         _both(tables.at("inference_code", 5), tables.at("weights", 1))),
        ("Models by Meta whose weights are at level 3", _both(tables.of("Meta"), tables.at("weights", 3))),
        ("Which 2023 models have fully open weights and fully open inference code?",
         _both(_both(late, weights), tables.at("inference_code", 5))),
        ("What models by Google released before 2021 have fully open weights?",
         _both(_both(tables.of("Google"), weights), tables.released(lambda month: month < "2021"))),
        ("List the models that have both fully open weights and fully open pre-training data",
         _both(weights, tables.at("pretraining_data", 5))),
        ("Which models have fully open weights but were not made by EleutherAI?",
         [name for name in weights if name not in tables.of("EleutherAI")]),
        ("Besides BLOOM, which models have weights at level 4 or 3?",
         [name for name in tables.at("weights", 3, 4) if name != "BLOOM"]),
        ("Which models have fully open weights, not counting GPT-2 and T5?",
         [name for name in weights if name not in ("GPT-2", "T5")]),
        ("Which models other than Phi-2 have fully open weights but closed pre-training data?",
         [name for name in both if name != "Phi-2"]),
        ("Which models have fully open weights, except those under Apache 2.0?",
         [name for name in weights if tables.licence[name, "weights"] != "Apache 2.0"]),
        ("models with weights under MIT", [name for name in tables.names if tables.licence[name, "weights"] == "MIT"]),
        ("Whose inference code carries an Apache 2.0 licence?",
         [name for name in tables.names if tables.licence[name, "inference_code"] == "Apache 2.0"]),
        ("Which models have weights that are not open?", [name for name in tables.names if name not in weights]),
        ("Which models cited more than 1000 times have closed weights?",
         [name for name in tables.at("weights", 1) if float(tables.fact[name]["scholar_citations"] or 0) > 1000]),
    ]  # fmt: skip
    for question, gold in made:
        yield "combination", question, gold


def _both(first: list[str], second: list[str]) -> list[str]:
    return [name for name in first if name in second]


def _definitions(tables: Tables, chance: random.Random) -> _Made:
    meanings = {
        "C1": "not publicly released in any form", "C3": "moderately restrictive license",
        "C5": "restriction-free license", "D2": "paid API access", "D3": "high/moderately restrictive license",
        "D4": "low restriction license", "D5": "restriction-free license", "C2": "highly restrictive license",
    }  # fmt: skip
    templates = ("Can you explain {level}?", "What is meant by level {level}?", "meaning of {level} in the taxonomy")
    for n, (level, words) in enumerate(meanings.items()):
        template = templates[n % 3]
        yield template, template.format(level=level), {"words": words}
    yield "definition", "What does N/A stand for in the table?", {"words": "not applicable"}
    yield "definition", "How is semi-open defined?", {"words": "limits access or use"}


def _rules(tables: Tables, chance: random.Random) -> _Made:
    levels = {0: ("C2", "D3"), 1: ("C2", "D3"), 2: ("C3", "D3"), 3: ("C3", "D3"), 4: ("C4", "D4"), 5: ("C5", "D5")}
    templates = (
        "what level does a licence with {n} permissions give?",
        "If a licence grants {n} of the five permissions, how is the component classified?",
        "My licence gets {n} points, what does that mean for code and for data?",
    )
    for template in templates:
        for n in chance.sample(range(1, 6), 3):
            yield template, template.format(n=n), {"words": " ".join(levels[n])}
    yield "rule", "A licence forbids commercial use but allows all the rest; what level?", {"words": "C4 D4"}
    yield "rule", "Which five permissions does a licence get points for?", {"words": "research commercial modify"}


def _misspelt(tables: Tables, chance: random.Random) -> _Made:
    templates = ("what is the level of the {part} of {model}?", "{model} {part}", "how open is the {part} of {model}")
    for n, (model, written) in enumerate(_TYPOS.items()):
        component = chance.choice(["weights", "inference_code", "pretraining_data"])
        question = templates[n % 3].format(model=written, part=_PARTS[component][0])
        yield "misspelt", question, tables.raw[model, component]
    yield "misspelt", "opne llama 2: licence of the weigths", tables.raw["LLaMA-2", "weights"]
    yield "misspelt", "which models have fuly open wieghts", tables.at("weights", 5)


def _names(tables: Tables, chance: random.Random) -> _Made:
    gpt = ["GPT-2", "GPT-3", "GPT-4", "GPT-3.5-turbo"]
    yield "ambiguous", "What about the openness of GPT?", gpt
    yield "ambiguous", "How open are Anthropic's weights?", tables.of("Anthropic")
    yield "ambiguous", "Is EleutherAI open?", tables.of("EleutherAI")
    yield "ambiguous", "openness of DeepMind", tables.of("DeepMind")
    for n, name in enumerate(_OUTSIDE):
        templates = (
            "Are the weights of {name} open?",
            "What openness level does {name} have?",
            "{name}: open or closed?",
        )
        yield "unknown", templates[n % 3].format(name=name), None


_MAKERS: tuple[tuple[str, Callable[[Tables, random.Random], _Made]], ...] = (
    ("cell", _cells), ("fact", _facts), ("row", _rows), ("filter", _filters), ("count", _counts), ("share", _shares),
    ("comparison", _comparisons), ("ranking", _rankings), ("date", _dates), ("developer", _developers),
    ("combination", _combinations), ("definition", _definitions), ("licence rule", _rules), ("misspelt", _misspelt),
    ("name", _names),
)  # fmt: skip
