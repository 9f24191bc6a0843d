"""The fourth set of questions on the openness tables, written without sight of the grammar or of the other sets."""

from __future__ import annotations

from pathlib import Path

from benchmarks.paraphrases import Paraphrase
from benchmarks.templates import Templates, both, without

__all__ = ["fresh_wordings"]

_PARTS = {
    "pretraining_code": ("pretraining code", "pre-training scripts", "code for the pretraining"),
    "finetuning_code": ("fine tuning code", "finetuning scripts", "code for the fine-tuning"),
    "alignment_code": ("alignment code", "RLHF training code", "code for the alignment"),
    "pretraining_data": ("pretraining data", "pre-training dataset", "pretraining text corpus"),
    "sft_data": ("SFT data", "instruction data", "supervised finetuning set"),
    "alignment_data": ("alignment data", "human preference data", "RLHF data"),
    "general_eval_code": ("general eval code", "general evaluation scripts", "code for the general evaluation"),
    "safety_eval_code": ("safety eval code", "automated safety evaluation code", "code for automatic safety tests"),
    "utility_benchmarks_data": ("utility benchmark data", "utility benchmarks"),
    "safety_eval_data": ("safety eval datasets", "safety evaluation data", "safety benchmark data"),
    "inference_code": ("inference code", "inference scripts", "code for inference"),
    "weights": ("weights", "model parameters", "trained weights"),
}
_WRITTEN = {
    "GPT-J-6B": "GPT-J", "Mistral-7B": "Mistral 7B", "GPT-NeoX-20B": "GPT-NeoX", "Stable LM": "StableLM",
    "Grok-1": "Grok 1", "Phi-2": "Phi 2", "Claude-2": "Claude 2", "PaLM-2": "PaLM 2", "LLaMA-2": "Llama 2",
    "GPT-3.5-turbo": "GPT-3.5", "OPT": "OPT-175B", "ERNIE 3.0": "ernie 3",
}  # fmt: skip


def fresh_wordings(folder: Path, seed: int = 31) -> list[Paraphrase]:
    """The questions; the same seed draws the same models and components."""
    new = Templates(folder, _PARTS, _WRITTEN, seed)
    for write in (
        _cells, _facts, _filters, _counts, _comparisons, _rankings, _dates, _developers, _combinations, _definitions,
        _rules, _licences, _arguments, _frameworks, _governance, _misspelt, _ambiguous, _outside,
    ):  # fmt: skip
        write(new)
    return new.made


def _cells(new: Templates) -> None:
    new.cells(
        "I have to report on {m}. Where do its {p} stand on the scale?",
        "Could you look up for me whether the {p} of {m} were ever made public?",
        "{m}, {p}, openness?",
        "For my essay: what grade did the authors hand to {m} for its {p}?",
        "If I wanted to get hold of the {p} of {m}, how open would it be?",
        "has {m} shared its {p} or not",
    )
    new.cells(
        "What does the taxonomy put down under {p} for {m}?",
        "To what extent were the {p} behind {m} disclosed?",
        "Is there any way to obtain the {p} of {m}?",
        "A reviewer doubts that {m} opened its {p}. What does the table say?",
        "how was {m} scored on {p}",
        "Tell me the C/D code of {m}'s {p}.",
        "In the column for {p}, what is written next to {m}?",
        "Am I right that the {p} of {m} are closed?",
        "wondering about {m} and its {p}: open, semi-open, closed?",
        "Please check the {p} entry of {m}",
        "What about the {p} that go with {m}?",
        "Under which category do the {p} of {m} fall?",
        "Issue: table cell for {m} / {p} looks off. What should it be?",
        "We have {m} deployed. Do we have access to its {p}?",
        times=1,
    )
    new.rows(
        "Give me the complete openness profile of {m}, please.",
        "How does {m} do on each of the components?",
        "Everything the classification says about {m}",
        "Walk me through {m} component by component.",
        "which parts of {m} are open and which are not?",
    )


def _facts(new: Templates) -> None:
    new.facts("size_raw", "How big is {m}?", "{m} has how many parameters?")
    new.facts("developer", "Who is behind {m}?", "By which company or lab was {m} made?", "{m}: whose model is it?")
    new.facts("release_raw", "When did the world first see {m}?", "In what month was {m} published?")
    new.facts("arena_elo_raw", "What rating does {m} reach in the Chatbot Arena?")
    new.facts("scholar_citations_raw", "How often has {m} been cited?", "citation count, {m}")
    new.facts("hf_downloads_last_month_raw", "How many people downloaded {m} from the Hub in the last month?")


def _filters(new: Templates) -> None:
    new.graded(
        "filter", (5,),
        "Who was generous enough to open the {p} completely?",
        "I'm looking for a model whose {p} come without any restriction. Which ones qualify?",
        "name the systems where {p} reach the top level",
        "Which of the models have their {p} freely available?",
    )  # fmt: skip
    new.graded(
        "filter", (1,),
        "Which models keep their {p} to themselves?",
        "Whose {p} have never been released?",
        "List those that hide the {p}.",
        "for which models is the {p} secret?",
    )  # fmt: skip
    new.graded(
        "filter", (2, 3, 4),
        "Where are the {p} neither fully open nor fully closed?",
        "Models that are only partially open as regards their {p}?",
    )  # fmt: skip
    tables = new.tables
    new.add("filter", "Which weights can only be had through a paid API?", tables.at("weights", 2))
    new.add("filter", "Where do I have to pay for an API to use the model?", tables.at("weights", 2))
    new.add("filter", "Weights graded D4: who?", tables.at("weights", 4))
    new.add("filter", "pre-training data at D4, which models", tables.at("pretraining_data", 4))
    new.add("filter", "Whose weights are at level D3 or higher?", tables.at("weights", 3, 4, 5))
    new.add("filter", "Which models got at most D2 for the weights?", tables.at("weights", 1, 2))
    new.add("filter", "Was the SFT data of any model published in full?", tables.at("sft_data", 5))
    unknown = [name for name in tables.names if tables.raw[name, "pretraining_data"].startswith("?")]
    new.add("filter", "For which models could the authors not tell how open the pretraining data is?", unknown)
    new.add("filter", "pretraining data marked with a question mark: which models?", unknown)
    absent = [name for name in tables.names if tables.raw[name, "general_eval_code"] == "N/A"]
    new.add("filter", "Which model has N/A for general evaluation code?", absent)


def _counts(new: Templates) -> None:
    new.graded("count", (5,), "Number of models, open {p}")
    new.graded("count", (1,), "What is the number of systems with closed {p}?", "in how many cases are the {p} closed")
    new.graded("count", (2, 3, 4), "Count the models that have semi-open {p}.")
    new.graded("share", (5,), "What percentage of the models have fully open {p}?", "Which fraction opens its {p}?")
    new.graded("share", (1,), "What part of the models has {p} that are closed?")
    tables = new.tables
    new.add("count", "how many models does the table cover?", len(tables.names))
    new.add("count", "How many of the models are from Meta?", len(tables.of("Meta")))
    new.add("count", "How many models appeared in 2022?", len(tables.released(lambda month: month[:4] == "2022")))
    new.add("count", "How many systems have their weights at D2?", len(tables.at("weights", 2)))
    cells = list(tables.raw.values())
    new.add("count", "How often does N/A occur in the whole table?", cells.count("N/A"))
    new.add("count", "How many components does the classification look at?", 12)
    apache = [name for name in tables.names if tables.licence[name, "weights"] == "Apache 2.0"]
    new.add("count", "How many models have put their weights under Apache 2.0?", len(apache))


def _comparisons(new: Templates) -> None:
    new.comparisons(
        "What sets {a} apart from {b} in terms of openness?",
        "{a} or {b}: where do their levels diverge?",
        "Put {a} and {b} side by side.",
        "Which of the two is opener, {a} or {b}?",
        "I can't decide between {a} and {b}. How do they differ?",
        "Does {a} disclose more than {b} does?",
        "contrast {a} with {b}",
    )


def _rankings(new: Templates) -> None:
    new.ranking("scholar_citations", 3, "Which three models are cited most?", "top 3 by number of citations")
    new.ranking("scholar_citations", 1, "Whose paper gathered the most citations?")
    new.ranking("hf_downloads_last_month", 4, "The four models people download most?")
    new.ranking("hf_downloads_last_month", 2, "two least downloaded models", descending=False)
    new.ranking("arena_elo", 5, "Who leads the Chatbot Arena? Give the first five.")
    new.ranking("arena_elo", 1, "Which model has the lowest Elo score of all?", descending=False)
    new.ranking("size_params", 3, "What are the three biggest models?", "rank the 3 largest by parameter count")
    new.ranking("size_params", 1, "Which one is the largest model in the list?")


def _dates(new: Templates) -> None:
    new.dates(lambda y: lambda m: m[:4] == y, "What was released in {y}?", "Models from the year {y}, please")
    new.dates(lambda y: lambda m: m[:4] > y, "Which ones are younger than {y}?", "everything that came after {y}")
    new.dates(lambda y: lambda m: m[:4] < y, "Which models had already appeared before {y}?")
    new.dates(lambda y: lambda m: m[:4] >= y, "models launched from {y} onwards", "Which were published since {y}?")
    new.dates(lambda y: lambda m: m[:4] <= y, "What had been released by the end of {y}?", "models up to {y} included")
    released = new.tables.released
    new.add("date", "Which models came out in December 2021?", released(lambda m: m == "2021-12"))
    new.add("date", "Which models date from March 2023?", released(lambda m: m == "2023-03"))
    new.add("date", "What appeared between 2020 and 2021?", released(lambda m: "2020" <= m[:4] <= "2021"))
    new.add("date", "models of the first half of 2023", released(lambda m: "2023-01" <= m <= "2023-06"))
    new.add("date", "Anything released after June 2023?", released(lambda m: m > "2023-06"))
    new.add("date", "Which model is the newest in the table?", "Gemini")
    new.add("date", "What is the oldest model they looked at?", "GPT-2")


def _developers(new: Templates) -> None:
    new.developers(
        "What has {d} brought out?",
        "Which of these models were built by {d}?",
        "Everything made by {d}",
        "models by {d}, please",
        "I'd like to see what {d} contributed. Which models are theirs?",
    )
    tables = new.tables
    new.add("developer", "Which models did NVIDIA help to develop?", tables.of("NVIDIA"))
    new.add("developer", "Is there a model from Salesforce?", tables.of("Salesforce"))
    new.add("developer", "What did Tsinghua University release?", tables.of("Tsinghua University"))
    both_of = both(tables.of("Meta"), tables.at("weights", 5))
    new.add("developer", "Which Meta models have fully open weights?", both_of)
    of_2022 = both(tables.of("Google"), tables.released(lambda m: m[:4] == "2022"))
    new.add("developer", "What did Google publish in 2022?", of_2022)
    new.add("developer", "Which Anthropic models are closed in their weights?",
            both(tables.of("Anthropic"), tables.at("weights", 1)))  # fmt: skip


def _combinations(new: Templates) -> None:
    at, released = new.tables.at, new.tables.released
    weights, data = at("weights", 5), at("pretraining_data", 1)
    no_code, running, not_running = at("pretraining_code", 1), at("inference_code", 5), at("inference_code", 1)
    late = released(lambda m: m[:4] >= "2023")
    for question, gold in (
        ("Open weights but closed pretraining data: which models?", both(weights, data)),
        ("Which models give away the weights and yet keep the pretraining data closed?", both(weights, data)),
        ("open weights, closed pre-training data, released after 2022", both(both(weights, data), late)),
        ("Who opened both the pretraining code and the pretraining data?",
         both(at("pretraining_code", 5), at("pretraining_data", 5))),
        ("Are there models with open weights whose pretraining code is closed?", both(weights, no_code)),
        ("Models with fully open inference code, but not fully open weights", without(running, weights)),
        ("I need fully open weights and fully open pretraining data, nothing older than 2022. What can I take?",
         both(both(weights, at("pretraining_data", 5)), released(lambda m: m[:4] >= "2022"))),
        ("Which models are closed in both weights and inference code?", both(at("weights", 1), not_running)),
        ("Which models from 2021 have closed weights?", both(at("weights", 1), released(lambda m: m[:4] == "2021"))),
        ("Of those with weights behind a paid API, which ones have closed inference code?",
         both(at("weights", 2), not_running)),
        ("Models before 2022 whose weights are fully open", both(weights, released(lambda m: m[:4] < "2022"))),
    ):  # fmt: skip
        new.add("combination", question, gold)
    new.add("combination", "How many models have open weights and closed pretraining code?",
            len(both(weights, no_code)))  # fmt: skip
    new.add("combination", "how many 2023 models have fully open weights", len(both(weights, late)))


def _definitions(new: Templates) -> None:
    new.words(
        "definition",
        a="Can you explain level C3?|Publicly available under a moderately restrictive license",
        b="What is meant by D1?|Not publicly released in any form",
        c="D5 stands for what|Publicly available under a restriction-free license",
        d="I don't understand the code C2 in the table.|Publicly available under a highly restrictive license",
        e="What do the question marks in the table mean?|information is not publicly available",
        f="what's N/A supposed to mean there|Not Applicable",
        g="How are C4 and C5 different?|low restriction license restriction-free license",
        h="When is something called semi-open?|C2 C3 C4 D2 D3 D4",
        i="What counts as fully open?|C5 D5",
        j="which levels are considered closed?|C1 D1",
        k="Which components belong to the evaluation stage?|general evaluation safety evaluation utility benchmarks",
        l="What are the twelve components?|pre-training fine-tuning alignment inference weights evaluation benchmarks",
        m="What happens if a component has several sources with different licences?|strictest license decides",
        n="Does the letter C stand for code?|code",
        o="Which stages of the life cycle does the taxonomy distinguish?|training evaluation deployment",
    )


def _rules(new: Templates) -> None:
    for question, code, data in (
        ("A licence gets five points. What level is that?", "C5", "D5"),
        ("3 points: which level, code and data?", "C3", "D3"),
        ("If a licence fulfils none of the five criteria, where does it land?", "C2", "D3"),
        ("My licence permits research and commercial use but nothing more. What would it be?", "C3", "D3"),
        ("Our licence allows everything except commercial use. Level?", "C4", "D4"),
        ("What level would a licence with two points be given?", "C3", "D3"),
        ("all five permissions are granted, what does that come to", "C5", "D5"),
        ("You may use it for research and modify it, but not sell it nor pass it on. Which level?", "C3", "D3"),
        ("How would a licence scoring 1 be classified?", "C2", "D3"),
    ):
        new.add("rule", question, {"code": code, "data": data})
    new.words(
        "rule",
        a="Which five criteria decide the points of a licence?|Research Commercial Modify Copyright Derivative",
        b="How do points turn into levels?|highly restrictive moderately restrictive slightly restrictive free",
    )


def _licences(new: Templates) -> None:
    tables = new.tables
    for model in ("BLOOM", "GPT-2", "PolyCoder", "OPT", "Phi-2"):
        licence = tables.licence[model, "weights"]
        template = ("Which licence do the weights of {m} carry?", "What are {m}'s weights licensed under?")[
            len(model) % 2
        ]
        new.add("licence", template.format(m=model), (licence,), template)
    new.add("licence", "What licence did they use for the pretraining data of T5?", ("ODC-By",))
    new.add("licence", "The inference code of LLaMA is under which license?", ("GNU GPL",))
    under = {
        licence: [name for name in tables.names if tables.licence[name, "weights"] == licence]
        for licence in ("MIT", "RAIL")
    }
    new.add("licence", "Which models released their weights under the MIT licence?", under["MIT"])
    new.add("licence", "Whose weights are RAIL-licensed?", under["RAIL"])
    odc = [name for name in tables.names if tables.licence[name, "pretraining_data"] == "ODC-By"]
    new.add("licence", "Which models have ODC-By pre-training data?", odc)
    new.words(
        "licence",
        a="Which level does Apache 2.0 get?|C5 D5",
        b="How is the GNU GPL rated?|C4",
        c="Is BSD-3 counted as fully open?|C5",
        d="what level follows from the RAIL licence|D4",
    )


def _arguments(new: Templates) -> None:
    flexible = (
        "Flexible Customizable Trust Transparency Research Innovation Affordable Access Democratize Energy Copyright"
    )
    risks = "Unsafe Content Rolled Back Updated"
    claims = "Inherently Stronger Safeguards Restricted Regulated Provider"
    advice = (
        "Data Transparency Provenance Evaluation Benchmarking Multilevel Security Audits Compare Closed Societal Impact"
    )
    for number, (question, words) in enumerate((
        ("What speaks for open-source models according to the paper?", flexible),
        ("Which opportunities does open source bring?", flexible),
        ("What are the downsides of open models in the paper?", risks),
        ("Which two risks does the paper name?", risks),
        ("What dangers does section 4 see in open models?", risks),
        ("Which common concerns does the paper argue against?", claims),
        ("What misconceptions about closed models are discussed?", claims),
        ("What do the authors recommend?", advice),
        ("Which steps do the authors advise for responsible open sourcing?", advice),
        ("What benefits for society and the environment are mentioned?", "Energy Copyright Communities Democratize"),
        ("What does the paper say on safety, for and against?", "Technological Innovation Safety Unsafe Content"),
        ("How are near-term, mid-term and long-term defined?", "early use adoption scaling technological advance"),
        ("What does mid-term mean?", "widespread adoption scaling predictable capability curve"),
        ("What is the third recommendation?", "Multilevel Security Audits"),
        ("Which is the first claim?", "Closed Models Inherently Stronger Safeguards"),
    )):  # fmt: skip
        new.words("argument", **{f"q{number}": f"{question}|{words}"})
    new.add("argument", "How many recommendations are there?", 5)


def _frameworks(new: Templates) -> None:
    steps = "Threat identification Existing risk defenses Evidence marginal Ease of defending Uncertainty"
    properties = "Broader access customizability Local adaptation inference rescind monitor moderate"
    gradient = "fully closed staged release hosted access cloud-based API downloadable fully open"
    new.words(
        "framework",
        a=f"How do you assess marginal risk? What are the steps?|{steps}",
        b=f"marginal risk framework|{steps}",
        c=f"Which six steps does Kapoor's framework consist of?|{steps}",
        d="What comes first when one assesses marginal risk?|Threat identification",
        e=f"What makes open foundation models distinctive?|{properties}",
        f=f"Which properties set open foundation models apart?|{properties}",
        g="What good do open foundation models do, says Kapoor?|innovation science transparency monoculture",
        h="Which misuses were studied?|Spear-phishing Cybersecurity Disinformation Biosecurity Voice-cloning imagery",
        i=f"What are the stages of the release gradient?|{gradient}",
        j=f"How does a release go from closed to open, step by step, in Solaiman's gradient?|{gradient}",
        k="Which ways of sharing a model does Seger list?|" + gradient,
        l="How does Kapoor define an open foundation model?|widely available model weights",
    )


def _governance(new: Templates) -> None:
    new.words(
        "governance",
        a="What does the EU AI Act demand of open source models?|limited transparency training-data provenance",
        b="How does China regulate generative AI?|Interim Measures Generative AI Services providers content",
        c="What is India's law about?|Digital Personal Data Protection Act",
        d="US executive order: what did it ask for?|red-teaming federal government dual-use foundation models",
        e="Which instrument is there in Brazil?|Bill 21/2021 Bill 2338/2023",
        f="What did the OECD agree on?|AI Principles G20",
        g="Which countries' regulation does the paper go through?|European Union United States China Saudi Arabia",
        h="What about the Emirates and open source?|UAE AI Strategy Falcon",
    )


def _misspelt(new: Templates) -> None:
    raw = new.tables.raw
    for question, model, component in (
        ("weights pithia", "Pythia", "weights"),
        ("How open are the weights of Blooom?", "BLOOM", "weights"),
        ("inferense code of falcn", "Falcon", "inference_code"),
        ("GTP-4 weights?", "GPT-4", "weights"),
        ("pretrainig data of Missral 7B", "Mistral-7B", "pretraining_data"),
        ("what level are the wieghts of Claud 2", "Claude-2", "weights"),
        ("pretraining code of polycodder", "PolyCoder", "pretraining_code"),
        ("Are the weights of Megatron-Turning open?", "Megatron-Turing", "weights"),
        ("alignement data of Gemeny", "Gemini", "alignment_data"),
        ("sft data of LLama2", "LLaMA-2", "sft_data"),
        ("open lama pretraining data", "OpenLLaMA", "pretraining_data"),
        ("StabelLM inference code", "Stable LM", "inference_code"),
    ):
        new.add("misspelt", question, raw[model, component])


def _ambiguous(new: Templates) -> None:
    of = new.tables.of
    new.add("ambiguous", "Is EleutherAI really open?", of("EleutherAI"))
    new.add("ambiguous", "How open is Meta?", of("Meta"))
    new.add("ambiguous", "Can one call OpenAI open?", of("OpenAI"))
    new.add("ambiguous", "So, is GPT open or closed?", of("OpenAI"))


def _outside(new: Templates) -> None:
    for question in (
        "How open is GPT-6?",
        "Are the weights of YandexGPT available?",
        "What level does GigaChat have for its pretraining data?",
        "Compare PaLM-3 with Chinchilla-2",
        "Is there anything on Claude 5 in the table?",
        "weights of Nightingale-9B?",
        "Who developed HAL 9000?",
        "Does the table list DALL-E 9?",
    ):
        new.add("outside", question, None)
