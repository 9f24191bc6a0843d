"""Text as the screen shows it: stored text, never read as markup, and the program's own words about it.

Stored lines are joined by replacing characters one for one, so every offset stays true.
"""

import re
from collections.abc import Iterable, Sequence

from textual.content import Content

from assistant.answering import Answer, AnswerSentence
from assistant.citing import CitedSource
from assistant.citing.citation import offered

__all__ = [
    "authors",
    "cites",
    "count",
    "flowing",
    "held",
    "marked",
    "measured",
    "one_line",
    "opening",
    "passage",
    "quotation",
    "second_hand",
    "sentence_line",
    "verdict",
    "written",
]

MARK = "bold $text-accent on $accent-muted"
LONE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
NOT_HELD = "Not in your library"
FROM_RECORDS = "From your library"


# Stored text


def flowing(text: str) -> str:
    """Replace single line breaks and control characters by spaces, one for one.

    >>> flowing("one\\ntwo\\n\\nthree")
    'one two\\n\\nthree'
    """
    return LONE_BREAK.sub(" ", CONTROL.sub(" ", text))


def one_line(text: str) -> str:
    """Put text on a single line."""
    return " ".join(CONTROL.sub(" ", text).split())


def marked(text: str, start: int, end: int) -> Content:
    """Mark ``text[start:end]`` in stored text."""
    return Content(flowing(text)).stylize(MARK, start, end)


def passage(source: CitedSource) -> Content:
    """Show the passage of a source with its quotation marked."""
    begin = source.passage.start
    return marked(source.passage_text, source.locator.start - begin, source.locator.end - begin)


def quotation(source: CitedSource) -> Content:
    """Show the quotation of a source alone."""
    return marked(source.quote, 0, len(source.quote))


def sentence_line(sentence: AnswerSentence, *, written: bool = True) -> Content:
    """Show a sentence of an answer, in quotation marks only if it is a slice of its source.

    ``written`` tells that a language model wrote what is no slice; otherwise it comes from the library's records.
    """
    numbers = " ".join(f"[{n}]" for n in sentence.sources)
    if sentence.verbatim:
        return Content.assemble(f"“{one_line(sentence.text)}” ", (numbers, "bold $text-accent"))
    if not written:
        return Content.assemble(one_line(sentence.text), " ", (numbers, "bold $text-accent"))
    own = " (the model’s own words)" if sentence.supported else f" (not supported: {one_line(sentence.doubt)})"
    style = "$text-warning" if sentence.supported else "bold $text-error"
    return Content.assemble(one_line(sentence.text), " ", (numbers, "bold $text-accent"), (own, style))


# The program's own words


def count(number: int, noun: str, plural: str = "") -> str:
    """Join a number and its noun.

    >>> count(1, "passage"), count(1200, "passage")
    ('1 passage', '1,200 passages')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {plural or noun + 's'}"


def verdict(answer: Answer) -> str:
    """Say how much was found: ``3 passages from 2 documents``, or that nothing was."""
    parts = []
    if answer.kind == "library":
        return FROM_RECORDS
    if answer.sources:
        documents = len({source.document_id for source in answer.sources})
        passages = len({(source.document_id, source.passage) for source in answer.sources})
        parts.append(f"{count(passages, 'passage')} from {count(documents, 'document')}")
    if answer.taxonomy is not None and answer.taxonomy.found:
        cells = len(answer.taxonomy.cells)
        parts.append(f"{count(cells, 'cell')} of the taxonomy" if cells else "found in the taxonomy")
    if answer.abstained and not answer.sources and parts:
        return f"{parts[0]}; no passage in your library"
    return " and ".join(parts) or NOT_HELD


def measured(answer: Answer) -> str:
    """Compose the last line of an answer: ``2 sources · strong evidence · 38 ms``."""
    parts = [count(len(answer.sources), "source")] if answer.sources else []
    if not answer.abstained and answer.kind != "library":
        parts.append(f"{answer.evidence} evidence")
    if answer.timings_ms:
        took = answer.timings_ms.get("total", sum(answer.timings_ms.values()))
        parts.append(f"{took:.0f} ms" if took < 1000 else f"{took / 1000:.1f} s")
    return " · ".join(parts)


def written(answer: Answer) -> str:
    """Say who wrote an answer, and how many of its sentences the sources support."""
    supported = sum(sentence.supported for sentence in answer.sentences)
    sentences = count(len(answer.sentences), "sentence")
    return f"Written by {answer.written_by}; {supported} of {sentences} supported by sources"


def second_hand(sources: Sequence[CitedSource], *, numbered: bool = True) -> str:
    """Warn of sources that all report the same works of others: ``[1] [3] report …``."""
    reported = sources[0].second_hand
    assert reported is not None
    works = "works" if len(reported.works) > 1 else "work"
    numbers = "".join(f"[{source.n}] " for source in sources) if numbered else ""
    verb = "report" if len(sources) > 1 else "reports"
    return f"{numbers}{verb} {reported.short} – cite the primary {works}"


def cites(source: CitedSource) -> str:
    """Say what a quotation cites, and what of it is held: ``cites Lee, 2018 (held) and Ott, 2015 (not held)``."""
    shown = offered(source.cites)
    parts = [f"{work.short} ({'held' if work.held else 'not held'})" for work in shown]
    if more := len(source.cites) - len(shown):
        parts.append(f"{more} more")
    return "cites " + (" and ".join(parts) if len(parts) < 3 else f"{', '.join(parts[:-1])} and {parts[-1]}")


def held(source: CitedSource) -> str:
    """Name the primary works of a source that the library holds; empty if there are none."""
    names = [work.short for work in source.cites if work.held]
    return f"[{source.n}] cites {' and '.join(names)}, in your library too" if names else ""


def authors(names: Iterable[str]) -> str:
    """Shorten a list of names to the room of a table.

    >>> authors(["Ada Lovelace", "Alan Turing", "Grace Hopper"])
    'Ada Lovelace et al.'
    """
    held = list(names)
    return f"{held[0]} et al." if len(held) > 2 else " and ".join(held)


def opening(text: str, length: int = 90) -> str:
    """Shorten a text to its first words, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[:length].rsplit(' ', 1)[0]} …"
