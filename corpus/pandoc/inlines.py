"""Inline nodes of pandoc's syntax tree as a reader sees them: words and link targets, notes set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corpus.model import Link
from corpus.readers.inline import InlineText
from corpus.text.characters import normalise

__all__ = ["CITED", "Node", "Rendered", "render"]

Node = dict[str, Any]
"""A node of the tree: its type under ``t``, its content under ``c``."""

CITED = "cite:"
"""Before the key in the target of a link that stands for a citation; the composer leads it to its entry."""

_QUOTES = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}
# A soft hyphen is drawn only at a line's end, a no-break space is drawn like any other.
_INVISIBLE = str.maketrans({"\u00ad": None, "\u200b": None, "\ufeff": None, "\u00a0": " ", "\u202f": " "})


@dataclass(frozen=True, slots=True)
class Rendered:
    """Plain text with its links, and the notes whose marks stood in it."""

    inline: InlineText
    notes: tuple[list[Node], ...] = ()
    """The blocks of each note."""

    @property
    def text(self) -> str:
        """The text alone."""
        return self.inline.text


def render(inlines: Sequence[Node], *, line_break: str = " ") -> Rendered:
    """What ``inlines`` show. Pictures and raw code of other formats show nothing; a hard break is ``line_break``."""
    pen = _Pen(line_break)
    pen.write_all(inlines)
    return Rendered(InlineText("".join(pen.parts), tuple(pen.links)).stripped(), tuple(pen.notes))


class _Pen:
    """Writes inline nodes one after the other."""

    def __init__(self, line_break: str) -> None:
        self.line_break = line_break
        self.parts: list[str] = []
        self.length = 0
        self.links: list[Link] = []
        self.notes: list[list[Node]] = []

    def write(self, text: str) -> None:
        text = normalise(text.translate(_INVISIBLE))
        self.parts.append(text)
        self.length += len(text)

    def write_all(self, inlines: Sequence[Node]) -> None:
        for node in inlines:
            self.write_node(node)

    def write_node(self, node: Node) -> None:
        content = node.get("c")
        match node["t"], content:
            case "Str", str():
                self.write(content)
            case "Space" | "SoftBreak", _:
                self.write(" ")
            case "LineBreak", _:
                self.write(self.line_break)
            case "Emph" | "Strong" | "Underline" | "Strikeout" | "Superscript" | "Subscript" | "SmallCaps", list():
                self.write_all(content)
            case "Quoted", [{"t": str(kind)}, inner]:
                before, behind = _QUOTES.get(kind, ('"', '"'))
                self.write(before)
                self.write_all(inner)
                self.write(behind)
            case "Span", [_, inner]:
                self.write_all(inner)
            case "Code", [_, str(code)]:
                self.write(code)
            case "Math", [_, str(formula)]:
                self.write(f"${formula}$")
            case "Cite", [citations, inner]:
                self._cite(citations, inner)
            case "Link", [_, inner, [str(target), *_]]:
                self._link(inner, target)
            case "Note", list():
                self.notes.append(content)
            case _:
                pass

    def _link(self, inner: Sequence[Node], target: str) -> None:
        start = self.length
        self.write_all(inner)
        if target and self.length > start:
            self.links.append(Link(start, self.length, normalise(target)))

    def _cite(self, citations: Sequence[Node], inner: Sequence[Node]) -> None:
        """A citation as it is printed in the file, or its keys where it is printed only by LaTeX."""
        if any(node["t"] not in ("RawInline", "Space") for node in inner):
            self.write_all(inner)
            return
        self.write("[")
        for number, citation in enumerate(citations):
            self.write("; " if number else "")
            key, start = str(citation.get("citationId", "")), self.length
            self.write(key)
            self.links.append(Link(start, self.length, f"{CITED}{key}"))
        self.write("]")
