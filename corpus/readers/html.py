"""Saved web pages: the article without the page around it.

trafilatura finds the article and gives it as Markdown, which is read like any other.
"""

import codecs
import re
from contextlib import suppress
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

from corpus.errors import ReadError
from corpus.readers.markdown import markdown_reading
from corpus.reading import Hint, Reading
from corpus.text.decoding import decode
from corpus.text.repair import repair

__all__ = ["read_html"]

_DECLARED = re.compile(
    rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)|\A\s*<\?xml[^>]+encoding\s*=\s*[\"']([A-Za-z0-9_:.-]+)", re.I
)
_READ_AS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874", "gb2312": "gb18030"}
"""Encodings that stand for larger ones, as browsers read them (WHATWG Encoding Standard, section 4.2)."""
_NO_PAGE = re.compile(r"utf-?(?:7|16|32)|.*escape|idna|punycode|undefined|hz|iso2022-kr")
"""Encodings that no page can declare in letters, or that browsers refuse."""
_META = re.compile(r"<meta\b[^>]*>", re.I)
_OG_TITLE = re.compile(r"property\s*=\s*[\"']?og:title\b", re.I)
_CONTENT = re.compile(r"content\s*=\s*([\"'])(.*?)\1", re.I | re.S)
_HEADING_MARKS = {"h1": "# ", "h2": "## ", "h3": "### "}
_HEAD = 50_000
"""Characters from the start of a page among which its title stands."""
_MAX_BYTES = 20_000_000
"""Maximum size of an article; parsing a larger file costs minutes."""


def read_html(path: Path) -> Reading:
    """Read an HTML file.

    Raises:
        ReadError: the file is larger than 20 MB, or holds no text.
        OSError: the file cannot be opened.
    """
    data = path.read_bytes()
    if len(data) > _MAX_BYTES:
        raise ReadError("The page is larger than 20 MB", place=str(path), remedy="Save the article alone and add that")
    source = _decode_page(data)
    markdown, metadata = _extract(source)
    if not markdown.strip():
        raise ReadError("No text was found in the page", place=str(path), remedy="Save the page as text and add that")
    reading = markdown_reading(repair(markdown.encode("utf-8")), media="html")
    return replace(reading, hints={"kind": Hint("web", "HTML", 0.6), **reading.hints, **metadata})


def _decode_page(data: bytes) -> str:
    """Decode a page by its byte-order mark, else as UTF-8 where it is that, else by the encoding that it declares."""
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(data)[0]
    declared = _DECLARED.search(data[:4096])
    # A page that was saved again is UTF-8, whatever it still declares; one that is ASCII throughout may not be.
    if declared and (data.isascii() or not _is_utf8(data)):
        with suppress(LookupError, UnicodeDecodeError):
            name = codecs.lookup((declared[1] or declared[2]).decode("ascii")).name
            if not _NO_PAGE.match(name):
                return data.decode(_READ_AS.get(name, name))
    return decode(data)[0]


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _extract(source: str) -> tuple[str, dict[str, Hint]]:
    """Return the article as Markdown, and what the page says of itself."""
    import trafilatura

    # Of the formats only "python" fills in the text; with formatting kept, that is Markdown.
    found: Any = trafilatura.bare_extraction(
        source,
        output_format="python",
        with_metadata=True,
        include_comments=False,
        include_formatting=True,
        include_links=True,
        include_tables=True,
    )
    hints = _title_hint(source)
    if found is None or not (found.text or "").strip():
        return _all_text(source), hints
    for name, value, confidence in (
        ("title", " ".join((found.title or "").split()), 0.8),
        ("authors", found.author, 0.7),
        ("date", found.date, 0.7),
        ("url", found.url, 0.9),
        ("container_title", found.sitename, 0.6),
    ):
        if value:
            hints[name] = Hint(value, "HTML metadata", confidence)
    return _with_breaks(found.text, source), hints


def _with_breaks(article: str, source: str) -> str:
    """Return the article; where it is short, trafilatura drops paragraph breaks, which the whole page has."""
    if "\n\n" in article.strip():
        return article
    whole = _all_text(source)
    return whole if re.sub(r"[\s#]+", "", whole) == re.sub(r"[\s#]+", "", article) else article


def _title_hint(source: str) -> dict[str, Hint]:
    """Find the title that a page states for sharing, in its ``title`` element, or in its only top heading."""
    head = source[:_HEAD]
    shared = next((tag for tag in _META.findall(head) if _OG_TITLE.search(tag)), "")
    top = re.findall(r"<h1[^>]*>(.*?)</h1>", source, re.I | re.S)
    stated, element = _CONTENT.search(shared), re.search(r"<title[^>]*>([^<]+)</title>", head, re.I)
    for text, confidence in (
        (stated[2] if stated else "", 0.75),
        (element[1] if element else "", 0.7),
        (top[0] if len(top) == 1 else "", 0.7),
    ):
        if title := " ".join(unescape(re.sub(r"<[^>]*>", "", text)).split()):
            return {"title": Hint(title, "HTML metadata", confidence)}
    return {}


def _all_text(source: str) -> str:
    """Return every paragraph of the page, where no article can be told from the rest."""
    from lxml import html
    from lxml.etree import ParserError

    try:
        root = html.fromstring(source)
    except (ParserError, ValueError):
        return ""
    for element in root.xpath("//script|//style|//nav|//header|//footer|//form"):
        element.drop_tree()
    paragraphs = (
        (_HEADING_MARKS.get(element.tag, ""), " ".join(element.text_content().split()))
        for element in root.xpath("//p|//h1|//h2|//h3|//li|//td")
    )
    text = "\n\n".join(marks + paragraph for marks, paragraph in paragraphs if paragraph)
    return text or " ".join(root.text_content().split())
