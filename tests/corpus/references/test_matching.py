import pytest

from corpus.model import Name, Record, Reference
from corpus.references.matching import HeldWorks
from corpus.references.works import Work

AIR = Record(
    title="Counting Quokkas from the Air: A Survey", authors=(Name("Lee", "Ann"), Name("Major", "Mary")), year=2019
)
HELD = HeldWorks(
    [
        Work.of("air", AIR),
        Work.of("night", Record(title="Counting Quokkas at Night, Round 2", authors=(Name("Ott", "Jo"),), year=2020)),
        Work.of("short", Record(title="Quokkas", authors=(Name("Stiles", "Jo"),), year=2001)),
        Work.of("number", Record(title="A title that nobody prints alike", arxiv="2001.00001v3", doi="10.1000/Abc")),
    ]
)


def reference(title: str = "", *authors: str, year: str = "", **others: str) -> Reference:
    return Reference(0, 0, authors=authors, year=year, title=title, **others)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (reference("Counting quokkas from the air: a survey", "Lee", year="2019"), "air"),
        (reference("Counting quokkas from the air: a survey", "Leigh", year="2020"), "air"),
        (reference("Counting quokkas from the air: a survey", "Leigh", year="1999"), None),
        (reference("Counting quokas from the air - a survey", "Lee", year="2018"), "air"),
        (reference("Counting quokas from the air - a survey", "Kim", year="2019"), None),
        (reference("Counting numbats from the air: a survey", "Lee", year="2019"), None),
        (reference("Counting quokkas at night, round 2", "Ott", year="2020"), "night"),
        (reference("Counting quokkas at night, round 3", "Ott", year="2020"), None),
        (reference("Quokkas", "Stiles", year="2001"), "short"),
        (reference("Quokkas", "Lee", year="2001"), None),
        (reference("Quokka", "Stiles", year="2001"), None),
        (reference("", "Lee", year="2019"), None),
    ],
)
def test_a_title_needs_its_author_or_year(entry: Reference, expected: str | None) -> None:
    assert HELD.find(entry, entry.title) == expected


def test_identifiers_decide_where_the_title_is_there_too() -> None:
    said = "A title nobody prints. arXiv:2001.00001"
    assert HELD.find(reference("Cut wrong", arxiv="2001.00001"), said) == "number"
    assert HELD.find(reference("Cut wrong", doi="10.1000/ABC"), said) == "number"
    assert HELD.find(reference("Cut wrong", doi="10.48550/arXiv.2001.00001"), said) == "number"
    assert HELD.find(reference("Another work", arxiv="2001.00001"), "Another work of quite other words") is None


def test_a_title_that_was_not_cut_out_is_found_in_the_entry_behind_its_author() -> None:
    said = "Ann Lee and Mary Major. Counting quokkas from the air: a survey (Perth, 1995)"
    assert HELD.find(reference("quokkas from the air: a survey (Perth"), said) == "air"
    assert HELD.find(reference("quokkas from the air: a survey (Perth"), said.replace("Ann Lee", "Jo Ott")) is None


def test_an_entry_that_fits_two_documents_stands_for_none() -> None:
    twice = HeldWorks([Work.of("one", AIR), Work.of("two", AIR, "essay")])
    assert twice.find(reference(AIR.title, "Lee", year="2019"), AIR.title) is None
