import pytest

from corpus.records.names import families, fold_name, last_word
from corpus.references.parsing import parse_entry


def test_every_field_of_an_entry() -> None:
    parsed = parse_entry(
        "[7] Ann Lee, Mary Major, and Jo Stiles. 2021. Counting quokkas from the air. In Proceedings of the Workshop "
        "on Counting, pages 12–19, Perth, Australia. https://doi.org/10.1000/quokka.7"
    )
    assert parsed.label == "7"
    assert parsed.byline == "Ann Lee, Mary Major, and Jo Stiles."
    assert parsed.authors == ("Lee", "Major", "Stiles")
    assert parsed.year == "2021"
    assert parsed.title == "Counting quokkas from the air"
    assert parsed.venue.startswith("Proceedings of the Workshop on Counting")
    assert parsed.pages == "12–19"
    assert parsed.doi == "10.1000/quokka.7"


@pytest.mark.parametrize(
    ("entry", "authors", "year", "title"),
    [
        (
            "[Lee et al.2016] Ann Lee, Mary Major, and Jo Stiles. 2016. Counting quokkas. In Proceedings of COUNT.",
            ("Lee", "Major", "Stiles"),
            "2016",
            "Counting quokkas",
        ),
        (
            "Lee, A.; Major, M.; and Stiles, J. 2014b. Counting quokkas from the air. In Advances in Counting, 31–35.",
            ("Lee", "Major", "Stiles"),
            "2014b",
            "Counting quokkas from the air",
        ),
        (
            "12. Lee, A., Major, M.: Counting quokkas from the air. In: Proceedings of Counting. pp. 16–24 (2015)",
            ("Lee", "Major"),
            "2015",
            "Counting quokkas from the air",
        ),
        (
            "Lee, Ann, and Mary Major. “Counting Quokkas.” Journal of Counting 12, no. 3 (1999): 1–9.",
            ("Lee", "Major"),
            "1999",
            "Counting Quokkas",
        ),
        (
            "[3] A. Lee and M. Major, “Counting quokkas from the air,” in Proc. COUNT, 2018, pp. 1–9.",
            ("Lee", "Major"),
            "2018",
            "Counting quokkas from the air",
        ),
    ],
)
def test_the_styles_of_the_field(entry: str, authors: tuple[str, ...], year: str, title: str) -> None:
    parsed = parse_entry(entry)
    assert (parsed.authors, parsed.year, parsed.title) == (authors, year, title)


@pytest.mark.parametrize(
    ("entry", "arxiv", "doi"),
    [
        ("Lee. 2020. On things. CoRR, abs/2001.00001.", "2001.00001", ""),
        ("Lee. 2020. On things. arXiv preprint arXiv:2001.00001v2.", "2001.00001", ""),
        ("Lee. 2000. On things. arXiv:cs/0001001.", "cs/0001001", ""),
        ("Lee. 2020. On things. https://doi.org/ 10.1000/ab.cd.", "", "10.1000/ab.cd"),
        ("Lee. 2020. On things, pages 2001.", "", ""),
    ],
)
def test_identifiers(entry: str, arxiv: str, doi: str) -> None:
    parsed = parse_entry(entry)
    assert (parsed.arxiv, parsed.doi) == (arxiv, doi)


@pytest.mark.parametrize("entry", ["", " ", "…", "[1] ", "2020", "(((", "Lee" * 500, "a, " * 400])
def test_no_text_is_too_odd(entry: str) -> None:
    assert parse_entry(entry) == parse_entry(entry)


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("Benjamin Van Durme and Kees van Deemter", ("Durme", "Deemter")),
        ("Beck, Ulrich, Anthony Giddens, and Scott Lash.", ("Beck", "Giddens", "Lash")),
        ("Lee, A. B., Jr., & Major, M.-T.", ("Lee", "Major")),
        ("A. Lee, M. Major, et al.", ("Lee", "Major")),
        ("Open Source Initiative", ("Open Source Initiative",)),
        ("Ann Lee, Mary Major (eds.)", ("Lee", "Major")),
        ("__________ .", ()),
    ],
)
def test_family_names(byline: str, expected: tuple[str, ...]) -> None:
    assert families(byline) == expected


def test_names_are_compared_without_accents_and_particles() -> None:
    assert last_word("Van Durme") == last_word("Durme")
    assert fold_name("Sch¨utze") == fold_name("Schütze")
    assert last_word("Lee’s") == "lee"
