"""Headings of a paper, told by numbering, title and type, and their level."""

import re

from corpus.pdf.layout import Layout
from corpus.pdf.lines import Line

__all__ = ["HeadingFinder", "known_title", "opens_references", "split_run_in_abstract"]

_KNOWN = frozenset(
    """abstract|summary|introduction|background|related work|related works|previous work|prior work|method|methods
    |methodology|approach|model|models|materials and methods|data|dataset|datasets|experiments|experiment
    |experimental setup|experimental results|experiments and results|results|results and discussion|analysis
    |evaluation|discussion|discussions|conclusion|conclusions|conclusion and future work|conclusions and future work
    |discussion and conclusion|future work|limitations|ethics statement|ethical considerations|broader impact
    |acknowledgment|acknowledgments|acknowledgement|acknowledgements|references|bibliography|works cited
    |literature cited|bibliographical references|references and notes|appendix|appendices|supplementary material
    |supplementary materials|supplemental material|supplemental materials|keywords|contents
    |table of contents|index terms|preface|foreword|notes""".replace("\n    ", "").split("|")
)
_NUMBERED = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3}|[A-Z](?:\.\d{1,2}){1,3}|[A-Z]|[IVX]{1,5})(?P<point>[.):]?)\s+"
    r"(?P<title>[A-Z\"“‘(¿\d]?.*)"
)
_APPENDIX = re.compile(r"(?:Appendix|APPENDIX)(?:\s+[A-Z\d]+)?(?:[.:]\s*.*|\s+[-–—]\s*.*)?$")
_REFERENCES = frozenset(
    "references|bibliography|works cited|literature cited|bibliographical references|references and notes".split("|")
)
_RUN_IN_ABSTRACT = re.compile(r"(?P<title>Abstract|ABSTRACT|Summary)\s*(?:[.:—–]|[-]\s?)\s*(?=\S)")
_FIRST = frozenset({"1", "I", "0"})
"""The numbers with which the sections of a paper may begin; before them, numbers stand in addresses."""
_LONGEST = 130
_MOST_WORDS = 16


def known_title(text: str) -> str:
    """Return the well-known section title that ``text`` is, without numbering, in lower case; or nothing.

    >>> known_title("7. Acknowledgments")
    'acknowledgments'
    """
    bare = text.strip(" .:")
    numbered = re.match(r"(?:\d{1,2}|[IVX]{1,5}|[A-Z])[.):]?\s+(?=\S{3})", bare)
    bare = (bare[numbered.end() :] if numbered else bare).casefold()
    return bare if bare in _KNOWN else ""


def opens_references(text: str) -> bool:
    """Tell whether a heading opens a reference list."""
    return known_title(text) in _REFERENCES


def split_run_in_abstract(line: Line) -> tuple[str, str] | None:
    """Return the heading and the text of a line such as ``Abstract—We show``; nothing for any other line."""
    match = _RUN_IN_ABSTRACT.match(line.text)
    return (match["title"], line.text[match.end() :]) if match else None


class HeadingFinder:
    """Tells headings by their numbering, their title and their type."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._last_number = 0

    def level(self, line: Line, above: Line | None, below: Line | None, *, in_references: bool, front: bool) -> int:
        """Return the heading level of ``line`` from 1, or 0 where it is no heading.

        ``above`` and ``below`` are its neighbours in drawing order; ``front``: no heading came before, so that large
        type is the title's and the authors'.
        """
        text = line.text
        if not self._may_be(line):
            return 0
        before = above is None or above.page != line.page or not 0 < self._layout.gap(above, line) < 1.2
        after = below is not None and below.page == line.page and self._layout.gap(line, below) > 1.15
        spaced = before or (after and above is not None and self._layout.is_short(above))
        strong = self._is_strong(line)
        if known_title(text) and (strong or spaced) and text[0].isupper():
            return self._level_of(text)
        if _APPENDIX.match(text) and (strong or spaced) and not text.endswith("."):
            return 1
        if text.endswith((".", ",", ";", "-")) or (text.endswith(":") and not strong):
            return 0
        numbered = _NUMBERED.fullmatch(text)
        if numbered and not line.lead_raised and self._is_title(numbered["title"]):
            if (in_references and not strong) or (front and numbered["number"] not in _FIRST):
                return 0
            plain = spaced and numbered["point"] != ")" and not self._layout.is_full(line)
            closed = above is None or not above.text[-1:].isalpha() or self._layout.is_short(above)
            # Letters and Roman numerals are not counted.
            counted = numbered["number"][0].isdigit()
            number = int(numbered["number"].partition(".")[0]) if counted else self._last_number
            if strong or (plain and number - self._last_number in (0, 1) and closed):
                self._last_number = number
                return self._level_of(text)
        if front or not strong or numbered:
            return 0
        return self._unnumbered(line, above, below, spaced)

    def continues(self, heading: Line, line: Line) -> bool:
        """Tell whether ``line`` is a further line of the heading that ends with ``heading``."""
        return (
            abs(heading.size - line.size) <= 0.3
            and heading.bold == line.bold
            and heading.page == line.page
            and self._is_strong(line)
            and 0 < heading.y - line.y < 1.6 * line.size
            and not _NUMBERED.fullmatch(line.text)
            and not known_title(line.text)
            and not known_title(heading.text)
            and heading.right > self._layout.column(heading).left + 0.6 * self._layout.column(heading).width
        )

    def _may_be(self, line: Line) -> bool:
        letters = sum(char.isalpha() for char in line.text)
        return (
            not line.turned
            and len(line.text) <= _LONGEST
            and len(line.text.split()) <= _MOST_WORDS
            and letters >= 3
            and letters >= 0.55 * len(line.text.replace(" ", ""))
            and line.size > 0.75 * self._layout.body
        )

    def _is_strong(self, line: Line) -> bool:
        larger = line.size > 1.07 * self._layout.body
        return larger or (line.bold and not self._layout.body_bold and line.size > 0.93 * self._layout.body)

    def _is_title(self, title: str) -> bool:
        words = re.findall(r"[^\W\d_]{3,}", title)
        return bool(words) and (title[0].isupper() or not title[0].isalpha()) and "  " not in title

    def _unnumbered(self, line: Line, above: Line | None, below: Line | None, spaced: bool) -> int:
        if below is None or not spaced or line.text.endswith(":"):
            return 0
        follows = 0 < self._layout.gap(line, below) < 2.6 or below.y > line.y + 4 * self._layout.body
        prose = len(below.text.split()) >= 5 and self._layout.is_body_size(below)
        at_edge = abs(self._layout.indent(line)) < 0.5
        closed = above is None or above.text.endswith((".", "!", "?", ":", ")", "”")) or above.page != line.page
        letters = re.findall(r"[^\W\d_]{3,}", line.text)
        if not (follows and prose and closed and letters and line.text[0].isupper()):
            return 0
        if not at_edge and line.size <= 1.07 * self._layout.body:
            return 0
        return 1 if line.size > 1.15 * self._layout.body else 2 if line.size > 1.04 * self._layout.body else 3

    @staticmethod
    def _level_of(text: str) -> int:
        numbered = _NUMBERED.fullmatch(text)
        if not numbered:
            return 1
        number = numbered["number"]
        if number.isalpha() and len(number) == 1 and number not in "IVX" and numbered["point"]:
            return 2  # "A. Corpus" below "II. METHOD"; appendices print their letter without a point
        return number.count(".") + 1
