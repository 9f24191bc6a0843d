"""Files of word processors and e-books: DOCX, ODT, RTF, EPUB."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from corpus.errors import ReadError
from corpus.model import BlockKind
from corpus.readers.pandoc import parse
from corpus.readers.pandoc_tree import Composer, Node, state_hints, write_front
from corpus.readers.signatures import PROPERTIES, PROPERTY_CONFIDENCE, package_hints
from corpus.reading import Hint, Reading
from corpus.text.decoding import decode

__all__ = ["read_office", "tree_reading"]

_NAMES = {"docx": "DOCX", "odt": "ODT", "rtf": "RTF", "epub": "EPUB"}
_MAX_BYTES = 200_000_000
_OPENING = 5
"""A title that a property names is one of so many first blocks, or perhaps that of a template."""
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
        raise ReadError(
            "The file is protected by a password, or in the format of Word 97-2003",
            place=place,
            remedy="Open it in a word processor, save it as DOCX without a password, and add that",
        )
    if package == "rtf":
        data = _for_pandoc(decode(data)[0]).encode("utf-8", "replace")
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


def _for_pandoc(rtf: str) -> str:
    """RTF in the one of several equal spellings that pandoc knows for numbered characters and for notes."""
    return _DELIMITED.sub(r"\1 ", rtf).replace(r"{\*\footnote", r"{\footnote")


def tree_reading(tree: Node, media: str, *, shows_front: bool, place: str) -> Reading:
    """The canonical text of a syntax tree; ``shows_front``: the metadata are a title block that a reader sees.

    Raises:
        ReadError: the tree is nested too deeply.
    """
    composer = Composer()
    hints: dict[str, Hint] = {}
    try:
        if shows_front:
            write_front(composer, tree["meta"])
            hints = state_hints(tree["meta"], "title block")
        composer.compose(tree["blocks"])
    except RecursionError as error:
        raise ReadError("The file is nested too deeply", place=place, remedy="Save it as PDF and add that") from error
    builder = composer.builder
    first = builder.blocks[0] if builder.blocks else None
    if "title" not in hints and first is not None and first.kind is BlockKind.HEADING:
        hints["title"] = Hint(builder.text[first.start : first.end], "heading", 0.7)
    return Reading(
        media=media, text=builder.text, blocks=tuple(builder.blocks), links=composer.resolved_links(), hints=hints
    )


def _with_properties(reading: Reading, properties: dict[str, Hint]) -> Reading:
    """The reading with what its properties add; a title there counts only where the text shows it too."""
    title = properties.get("title")
    opening = {_folded(reading.text[block.start : block.end]) for block in reading.blocks[:_OPENING]}
    if title is not None and _folded(title.value) in opening:
        properties["title"] = replace(title, confidence=0.9)
    elif "title" in reading.hints:
        properties.pop("title", None)
    weaker = {field: hint for field, hint in properties.items() if _outweighs(hint, reading.hints.get(field))}
    reading.hints.update(weaker)
    return reading


def _outweighs(hint: Hint, stated: Hint | None) -> bool:
    return stated is None or hint.confidence > stated.confidence


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
