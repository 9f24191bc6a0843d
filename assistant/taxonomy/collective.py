"""What is asked of the whole table: rankings, counts, filters, columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.taxonomy.conditions import first_number
from assistant.taxonomy.mentions import Scan, Sort
from assistant.taxonomy.query import DeveloperTest, FieldTest, Kind, Query
from assistant.taxonomy.relevance import WHERE, telegraphic

if TYPE_CHECKING:
    from assistant.taxonomy.gist import Gist

__all__ = ["column", "count", "distribution", "matching", "ranking"]

_ORDINALS = {"second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5}
_DEVELOPERS_ASKED = re.compile(
    r"\W*(?:which|what|list|name|show|are\s+there|any)\s+(?:(?:the|all|any|me)\s+)*(?:developers|compan(?:y|ies)|labs?|organi[sz]ations?|firms?|vendors?|institutions?)\b(?!')",
    re.IGNORECASE,
)
_TIMES = re.compile(r"\b(?:times|often|table|in\s+total|overall|n/a|there)\b", re.IGNORECASE)
_ASKING = re.compile(r"^\W*(?:who|all|models|llms|did|does|do|is|are|has|have|of|everyone|everything)\b", re.IGNORECASE)
_ALL_MODELS = re.compile(
    r"\b(?:models|llms)\b.*\b(?:covered?|included?|listed|classified|there|in|does|are)\b|\ball\b.*\bmodels\b|\blist\b",
    re.IGNORECASE,
)


_WHICH_ONE = re.compile(
    r"\bwhich\s+(?:one|model|llm|(?:of\s+(?:them|(?:the|these|those)(?:\s+\w+)?)\s+)?(?:is|was|has|had))\b",
    re.IGNORECASE,
)


def ranking(gist: Gist) -> Query | None:
    """An order: by a field, by openness, or of components or developers by a count."""
    scan = gist.scan
    superlatives = scan.of(Sort.SUPERLATIVE)
    openness = scan.has("most-open", "least-open")
    if not superlatives and not openness and not scan.has("rank"):
        return None
    telling = next((item for item in superlatives if " " in item.value), superlatives[0] if superlatives else None)
    words = telling.value.split() if telling else ["least" if scan.has("least-open", "ascending") else "most"]
    field = words[1] if len(words) > 1 else ""
    said = [name for name in gist.fields() if name != "developer"]
    field = said[0] if said and (not field or field == "size") else field
    topic = _ranked(gist, field, openness)
    if topic is None or (field == "release" and superlatives and len(words) == 1):
        return None
    limit = first_number(scan)
    if limit is None:
        limit = _usual_limit(scan, bool(superlatives) or openness)
    fields = (field,) if topic == "models" else ()
    return Query(
        scan.text, Kind.RANKING, models=gist.members(), components=gist.components, fields=fields, limit=limit,
        conditions=gist.conditions() if topic == "models" else (), topic=topic, descending=words[0] == "most",
        grades=gist.grades, place=_place(scan),
    )  # fmt: skip


def _place(scan: Scan) -> int:
    """The place that an ordinal names, ``the second largest``; 0 for none."""
    for mention in scan.of(Sort.SUPERLATIVE):
        before = scan.text[: mention.start].lower().rstrip(" -").split()
        if before and before[-1] in _ORDINALS:
            return _ORDINALS[before[-1]]
    return 0


def _ranked(gist: Gist, field: str, openness: bool) -> str | None:
    """What is ranked: models by a field or by openness, components or developers by a count."""
    scan = gist.scan
    if scan.has("components") and (gist.graded or openness):
        return "components"
    if re.search(
        r"\b(?:who|developers?|compan(?:y|ies)|labs?|organi[sz]ations?)\b.*\bmodels\b", scan.text, re.IGNORECASE
    ):
        return "developers" if not field else "models"
    if openness or (scan.has("how-open") and not field):
        return "openness"
    return "models" if field else None


def distribution(gist: Gist) -> Query | None:
    """How many models stand at each level of a component."""
    if gist.components and gist.scan.has("distribution") and not gist.models:
        return Query(gist.scan.text, Kind.DISTRIBUTION, components=gist.components)
    return None


def count(gist: Gist) -> Query | None:
    """How many models, cells, components or developers."""
    scan = gist.scan
    if not scan.has("count", "share"):
        return None
    grades = gist.grades
    topic = "share" if scan.has("share") else "models"
    things = [name for name in ("models", "cells", "components") if scan.has(name)]
    if not things and scan.has("share") and gist.tabled and not gist.parts:
        things = ["cells"]
    if grades and not things and not gist.components and _TIMES.search(scan.text):
        things = ["cells"]
    if "cells" in things and (grades or scan.of(Sort.LICENCE) or not gist.components):
        return Query(
            scan.text, Kind.COUNT, components=gist.components, grades=grades, topic="cells", shared=scan.has("share"),
            licence=next(iter(scan.values(Sort.LICENCE)), ""),
        )  # fmt: skip
    conditions = gist.conditions()
    if "components" in things and "models" not in things and not conditions:
        return Query(scan.text, Kind.COUNT, topic="components")
    if re.search(
        r"\bhow\s+many\s+(?:\w+\s+)?(?:developers|companies|labs|organi[sz]ations)\b", scan.text, re.IGNORECASE
    ):
        return Query(scan.text, Kind.COUNT, topic="developers", conditions=conditions)
    given = all(isinstance(item, FieldTest) for item in conditions)
    if given and not gist.members() and "models" not in things:
        return None
    return Query(scan.text, Kind.COUNT, models=gist.members(), conditions=conditions, topic=topic)


def matching(gist: Gist) -> Query | None:
    """Which models meet conditions."""
    scan = gist.scan
    conditions = gist.conditions()
    if len(conditions) == 1 and gist.dated and scan.has("released"):
        return Query(scan.text, Kind.FILTER, models=gist.members(), conditions=conditions)
    pairs = len(gist.graded) > 1 and len(gist.parts) > 1
    terse = bool(gist.parts) and (any(grade.sign for grade in gist.grades) or telegraphic(scan))
    asks = pairs or terse or scan.has("models", "list", "each", "made-by", "what", "not", "every")
    asks = asks or _ASKING.search(scan.text) is not None or WHERE.match(scan.text) is not None
    if not conditions or not asks or (scan.has("compare") and not gist.relative):
        return None
    if all(isinstance(item, FieldTest) for item in conditions) and not scan.has("models", "list", "each"):
        return None
    fields = tuple(name for name in gist.fields() if name != "developer")
    only_developer = all(isinstance(item, DeveloperTest) for item in conditions)
    if only_developer and (fields or gist.components):
        return Query(scan.text, Kind.COLUMN, conditions=conditions, components=gist.components, fields=fields)
    topic = "developers" if _DEVELOPERS_ASKED.match(scan.text) else ""
    return Query(scan.text, Kind.FILTER, models=gist.members(), conditions=conditions, topic=topic)


def column(gist: Gist) -> Query | None:
    """The values of all models."""
    scan = gist.scan
    everything = scan.has("each", "models", "how-open", "scale", "list", "licence") or _ASKING.search(scan.text)
    fields = gist.fields()
    if everything and (gist.components or (fields and (scan.has("each", "models") or gist.tabled))):
        return Query(
            scan.text, Kind.COLUMN, components=gist.components, fields=fields, licence_asked=scan.has("licence")
        )
    if (
        not scan.of(Sort.MODEL)
        and scan.has("models", "each")
        and scan.has("list", "what", "define")
        and _ALL_MODELS.search(scan.text)
    ):
        return Query(scan.text, Kind.FILTER)
    return None


def _usual_limit(scan: Scan, superlative: bool) -> int | None:
    """How many ranks are shown where the question names no count: one for "which model is", else five, or all."""
    if not superlative:
        return None
    if _WHICH_ONE.search(scan.text):
        return 1
    if re.search(r"\b(?:models|llms|ones|developers|companies|labs|components|parts)\b", scan.text, re.IGNORECASE):
        return 5
    if re.match(r"\W*(?:the\s+)?(?:\w+est|most|least)\b", scan.text, re.IGNORECASE):
        return 1
    return 1 if re.search(r"\b(?:which|what|who|whose|is|model|llm|component)\b", scan.text, re.IGNORECASE) else 5
