"""Questions on a table without grades, a list of entries: risks, claims, jurisdictions, steps of a framework."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.taxonomy.gazetteer import Gazetteer, Mention, key_of, shared_words, stem_of, words_of
from assistant.taxonomy.table import Cell, Table, TaxonomyAnswer, Thing, enumeration, joined

__all__ = ["EntryList"]

_ANCHORS = ("open", "opening", "opened", "openness", "generative")
"""Words that anchor a question in a list that names none of its own."""
_PLACES = frozenset(("jurisdictions", "countries", "jurisdiction"))
_SOURCES = "paper author authors eiras section essay document library say says".split()
"""Words for where the answer is sought, which ask for nothing."""
_DEFINITE = ("the", "all", "paper", "author", "authors", "eiras")
_PREFIX = 6
"""Letters in which two words of a theme agree: ``society`` and ``societal``."""
_COMMON = frozenset(("fulli", "close", "open", "sourc", "model"))
"""Stems of words that are said of open models at large."""
_PASSED = frozenset(
    "empty which what all who when where define count compare level number join soft clause not row things"
    " components values ordinal given bound source context title noun value place entry licence howopen cells times"
    " neither".split()
)
"""What a question on a list may be made of."""
_UNTELLING = frozenset("empty which what join soft not who all level compare source".split())
_ON_MODELS = frozenset("ai generative llm llms model models act order".split())


class EntryList:
    """Finds the entries that a question asks for; a question with another word in it finds none."""

    def __init__(self, table: Table) -> None:
        self.table, self.head = table, table.head
        self.anchors = frozenset(table.head.anchors or _ANCHORS)
        self.grouping = [(place, column) for place, column in enumerate(table.fields) if column.groups]
        """The fields by whose values entries are asked for, with their places."""
        themes = [place for place, column in self.grouping if not column.nouns]
        self.values = frozenset(thing.fields[place] for thing in table.things for place in themes)
        """The values of the fields that group entries by a theme."""
        self.context = (*self.head.context, *self.head.anchors, *_ANCHORS)
        """Words that may stand beside an entry."""
        self.context_stems = frozenset(map(stem_of, self.context))
        self.name_stems = {thing: frozenset(stem_of(w.key) for w in words_of(thing.name)) for thing in table.things}
        self.gazetteer = self._words()

    def _words(self) -> Gazetteer:
        """The list's names and words, in front of those that all tables share."""
        head, words = self.head, Gazetteer(shared_words())
        named = head.name.split("-")
        for title in (head.title, *((" ".join(named), " of ".join(reversed(named))) if len(named) > 1 else ())):
            words.add(title, "title")
        phrases: dict[str, dict[str, None]] = {}
        for thing in self.table.things:
            for phrase in (thing.name, *thing.aliases):
                phrases.setdefault(key_of(phrase), {})[thing.name] = None
        for key, names in phrases.items():
            words.add(key, "entry", "\n".join(names))
        for place, column in self.grouping:
            for value, nouns in column.nouns.items():
                words.add_all(nouns, "noun", value)
            for thing in self.table.things:
                words.add(thing.fields[place], "value", thing.fields[place])
        words.add_all(head.nouns, "noun")
        words.add(head.table, "place")
        words.add_all(_SOURCES, "source")
        for ordinal, number in (("first", 1), ("sixth", 6), ("last", len(self.table.things))):
            words.add(ordinal, "ordinal", str(number))
        words.add_all([f"{word}~" for word in self.context], "context")
        return words

    def ask(self, question: str, *, named: bool = False) -> TaxonomyAnswer:
        """The entries, or an answer that is not found; ``named`` says that the list is meant."""
        asked = _Asked(self, question, named=named)
        kind, things = asked.group() or ("entry", asked.entries())
        return self._answer(question, kind, things) if things else TaxonomyAnswer(question, "none", found=False)

    def telling_words(self, question: str) -> int:
        """How many words of a question point to this list and not to open models at large."""
        return sum(word.key in self.head.anchors and word.key not in _ANCHORS for word in words_of(question))

    def _answer(self, question: str, kind: str, things: Sequence[Thing]) -> TaxonomyAnswer:
        table, head, names = self.table, self.head, tuple(thing.name for thing in things)
        value: Any = len(names) if kind == "count" else list(names)
        text = f"{head.title}, {len(names)} of {len(table.things)} {head.things}: {enumeration(names)}."
        cells: list[Cell] = []
        if kind == "entry":
            brief = table.field_ids.index("meaning") if "meaning" in table.field_ids else 0
            value = [dict(zip(("name", *table.field_ids), (t.name, *t.fields), strict=True)) for t in things]
            text = " ".join(f"{thing.name}: {thing.fields[brief]}" for thing in things)
            cells = [table.cell(name, column) for name in names[:4] for column in table.field_ids]
        notes = [table.notes.get((name, ""), "") for name in ("", *names)]
        notes += [note for (name, column), note in table.notes.items() if column and name in names]
        notes.append(f"As of {head.accessed}." if head.accessed else "")
        return TaxonomyAnswer(
            question, kind, True, names, (), value, text, joined(notes),
            table.source(names if kind == "entry" else ()), tuple(cell for cell in cells if cell.raw),
            taxonomy=head.name, cite=table.cite(),
        )  # fmt: skip


class _Asked:
    """A question, read for one list."""

    def __init__(self, entries: EntryList, question: str, *, named: bool) -> None:
        self._list, self._head, self._table = entries, entries.head, entries.table
        words = words_of(question)
        self._keys = [word.key for word in words]
        self._mentions = entries.gazetteer.claim(words, question)
        self._nouns, self._entries = self._of("noun"), self._of("entry")
        self._rest = [m for m in self._mentions if m.sort not in _PASSED]
        self._named = named or bool(self._of("title"))
        self._sure = self._named or self._head.named or self._has(*entries.anchors)

    def _of(self, sort: str) -> list[Mention]:
        return [mention for mention in self._mentions if mention.sort == sort]

    def _has(self, *keys: str) -> bool:
        return any(key in keys for key in self._keys)

    def group(self) -> tuple[str, tuple[Thing, ...]] | None:
        """All entries, or those of one kind: every word of the question must be one for them."""
        nouns, values = self._nouns, self._of("value")
        themes = [found for mention in self._rest if (found := self._theme(self._keys[mention.first]))]
        if len(themes) < len(self._rest) or not all(map(self._common, self._entries)):
            return None
        if not (nouns or self._named or values) or (self._head.named and not self._whole()):
            return None
        if not (self._sure or (nouns and self._of("place")) or self._definite()):
            return None
        # A noun that is a word of the context too names its kind only where no other noun does: "the framework".
        plain = [mention for mention in nouns if self._keys[mention.first] not in self._head.context]
        wanted = {mention.value for mention in plain if mention.value}
        wanted = wanted or {mention.value for mention in nouns if mention.value}
        kinds = [place for place, column in self._list.grouping if set(column.nouns) & wanted]
        things = tuple(
            thing
            for thing in self._table.things
            if all(thing.fields[place] in wanted for place in kinds)
            and all(mention.value in thing.fields for mention in values)
            and all(theme & set(thing.fields) for theme in themes)
        )
        if one := self._numbered(things):
            return "entry", one
        counted = self._has("many", "number") and not self._has("which")
        return "count" if counted else "entry" if wanted and len(things) == 1 else "filter", things

    def _theme(self, word: str) -> frozenset[str]:
        """The themes that a word speaks of, ``economic``."""
        start = word[:_PREFIX]
        found = (v for v in self._list.values if any(w.key.startswith(start) for w in words_of(v)))
        return frozenset(found if len(word) >= _PREFIX else ())

    def _common(self, mention: Mention) -> bool:
        return {stem_of(key) for key in self._keys[mention.first : mention.last]} <= _COMMON

    def _numbered(self, things: Sequence[Thing]) -> tuple[Thing, ...]:
        """The one entry that an ordinal asks for, ``the third recommendation``, ``what comes first``."""
        ordinals = self._of("ordinal")
        beside = ordinals and self._nouns and self._nouns[0].first == ordinals[0].last
        if len(ordinals) != 1 or not (beside or self._named):
            return ()
        number = len(things) if ordinals[0].text.lower() == "last" else int(ordinals[0].value)
        return tuple(things[number - 1 : number])

    def _whole(self) -> bool:
        """Whether places are asked for and not a word on one, ``which countries does the paper discuss``."""
        said = {self._keys[mention.first] for mention in self._nouns}
        return bool(said & _PLACES) and (len(said) > 1 or self._has(*_SOURCES))

    def _definite(self) -> bool:
        """Whether a list of one noun is asked for with an article or its number, ``the five recommendations``."""
        head, nouns = self._head, self._nouns
        if len(nouns) != 1 or not (head.definite or not head.anchors):
            return False
        if self._has("paper", "eiras", "authors"):
            return True
        if not head.definite or self._keys[nouns[0].first] not in (head.thing, head.things):
            return False
        before = [m for m in self._mentions if m.last <= nouns[0].first and m.sort != "ordinal"][-1:]
        number = str(len(self._table.things))
        article = any(m.text.lower() in _DEFINITE or number in (m.value, m.text) for m in before)
        return article or (self._has("many") and not head.anchors)

    def entries(self) -> tuple[Thing, ...]:
        """The entries named by a phrase of theirs; a single common word counts only beside an anchor."""
        phrased, open_source = any(map(self._phrase, self._entries)), {"open", "source"} <= set(self._keys)
        asked = bool(self._entries) and (self._nouns or phrased or open_source)
        on_models = open_source or self._has(*_ON_MODELS)
        if self._of("ordinal") or (self._head.named and not (asked and on_models)):
            return ()
        telling = [m for m in self._entries if self._sure or (self._phrase(m) and not self._common(m))]
        if self._rest or not telling:
            return () if self._head.named else self._covered()
        names = dict.fromkeys(name for mention in telling for name in mention.value.split("\n"))
        return tuple(self._table.by_name[name] for name in names)

    def _phrase(self, mention: Mention) -> bool:
        return " " in mention.text.strip() or key_of(mention.text) in map(key_of, mention.value.split("\n"))

    def _covered(self) -> tuple[Thing, ...]:
        """The entries whose names have all the telling words of a question."""
        words = [self._keys[m.first : m.last] for m in self._mentions if m.sort not in _UNTELLING]
        telling = {stem_of(key) for keys in words for key in keys} - self._list.context_stems
        return tuple(thing for thing, stems in self._list.name_stems.items() if len(telling) > 1 and telling <= stems)
