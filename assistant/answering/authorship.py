"""Works named by their authors in a question: "How do Hopper and Lovelace compute?" """

from __future__ import annotations

import re

from corpus.store import DocumentStore

__all__ = ["works_named"]

_NAME = r"[A-Z][\w’'-]*?[^\W\d_]"
_NAMED = re.compile(rf"\b({_NAME})(?: (?:and|&) ({_NAME})| et al\b\.?)(?:['’]s)?(?!\w)")
_ABOUT_THEM = re.compile(
    r"\b(?:cit(?:e|es|ed|ing|ation|ations)|critici[sz]\w*|compar\w*|differ\w*|unlike|than|follow\w*|exten(?:d|ds|ded|sion)|"
    r"build\w* (?:up)?on|improv\w*|outperform\w*|replicat\w*|according to)\b",
    re.IGNORECASE,
)


def works_named(question: str, store: DocumentStore) -> tuple[list[str], str]:
    """Ids of the held documents whose authors ``question`` names, and the question to be asked of them alone.

    Two names joined by "and" are all of a work's authors; a name with "et al." is its first. In the question for the
    works "the authors" stands for the names, which a work's own text has no cause to say. No ids where the question is
    rather about what others say of them.
    """
    if _ABOUT_THEM.search(question):
        return [], question
    found: dict[str, None] = {}
    within = question
    for match in _NAMED.finditer(question):
        families = [name for name in match.groups() if name]
        works = store.written_by(families, alone=len(families) > 1)
        if works:
            found |= dict.fromkeys(works)
            within = within.replace(match.group(), "the authors")
    return list(found), within
