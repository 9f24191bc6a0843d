"""What is asked of the scale itself: levels, categories, components."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.taxonomy.mentions import Sort
from assistant.taxonomy.query import Kind, Query

if TYPE_CHECKING:
    from assistant.taxonomy.gist import Gist

__all__ = ["definition"]

_WHICH_LEVEL = re.compile(
    r"\b(?:which|what)\s+(?:\w+\s+)?levels?\b|\blevels?\s+(?:\w+\s+){0,2}(?:count|belong|fall|are)\b", re.IGNORECASE
)
_SCALE_ALONE = re.compile(r"^\W*(?:level\s+)?[CD]\s?-?[1-5]\W*$", re.IGNORECASE)
_SCALE_ASKED = re.compile(
    r"\b(?:what|which|how|list|explain|describe|define|show|name)\b.*\b(?:levels|scale|grades)\b", re.IGNORECASE
)


_EVERYTHING = re.compile(r"^\W*(?:everything|all|anything)\s+(?!about\b|on\b)", re.IGNORECASE)
_BELONGING = re.compile(
    r"\b(?:belong\w*|part\s+of|included?|falls?|counted|are\s+(?:there\s+)?(?:in|under))\b", re.IGNORECASE
)
_MEASURED = re.compile(
    r"\b(?:measured?|scored?|rated|graded|determined|assessed|defined?|judged|classified|scale|levels?|mean\w*)\b",
    re.IGNORECASE,
)


def definition(gist: Gist) -> Query | None:
    """What levels, categories or components mean."""
    scan, grades = gist.scan, gist.grades
    text = scan.text
    if gist.models or scan.of(Sort.FAMILY, Sort.DEVELOPER, Sort.SUPERLATIVE) or gist.dated:
        return None
    if scan.has("unused") and scan.has("scale"):
        return Query(text, Kind.DEFINITION, topic="unused")
    which = grades and not gist.components and _WHICH_LEVEL.search(text)
    if which and scan.has("scale") and not any(grade.sign for grade in grades):
        return Query(text, Kind.DEFINITION, topic="which", grades=grades)
    if scan.has("categories") and not scan.has("models", "count", "each"):
        return Query(text, Kind.DEFINITION, topic="categories")
    asked = scan.has("define", "compare", "row") or _SCALE_ALONE.search(text)
    meant = re.search(r"\b(?:mean\w*|stands?\s+for|denotes?|signif\w+)\b", text, re.IGNORECASE)
    collective = scan.has("models", "each", "count", "share", "licence") or (scan.has("cells") and not meant)
    collective = collective or bool(gist.components and _EVERYTHING.match(text))
    plain = not gist.components or all(grade.sign for grade in grades)
    if grades and asked and plain and not collective:
        return Query(text, Kind.DEFINITION, topic="levels", grades=grades)
    return _definition_of_parts(gist)


def _definition_of_parts(gist: Gist) -> Query | None:
    scan, text = gist.scan, gist.scan.text
    if gist.graded or scan.of(Sort.FIELD, Sort.LICENCE):
        return None
    if scan.has("scale") and _SCALE_ASKED.search(text) and not scan.has("models", "each", "how-open"):
        return Query(text, Kind.DEFINITION, topic="scale")
    if scan.has("components") and gist.components and _BELONGING.search(text) and not scan.has("models", "each"):
        return Query(text, Kind.DEFINITION, topic="components", components=gist.components)
    if scan.has("how-open") and not gist.components and _MEASURED.search(text):
        return Query(text, Kind.DEFINITION, topic="scale")
    meant = re.search(
        r"\b(?:mean\w*|defin\w+|component|column|explain)\b|^\W*what(?:'s|\s+is|\s+are)\b", text, re.IGNORECASE
    )
    if gist.components and scan.has("define") and meant and not scan.has("models", "each", "how-open", "licence"):
        return Query(text, Kind.DEFINITION, topic="components", components=gist.components)
    of_models = scan.has("models", "how-open", "most-open", "least-open", "rank", "count")
    if scan.has("components") and not gist.components and not of_models:
        return Query(text, Kind.DEFINITION, topic="all components")
    return None
