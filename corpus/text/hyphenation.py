"""Hyphens at line ends: whether they belong to the word or only to the line.

A document mostly decides this itself: ``hyphen-`` / ``ation`` is one word where ``hyphenation`` occurs unbroken, and
``mixed-`` / ``mode`` keeps its hyphen where ``mixed-mode`` does. Otherwise halves of lower-case letters are joined.
"""

import re
from collections import Counter
from collections.abc import Iterable

__all__ = ["HYPHENS", "Vocabulary", "join_lines"]

HYPHENS = "-\u2010\u00ad"
"""Hyphen-minus, hyphen and soft hyphen, with which a line may end inside a word."""

_SOFT = "\u00ad"
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*", re.UNICODE)
_TAIL = re.compile(r"[^\W\d_]+")
_COMPOUND_HEAD = re.compile(r"\b((?:[^\W\d_]+-)+)$")
_COMPOUND_TAIL = re.compile(r"(?:-[^\W\d_]+)+")
_LONGEST_WORD = 80
_ADDRESS = re.compile(r"://|www\.|\w@\w|\w\.\w+/")
_FUSING_HEADS = frozenset(
    "some with over under frame work data news down back there where here every what other like mean when then "
    "never home before fore thought".split()
)
_FUSING_TAILS = tuple("able ability less full some time thing what where body ment line work".split())
_HYPHENATING_HEADS = frozenset({"self", "well", "quasi", "all", "half"})
"""Words that English hyphenates with any following word but the endings below."""
_ENDINGS = ("ish", "less", "hood", "ness", "ing", "ings", "ed", "er", "ers", "ow", "ows", "owed", "en")
_QUALIFYING_HEADS = frozenset({"best", "most", "least", "low", "single", "double", "fine", "large", "open", "hand"})
"""Words that English hyphenates with a following word, if the document has that word."""
_HYPHENATED_TAILS = frozenset(
    "based specific aware driven rich oriented related dependent level agnostic guided generated trained annotated "
    "labeled labelled style free like shaped sensitive invariant augmented conditioned".split()
)
"""Words that English hyphenates with a preceding word, if the document has that word."""
_ADVERB = re.compile(r"(?:.{3,}[^aip]|.{2,}all)ly")
"""``publicly-available``; not ``analy-sis``, ``simply-fy`` or ``multiply-ing``."""
_FIXED = frozenset(
    {"so-called", "so-to", "one-to", "end-to", "up-to", "by-product", "de-facto", "in-depth", "in-house"}
)
"""Compounds of words as short as syllables."""
_SUSPENDED = frozenset({"and", "or", "to", "und", "oder", "et", "ou"})


class Vocabulary:
    """Counts of a document's words that no line end can have cut.

    >>> words = Vocabulary(["A mixed-mode tracer with hyphenation."])
    >>> words.count("hyphenation"), words.count("mixed-mode"), words.count("mixedmode")
    (1, 1, 0)
    """

    def __init__(self, lines: Iterable[str] = ()) -> None:
        self._words: Counter[str] = Counter()
        self._heads: Counter[str] = Counter()
        self._tails: Counter[str] = Counter()
        broken = False
        for line in lines:
            broken = self._learn(line.strip(), broken)
        for word in self._words:
            if "-" in word:
                head, _, tail = word.partition("-")
                self._heads[head] += 1
                self._tails[tail] += 1

    def _learn(self, line: str, broken: bool) -> bool:
        """Count the whole words of a line; return whether it ends inside a word."""
        words = list(_WORD.finditer(line.replace("\u2010", "-")))
        ends_broken = line.endswith(tuple(HYPHENS))
        first = 1 if broken else 0
        last = len(words) - 1 if ends_broken else len(words)
        for match in words[first:last]:
            self._words[match[0].casefold()] += 1
        return ends_broken

    def count(self, word: str) -> int:
        """How often the word occurs uncut in the document, in any case."""
        return self._words[word.casefold()]

    def builds_compounds(self, head: str, tail: str) -> bool:
        """Whether other words show that ``head-tail`` is a compound.

        ``word-based`` is one if there are two others in ``-based``; so is a pair of words that both occur alone, unless
        they mostly fuse, as ``some`` and ``able`` do.
        """
        head, tail = head.casefold(), tail.casefold()
        if tail in _HYPHENATED_TAILS and len(head) >= 4 and self._forms(head):
            return True
        if head in _QUALIFYING_HEADS and len(tail) >= 4 and tail not in _ENDINGS and self._forms(tail):
            return not tail.startswith(_FUSING_TAILS)
        if self._heads[head] >= 2 and self._words[tail] > 0:
            return True
        if self._tails[tail] >= 2 and self._words[head] > 0 and len(head) > 2:
            return True
        stand_alone = min(self._forms(head), self._forms(tail)) >= 2 and min(len(head), len(tail)) >= 4
        return stand_alone and head not in _FUSING_HEADS and not tail.startswith(_FUSING_TAILS)

    def _forms(self, word: str) -> int:
        """How often a word occurs uncut, singular or plural."""
        other = word[:-1] if word.endswith("s") and not word.endswith("ss") else f"{word}s"
        return self._words[word] + self._words[other]


def join_lines(left: str, right: str, vocabulary: Vocabulary) -> str:
    """Join two lines of a paragraph, with a space or by joining the word that they cut.

    >>> join_lines("an aver-", "age of", Vocabulary())
    'an average of'
    >>> join_lines("the BERT-", "based model", Vocabulary())
    'the BERT-based model'
    """
    left, right = left.rstrip(), right.lstrip()
    spaced = f"{left} {right}" if left and right else left + right
    if not right or not left.endswith(tuple(HYPHENS)):
        return spaced
    stem = left.rsplit(maxsplit=1)[-1][:-1]
    if not stem or stem[-1] in HYPHENS or right.split(maxsplit=1)[0] in _SUSPENDED:
        return spaced
    return (left[:-1] if left[-1] == _SOFT or _drops_hyphen(stem, right, vocabulary) else left) + right


def _drops_hyphen(stem: str, right: str, vocabulary: Vocabulary) -> bool:
    """Whether the hyphen between the token ``stem`` and the line ``right`` belongs only to the line."""
    tail_match = _TAIL.match(right)
    head = _TAIL.match(stem[::-1][:_LONGEST_WORD])
    if not tail_match or not head or _ADDRESS.search(stem):
        return False
    rest = _COMPOUND_TAIL.match(right, tail_match.end())
    return _drops(stem[: -head.end()], stem[-head.end() :], tail_match[0], rest[0] if rest else "", vocabulary)


def _drops(before: str, head: str, tail: str, rest: str, vocabulary: Vocabulary) -> bool:
    """Whether ``head`` and ``tail`` are one word; ``before`` and ``rest`` are attached to them."""
    compound_before = _COMPOUND_HEAD.search(before[-_LONGEST_WORD:].replace("\u2010", "-"))
    prefix = compound_before[1] if compound_before else ""
    joined = vocabulary.count(head + tail) + vocabulary.count(prefix + head + tail)
    if rest:
        joined += vocabulary.count(head + tail + rest)
    kept = sum(vocabulary.count(whole) for whole in {f"{prefix}{head}-{tail}{rest}", f"{head}-{tail}"})
    if joined or kept:
        return joined >= kept
    if _is_english_compound(head.casefold(), tail.casefold()) or vocabulary.builds_compounds(head, tail):
        return False
    if rest and vocabulary.count(tail):
        return False
    return _is_plain_break(head, tail, before, vocabulary)


def _is_english_compound(head: str, tail: str) -> bool:
    """Whether English hyphenates these two, whatever the document does elsewhere."""
    if f"{head}-{tail}" in _FIXED:
        return True
    if tail in _ENDINGS or len(tail) < 4:
        return False
    return head in _HYPHENATING_HEADS or _ADVERB.fullmatch(head) is not None


def _is_plain_break(head: str, tail: str, before: str, vocabulary: Vocabulary) -> bool:
    """Whether two halves that the vocabulary lacks look like one word."""
    if before.endswith(("-", "\u2010")):
        return not vocabulary.count(tail)
    if tail.islower():
        return head.islower() or (head[0].isupper() and head[1:].islower() and vocabulary.count(tail) < 2)
    return head.isupper() and tail.isupper() and len(head) > 1
