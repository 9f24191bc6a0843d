"""The furniture of a saved web page: buttons, counters and empty tables that are no part of its text."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["without_furniture"]

_FURNITURE = re.compile(
    r"""
    ^(?:
        (?:comments?|replies|likes?|shares?|views?|citations|references)\s*\(\s*[\d,.kKmM]+\s*\)
      | get\ ai-generated\ .*
      | (?:please\ )?(?:sign|log)\s*(?:in|up|out)\b.{0,40}
      | (?:subscribe|share|like|reply|follow|bookmark|download\ pdf|view\ pdf|read\ more|show\ more|load\ more)\b.{0,40}
      | (?:accept|manage|reject)\ (?:all\ )?cookies.*
      | (?:all\ rights\ reserved|©|copyright\ \(c\)).{0,80}
      | skip\ to\ (?:main\ )?content | back\ to\ top | home | menu | search | share\ this.*
      | display\ is\ limited\ .*
      | current\ paper\ \(.*
      | [-|:\s]+
      | (?:[A-Z]\w*\s*\|\s*){2,}\w*\s*\|?
    )$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BYLINE = re.compile(r"^[^.!?]{3,200}(?:,[^.!?]+)?(?:\bet al\.)?$")

_MIN_SIGNS = 2
"""So many lines of furniture make a text file a saved page; one alone may be somebody's sentence."""


def without_furniture(lines: Sequence[str]) -> tuple[list[str], int]:
    """``lines`` without furniture, and how many were taken out.

    Only where at least two lines are unmistakable is the file taken for a saved page; then bare lines without a
    sentence (names of related papers, labels) go with them.
    """
    signs = sum(bool(_FURNITURE.match(line.strip())) for line in lines if line.strip())
    if signs < _MIN_SIGNS:
        return list(lines), 0
    kept = [line for line in lines if not line.strip() or _is_prose(line.strip())]
    return kept, sum(bool(line.strip()) for line in lines) - sum(bool(line.strip()) for line in kept)


def _is_prose(line: str) -> bool:
    if _FURNITURE.match(line):
        return False
    return not _BYLINE.match(line) or len(line.split()) > 25
