"""The data model: immutable values that all packages exchange, and their plain JSON form.

All offsets are code points into a document's canonical text, half-open: ``text[start:end]``. `to_plain` and
`from_plain` convert values for the database and for worker processes.
"""

from dataclasses import dataclass, field, fields, is_dataclass
from enum import Enum, StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

__all__ = [
    "Block",
    "BlockKind",
    "Damage",
    "Document",
    "Link",
    "Locator",
    "Mention",
    "Name",
    "Origin",
    "Page",
    "Passage",
    "Record",
    "Reference",
    "Section",
    "SectionKind",
    "Source",
    "Span",
    "from_plain",
    "to_plain",
]

T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int

    def within(self, text: str) -> str:
        """The slice of ``text`` at this span."""
        return text[self.start : self.end]


class BlockKind(StrEnum):
    """Kind of a block of text."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    QUOTE = "quote"
    TABLE = "table"
    CAPTION = "caption"
    CODE = "code"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, table or another unit of layout."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    """Heading level from 1; 0 for everything else."""


class SectionKind(StrEnum):
    """Purpose of a section; reference lists are not cut into passages."""

    FRONT = "front"
    ABSTRACT = "abstract"
    BODY = "body"
    REFERENCES = "references"
    APPENDIX = "appendix"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the text up to the next heading of any level."""

    path: tuple[str, ...]
    """Titles from the outermost heading to this one; empty before the first heading."""
    level: int
    start: int
    end: int
    kind: SectionKind = SectionKind.BODY

    @property
    def title(self) -> str:
        """This section's own heading, or nothing before the first heading."""
        return self.path[-1] if self.path else ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a paginated file."""

    number: int
    """Position in the file, from 1."""
    start: int
    end: int
    label: str | None = None
    """The printed number, only if the file or three consistent folios give it."""
    recognised: bool = False
    """Whether its text comes from OCR, so that letters may be wrong."""


@dataclass(frozen=True, slots=True)
class Link:
    """A span of text with a link target."""

    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class Damage:
    """Text that lost bytes before the file was saved and cannot be repaired."""

    start: int
    end: int
    text: str
    message: str


@dataclass(frozen=True, slots=True)
class Name:
    """A person (``family``, ``given``) or a body (``literal``), in CSL-JSON terms."""

    family: str = ""
    given: str = ""
    literal: str = ""

    @property
    def display(self) -> str:
        """``Given Family``, or the literal name."""
        return self.literal or " ".join(part for part in (self.given, self.family) if part)


@dataclass(frozen=True, slots=True)
class Origin:
    """The source of a record's field."""

    source: str
    """``front matter``, ``heading``, ``first page``, ``bundled bibliography`` …"""
    confidence: float
    """0 to 1; 1 for a statement in the file or by identifier."""


@dataclass(frozen=True, slots=True)
class Record:
    """Bibliographic data of a work, in CSL-JSON terms."""

    type: str = "document"
    title: str = ""
    authors: tuple[Name, ...] = ()
    year: int | None = None
    month: int | None = None
    day: int | None = None
    container_title: str = ""
    publisher: str = ""
    doi: str = ""
    arxiv: str = ""
    url: str = ""
    note: str = ""
    language: str = ""
    """ISO 639-1; empty if uncertain."""

    def as_csl(self, key: str = "") -> dict[str, object]:
        """Convert to a CSL-JSON item without empty fields."""
        item: dict[str, object] = {"id": key, "type": self.type} if key else {"type": self.type}
        if self.title:
            item["title"] = self.title
        if self.authors:
            item["author"] = [
                {"literal": name.literal} if name.literal else {k: v for k, v in to_plain(name).items() if v}
                for name in self.authors
            ]
        if self.year is not None:
            parts = [part for part in (self.year, self.month, self.day) if part is not None]
            item["issued"] = {"date-parts": [parts]}
        for csl_name, value in (
            ("container-title", self.container_title),
            ("publisher", self.publisher),
            ("DOI", self.doi),
            ("URL", self.url),
            ("note", self.note),
            ("language", self.language),
        ):
            if value:
                item[csl_name] = value
        if self.arxiv:
            item["number"] = self.arxiv
            item["archive"] = "arXiv"
        return item


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of a document's reference list."""

    start: int
    end: int
    authors: tuple[str, ...] = ()
    """Family names, as many as the entry gives."""
    year: str = ""
    """Four digits with an optional letter, ``2023a``."""
    title: str = ""
    doi: str = ""
    arxiv: str = ""
    url: str = ""
    label: str = ""
    """The printed number in a numbered list, ``12``; empty in author-year lists."""
    byline: str = ""
    """The authors as printed."""
    venue: str = ""
    """Journal, proceedings or collection."""
    pages: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """An in-text citation, resolved to an entry of the same document if that is certain."""

    start: int
    end: int
    reference: int | None
    """Position in the document's references, or None."""


@dataclass(frozen=True, slots=True)
class Locator:
    """The place of a span, computed from its offsets."""

    start: int
    end: int
    pdf_page: int | None = None
    pdf_page_end: int | None = None
    page_label: str | None = None
    page_label_end: str | None = None
    section: tuple[str, ...] = ()
    paragraph: int | None = None
    """Number of the paragraph in its section, from 1, without headings, tables and captions."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence-aligned span of one section, the unit of retrieval."""

    start: int
    end: int
    section: int | None
    """Position in the document's sections, or None."""


@dataclass(frozen=True, slots=True)
class Source:
    """The file of a document."""

    path: str
    sha256: str
    size: int
    modified: float
    """Modification time, seconds since the epoch."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file's canonical text and all that refers to it by offsets."""

    text: str
    record: Record
    kind: str
    """``paper``, ``essay``, ``web``, ``brief`` or ``document``."""
    media: str
    """``pdf``, ``markdown``, ``html``, ``text``, ``docx``, ``odt``, ``rtf``, ``epub``, ``latex`` or ``jsonl``."""
    origins: dict[str, Origin] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    pages: tuple[Page, ...] = ()
    pages_failed: tuple[int, ...] = ()
    sentences: tuple[Span, ...] = ()
    links: tuple[Link, ...] = ()
    references: tuple[Reference, ...] = ()
    mentions: tuple[Mention, ...] = ()
    damages: tuple[Damage, ...] = ()


def to_plain(value: object) -> Any:
    """Convert to JSON types: dataclasses to mappings, tuples and sets to lists, enumerations to their values."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list | tuple | frozenset):
        return [to_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: to_plain(item) for key, item in value.items()}
    return value


def from_plain(kind: type[T], data: Any) -> T:
    """Convert back from `to_plain` to a value of type ``kind``.

    Raises:
        TypeError, KeyError, ValueError: ``data`` is not of that form.
    """
    result: T = _build(kind, data)
    return result


def _build(kind: Any, data: Any) -> Any:
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _build(hints[name], value) for name, value in data.items() if name in hints})
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return tuple(_build(arguments[0], item) for item in data)
        return tuple(_build(part, item) for part, item in zip(arguments, data, strict=True))
    if origin is frozenset:
        return frozenset(_build(arguments[0], item) for item in data)
    if origin is dict:
        return {key: _build(arguments[1], item) for key, item in data.items()}
    if origin is UnionType:
        rest = [argument for argument in arguments if argument is not NoneType]
        return None if data is None else _build(rest[0], data)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    return data


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
