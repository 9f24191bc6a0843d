"""Sentences with offsets, and headings that stand in one line with their paragraph.

A wrong boundary truncates a quotation, a missed one only makes it longer; so in doubt there is none. The rules are few;
their word list is ``data/abbreviations.txt``.
"""

import re
from functools import cache
from importlib.resources import files

from corpus.model import Span

__all__ = ["run_in_end", "split_sentences"]

_CLOSERS = "\"'”’»)]}›"
_OPENERS = "\"'“‘«([{‹¿¡"
# A terminator, closing marks, perhaps a footnote number directly after them, then white space.
_CANDIDATE = re.compile(
    rf"(?P<stop>[.!?…]+|[。！？])(?P<close>[{re.escape(_CLOSERS)}]*)(?P<note>(?:\d{{1,3}}(?:,\d{{1,3}})*|[¹²³⁰-⁹†‡*]+)?)"
    r"(?=\s|(?<=[。！？]))"
)
_LAST_WORD = re.compile(r"[^\s(\[{“”\"‘/–—]+$")
_NEXT_WORD = re.compile(rf"\s*(?P<open>[{re.escape(_OPENERS)}]*)(?P<word>[^\s]+)")
_ABBREVIATED_WORD = re.compile(r"[A-Z][a-z]{1,4}")
_ABBREVIATED_WORD_NEXT = re.compile(r"([A-Z][a-z]{1,4})\.[,;:)\]]*")
"""Abbreviated words in a row, as in table headings and names of journals: "Learn. Res.", "Fin. Hun. Arm."."""
_EQUATION_NUMBER = re.compile(r"\s*\(\d{1,3}[a-z]?\)\s+[a-z]")
_STOPPED_BEFORE = re.compile(r"([^\W\d_][\w-]+)\.\s+[^\s.]+$")
_STARTERS = frozenset(
    "the this these those that a an we our they it its he she his her their there here in on at for from with by as if "
    "when while where what why how who which however moreover furthermore therefore thus hence then although though "
    "because since after before during to and but or so no not all some many most each every both such other another "
    "one two first second third finally also overall recently i you let given using based unlike despite".split()
)

_WORD = re.compile(r"\S+")
_MAX_HEADING_WORDS = 24
"""Maximum words of a run-in heading, with the first of the sentence after it."""
_MIN_CAPITALISED = 4
_SMALL = frozenset(
    "a an the of for in on at to and or but nor with by from as via vs. vs per be is are can its their than into over "
    "under not through between without within".split()
)
_SENTENCE_STARTERS = frozenset(
    "a an the this these those that there here it its they their we our you your i he she such another each every all "
    "both many most several some few various numerous one two first second third once when while although though if "
    "because since as after before during in on at for from with by to under within among across through despite "
    "unlike given using how what why who which however moreover furthermore therefore thus hence finally also even "
    "currently recently typically generally similarly".split()
)
"""First words of sentences that hardly any heading in title case ends with."""


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of ``text[start:end]``, in order, without white space around them.

    A line break is not a boundary: callers pass one paragraph at a time.

    >>> text = "See Fig. 3 of Smith et al. (2020). It works, cf. Sec. 4.2."
    >>> [span.within(text) for span in split_sentences(text)]
    ['See Fig. 3 of Smith et al. (2020).', 'It works, cf. Sec. 4.2.']
    """
    end = len(text) if end is None else end
    spans: list[Span] = []
    begin = start
    for match in _CANDIDATE.finditer(text, start, end):
        cut = match.end()
        if match.group("note") and not _is_note(text, match, end):
            continue
        if _ends_sentence(text, begin, match, end):
            _append(spans, text, begin, cut)
            begin = cut
    _append(spans, text, begin, end)
    return spans


def run_in_end(text: str, start: int, end: int) -> int:
    """Offset after the heading that opens the paragraph ``text[start:end]`` without a full stop; else ``start``.

    Such a heading shows by its capitals only: several words in title case, then a word that begins sentences, then
    lower case. In doubt heading and sentence stay together.

    >>> text = "Weights Cannot be Taken Back Once a model is public, anyone keeps it."
    >>> text[run_in_end(text, 0, len(text)):]
    'Once a model is public, anyone keeps it.'
    """
    capitalised: list[re.Match[str]] = []
    for number, word in enumerate(_WORD.finditer(text, start, end)):
        bare = word.group().rstrip(",")
        if _is_capitalised(bare):
            capitalised.append(word)
        elif not (bare in _SMALL and capitalised):
            break
        if number >= _MAX_HEADING_WORDS or word.group()[-1] in ".!?…":
            return start
    else:
        return start
    if len(capitalised) <= _MIN_CAPITALISED:
        return start
    *heading, opening = capitalised
    ends_plainly = text[: opening.start()].rstrip()[-1] not in ",;–—-([" and heading[-1].end() + 1 == opening.start()
    first = opening.group().rstrip(",")
    opens = first.lower() in _SENTENCE_STARTERS or first == heading[0].group()
    return opening.start() if opens and ends_plainly else start


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append(Span(start, end))


def _is_note(text: str, match: re.Match[str], end: int) -> bool:
    """Whether digits after a full stop are a footnote mark: "before.12 Later", not "version 3.11 Later"."""
    before = text[match.start() - 1] if match.start() else ""
    return before.isalpha() or before in _CLOSERS or not match.group("note")[0].isdigit()


def _ends_sentence(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    following = _NEXT_WORD.match(text, match.end(), end)
    if following is None:
        return True
    stop, word, opened = match.group("stop"), following.group("word"), following.group("open")
    if not _may_open(word, opened) or _EQUATION_NUMBER.match(text, match.end(), end):
        return False
    if stop != "." and opened[:1] in ("(", "[") and match.group("close"):
        return False  # a quoted title with its translation: “Wie bitte?” (“Pardon?”)
    if stop not in (".", "…", "...") or match.group("close").strip("'\"”’»"):
        # "!", "?", or a full stop before a closing bracket: "(They did.) Next"
        return stop != "." or not _abbreviated(text, begin, match, word)
    return not _abbreviated(text, begin, match, word)


def _may_open(word: str, opened: str) -> bool:
    """Whether a word can be the first of a sentence: capital, digit, bracket, or a term like "α-helix" or "mRNA"."""
    first = word[0]
    if first in _CLOSERS:
        return False  # white space before a closing quotation mark: “ So ? ” she asked
    if first.isupper() or first.isdigit() or not first.isascii():
        return not (first.isalpha() and first.islower() and first.isascii())
    if first.isalpha():
        return any(char.isupper() or char.isdigit() for char in word[1:])
    return bool(opened) or first in "#@$€£§•–—-*<"


def _abbreviated(text: str, begin: int, match: re.Match[str], following: str) -> bool:
    if match.group("stop") != ".":
        return False
    found = _LAST_WORD.search(text, begin, match.start())
    if found is None:
        return False
    word = found.group()
    opens = following.rstrip(",;:").lower() in _STARTERS
    if not text[begin : found.start()].strip() and re.fullmatch(r"(?:\d{1,3}|[ivxIVX]{1,4}|[A-Za-z])(?:\.\d+)*", word):
        return True  # the number of a list item or a heading: "3. Results"
    if len(word) == 1 and word.isalpha():
        return not opens  # an initial, "p. 3", or "vitamin C. The", "with probability p. For"
    never, may = _abbreviations()
    bare = word.lower()
    if bare in may:
        return not opens
    if bare in never:
        return True
    before = _STOPPED_BEFORE.search(text, max(begin, match.start() - 60), match.start())
    if before is not None and before[1].lower() not in never | may and not opens:
        return True  # abbreviated words in a row: "unigr. bigr. LSTM"
    if _ABBREVIATED_WORD.fullmatch(word) and (after := _ABBREVIATED_WORD_NEXT.fullmatch(following)):
        return after[1].lower() not in never
    return bool(re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word)) and not opens


@cache
def _abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    """Abbreviations that never end a sentence, and those that may."""
    never: set[str] = set()
    may: set[str] = set()
    data = files("corpus.text").joinpath("data/abbreviations.txt").read_text("utf-8")
    for line in data.splitlines():
        entry = line.strip()
        if entry and not entry.startswith("#"):
            (may if entry.startswith("~") else never).add(entry.lstrip("~"))
    return frozenset(never), frozenset(may)


def _is_capitalised(word: str) -> bool:
    """Whether a word is in title case, a number or a sign: "Open-Source", "#1:", "3"."""
    return word[:1].isupper() or word[:1].isdigit() or word[:1] in tuple("#&(") or word in ("–", "—", "-")
