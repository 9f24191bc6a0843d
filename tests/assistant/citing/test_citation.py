"""What a work of a reference list is called in short."""

from __future__ import annotations

import pytest

from assistant.citing import author_year, cite, paste
from assistant.citing.citation import SecondHand, short_name
from corpus.model import Locator, Name, Record, Reference


def record(*families: str, year: int | None = 2024, title: str = "A Title", type: str = "article") -> Record:
    return Record(type=type, title=title, authors=tuple(Name(family=f, given="X") for f in families), year=year)


def test_one_two_and_many_authors():
    assert author_year(record("Solaiman"), "f.pdf") == "Solaiman, 2024"
    assert author_year(record("Liesenfeld", "Dingemanse"), "f.pdf") == "Liesenfeld & Dingemanse, 2024"
    assert author_year(record("Eiras", "Petrov", "Vidgen"), "f.pdf") == "Eiras et al., 2024"


def test_without_author_the_title_stands_in_quotation_marks_cut_short():
    assert author_year(record(title="Openness"), "f.pdf") == "“Openness”, 2024"
    assert author_year(record(title="One two three four five six seven"), "f") == "“One two three four five …”, 2024"


def test_an_unsigned_essay_is_marked_because_its_heading_may_be_the_title_of_another_work():
    essay = record(title="On Open Models", type="manuscript", year=None)
    assert author_year(essay, "essay.md") == "“On Open Models” [essay], n.d."


def test_without_title_the_file_name_stands():
    assert author_year(Record(), "notes.md") == "notes.md, n.d."


def test_the_place_is_the_printed_page_before_the_pdf_page_before_the_section():
    signed = record("Eiras")
    assert cite(signed, "f", Locator(0, 9, pdf_page=3, pdf_page_end=3, page_label="117", page_label_end="117")) == (
        "(Eiras, 2024, p. 117)"
    )
    assert cite(signed, "f", Locator(0, 9, pdf_page=3, pdf_page_end=4)) == "(Eiras, 2024, PDF pp. 3–4)"
    assert cite(signed, "f", Locator(0, 9, section=("4 Risks", "4.4 Safety"), paragraph=8)) == (
        "(Eiras, 2024, § 4.4, ¶ 8)"
    )


def test_a_section_headed_by_the_title_itself_is_not_named():
    assert cite(record("Eiras", title="On Tin"), "f", Locator(0, 9, section=("📘 On Tin",), paragraph=2)) == (
        "(Eiras, 2024, ¶ 2)"
    )


def test_second_hand_names_the_primary_work_first():
    reported = SecondHand(("Kapoor, S. (2024). On …",), "Kapoor et al., 2024")
    assert cite(record("Doe"), "f", Locator(0, 9), reported) == "(Kapoor et al., 2024, as cited in Doe, 2024)"


def test_pasting_turns_inner_quotation_marks_into_single_ones(starter):
    answer = starter.ask("What is marginal risk?")
    source = answer.sources[0]
    pasted = paste(source)
    assert pasted.startswith("“") and pasted.endswith(source.citation)
    assert pasted.count("“") == 1 + source.citation.count("“")


@pytest.mark.parametrize(
    ("authors", "byline", "title", "expected"),
    [
        (("Lee",), "Lee, A.", "Quokkas", "Lee, 2020"),
        (("Lee", "Ott"), "Lee, A., & Ott, J.", "Quokkas", "Lee & Ott, 2020"),
        (("Lee", "Ott", "Major"), "Lee, A., Ott, J., & Major, M.", "Quokkas", "Lee et al., 2020"),
        (("Lee",), "Ann Lee, Jo Ott, and Mary Major", "Quokkas", "Lee et al., 2020"),
        (("Lee",), "Ann Lee et al.", "Quokkas", "Lee et al., 2020"),
        ((), "", "Quokkas of the island", "Quokkas of the island"),
        ((), "", "What is known of the quokkas of the island", "What is known of the quokkas …"),
    ],
)
def test_a_work_is_named_by_its_authors_else_by_its_title(authors, byline, title, expected):
    assert short_name(Reference(0, 0, authors=authors, byline=byline, title=title, year="2020")) == expected
