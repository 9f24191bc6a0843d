"""What can't be read says so, with cause, place and remedy; what can in part is read in part."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typeset import Sheet, encrypted, typeset, write

from corpus.errors import ReadError
from corpus.pdf.engine import PdfOptions
from corpus.readers.pdf import read_pdf

PAGE = Sheet().put("A page with one sentence on it, which is enough.")


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "empty"),
        (b"\x00\x01garbage" * 50, "not a PDF"),
        (b"%PDF-1.7\n" + b"nothing that is a PDF " * 40, "damaged|pages"),
        (typeset([]), "no pages"),
        (typeset([Sheet()]), "no text"),
        (typeset([PAGE, PAGE], picture_pages=(1, 2)), "no text"),
        (encrypted(typeset([PAGE]), user="secret"), "password"),
    ],
    ids=["empty", "garbage", "header only", "no pages", "blank", "scan", "password"],
)
def test_the_refusal_names_cause_place_and_remedy(tmp_path: Path, data: bytes, cause: str) -> None:
    path = write(tmp_path / "paper.pdf", data)
    with pytest.raises(ReadError, match=cause) as raised:
        read_pdf(path)
    assert raised.value.place == str(path)
    assert raised.value.remedy


def test_a_missing_file_is_a_read_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="cannot be opened"):
        read_pdf(tmp_path / "none.pdf")


def test_the_remedy_for_a_scan_names_the_option(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="un loccit add --ocr"):
        read_pdf(write(tmp_path / "scan.pdf", typeset([PAGE], picture_pages=(1,))))


def test_an_empty_user_password_opens(tmp_path: Path) -> None:
    reading = read_pdf(write(tmp_path / "a.pdf", encrypted(typeset([PAGE]), user="")))
    assert reading.text == "A page with one sentence on it, which is enough."


def test_a_given_password_opens(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", encrypted(typeset([PAGE]), user="secret"))
    assert "enough" in read_pdf(path, PdfOptions(password="secret")).text


def test_junk_before_the_header_does_no_harm(tmp_path: Path) -> None:
    assert "enough" in read_pdf(write(tmp_path / "a.pdf", b"junk\n" * 20 + typeset([PAGE]))).text


def test_pictures_among_pages_of_text_are_named(tmp_path: Path) -> None:
    reading = read_pdf(write(tmp_path / "a.pdf", typeset([PAGE, PAGE, PAGE], picture_pages=(2,))))
    assert reading.pages_failed == (2,)
    assert reading.text.count("enough") == 2


def test_one_page_that_cannot_be_parsed_costs_only_itself(tmp_path: Path) -> None:
    nested = [Sheet().put("First page of three, in order."), Sheet(), Sheet().put("Third page of three, in order.")]
    data = typeset(nested)
    empty = b"<<  /Length 0 >>\nstream\n\nendstream"
    assert data.count(empty) == 1
    deep = b"[" * 60_000
    broken = data.replace(empty, b"<< /Length %d >>\nstream\n" % len(deep) + deep + b"\nendstream")
    reading = read_pdf(write(tmp_path / "a.pdf", broken))
    assert reading.pages_failed == (2,)
    assert [page.number for page in reading.pages] == [1, 2, 3]
    assert "First page" in reading.text
    assert "Third page" in reading.text


def test_letters_of_many_scripts_in_one_word_are_no_text(tmp_path: Path) -> None:
    from corpus.pdf.extraction import is_garbled

    assert is_garbled(["ϚʔέοτϞσϧ ߟ͑Δ͜ͱ औҾͰ͖ͳ͍ Ϋϩࡁܦม " * 8])
    assert not is_garbled(["The α-helix of naïve β-sheets in Ångström units and Straková’s Żółć " * 8])


@given(st.binary(max_size=400), st.integers(0, 3000))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_damage_anywhere_ends_in_a_reading_or_a_read_error(tmp_path: Path, damage: bytes, place: int) -> None:
    data = typeset([PAGE, PAGE], title="A Title")
    path = write(tmp_path / "a.pdf", data[:place] + damage + data[place + len(damage) // 2 :])
    try:
        reading = read_pdf(path)
    except ReadError as error:
        assert error.remedy
    else:
        assert reading.pages[-1].end == len(reading.text)


def test_the_message_for_a_protected_file_names_the_option(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", encrypted(typeset([PAGE]), user="secret"))
    with pytest.raises(ReadError, match="--password"):
        read_pdf(path)
    with pytest.raises(ReadError, match="does not open"):
        read_pdf(path, PdfOptions(password="wrong"))


def test_a_picture_on_the_cover_of_a_book_is_no_lost_page(tmp_path: Path) -> None:
    book = typeset([PAGE] * 14, picture_pages=(1, 5, 14))
    assert read_pdf(write(tmp_path / "a.pdf", book)).pages_failed == (5,)


def test_names_of_glyphs_are_no_text(tmp_path: Path) -> None:
    glyphs = Sheet().put("/g133/g135/g146/g150/g3 /g131/g144/g133/g135 /g4/g133/g133", "/g135/g146/g3/g150/g131/g144")
    reading = read_pdf(write(tmp_path / "a.pdf", typeset([PAGE, glyphs])))
    assert reading.pages_failed == (2,)
    assert "/g" not in reading.text


def test_blank_pages_are_not_called_pictures(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="blank"):
        read_pdf(write(tmp_path / "a.pdf", typeset([Sheet(), Sheet()])))


def test_a_file_cut_off_says_that_its_end_is_missing(tmp_path: Path) -> None:
    data = typeset([PAGE] * 3)
    with pytest.raises(ReadError, match="end is missing") as raised:
        read_pdf(write(tmp_path / "a.pdf", data[: len(data) // 6]))
    assert "again" in raised.value.remedy
