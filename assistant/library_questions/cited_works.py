"""Cited works: the titles in the reference lists of a library, and the documents that list them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.library_questions.claims import Phrase, folded
from corpus.model import Reference, from_plain
from corpus.records.names import families
from corpus.store import Database
from index.analyzer import stems

__all__ = ["CitedTitle", "most_cited", "titles_cited"]


@dataclass(frozen=True, slots=True)
class CitedTitle:
    """A work as reference lists name it."""

    title: str
    phrase: Phrase
    """The title, folded."""
    named: Phrase
    """The part of it that the question has."""
    who: str
    """``Lee et al., 2019``."""
    citing: frozenset[str]
    """Ids of the documents that list it."""


def titles_cited(database: Database, asked: Phrase, words: Sequence[str], *, whole: bool) -> list[CitedTitle]:
    """The cited works whose title, or its part before the colon, stands in ``asked``; those cited most first.

    Where there are none, and not ``whole``, those whose title and authors have all of ``words``.
    """
    like = " OR ".join(["entry LIKE ?"] * len(words)) or "0"
    found = _works(database, f"WHERE {like}", [f"%{word}%" for word in words], asked)
    by_title = [work for work in found if work.named]
    if by_title or whole:
        return by_title
    wanted = stems(" ".join(words))
    return [work for work in found if words and wanted <= stems(f"{work.title} {work.who}")]


def most_cited(database: Database) -> list[CitedTitle]:
    """All cited works, those that most documents list first."""
    return _works(database, "", [], ())


def _works(database: Database, condition: str, values: Sequence[str], asked: Phrase) -> list[CitedTitle]:
    groups: defaultdict[Phrase, list[tuple[str, Reference]]] = defaultdict(list)
    for row in database.rows(f"SELECT document_id, entry FROM reference_entries {condition}", values):
        reference = from_plain(Reference, json.loads(row["entry"]))
        groups[folded(reference.title)].append((row["document_id"], reference))
    works = (_work(phrase, members, asked) for phrase, members in groups.items() if phrase)
    return sorted(works, key=lambda work: (-len(work.citing), work.title))


def _work(phrase: Phrase, members: Sequence[tuple[str, Reference]], asked: Phrase) -> CitedTitle:
    references = [reference for _, reference in members]
    title = Counter(reference.title.strip(" .,") for reference in references).most_common(1)[0][0]
    names = max((families(reference.byline) or reference.authors for reference in references), key=len)
    years = Counter(reference.year for reference in references if reference.year).most_common(1)
    who = ", ".join([*_short(names), *(year for year, _ in years)])
    head = folded(title.partition(":")[0]) if ":" in title else ()
    named = next((part for part in (phrase, head) if part and _stands_in(part, asked, head)), ())
    return CitedTitle(title, phrase, named, who, frozenset(identity for identity, _ in members))


def _short(names: Sequence[str]) -> Iterable[str]:
    if names:
        yield f"{names[0]} et al." if len(names) > 2 else " & ".join(names)


def _stands_in(part: Phrase, asked: Phrase, head: Phrase) -> bool:
    return (len(part) > 1 or part == head) and f" {' '.join(part)} " in f" {' '.join(asked)} "
