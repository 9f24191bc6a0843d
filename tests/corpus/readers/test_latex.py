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


def mentioned(document: Document) -> list[tuple[str, str]]:
    """Each citation in the text with the beginning of its entry."""
    references = document.references
    return [
        (document.text[m.start : m.end], document.text[references[m.reference].start :][:9])
        for m in document.mentions
        if m.reference is not None
    ]


def test_citations_are_led_to_the_items_of_the_list(read: Read) -> None:
    source = PAPER.replace(r"costs $n^2$.", r"costs \citet{major2021,stiles2020} much \cite{nobody}.")
    source = source.replace(r"\bibitem{major2021}", r"\bibitem[{Major [M](2021)}]{major2021}")
    document = read("paper.tex", source)
    assert len(document.references) == 2
    assert mentioned(document) == [
        ("stiles2020", "Stiles, J"),
        ("major2021", "Major, M."),
        ("stiles2020", "Stiles, J"),
    ]
    assert "[major2021; stiles2020] much [nobody]." in document.text


@pytest.mark.parametrize("key", ["smith_2020", "DBLP:journals/corr/abs-2001-1", "o+b.c"])
def test_keys_of_all_kinds_are_led_to_their_items(read: Read, key: str) -> None:
    document = read("paper.tex", PAPER.replace("stiles2020", key))
    assert mentioned(document) == [(key, "Stiles, J")]


BIB = """@string{pp = {Proceedings of Plums}}
@inproceedings{stiles2020, author = {Stiles, Jo and van der Berg, Piet}, title = {On {Openness} of \\'Etudes},
  booktitle = pp, year = 2020, doi = {10.1000/p.1}}
@article{broken2019, author = {Nobody
@book{uncited, author={Un, Cited}, title={Never named}, year=1999}
"""
CITING = "We agree \\citep{stiles2020}, unlike \\cite{broken2019,absent}.\n\\bibliography{refs}\n"


def test_citations_are_led_to_the_entries_of_a_bib_file_beside(write, read: Read) -> None:
    write("refs.bib", BIB)
    document = read("paper.tex", CITING)
    (reference,) = document.references
    entry = document.text[reference.start : reference.end]
    assert entry == (
        "Stiles, Jo, & van der Berg, Piet (2020). On Openness of Études. Proceedings of Plums. "
        "https://doi.org/10.1000/p.1."
    )
    assert (reference.doi, reference.year) == ("10.1000/p.1", "2020")
    assert mentioned(document) == [("stiles2020", "Stiles, J")]
    assert "Never named" not in document.text


@pytest.mark.parametrize("named", ["../outside", "/etc/refs", "% \\bibliography{refs}", "linked", "absent", "large"])
def test_bib_files_elsewhere_are_left_alone(write, read: Read, tmp_path, named: str) -> None:
    inside = write("paper/refs.bib", BIB)
    write("outside.bib", BIB)
    (inside.parent / "linked.bib").symlink_to(tmp_path / "files" / "outside.bib")
    write("paper/large.bib", BIB + "%" * 10_000_001)
    source = CITING.replace("\\bibliography{refs}", named if named[0] == "%" else f"\\bibliography{{{named}}}")
    document = read("paper/paper.tex", source)
    assert document.references == ()
    assert "[stiles2020]" in document.text
