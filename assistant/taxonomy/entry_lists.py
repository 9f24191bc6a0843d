"""Questions on a table without grades, a list of entries: risks, claims, jurisdictions, steps of a framework."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from assistant.taxonomy.gazetteer import Gazetteer, Mention, key_of, shared_words, stem_of, words_of
from assistant.taxonomy.rendering import TaxonomyAnswer, enumeration, joined
from assistant.taxonomy.table import Column, Table, Thing

__all__ = ["EntryList"]

_ANCHORS = ("open", "opening", "opened", "openness", "generative")
"""Words that anchor a question in a list that names none of its own."""
_PLACES = frozenset(("jurisdictions", "countries", "jurisdiction"))
_SOURCES = ("paper", "author", "authors", "eiras", "section", "essay", "document", "library", "say", "says")
"""Words for where the answer is sought, which ask for nothing."""
_DEFINITE = ("the", "all", "paper", "author", "authors", "eiras")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_PREFIX = 6
"""Letters in which two words of a theme agree: ``society`` and ``societal``."""
_COMMON = frozenset(("fulli", "close", "open", "sourc", "model"))
"""Stems of words that are said of open models at large."""
_PASSED = frozenset(
    ("empty", "which", "what", "all", "who", "when", "where", "define", "count", "compare", "level", "number", "join",
     "soft", "clause", "not", "row", "things", "components", "values", "ordinal", "given", "bound", "source", "context",
     "anchor", "title", "noun", "value", "place", "entry", "theme", "licence", "howopen", "cells", "times", "neither")
)  # fmt: skip
"""What a question on a list may be made of."""


class EntryList:
    """Finds the entries that a question asks for; a question with another word in it finds none."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._head = table.head

    def ask(self, question: str, *, named: bool = False) -> TaxonomyAnswer:
        """The entries, or an answer that is not found; ``named`` says that the list is meant."""
        asked = _Asked(self, question, named=named)
        found = asked.group() or asked.entries()
        if not found:
            return TaxonomyAnswer(question, "none", found=False)
        return self._answer(question, *found)

    def telling_words(self, question: str) -> int:
        """How many words of a question point to this list and not to open models at large."""
        return sum(word.key in self._head.anchors and word.key not in _ANCHORS for word in words_of(question))

    @cached_property
    def anchors(self) -> frozenset[str]:
        """The words of which one must be there."""
        return frozenset(self._head.anchors or _ANCHORS)

    @cached_property
    def grouping(self) -> tuple[Column, ...]:
        """The fields by whose values entries are asked for."""
        return tuple(column for column in self.table.fields if column.groups)

    def field(self, thing: Thing, column: Column) -> str:
        """The value of a field."""
        return thing.fields[self.table.fields.index(column)]

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The list's names and words, in front of those that all tables share."""
        head, words = self._head, Gazetteer(shared_words())
        named = head.name.split("-")
        for title in (head.title, " ".join(named), " of ".join(reversed(named))):
            if len(named) > 1 or title == head.title:
                words.add(title, "title")
        phrases: dict[str, list[str]] = {}
        for thing in self.table.things:
            for phrase in (thing.name, *thing.aliases):
                phrases.setdefault(key_of(phrase), []).append(thing.name)
        for key, names in phrases.items():
            words.add(key, "entry", "\n".join(dict.fromkeys(names)))
        for noun in head.nouns:
            words.add(noun, "noun")
        for column in self.grouping:
            for value, nouns in column.nouns.items():
                for noun in nouns:
                    words.add(noun, "noun", value)
            for thing in self.table.things:
                words.add(self.field(thing, column), "value", self.field(thing, column))
        words.add(head.table, "place")
        for word in _SOURCES:
            words.add(word, "source")
        for n, ordinal in enumerate(_ORDINALS, 1):
            words.add(ordinal, "ordinal", str(n))
        words.add("last", "ordinal", str(len(self.table.things)))
        for word in (*head.anchors, *head.context, *_ANCHORS):
            words.add(f"{word}~", "context")
        return words

    def themes(self, word: str) -> frozenset[str]:
        """The values of the grouping fields in which a telling word stands, ``economic``."""
        return self._by_theme.get(word[:_PREFIX], frozenset()) if len(word) >= _PREFIX else frozenset()

    @cached_property
    def _by_theme(self) -> dict[str, frozenset[str]]:
        values = {self.field(t, column) for t in self.table.things for column in self.grouping if not column.nouns}
        prefixes = {word.key[:_PREFIX] for value in values for word in words_of(value) if len(word.key) >= _PREFIX}
        return {
            prefix: frozenset(v for v in values if any(word.key.startswith(prefix) for word in words_of(v)))
            for prefix in prefixes
        }

    @cached_property
    def context_stems(self) -> frozenset[str]:
        """The stems of the words that may stand beside an entry."""
        return frozenset(stem_of(word) for word in (*self._head.context, *self._head.anchors, *_ANCHORS))

    def _answer(self, question: str, kind: str, things: Sequence[Thing]) -> TaxonomyAnswer:
        table, names = self.table, tuple(thing.name for thing in things)
        brief = next((n for n, column in enumerate(table.fields) if column.id == "meaning"), 0)
        text = f"{self._head.title}, {len(names)} of {len(table.things)} {self._head.things}: {enumeration(names)}."
        value: object = len(names) if kind == "count" else list(names)
        if kind == "entry":
            text = " ".join(f"{thing.name}: {thing.fields[brief]}" for thing in things)
            ids = ("name", *table.field_ids)
            value = [dict(zip(ids, (thing.name, *thing.fields), strict=True)) for thing in things]
        notes = [table.notes.get((name, ""), "") for name in ("", *names)]
        notes += [note for (name, entry), note in table.notes.items() if entry and name in names]
        dated = f"As of {self._head.accessed}." if self._head.accessed else ""
        cells = (table.cell(thing.name, column) for thing in things[:4] for column in table.field_ids)
        return TaxonomyAnswer(
            question=question,
            kind=kind,
            found=True,
            models=names,
            value=value,
            text=text,
            note=joined([*notes, dated]),
            source=table.source(names if kind == "entry" else ()),
            cells=tuple(cell for cell in cells if cell.raw) if kind == "entry" else (),
            taxonomy=self._head.name,
            cite=table.cite(),
        )


class _Asked:
    """A question, read for one list."""

    def __init__(self, entries: EntryList, question: str, *, named: bool) -> None:
        self._list = entries
        self._head = entries.table.head
        self._words = words_of(question)
        self._keys = [word.key for word in self._words]
        self._mentions = entries.gazetteer.claim(self._words, question)
        self._named = named or bool(self._of("title"))
        self._rest = [m for m in self._mentions if m.sort not in _PASSED]
        self._anchored = any(key in entries.anchors for key in self._keys)

    def _of(self, sort: str) -> list[Mention]:
        return [mention for mention in self._mentions if mention.sort == sort]

    def group(self) -> tuple[str, tuple[Thing, ...]] | None:
        """All entries, or those of one kind: every word of the question must be one for them."""
        nouns, values = self._of("noun"), self._of("value")
        if any(not self._common(mention) for mention in self._of("entry")):
            return None
        themes = [found for m in self._rest if (found := self._list.themes(self._keys[m.first]))]
        if len(themes) < len(self._rest) or (self._head.named and not self._whole(nouns)):
            return None
        if not (nouns or self._named or (values and self._anchored)):
            return None
        placed = bool(nouns and self._of("place"))
        if not (self._named or placed or self._anchored or self._definite(nouns) or self._head.named):
            return None
        wanted = {mention.value for mention in nouns if mention.value}
        things = tuple(thing for thing in self._list.table.things if self._chosen(thing, wanted, values, themes))
        if one := self._numbered(nouns, things):
            return "entry", one
        counted = any(key in ("many", "number") for key in self._keys) and "which" not in self._keys
        if not things:
            return None
        return ("count" if counted else "entry" if wanted and len(things) == 1 else "filter"), things

    def _common(self, mention: Mention) -> bool:
        """Whether a mention has only words that are said of open models at large."""
        stems = {stem_of(key) for key in self._keys[mention.first : mention.last]}
        return stems <= _COMMON

    def _chosen(
        self, thing: Thing, wanted: set[str], values: Sequence[Mention], themes: Iterable[frozenset[str]]
    ) -> bool:
        """Whether an entry is of the groups that the nouns name, and of every value and theme."""
        fields = set(thing.fields)
        kinds = [column for column in self._list.grouping if set(column.nouns) & wanted]
        grouped = all(self._list.field(thing, column) in wanted for column in kinds)
        return grouped and all(m.value in fields for m in values) and all(fields & theme for theme in themes)

    def _numbered(self, nouns: Sequence[Mention], things: Sequence[Thing]) -> tuple[Thing, ...]:
        """The one entry that an ordinal asks for, ``the third recommendation``, ``what comes first``."""
        ordinals = self._of("ordinal")
        if len(ordinals) != 1 or not (nouns or self._named):
            return ()
        beside = nouns and nouns[0].first == ordinals[0].last
        number = int(ordinals[0].value) if beside or self._named else 0
        number = len(things) if ordinals[0].text.lower() == "last" else number
        return (things[number - 1],) if 0 < number <= len(things) else ()

    def _whole(self, nouns: Sequence[Mention]) -> bool:
        """Whether all entries are asked for of a list whose entries are else named."""
        said = {self._keys[mention.first] for mention in nouns}
        sourced = any(key in _SOURCES for key in self._keys)
        return bool(said & _PLACES) and (len(said) > 1 or sourced)

    def _definite(self, nouns: Sequence[Mention]) -> bool:
        """Whether a whole list of one noun is asked for with an article or its number, ``the five recommendations``."""
        sourced = any(key in ("paper", "eiras", "authors") for key in self._keys)
        if len(nouns) == 1 and sourced and (self._head.definite or not self._head.anchors):
            return True
        if not self._head.definite or len(nouns) != 1 or not nouns[0].first:
            return False
        if self._keys[nouns[0].first] not in (self._head.thing, self._head.things):
            return False
        if "many" in self._keys and not self._head.anchors:
            return True
        before = self._mentions[self._mentions.index(nouns[0]) - 1]
        if before.sort == "ordinal" and before.first:
            before = self._mentions[self._mentions.index(before) - 1]
        number = before.value or before.text
        return before.text.lower() in _DEFINITE or number == str(len(self._list.table.things))

    def entries(self) -> tuple[str, tuple[Thing, ...]] | None:
        """The entries named by a phrase of theirs; a single common word counts only beside an anchor."""
        found = self._of("entry")
        nouns = self._of("noun")
        phrased = any(mention.last - mention.first > 1 for mention in found)
        if self._head.named and not (found and (nouns or phrased or self._open_source()) and self._said_of()):
            return None
        if self._of("ordinal"):
            return None
        telling = [
            m
            for m in found
            if (m.last - m.first > 1 and not self._common(m)) or self._anchored or self._named or self._head.named
        ]
        if self._rest or not telling:
            covered = () if self._head.named else self._covered()
            return ("entry", covered) if covered else None
        names = dict.fromkeys(name for mention in telling for name in mention.value.split("\n"))
        return "entry", tuple(self._list.table.by_name[name] for name in names)

    def _said_of(self) -> bool:
        """Whether an entry is asked of as to AI or open source, and not as to law at large."""
        named = ("ai", "generative", "llm", "llms", "model", "models", "act", "order")
        return self._open_source() or any(key in named for key in self._keys)

    def _open_source(self) -> bool:
        return "open" in self._keys and "source" in self._keys

    def _covered(self) -> tuple[Thing, ...]:
        """The entries that hold every telling word of a question, of at least two."""
        asked = {
            stem_of(self._keys[n])
            for mention in self._mentions
            if mention.sort
            not in ("empty", "which", "what", "join", "soft", "not", "who", "all", "level", "compare", "source")
            for n in range(mention.first, mention.last)
        }
        telling = asked - self._list.context_stems
        if len(telling) < 2:
            return ()
        stems = {thing: {stem_of(word.key) for word in words_of(thing.name)} for thing in self._list.table.things}
        return tuple(thing for thing, known in stems.items() if telling <= known)
