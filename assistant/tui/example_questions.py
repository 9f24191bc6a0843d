"""Example questions to start with, some made from document headings, some about the taxonomy."""

import re
from collections.abc import Iterator

from assistant.workspace import Workspace
from corpus.model import Document, SectionKind
from corpus.starter import QUESTIONS

__all__ = ["questions"]

TAXONOMY = "Which parts of Llama 2 are open?"
WANTED = 3
LOOKED_AT = 8
"""Documents opened to find headings; opening all would delay the start."""
USUAL = re.compile(
    r"abstract|introduction|background|related work|methods?|methodology|materials|results?|discussion|conclusions?|"
    r"references|bibliography|appendix|acknowledge?ments?|summary|contents|notes?|limitations|future work|overview|"
    r"data|experiments?|evaluation|analysis|critical analysis|authors?|sources|about|further reading|contribution|"
    r"data ?sets?|corpus|corpora|(?:error|data|further) analysis|(?:main|experimental) (?:setup|results?|settings?)|"
    r"(?:our|the|proposed) (?:proposed )?(?:method|model|approach|system|data ?set)|"
    r"(?:training|implementation) details|evaluation metrics?|model (?:architecture|details|description)|"
    r"problem (?:definition|statement|formulation)",
    re.IGNORECASE,
)
SENTENCE = frozenset({"is", "are", "was", "can", "cannot", "has", "have", "do", "does", "must", "should", "will"})
"""Words that make a heading a statement, which no question can be about."""
ARTICLES = frozenset({"A", "An", "The", "Who", "What", "How", "Why", "When", "Where"})
NUMBERING = re.compile(r"^(?:(?:chapter|section|part)\s+)?[\dIVX]+(?:\.\d+)*[.:)]?\s+", re.IGNORECASE)


def questions(workspace: Workspace) -> tuple[str, ...]:
    """Return up to three questions, the last for the taxonomy; none for an empty library."""
    documents = workspace.documents()
    found = list(QUESTIONS) if any(summary.starter for summary in documents) else []
    for summary in documents[:LOOKED_AT]:
        if len(found) >= WANTED - 1:
            break
        question = next(asked(workspace.document(summary.document_id).document), "")
        if question and question not in found:
            found.append(question)
    return (*found, TAXONOMY) if found else ()


def asked(document: Document) -> Iterator[str]:
    """Yield questions made from the headings of a document; headings that are questions come first."""
    headings = [
        NUMBERING.sub("", section.title).strip()
        for section in document.sections
        if section.kind is SectionKind.BODY and section.title and section.title != document.record.title
    ]
    yield from (heading for heading in headings if heading.endswith("?") and len(heading) < 90)
    for heading in headings:
        words = heading.split()
        plain = heading.isprintable() and heading[:1].isalpha() and "," not in heading and SENTENCE.isdisjoint(words)
        if plain and 2 <= len(words) <= 6 and not USUAL.fullmatch(heading):
            yield f"What is said about {within_sentence(words)}?"


def within_sentence(words: list[str]) -> str:
    """Return a heading as it is written inside a sentence; names keep their capitals.

    >>> within_sentence(["Staged", "release"]), within_sentence(["The", "European", "Union"])
    ('staged release', 'the European Union')
    """
    first, *others = words
    plain = first[1:].islower() and all(word == word.lower() for word in others)
    return " ".join([first.lower() if plain or first in ARTICLES else first, *others])
