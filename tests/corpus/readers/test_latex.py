from collections.abc import Callable

import pytest

from corpus.errors import ReadError
from corpus.model import BlockKind, Document, SectionKind

Read = Callable[[str, str | bytes], Document]

PAPER = r"""% a comment
\documentclass{article}
\title{On the Sharing of Weights}
\author{Mary Major\thanks{Corresponding author.} \\ University of Somewhere \and John Stiles}
\date{May 2023}
\newcommand{\model}{Alpha}
\begin{document}
\maketitle
\begin{abstract}We share weights.\end{abstract}
\section{Results}
The model \model{} is open \citep{stiles2020}.\footnote{Under conditions.} It costs $n^2$.
\begin{table}\caption{Sizes}\begin{tabular}{ll}Model & Size\\ \model & 7B\end{tabular}\end{table}
\begin{thebibliography}{9}
\bibitem{stiles2020} Stiles, J. (2020). On openness.
\bibitem{major2021} Major, M. (2021). On weights.
\end{thebibliography}
\end{document}
"""


@pytest.fixture
def paper(read: Read) -> Document:
    return read("paper.tex", PAPER)


def blocks(document: Document) -> list[tuple[BlockKind, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def test_macros_are_expanded_and_notes_set_aside(paper: Document) -> None:
    found = blocks(paper)
    assert (BlockKind.PARAGRAPH, "The model Alpha is open [stiles2020]. It costs $n^2$.") in found
    assert (BlockKind.FOOTNOTE, "Under conditions.") in found
    assert (BlockKind.CAPTION, "Sizes") in found
    assert (BlockKind.TABLE, "Model | Size\nAlpha | 7B") in found


def test_the_title_block_states_the_record(paper: Document) -> None:
    assert paper.record.title == "On the Sharing of Weights"
    assert [name.display for name in paper.record.authors] == ["Mary Major", "John Stiles"]
    assert (paper.record.year, paper.record.month) == (2023, 5)
    assert paper.kind == "paper"


def test_the_bibliography_is_a_section_of_references(paper: Document) -> None:
    section = paper.sections[-1]
    assert section.kind is SectionKind.REFERENCES
    entries = paper.text[section.start : section.end]
    assert "Stiles, J. (2020). On openness." in entries
    assert "9 Stiles" not in entries


def test_sources_under_another_name_are_recognised(read: Read) -> None:
    assert read("paper.txt", PAPER).media == "latex"


def test_a_part_without_a_head_is_read(read: Read) -> None:
    assert read("part.tex", "\\section{One}\nA sentence.\n").text == "One\n\nA sentence."


def test_old_encodings_are_read(read: Read) -> None:
    assert (
        read("a.tex", 'Une phrase na\\"ive et d\u00e9j\u00e0 vue.'.encode("latin-1")).text
        == "Une phrase naïve et déjà vue."
    )


@pytest.mark.parametrize("source", ["\\begin{document}{{{", "\\begin{itemize}\\item x", "\\def\\a{\\a\\a}\\a", "$x"])
def test_broken_sources_are_read_or_refused(read: Read, source: str) -> None:
    try:
        assert read("broken.tex", source).text
    except ReadError as error:
        assert "Compile it" in error.remedy or "No text" in error.cause
