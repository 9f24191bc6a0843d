"""Questions on a classification without grades, a list of entries: risks, claims, jurisdictions, steps."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from assistant.taxonomy.answer import TaxonomyAnswer
from assistant.taxonomy.mentions import NUMBER_WORDS
from assistant.taxonomy.schemes.scheme import Column, Scheme, Thing
from assistant.taxonomy.schemes.tolerant import TolerantReader
from assistant.taxonomy.schemes.words import Found, Names, Text, key_of, words_of
from assistant.taxonomy.wording import enumeration

__all__ = ["EntryQuestions"]

_ANCHORS = ("open", "opening", "openness", "generative")
_PLACES = frozenset(("jurisdictions", "countries"))
_DEFINITE = ("the", "all", "paper", "author", "authors", "eiras")
_ORDINALS = {word: n for n, word in enumerate(("first", "second", "third", "fourth", "fifth", "sixth"), 1)}
_ABOUT = ("section", "paper", "eiras", "author", "essay", "document", "library", "argue", "say")
"""Words for where the answer is sought, which ask for nothing."""
_SMALL = frozenset(
    "a an the of in for is are to and or by with as at on it its not that this no any be can could cannot than more"
    " from who all must always which how what when where why has have their while".split()
)


class EntryQuestions:
    """Finds the entries that a question asks for; a question with other matter in it finds none."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme

    def ask(self, question: str, *, named: bool = False) -> TaxonomyAnswer:
        """The entries, or an answer that is not found."""
        found = self._group(question, named) or self._by_words(question, named)
        if not found:
            return TaxonomyAnswer(question, "none", found=False)
        kind, things = found
        return self._answer(question, kind, things)

    def loosely(self, question: str) -> tuple[float, TaxonomyAnswer]:
        """The entries by a tolerant reading, and the share of the question that it understands; 0 for none."""
        found = self._tolerant.read(question)
        if found is None:
            return 0.0, TaxonomyAnswer(question, "none", found=False)
        return found.coverage, self._answer(question, found.kind, found.things)

    def told_apart(self, question: str) -> int:
        """How many words of a question point to this list and not to open models at large."""
        text = Text(question)
        return sum(text.has(word) for word in self.scheme.head.anchors if word not in _ANCHORS)

    def concept(self, phrase: str) -> tuple[Thing, ...]:
        """The entries that a phrase names, ``cannot be rolled back``."""
        return self._named(Text(phrase), anchored=True)

    @cached_property
    def _tolerant(self) -> TolerantReader:
        entries = {phrase: thing.name for thing in self.scheme.things for phrase in (thing.name, *thing.aliases)}
        return TolerantReader(self.scheme, self._nouns, self._titles, Names(entries))

    @cached_property
    def _nouns(self) -> Names:
        nouns = dict.fromkeys(self.scheme.head.nouns, "")
        for column in self._grouping:
            nouns |= {word: value for value, words in column.nouns.items() for word in words}
        return Names(nouns)

    @cached_property
    def _grouping(self) -> tuple[Column, ...]:
        return tuple(column for column in self.scheme.fields if column.groups)

    @cached_property
    def _values(self) -> Names:
        """Values of the fields that things are asked for by, such as a section's number or a theme."""
        named = {}
        for thing in self.scheme.things:
            for column in self._grouping:
                value = thing.fields[self.scheme.fields.index(column)]
                named[value] = f"{column.id}\n{value}"
        return Names(named)

    @cached_property
    def _phrases(self) -> Names:
        phrases: dict[str, str] = {}
        for thing in self.scheme.things:
            for phrase in (thing.name, *thing.aliases):
                key = key_of(phrase)
                phrases[phrase] = f"{phrases[phrase]}\n{thing.name}" if phrase in phrases else thing.name
                phrases.setdefault(key, phrases[phrase])
        return Names(phrases)

    @cached_property
    def _titles(self) -> Names:
        """What names the list as a whole; ``claims`` alone is a common word."""
        head = self.scheme.head
        names = head.name.split("-")
        said = (" ".join(names), " of ".join(reversed(names))) if len(names) > 1 else ()
        return Names({head.title: ""} | dict.fromkeys(said, ""))

    @cached_property
    def _place(self) -> Names:
        """Where the list stands, ``Section 5.2``."""
        return Names({self.scheme.head.table: ""})

    def _anchored(self, text: Text) -> bool:
        return text.has(*(self.scheme.head.anchors or _ANCHORS))

    def _group(self, question: str, named: bool) -> tuple[str, tuple[Thing, ...]] | None:
        """All entries, or those of one kind: every word of the question must be one for them."""
        text = Text(question)
        named = bool(text.claim(self._titles)) or named
        nouns = text.claim(self._nouns)
        values = text.claim(self._values)
        placed = bool(nouns and text.claim(self._place))
        if self.scheme.head.named and not self._whole(text, nouns):
            return None
        if not (nouns or named or (values and self._anchored(text))):
            return None
        if text.rest((*self.scheme.head.context, *_ABOUT, *_ORDINALS, "last")):
            return None
        if not (named or placed or self._anchored(text) or self._definite(text, nouns) or self.scheme.head.named):
            return None
        wanted = {found.value for found in nouns if found.value}
        places = [column for column in self._grouping if set(column.nouns) & wanted]
        things = [
            thing
            for thing in self.scheme.things
            if (not wanted or any(thing.fields[self.scheme.fields.index(c)] in wanted for c in places))
            and all(self._has(thing, found.value) for found in values)
        ]
        if one := self._numbered(text, nouns, things):
            return "entry", one
        counted = text.has("many", "number") and not text.has("which")
        return ("count" if counted else "entry" if wanted and len(things) == 1 else "filter"), tuple(things)

    def _numbered(self, text: Text, nouns: Sequence[Found], things: Sequence[Thing]) -> tuple[Thing, ...]:
        """The one entry that an ordinal before the noun asks for, ``the third recommendation``."""
        before = text.words[nouns[0].start - 1] if len(nouns) == 1 and nouns[0].start else ""
        number = _ORDINALS.get(before, len(things) if before == "last" else 0)
        return (things[number - 1],) if 0 < number <= len(things) else ()

    def _whole(self, text: Text, nouns: Sequence[Found]) -> bool:
        """Whether all things are asked for of a list whose things are else named: what they are, and what of them."""
        said = {text.words[found.start] for found in nouns}
        return len(said & _PLACES) == 1 and len(said) > 1

    def _definite(self, text: Text, nouns: Sequence[Found]) -> bool:
        """Whether a whole list of one noun is asked for with an article or its number, ``the five recommendations``."""
        if not self.scheme.head.definite or len(nouns) != 1:
            return False
        if text.has("paper", "eiras", "authors"):
            return True
        if nouns[0].start == 0:
            return False
        before = text.words[nouns[0].start - 1]
        if (before in _ORDINALS or before == "last") and nouns[0].start > 1:
            before = text.words[nouns[0].start - 2]
        if text.words[nouns[0].start] not in (self.scheme.head.thing, self.scheme.head.things):
            return False
        return before in _DEFINITE or str(NUMBER_WORDS.get(before, before)) == str(len(self.scheme.things))

    def _has(self, thing: Thing, value: str) -> bool:
        name, _, wanted = value.partition("\n")
        return any(thing.fields[n] == wanted for n, column in enumerate(self.scheme.fields) if column.id == name)

    def _by_words(self, question: str, named: bool) -> tuple[str, tuple[Thing, ...]] | None:
        text = Text(question)
        named = bool(text.claim(self._titles)) or named
        things = self._named(text, anchored=named or self._anchored(text))
        return ("entry", things) if things else None

    def _named(self, text: Text, *, anchored: bool) -> tuple[Thing, ...]:
        """The entries named by a phrase of theirs; a single common word counts only beside an anchor."""
        head = self.scheme.head
        nouns = text.claim(self._nouns) if head.named else []
        found = text.claim(self._phrases)
        telling = nouns or any(item.end - item.start > 1 for item in found)
        if head.named and not (telling and found and text.has(*head.context)):
            return ()
        text.claim(self._nouns)
        if text.rest((*head.context, *_ABOUT, "claim", "model")):
            return self._covered(text)
        long = [item for item in found if item.end - item.start > 1 or anchored or head.named]
        if not long:
            return ()
        names = dict.fromkeys(name for item in long for name in item.value.split("\n"))
        return tuple(self.scheme.by_name[name] for name in names)

    def _covered(self, text: Text) -> tuple[Thing, ...]:
        """The entries that hold every telling word of a question, of at least two."""
        from index.analyzer import stem

        asked = {stem(word) for word in text.words if word not in _SMALL}
        context = {stem(word) for word in self.scheme.head.context}
        telling = asked - context
        if len(telling) < 2:
            return ()
        return tuple(thing for thing in self.scheme.things if telling <= {stem(word) for word in words_of(thing.name)})

    def _answer(self, question: str, kind: str, things: Sequence[Thing]) -> TaxonomyAnswer:
        scheme, names = self.scheme, tuple(thing.name for thing in things)
        brief = next((n for n, column in enumerate(scheme.fields) if column.id == "meaning"), 0)
        if kind == "entry":
            text = " ".join(f"{thing.name}: {thing.fields[brief]}" for thing in things)
        else:
            text = (
                f"{scheme.head.title}, {len(names)} of {len(scheme.things)} {scheme.head.things}: {enumeration(names)}."
            )
        notes = [scheme.notes.get((name, ""), "") for name in ("", *names)]
        notes += [note for (name, entry), note in scheme.notes.items() if entry and name in names]
        dated = f"As of {scheme.head.accessed}." if scheme.head.accessed else ""
        value: object = len(names) if kind == "count" else list(names)
        if kind == "entry":
            value = [
                dict(zip(("name", *(c.id for c in scheme.fields)), (t.name, *t.fields), strict=True)) for t in things
            ]
        return TaxonomyAnswer(
            question=question,
            kind=kind,
            found=True,
            models=names,
            value=value,
            text=text,
            note=" ".join(part for part in (*notes, dated) if part),
            source=scheme.source(names if kind == "entry" else ()),
            cells=tuple(cell for thing in things[:4] for cell in scheme.row(thing)) if kind == "entry" else (),
            taxonomy=scheme.head.name,
            cite=scheme.cite(),
        )
