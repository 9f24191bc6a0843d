"""Headings that stand in one line with their paragraph and have no stop: "Weights Cannot be Taken Back Once a model …".

Such a heading shows by its capitals alone. So it is taken for one only where several words in title case are followed
by a word that begins sentences and then by small letters; in doubt heading and sentence stay together.
"""

from __future__ import annotations

import re

__all__ = ["run_in_end"]

_WORD = re.compile(r"\S+")
_LONGEST = 24
"""Words of a heading, with the first of the sentence behind it."""
_LEAST_CAPITALISED = 4
_SMALL = frozenset(
    "a an the of for in on at to and or but nor with by from as via vs. vs per be is are can its their than into over "
    "under not through between without within".split()
)
_OPENERS = frozenset(
    "a an the this these those that there here it its they their we our you your i he she such another each every all "
    "both many most several some few various numerous one two first second third once when while although though if "
    "because since as after before during in on at for from with by to under within among across through despite "
    "unlike given using how what why who which however moreover furthermore therefore thus hence finally also even "
    "currently recently typically generally similarly".split()
)
"""First words of sentences that no title in title case would end with, but for a small word in front of a name."""


def run_in_end(text: str, start: int, end: int) -> int:
    """Where the sentence behind the heading that ``text[start:end]``, a paragraph, begins with starts; else ``start``.

    >>> text = "Weights Cannot be Taken Back Once a model is public, anyone keeps it."
    >>> text[run_in_end(text, 0, len(text)):]
    'Once a model is public, anyone keeps it.'
    """
    capitalised: list[re.Match[str]] = []
    for number, word in enumerate(_WORD.finditer(text, start, end)):
        bare = word.group().rstrip(",")
        if _is_capitalised(bare):
            capitalised.append(word)
        elif not (bare in _SMALL and capitalised):
            break
        if number >= _LONGEST or word.group()[-1] in ".!?…":
            return start
    else:
        return start
    if len(capitalised) <= _LEAST_CAPITALISED:
        return start
    *heading, opening = capitalised
    ends_plainly = text[: opening.start()].rstrip()[-1] not in ",;–—-([" and heading[-1].end() + 1 == opening.start()
    first = opening.group().rstrip(",")
    opens = first.lower() in _OPENERS or first == heading[0].group()
    return opening.start() if opens and ends_plainly else start


def _is_capitalised(word: str) -> bool:
    """In title case, a number or a mark: "Open-Source", "#1:", "3"."""
    return word[:1].isupper() or word[:1].isdigit() or word[:1] in tuple("#&(") or word in ("–", "—", "-")
