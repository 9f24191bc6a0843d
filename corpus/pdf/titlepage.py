"""The title that the first page shows, told by its type."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from corpus.pdf.authors import looks_like_names
from corpus.pdf.headings import known_title, split_run_in_abstract
from corpus.pdf.lines import Line, TypePage
from corpus.reading import Hint
from corpus.text.hyphenation import Vocabulary, join_lines

__all__ = ["find_title", "title_lines"]

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
        if line.bold != first.bold and len(title) >= 1 and looks_like_names(line.text):
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


def _may_be_title(line: Line) -> bool:
    letters = sum(char.isalpha() for char in line.text)
    return letters >= 4 and not _VENUE.match(line.text) and known_title(line.text) == ""


def _is_sane(stated: str, stem: str) -> bool:
    folded = _folded(stated)
    return len(folded) >= 6 and not _NO_TITLE.match(stated) and folded != _folded(stem)


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed.casefold() if char.isalnum())
