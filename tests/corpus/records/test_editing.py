import pytest

from corpus.errors import UsageError
from corpus.model import Document, Name, Origin, Record
from corpus.records.editing import EDITED, amend, carry_over

READ = Document(
    text="Quokkas jump.",
    record=Record(title="Quoka", year=2023, month=4, day=5),
    kind="document",
    media="text",
    origins={"title": Origin("heading", 0.7)},
)


def test_a_field_is_set_and_says_that_it_was_set_by_hand():
    amended = amend(READ, {"title": "  Quokka\x1b ", "authors": "Byron, Ada; Grace Hopper"})
    assert amended.record.title == "Quokka"
    assert amended.record.authors == (Name("Byron", "Ada"), Name("Hopper", "Grace"))
    assert amended.origins["title"] == Origin(EDITED, 1.0)


def test_a_year_set_by_hand_has_no_month_left_from_before():
    record = amend(READ, {"year": "2024"}).record
    assert (record.year, record.month, record.day) == (2024, None, None)


def test_an_empty_value_clears():
    amended = amend(READ, {"title": "", "year": "", "authors": ""})
    assert (amended.record.title, amended.record.year, amended.record.authors) == ("", None, ())


def test_kind_belongs_to_the_document():
    assert amend(READ, {"kind": "essay"}).kind == "essay"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    (("titel", "x", "Did you mean title"), ("year", "soon", "four digits"), ("kind", "x", "paper")),
)
def test_what_does_not_fit_is_refused_with_what_would(name, value, told):
    with pytest.raises(UsageError, match=told):
        amend(READ, {name: value})


def test_edits_outlive_a_new_reading_and_other_fields_follow_the_file():
    edited = amend(READ, {"year": "2024", "kind": "essay"})
    again = Document(text="Quokkas jump high.", record=Record(title="Quokka", year=2023), kind="document", media="text")
    kept = carry_over(edited, again)
    assert (kept.text, kept.record.title, kept.record.year, kept.kind) == (
        "Quokkas jump high.",
        "Quokka",
        2024,
        "essay",
    )
    assert kept.origins["year"].source == EDITED
    assert carry_over(READ, again) == again
