"""The title page of a paper: title by its type, authors where each name is certain, identifiers and date."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from corpus.pdf.furniture import ArxivStamp
from corpus.pdf.headings import known_title, split_run_in_abstract
from corpus.pdf.lines import Line, TypePage
from corpus.reading import Hint
from corpus.text.folding import bare_letters
from corpus.text.hyphenation import Vocabulary, join_lines
from corpus.text.identifiers import DOI_PREFIX, arxiv_of_file, trimmed_doi

__all__ = ["find_arxiv", "find_authors", "find_date", "find_doi", "find_title", "title_lines"]

_PARTICLE = r"(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|el|al|bin|ibn|ter|ten|af|zu|zur|y)"
_NAME_WORD = r"(?:(?:[A-ZÀ-ÖØ-ÞĀ-ſ][\w’'´`-]*)|[A-Z]\.(?:-?[A-Z]\.)*)"
_BEGUN = rf"{_NAME_WORD}(?:\s+{_PARTICLE})*"
"""A name that breaks off at the end of a line."""
_NAME = re.compile(
    rf"{_NAME_WORD}(?:\s+(?:{_NAME_WORD}|{_PARTICLE})){{0,3}}\s+[A-ZÀ-ÖØ-ÞĀ-ſ][\w’'´`-]+(?:,?\s+(?:Jr\.?|II|III))?"
)
_NO_NAME = re.compile(
    r"\b(?:universit\w*|institut\w*|depart\w*|school|college|lab\w*|research|center|centre|inc|corp\w*|google|microsoft|"
    r"facebook|amazon|ibm|deepmind|openai|baidu|tencent|alibaba|academy|faculty|group|team|technolog\w*|science\w*|"
    r"engineering|china|usa|uk|germany|france|japan|india|canada|israel|italy|spain|abstract|member|ieee|student|"
    r"language|computer|computing|intelligence|ai|nlp|city|street|road|box|hospital|company|ltd|gmbh|association|"
    r"foundation|system\w*|machine|learning|natural|processing|kingdom|states|new york|london|beijing|the|of|for|and|"
    r"in|on|at|preprint|draft|manuscript|version|copyright|review)\b",
    re.IGNORECASE,
)
_NAME_MARK = re.compile(
    r"[∗*†‡§¶⋆♣♠♦♥♯#◦⋄,;·•|✉+^~△▽▲▼◁▷◇◆○●□■★☆\u00b9\u00b2\u00b3]+|\d+(?:\s*,\s*\d+)*|\(\s*(?:\d+|[a-z])\s*\)"
)
_AND = re.compile(r"(?:^|\s+)(?:and|&)\s+")
_HANDLE = re.compile(r"\{[^{}]*\}\s*@?\s*\S*|\[[^\[\]]*\]\s*@\s*\S+|\(?\S+@\S+|\S*https?:\S*")
_HONORIFIC = re.compile(r"[a-z]|(?:Senior |Student )?(?:Member|Fellow)|IEEE|Ph\.?D\.?|M\.?D\.?")
_OPEN_END = re.compile(r"(?:,|\s+and|&)$")
_ORCID = re.compile(r"\[?\d{4}(?:[-−–]\d{3}[\dX]){3,}\]?|\[?(?:\d{4}[-−–]){3}\d{3}[\dX]\]?")
_MOST_NAME_LINES = 60
"""Maximum number of lines below the title among which names stand."""
_LINE_GAP = 1.7
"""Maximum distance between two lines of one list of names, in type sizes."""
_DOI = re.compile(
    rf"(?:\bdoi(?:\.org)?\s*[:/]?\s*(?:https?://(?:dx\.)?doi\.org/)?)\s*({DOI_PREFIX}/[^\s\"<>]+)", re.IGNORECASE
)
_PLACEHOLDER = re.compile(r"n{4}|x{4}|1122445|0000000")
_PDF_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})?(\d{2})?")
_TITLE_MARKS = re.compile(r"[\s∗*†‡§¶⋆#♣♠♦♥]+$")
_MOST_TITLE_LINES = 6
_NO_TITLE = re.compile(
    r"(?:untitled|title|document\d*|slide \d+|microsoft (?:word|powerpoint)\b.*|"
    r".*\.(?:docx?|tex|dvi|pdf|indd|rtf|pages|odt))$",
    re.IGNORECASE,
)
_VENUE = re.compile(
    r"(?:proceedings of|journal of|published as|under review|accepted (?:at|to|for)|to appear|preprint|arxiv:|vol\.|"
    r"volume \d|issn|isbn|doi\b|https?:|www\.|draft\b|research article|original article|open access|copyright|©)",
    re.IGNORECASE,
)


def find_authors(page: TypePage, title: Sequence[Line], stated: str) -> Hint | None:
    """Return the authors, ``Given Family; Given Family``, only where they are certain enough to be shown."""
    names = _stated_names(stated)
    shown = bare_letters(" ".join(line.text for line in page.lines))
    if names and all(bare_letters(name) in shown for name in names):
        return Hint("; ".join(names), "PDF metadata", 0.9)
    names = _names_below(page, title)
    return Hint("; ".join(names), "lines below the title", 0.7) if names else None


def find_doi(page: TypePage) -> Hint | None:
    """Return the DOI that the first page names as its own."""
    lines = [line.text for line in page.lines]
    cut = next((position for position, text in enumerate(lines) if re.match(r"references\W*$", text, re.I)), len(lines))
    for position, text in enumerate(lines[:cut]):
        match = _DOI.search(text)
        if match is None:
            continue
        value = match[1]
        if match.end() == len(text) and value.endswith("-") and position + 1 < cut:
            value += lines[position + 1].split(maxsplit=1)[0]
        value = trimmed_doi(value)
        if not _PLACEHOLDER.search(value):
            return Hint(value, "page 1", 0.9)
    return None


def find_arxiv(stamp: ArxivStamp | None, path: Path) -> Hint | None:
    """Return the arXiv number: from arXiv's stamp, otherwise from a file name such as ``1601.03313v2.pdf``."""
    if stamp is not None:
        return Hint(stamp.identifier, "arXiv stamp on page 1", 1.0)
    number = arxiv_of_file(path.stem)
    return Hint(number, "file name", 0.6) if number else None


def find_date(stamp: ArxivStamp | None, arxiv: Hint | None, metadata: dict[str, str]) -> Hint | None:
    """Return the date, ISO as far as known: of the arXiv number, of arXiv's stamp, or of the making of the file.

    The number tells when a work was first posted, which is the year it is cited by; the stamp is dated by version.
    """
    if arxiv is not None and re.match(r"\d{4}\.", arxiv.value):
        posted = f"20{arxiv.value[:2]}-{arxiv.value[2:4]}"
        first_version = stamp is not None and stamp.date.startswith(posted)
        date = stamp.date if stamp is not None and first_version else posted
        return Hint(date, "arXiv number", 0.9 * arxiv.confidence)
    if stamp is not None and stamp.date:
        return Hint(stamp.date, "arXiv stamp on page 1", 0.9)
    match = _PDF_DATE.match(metadata.get("CreationDate", ""))
    if match is None or not 1980 <= int(match[1]) <= 2100:
        return None
    month, day = match[2] or "", match[3] or ""
    if not ("01" <= month <= "12" and "01" <= day <= "31"):
        return Hint(match[1], "PDF metadata", 0.4)
    return Hint(f"{match[1]}-{month}-{day}", "PDF metadata", 0.4)


def title_lines(page: TypePage) -> tuple[Line, ...]:
    """Return the lines of the largest type on the first page, as far as they follow each other."""
    lines = [line for line in page.lines if not line.turned and _may_be_title(line)]
    if not lines:
        return ()
    floor = _floor(page)
    upper = [line for line in lines if line.y >= floor] or lines
    largest = max(line.size for line in upper)
    first = next(line for line in upper if line.size > largest - 0.3)
    start = next(position for position, line in enumerate(page.lines) if line is first)
    title = [first]
    for line in page.lines[start + 1 :]:
        if abs(line.size - largest) > 0.6 or not 0.3 * largest < title[-1].y - line.y < 2.2 * largest:
            break
        if line.bold != first.bold and _names_of(line.text, frozenset()):
            break
        title.append(line)
    return tuple(title) if len(title) <= _MOST_TITLE_LINES else ()


def find_title(pages: Sequence[TypePage], lines: Sequence[Line], stated: str, stem: str) -> Hint | None:
    """Return the title: what the file states where its first pages show it, otherwise the largest type of the first."""
    shown = ""
    for line in lines:
        shown = join_lines(shown, line.text, Vocabulary())
    raised = lines[-1].tail_raised if lines else 0
    shown = _TITLE_MARKS.sub("", shown[: len(shown) - raised])
    stated = " ".join(stated.split())
    if _is_sane(stated, stem) and bare_letters(stated) in bare_letters(
        " ".join(line.text for page in pages for line in page.lines)
    ):
        if bare_letters(stated) in bare_letters(shown) and len(shown) < 2.5 * len(stated):
            return Hint(shown, "PDF metadata and largest type on page 1", 0.95)
        return Hint(stated, "PDF metadata", 0.9)
    if len(bare_letters(shown)) >= 4 and len(shown) < 300:
        return Hint(shown, "largest type on page 1", 0.8)
    return None


def _stated_names(stated: str) -> list[str]:
    """Return the names that the metadata list; none where any of them is no name."""
    names = [name.strip() for name in re.split(r"\s*;\s*|\s+and\s+|\s*,\s*(?!Jr)", stated) if name.strip()]
    return names if names and all(_is_name(name) for name in names) else []


def _names_below(page: TypePage, title: Sequence[Line]) -> list[str]:
    """Return the names between title and abstract set like the first of them; none where any is uncertain."""
    rows = list(_rows(page, title))
    if not rows:
        return []
    first = rows[0][0]
    names: list[str] = []
    affiliated = False
    for line, text in rows:
        bare = _HANDLE.sub(" ", _ORCID.sub(" ", text)).strip()
        found = _names_of(bare, page.gaps)
        alike = line.bold == first.bold and abs(line.size - first.size) <= 0.3
        if alike and line is not first and line.y < first.y - 12 * first.size:
            break
        if alike and found:
            names.extend(found)
        elif (
            line is first
            or (alike and _has_name_before_mark(bare))
            or ((alike or not (affiliated or line.bold == first.bold)) and _run_together(bare))
        ):
            return []
        affiliated = affiliated or not found
    unique = list(dict.fromkeys(names))
    return unique if len(unique) >= _handles(text for _, text in rows) else []


def _rows(page: TypePage, title: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """Yield the lines between title and abstract with their texts; a list of names that runs over several is one."""
    if not title:
        return
    start = next(position for position, line in enumerate(page.lines) if line is title[-1]) + 1
    row: tuple[Line, str] | None = None
    last = title[-1]
    for line in page.lines[start : start + _MOST_NAME_LINES]:
        if known_title(line.text) or split_run_in_abstract(line) or line.turned:
            break
        if row and _continues_names(last, row[1], line):
            row = (row[0], row[1] + ("" if row[1].endswith("-") else " ") + line.text)
        else:
            if row:
                yield row
            row = (line, line.text)
        last = line
    if row:
        yield row


def _continues_names(last: Line, text: str, line: Line) -> bool:
    """Tell whether ``line`` continues the list of names in ``text``, whose end is open or inside a name."""
    if (
        last.bold != line.bold
        or abs(last.size - line.size) > 0.3
        or not 0 < last.y - line.y < _LINE_GAP * line.size
        or "@" in text
        or _NO_NAME.search(_AND.sub(" ", _OPEN_END.sub("", text)))
    ):
        return False
    if _OPEN_END.search(text) or re.match(r"(?:and|&)\s", line.text):
        return True
    parts = _parts(text)
    return len(parts) > 1 and all(map(_is_name, parts[:-1])) and re.fullmatch(_BEGUN, parts[-1]) is not None


def _run_together(text: str) -> bool:
    """Tell whether a line is made of names with nothing to tell where one ends."""
    words = text.split()
    plain = not re.search(r"[@:{\d,]", text)
    return len(words) > 3 and plain and _NAME.match(text) is not None and not _NO_NAME.search(text)


def _has_name_before_mark(text: str) -> bool:
    """Tell whether a line that is no list of names begins like one: a name, then the mark of a note."""
    if _NO_NAME.search(_AND.sub(" ", text)):
        return False
    match = _NAME.match(text)
    return match is not None and re.match(r"\s?[\d∗*†‡§¶]", text[match.end() :]) is not None


def _names_of(text: str, gaps: frozenset[tuple[str, str]]) -> list[str]:
    """Return the names a line is made of; none where any part of it is no name."""
    names = [name for part in _parts(text) if not _HONORIFIC.fullmatch(part) for name in _cut_at_gaps(part, gaps)]
    return names if names and all(_is_name(name) for name in names) else []


def _parts(text: str) -> list[str]:
    text = re.sub(r"(?<=\w)-\s+(?=[A-Z])", "-", text)
    pieces = (piece for part in _NAME_MARK.split(text) for piece in _AND.split(part))
    return [piece.strip() for piece in pieces if piece.strip(" .")]


def _cut_at_gaps(part: str, gaps: frozenset[tuple[str, str]]) -> list[str]:
    """Cut a part where the page shows a wide gap between two words."""
    words = part.split()
    drawn = [re.sub(r"[^ -~]", "?", word) for word in words]
    cuts = [place for place, pair in enumerate(pairwise(drawn), start=1) if pair in gaps]
    edges = [0, *cuts, len(words)]
    return [" ".join(words[start:end]) for start, end in pairwise(edges)]


def _handles(texts: Iterator[str]) -> int:
    """Count the addresses that the page gives, as one author has one at most, with few exceptions."""
    count = 0
    for text in texts:
        for listed in re.findall(r"[{\[(]([^{}\[\]()]*)[}\])]\s*@", text):
            count += len([handle for handle in re.split(r"[,;|]", listed) if handle.strip()])
        count += len(re.findall(r"[\w.+-]\s?@\s?\w", text))
    return count


def _is_name(text: str) -> bool:
    words = [word for word in text.split() if len(word) > 2 and word[0].isupper() and not word.endswith(".")]
    return _NAME.fullmatch(text) is not None and not _NO_NAME.search(text) and len(words) <= 3


def _floor(page: TypePage) -> float:
    """Return the height, in points, above which the title stands: that of the abstract, or a third of the page."""
    heights = [line.y for line in page.lines if not line.turned]
    third = min(heights) + 0.35 * (max(heights) - min(heights))
    known = ("abstract", "introduction")
    opening = next(
        (line for line in page.lines if known_title(line.text) in known or split_run_in_abstract(line)), None
    )
    return max(third, opening.y) if opening is not None and opening.y < max(heights) else third


def _may_be_title(line: Line) -> bool:
    letters = sum(char.isalpha() for char in line.text)
    return letters >= 4 and not _VENUE.match(line.text) and known_title(line.text) == ""


def _is_sane(stated: str, stem: str) -> bool:
    folded = bare_letters(stated)
    return len(folded) >= 6 and not _NO_TITLE.match(stated) and folded != bare_letters(stem)
