"""Claims: what each word of a question stands for, by longest match in one list of expressions and names.

``data/vocabulary.csv`` has the expressions of questions about records ("how many pages", "tagged", "since"); the names
of works, persons and tags come from the library. Words that neither explains may describe a title or a topic.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import PurePosixPath

from rapidfuzz.distance import OSA

from corpus.store import DocumentSummary
from corpus.text.folding import latin_words
from index.analyzer import stems

__all__ = ["Claim", "Claims", "Gazetteer", "Phrase", "Token", "claimed", "folded", "of_kind", "tokens_of"]

Phrase = tuple[str, ...]
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LONGEST = 25
"""Tokens of the longest name that is looked for."""
_MISSPELT = 7
"""Fewest letters of the longer of two words that are taken for one because a single slip makes the difference."""
_OPENING = 3
"""Fewest telling words of the beginning of a title that stands for it without a noun beside it."""
_NONE: Mapping[Phrase, tuple[str, str]] = {}
_SHORT_FAMILY = 4
"""Shorter family names count only with a capital or before "et al.": most are words of the language, too."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a question: as typed without ``'s``, in lower-case Latin letters, and its place."""

    text: str
    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """Neighbouring tokens and what they stand for; the role of a token that nothing explains is ``word``."""

    role: str
    value: str
    """Of works and persons, the ids of their documents, separated by spaces."""
    tokens: tuple[Token, ...]

    @property
    def words(self) -> Phrase:
        """Its tokens, folded."""
        return tuple(token.word for token in self.tokens)

    @property
    def capital(self) -> bool:
        """Whether it is written as names are, with capitals or figures."""
        return all(any(char.isupper() or char.isdigit() for char in token.text) for token in self.tokens)


class Claims(tuple[Claim, ...]):
    """The claims of a question or of a part of it, in order."""

    def of(self, *roles: str) -> Claims:
        """The claims of these roles."""
        return Claims(claim for claim in self if claim.role in roles)

    def has(self, *roles: str) -> bool:
        """Whether a claim has one of these roles."""
        return any(claim.role in roles for claim in self)

    @property
    def words(self) -> Phrase:
        """All tokens, folded."""
        return tuple(word for claim in self for word in claim.words)

    def text(self, question: str) -> str:
        """The part of the question from the first claim to the last."""
        return question[self[0].tokens[0].start : self[-1].tokens[-1].end] if self else ""


def tokens_of(text: str) -> list[Token]:
    """Cut ``text`` into words at spaces, hyphens and marks.

    >>> [token.word for token in tokens_of("Müller's e-mail")]
    ['muller', 'e', 'mail']
    """
    found = []
    for match in _TOKEN.finditer(text):
        typed = re.sub(r"['’][sS]$", "", match.group())
        found.append(Token(typed, "".join(latin_words(typed)), match.start(), match.end()))
    return found


def folded(text: str) -> Phrase:
    """The words of a name as they are compared."""
    return tuple(token.word for token in tokens_of(text) if token.word)


@cache
def _vocabulary() -> Mapping[Phrase, tuple[str, str]]:
    text = (files("assistant.library_questions") / "data" / "vocabulary.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return {folded(words): (row["role"], row["value"]) for row in rows for words in row["words"].split("|")}


def claimed(tokens: Sequence[Token], names: Mapping[Phrase, tuple[str, str]] = _NONE) -> Claims:
    """Claim the tokens from left to right, each time by the longest expression or name that begins there."""
    found: list[Claim] = []
    start = 0
    while start < len(tokens):
        for end in range(min(len(tokens), start + _LONGEST), start, -1):
            words = tuple(token.word for token in tokens[start:end])
            meaning = _vocabulary().get(words) or names.get(words)
            if meaning is not None:
                break
        else:
            meaning = ("year" if re.fullmatch(r"(?:19|20)\d\d", words[0]) else "word", words[0])
        found.append(Claim(*meaning, tuple(tokens[start:end])))
        start = end
    return Claims(found)


class Gazetteer:
    """The documents of a library by the names that questions give them."""

    def __init__(self, summaries: Sequence[DocumentSummary]) -> None:
        self.all = {summary.document_id: summary for summary in summaries}
        works, persons = defaultdict[Phrase, set[str]](set), defaultdict[Phrase, set[str]](set)
        for summary in summaries:
            for name in _titles(summary):
                works[name].add(summary.document_id)
            for name in (form for author in summary.authors for form in _forms(folded(author))):
                persons[name].add(summary.document_id)
        self._tags = {folded(tag): ("tag name", tag) for summary in summaries for tag in summary.tags}
        self._names = {name: ("person", " ".join(sorted(ids))) for name, ids in persons.items()}
        self._names |= {name: ("work", " ".join(sorted(ids))) for name, ids in works.items() if name}
        self.works = works

    def claims(self, tokens: Sequence[Token]) -> Claims:
        """Claim the words of a question; names of tags, common words mostly, only where it speaks of tags."""
        known = {word for name in (*_vocabulary(), *self._names) for word in name}
        spellings = sorted(word for word in known if len(word) >= _MISSPELT - 1)
        tokens = [token if token.word in known else _corrected(token, spellings) for token in tokens]
        tagged = claimed(tokens).has("tag")
        tags = {name: tag for name, tag in self._tags.items() if tagged or len(name) > 1}
        found = claimed(tokens, self._names | tags)
        return Claims(_plain(claim, after) for claim, after in zip(found, (*found[1:], None), strict=True))

    def named(self, claims: Claims) -> list[DocumentSummary]:
        """The documents that all names and words of ``claims`` fit; none where these are too little to name one.

        A title or its beginning is enough, and so are authors. Beside a noun the first telling word of a title is
        ("the Seger page"), or two words, or a kind.
        """
        nouns = claims.of("noun", "thing")
        said = [
            stems(claim.words[0]) for claim in (*claims.of("word"), *nouns) if claim.value not in ("", "essay", "web")
        ]
        fitting = [summary for summary in self.all.values() if all(words <= _described(summary) for words in said)]
        for claim in claims.of("person", "work"):
            fitting = [summary for summary in fitting if summary.document_id in claim.value.split()]
        if not claims.has("person", "work"):
            if not nouns or not (said or any(claim.value for claim in nouns)):
                return []
            if claims.has("word") and len(set().union(*said)) < 2:
                fitting = [summary for summary in fitting if said[0] & _first(summary)]
        return of_kind(fitting, nouns)


def of_kind(fitting: list[DocumentSummary], nouns: Claims) -> list[DocumentSummary]:
    """Those that the nouns can mean; a "paper" is no essay, a "survey" is called one."""
    for claim in nouns:
        word = claim.words[0]
        if claim.value in ("essay", "web"):
            fitting = [summary for summary in fitting if summary.kind == claim.value]
        elif word.startswith(("paper", "article", "preprint", "publication")):
            papers = [summary for summary in fitting if summary.kind == "paper"]
            fitting = papers or [summary for summary in fitting if summary.kind not in ("essay", "brief")]
        called = [summary for summary in fitting if stems(word) <= _described(summary)]
        fitting = called or ([] if claim.value == "called" else fitting)
    return fitting


def _titles(summary: DocumentSummary) -> Iterator[Phrase]:
    """What stands for this document alone: its titles and their beginnings, key, id and file name."""
    path, title = PurePosixPath(summary.path), folded(summary.title)
    yield from map(folded, (summary.document_id, summary.key, path.stem, path.name, summary.title))
    main = summary.title.partition(":")[0]
    if len(folded(main)) > 1 or re.search(r"\w[A-Z]", main):
        yield folded(main)
    yield from (title[:end] for end in range(2, len(title)) if sum(map(_tells, title[:end])) >= _OPENING)


def _forms(name: Phrase) -> set[Phrase]:
    """The ways to write a name: whole, family alone, with first name or initial."""
    return {name, name[-1:], name[-2:], (name[0], name[-1]), (name[0][:1], name[-1])} if name else set()


def _tells(word: str) -> bool:
    return _vocabulary().get((word,), ("", ""))[0] != "empty"


def _described(summary: DocumentSummary) -> set[str]:
    return stems(f"{summary.title} {' '.join(folded(PurePosixPath(summary.path).stem))}")


def _first(summary: DocumentSummary) -> set[str]:
    names = (folded(summary.title), folded(PurePosixPath(summary.path).stem))
    return stems(" ".join(next(filter(_tells, name), "") for name in names))


def _plain(claim: Claim, after: Claim | None) -> Claim:
    """The claim; a short family name without capital is a word."""
    common = len(claim.words) == 1 and len(claim.words[0]) < _SHORT_FAMILY and not claim.capital
    if claim.role == "person" and common and not (after and "et" in after.words):
        return replace(claim, role="word", value=claim.words[0])
    return claim


def _corrected(token: Token, spellings: Iterable[str]) -> Token:
    """The token in the spelling that a single slip makes of it; unchanged without such a one."""
    ends = token.word[:1], token.word[-1:]
    long = [
        word for word in spellings if max(map(len, (word, token.word))) >= _MISSPELT and (word[0], word[-1]) == ends
    ]
    near = (word for word in long if len(token.word) >= _MISSPELT - 1 and token.word.isalpha())
    return next(
        (replace(token, word=word) for word in near if OSA.distance(word, token.word, score_cutoff=1) == 1), token
    )
