"""Title, authors, date and identifiers."""

from pathlib import Path

import pytest
from typeset import Sheet, typeset, write

from corpus.pdf.lines import compose_accents, sets_accents_apart
from corpus.readers.pdf import read_pdf
from corpus.reading import Hint


def hints(tmp_path: Path, *sheets: Sheet, name: str = "paper.pdf", **options: str) -> dict[str, Hint]:
    return read_pdf(write(tmp_path / name, typeset(sheets, **options))).hints


def title_page(*authors: str) -> Sheet:
    sheet = Sheet().put("A Title Which is So Long that", "it Takes Two Lines", x=150, size=17, bold=True)
    sheet.put(*authors, x=200, size=12, gap=10)
    sheet.put("Abstract", x=280, bold=True, gap=20)
    return sheet.put("The abstract has some lines of ordinary text in it,", "and it ends here.", gap=6)


TITLE = "A Title Which is So Long that it Takes Two Lines"


def test_the_title_is_the_largest_type_of_page_one(tmp_path: Path) -> None:
    hint = hints(tmp_path, title_page())["title"]
    assert hint.value == TITLE
    assert 0.5 < hint.confidence < 1


@pytest.mark.parametrize("stated", ["untitled", "Microsoft Word - draft3.docx", "paper", "Something Else Entirely"])
def test_a_stated_title_that_page_one_does_not_show_is_not_believed(tmp_path: Path, stated: str) -> None:
    assert hints(tmp_path, title_page(), title=stated)["title"].value == TITLE


def test_a_stated_title_that_page_one_shows_is_surer(tmp_path: Path) -> None:
    shown = hints(tmp_path, title_page())["title"]
    both = hints(tmp_path, title_page(), title="A Title which is so long that it takes two lines")["title"]
    assert both.value == TITLE
    assert both.confidence > shown.confidence


def test_a_large_label_below_the_abstract_is_no_title(tmp_path: Path) -> None:
    sheet = title_page().at("ENORMOUS LABEL", 150, 200, size=30)
    assert hints(tmp_path, sheet)["title"].value == TITLE


_FOUR = "Ada Lovelace; Grace Hopper; Ludwig van Beethoven; Alan Turing"


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (("Ada Lovelace, Grace Hopper and Alan Turing",), "Ada Lovelace; Grace Hopper; Alan Turing"),
        (("Ada Lovelace*, Ludwig van Beethoven\u2020", "{ada,lvb}@example.org"), "Ada Lovelace; Ludwig van Beethoven"),
        (("Ada K. Lovelace",), "Ada K. Lovelace"),
        (
            ("Ada Lovelace1, Grace Hopper2, and Alan Turing1", "1University of X"),
            "Ada Lovelace; Grace Hopper; Alan Turing",
        ),
        (("Ada Lovelace1, Grace Hopper2, Ludwig van", "Beethoven2 & Alan Turing"), _FOUR),
        (("Ada Lovelace, Grace Hopper, Ludwig van Beethoven and", "Alan Turing"), _FOUR),
        (("Ada Lovelace ada@example.org", "Grace Hopper gh@example.org"), "Ada Lovelace; Grace Hopper"),
        (("Ada Lovelace+ and Grace Hopper+", "+ University of X"), "Ada Lovelace; Grace Hopper"),
        (("Mark Hasegawa- Johnson",), "Mark Hasegawa-Johnson"),
    ],
)
def test_plain_lines_of_names_are_authors(tmp_path: Path, lines: tuple[str, ...], names: str) -> None:
    assert hints(tmp_path, title_page(*lines))["authors"].value == names


@pytest.mark.parametrize(
    "line", ["Ada Lovelace Grace Hopper Alan Turing", "University of Somewhere", "Draft of June 2020"]
)
def test_anything_less_certain_is_left_out(tmp_path: Path, line: str) -> None:
    assert "authors" not in hints(tmp_path, title_page(line))


def test_fewer_names_than_addresses_are_not_the_whole_list(tmp_path: Path) -> None:
    page = title_page("Ada Lovelace", "{ada, hopper}@example.org")
    assert "authors" not in hints(tmp_path, page)


def test_a_wide_gap_tells_two_authors_apart(tmp_path: Path) -> None:
    data = typeset([title_page("Ada Lovelace Grace Hopper")])
    shown, apart = b"(Ada Lovelace Grace Hopper) Tj", b"[(Ada)-250(Lovelace)-2250(Gr)18(ace)-250(Hopper)]TJ"
    assert shown in data
    length = int(data.split(shown)[0].rsplit(b"/Length ", 1)[1].split()[0])
    data = data.replace(b"/Length %d" % length, b"/Length %d" % (length + len(apart) - len(shown)))
    reading = read_pdf(write(tmp_path / "a.pdf", data.replace(shown, apart)))
    assert reading.hints["authors"].value == "Ada Lovelace; Grace Hopper"


def test_stated_authors_count_where_page_one_names_them(tmp_path: Path) -> None:
    page = title_page("Ada Lovelace Grace Hopper")
    assert hints(tmp_path, page, author="Ada Lovelace; Grace Hopper")["authors"].source == "PDF metadata"
    assert "authors" not in hints(tmp_path, page, author="jdoe")


def test_the_arxiv_stamp_gives_number_and_date_and_leaves_the_text(tmp_path: Path) -> None:
    page = title_page().at("arXiv:2301.01234v2 [cs.CL] 7 Feb 2023", 30, 200, size=20, turned=True)
    reading = read_pdf(write(tmp_path / "a.pdf", typeset([page])))
    assert reading.hints["arxiv"] == Hint("2301.01234", "arXiv stamp on page 1", 1.0)
    assert reading.hints["date"].value == "2023-01"  # first posted; the stamp dates the second version
    assert "arXiv" not in reading.text
    assert reading.hints["title"].value == TITLE


def test_a_file_name_gives_a_less_certain_number(tmp_path: Path) -> None:
    found = hints(tmp_path, title_page(), name="2301.01234v3.pdf")
    assert found["arxiv"].value == "2301.01234"
    assert found["arxiv"].confidence < 1
    assert found["date"].value == "2023-01"


@pytest.mark.parametrize(
    ("line", "doi"),
    [
        ("https://doi.org/10.1145/3593013.3593981", "10.1145/3593013.3593981"),
        ("DOI: 10.1000/j.made(up)2020.01.", "10.1000/j.made(up)2020.01"),
        ("https://doi.org/10.1145/nnnnnnn.nnnnnnn", None),
        ("as in 10.1145 of the models", None),
    ],
)
def test_the_doi_of_page_one(tmp_path: Path, line: str, doi: str | None) -> None:
    hint = hints(tmp_path, title_page().put(line, gap=20)).get("doi")
    assert (hint.value if hint else None) == doi


@pytest.mark.parametrize(
    ("apart", "whole"),
    [
        ("Veli\u02c7ckovi\u00b4c", "Veličković"),
        ("Li`o", "Liò"),
        ("\u00a8Ozlem Uzuner", "Özlem Uzuner"),
        ("Mart\u00b4\u0131nez", "Martínez"),
        ("Fran\u00e7ois, Franc\u00b8ois", "François, François"),
        ("the author\u00b4s work", "the author\u00b4s work"),
        ("``quoted'' `a la", "``quoted'' `a la"),
        ("\u02c6\u03c9 and \u02dcht", "\u02c6\u03c9 and \u02dcht"),
        ("http://a.b/\u02dcurban", "http://a.b/\u02dcurban"),
    ],
)
def test_accents_go_onto_their_letters(apart: str, whole: str) -> None:
    assert compose_accents(apart) == whole


def test_only_tex_sets_accents_apart() -> None:
    assert sets_accents_apart({"Producer": "pdfTeX-1.40.17"})
    assert not sets_accents_apart({"Producer": "Microsoft Word"})
