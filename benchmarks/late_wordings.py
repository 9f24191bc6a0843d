"""Questions on the openness tables in a fifth set of wordings, written before the grammar was asked any of them.

They follow the kinds of the published questions: about four fifths ask for the tables, the rest for the lists
beside them. Gold is computed from the published files alone.
"""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.paraphrases import Paraphrase
from benchmarks.templates import EVERY, Templates, both, without

__all__ = ["late_wordings"]

_PARTS = {
    "pretraining_code": ("pre-training code", "pretraining code", "pretraining source code"),
    "finetuning_code": ("fine-tuning code", "finetuning code", "fine tuning code"),
    "alignment_code": ("alignment code", "code for alignment"),
    "pretraining_data": ("pre-training data", "pretraining dataset", "pretraining corpus"),
    "sft_data": ("SFT data", "supervised fine-tuning data", "supervised finetuning dataset"),
    "alignment_data": ("alignment data", "alignment dataset"),
    "general_eval_code": ("general evaluation code", "general eval code", "code for general evaluation"),
    "safety_eval_code": ("safety evaluation code", "automatic safety eval code"),
    "utility_benchmarks_data": ("utility benchmark data", "utility benchmarks data"),
    "safety_eval_data": ("safety evaluation data", "safety eval dataset"),
    "inference_code": ("inference code", "code for inference"),
    "weights": ("model weights", "architecture and weights", "trained weights"),
}
_WRITTEN = {"GPT-J-6B": "GPT-J", "GPT-NeoX-20B": "GPT-NeoX", "Mistral-7B": "Mistral 7B", "LLaMA-2": "Llama 2"}


def late_wordings(folder: Path, seed: int = 59) -> list[Paraphrase]:
    """Questions on the published files, each with its gold."""
    new = Templates(folder, _PARTS, _WRITTEN, seed)
    for kind in (_cells, _facts, _rows, _filters, _counts, _shares, _comparisons, _rankings, _dates, _developers):
        kind(new)
    for kind in (_combinations, _definitions, _rules, _licences, _misspelt, _ambiguous, _outside, _arguments):
        kind(new)
    for kind in (_frameworks, _governance):
        kind(new)
    return new.made


def _cells(new: Templates) -> None:
    new.cells(
        "What grade did {m} receive for its {p}?",
        "{m}: how open would you call the {p}?",
        "I need the rating of {m}'s {p}.",
        "Where on the openness scale does the {p} of {m} sit?",
        "Could you tell me the level that the taxonomy assigns to {m}'s {p}?",
        "what's the score of {m} when it comes to {p}",
        "Look up {m}, {p}.",
        "Has {m}'s {p} been made public?",
        "Tell me about the {p} of {m}",
        "For {m}, what does the table say under {p}?",
        "Is the {p} of {m} out in the open or kept closed?",
        "Did the authors of {m} share their {p}?",
        "To what degree is {m}'s {p} open?",
        "In terms of {p}, how does {m} rate?",
        "Do we know whether the {p} behind {m} is available?",
        "Can anybody get hold of {m}'s {p}?",
    )
    new.cells(
        "What licence do {m}'s {p} carry, if any?",
        "How openly have the {p} of {m} been published?",
        "Are {m}'s {p} downloadable, and under which terms?",
        of=("weights",),
    )


def _facts(new: Templates) -> None:
    new.facts("developer", "Which organisation is behind {m}?", "Who should get the credit for making {m}?")
    new.facts("size_raw", "How many parameters does the biggest {m} have?", "Give the parameter count of {m}.")
    new.facts("release_raw", "When was {m} first made available?", "In which month did {m} appear?")
    new.facts("arena_elo_raw", "What Elo rating did {m} reach in Chatbot Arena?", "{m}'s arena score?")
    new.facts("scholar_citations_raw", "How often has {m} been cited?", "number of citations on Scholar for {m}")
    new.facts("hf_downloads_last_month_raw", "How many times was {m} downloaded last month?", "downloads for {m} on HF")


def _rows(new: Templates) -> None:
    new.rows(
        "Give me the full openness profile of {m}.",
        "How is {m} classified across all components?",
        "Everything the table has on the openness of {m}, please",
        "Break {m} down by component.",
        "I'd like to see the complete row for {m}.",
        "What are the openness levels of {m} for every part of the pipeline?",
    )
    columns = {
        "developer": "developer", "size": "size_raw", "release": "release_raw", "citations": "scholar_citations_raw",
    }  # fmt: skip
    for model, question in (
        ("BLOOM", "General information about BLOOM: who made it, how large, when released, how often cited?"),
        ("Pythia", "Key facts for Pythia please (developer, size, release date, citations)"),
    ):
        fact = new.tables.fact[model]
        new.add("row", question, {name: fact[column] for name, column in columns.items()})


def _filters(new: Templates) -> None:
    new.graded(
        "filter",
        (5,),
        "Name every model with completely open {p}.",
        "Whose {p} can be had without restrictions?",
        "Who published their {p} with no strings attached?",
        "Which LLMs get the top grade for {p}?",
        "I am looking for models with fully open {p}",
    )
    new.graded(
        "filter",
        (1,),
        "Which models do not share their {p}?",
        "Who keeps the {p} secret?",
        "For which models is the {p} fully closed?",
        "models that never released any {p}",
    )
    new.graded("filter", (2, 3, 4), "Which models have {p} that is only semi-open?", "List those with semi-open {p}.")
    tables = new.tables
    for question, component, numbers in (
        ("What models sit at D2 for their weights?", "weights", (2,)),
        ("Everything graded D4 for pre-training data", "pretraining_data", (4,)),
        ("Which entries carry C4 inference code?", "inference_code", (4,)),
        ("Weights only reachable through a paid API: which models?", "weights", (2,)),
        ("For whom is the safety evaluation data rated D5?", "safety_eval_data", (5,)),
        ("Has any model opened up its SFT data completely?", "sft_data", (5,)),
    ):
        new.add("filter", question, tables.at(component, *numbers))
    unknown = [name for name in tables.names if tables.level[name, "pretraining_data"].startswith("?")]
    new.add("filter", "For which models is it unknown how open the pretraining data is?", unknown)
    new.add("filter", "Which models have a question mark for pre-training data?", unknown)


def _counts(new: Templates) -> None:
    new.graded(
        "count",
        (5,),
        "What is the number of models with fully open {p}?",
        "How many LLMs come with {p} at the highest level?",
        "Count the models whose {p} is completely open.",
    )
    new.graded("count", (1,), "How many of them keep {p} closed?", "In how many cases was the {p} not released?")
    tables = new.tables
    not_applicable = [name for name in tables.names if tables.level[name, "alignment_code"] == "N/A"]
    new.add("count", "For how many models is alignment code not applicable?", len(not_applicable))
    new.add("count", "How many models are covered by the table?", len(tables.names))
    new.add("count", "How many components does the classification look at?", len(EVERY))
    new.add("count", "How many models are from Meta?", len(tables.of("Meta")))
    new.add("count", "How many cells in the table are N/A?", sum(tables.level[pair] == "N/A" for pair in tables.level))
    new.add("count", "How many weights are at D3?", len(tables.at("weights", 3)))


def _shares(new: Templates) -> None:
    new.graded(
        "share",
        (5,),
        "What fraction of the models has fully open {p}?",
        "What percentage of LLMs in the table made their {p} fully open?",
        "How large is the share of models with fully open {p}?",
    )
    new.graded("share", (1,), "Which proportion of models has closed {p}?", "percent of models with closed {p}?")


def _comparisons(new: Templates) -> None:
    new.comparisons(
        "Which one is more open, {a} or {b}?",
        "Put {a} and {b} next to each other.",
        "What sets {a} apart from {b} in openness?",
        "Where do {a} and {b} get different grades?",
        "How does the openness of {a} compare with that of {b}?",
        "{a} against {b}: which components differ?",
    )


def _rankings(new: Templates) -> None:
    tables = new.tables
    new.ranking("arena_elo", 5, "Show the five models with the highest Elo.", "Best 5 by Chatbot Arena rating")
    new.ranking("arena_elo", 1, "Which model leads the Arena?")
    new.ranking("scholar_citations", 3, "Which three models have been cited the most?", "top 3 according to citations")
    new.ranking("scholar_citations", 1, "What is the single most cited model?")
    new.ranking("hf_downloads_last_month", 2, "Name the two models with the most Hugging Face downloads.")
    new.ranking("size_params", 4, "What are the four largest models by parameters?")
    new.ranking("size_params", 1, "Which of the models is the smallest?", descending=False)
    new.ranking("hf_downloads_last_month", 1, "least downloaded model on Hugging Face?", descending=False)
    google = tables.ranked("scholar_citations", True, tables.of("Google"))
    new.add("ranking", "Which Google model is cited most often?", google[:1])
    opened = tables.ranked("arena_elo", True, tables.at("weights", 5))
    new.add("ranking", "Among models with fully open weights, which has the best Elo?", opened[:1])


def _dates(new: Templates) -> None:
    new.dates(
        lambda year: lambda month: month.startswith(year),
        "Which models were launched in {y}?",
        "Models dating from {y}",
        "What came out during {y}?",
        years="2020 2021 2022 2023",
    )
    new.dates(
        lambda year: lambda month: month[:4] > year, "Which models appeared later than {y}?", "models newer than {y}"
    )
    new.dates(lambda year: lambda month: month[:4] < year, "Which of them are older than {y}?")
    released = new.tables.released
    new.add("date", "Which models saw the light of day in May 2022?", released(lambda month: month == "2022-05"))
    new.add("date", "What was released between 2019 and 2020?", released(lambda month: month[:4] in ("2019", "2020")))
    new.add("date", "Which models were out by the end of 2020?", released(lambda month: month[:4] <= "2020"))
    new.add("date", "models from the second half of 2023", released(lambda month: month >= "2023-07"))


def _developers(new: Templates) -> None:
    new.developers(
        "What did {d} build?",
        "Which of the models belong to {d}?",
        "Models developed by {d}?",
        "Show all entries from {d}.",
        "{d}'s language models in the table",
        "Which LLMs has {d} put out?",
    )


def _combinations(new: Templates) -> None:
    tables = new.tables
    opened, data = tables.at("weights", 5), tables.at("pretraining_data", 5)
    code, closed_data = tables.at("pretraining_code", 5), tables.at("pretraining_data", 1)
    year = tables.released(lambda month: month.startswith("2022"))
    for question, found in (
        ("Which models combine fully open weights with closed pre-training data?", both(opened, closed_data)),
        ("Models whose weights and pretraining code are both fully open", both(opened, code)),
        ("Which models have open weights at D5 without having D5 pre-training data?", without(opened, data)),
        ("Which 2022 models have fully open inference code?", both(year, tables.at("inference_code", 5))),
        ("Which Meta models have D5 weights?", both(tables.of("Meta"), opened)),
        ("Google models with fully open weights?", both(tables.of("Google"), opened)),
        ("Did EleutherAI release anything in 2022?", both(tables.of("EleutherAI"), year)),
        ("Which models from 2023 offer only API access to their weights?",
         both(tables.released(lambda month: month.startswith("2023")), tables.at("weights", 2))),
        ("Fully open pre-training data and weights at D5: which models fulfil both?", both(data, opened)),
    ):  # fmt: skip
        new.add("combination", question, found)
    both_ways = both(tables.of("OpenAI"), tables.at("weights", 2))
    new.add("count", "How many OpenAI models have weights at D2?", len(both_ways))


def _definitions(new: Templates) -> None:
    new.words(
        "definition",
        a="Explain level C3 to me.|Publicly available under a moderately restrictive license",
        b="What is meant by D5?|Publicly available under a restriction-free license",
        c="When does something count as C1?|Not publicly released in any form",
        d="meaning of D3|Publicly available under a high/moderately restrictive license",
        e="What does the question mark stand for in the table?|information is not publicly available",
        f="What does N/A stand for?|Not Applicable",
        g="Which levels are regarded as semi-open?|C2 C3 C4 D2 D3 D4",
        h="What makes a component fully open?|C5 D5",
        i="How is D4 defined?|Publicly available under a low restriction license",
        j="Which levels of openness are there for code?|C1 C2 C3 C4 C5",
        k="Which components belong to the evaluation stage?|General Eval Safety Eval Utility Benchmarks",
        l="What components does the taxonomy consist of?|Pre-Training Fine-tuning Alignment Inference Weights",
        m="What's the difference between C4 and C5?|low restriction restriction-free",
        n="Into what groups are the levels sorted?|fully closed semi-open fully open",
    )


def _rules(new: Templates) -> None:
    new.words(
        "rule",
        a="If a licence gets 5 points, what are the levels?|C5 D5",
        b="What level follows from a licence with two points?|C3 D3",
        c="Zero points for a licence means which level?|C2 D3",
        d="Which five things are looked at when scoring a licence?"
        "|Research Commercial Purposes Modify Copyright Derivative",
        e="How is a licence turned into a level?|points C2 C3 C4 C5",
        f="My licence permits research and commercial use but nothing more. How is it graded?|C3 D3",
        g="A component has two sources with different licences. Which one counts?|strictest license decides",
        h="When is a licence moderately restrictive?|2-3 C3 D3",
        i="How many points does a restriction-free licence need?|5 C5 D5",
    )


def _licences(new: Templates) -> None:
    tables = new.tables

    def under(licence: str, component: str) -> list[str]:
        return [name for name in tables.names if tables.licence[name, component] == licence]

    for question, licence, component in (
        ("Whose weights are under Apache 2.0?", "Apache 2.0", "weights"),
        ("Which models put their weights out under MIT?", "MIT", "weights"),
        ("Which pre-training data is ODC-By licensed?", "ODC-By", "pretraining_data"),
        ("models with BSD-3 inference code", "BSD-3", "inference_code"),
    ):
        new.add("licence", question, under(licence, component))
    new.words("rule", a="What level does the MIT licence give?|C5 D5", b="How is RAIL graded?|D4")


def _misspelt(new: Templates) -> None:
    for question, model, component in (
        ("wieghts of Mistal 7B", "Mistral-7B", "weights"),
        ("Whats the level of Pythias pretrainig data?", "Pythia", "pretraining_data"),
        ("gemni inference code", "Gemini", "inference_code"),
        ("how open is the pre-traning code of blom", "BLOOM", "pretraining_code"),
        ("chinchila weigths?", "Chinchilla", "weights"),
        ("level of falcn weights", "Falcon", "weights"),
        ("open lama pretraining data licence", "OpenLLaMA", "pretraining_data"),
        ("cluade 2 weights", "Claude-2", "weights"),
        ("stablelm infrence code", "Stable LM", "inference_code"),
        ("gtp-3 weights openness", "GPT-3", "weights"),
    ):
        new.add("misspelt", question, new.tables.raw[model, component])


def _ambiguous(new: Templates) -> None:
    of = new.tables.of
    new.add("ambiguous", "How open is EleutherAI?", of("EleutherAI"))
    new.add("ambiguous", "Is OpenAI open?", of("OpenAI"))
    new.add("ambiguous", "How open are Meta's models?", of("Meta"))


def _outside(new: Templates) -> None:
    for question in (
        "How open is DeepSeek-V3?",
        "What level do the weights of Llama 3 have?",
        "Is Gemma's inference code available?",
        "Show all components for Yi-34B.",
        "How is GPT-4o graded?",
        "weights of Claude 3 Opus?",
        "Is Vicuna-13B more open than Alpaca?",
        "Pre-training data of OLMo: which level?",
    ):
        new.add("outside", question, None)


def _titles(new: Templates, sign: str, section: str = "") -> str:
    """The arguments for (``+``) or against (``-``) open models, of one section or of all."""
    entries = json.loads((new.folder / "paper_structure.json").read_text(encoding="utf-8"))["section4"]
    return " ".join(item["title"] for item in entries if item["sign"] == sign and item["section"].startswith(section))


def _arguments(new: Templates) -> None:
    file = "paper_structure.json"
    claims = " ".join(new.entries(file, "section5.1_claims", key="claim"))
    advice = " ".join(new.entries(file, "section5.2_recommendations", key="recommendation"))
    for question, words in (
        ("What dangers of open models does the paper see?", _titles(new, "-")),
        ("Which risks of open-source models are named?", _titles(new, "-")),
        ("What speaks for open sourcing models?", _titles(new, "+")),
        ("Name the benefits of open source models according to the authors.", _titles(new, "+")),
        ("What are the economic advantages of open models?", _titles(new, "+", "4.3")),
        ("How do open models matter for safety, on the positive side?", _titles(new, "+", "4.4")),
        ("Which societal benefits does open source bring?", _titles(new, "+", "4.5")),
        ("Does open source do anything for research?", "Open Source Advances Research"),
        ("What concerns about open source do the authors rebut?", claims),
        ("Which claims against open models does the paper dispute?", claims),
        ("What is the third claim?", "Closed Source Developers Can be Regulated to be Safer"),
        ("What do the authors advise developers to do?", advice),
        ("List the recommendations for safe and responsible open sourcing.", advice),
        ("What is the first recommendation of the paper?", "Enhance Data Transparency and Provenance"),
        ("What stages of generative AI does the paper tell apart?", "near-term mid-term long-term"),
        ("What does the paper understand by near-term?", "early use and exploration of existing technology"),
    ):
        new.add("argument", question, {"words": words})
    new.add("argument", "How many recommendations are given?", len(new.entries(file, "section5.2_recommendations")))


def _frameworks(new: Templates) -> None:
    file, study = "frameworks.json", "kapoor2024"

    def words(*path: str) -> str:
        return " ".join(new.entries(file, *path))

    for question, wanted in (
        ("What are the steps for assessing marginal risk?", words(study, "marginal_risk_steps")),
        ("How do Kapoor et al. propose to analyse the marginal risk of open foundation models?",
         words(study, "marginal_risk_steps")),
        ("second step of the marginal risk framework", "Existing risk (absent open foundation models)"),
        ("Which properties set open foundation models apart?", words(study, "distinctive_properties")),
        ("What benefits of open foundation models do Kapoor et al. list?", words(study, "benefits")),
        ("How do Kapoor and colleagues define an open foundation model?", "widely available model weights"),
        ("Which rungs does the gradient of release have?", words("seger2023", "sharing_gradient")),
        ("What lies between fully closed and fully open on the release gradient?",
         words("seger2023", "sharing_gradient")),
        ("What ways of releasing a model does Solaiman distinguish?", words("seger2023", "sharing_gradient")),
    ):  # fmt: skip
        new.add("framework", question, {"words": wanted})


def _governance(new: Templates) -> None:
    new.words(
        "governance",
        a="How does the EU regulate open source AI?|EU AI Act",
        b="What rules apply to generative AI in China?"
        "|Interim Provisional Administrative Measures Generative AI Services",
        c="What does the US executive order ask for?|Executive Order Safe, Secure, and Trustworthy AI",
        d="Which AI law does India have?|Digital Personal Data Protection Act 2023",
        e="What is Brazil doing about AI regulation?|Bill 21/2021 Bill 2338/2023",
        f="How does the United Arab Emirates stand on open source?|UAE AI Strategy October 2017",
        g="AI policy of Saudi Arabia|SDAIA AI Ethics Principles",
        h="Which AI principles did the OECD adopt?|OECD AI Principles 2019",
        i="Which jurisdictions does the paper discuss?|European Union United States China Saudi Arabia India Brazil",
    )
