"""What an entry's words look like to the tagger: each word of a reference list's entry as a list of features."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["features", "words_of"]

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d{2}[a-z]?(?![\d])")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?){1,4}[,;:.]?")
_NAME = re.compile(r"[A-ZÀ-Þ][\w’'-]+[,;.]?")
_RANGE = re.compile(r"\d+\s?[-–—]+\s?\w*\d+")
_DIGIT = re.compile(r"\d")
_KINDS = (
    (
        "months",
        "jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august "
        "september october november december spring summer autumn fall winter",
    ),
    ("meeting", "proc proceedings conference workshop symposium annual international meeting congress advances"),
    (
        "journal",
        "journal transactions j trans letters review reviews annals bulletin magazine quarterly lett rev ann "
        "bull acta phys chem science nature ieee acm archives computational linguistics preprint arxiv corr abs",
    ),
    (
        "publisher",
        "press university publishers publishing springer elsevier wiley verlag inc ltd books routledge mit "
        "association sons editions edition company",
    ),
    ("report", "thesis phd dissertation report technical tech tr department dept institute laboratory master masters"),
    ("place", "usa uk london york new cambridge berlin paris oxford chicago san ca ma ny germany france netherlands"),
    ("editing", "ed eds editor editors edited éd hrsg herausgegeben translated trans"),
    ("paging", "p pp page pages seiten s"),
    ("volume", "vol volume no number issue nr n° band bd art article chapter"),
    ("online", "available online retrieved accessed http https www doi url html pdf org com"),
    ("and", "and & und et y e"),
    ("particle", "von van der den de del della di da dos du la le ter ten al el bin ibn"),
    ("others", "et al others"),
    ("within", "in:in"),
    (
        "small",
        "of the a an and in on for to with from by at as is are how what why between using via over under into "
        "through its their towards toward",
    ),
)
_CLASSES: dict[str, list[str]] = {}
for _kind, _listed in _KINDS:
    for _word in _listed.replace(":", " ").split():
        _CLASSES.setdefault(_word, []).append(_kind)


def words_of(entry: str) -> list[tuple[int, int]]:
    """Where the words of an entry stand, cut at white space."""
    return [match.span() for match in re.finditer(r"\S+", entry)]


def features(words: list[str]) -> list[list[str]]:
    """For each word its own marks, those of its neighbours, and where in the entry it stands."""
    own = [_marks(word) for word in words]
    years = [bool(_YEAR.search(word)) for word in words]
    opened = _opened(words)
    result = []
    seen_year = seen_stop = 0
    for n, word in enumerate(words):
        found = ["bias", *own[n], f"at={min(9, 10 * n // len(words))}", f"first={min(n, 4)}"]
        found.append(f"left={min(4, len(words) - 1 - n)}")
        found.append(f"years={seen_year}")
        found.append(f"ahead={min(2, sum(years[n + 1 :]))}")
        found.append(f"stops={min(3, seen_stop)}")
        found.extend(opened[n])
        for step in (-3, -2, -1, 1, 2, 3):
            at = n + step
            if 0 <= at < len(words):
                found.extend(f"{step}:{mark}" for mark in (own[at] if abs(step) < 2 else own[at][:5]))
            else:
                found.append(f"{step}:edge")
        if n:
            found.append(f"pair={_end(words[n - 1])}{_shape(word)}")
        result.append(found)
        seen_year = min(2, seen_year + years[n])
        seen_stop += _ends_sentence(words, n)
    return result


def _marks(word: str) -> list[str]:
    """The first five are what distant neighbours are told of."""
    plain = unicodedata.normalize("NFKC", word).casefold().strip(".,;:()[]“”\"'’‘&?!")
    marks = [f"shape={_shape(word)}", f"end={_end(word)}", f"begin={_begin(word)}"]
    classes = _CLASSES.get(plain, ())
    marks.append(f"class={classes[0] if classes else '-'}")
    marks.append(f"kind={_kind_of(word)}")
    marks.extend(f"is={name}" for name in classes[1:])
    if plain and not _DIGIT.search(plain):
        marks.append(f"word={plain}")
        marks.append(f"tail={plain[-3:]}")
        marks.append(f"head={plain[:3]}")
        marks.append(f"length={min(len(plain), 8)}")
    return marks


def _kind_of(word: str) -> str:
    if _YEAR.search(word):
        bare = word.strip("(),.;:[]")
        return "year" if _YEAR.fullmatch(bare) else "with-year"
    if _INITIALS.fullmatch(word):
        return "initials"
    if _RANGE.search(word):
        return "range"
    if re.match(r"(?:https?:|www\.)|.*\.(?:com|org|edu)\b", word):
        return "url"
    if re.match(r"(?:doi:|10\.\d{4,})", word, re.I):
        return "doi"
    if re.match(r"arxiv", word, re.I):
        return "arxiv"
    if _DIGIT.search(word):
        return "volume" if re.search(r"\d\(\d|:\d", word) else "number"
    return "name" if _NAME.fullmatch(word) else "other"


def _shape(word: str) -> str:
    """``Xx.`` of "Lee.", with runs drawn together."""
    drawn = "".join("X" if c.isupper() else "x" if c.islower() else "9" if c.isdigit() else c for c in word[:24])
    return re.sub(r"(.)\1+", r"\1", drawn)[:8]


def _end(word: str) -> str:
    return word[-1] if not word[-1].isalnum() else "-"


def _begin(word: str) -> str:
    return word[0] if not word[0].isalnum() else "-"


def _ends_sentence(words: list[str], n: int) -> bool:
    """A stop, question mark or closing quotation mark that ends no initial and no abbreviation."""
    word = words[n]
    return word[-1] in '.?!”"' and not _INITIALS.fullmatch(word) and len(word.strip('.,”"')) > 2


def _opened(words: list[str]) -> list[list[str]]:
    """Whether each word stands in quotation marks or in parentheses."""
    result, quoted, depth = [], False, 0
    for word in words:
        quoted = quoted or word.lstrip("([")[:1] in ("“", '"', "‘", "«") or word.startswith("``")
        depth += word.count("(") - word.count(")")
        inside = ["quoted"] if quoted else []
        result.append([*inside, "round"] if depth > 0 else inside)
        if re.search(r"[”\"’»][.,;:]?$|''[.,]?$", word) and len(word) > 1:
            quoted = False
    return result
