"""Queries as the full-text index reads them: content words, "phrases that must occur", beginnings of words (licen*)."""

import re
from dataclasses import dataclass
from functools import cache

from index.analyzer import american, compound_prefixes, is_ideographic, is_mixed, read_lines, terms

__all__ = ["Query", "Term", "names_a_topic", "query_terms", "unquoted"]

_WORD = re.compile(r"[^\W_]+(?:[.’'][^\W_]+)*", re.UNICODE)
_QUOTED = re.compile(r'"([^"“”„«»]*)"|[“„]([^"“”„]*)[”“]|«([^«»]*)»')
_PREFIX = re.compile(r"(?<![^\W_])([^\W_]{2,})\*", re.UNICODE)
_MAX_TERMS = 128


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
    """At least one of these occurs; each as often as it is asked for, which is how much it counts."""
    required: tuple[Term, ...] = ()
    """All of these occur."""

    @classmethod
    def parse(cls, text: str) -> "Query":
        """Read a query as typed; no text is an error.

        >>> Query.parse('what is "marginal risk" of licen*').required
        (Term(parts=('margin', 'risk'), prefix=False),)
        """
        quoted = ["".join(match.groups("")) for match in _QUOTED.finditer(text)]
        required = [term for phrase in quoted if (term := _phrase(phrase)) is not None]
        free = _QUOTED.sub(" ", text)
        found = [term for beginning in _PREFIX.findall(free) for term in _beginning(american(beginning.lower()))]
        free = _PREFIX.sub(" ", free)
        # Stop words count only when there is nothing else.
        words = [word for word in _words(free) if word not in _stop_words()]
        words = words if words or found or required else _words(free)
        for word in words:
            found += _terms_of(word)
        return cls(tuple(found[:_MAX_TERMS]), tuple(dict.fromkeys(required)))


def unquoted(text: str) -> str:
    """Return ``text`` without quotation marks, so that no phrase is required."""
    return re.sub(r'["“”„«»]', " ", text)


def query_terms(text: str) -> list[str]:
    """Return the content words of a question, each once, in order; all of its words if none is a content word.

    >>> query_terms("What is C++'s licence, and don't models need one?")
    ['c', 'licence', 'models', 'need', 'one']
    """
    words = _words(text)
    content = [word for word in words if word not in _stop_words()]
    return list(dict.fromkeys(content or words))[:_MAX_TERMS]


def names_a_topic(text: str) -> bool:
    """Whether ``text`` contains a word that is not a stop word, or a quoted phrase.

    >>> names_a_topic("What about it?"), names_a_topic("What about BLOOM?")
    (False, True)
    """
    return unquoted(text) != text or any(word not in _stop_words() for word in _words(text))


def _words(text: str) -> list[str]:
    return [re.sub(r"[’']s$", "", match.group().lower()) for match in _WORD.finditer(text)]


def _phrase(text: str) -> Term | None:
    """Return the terms of ``text`` in order as one phrase, or None if it has no words."""
    parts = tuple(terms(text))[:_MAX_TERMS]
    if not parts:
        return None
    if len(parts[-1]) == 1 and is_ideographic(parts[-1]):
        # The last character of a stretch is a term only where the stretch ends; in a passage it may go on.
        return Term(parts, prefix=True) if len(parts) == 1 else Term(parts[:-1])
    return Term(parts)


def _beginning(beginning: str) -> list[Term]:
    """Return what ``licen*`` looks for; words of ``pretrain*`` are indexed in two parts."""
    return [Term((beginning,), prefix=True), *(Term(parts, prefix=True) for parts in compound_prefixes(beginning))]


def _terms_of(word: str) -> list[Term]:
    """Return what a word looks for: any two characters of ideographic text; letters and figures together or apart."""
    phrase = _phrase(word)
    if phrase is None or phrase.prefix:
        return [] if phrase is None else [phrase]
    if is_ideographic(word):
        return [Term((part,)) for part in phrase.parts]
    if is_mixed(word) and len(phrase.parts) > 1 and word.isalnum():
        return [Term(phrase.parts[:1]), Term(phrase.parts[1:])]
    return [phrase]


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(word for line in read_lines("stopwords.txt") for word in line.split())
