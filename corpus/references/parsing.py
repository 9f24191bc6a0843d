"""The fields of a reference list's entry: authors, year, title, venue, pages and identifiers.

A conditional random field (trained by ``training/train_reference_tagger.py``) labels each word of the entry with its
field, from the word's form, its neighbours and its place; rules cut the fields from the labelled runs.
"""

import re
import threading
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from corpus.model import Reference
from corpus.records.names import families
from corpus.text.identifiers import DOI_PREFIX, arxiv_in, doi_in, url_in, without_identifiers

__all__ = ["MODEL_FILE", "YEAR", "features", "parse_entry", "words_of"]

MODEL_FILE = Path(__file__).parent / "data" / "fields.crf"
YEAR = r"(?:1[5-9]|20)\d{2}[a-z]?"
"""Pattern of a year with the letter that tells works of one year apart."""

_YEAR_TOKEN = re.compile(rf"(?<!\d){YEAR}(?!\d)")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?){1,4}[,;:.]?")
_NAME = re.compile(r"[A-ZÀ-Þ][\w’'-]+[,;.]?")
_RANGE = re.compile(r"\d+\s?[-–—]+\s?\w*\d+")
_DIGIT = re.compile(r"\d")
# Features of the trained model: a changed list needs a new training.
_KINDS = {
    "months": "jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august "
    "september october november december spring summer autumn fall winter",
    "meeting": "proc proceedings conference workshop symposium annual international meeting congress advances",
    "journal": "journal transactions j trans letters review reviews annals bulletin magazine quarterly lett rev ann "
    "bull acta phys chem science nature ieee acm archives computational linguistics preprint arxiv corr abs",
    "publisher": "press university publishers publishing springer elsevier wiley verlag inc ltd books routledge mit "
    "association sons editions edition company",
    "report": "thesis phd dissertation report technical tech tr department dept institute laboratory master masters",
    "place": "usa uk london york new cambridge berlin paris oxford chicago san ca ma ny germany france netherlands",
    "editing": "ed eds editor editors edited éd hrsg herausgegeben translated trans",
    "paging": "p pp page pages seiten s",
    "volume": "vol volume no number issue nr n° band bd art article chapter",
    "online": "available online retrieved accessed http https www doi url html pdf org com",
    "and": "and & und et y e",
    "particle": "von van der den de del della di da dos du la le ter ten al el bin ibn",
    "others": "et al others",
    "within": "in:in",
    "small": "of the a an and in on for to with from by at as is are how what why between using via over under into "
    "through its their towards toward",
}

_CLASSES: dict[str, list[str]] = {}
for _kind, _listed in _KINDS.items():
    for _word in _listed.replace(":", " ").split():
        _CLASSES.setdefault(_word, []).append(_kind)

_NUMBER = re.compile(r"^(?:\[(?P<bracket>\d{1,3})\]|\((?P<round>\d{1,3})\)|(?P<plain>\d{1,3})\.)\s+")
_NAME_MARK = re.compile(r"^\[(?P<authors>[A-Z][^\[\]]{0,70}?),?\s*(?P<year>(?:\d{2}|\d{4})[a-z]?)\]\s*")
_CITED_AS = re.compile(rf"^(?P<authors>[^()]{{2,80}}?)\s*\((?P<year>{YEAR}|n\.d\.)\)\s+(?=\S)")
_ANY_YEAR = re.compile(rf"(?<![\d:/-])(?P<year>{YEAR})(?![\d/-])")
_QUOTES = "“”\"„«»`'"
_MARKED_PAGES = re.compile(r"\b(?:pp?\.|pages?|S\.)\s?(?P<pages>[A-Z]?\d+(?:\s?[-–—]\s?[A-Z]?\d+)?)")
_WITHIN = re.compile(r"(?<=[.?!”\"])\s(?:In:\s|In\s(?=Proc|Adv|[A-Z]{3}))")
_VENUE_WORDS = 6
"""Words after a title's full stop up to which they are a venue."""
_LONE_TITLE = re.compile(r"\W*(?P<title>[^\W\d_][^.?!]{3,250}[?!]?)(?:[.?!]\s|[.?!]?$)")

_TAGGER_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class _Tagged:
    """A run of words of one field; offsets are code points of the entry."""

    field: str
    """``author``, ``title``, ``date``, ``venue``, ``volume``, ``pages``, ``publisher``, ``location``, ``editor``,
    ``number`` or ``note``."""
    start: int
    end: int


def parse_entry(entry: str, start: int = 0) -> Reference:
    """Parse the text of one entry, which begins at ``start`` in its document; fields that it lacks are empty."""
    number = _NUMBER.match(entry)
    body = entry[number.end() :] if number else entry
    cited_as = _CITED_AS.match(body)
    if cited_as and _repeats(body, cited_as):
        # "Ahia et al. (2023) Orevaoghene Ahia, … 2023. Title.": the mark is not part of the entry.
        body = body[cited_as.end() :]
    else:
        cited_as = None
    body = _NAME_MARK.sub("", body)
    tagged = _tag_fields(body)
    # Later runs of authors are editors or belong to another work.
    byline = next((body[tag.start : tag.end].strip(" ,;:") for tag in tagged if tag.field == "author"), "")
    return Reference(
        start=start,
        end=start + len(entry),
        byline=byline,
        authors=families(cited_as["authors"] if cited_as else byline),
        year=_year(body, tagged) or (cited_as["year"] if cited_as else ""),
        title=_title(body, tagged),
        venue=re.sub(r"^in:?\s+", "", _joined(body, tagged, "venue"), flags=re.I),
        pages=_pages(body, tagged),
        doi=doi_in(body),
        arxiv=arxiv_in(body),
        url=url_in(body),
        label=(number["bracket"] or number["round"] or number["plain"]) if number else "",
    )


def words_of(entry: str) -> list[tuple[int, int]]:
    """The spans of an entry's words, split at white space."""
    return [match.span() for match in re.finditer(r"\S+", entry)]


def features(words: list[str]) -> list[list[str]]:
    """For each word its own features, those of its neighbours, and its position in the entry."""
    own = [_marks(word) for word in words]
    years = [bool(_YEAR_TOKEN.search(word)) for word in words]
    opened = _opened(words)
    result = []
    seen_year = seen_stop = 0
    for n, word in enumerate(words):
        found = ["bias", *own[n], f"at={min(9, 10 * n // len(words))}", f"first={min(n, 4)}"]
        found += [f"left={min(4, len(words) - 1 - n)}", f"years={seen_year}", f"ahead={min(2, sum(years[n + 1 :]))}"]
        found += [f"stops={min(3, seen_stop)}", *opened[n]]
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


def _repeats(body: str, cited_as: re.Match[str]) -> bool:
    """Whether names and year before the entry are a citation mark, because the entry has them again."""
    rest, year = body[cited_as.end() :], cited_as["year"]
    if cited_as["authors"].rstrip().endswith(("et al.", "et al")):
        return True
    first = re.match(r"[\w’'-]+", cited_as["authors"])
    return year in rest and first is not None and first.group() in rest


def _year(body: str, tagged: list[_Tagged]) -> str:
    for tag in tagged:
        found = _ANY_YEAR.search(body, tag.start, tag.end) if tag.field == "date" else None
        if found:
            return found["year"]
    years = _ANY_YEAR.findall(without_identifiers(body))
    return years[-1] if years else ""


def _title(body: str, tagged: list[_Tagged]) -> str:
    run = next((n for n, tag in enumerate(tagged) if tag.field == "title"), None)
    if run is None:
        return _untagged_title(body, tagged)
    start, end = tagged[run].start, tagged[run].end
    if run + 1 < len(tagged) and (body[end - 1].isalnum() or body[end - 1] == "-"):
        # A title ends with punctuation; if its run ends with a plain word, it continues to the end of the sentence.
        stop = re.compile(r"[.?!,]\W*(?:\s|$)").search(body, end)
        if stop and not any(tag.field == "date" and tag.start < stop.end() for tag in tagged[run + 1 :]):
            end = stop.end()
    if end == len(body):
        end = _before_last_sentence(body, start, end)
    return _bare_title(_cut_short(body[start:end]))


def _cut_short(title: str) -> str:
    """A title without the proceedings, or the place and publisher in an unclosed parenthesis, after it."""
    within = _WITHIN.search(title)
    title = title[: within.start()] if within else title
    opened = title.rfind("(")
    return title[:opened] if opened > 0 and ")" not in title[opened:] else title


def _before_last_sentence(body: str, start: int, end: int) -> int:
    """The end of a title that was tagged up to the entry's end: a few words after its full stop are a venue."""
    stops = [stop.end() for stop in re.finditer(r"(?<=\w{3})[.?!][”\"]?\s", body[start:end])]
    if stops and len(body[start + stops[-1] : end].split()) <= _VENUE_WORDS:
        return start + stops[-1]
    return end


def _untagged_title(body: str, tagged: list[_Tagged]) -> str:
    """The sentence after authors and year, where the tagger took a short title for a note or a publisher."""
    after = max((tag.end for tag in tagged[:2] if tag.field in ("author", "date")), default=0)
    follows = next((tag.field for tag in tagged if tag.start >= after), "")
    if not after or follows not in ("note", "publisher", "location"):
        return ""
    found = _LONE_TITLE.match(body, after)
    return _bare_title(found["title"]) if found else ""


def _bare_title(title: str) -> str:
    title = title.strip().strip(_QUOTES + " ").rstrip(".,;:").strip(_QUOTES + " ")
    return title.rstrip(".,;:")


def _joined(body: str, tagged: list[_Tagged], field: str) -> str:
    return " ".join(body[tag.start : tag.end] for tag in tagged if tag.field == field).strip(" .,;:")


def _pages(body: str, tagged: list[_Tagged]) -> str:
    """Pages marked as such, else those that the tagger found."""
    marked = _MARKED_PAGES.search(body)
    return marked["pages"] if marked else _joined(body, tagged, "pages")


def _tag_fields(entry: str) -> list[_Tagged]:
    """The entry's fields in text order; one field may have several runs."""
    spans = words_of(entry)
    if not spans:
        return []
    with _TAGGER_LOCK:  # a tagger holds one entry at a time
        labels = _tagger().tag(features([entry[start:end] for start, end in spans]))
    runs = []
    for field, run in groupby(zip(labels, spans, strict=True), key=lambda pair: pair[0]):
        found = [span for _, span in run]
        runs.append(_Tagged(field, found[0][0], found[-1][1]))
    return runs


@cache
def _tagger() -> Any:
    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    tagger.open(str(MODEL_FILE))
    return tagger


def _marks(word: str) -> list[str]:
    """The features of one word; only the first five are given to distant neighbours."""
    plain = unicodedata.normalize("NFKC", word).casefold().strip(".,;:()[]“”\"'’‘&?!")
    classes = _CLASSES.get(plain, ())
    marks = [f"shape={_shape(word)}", f"end={_end(word)}", f"begin={word[0] if not word[0].isalnum() else '-'}"]
    marks += [f"class={classes[0] if classes else '-'}", f"kind={_kind_of(word)}"]
    marks += [f"is={name}" for name in classes[1:]]
    if plain and not _DIGIT.search(plain):
        marks += [f"word={plain}", f"tail={plain[-3:]}", f"head={plain[:3]}", f"length={min(len(plain), 8)}"]
    return marks


def _kind_of(word: str) -> str:
    if _YEAR_TOKEN.search(word):
        bare = word.strip("(),.;:[]")
        return "year" if _YEAR_TOKEN.fullmatch(bare) else "with-year"
    if _INITIALS.fullmatch(word):
        return "initials"
    if _RANGE.search(word):
        return "range"
    if re.match(r"(?:https?:|www\.)|.*\.(?:com|org|edu)\b", word):
        return "url"
    if re.match(rf"doi:|{DOI_PREFIX}", word, re.I):
        return "doi"
    if re.match(r"arxiv", word, re.I):
        return "arxiv"
    if _DIGIT.search(word):
        return "volume" if re.search(r"\d\(\d|:\d", word) else "number"
    return "name" if _NAME.fullmatch(word) else "other"


def _shape(word: str) -> str:
    """The word's shape with runs shortened: ``Xx.`` of "Lee."."""
    drawn = "".join("X" if c.isupper() else "x" if c.islower() else "9" if c.isdigit() else c for c in word[:24])
    return re.sub(r"(.)\1+", r"\1", drawn)[:8]


def _end(word: str) -> str:
    return word[-1] if not word[-1].isalnum() else "-"


def _ends_sentence(words: list[str], n: int) -> bool:
    """Whether a full stop, question mark or closing quotation mark ends more than an initial or abbreviation."""
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
