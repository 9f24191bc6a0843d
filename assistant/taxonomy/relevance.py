"""Whether a question speaks of the taxonomy at all, and which strange names it asks about."""

from __future__ import annotations

import re

from assistant.taxonomy.mentions import Scan, Sort, distinct

__all__ = ["relevant", "strangers"]

_EVIDENCE = (
    Sort.MODEL, Sort.FAMILY, Sort.DEVELOPER, Sort.FOREIGN, Sort.LICENCE, Sort.STAGE, Sort.MATTER, Sort.LEVEL, Sort.GRADE,
    Sort.FIELD, Sort.SUPERLATIVE, Sort.DATE, Sort.NUMBER,
)  # fmt: skip
_OPENNESS = ("how-open", "more-open", "most-open", "least-open", "licence", "components", "cells")
_TELLING_CUES = (*_OPENNESS, "count", "compare", "facts", "row", "models", "categories", "scale", "released", "count-value",
                 "each", "distribution", "rank", "share", "made-by", "points")  # fmt: skip
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
    evidence = scan.of(*_EVIDENCE)
    cues = [mention for mention in scan.of(Sort.CUE) if mention.value in _TELLING_CUES]
    named = scan.of(Sort.MODEL, Sort.FAMILY, Sort.DEVELOPER)
    strength = len(evidence) + len(cues)
    rest = [word for word in _leftovers(scan) if not any(word[0] in name for name in unknown)]
    if unknown:
        telling = scan.of(Sort.GRADE, Sort.STAGE, Sort.LEVEL, Sort.FIELD, Sort.MATTER) or cues
        return bool(telling or _only_names(scan)) and len(rest) <= max(1, strength - 1)
    if not evidence and not scan.has("categories", "components", "scale", "cells", "models"):
        return False
    if named:
        return len(rest) <= max(1, strength - 1) and (strength >= 2 or _only_names(scan))
    return len(rest) <= (strength - 1) // 2 and _says_enough(scan, strength)


def _says_enough(scan: Scan, strength: int) -> bool:
    """Without a name, words of the table itself must be there: a level, a part with an openness, models with a fact."""
    if scan.of(Sort.LEVEL) or scan.has("categories"):
        return True
    tabled = scan.of(Sort.GRADE, Sort.STAGE, Sort.MATTER, Sort.FIELD, Sort.DATE, Sort.SUPERLATIVE, Sort.LICENCE)
    sign = [mention for mention in scan.of(Sort.GRADE) if mention.value not in ("open", "public", "C1 D1")]
    collective = scan.has(
        "models", "each", "components", "cells", "scale", "count", "share", "distribution", "list", "licence"
    )
    if sign and strength >= 1 and (collective or scan.has("define", "compare")):
        return True
    return (
        bool(tabled or scan.has("components", "most-open", "least-open", "each", "models"))
        and collective
        and strength >= 2
    )


def _only_names(scan: Scan) -> bool:
    return all(
        mention.sort in (Sort.MODEL, Sort.FOREIGN, Sort.VARIANT, Sort.FILLER)
        or mention.value in ("what", "define", "list")
        for mention in scan.mentions
    )


def _leftovers(scan: Scan) -> list[tuple[str, int]]:
    """Words that nothing has claimed, with their places."""
    return [(found[0], found.start()) for found in _WORD.finditer(scan.open) if re.search(r"[^\W\d_]", found[0])]


def strangers(scan: Scan) -> tuple[str, ...]:
    """Names of models that nobody knows: what looks like a name and stands where a model's name would."""
    if scan.of(Sort.FOREIGN, Sort.DISCOURSE):
        return ()
    found = []
    for word, start in _leftovers(scan):
        token = re.match(r"[\w.]+(?:-[\w.]+)*", scan.text[start:])
        whole = token[0].rstrip(".") if token else word
        capital = word[0].isupper() and start > 0
        if (_MODELLIKE.fullmatch(whole) and not scan.of(Sort.MODEL)) or (
            capital and _in_slot(scan, start, start + len(word))
        ):
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
    """Whether a capitalised word stands where a model's name would, in a question of openness."""
    opens = scan.of(Sort.GRADE, Sort.STAGE, Sort.LEVEL, Sort.FIELD) or scan.has(
        *_OPENNESS, "released", "facts", "row", "made-by"
    )
    number = re.match(r"[\s-]*[\d.]+\w?\b", scan.text[end:])
    stop = end + (number.end() if number else 0)
    return bool(opens and _SLOT_BEFORE.search(scan.text[:start]) and _SLOT_AFTER.match(scan.text[stop:]))
