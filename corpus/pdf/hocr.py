"""The lines of type that tesseract found in the picture of a page, out of hOCR, the HTML that it writes.

hOCR 1.2, https://kba.github.io/hocr-spec/1.2/: ``bbox`` in pixels from the upper left corner; ``baseline`` as slope and
distance from the lower left corner of the box; ``x_size`` from the lowest descender to the highest ascender.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import mean
from xml.etree import ElementTree

from corpus.pdf.lines import Line, TypePage
from corpus.text.characters import normalise

__all__ = ["lines_of", "with_even_sizes"]

_LINES = frozenset({"ocr_line", "ocr_header", "ocr_textfloat", "ocr_caption"})
_PROPERTY = re.compile(r"(\w+) ([^;]+)")
_X_SIZE_OF_TYPE = 0.9
"""Most fonts reach from the lowest descender to the highest ascender in nine tenths of their size."""
_LEAST_CONFIDENCE = 30.0
"""Per cent; lines of less are specks and strokes of drawings taken for letters."""
_SCATTER = 0.09
"""Share by which sizes measured in a picture differ though the type is the same."""


def lines_of(hocr: bytes, page: int, *, dpi: float, height: float) -> tuple[Line, ...]:
    """The lines of a page ``height`` points high that was drawn at ``dpi`` pixels an inch, in reading order.

    Raises:
        ParseError: ``hocr`` is no hOCR.
    """
    root = ElementTree.fromstring(hocr)
    found = (_line(element, page, 72.0 / dpi, height) for element in root.iter() if element.get("class") in _LINES)
    return tuple(line for line in found if line is not None)


def _line(element: ElementTree.Element, page: int, point: float, height: float) -> Line | None:
    """One line; ``point`` is the size of a pixel in points."""
    words = [word for word in element.iter() if word.get("class") == "ocrx_word" and "".join(word.itertext()).strip()]
    text = normalise(" ".join("".join(word.itertext()).strip() for word in words)).strip()
    if not text or mean(_numbers(word, "x_wconf")[0] for word in words) < _LEAST_CONFIDENCE:
        return None
    left, _, _, bottom = _numbers(element, "bbox")
    turned = bool(_numbers(element, "textangle"))
    offset = (_numbers(element, "baseline") or [0.0, 0.0])[-1]
    size = _numbers(element, "x_size")[0] * point / _X_SIZE_OF_TYPE
    return Line(text, page, left * point, height - (bottom + offset) * point, size, turned=turned)


def _numbers(element: ElementTree.Element, name: str) -> list[float]:
    """The values of one property of an element; none where it has no such property."""
    properties = dict(_PROPERTY.findall(element.get("title", "")))
    return [float(value) for value in properties.get(name, "").split()]


def with_even_sizes(pages: Sequence[TypePage], recognised: Iterable[int]) -> tuple[TypePage, ...]:
    """The pages, on the recognised of which lines of nearly the commonest size have exactly that size.

    Sizes measured in a picture scatter, and headings are told by their size.
    """
    numbers = frozenset(recognised)
    if not numbers:
        return tuple(pages)
    if not numbers:
        return tuple(pages)
    body = _commonest(line for page in pages if page.number in numbers for line in page.lines)
    printed = _commonest(line for page in pages if page.number not in numbers for line in page.lines)
    scale = printed / body if printed and body and abs(printed / body - 1) < 2 * _SCATTER else 1.0
    return tuple(_evened(page, body, scale) if page.number in numbers else page for page in pages)


def _commonest(lines: Iterable[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _evened(page: TypePage, body: float, scale: float) -> TypePage:
    def even() -> Iterator[Line]:
        for line in page.lines:
            near = abs(line.size - body) <= _SCATTER * body
            yield replace(line, size=scale * (body if near else round(2 * line.size) / 2))

    return replace(page, lines=tuple(even()))
