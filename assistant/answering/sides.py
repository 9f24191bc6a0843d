"""Which side a sentence takes: for or against, by its own words and by the section it stands in."""

from __future__ import annotations

import re
from enum import StrEnum

__all__ = ["CUES", "Side", "side_of"]


class Side(StrEnum):
    """For or against."""

    FOR = "for"
    AGAINST = "against"


CUES = {
    Side.FOR: "benefits advantages opportunities gains",
    Side.AGAINST: "risks harms dangers limitations drawbacks",
}
"""What is searched for beside the topic."""

_FOR = (
    r"advantag|benefi|opportunit|gain(?:s|ed)?\b|improv|enabl|empower|foster|strength|promot|democrati[sz]|accelerat"
    r"|facilitat|reproducib|transparen|trust|innovat|protect|valuable|useful|outperform|cheaper|affordab|accessib"
    r"|allow|help|support|superior|positive|easier|safer|upside|flexib|efficien|effective"
)
_AGAINST = (
    r"risk|harm|danger|threat|misus|abus|malicious|attack|disadvantag|drawback|downside|limitation|weakness|concern"
    r"|problem|costly|expensive|vulnerab|unsafe|biase[ds]|toxic|disinformation|misinformation|irreversib|suffer"
    r"|fail|fear|worr|negative|insecur|dual.use|weapon|cannot be (?:undone|recalled|rolled)|difficult|lack"
    r"|challeng|loss"
)
_POSITIVE, _NEGATIVE = (re.compile(rf"\b(?:{words})", re.IGNORECASE) for words in (_FOR, _AGAINST))
_REVERSED = re.compile(
    r"\b(?:reduc|lower|mitigat|prevent|avoid|without|less|fewer|no(?:t)?|decreas|limit(?:s|ing)?|overcom|address|solv)\w*"
    r"\W+(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)
_HEADING = 2


def side_of(sentence: str, headings: str) -> Side | None:
    """The side that ``sentence``, under ``headings``, takes; None where its signs are even.

    A sign just after a word of lessening ("reduces the risk") counts for the other side.
    """
    balance = 0
    for pattern, sign in ((_POSITIVE, 1), (_NEGATIVE, -1)):
        for match in pattern.finditer(sentence):
            balance += -sign if _REVERSED.search(sentence[: match.start()]) else sign
        balance += _HEADING * sign if pattern.search(headings) else 0
    return None if not balance else Side.FOR if balance > 0 else Side.AGAINST
