"""Inline Markdown as a reader sees it: words and link targets, without marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from corpus.model import Link
from corpus.text.characters import strip_controls

__all__ = ["InlineText", "render_inline"]


@dataclass(frozen=True, slots=True)
class InlineText:
    """Plain text with the links in it; offsets count from the start of ``text``."""

    text: str
    links: tuple[Link, ...] = ()

    def stripped(self) -> InlineText:
        """Without white space at both ends, links moved along."""
        lead = len(self.text) - len(self.text.lstrip())
        text = self.text.strip()
        links = (Link(max(0, k.start - lead), min(len(text), k.end - lead), k.target) for k in self.links)
        return InlineText(text, tuple(link for link in links if link.start < link.end))


def render_inline(tokens: Sequence[Token], *, line_break: str = " ") -> InlineText:
    """The visible text of inline tokens; images are left out, soft breaks become ``line_break``."""
    parts: list[str] = []
    links: list[Link] = []
    open_links: list[tuple[int, str]] = []
    length = 0

    def write(text: str) -> None:
        nonlocal length
        text = strip_controls(text)
        parts.append(text)
        length += len(text)

    for token in tokens:
        match token.type:
            case "text" | "code_inline" | "math_inline" | "text_special":
                write(token.content)
            case "softbreak" | "hardbreak":
                write(line_break)
            case "html_inline" if token.content.lower().startswith("<br"):
                write(line_break)
            case "link_open":
                open_links.append((length, str(token.attrs.get("href", ""))))
            case "link_close" if open_links:
                start, target = open_links.pop()
                if target and start < length:
                    links.append(Link(start, length, target))
            case _:
                pass
    return InlineText("".join(parts), tuple(links)).stripped()
