"""A third set of questions on the openness tables, used for mending too."""

from __future__ import annotations

from pathlib import Path

from benchmarks.paraphrases import Paraphrase
from benchmarks.templates import Templates, both, without

__all__ = ["more_wordings"]

_PARTS = {
    "pretraining_code": ("pre-training code", "pretraining code", "code for the pre-training"),
    "finetuning_code": ("fine-tuning code", "finetuning code"),
    "alignment_code": ("alignment code", "code for alignment"),
    "pretraining_data": ("pre-training data", "pretraining data", "training corpus"),
    "sft_data": ("supervised fine-tuning data", "SFT data", "fine-tuning data"),
    "alignment_data": ("alignment data", "preference data", "RLHF data"),
    "general_eval_code": ("general evaluation code", "evaluation code"),
    "safety_eval_code": ("safety evaluation code", "code for the safety evaluation"),
    "utility_benchmarks_data": ("utility benchmark data", "utility benchmarks"),
    "safety_eval_data": ("safety evaluation data", "safety eval data"),
    "inference_code": ("inference code", "inference scripts"),
    "weights": ("weights", "model weights", "checkpoints", "parameters"),
}
_WRITTEN = {
    "GPT-NeoX-20B": "gpt-neox", "LLaMA-2": "LLaMA-2", "Mistral-7B": "Mistral", "GPT-3.5-turbo": "GPT-3.5",
    "Falcon": "Falcon-180B", "FairSeq Dense": "FairSeq", "GLM-130B": "GLM-130B", "Claude-2": "Claude-2",
    "PaLM-2": "PaLM 2", "GPT-4": "GPT 4", "OpenLLaMA": "OpenLLaMA", "Anthropic LM": "the Anthropic LM",
}  # fmt: skip


def more_wordings(folder: Path, seed: int = 31) -> list[Paraphrase]:
    """All questions, from the published tables in ``folder``."""
    made = Templates(folder, _PARTS, _WRITTEN, seed)
    for step in (_models, _filters, _numbers, _orders, _combined, _meanings, _lists, _names):
        step(made)
    return made.made


def _models(made: Templates) -> None:
    made.cells(
        "Are outsiders able to get the {p} of {m}?",
        "I keep reading that {m} is open. Does that hold for its {p}?",
        "{m} – {p}: C or D what?",
        "Short answer please: openness of {m}'s {p}?",
        "Which level is recorded for {m} in the {p} column?",
        "Tell me about the {p} of {m}.",
        "How would you describe the openness of the {p} of {m}?",
        "In the paper's table, which level has {m} for {p}?",
        "If someone asks for the {p} of {m}, is it available?",
        "the {p} of {m}, fully open or not?",
        "Give the level that {m} has for {p}",
        "Compared with the scale of the paper, where is {m}'s {p}?",
        "was {p} released for {m}",
        "Please report the level of {m}'s {p}.",
        "{m} has what level in {p}?",
        "Do they give away the {p} of {m}?",
        "need: {p} level of {m}",
    )
    made.cells(
        "With which licence do {m}'s {p} come?",
        "What licence is on the {p} of {m}?",
        "name of the licence for {m} {p}",
        of=("weights",),
    )
    made.facts("developer", "Who was {m} made by?", "Which organisation published {m}?", "developer of {m}, please")
    made.facts("release", "When did {m} first come out?", "date of {m}'s release", "How old is {m}?")
    made.facts("size_raw", "How many params does {m} have?", "largest size of {m}?")
    made.facts("arena_elo", "Give me the Arena Elo of {m}", "Which Elo does {m} have?")
    made.facts("scholar_citations", "How often was {m} cited according to Google Scholar?", "citations of {m}?")
    made.facts("hf_downloads_last_month", "How many times was {m} downloaded last month?", "HF downloads {m}?")
    made.rows(
        "Which levels were assigned to {m}?",
        "I would like an overview of {m}'s openness.",
        "What does the row of {m} look like?",
        "{m}: how open overall?",
        "For each component of {m}, what is the level?",
        "Tell me how open {m} is",
    )
    made.comparisons(
        "Do {a} and {b} differ in openness?",
        "How do {a} and {b} differ?",
        "In which components is {a} different from {b}?",
        "openness: {a} versus {b}",
        "Is {a} more or less open than {b}?",
        "Set {a} against {b}",
        "List the differences between {a} and {b}.",
        "What would you say distinguishes {a} and {b} in openness?",
    )


def _filters(made: Templates) -> None:
    made.graded(
        "filter", (5,),
        "Which models publish fully open {p}?",
        "Tell me all models with unrestricted {p}.",
        "Whose {p} is open without restrictions?",
        "Which models can boast fully open {p}?",
        "I want to know which models have fully open {p}",
        "models having {p} at the top level",
        "Which models, if any, have fully open {p}?",
        "Is the {p} fully open for any of the models?",
        "Name some models with fully open {p}",
    )  # fmt: skip
    made.graded(
        "filter", (1,),
        "Which models leave their {p} closed?",
        "What models didn't disclose their {p}?",
        "Which models have {p} that nobody outside can get?",
        "List the models with secret {p}.",
        "Whose {p} has never been published?",
        "Which models are fully closed in their {p}?",
        "all models whose {p} is closed",
        "Which models do not make {p} public?",
    )  # fmt: skip
    made.graded("filter", (2, 3, 4), "Which models have partially open {p}?", "List models whose {p} is semi-open.")
    made.graded("filter", (3,), "Which models get level 3 for their {p}?")
    at, level, names = made.tables.at, made.tables.level, made.tables.names
    made.add("filter", "List the models whose weights are D3.", at("weights", 3))
    made.add("filter", "Which models' inference code is C4?", at("inference_code", 4))
    made.add("filter", "Which models have D4 pre-training data?", at("pretraining_data", 4))
    made.add("filter", "weights of at least D3", at("weights", 3, 4, 5))
    made.add("filter", "Which models have weights lower than D3?", at("weights", 1, 2))
    made.add("filter", "Which models have weights no lower than D4?", at("weights", 4, 5))
    made.add("filter", "Which models have either D2 or D3 weights?", at("weights", 2, 3))
    made.add("filter", "Which models are offered only through paid API access?", at("weights", 2))
    made.add("filter", "Which models don't have closed weights?", at("weights", 2, 3, 4, 5))
    made.add("filter", "Which models' weights are not open?", [name for name in names if name not in at("weights", 5)])
    unknown = [name for name in names if level[name, "pretraining_data"] == "?"]
    made.add("filter", "Where does the pre-training data have a question mark?", unknown)
    missing = [name for name in names if level[name, "sft_data"] == "N/A"]
    made.add("filter", "For which models is supervised fine-tuning data not applicable?", missing)


def _numbers(made: Templates) -> None:
    made.graded(
        "count", (5,),
        "How many models offer fully open {p}?",
        "Of the models, how many have fully open {p}?",
        "Please count the models with fully open {p}",
    )  # fmt: skip
    made.graded("count", (1,), "How many models have kept {p} closed?", "the number of models with undisclosed {p}")
    made.graded(
        "share", (5,), "What percentage of models have fully open {p}?", "Which share of the models has open {p}?"
    )
    made.graded("share", (1,), "In what fraction of the models is the {p} closed?")
    tables = made.tables
    made.add("count", "How many models come from Meta?", len(tables.of("Meta")))
    made.add("count", "How many models were released before 2022?", len(tables.released(lambda month: month < "2022")))
    made.add("count", "How many cells in the table are unknown?", 7)
    made.add("count", "How many models are there altogether?", 40)
    made.add("count", "How many models have C1 pre-training code?", len(tables.at("pretraining_code", 1)))


def _orders(made: Templates) -> None:
    made.ranking("arena_elo", 1, "Which model is rated highest in the arena?", "top model by Elo")
    made.ranking("arena_elo", 5, "Which five models have the best Elo?")
    made.ranking("scholar_citations", 2, "the two most cited models", "Which two models have been cited the most?")
    made.ranking("hf_downloads_last_month", 4, "top four models by downloads", "Rank the 4 most downloaded models")
    made.ranking("size_params", 3, "Which are the three largest models?")
    made.ranking("hf_downloads_last_month", 1, "Which model has the fewest downloads?", descending=False)
    made.dates(
        lambda y: lambda m: m[:4] == y, "Which models saw the light in {y}?", "Which of the models are from {y}?"
    )
    made.dates(lambda y: lambda m: m[:4] > y, "Which models were launched after {y}?", "models newer than {y}")
    made.dates(lambda y: lambda m: m[:4] >= y, "models released in {y} or later", "Which models came out from {y} on?")
    made.dates(lambda y: lambda m: m[:4] < y, "Which models were out before {y}?", "models earlier than {y}")
    august = made.tables.released(lambda month: month == "2023-07")
    made.add("date", "Which models date from July 2023?", august)
    span = made.tables.released(lambda month: "2021-06" <= month <= "2021-10")
    made.add("date", "models from June 2021 to October 2021", span)
    made.developers(
        "Which models are made by {d}?",
        "What did {d} release?",
        "list of {d} models",
        "Name {d}'s models.",
        "Which LLMs in the table are from {d}?",
    )


def _combined(made: Templates) -> None:
    tables = made.tables
    weights, closed = tables.at("weights", 5), tables.at("pretraining_data", 1)
    data, shut = tables.at("pretraining_data", 5), tables.at("weights", 1)
    late = tables.released(lambda month: month > "2021-12")
    google, openai, eleuther = tables.of("Google"), tables.of("OpenAI"), tables.of("EleutherAI")
    mit = [name for name in tables.names if tables.licence[name, "weights"] == "MIT"]
    for question, gold in (
        ("Which models have fully open weights even though their pre-training data is closed?", both(weights, closed)),
        ("Which models have both the weights and the pre-training data fully open?", both(weights, data)),
        ("models after 2021 with fully open weights", both(weights, late)),
        ("Which OpenAI models have closed pre-training data?", both(openai, closed)),
        ("What models from Google have closed weights?", both(google, shut)),
        ("closed weights, but not Google", without(shut, google)),
        ("Which models have closed weights if we leave out Google's?", without(shut, google)),
        ("Which models, excluding GPT-2, have fully open weights but closed pre-training data?",
         without(both(weights, closed), ["GPT-2"])),
        ("Which EleutherAI models have D5 pre-training data?", both(eleuther, data)),
        ("Which models have weights under the MIT licence?", mit),
        ("How many models have both fully open weights and fully open pre-training data?", len(both(weights, data))),
        ("How many Google models have fully open weights?", len(both(google, weights))),
        ("Which models share neither weights nor pre-training data?", both(shut, closed)),
        ("Which 2023 models have closed pre-training data?",
         both(closed, tables.released(lambda month: month[:4] == "2023"))),
    ):  # fmt: skip
        made.add("combination", question, gold)


def _meanings(made: Templates) -> None:
    made.words(
        "definition",
        c4="What is C4 supposed to mean?|low restriction license",
        c2="Give me the definition of C2|highly restrictive license",
        d3="Describe level D3|high moderately restrictive license",
        d1="What's a D1?|not publicly released in any form",
        unknown="Why does a cell have a question mark, what does it mean?|information not publicly available",
        na="What does N/A signify?|not applicable",
        semi="Which levels make a component semi-open?|C2 C3 C4 D2 D3 D4",
        opened="When is code considered fully open?|C5",
        closed="What does the paper mean by fully closed?|C1 D1",
        differ="What is the difference between D4 and D5?|low restriction restriction-free license",
        scale="List the levels for code|C1 C2 C3 C4 C5",
        part="What does general evaluation code mean?|code measured general abilities",
        alignment="Explain what alignment code is|code fitted model human preferences reward reinforcement",
        stage="What components does the training stage have?|pre-training fine-tuning alignment",
        deployment="Which components belong to deployment?|inference code model architecture weights",
        twelve="Could you list the components of the taxonomy?|pre-training alignment inference weights",
        groups="Name the categories of openness.|fully closed semi-open fully open",
    )
    made.words(
        "licence rule",
        three="My licence scores three points. Level?|C3 D3",
        five="All five permissions are granted. Which level is that?|C5 D5",
        zero="A licence without any permission gets which level?|C2 D3",
        research="Only research use is allowed by the licence: which level?|C2 D3",
        rule="How is a licence scored?|points permissions",
    )


def _lists(made: Templates) -> None:
    claims = made.entries("paper_structure.json", "section5.1_claims", key="claim")
    made.add("list", "List the claims about closed models that the paper argues against.", claims)
    advice = made.entries("paper_structure.json", "section5.2_recommendations", key="recommendation")
    made.add("list", "What does the paper recommend?", advice)
    steps = made.entries("frameworks.json", "kapoor2024", "marginal_risk_steps")
    made.add("list", "How many steps and which ones does the marginal risk framework have?", steps)
    properties = made.entries("frameworks.json", "kapoor2024", "distinctive_properties")
    made.add("list", "List the five distinctive properties of open foundation models.", properties)
    benefits = made.entries("frameworks.json", "kapoor2024", "benefits")
    made.add("list", "Which benefits do Kapoor et al. see in open foundation models?", benefits)
    options = made.entries("frameworks.json", "seger2023", "sharing_gradient")
    made.add("list", "Name the six steps of the release gradient.", options)
    risks = ["Open Models Can Also be Made to Generate Unsafe Content", "Open Models Cannot be Rolled Back or Updated"]
    made.add("list", "List the risks of open models.", risks)
    made.words(
        "entry",
        usa="How does the US regulate generative AI?|Executive Order",
        brazil="Is there AI legislation in Brazil?|Bill",
        uae="AI governance in the Emirates|UAE AI Strategy",
        hosted="What does hosted access mean?|developer's own page",
    )


def _names(made: Templates) -> None:
    raw, tables = made.tables.raw, made.tables
    for question, gold in (
        ("weigths of Goper", raw["Gopher", "weights"]),
        ("How open is the inferance code of Flacon?", raw["Falcon", "inference_code"]),
        ("Pre-traning data of GPT-Neoo?", raw["GPT-Neo", "pretraining_data"]),
        ("mistarl evaluation code", raw["Mistral-7B", "general_eval_code"]),
        ("What licence do the BLOM weights have?", raw["BLOOM", "weights"]),
        ("Which models have fully open wieghts?", tables.at("weights", 5)),
    ):
        made.add("misspelt", question, gold)
    made.add("ambiguous", "How open is OpenAI?", tables.of("OpenAI"))
    made.add("ambiguous", "Are the GPT weights open?", ["GPT-2", "GPT-3", "GPT-4", "GPT-3.5-turbo"])
    for question in (
        "Does Mixtral have open weights?",
        "How open are the weights of Llama 4?",
        "What about OLMo's training data?",
        "Is Qwen3 open?",
        "openness of Gemma 3",
        "Which level has DeepSeek-R1?",
    ):
        made.add("unknown", question, None)
