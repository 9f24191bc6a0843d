"""The tolerant reading of a question on a list of entries, tried when every word of it is not known to the list.

A question that names a list and its source (``which risks does the paper name?``), or an entry beside what the list is
about, is read by stems and by single words of the list's themes, as long as it is understood nearly as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.taxonomy.lexicon import lexicon
from assistant.taxonomy.mentions import NUMBER_WORDS
from assistant.taxonomy.schemes.scheme import Scheme, Thing
from assistant.taxonomy.schemes.words import Found, Names, Text, words_of

__all__ = ["TolerantReader"]

_COVERAGE = 0.75
"""The least share of the telling words that must be understood, set by hand; others were not tried."""
_SOURCES = frozenset(("paper", "authors", "eiras", "taxonomy", "kapoor", "solaiman", "seger"))
_PLACES = frozenset(("jurisdiction", "jurisdictions"))
_OPEN = frozenset(("open", "openness", "generative"))
_PREFIX = 6
"""Letters in which two words of a theme agree: ``society`` and ``societal``."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The entries that a question asks for."""

    kind: str
    things: tuple[Thing, ...]
    coverage: float
    """The share of the telling words that were understood."""


class TolerantReader:
    """Reads questions on one list."""

    def __init__(self, scheme: Scheme, nouns: Names, titles: Names, entries: Names) -> None:
        self._scheme = scheme
        self._nouns, self._titles, self._entries = nouns, titles, entries

    def read(self, question: str) -> Reading | None:
        """The entries that most of the question's words point to, or None."""
        head, text = self._scheme.head, Text(question)
        titled = text.claim(self._titles)
        named = text.claim(self._entries) if head.named else []
        said = text.claim(self._nouns)
        if not (titled or named or (said and self._sourced(text, said))):
            return None
        spare = _spare(text)
        themes = {word: values for word in spare if (values := self._themes(word))}
        context = [word for word in spare if word not in themes and (word in _SOURCES or _stem(word) in self._known)]
        rest = [word for word in spare if word not in (*themes, *context, *NUMBER_WORDS)]
        understood = len(titled) + len(named) + len(said) + len(themes) + len(context)
        coverage = understood / (understood + len(rest))
        if coverage < _COVERAGE or _names_more(question, rest):
            return None
        if named:
            things = tuple(dict.fromkeys(self._scheme.by_name[found.value] for found in named))
            return Reading("entry", things, coverage) if not rest and _on_models(text) else None
        if rest and not titled and not self._anchored(text):
            return None
        things = self._chosen({found.value for found in said if found.value}, themes.values())
        return Reading(_kind(text, said, things), things, coverage) if things else None

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(_stem(word) for word in (*self._scheme.head.context, *self._scheme.head.anchors))

    def _sourced(self, text: Text, said: Sequence[Found]) -> bool:
        """Whether this list is meant by its noun: beside what it is about or its source, or counted."""
        head = self._scheme.head
        if head.named:
            return text.has(*_SOURCES) and any(text.words[found.start] in _PLACES for found in said)
        if self._anchored(text):
            return True
        return (
            head.definite
            and not head.anchors
            and text.has("many")
            and any(text.words[found.start] == head.things for found in said)
        )

    def _anchored(self, text: Text) -> bool:
        """Whether what the list is about is named, or its source where that tells this list from others."""
        head = self._scheme.head
        source = _SOURCES if head.definite or not head.anchors else ()
        return text.has(*source, *(head.anchors or _OPEN))

    def _themes(self, word: str) -> frozenset[str]:
        """The values of the grouping fields in which a telling word stands, ``economic``."""
        return self._by_theme.get(word[:_PREFIX], frozenset()) if len(word) >= _PREFIX else frozenset()

    @cached_property
    def _by_theme(self) -> dict[str, frozenset[str]]:
        """The values of the grouping fields by the first letters of each of their words."""
        places = [n for n, column in enumerate(self._scheme.fields) if column.groups and not column.nouns]
        values = {thing.fields[n] for thing in self._scheme.things for n in places}
        prefixes = {word[:_PREFIX] for value in values for word in words_of(value) if len(word) >= _PREFIX}
        return {
            prefix: frozenset(v for v in values if any(word.startswith(prefix) for word in words_of(v)))
            for prefix in prefixes
        }

    def _chosen(self, wanted: set[str], themes: Iterable[frozenset[str]]) -> tuple[Thing, ...]:
        """The entries of the groups that the nouns name and of every theme that is named."""
        fields = self._scheme.fields
        places = [n for n, column in enumerate(fields) if set(column.nouns) & wanted]
        return tuple(
            thing
            for thing in self._scheme.things
            if all(thing.fields[n] in wanted for n in places) and all(set(thing.fields) & values for values in themes)
        )


def _kind(text: Text, said: Sequence[Found], things: Sequence[Thing]) -> str:
    if text.has("many", "number") and not text.has("which"):
        return "count"
    return "entry" if len(things) == 1 and said else "filter"


def _spare(text: Text) -> list[str]:
    """The words that no name has claimed and that say something here."""
    light = lexicon().light
    return [word for word in text.rest() if not light.fullmatch(word)]


def _stem(word: str) -> str:
    from index.analyzer import stem

    return stem(word)


def _names_more(question: str, rest: Sequence[str]) -> bool:
    """Whether one of these words is written as a name."""
    return any(word.strip(",.?!:;'\"").casefold() in rest for word in question.split()[1:] if not word.islower())


def _on_models(text: Text) -> bool:
    """Whether an entry is asked of as to AI or open source, and not as to law at large."""
    return text.has("ai", "generative", "llm", "llms") or (text.has("open") and text.has("source", "model", "models"))
