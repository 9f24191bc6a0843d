"""Files of word processors and e-books: DOCX, ODT, RTF, EPUB."""

import re
from dataclasses import replace
from pathlib import Path

from corpus.errors import ReadError
from corpus.readers.pandoc import parse
from corpus.readers.pandoc_tree import state_hints, tree_reading
from corpus.readers.signatures import PROPERTIES, PROPERTY_CONFIDENCE, package_hints
from corpus.reading import Hint, Reading
from corpus.text.decoding import decode

__all__ = ["read_office"]

_NAMES = {"docx": "DOCX", "odt": "ODT", "rtf": "RTF", "epub": "EPUB"}
_MAX_BYTES = 200_000_000
_OPENING = 5
"""Number of first blocks among which a title that a property names must stand; else it may be a template's."""
_DELIMITED = re.compile(r"((?<!\\)(?:\\\\)*\\u-?\d+)(?=[^\s\d\\{}])")
"""A character of RTF by its number, its replacement right behind; pandoc loses a letter where no space, which says
nothing, parts them."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_office(path: Path, package: str) -> Reading:
    """Read a file of the format ``package``: ``docx``, ``odt``, ``rtf`` or ``epub``.

    Raises:
        ReadError: the file is damaged, protected or too large, or pandoc is missing.
        OSError: the file cannot be opened.
    """
    data = path.read_bytes()
    name, place = _NAMES[package], str(path)
    if len(data) > _MAX_BYTES:
        raise ReadError(f"The {name} file is larger than 200 MB", place=place, remedy="Save it without its pictures")
    if data.startswith(_OLE):
        cause = "The file is protected by a password, or in the format of Word 97-2003"
        remedy = "Open it in a word processor, save it as DOCX without a password, and add that"
        raise ReadError(cause, place=place, remedy=remedy)
    if package == "rtf":
        # Of several equal spellings pandoc knows only one for numbered characters, and one for notes.
        spelled = _DELIMITED.sub(r"\1 ", decode(data)[0]).replace(r"{\*\footnote", r"{\footnote")
        data = spelled.encode("utf-8", "replace")
    tree = parse(data, package, name=name, place=place)
    reading = tree_reading(tree, package, shows_front=package in ("docx", "odt"), place=place)
    if package == "epub":
        reading.hints.update(state_hints(tree["meta"], "book metadata", backwards=True))
        return reading
    properties = package_hints(data, package)
    if package == "rtf":
        stated = state_hints(tree["meta"], PROPERTIES)
        properties = {field: replace(hint, confidence=PROPERTY_CONFIDENCE) for field, hint in stated.items()}
    return _with_properties(reading, properties)


def _with_properties(reading: Reading, properties: dict[str, Hint]) -> Reading:
    """Add the properties that outweigh the text's hints; a title there counts only where the text shows it too."""
    title = properties.get("title")
    opening = {_folded(reading.text[block.start : block.end]) for block in reading.blocks[:_OPENING]}
    if title is not None and _folded(title.value) in opening:
        properties["title"] = replace(title, confidence=0.9)
    elif "title" in reading.hints:
        properties.pop("title", None)
    for field, hint in properties.items():
        if field not in reading.hints or hint.confidence > reading.hints[field].confidence:
            reading.hints[field] = hint
    return reading


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
