"""Does every quotation stand where its locator says?

    python -m benchmarks.quotes

Asks the questions of `benchmarks/data` of the five first documents and those of `paper_library` of its 128 papers. Each
quote, of answers and of nearest passages, must equal the slice that its locator names; each quote from a PDF must
also occur on the named pages as pypdfium2, which shares no code with our reader, extracts them. Folded are
ligatures, hyphens (a line-end hyphen may be a real one) and white space. What is missed is printed, with what stands
between where pypdfium2 has it in two runs: it leaves footnotes where they are drawn, in the middle of a sentence.
"""

from __future__ import annotations

import argparse
import os
import unicodedata
from functools import cache
from pathlib import Path

import pypdfium2

from assistant.citing import CitedSource
from assistant.workspace import Workspace
from benchmarks.evaluation import SHARED, add_engine_option, built_library, read_lines
from corpus.pdf.engine import ENGINES

_LIGATURES = {0xFB00 + n: text for n, text in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}
_HYPHENS = dict.fromkeys(map(ord, "-\u00ad\u2010\u2011\u0002\ufffe"))

_SHORTEST_RUN = 12
"""Code points; a shorter piece of a quote stands on a page by chance."""


def main() -> None:
    """Ask everything, check every quote, print counts and exceptions."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--more", type=Path, help="a file with further questions for the papers, one a line")
    add_engine_option(parser)
    arguments = parser.parse_args()
    os.environ["LOCCIT_PDF"] = arguments.engine
    own = (Path(__file__).parent / "data" / "questions_five_documents.txt").read_text("utf-8").splitlines()
    folder = SHARED / "eval" / "paper_library"
    asked = [question["text"] for question in read_lines(folder / "qa.jsonl")]
    if arguments.more:
        asked += arguments.more.read_text("utf-8").splitlines()
    with built_library(_named("five_documents", arguments.engine), [SHARED / "library"]) as workspace:
        five = _check(workspace, own)
    with built_library(_named("paper_library", arguments.engine), [folder / "pdf"]) as workspace:
        papers = _check(workspace, asked)
    questions, quotes, slices, in_pdf, on_page = (a + b for a, b in zip(five, papers, strict=True))
    print(f"questions: {questions}")
    print(f"quotes equal to their slice: {slices} of {quotes}")
    print(f"quotes from PDF found on their pages by pypdfium2: {on_page} of {in_pdf}")


def _named(library: str, engine: str) -> str:
    """The library that this engine reads: the default one's is shared with other measurements."""
    return library if engine == ENGINES[0] else f"{library}_{engine}"


def _check(workspace: Workspace, questions: list[str]) -> tuple[int, int, int, int, int]:
    quotes = slices = in_pdf = on_page = 0
    for question in questions:
        answer = workspace.ask(question)
        for source in (*answer.sources, *answer.nearest):
            quotes += 1
            text = workspace.document(source.document_id).document.text
            slices += source.quote == text[source.locator.start : source.locator.end]
            if source.locator.pdf_page is not None:
                in_pdf += 1
                quote, pages = _fold(source.quote), _fold(_pages_text(source))
                on_page += quote in pages
                if quote not in pages:
                    between = _between(quote, pages)
                    reason = f"in two runs, between them {between!r}" if between is not None else "not found"
                    print(f"{reason}: {Path(source.path).name} {source.place}: {source.quote}")
    return len(questions), quotes, slices, in_pdf, on_page


def _between(quote: str, pages: str) -> str | None:
    """What stands between two runs that make up the quote, in order, such as a footnote; None where none do."""
    for cut in range(len(quote) - _SHORTEST_RUN, _SHORTEST_RUN, -1):
        start = pages.find(quote[:cut])
        if start >= 0:
            rest = pages.find(quote[cut:], start + cut)
            return pages[start + cut : rest] if rest >= 0 else None
    return None


def _pages_text(source: CitedSource) -> str:
    first, last = source.locator.pdf_page, source.locator.pdf_page_end
    assert first is not None and last is not None
    return "".join(_page_text(source.path, number) for number in range(first, last + 1))


@cache
def _page_text(path: str, number: int) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return str(document[number - 1].get_textpage().get_text_range())
    finally:
        document.close()


def _fold(text: str) -> str:
    text = unicodedata.normalize("NFC", text.translate(_LIGATURES)).translate(_HYPHENS)
    return "".join(text.split())


if __name__ == "__main__":
    main()
