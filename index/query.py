"""Reading a query: telling words, "phrases that must occur", and beginnings of words (licen*)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index.analyzer import american, beginnings_apart, is_ideographic, is_mixed, terms

__all__ = ["Query", "Term", "has_telling_word", "query_terms", "unquoted"]

_WORD = re.compile(r"[^\W_]+(?:[.’'][^\W_]+)*", re.UNICODE)
_QUOTED = re.compile(r'"([^"“”„«»]*)"|[“„]([^"“”„]*)[”“]|«([^«»]*)»')
_PREFIX = re.compile(r"(?<![^\W_])([^\W_]{2,})\*", re.UNICODE)
_MAX_TERMS = 64


@dataclass(frozen=True, slots=True)
class Term:
    """What one word or phrase of a query looks for."""

    parts: tuple[str, ...]
    """Terms of the index, which must follow each other."""
    prefix: bool = False
    """Whether the last part is only the beginning of a term."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query as the full-text index understands it."""

    terms: tuple[Term, ...]
    """Any of these."""
    required: tuple[Term, ...] = ()
    """All of these."""

    @classmethod
    def parse(cls, text: str) -> Query:
        """Read a query as typed; whatever it is, it is never an error.

        >>> Query.parse('what is "marginal risk" of licen*').required
        (Term(parts=('margin', 'risk'), prefix=False),)
        """
        quoted = [next(part for part in groups if part is not None) for groups in _groups(text)]
        required = [term for phrase in quoted if (term := _phrase(phrase)) is not None]
        free = _QUOTED.sub(" ", text)
        found = [term for beginning in _PREFIX.findall(free) for term in _beginning(american(beginning.lower()))]
        free = _PREFIX.sub(" ", free)
        # Stop words tell nothing beside a phrase or a beginning; alone, they are all there is.
        words = query_terms(free) if not (found or required) else [w for w in _words(free) if w not in _stop_words()]
        for word in words:
            found += _terms_of(word)
        return cls(tuple(dict.fromkeys(found))[:_MAX_TERMS], tuple(dict.fromkeys(required)))


def unquoted(text: str) -> str:
    """``text`` without quotation marks, so that no phrase is required."""
    return re.sub(r'["“”„«»]', " ", text)


def query_terms(text: str) -> list[str]:
    """The telling words of a question, each once, in order; all of them where none is telling.

    >>> query_terms("What is C++'s licence, and don't models need one?")
    ['c', 'licence', 'models', 'need', 'one']
    """
    words = _words(text)
    telling = [word for word in words if word not in _stop_words()]
    return list(dict.fromkeys(telling or words))[:_MAX_TERMS]


def has_telling_word(text: str) -> bool:
    """Whether ``text`` says of what it speaks: by a word that is not one of the commonest, or by a quoted phrase.

    >>> has_telling_word("What about it?"), has_telling_word("What about BLOOM?")
    (False, True)
    """
    return unquoted(text) != text or any(word not in _stop_words() for word in _words(text))


def _words(text: str) -> list[str]:
    return [re.sub(r"[’']s$", "", match.group().lower()) for match in _WORD.finditer(text)]


def _phrase(text: str) -> Term | None:
    """All of ``text`` in its order, or None where it has no words."""
    parts = tuple(terms(text))[:_MAX_TERMS]
    if not parts:
        return None
    if len(parts[-1]) == 1 and is_ideographic(parts[-1]):
        # The last character of a stretch is a term only where the stretch ends; here it may go on.
        return Term(parts, prefix=True) if len(parts) == 1 else Term(parts[:-1])
    return Term(parts)


def _beginning(beginning: str) -> list[Term]:
    """What ``licen*`` looks for; ``pretrain*`` is filed in two parts."""
    return [Term((beginning,), prefix=True), *(Term(parts, prefix=True) for parts in beginnings_apart(beginning))]


def _terms_of(word: str) -> list[Term]:
    """What a word looks for: any two characters of ideographic text; letters and figures together or apart."""
    phrase = _phrase(word)
    if phrase is None or phrase.prefix:
        return [] if phrase is None else [phrase]
    if is_ideographic(word):
        return [Term((part,)) for part in phrase.parts]
    if is_mixed(word) and len(phrase.parts) > 1 and word.isalnum():
        return [Term(phrase.parts[:1]), Term(phrase.parts[1:])]
    return [phrase]


def _groups(text: str) -> list[tuple[str | None, ...]]:
    return [match.groups() for match in _QUOTED.finditer(text)]


@cache
def _stop_words() -> frozenset[str]:
    text = files("index").joinpath("data/stopwords.txt").read_text("utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
