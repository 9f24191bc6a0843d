"""The words of a question, and the longest names among them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from assistant.taxonomy.lexicon import lexicon, unframed

__all__ = ["Found", "Names", "Text", "key_of"]

_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")
_LONGEST_NAME = 8
_CUES = frozenset(
    "which what who whose how many much number count share percentage percent proportion fraction part compare"
    " compared difference differ differences versus vs most least best worst rank top level levels open closed"
    " openness list all show name give mean means meant understand understood involve involves define definition"
    " explain meaning not no never without than more less other except have has had is are was were do does did at"
    " with and or but can cannot bring brings pose poses offer offers according et al discuss discusses discussed"
    " raise raises raised consist consists comprise comprises through ask asks asked".split()
)


@lru_cache(maxsize=256)
def words_of(text: str) -> tuple[str, ...]:
    """The words in small letters, accents and hyphens gone: ``GPT-3.5`` gives ``gpt``, ``3.5``."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("'s", "").replace("’s", "")
    return tuple(_WORD.findall(re.sub(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])", " ", plain)))


@lru_cache(maxsize=4096)
def key_of(name: str) -> str:
    """A name as it is looked up: its words, joined by spaces."""
    return " ".join(words_of(name))


@dataclass(frozen=True, slots=True)
class Found:
    """A name in a question."""

    value: str
    start: int
    end: int
    """Places among the question's words."""


class Text:
    """A question as words, each of which can be claimed once."""

    def __init__(self, question: str) -> None:
        self.question = question
        self.words = words_of(unframed(question))
        self.claimed = [False] * len(self.words)

    def claim(self, names: Names) -> list[Found]:
        """The longest names, from the left; their words are claimed."""
        found, at = [], 0
        while at < len(self.words):
            stop = min(len(self.words), at + min(_LONGEST_NAME, names.longest))
            for end in range(stop, at, -1):
                value = names.by_key.get(" ".join(self.words[at:end]))
                if value is not None and not any(self.claimed[at:end]):
                    self.claimed[at:end] = [True] * (end - at)
                    found.append(Found(value, at, end))
                    at = end - 1
                    break
            at += 1
        return found

    def has(self, *words: str) -> bool:
        """Whether one of these words is there."""
        return any(word in self.words for word in words)

    def rest(self, context: Iterable[str] = ()) -> list[str]:
        """The words that are neither claimed nor small words nor words of the context."""
        spare = {key_of(word) for word in context}
        filler = lexicon().filler
        return [
            word
            for word, claimed in zip(self.words, self.claimed, strict=True)
            if not claimed and word not in _CUES and not filler.fullmatch(word) and not _among(word, spare)
        ]


def _among(word: str, spare: set[str]) -> bool:
    return word in spare or re.sub(r"(?:s|ed|ing)$", "", word) in spare


class Names:
    """Names and what each of them means."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.by_key = {key: value for name, value in names.items() if (key := key_of(name))}
        self.longest = max((key.count(" ") + 1 for key in self.by_key), default=0)

    def nearest(self, written: str, cutoff: int = 84) -> tuple[str, str] | None:
        """The key and the value that a misspelt name is likeliest to mean, where one is near."""
        from rapidfuzz import fuzz, process

        if len(written) < 4:
            return None
        best = process.extractOne(written, self.by_key.keys(), scorer=fuzz.ratio, score_cutoff=cutoff)
        return (best[0], self.by_key[best[0]]) if best else None
