"""Whether a question speaks of the taxonomy at all, and which strange names it asks about."""

from __future__ import annotations

import re

from assistant.taxonomy.mentions import Scan, Sort, distinct

__all__ = [
    "ASKS_WHEN",
    "WHERE",
    "YES_NO",
    "asks_else",
    "leftovers",
    "of_a_study",
    "of_other_things",
    "relevant",
    "strangers",
    "telegraphic",
    "telling",
]

_EVIDENCE = (
    Sort.MODEL, Sort.FAMILY, Sort.DEVELOPER, Sort.FOREIGN, Sort.LICENCE, Sort.STAGE, Sort.MATTER, Sort.LEVEL,
    Sort.GRADE, Sort.FIELD, Sort.SUPERLATIVE, Sort.DATE, Sort.NUMBER,
)  # fmt: skip
_OPENNESS = ("how-open", "more-open", "most-open", "least-open", "licence", "components", "cells")
_TELLING_CUES = (
    *_OPENNESS, "count", "compare", "facts", "row", "models", "categories", "scale", "released", "count-value", "each",
    "distribution", "rank", "share", "made-by", "points",
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:[-'.][^\W_]+)*")
_MODELLIKE = re.compile(
    r"(?=\w*[A-Za-z])(?:[\w]+-)*(?:[A-Za-z]*[A-Z]\w*\d[\w.]*|\w+-\d[\w.]*|[A-Za-z]+\d+[bB]?|[a-z]*[A-Z]+[a-z]+[A-Z]\w*|[A-Z]{3,}\w*)(?:-\w+)*"
)


def relevant(scan: Scan, unknown: tuple[str, ...]) -> bool:
    """Whether the taxonomy is what the question asks about.

    A word of argument makes it one for the texts; so do more words outside the grammar than the evidence inside it
    carries.
    """
    if scan.of(Sort.DISCOURSE):
        return False
    if of_other_things(scan):
        return False
    evidence = scan.of(*_EVIDENCE)
    strength = len(evidence) + len([mention for mention in scan.of(Sort.CUE) if mention.value in _TELLING_CUES])
    rest = [word for word, _ in leftovers(scan) if not any(word in name for name in unknown)]
    plain = _speaks_of_openness(scan)
    if unknown:
        asked = plain or (_only_names(scan) and not rest) or _compares(scan) or (not rest and scan.has("facts", "row"))
        return asked and len(rest) <= max(1, strength - 1)
    if not evidence and not scan.has("categories", "components", "scale", "cells", "models", "how-open"):
        return False
    if scan.of(Sort.MODEL, Sort.FAMILY, Sort.DEVELOPER):
        allowed = max(1, strength - 1) if plain or _FACTS & set(scan.values(Sort.FIELD)) else 0
        if asks_else(scan):
            return False
        return len(rest) <= allowed and (strength >= 2 or _only_names(scan) or _made(scan))
    return len(rest) <= (strength - 1) // 2 and _says_enough(scan, strength)


_THING = r"(?:licen[cs]es?|papers?|articles?|stud(?:y|ies)|surveys?|books?|projects?|data[\s-]?sets?|corpus|corpora)"
_STUDIES = re.compile(
    r"\W*(?:which|what|how\s+many)\s+(?:papers|articles|studies|surveys|books|works)\b", re.IGNORECASE
)
_THING_AFTER = re.compile(rf"\s+(?:[\w-]+\s+)?{_THING}\b", re.IGNORECASE)
_THING_BEFORE = re.compile(
    rf"\b(?:which|what)\s+(?:of\s+)?(?:the\s+|these\s+)?(?:[\w-]+\s+)?{_THING}\s+(?:is|are|was|were)\b", re.IGNORECASE
)


def of_other_things(scan: Scan) -> bool:
    """Whether what is asked for has no row or column in the table: the most cited paper, the speed of inference."""
    if any(_MEASURE.match(scan.text, item.end) for item in scan.of(Sort.STAGE)):
        return True
    return _STUDIES.match(scan.text) is not None or any(
        " " in mention.value
        and (_THING_AFTER.match(scan.text, mention.end) or _THING_BEFORE.search(scan.text[: mention.start]))
        for mention in scan.of(Sort.SUPERLATIVE)
    )


_FACTS = {"elo", "citations", "downloads", "size"}


def _speaks_of_openness(scan: Scan) -> bool:
    """Whether words of openness are there: a level, a grade, a licence, weights."""
    grades = [mention for mention in scan.of(Sort.GRADE) if mention.value not in ("?", "N/A", "D2", "public")]
    parted = bool(scan.of(Sort.STAGE) and scan.of(Sort.MATTER))
    released = parted or not {"weights", "pretraining", "inference"}.isdisjoint(scan.values(Sort.STAGE))
    return bool(grades) or (released and not scan.has("count")) or _of_levels(scan)


def _of_levels(scan: Scan) -> bool:
    return bool(scan.of(Sort.LEVEL, Sort.LICENCE) or scan.has(*_OPENNESS, "scale"))


YES_NO = re.compile(r"^\W*(?:is|are|was|were|do|does|did|has|have|had|can|could)\b", re.IGNORECASE)
_WANTED = re.compile(r"\b(?:which|what|how)\s+$", re.IGNORECASE)
_HOW = re.compile(r"^\W*(?:how|who|when|where)\b", re.IGNORECASE)
_HOW_GOOD = re.compile(
    r"\bhow\s+(?:good|well|fast|slow|safe|useful|accurate|reliable|robust|expensive|long)\b", re.IGNORECASE
)
_SIZE_OF_ELSE = re.compile(r"[^\W\d_]{3,}\s+$")
_GREATER = re.compile(
    r"\b(?:larger|bigger|smaller|longer|shorter|faster|slower|better|worse|cheaper)\s+than\b", re.IGNORECASE
)
_MEASURE = re.compile(
    r"\s+(?:times?|speeds?|costs?|latency|throughput|budgets?|loss(?:es)?|errors?|steps?|epochs?|compute|examples?"
    r"|decay|matri(?:x|ces)|norms?|initiali[sz]ation|updates?|tying|vectors?|(?<!weights )scores?)\b",
    re.IGNORECASE,
)
"""What running a stage takes or yields, ``inference speed``, and what is done to weights, ``weight decay``."""
_DONE = re.compile(
    r"^\W*how\s+(?:is|are|was|were|do|does|did|can|could)\b|\bused\s+(?:for|in|as|during)\b", re.IGNORECASE
)


def asks_else(scan: Scan) -> bool:
    """Whether a part of a model is asked of for something else than how open it is.

    So it is where its quality is asked (``how good``, ``is … larger than``), where another size is (``vocabulary
    size``) or a count of parts (``how many weights``), and where no word of openness is there and a word outside the
    grammar is what is wanted (``which tokenizer``), how something was done or who did it (``how … cleaned?``), what is
    said of the part (``is … deduplicated?``), or a name; and where a stage is no word for code or data (``is GPT-4 used
    for evaluation?``).
    """
    named = [mention.sort for mention in scan.of(Sort.MODEL, Sort.STAGE)]
    if scan.has("count-value") and named[:1] == [Sort.STAGE] and Sort.MODEL in named:
        return True
    if scan.of(Sort.STAGE) and _HOW_GOOD.search(scan.text):
        return True
    sizes = [item for item in scan.of(Sort.FIELD) if item.value == "size"]
    if any(_SIZE_OF_ELSE.search(scan.open[: item.start]) for item in sizes):
        return True
    if not (scan.of(Sort.GRADE) or _of_levels(scan)) and _counted_or_greater(scan):
        return True
    if scan.of(Sort.GRADE, Sort.FIELD) or _of_levels(scan) or scan.has("released", "compare", "row", "facts"):
        return False
    rest, parts = leftovers(scan), scan.of(Sort.STAGE)
    if parts and not scan.of(Sort.MATTER) and "weights" not in scan.values(Sort.STAGE) and _DONE.search(scan.text):
        return True
    if not parts or not rest:
        return False
    if _HOW.match(scan.text) or any(_WANTED.search(scan.text[:start]) for _, start in rest):
        return True
    said = YES_NO.match(scan.text) and any(start > parts[0].end for _, start in rest)
    return bool(said) or any(word[0].isupper() and start > 0 for word, start in rest)


def _counted_or_greater(scan: Scan) -> bool:
    """Whether parts themselves are counted, or one is held to be greater than another."""
    parts = scan.of(Sort.STAGE)
    counts = [item.end for item in scan.of(Sort.CUE) if item.value == "count" and item.text.lower() == "how many"]
    counted = any(part.start - 1 == end for part in parts for end in counts)
    return counted or bool(parts and YES_NO.match(scan.text) and _GREATER.search(scan.text))


_MAKING = re.compile(
    r"\b(?:buil[dt]|ma[dk]e|contribut\w+|releas\w+|develop\w*|train\w*|creat\w+|publish\w*|br(?:ought|ing)\s+out)\b",
    re.IGNORECASE,
)


def _made(scan: Scan) -> bool:
    """Whether it is asked what a developer made."""
    return bool(_MAKING.search(scan.text) and scan.of(Sort.DEVELOPER) and scan.has("what", "list", "define"))


_SENTENCE = re.compile(
    r"\b(?:is|are|was|were|be|been|do|does|did|has|have|had|can|will|would|the|their|its|this|that|these|a|an|our|your)\b",
    re.IGNORECASE,
)


def telegraphic(scan: Scan) -> bool:
    """Whether a question is no sentence but a part with its level, ``closed weights``, ``pre-training data: D5``."""
    return not _SENTENCE.search(scan.text) and not leftovers(scan)


def telling(scan: Scan) -> bool:
    """Whether enough is said of the table for a misspelt name to be one of its models."""
    return bool(_speaks_of_openness(scan) or scan.of(Sort.FIELD, Sort.STAGE, Sort.MATTER) or scan.has(*_ASKS))


_ASKS = ("compare", "facts", "row", "released", "made-by", "models", "count-value")


def _compares(scan: Scan) -> bool:
    return scan.has("compare") and bool(scan.of(Sort.MODEL, Sort.FAMILY))


def _says_enough(scan: Scan, strength: int) -> bool:
    """Without a name, words of the table itself must be there: a level, a part with an openness, models with a fact."""
    grades, text = scan.of(Sort.GRADE), scan.text
    if scan.of(Sort.LEVEL) or scan.has("categories") or (scan.has("unused") and scan.has("scale")):
        return True
    if scan.has("scale") and _LEVELS_ASKED.search(text) and not leftovers(scan):
        return True
    if scan.has("how-open") and (scan.has("scale", "points", "define") or not leftovers(scan)) and _ASKED.search(text):
        return True
    if _asks_meaning(scan):
        return True
    named = scan.of(Sort.LICENCE) or any(mention.value not in ("open", "public") for mention in grades)
    if not named and of_a_study(scan):
        return False
    released = scan.has("released") or any(_AGED.match(mention.text) for mention in scan.of(Sort.DATE))
    if scan.of(Sort.DATE) and released and (scan.has("what", "list") or telegraphic(scan)) and _recent(scan):
        return not leftovers(scan)
    if len(grades) > 1 and len(scan.of(Sort.STAGE)) > 1 and not leftovers(scan):
        return True
    if _THE_MODEL.search(_without_stages(scan)) and not scan.of(Sort.SUPERLATIVE):
        return False
    if [mention.value for mention in grades] == ["public"] and not scan.of(Sort.STAGE, Sort.MATTER):
        return False
    if scan.has("define") and any(mention.text.lower().startswith(("fully", "semi")) for mention in grades):
        return True
    table = any(mention.value == "table" for mention in scan.of(Sort.FILLER))
    strict = [mention for mention in grades if mention.value not in ("open", "public", "C1 D1")]
    if strict and WHERE.match(text) and (scan.of(Sort.STAGE) or scan.has("models")):
        return not leftovers(scan)
    collective = table or scan.has(*_COLLECTIVE) or bool(scan.of(Sort.SUPERLATIVE) and scan.of(Sort.FIELD))
    collective = collective or "developer" in scan.values(Sort.FIELD)
    collective = collective or (len(scan.of(Sort.SUPERLATIVE)) > 1 and bool(scan.of(Sort.NUMBER)))
    if strict and (collective or scan.has("define", "compare")):
        return True
    if any(item.value != "public" for item in grades) and scan.of(Sort.STAGE) and telegraphic(scan):
        return True
    tabled = scan.of(*_TABLED) or scan.has("components", "most-open", "least-open", "each", "models")
    forty = re.search(r"\b(?:40|forty)\b", text) is not None
    return bool(tabled) and collective and strength + table + forty >= 2


WHERE = re.compile(r"^\W*(?:where|in\s+wh(?:ich|at)\s+cases?)\b", re.IGNORECASE)
"""How it is asked for models by what one of their parts is, ``where are the weights at D3?``."""
_AGED = re.compile(r"(?:older|newer|younger|more\s+recent|no\w*\s+\w+er)\s+than\b", re.IGNORECASE)
"""An age, which says itself that a release is meant."""
ASKS_WHEN = re.compile(
    r"^\W*(?:when|what\s+makes|under\s+(?:what|which)\s+(?:conditions?|circumstances)|how\s+does)\b", re.IGNORECASE
)
"""How it is asked what makes something be of a level."""


_LEVELS_ASKED = re.compile(
    r"\blevels\b.*\bmean\b|\b(?:what|which)\s+levels\s+(?:are\s+there|exist)\b|\bC\b.*\bD[\s-]+(?:levels|grades|scale)\b",
    re.IGNORECASE,
)


def _without_stages(scan: Scan) -> str:
    """The text without the names of parts, ``code to run the model``."""
    text = scan.text
    for mention in scan.of(Sort.STAGE):
        text = f"{text[: mention.start]}{chr(0) * len(mention.text)}{text[mention.end :]}"
    return text


def _recent(scan: Scan) -> bool:
    """Whether the dates lie where the table's models do."""
    return all(re.search(r"20(?:1[89]|2\d)", mention.text) for mention in scan.of(Sort.DATE))


_OF_A_STUDY = re.compile(
    r"\b(?:they|we|(?<!data )(?<!code )us(?:e|ed|es|ing)|baselines?|compared?\s+(?:to|against|with)|presented|proposed"
    r"|evaluated?|trained?\s+on|gather\w*|benchmark\s+(?:models|data\s?sets)|(?:new|best|this|our|their)\s+(?:\w+\s+)?"
    r"(?:model(?!\s+(?:param|weight|checkpoint))|system|work|data\s?sets?|architecture)"
    r"|(?:public|labell?ed|large|these)\s+(?:data|languages))\b",
    re.IGNORECASE,
)
"""Words with which the readers of a study ask about its own models and data."""


def of_a_study(scan: Scan) -> bool:
    """Whether words are there with which a study is asked about its own models and data."""
    return _OF_A_STUDY.search(scan.text) is not None


_ASKED = re.compile(r"^\W*(?:what|how\s+(?:is|are|does|do)|explain|define|describe|which)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"\b(?:the|their|its|this|that|your|our|a|an)\b", re.IGNORECASE)


_TITLED = ("utility", "general")
"""Stages whose own title, of several words, names a column without a word for code or data."""


def _asks_meaning(scan: Scan) -> bool:
    """Whether it is asked what a component is, ``what is alignment code?``: of no paper's own."""
    stages = scan.of(Sort.STAGE)
    titled = any(item.value in _TITLED and " " in item.text for item in stages)
    titled = titled or any(item.value == "weights" and re.search(r"\band\b|&", item.text) for item in stages)
    named = scan.has("define") and scan.of(Sort.STAGE) and (scan.of(Sort.MATTER) or titled)
    said = scan.text
    for mention in scan.of(Sort.FILLER):
        if mention.value == "table":
            said = said.replace(mention.text, "")
    return bool(named) and not _ARTICLE.search(said) and not leftovers(scan)


_TABLED = (Sort.GRADE, Sort.STAGE, Sort.MATTER, Sort.FIELD, Sort.DATE, Sort.SUPERLATIVE, Sort.LICENCE)
_COLLECTIVE = (
    "models", "each", "components", "cells", "scale", "count", "share", "distribution", "list", "licence",
)  # fmt: skip
_THE_MODEL = re.compile(
    r"(?<!is there )(?<!find )(?<!name )(?<!there )\b(?:the|this|that|their|its|our|your"
    r"|a(?!\s+(?:language\s+)?(?:model|system)\s+(?:whose|with|that|which)\b))\s+(?:language\s+)?"
    r"(?:model|system)\b(?!\s+(?:param|weight|checkpoint|architecture\s+and))",
    re.IGNORECASE,
)


def _only_names(scan: Scan) -> bool:
    return all(
        mention.sort in (Sort.MODEL, Sort.FOREIGN, Sort.VARIANT, Sort.FILLER)
        or mention.value in ("what", "define", "list")
        for mention in scan.mentions
    )


def leftovers(scan: Scan) -> list[tuple[str, int]]:
    """Words that nothing has claimed, with their places."""
    return [(found[0], found.start()) for found in _WORD.finditer(scan.open) if re.search(r"[^\W\d_]", found[0])]


def strangers(scan: Scan) -> tuple[str, ...]:
    """Names of models that nobody knows: what looks like a name and stands where a model's name would."""
    if scan.of(Sort.FOREIGN, Sort.DISCOURSE) or not _speaks_of_openness(scan):
        return ()
    found = []
    for word, start in leftovers(scan):
        token = re.match(r"[\w.]+(?:-[\w.]+)*", scan.text[start:])
        whole = token[0].rstrip(".") if token else word
        named = (word[0].isupper() and start > 0 and len(word) > 1) or _MODELLIKE.fullmatch(whole)
        if named and _in_slot(scan, start, start + len(whole)):
            found.append(whole)
    return distinct(found)


_SLOT_BEFORE = re.compile(
    r"(?:\b(?:open|is|are|of|for|does|did|do|by|from|about|with|than|and|or|vs\.?|versus|row|facts|show|compare)|,|how\s+open\s+is)\s+$",
    re.IGNORECASE,
)
_SLOT_AFTER = re.compile(
    r"^(?:'s)?\s*(?:\?|\.?$|,|(?:and|or|vs\.?|versus|weights?|models?|open|fully|closed|code|data|licen[cs]\w*|openness|inference|pre-?train\w*"
    r"|release\w*|have|has|made|make|carry)\b)",
    re.IGNORECASE,
)


def _in_slot(scan: Scan, start: int, end: int) -> bool:
    """Whether a name stands where a model's name would."""
    number = re.match(r"[\s-]*[\d.]+\w?\b", scan.text[end:])
    stop = end + (number.end() if number else 0)
    before = start == 0 or _SLOT_BEFORE.search(scan.text[:start])
    return bool(before and _SLOT_AFTER.match(scan.text[stop:]))
