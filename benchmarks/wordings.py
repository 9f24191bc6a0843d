"""A second set of questions on the openness tables, in other words than the first; it was used for mending too."""

from __future__ import annotations

from pathlib import Path

from benchmarks.paraphrases import Paraphrase
from benchmarks.templates import Templates, both, without

__all__ = ["wordings"]

_PARTS = {
    "pretraining_code": ("pre-training code", "code for pre-training", "training code of the base model"),
    "finetuning_code": ("fine-tuning code", "fine-tuning scripts"),
    "alignment_code": ("alignment code", "RLHF scripts"),
    "pretraining_data": ("pre-training data", "pre-training corpus", "pretraining data set"),
    "sft_data": ("supervised fine-tuning data", "instruction-tuning set", "SFT corpus"),
    "alignment_data": ("alignment data", "human preference data"),
    "general_eval_code": ("general evaluation code", "evaluation scripts"),
    "safety_eval_code": ("safety evaluation code", "safety evaluation scripts"),
    "utility_benchmarks_data": ("utility benchmarks", "utility benchmark data"),
    "safety_eval_data": ("safety evaluation data", "safety evaluation data sets"),
    "inference_code": ("inference code", "code for inference", "inference software"),
    "weights": ("weights", "model parameters", "trained weights", "checkpoints"),
}
_WRITTEN = {
    "GPT-NeoX-20B": "GPT NeoX 20B", "LLaMA-2": "llama2", "Mistral-7B": "Mistral-7b", "GPT-3.5-turbo": "GPT-3.5 Turbo",
    "Cerebras-GPT": "Cerebras GPT", "Megatron-Turing": "Megatron Turing", "ERNIE 3.0": "ERNIE", "Phi-2": "Phi 2",
    "GPT-J-6B": "GPT-J 6B", "Stable LM": "StableLM", "Grok-1": "Grok 1", "Gemini": "gemini",
}  # fmt: skip


def wordings(folder: Path, seed: int = 23) -> list[Paraphrase]:
    """All questions, from the published tables in ``folder``."""
    made = Templates(folder, _PARTS, _WRITTEN, seed)
    for step in (_models, _filters, _numbers, _orders, _combined, _meanings, _lists, _names):
        step(made)
    return made.made


def _models(made: Templates) -> None:
    made.cells(
        "Remind me how {m}'s {p} is classified.",
        "I have to fill in a table: what do I put for {m}, {p}?",
        "How did Eiras et al. classify the {p} of {m}?",
        "Does anyone outside have the {p} of {m}?",
        "{p} for {m}?",
        "{m}. {p}. Open?",
        "Assuming I use {m}: how open is its {p}?",
        "Find the entry for {m} under {p}",
        "What is {m}'s score on {p}?",
        "would {m} count as closed as far as its {p} is concerned",
        "Is it known whether {m}'s {p} has been released?",
        "We discussed {m} in class. Is its {p} publicly available?",
        "The {p} of {m} was given which letter and number?",
        "To which level does the {p} of {m} belong?",
        "how did they rate {m} {p}",
        "Has the {p} behind {m} been made available?",
        "Which openness rating goes with the {p} of {m}?",
        "give level: {m}, {p}",
    )
    made.cells(
        "Which licence governs the {p} of {m}?",
        "What are the {p} of {m} licensed under?",
        "Look up the licence for {m}'s {p}, please.",
        of=("weights",),
    )
    made.facts("developer", "Which firm is behind {m}?", "{m}: developed by whom?", "Who created {m}?")
    made.facts("release", "When exactly was {m} launched?", "{m} came out when?", "month of release, {m}")
    made.facts("size_raw", "How many parameters has the biggest {m}?", "What is the size of {m}?")
    made.facts("arena_elo", "What is the Elo rating of {m}?", "How well does {m} do in Chatbot Arena?")
    made.facts("scholar_citations", "How many citations has {m} got on Google Scholar?", "{m}: citation count?")
    made.facts("hf_downloads_last_month", "How many downloads has {m} on Hugging Face?", "{m} monthly downloads")
    made.rows(
        "Could I have the full openness profile of {m}?",
        "What level does {m} have in each of the twelve components?",
        "Walk me through the openness of {m}",
        "{m} classification",
        "How does the taxonomy classify {m}?",
        "All cells for {m}, please",
    )
    made.comparisons(
        "How does the openness of {a} differ from that of {b}?",
        "Where is {a} different from {b}?",
        "{a} compared to {b}?",
        "Compare {a} to {b} in terms of openness",
        "Which components separate {a} from {b}?",
        "I want to contrast {a} and {b}.",
        "Are there differences between {a} and {b}?",
        "more open: {a} or {b}?",
    )


def _filters(made: Templates) -> None:
    made.graded(
        "filter", (5,),
        "Which models have released their {p} under a restriction-free licence?",
        "Who has completely open {p}?",
        "I need all the models that have fully open {p}.",
        "Of all models, which ones have fully open {p}?",
        "Which models stand at level 5 for {p}?",
        "What are the models with fully open {p}?",
        "models that fully open their {p}",
        "Are there models with entirely open {p}? Which ones?",
        "In the case of which models is the {p} fully open?",
    )  # fmt: skip
    made.graded(
        "filter", (1,),
        "Which models don't make their {p} available?",
        "Give the names of the models with closed {p}.",
        "Whose {p} remains closed?",
        "Which models have not released {p}?",
        "models with fully closed {p}",
        "For which models was the {p} not released?",
        "Which models have {p} at level 1?",
        "Who keeps their {p} closed?",
    )  # fmt: skip
    made.graded("filter", (2, 3, 4), "Which models offer semi-open {p}?", "models: {p} semi-open")
    made.graded("filter", (4, 5), "Which models have {p} at level 4 or above?")
    at, level, names = made.tables.at, made.tables.level, made.tables.names
    made.add("filter", "Which models have D3 weights?", at("weights", 3))
    made.add("filter", "C4 inference code: which models?", at("inference_code", 4))
    made.add("filter", "Whose weights are rated D4 or D5?", at("weights", 4, 5))
    made.add("filter", "Which models have weights above D2?", at("weights", 3, 4, 5))
    made.add("filter", "Which models reach at least C3 in inference code?", at("inference_code", 3, 4, 5))
    made.add("filter", "models whose weights are at most D3", at("weights", 1, 2, 3))
    made.add("filter", "Which models sell access to their weights through an API?", at("weights", 2))
    held_back = [name for name in names if name not in at("weights", 5)]
    made.add("filter", "Which models have weights that are not fully open?", held_back)
    made.add("filter", "models where the weights are anything but closed", at("weights", 2, 3, 4, 5))
    unknown = [name for name in names if level[name, "pretraining_data"] == "?"]
    made.add("filter", "For which models is the level of the pre-training data unknown?", unknown)
    missing = [name for name in names if level[name, "alignment_code"] == "N/A"]
    made.add("filter", "Which models have N/A as the level of their alignment code?", missing)


def _numbers(made: Templates) -> None:
    made.graded(
        "count", (5,),
        "How many of the models have fully open {p}?",
        "What is the number of LLMs whose {p} is fully open?",
        "Count the models with fully open {p}.",
    )  # fmt: skip
    made.graded("count", (1,), "How many models have not released their {p}?", "How many models' {p} is closed?")
    made.graded("share", (5,), "What percentage of the 40 models has fully open {p}?", "fraction with fully open {p}")
    made.graded("share", (1,), "How large is the proportion of models that keep {p} closed?")
    tables = made.tables
    made.add("count", "How many models has Google developed?", len(tables.of("Google")))
    made.add("count", "How many models appeared in 2021?", len(tables.released(lambda month: month[:4] == "2021")))
    made.add("count", "How many of the cells are N/A?", 197)
    made.add("count", "How many models does the taxonomy cover?", 40)
    made.add("count", "How many models have weights at D2?", len(tables.at("weights", 2)))


def _orders(made: Templates) -> None:
    made.ranking("arena_elo", 1, "Which model scores best in the Chatbot Arena?", "the model with the highest Elo")
    made.ranking("arena_elo", 4, "Name the four models with the highest Elo.")
    made.ranking("scholar_citations", 3, "Which three models are cited most often?", "top 3 models by citation count")
    made.ranking("hf_downloads_last_month", 3, "What are the three most downloaded models?", "top 3 by HF downloads")
    made.ranking("size_params", 2, "What are the two largest models?")
    made.ranking("scholar_citations", 1, "Which model has the fewest citations?", descending=False)
    made.dates(lambda y: lambda m: m[:4] == y, "Which models first appeared in {y}?", "List the {y} releases")
    made.dates(lambda y: lambda m: m[:4] > y, "What was released after {y}?", "Which models are more recent than {y}?")
    made.dates(lambda y: lambda m: m[:4] >= y, "Which models were published in {y} or after?", "models since {y}")
    made.dates(lambda y: lambda m: m[:4] < y, "Which models came before {y}?", "models released prior to {y}")
    april = made.tables.released(lambda month: month == "2022-04")
    made.add("date", "Which model was released in April 2022?", april)
    span = made.tables.released(lambda month: "2022-10" <= month <= "2023-03")
    made.add("date", "Which models were released between October 2022 and March 2023?", span)
    made.developers(
        "Which models has {d} developed?",
        "Give me {d}'s models",
        "Which entries are by {d}?",
        "all {d} models",
        "Which of these LLMs were made by {d}?",
    )


def _combined(made: Templates) -> None:
    tables = made.tables
    weights, closed = tables.at("weights", 5), tables.at("pretraining_data", 1)
    data, code = tables.at("pretraining_data", 5), tables.at("inference_code", 5)
    late, early = tables.released(lambda month: month > "2022-12"), tables.released(lambda month: month < "2022")
    google, meta, eleuther = tables.of("Google"), tables.of("Meta"), tables.of("EleutherAI")
    apache = [name for name in tables.names if tables.licence[name, "weights"] == "Apache 2.0"]
    for question, gold in (
        ("Which models release fully open weights while keeping the pre-training data closed?", both(weights, closed)),
        ("Which models have fully open weights as well as fully open pre-training data?", both(weights, data)),
        ("Which models published after 2022 have fully open weights?", both(weights, late)),
        ("Which models from before 2022 have closed weights?", both(tables.at("weights", 1), early)),
        ("Which Meta models have D5 weights?", both(meta, weights)),
        ("Which models by Google have fully open inference code?", both(google, code)),
        ("fully open weights, not by EleutherAI", without(weights, eleuther)),
        ("Which models other than BLOOM and OPT have weights at D3 or D4?",
         without(tables.at("weights", 3, 4), ["BLOOM", "OPT"])),
        ("Except for Google's, which models have closed weights?", without(tables.at("weights", 1), google)),
        ("Which models publish neither their weights nor their inference code?",
         both(tables.at("weights", 1), tables.at("inference_code", 1))),
        ("Which models' weights are published under Apache 2.0?", apache),
        ("How many models have fully open weights but closed pre-training data?", len(both(weights, closed))),
        ("How many 2022 models have closed weights?",
         len(both(tables.at("weights", 1), tables.released(lambda month: month[:4] == "2022")))),
        ("Do any DeepMind models have open weights?", both(tables.of("DeepMind"), weights)),
    ):  # fmt: skip
        made.add("combination", question, gold)


def _meanings(made: Templates) -> None:
    made.words(
        "definition",
        c3="How should C3 be understood?|moderately restrictive license",
        d2="What is expressed by D2?|paid API access",
        c1="What does a C1 mean in the table?|not publicly released in any form",
        d5="D5 stands for what?|restriction-free license",
        unknown="What is the meaning of the question mark?|information not publicly available",
        na="N/A means what here?|not applicable",
        semi="What is understood by semi-open?|C2 C3 C4 D2 D3 D4",
        when="Under what conditions is a component fully open?|C5 D5",
        closed="When do we call a component closed?|C1 D1",
        differ="How do D3 and D4 differ?|high moderately low restriction license",
        scale="Which levels does the data scale have?|D1 D2 D3 D4 D5",
        part="What is covered by inference code?|code runs finished model",
        sft="What is supervised fine-tuning data?|labelled instruction data supervised fine-tuning",
        stage="Which components are in the deployment stage?|inference code model architecture weights",
        evaluation="What belongs to the evaluation stage?|general evaluation safety utility benchmarks",
        twelve="Which twelve components does the taxonomy distinguish?|pre-training alignment inference weights",
        groups="Into which three categories are the levels grouped?|fully closed semi-open fully open",
    )
    made.words(
        "licence rule",
        four="Suppose a licence earns four points: which levels follow?|C4 D4",
        two="Two permissions granted: what level for data?|D3",
        five="What does a five-point licence get?|C5 D5",
        forbids="A licence allows everything except commercial use. Which level?|C4 D4",
        rule="Explain the rule that turns a licence into a level.|points permissions",
    )


def _lists(made: Templates) -> None:
    claims = made.entries("paper_structure.json", "section5.1_claims", key="claim")
    made.add("list", "Which four claims in favour of closed models does the paper dispute?", claims)
    advice = made.entries("paper_structure.json", "section5.2_recommendations", key="recommendation")
    made.add("list", "What are the recommendations for open model developers?", advice)
    steps = made.entries("frameworks.json", "kapoor2024", "marginal_risk_steps")
    made.add("list", "Name the steps of the framework for marginal risk.", steps)
    properties = made.entries("frameworks.json", "kapoor2024", "distinctive_properties")
    made.add("list", "Which distinctive properties do open foundation models have?", properties)
    benefits = made.entries("frameworks.json", "kapoor2024", "benefits")
    made.add("list", "What benefits do open foundation models have?", benefits)
    options = made.entries("frameworks.json", "seger2023", "sharing_gradient")
    made.add("list", "What options are on the gradient of release?", options)
    risks = ["Open Models Can Also be Made to Generate Unsafe Content", "Open Models Cannot be Rolled Back or Updated"]
    made.add("list", "Which risks of open source models are there?", risks)
    made.words(
        "entry",
        china="What rules does China have for generative AI?|interim administrative measures",
        eu="How does European law treat general-purpose AI?|AI Act",
        india="Which law applies to AI in India?|Digital Personal Data Protection",
        staged="Explain staged release.|access widens step by step",
    )


def _names(made: Templates) -> None:
    raw, tables = made.tables.raw, made.tables
    for question, gold in (
        ("How open are the weihgts of Gopher?", raw["Gopher", "weights"]),
        ("infrence code, Pythea", raw["Pythia", "inference_code"]),
        ("pre-trainig data of GPT-Noe", raw["GPT-Neo", "pretraining_data"]),
        ("licence of the Falcno weights", raw["Falcon", "weights"]),
        ("Chinchila's evaluation code?", raw["Chinchilla", "general_eval_code"]),
        ("Which modles have closed weights?", tables.at("weights", 1)),
    ):
        made.add("misspelt", question, gold)
    made.add("ambiguous", "Are OpenAI's weights open?", tables.of("OpenAI"))
    made.add("ambiguous", "How open is GPT, really?", ["GPT-2", "GPT-3", "GPT-4", "GPT-3.5-turbo"])
    for question in (
        "Has Mixtral 8x22B open weights?",
        "What is the openness of Llama 3.2?",
        "Is OLMo fully open?",
        "pre-training data of DeepSeek-V3",
        "Which licence do the Gemma weights have?",
        "How open is Claude 3.7?",
    ):
        made.add("unknown", question, None)
