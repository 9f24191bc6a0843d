"""Signatures of formats: what a file is by its content, whatever its name says, where the content leaves no doubt.

The zip packages of word processors and e-books state their kind, and keep properties beside their text.
"""

import re
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

from corpus.reading import Hint
from corpus.text.dates import iso_date

__all__ = ["PROPERTIES", "PROPERTY_CONFIDENCE", "package_hints", "recognise"]

_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html\b|<html[\s>])", re.IGNORECASE | re.DOTALL
)
_LATEX = re.compile(rb"(?:\s*%[^\n]*\n|\s)*\\documentclass\s*[\[{]")

_MIMETYPES = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.text-template": "odt",
    b"application/epub+zip": "epub",
}
_MEMBERS = {"docx": "docProps/core.xml", "odt": "meta.xml"}
_MAX_BYTES = 1_000_000
"""Maximum size of a list of properties; of a member that unpacks to more only this much is read."""
_BROKEN = (zipfile.BadZipFile, OSError, EOFError, KeyError, NotImplementedError, RuntimeError, ValueError, zlib.error)
"""What zipfile raises on packages that are damaged, encrypted or packed in unknown ways."""

PROPERTIES = "document properties"
"""Origin of a field that only the properties give."""
PROPERTY_CONFIDENCE = 0.5
"""Templates and user accounts fill the properties in as often as authors do."""
_FIELDS = {"title": "title"}
_FIELDS |= {"creator": "authors", "initial-creator": "authors", "created": "date", "creation-date": "date"}
_UNSIGNED = {"user", "admin", "administrator", "microsoft office user", "windows user", "unknown", "python-docx"}


def recognise(path: Path, head: bytes) -> str | None:
    """Return the format of the file whose first bytes are ``head``, or None where only its name can tell."""
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _package_format(path)
    text = head.removeprefix(b"\xef\xbb\xbf")
    if text.startswith(b"{\\rtf"):
        return "rtf"
    if _HTML.match(text):
        return "html"
    return "latex" if _LATEX.match(text) else None


def package_hints(data: bytes, package: str) -> dict[str, Hint]:
    """Return title, first author and date from the properties of a DOCX or ODT package, with little confidence."""
    from lxml import etree

    member = _MEMBERS.get(package)
    if member is None:
        return {}
    try:
        with zipfile.ZipFile(BytesIO(data)) as opened:
            content = _member(opened, member)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        root = etree.fromstring(content, parser)
    except (*_BROKEN, etree.XMLSyntaxError):
        return {}
    hints: dict[str, Hint] = {}
    for element in root.iter("{*}*"):
        field = _FIELDS.get(etree.QName(element).localname)
        value = " ".join((element.text or "").split())
        if field == "date":
            value = iso_date(value) or ""
        if field and any(map(str.isalnum, value)) and value.lower() not in _UNSIGNED:
            hints.setdefault(field, Hint(value, PROPERTIES, PROPERTY_CONFIDENCE))
    return hints


def _package_format(path: Path) -> str | None:
    """Return ``docx``, ``odt`` or ``epub`` where a zip file certainly is one, else None."""
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
                return "docx"
            return _MIMETYPES.get(_member(package, "mimetype").strip())
    except _BROKEN:
        return None


def _member(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as member:
        return member.read(_MAX_BYTES)
