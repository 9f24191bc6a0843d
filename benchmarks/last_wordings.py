"""Questions on the openness tables in a sixth set of wordings, written before the grammar was asked any of them.

They follow the kinds of the published questions, most for the tables, the rest for the lists beside them. The questions
of the kind "foreign" name the models of the tables and ask what no table holds: none may be answered.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.paraphrases import Paraphrase
from benchmarks.templates import EVERY, Templates, both, without

__all__ = ["last_wordings"]

_PARTS = {
    "pretraining_code": ("pre-training code", "code used for pretraining"),
    "finetuning_code": ("fine-tuning code", "finetuning scripts"),
    "alignment_code": ("alignment code", "RLHF code"),
    "pretraining_data": ("pre-training data", "pretraining corpus"),
    "sft_data": ("supervised fine-tuning data", "SFT data"),
    "alignment_data": ("alignment data", "preference data"),
    "general_eval_code": ("general evaluation code", "evaluation code"),
    "safety_eval_code": ("safety evaluation code", "automatic safety eval code"),
    "utility_benchmarks_data": ("utility benchmarks", "utility benchmark data"),
    "safety_eval_data": ("safety evaluation data", "safety eval datasets"),
    "inference_code": ("inference code", "code for running inference"),
    "weights": ("weights", "model weights"),
}
_WRITTEN = {"Stable LM": "StableLM", "GPT-NeoX-20B": "GPT-NeoX", "LLaMA-2": "Llama 2", "GPT-J-6B": "GPT-J"}


def last_wordings(folder: Path, seed: int = 29) -> list[Paraphrase]:
    """All questions, from the published files in ``folder``."""
    made = Templates(folder, _PARTS, _WRITTEN, seed)
    for kind in (_one_model, _filters, _counts, _combinations, _facts, _names, _meanings, _licences, _lists, _foreign):
        kind(made)
    return made.made


def _one_model(made: Templates) -> None:
    made.cells(
        "Which class does {m}'s {p} fall into?",
        "{p} for {m}?",
        "What did the authors assign to {m} under {p}?",
        "Can anybody download the {p} of {m}?",
        "Is there a public release of {m}'s {p}, and how restricted is it?",
        "What's the situation with {m} and its {p}?",
        "openness score {m} {p}",
        "How did {m} do on {p}?",
        "I'm wondering whether the {p} behind {m} is out in the open",
        "Please give the level of {m} for the {p} column",
        "Did the makers of {m} keep their {p} to themselves?",
        "Quick check: {m}, {p}",
        "Where on the scale does the {p} of {m} sit?",
        "To what degree is the {p} of {m} accessible to the public?",
        "What entry stands in the {p} cell for {m}?",
        "what level of openness has {m} got when it comes to {p}",
        times=1,
    )
    made.cells(
        "Which licence covers {m}'s {p}?",
        "What terms apply to the {p} of {m}?",
        "Licence and level of {m}'s {p}, please",
        of=("weights", "inference_code"),
        times=1,
    )
    made.rows(
        "Give me the full openness profile of {m}",
        "Everything the taxonomy says about {m}",
        "{m}: list the level of each component",
        "What does the row for {m} look like?",
    )
    made.comparisons(
        "What sets {a} and {b} apart in openness?",
        "{a} against {b}: where do their ratings diverge?",
        "Which components are rated differently for {a} and {b}?",
        "Put {a} side by side with {b}",
        "Between {a} and {b}, which one is more open?",
    )


def _filters(made: Templates) -> None:
    made.graded(
        "filter", (5,), "Name every model whose {p} is fully open", "Who has released {p} with no restrictions?"
    )
    made.graded("filter", (5,), "For which systems is the {p} at level 5?")
    made.graded("filter", (1,), "Which ones never released their {p}?", "List models with completely closed {p}")
    made.graded("filter", (2, 3, 4), "Which models are semi-open as far as the {p} is concerned?")
    at = made.tables.at
    made.add("filter", "Whose weights can only be reached through a paid API?", at("weights", 2))
    made.add("filter", "models rated D4 for pretraining data", at("pretraining_data", 4))
    made.add("filter", "Is there any model with D4 weights?", at("weights", 4))
    made.add("filter", "Who published their SFT data openly?", at("sft_data", 5))
    made.add("filter", "Which model has its inference code at C3?", at("inference_code", 3))
    made.add("filter", "Which models have safety evaluation data in D5?", at("safety_eval_data", 5))
    made.add("filter", "For which models is the pre-training data marked with a question mark?", _marked(made, "?"))
    licences = made.tables.licence
    under = {
        licence: [name for name in made.tables.names if licences[name, "weights"] == licence]
        for licence in ("MIT", "Apache 2.0", "RAIL")
    }
    made.add("filter", "Which weights are distributed under Apache 2.0?", under["Apache 2.0"])
    made.add("filter", "models whose weights carry an MIT licence", under["MIT"])
    made.add("filter", "Who uses a RAIL licence for the weights?", under["RAIL"])


def _marked(made: Templates, mark: str) -> list[str]:
    return [name for name in made.tables.names if made.tables.raw[name, "pretraining_data"].startswith(mark)]


def _counts(made: Templates) -> None:
    made.graded("count", (5,), "In how many cases is the {p} fully open?", "Number of models with level 5 {p}")
    made.graded("count", (1,), "How many models hide their {p} completely?", "Count the models with closed {p}")
    made.graded("share", (5,), "What percentage of the models has fully open {p}?", "What fraction opened their {p}?")
    made.graded("share", (1,), "What portion of the listed models keeps the {p} closed?")
    tables = made.tables
    levels = list(tables.level.values())
    blank = sum(raw == "N/A" for raw in tables.raw.values())
    made.add("count", "How many cells in the classification are N/A?", blank)
    made.add("count", "How often does C5 occur in the whole table?", levels.count("C5"))
    made.add("count", "total number of D1 cells", levels.count("D1"))
    made.add("count", "How many models does the taxonomy cover?", len(tables.names))
    made.add("count", "How many components are there?", len(EVERY))
    made.add("count", "How many models did Google release?", len(tables.of("Google")))
    year = tables.released(lambda month: month.startswith("2022"))
    made.add("count", "How many models of 2022 are in the table?", len(year))
    downloads = [name for name in tables.names if tables.fact[name]["hf_downloads_last_month"]]
    made.add("count", "For how many models are Hugging Face downloads given?", len(downloads))


def _combinations(made: Templates) -> None:
    at, of, released = made.tables.at, made.tables.of, made.tables.released
    open_weights, open_data = at("weights", 5), at("pretraining_data", 5)
    year = {n: released(lambda month, n=n: month.startswith(n)) for n in ("2021", "2022", "2023")}  # type: ignore[misc]
    for question, gold in (
        (
            "Which models have fully open weights but closed pre-training data?",
            both(open_weights, at("pretraining_data", 1)),
        ),
        ("models that opened both the weights and the pretraining data completely", both(open_weights, open_data)),
        ("Which Meta models have weights at D5?", both(open_weights, of("Meta"))),
        ("Which of Google's models have fully open weights?", both(open_weights, of("Google"))),
        ("Fully open weights, but not fully open pretraining data: which models?", without(open_weights, open_data)),
        ("Among the 2022 releases, whose weights are closed?", both(at("weights", 1), year["2022"])),
        ("Which 2021 models have C5 inference code?", both(at("inference_code", 5), year["2021"])),
        ("Did OpenAI release anything with D5 weights?", both(open_weights, of("OpenAI"))),
        ("Which models from 2023 can only be used via API?", both(at("weights", 2), year["2023"])),
        ("C1 pre-training code together with D5 weights: who?", both(at("pretraining_code", 1), open_weights)),
    ):
        made.add("combination", question, gold)


def _facts(made: Templates) -> None:
    made.facts("release_raw", "When did {m} come out?", "In what month was {m} published?", "How old is {m}?")
    made.facts("size_raw", "How big is {m}?", "What's the parameter count of {m}?", "Size of the largest {m}")
    made.facts("developer", "Who is behind {m}?", "Which organisation built {m}?", "Whose model is {m}?")
    made.facts("arena_elo_raw", "What Elo does {m} reach in the Chatbot Arena?", "arena rating of {m}")
    made.facts("scholar_citations_raw", "How often has {m} been cited?", "citation count {m}")
    made.facts(
        "hf_downloads_last_month_raw", "How many times was {m} downloaded?", "monthly downloads {m} hugging face"
    )
    made.ranking("arena_elo", 5, "Five strongest models by Arena score", "top 5 elo")
    made.ranking("arena_elo", 1, "Which model leads the Chatbot Arena?")
    made.ranking("scholar_citations", 3, "Which three models are cited most?", "the 3 papers with the most citations")
    made.ranking("size_params", 4, "The four biggest models by parameters", "4 largest models, please")
    made.ranking("size_params", 4, "Which three models are smallest?", descending=False)  # three share the second size
    made.ranking("hf_downloads_last_month", 10, "Top ten by Hugging Face downloads")
    made.ranking("hf_downloads_last_month", 1, "What is the most popular model on Hugging Face?")
    made.ranking("arena_elo", 2, "The two models with the lowest Elo", descending=False)
    made.dates(
        lambda year: lambda month: month.startswith(year),
        "Which models date from {y}?",
        "List everything released during {y}",
        "{y} models",
        "What appeared in {y}?",
    )
    made.dates(lambda year: lambda month: month[:4] > year, "Which models are newer than {y}?", "released after {y}")
    made.dates(lambda year: lambda month: month[:4] < year, "models older than {y}", "What existed prior to {y}?")
    made.dates(lambda year: lambda month: month[:4] >= year, "Show models since {y}", years="2022 2023")
    made.add("date", "Which models were released in July 2023?", made.tables.released(lambda month: month == "2023-07"))
    made.add("date", "What came out between 2019 and 2020?", made.tables.released(lambda month: month[:4] <= "2020"))
    made.developers(
        "Which models come from {d}?",
        "What has {d} contributed to the table?",
        "{d}'s models",
        "models developed by {d}",
        "Everything made by {d}, please",
        "Which entries belong to {d}?",
    )


def _names(made: Templates) -> None:
    raw = made.tables.raw
    for question, model, component in (
        ("weights of Pythea", "Pythia", "weights"),
        ("How open is the inference code of Falcn?", "Falcon", "inference_code"),
        ("chinchila weights", "Chinchilla", "weights"),
        ("pretraining data of cerebrus gpt", "Cerebras-GPT", "pretraining_data"),
        ("What level do the wieghts of BLOOM have?", "BLOOM", "weights"),
        ("pre-trainig code of mT5", "mT5", "pretraining_code"),
        ("are the weights of open lama available", "OpenLLaMA", "weights"),
        ("Megatron Turning inference code", "Megatron-Turing", "inference_code"),
        ("gpt3.5 turbo weigths", "GPT-3.5-turbo", "weights"),
        ("Gemni weights level", "Gemini", "weights"),
    ):
        made.add("misspelt", question, raw[model, component])
    for name in ("Mixtral 8x7B", "StarCoder", "Vicuna", "Yi-34B", "DeepSeek", "RWKV"):
        made.add("unknown", f"How open is {name}?", None, "How open is {unknown}?")
    made.add("unknown", "What level do the weights of MPT-7B have?", None)
    made.add("unknown", "Does Alpaca publish its fine-tuning code?", None)
    made.add("out_of_date", "What licence do the Llama 3 weights have?", None)
    made.add("out_of_date", "openness of Gemini 2.5", None)
    made.add("out_of_date", "How open is Claude 3 Opus?", None)
    made.add("out_of_date", "Are the weights of GPT-4o available?", None)
    of = made.tables.of
    made.add("ambiguous", "Is OpenAI open?", of("OpenAI"))
    made.add("ambiguous", "How open is Meta?", of("Meta"))
    made.add("ambiguous", "How open is Microsoft?", of("Microsoft"))
    made.add("ambiguous", "What's the openness of EleutherAI?", of("EleutherAI"))


def _meanings(made: Templates) -> None:
    made.words(
        "definition",
        a="What is meant by C3?|publicly available moderately restrictive license",
        b="Explain level D5|publicly available restriction-free license",
        c="What's the difference between D3 and D4?|high moderately restrictive low restriction license",
        d="N/A in the table means what?|not applicable",
        e="What does a question mark in a cell stand for?|information not publicly available",
        f="When does a component count as fully closed?|C1 D1",
        g="Which levels count as semi-open?|C2 C3 C4 D2 D3 D4",
        h="What does it take to be called fully open?|C5 D5",
        i="Is C1 good or bad?|not publicly released in any form",
        j="What happens if a component has several licences?|strictest license decides",
        k="Which components does the taxonomy distinguish?|pretraining fine-tuning alignment inference weights",
        l="Which components belong to the evaluation stage?|general safety utility benchmarks eval",
        m="On which five criteria is a licence judged?|research commercial purposes modify copyright derivative",
        n="How do C levels differ from D levels?|code data",
    )


def _licences(made: Templates) -> None:
    def rule(question: str, code: str, data: str) -> None:
        made.add("licence_rule", question, {"code": code, "data": data})

    rule("If a licence collects five points, where does it land?", "C5", "D5")
    rule("What do two points mean in levels?", "C3", "D3")
    rule("licence with 3 points: code and data level?", "C3", "D3")
    rule("Zero points for a licence. Level?", "C2", "D3")
    rule("A licence that permits research and commercial use but nothing more gets which level?", "C3", "D3")
    rule("My licence allows everything except relicensing derivative works. Level?", "C4", "D4")
    rule("Suppose a licence grants all five permissions: which level?", "C5", "D5")
    rule("research use and modification are allowed, the rest is not: code and data level?", "C3", "D3")
    rule("What score gives C4 and D4?", "C4", "D4")
    made.words(
        "licence_rule",
        a="Which level does the GNU GPL get?|C4",
        b="Where is Apache 2.0 on the scale?|C5 D5",
        c="What level is the ODC-By licence?|D4",
    )


def _lists(made: Templates) -> None:
    opportunities = made.entries("paper_structure.json", "section4", key="title")
    claims = made.entries("paper_structure.json", "section5.1_claims", key="claim")
    advice = made.entries("paper_structure.json", "section5.2_recommendations", key="recommendation")
    steps = made.entries("frameworks.json", "kapoor2024", "marginal_risk_steps")
    gains = made.entries("frameworks.json", "kapoor2024", "benefits")
    traits = made.entries("frameworks.json", "kapoor2024", "distinctive_properties")
    gradient = made.entries("frameworks.json", "seger2023", "sharing_gradient")
    for kind, names, questions in (
        (
            "risks",
            ["generate unsafe content", "rolled back updated"],
            (
                "What are the downsides of open models?",
                "Which dangers does opening models bring?",
                "arguments against open-sourcing",
            ),
        ),
        (
            "benefits",
            opportunities,
            ("What speaks in favour of open source models?", "What opportunities does open source offer?"),
        ),
        ("benefits", gains, ("Which benefits of open foundation models do Kapoor et al. list?",)),
        (
            "claims",
            claims,
            (
                "Which common concerns does the paper argue against?",
                "What misconceptions about closed models are there?",
            ),
        ),
        (
            "advice",
            advice,
            (
                "What do the authors recommend?",
                "Which best practices should developers of open models follow?",
                "list the five recommendations",
            ),
        ),
        (
            "steps",
            steps,
            (
                "How do you assess marginal risk step by step?",
                "six steps of the marginal risk framework",
                "What goes into a marginal risk analysis?",
            ),
        ),
        (
            "properties",
            traits,
            ("What makes open foundation models distinctive?", "distinctive properties of open foundation models"),
        ),
        (
            "gradient",
            gradient,
            (
                "What stages are there between fully closed and fully open release?",
                "Solaiman's release gradient",
                "Which release options does Solaiman describe?",
            ),
        ),
    ):
        for question in questions:
            made.add(kind, question, {"words": " ".join(names)})
    made.words(
        "governance",
        a="How does the EU regulate open models?|EU AI Act",
        b="What does China's regulation of generative AI say?|measures generative AI services provenance obligations",
        c="AI policy in the United States|executive order safe secure trustworthy",
        d="How does Saudi Arabia deal with open source AI?|SDAIA ethics principles",
        e="What about AI law in India?|digital personal data protection act",
        f="Brazilian AI bills|Bill 21/2021 2338/2023",
        g="UAE AI strategy|UAE AI strategy 2017",
        h="What did the OECD adopt?|OECD AI principles 2019",
    )


def _foreign(made: Templates) -> None:
    for question in (
        "What accuracy does GPT-2 reach on SQuAD?",
        "How long did it take to train T5?",
        "How many layers does BLOOM have?",
        "How are the weights of the loss terms chosen?",
        "Which optimizer was used to train LLaMA?",
        "What is the perplexity of GPT-Neo on WikiText-103?",
        "Do they fine-tune GPT-2 on the dialogue corpus?",
        "What BLEU score does mT5 get on the test set?",
        "How many attention heads are in OPT?",
        "What learning rate is used for T5?",
        "Does GPT-3 outperform humans on this task?",
        "Which prompts were given to GPT-4?",
        "How are the attention weights computed?",
        "What is the size of the training data for the classifier?",
        "How many annotators labelled the evaluation data?",
        "Is the inference time of Falcon lower than that of LLaMA?",
        "Why do the authors choose Pythia for the probing experiments?",
        "What tokenizer does Mistral-7B use?",
        "How is Claude used as a judge?",
        "Are the model weights shared between encoder and decoder?",
        "What was the temperature when sampling from ChatGPT?",
        "On which GPUs was BLOOM trained?",
        "What is the context length of Claude-2?",
        "How does Chinchilla scale with compute?",
        "What is the alignment error rate of the word aligner?",
        "How many tokens was LLaMA-2 trained on?",
        "Which layers of GPT-J are edited?",
        "Is code-switching data used for pre-training?",
        "What languages does XGLM understand?",
        "What open questions remain about the data set?",
    ):
        made.add("foreign", question, None)
