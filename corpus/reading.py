"""The output of every reader: repaired text in blocks, before any interpretation."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.model import Block, BlockKind, Damage, Link, Page, Span
from corpus.text.repair import locate_damage, strip_controls

__all__ = ["Hint", "Reading", "TextBuilder"]


@dataclass(frozen=True, slots=True)
class Hint:
    """Metadata in the file itself."""

    value: str
    source: str
    """Where in the file: ``front matter``, ``PDF metadata``, ``largest type on page 1`` …"""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """The canonical text of one file, cut into blocks.

    Blocks are in text order and do not overlap; text between blocks is white space only.
    """

    media: str
    text: str
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...] = ()
    pages_failed: tuple[int, ...] = ()
    links: tuple[Link, ...] = ()
    damages: tuple[Damage, ...] = ()
    hints: dict[str, Hint] = field(default_factory=dict)
    """``title``, ``authors`` (separated by ``;``), ``date`` (ISO, as far as known), ``arxiv``, ``doi``, ``url``,
    ``kind``, ``container_title``."""


class TextBuilder:
    """Builder of canonical text that records the span of each block.

    >>> builder = TextBuilder()
    >>> builder.add(BlockKind.HEADING, "1 Introduction", level=1)
    Span(start=0, end=14)
    >>> builder.add(BlockKind.PARAGRAPH, "Open models exist.")
    Span(start=16, end=34)
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.blocks: list[Block] = []

    @property
    def length(self) -> int:
        """Code points added so far; the next block starts two later."""
        return self._length

    @property
    def text(self) -> str:
        """The text added so far."""
        return "".join(self._parts)

    def add(self, kind: BlockKind, text: str, *, level: int = 0) -> Span | None:
        """Append a block after a blank line and return its span; None if it is only white space."""
        # An entity such as &#27; may encode a control character that the file's bytes did not contain.
        text = strip_controls(text).strip()
        if not text:
            return None
        if self._length:
            self._parts.append("\n\n")
            self._length += 2
        span = Span(self._length, self._length + len(text))
        self._parts.append(text)
        self._length = span.end
        self.blocks.append(Block(kind, span.start, span.end, level))
        return span

    def reading(
        self, media: str, hints: dict[str, Hint], *, lost: tuple[str, ...] = (), links: Sequence[Link] = ()
    ) -> Reading:
        """The blocks as the output of a reader; ``lost`` are the fragments with missing bytes, in text order."""
        damages = locate_damage(self.text, lost)
        return Reading(media, self.text, tuple(self.blocks), links=tuple(links), damages=damages, hints=hints)
