"""What is asked of named models, developers and families."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.taxonomy.exclusions import developer_test
from assistant.taxonomy.mentions import Scan, Sort, distinct
from assistant.taxonomy.query import Kind, Query

if TYPE_CHECKING:
    from assistant.taxonomy.gist import Gist

__all__ = ["ambiguous", "comparison", "of_models"]

_ASIDE = re.compile(
    r"please|show|give|me|tell|about|the|for|of|on|what|is|what\s+is|what's|is|'s|s|list", re.IGNORECASE
)
_HOW_MUCH = re.compile(r"\bhow\s+much\b", re.IGNORECASE)
"""How far one component is open, which counts nothing."""
_YES_NO = re.compile(r"\W*(?:is|are)\b(?!\s+(?:there|any))", re.IGNORECASE)
_SOME = re.compile(r"\b(?:which|what|any|list|how\s+many)\b", re.IGNORECASE)
_AND_THE_OTHERS = re.compile(r"\b(?:and|or)\s+(?:which|what)\b.*(?:\bnot\b|n't\b|\bclosed\b)", re.IGNORECASE)
"""That the rest is asked for too, ``which parts are open and which are not``."""


def comparison(gist: Gist) -> Query | None:
    """Two or more models side by side."""
    scan = gist.scan
    superlative = scan.of(Sort.SUPERLATIVE) or scan.has("most-open", "least-open")
    more = re.search(r"\b(?:more|less|fewer|\w+er)\b(?!\s+(?:of|than\s+\d))", scan.text, re.IGNORECASE)
    wanted = scan.has("compare", "more-open") or (not gist.graded and (superlative or more))
    if len(gist.models) < 2 or not wanted:
        return _compared_groups(gist)
    fields = gist.fields() or gist.implied_fields()
    return Query(scan.text, Kind.COMPARISON, models=gist.models, components=gist.components, fields=fields)


def _compared_groups(gist: Gist) -> Query | None:
    """All models of a developer or a family side by side, ``compare the Meta models``."""
    scan = gist.scan
    if gist.models or gist.graded or not scan.has("compare") or not gist.groups():
        return None
    members = distinct(model for group, _ in gist.groups() for model in group)
    return Query(scan.text, Kind.COMPARISON, models=members, components=gist.components, fields=gist.fields())


def of_models(gist: Gist) -> Query | None:
    """Cells, facts or rows of named models."""
    scan, models = gist.scan, gist.models
    if not models:
        return None
    grades = gist.grades
    fields = gist.fields()
    base = Query(
        scan.text, Kind.ROW, models=models, components=gist.components, fields=fields, grades=grades,
        licence_asked=scan.has("licence"),
    )  # fmt: skip
    if scan.has("facts") and not gist.components:
        asked = fields or tuple(gist.edition.fields)
        return replace(base, fields=asked if len(asked) > 1 else tuple(gist.edition.fields), topic="facts")
    extent = _HOW_MUCH.search(scan.text) and gist.components and not scan.has("share")
    if scan.has("count", "share") and not extent and (grades or scan.has("components", "cells")) and not fields:
        return replace(base, kind=Kind.COUNT, topic="cells", shared=scan.has("share"))
    if gist.components:
        single = len(models) == 1 and len(gist.components) == 1 and not fields
        return replace(base, kind=Kind.CELL if single else Kind.CELLS)
    if fields:
        return replace(base, kind=Kind.FACT) if len(models) == len(fields) == 1 else replace(base, topic="facts")
    if scan.has("row") and not scan.has("components"):
        return replace(base, fields=tuple(gist.edition.fields), topic="all")
    if grades or scan.has("how-open", "components", "scale", "cells", "licence", "more-open", "categories"):
        some = len(grades) == 1 and _SOME.search(scan.text) and not _AND_THE_OTHERS.search(scan.text)
        return replace(base, topic="part" if some else "row")
    if scan.has("released") and gist.dated:
        return replace(base, kind=Kind.FACT if len(models) == 1 else Kind.ROW, fields=("release",), topic="facts")
    return replace(base, fields=tuple(gist.edition.fields), topic="all") if _bare(scan) else None


def ambiguous(gist: Gist) -> Query | None:
    """A developer or a family that stands for several models."""
    scan = gist.scan
    groups = gist.groups()
    if not groups or scan.of(Sort.SUPERLATIVE) or gist.dated:
        return None
    named = developer_test(scan)
    if named is not None and named.excluded:
        return None
    listed = scan.has("models", "list", "each", "count", "share", "made-by") or scan.of(Sort.LICENCE)
    family = scan.values(Sort.FAMILY)
    whole = scan.has("how-open") and not gist.graded
    whole = whole or bool(_YES_NO.match(scan.text) and gist.graded and not gist.parts)
    if listed and not family and not whole:
        return None
    if family and listed and (scan.has("count", "share") or (gist.graded and gist.components)):
        return None
    members = distinct(model for group, _ in groups for model in group)
    names = " and ".join(name for _, name in groups)
    return Query(
        scan.text, Kind.AMBIGUOUS, models=members, components=gist.components, fields=gist.fields(), name=names
    )


def _bare(scan: Scan) -> bool:
    """Whether the question is hardly more than a name, or asks whether the table has it."""
    rest = [mention for mention in scan.mentions if mention.sort not in (Sort.MODEL, Sort.VARIANT)]
    if any(mention.value == "table" for mention in rest):
        return True
    return all(_ASIDE.fullmatch(mention.text) for mention in rest)
