"""Stored text as the screen shows it: never markup, its quotation marked by offsets.

Lines are joined by replacing characters one for one, so every offset stays true.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual.content import Content

if TYPE_CHECKING:
    from assistant.answering import AnswerSentence
    from assistant.citing import CitedSource

__all__ = ["flowing", "marked", "one_line", "passage", "quotation", "sentence_line"]

MARK = "bold $text-accent on $accent-muted"
LONE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def flowing(text: str) -> str:
    """The same number of characters, with single line breaks and control characters as spaces.

    >>> flowing("one\\ntwo\\n\\nthree")
    'one two\\n\\nthree'
    """
    return LONE_BREAK.sub(" ", CONTROL.sub(" ", text))


def one_line(text: str) -> str:
    """Text on a single line."""
    return " ".join(CONTROL.sub(" ", text).split())


def marked(text: str, start: int, end: int) -> Content:
    """Stored text with ``text[start:end]`` marked."""
    return Content(flowing(text)).stylize(MARK, start, end)


def passage(source: CitedSource) -> Content:
    """The passage of a source with its quotation marked."""
    begin = source.passage.start
    return marked(source.passage_text, source.locator.start - begin, source.locator.end - begin)


def quotation(source: CitedSource) -> Content:
    """The quotation of a source alone."""
    return marked(source.quote, 0, len(source.quote))


def sentence_line(sentence: AnswerSentence) -> Content:
    """A sentence of an answer: in quotation marks only where it is a slice of its source."""
    numbers = " ".join(f"[{n}]" for n in sentence.sources)
    if sentence.verbatim:
        short = "" if sentence.short is None else f"{one_line(sentence.short.within(sentence.text))}  "
        return Content.assemble((short, "bold"), f"“{one_line(sentence.text)}” ", (numbers, "bold $text-accent"))
    own = " (the model’s own words)" if sentence.supported else f" (not supported: {one_line(sentence.doubt)})"
    style = "$text-warning" if sentence.supported else "bold $text-error"
    return Content.assemble(one_line(sentence.text), " ", (numbers, "bold $text-accent"), (own, style))
