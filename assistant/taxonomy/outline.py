"""Questions on how the taxonomy itself is laid out: its stages, its components, when a component is of a category."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.taxonomy.grading import read_grades
from assistant.taxonomy.mentions import Scan, Sort
from assistant.taxonomy.query import Kind, Query
from assistant.taxonomy.relevance import ASKS_WHEN, leftovers

if TYPE_CHECKING:
    from assistant.taxonomy.edition import Edition

__all__ = ["outline"]

_STAGE = r"(?P<stage>training|evaluation|deployment)"
_STAGE_NAMED = re.compile(rf"\b{_STAGE}[\s-]+(?:stage|phase|step|group)s?\b", re.IGNORECASE)
_STAGE_OF_PARTS = re.compile(
    rf"\b(?:belong\w*|part\s+of|fall\w*|included?|counted|components|parts|go(?:es)?)\b.*?\b{_STAGE}\b"
    rf"|\b{_STAGE.replace('stage', 'other')}\s+components\b",
    re.IGNORECASE,
)
_CONTENTS = re.compile(
    r"\b(?:what(?:'s|\s+is|\s+are)?|which)\s+(?:\w+\s+)?(?:there\s+)?(?:in|inside|within|part\s+of|included\s+in|contained\s+in)\b"
    r"|\b(?:belongs?|goes?|falls?|comes?)\s+(?:to|into|in|under|within)\b"
    r"|\b(?:contains?|comprises?|includes?|consists?|has|have|covers?|made\s+up)\b",
    re.IGNORECASE,
)
_STAGES = re.compile(r"\b(?:stages|phases)\b", re.IGNORECASE)
_PIPELINE = re.compile(r"\b(?:pipeline|taxonomy|life\s?-?cycle|components?)\b", re.IGNORECASE)
_OF_THE_PIPELINE = frozenset(
    "pipeline development life cycle lifecycle stages phases phase part comprise comprises consist consists".split()
)
_ALL_TWELVE = re.compile(
    r"\b(?:twelve|12)\b|\b(?:assessed|graded|rated|classified|judged|evaluated|distinguish\w*|openness|taxonomy)\b",
    re.IGNORECASE,
)
_SOMETHING = re.compile(r"\b(?:something|anything|code|data)\b", re.IGNORECASE)
_NAMING = (Sort.MODEL, Sort.FAMILY, Sort.DEVELOPER, Sort.FOREIGN, Sort.DISCOURSE, Sort.DATE, Sort.SUPERLATIVE)


def outline(scan: Scan, edition: Edition) -> Query | None:
    """The question as one on the taxonomy's own parts, or None."""
    words = {word.lower() for word, _ in leftovers(scan)}
    if scan.of(*_NAMING) or words - _OF_THE_PIPELINE or scan.has("models", "each", "count", "share"):
        return None
    if scan.of(Sort.GRADE, Sort.LEVEL):
        return _category(scan)
    return _stage(scan, edition) or _stages(scan) or _all_components(scan)


def _category(scan: Scan) -> Query | None:
    """When a component is of a category, ``when is a component semi-open?``."""
    graded = read_grades(scan)
    loose = all(item.grade.loose for item in graded)
    if loose or not ASKS_WHEN.search(scan.text) or not (scan.has("components") or _SOMETHING.search(scan.text)):
        return None
    if re.search(r"\b(?:the|their|its|this|our|your)\b", scan.text, re.IGNORECASE):
        return None
    return Query(scan.text, Kind.DEFINITION, topic="levels", grades=tuple(item.grade for item in graded))


def _stage(scan: Scan, edition: Edition) -> Query | None:
    """The components of a stage, ``what's in the deployment stage?``."""
    named = _STAGE_NAMED.search(scan.text)
    asked = named and (_CONTENTS.search(scan.text) or scan.has("components"))
    if not asked:
        named = _STAGE_OF_PARTS.search(scan.text) if scan.has("components") else None
    if named is None:
        return None
    groups = named.groupdict()
    stage = (groups["stage"] or groups.get("other") or "").lower()
    components = tuple(item.id for item in edition.components if item.stage == stage)
    return Query(scan.text, Kind.DEFINITION, topic="components", components=components)


def _stages(scan: Scan) -> Query | None:
    if _STAGES.search(scan.text) and _PIPELINE.search(scan.text) and scan.has("what", "define", "list"):
        return Query(scan.text, Kind.DEFINITION, topic="stages")
    return None


def _all_components(scan: Scan) -> Query | None:
    asked = scan.has("what", "define", "list") and not scan.of(Sort.STAGE, Sort.MATTER, Sort.FIELD, Sort.LICENCE)
    if scan.has("components") and asked and _ALL_TWELVE.search(scan.text):
        return Query(scan.text, Kind.DEFINITION, topic="all components")
    return None
