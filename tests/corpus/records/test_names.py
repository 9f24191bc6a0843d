import pytest

from corpus.model import Name
from corpus.records.names import parse_name, parse_names, short_authors, split_people


@pytest.mark.parametrize(
    ("text", "family", "given"),
    [
        ("Mary Major", "Major", "Mary"),
        ("Major, Mary Jane", "Major", "Mary Jane"),
        ("Philip H.S. Torr", "Torr", "Philip H.S."),
        ("Ludwig van der Berg", "van der Berg", "Ludwig"),
        ("van der Berg, Ludwig", "van der Berg", "Ludwig"),
        ("Seán Ó Briain", "Ó Briain", "Seán"),
        ("Máire Ó hEidhin", "Ó hEidhin", "Máire"),
        ("John Stiles Jr.", "Stiles Jr.", "John"),
        ("  Mary   Major ,", "Major", "Mary"),
        ("Juan A. Nolazco-Flores", "Nolazco-Flores", "Juan A."),
    ],
)
def test_a_person_has_a_family_and_a_given_name(text: str, family: str, given: str) -> None:
    assert parse_name(text) == Name(family=family, given=given)


@pytest.mark.parametrize("text", ["European Parliament", "loccit contributors", "OpenAI", "The BigScience Team"])
def test_a_body_keeps_its_name_whole(text: str) -> None:
    assert parse_name(text) == Name(literal=text)


@pytest.mark.parametrize(
    "text", ["Mary Major; John Stiles", "Mary Major and John Stiles", "Major, Mary; Stiles, John;"]
)
def test_several_names_are_separated(text: str) -> None:
    assert [name.display for name in parse_names(text)] == ["Mary Major", "John Stiles"]


def test_an_and_inside_a_name_separates_nothing() -> None:
    assert [name.family for name in parse_names("Fernando Rolando; Ann Sandberg")] == ["Rolando", "Sandberg"]


@pytest.mark.parametrize("text", ["", " ; ", ","])
def test_nothing_is_nobody(text: str) -> None:
    assert parse_names(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("Mary Major", "Major"),
        ("Mary Major; John Stiles", "Major & Stiles"),
        ("Mary Major; John Stiles; Ann Lee", "Major et al."),
        ("OpenAI", "OpenAI"),
    ],
)
def test_short_authors_are_those_of_an_author_year_citation(text: str, expected: str) -> None:
    assert short_authors(parse_names(text)) == expected


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Jane Doe, John Roe", ["Jane Doe", "John Roe"]),
        ("Jane Doe, John A. Roe, and Mary van der Berg", ["Jane Doe", "John A. Roe", "Mary van der Berg"]),
        ("Jane Doe & John Roe, Ann Lee", ["Jane Doe", "John Roe", "Ann Lee"]),
        ("Doe, Jane", ["Jane Doe"]),
        ("Doe Smith, J. R.", ["J. R. Doe Smith"]),
        ("van der Berg, Jan Piet", ["Jan Piet van der Berg"]),
        ("Doe, Jane; Roe, John", ["Jane Doe", "John Roe"]),
        ("Jane Doe", ["Jane Doe"]),
    ],
)
def test_commas_between_whole_names_part_people(line: str, names: list[str]) -> None:
    assert [name.display for name in parse_names(split_people(line))] == names
