"""What the first page says of the work: its title and its authors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from corpus.pdf.headings import known_title, split_run_in_abstract
from corpus.pdf.lines import Line, TypePage
from corpus.reading import Hint
from corpus.text.hyphenation import Vocabulary, join_lines

__all__ = ["find_authors", "find_title", "title_lines"]

_MARKS = re.compile(r"[\s∗*†‡§¶⋆#♣♠♦♥]+$")
_MOST_LINES = 6
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
_PARTICLE = r"(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|el|al|bin|ibn|ter|ten|af|zu|zur|y)"
_NAME_WORD = r"(?:(?:[A-ZÀ-ÖØ-ÞĀ-ſ][\w’'´`-]*)|[A-Z]\.(?:-?[A-Z]\.)*)"
_NAME = re.compile(
    rf"{_NAME_WORD}(?:\s+(?:{_NAME_WORD}|{_PARTICLE})){{0,3}}\s+[A-ZÀ-ÖØ-ÞĀ-ſ][\w’'´`-]+(?:,?\s+(?:Jr\.?|II|III))?"
)
_NO_NAME = re.compile(
    r"\b(?:universit\w*|institut\w*|depart\w*|school|college|lab\w*|research|center|centre|inc|corp\w*|google|microsoft|"
    r"facebook|amazon|ibm|deepmind|openai|baidu|tencent|alibaba|academy|faculty|group|team|technolog\w*|science\w*|"
    r"engineering|china|usa|uk|germany|france|japan|india|canada|israel|italy|spain|abstract|member|ieee|student|"
    r"language|computer|computing|intelligence|ai|nlp|city|street|road|box|hospital|company|ltd|gmbh|association|"
    r"foundation|system\w*|machine|learning|natural|processing|kingdom|states|new york|london|beijing|the|of|for|and|"
    r"in|on|at)\b",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*[∗*†‡§¶⋆♣♠♦♥♯#◦⋄,;&·•|]+\s*|\s+and\s+|\s*\d+(?:\s*,\s*\d+)*\s*|\s+&\s+")


def title_lines(page: TypePage) -> tuple[Line, ...]:
    """The lines of the largest type on the first page, as far as they follow each other."""
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
        if line.bold != first.bold and len(title) >= 1 and _looks_like_names(line.text):
            break
        title.append(line)
    return tuple(title) if len(title) <= _MOST_LINES else ()


def _floor(page: TypePage) -> float:
    """The height, in points, above which the title stands: that of the abstract, or a third of the page."""
    heights = [line.y for line in page.lines if not line.turned]
    third = min(heights) + 0.35 * (max(heights) - min(heights))
    opening = next((line for line in page.lines if _opens_text(line)), None)
    return max(third, opening.y) if opening is not None and opening.y < max(heights) else third


def _opens_text(line: Line) -> bool:
    return known_title(line.text) in ("abstract", "introduction") or split_run_in_abstract(line) is not None


def find_title(pages: Sequence[TypePage], lines: Sequence[Line], stated: str, stem: str) -> Hint | None:
    """The title: what the file states where its first pages show it, otherwise the largest type of the first."""
    shown = ""
    for line in lines:
        shown = join_lines(shown, line.text, Vocabulary())
    raised = lines[-1].tail_raised if lines else 0
    shown = _MARKS.sub("", shown[: len(shown) - raised])
    stated = " ".join(stated.split())
    if _is_sane(stated, stem) and _folded(stated) in _folded(
        " ".join(line.text for page in pages for line in page.lines)
    ):
        if _folded(stated) in _folded(shown) and len(shown) < 2.5 * len(stated):
            return Hint(shown, "PDF metadata and largest type on page 1", 0.95)
        return Hint(stated, "PDF metadata", 0.9)
    if len(_folded(shown)) >= 4 and len(shown) < 300:
        return Hint(shown, "largest type on page 1", 0.8)
    return None


def find_authors(page: TypePage, title: Sequence[Line], stated: str) -> Hint | None:
    """The authors, ``Given Family; Given Family``, only where they are certain enough to be shown."""
    names = _stated_names(stated)
    shown = _folded(" ".join(line.text for line in page.lines))
    if names and all(_folded(name) in shown for name in names):
        return Hint("; ".join(names), "PDF metadata", 0.9)
    names = _names_below(page, title)
    return Hint("; ".join(names), "lines below the title", 0.7) if names else None


def _may_be_title(line: Line) -> bool:
    letters = sum(char.isalpha() for char in line.text)
    return letters >= 4 and not _VENUE.match(line.text) and known_title(line.text) == ""


def _is_sane(stated: str, stem: str) -> bool:
    folded = _folded(stated)
    return len(folded) >= 6 and not _NO_TITLE.match(stated) and folded != _folded(stem)


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed.casefold() if char.isalnum())


def _stated_names(stated: str) -> list[str]:
    names = [name.strip() for name in re.split(r"\s*;\s*|\s+and\s+|\s*,\s*(?!Jr)", stated) if name.strip()]
    return names if names and all(_is_name(name) for name in names) else []


def _names_below(page: TypePage, title: Sequence[Line]) -> list[str]:
    """The names on the lines between title and abstract that are set like the first line below the title."""
    if not title:
        return []
    start = next(position for position, line in enumerate(page.lines) if line is title[-1]) + 1
    names: list[str] = []
    first: Line | None = None
    for line in page.lines[start : start + 60]:
        if known_title(line.text) or split_run_in_abstract(line) or line.turned:
            break
        found = _names_of(line.text)
        if first is None:
            if not found:
                return []
            first = line
        if line.bold != first.bold and _run_together(line.text):
            return []
        if line.bold != first.bold or abs(line.size - first.size) > 0.3:
            continue
        if line is not first and line.y < first.y - 12 * first.size:
            break
        if found:
            names.extend(found)
        elif _run_together(line.text):
            return []
    return list(dict.fromkeys(names))


def _run_together(text: str) -> bool:
    """Whether a line is made of names with nothing to tell where one ends."""
    words = text.split()
    return (
        len(words) > 3 and _NAME.match(text) is not None and not _NO_NAME.search(text) and not re.search(r"[@:{]", text)
    )


def _names_of(text: str) -> list[str]:
    """The names a line is made of; none where any part of it is no name."""
    parts = [part.strip() for part in _SEPARATOR.split(text) if part.strip()]
    parts = [
        part for part in parts if not re.fullmatch(r"[a-z]|(?:Senior |Student )?(?:Member|Fellow)|IEEE|Ph\.?D\.?", part)
    ]
    return parts if parts and all(_is_name(part) for part in parts) else []


def _is_name(text: str) -> bool:
    words = [word for word in text.split() if len(word) > 2 and word[0].isupper() and not word.endswith(".")]
    return _NAME.fullmatch(text) is not None and not _NO_NAME.search(text) and len(words) <= 3


def _looks_like_names(text: str) -> bool:
    return bool(_names_of(text))
