from pathlib import Path

from corpus.model import Name
from corpus.reading import Hint, Reading
from corpus.records.assembly import assemble


def reading(**hints: Hint) -> Reading:
    return Reading(media="markdown", text="Text.", blocks=(), hints=dict(hints))


def test_every_field_says_where_it_comes_from() -> None:
    record, origins = assemble(
        reading(
            title=Hint("On Release", "heading", 0.7),
            authors=Hint("Mary Major; John Stiles", "front matter"),
            date=Hint("2023-05-16", "front matter"),
            url=Hint("https://example.org/r", "page header"),
        ),
        "web",
    )
    assert record.type == "webpage"
    assert record.title == "On Release"
    assert record.authors == (Name("Major", "Mary"), Name("Stiles", "John"))
    assert (record.year, record.month, record.day) == (2023, 5, 16)
    assert {name: origin.source for name, origin in origins.items()} == {
        "title": "heading",
        "authors": "front matter",
        "year": "front matter",
        "url": "page header",
    }
    assert origins["title"].confidence == 0.7


def test_a_date_may_be_a_year_alone() -> None:
    record, _ = assemble(reading(date=Hint("2023", "front matter")), "document")
    assert (record.year, record.month, record.day) == (2023, None, None)


def test_an_identifier_completes_what_the_file_does_not_say() -> None:
    record, origins = assemble(reading(arxiv=Hint("2403.07918", "page header")), "paper")
    assert record.authors[0] == Name("Kapoor", "Sayash")
    assert record.title == "On the Societal Impact of Open Foundation Models"
    assert origins["authors"].source == origins["title"].source == "bundled bibliography"


def test_an_identifier_overrides_nothing_that_the_file_says() -> None:
    stated = {"title": Hint("My Copy", "heading"), "authors": Hint("Mary Major", "heading"), "date": Hint("1999", "x")}
    record, origins = assemble(reading(arxiv=Hint("2403.07918", "page header"), **stated), "paper")
    assert (record.title, record.authors, record.year) == ("My Copy", (Name("Major", "Mary"),), 1999)
    assert origins["title"].source == "heading"


def test_a_number_that_may_be_an_identifier_completes_nothing() -> None:
    record, _ = assemble(reading(arxiv=Hint("2403.07918", "file name", 0.6)), "paper")
    assert record.authors == ()
    assert record.title == ""


def test_a_title_alone_completes_nothing(read) -> None:
    """An essay on a paper often carries the paper's title."""
    document = read("essay.md", "# On the Societal Impact of Open Foundation Models\n\nIn this essay I disagree.\n")
    assert document.record.title == "On the Societal Impact of Open Foundation Models"
    assert document.record.authors == ()
    assert document.record.year is None
    assert set(document.origins) == {"title"}


def test_csl_leaves_out_what_is_not_known() -> None:
    record, _ = assemble(reading(title=Hint("T", "heading")), "document")
    assert record.as_csl("k") == {"id": "k", "type": "document", "title": "T"}


def test_csl_carries_names_dates_and_identifiers() -> None:
    hints = {"authors": Hint("Mary Major; OpenAI", "x"), "date": Hint("2023-05", "x"), "doi": Hint("10.1000/x", "x")}
    record, _ = assemble(reading(**hints, arxiv=Hint("9901.00001", "x")), "paper")
    assert record.as_csl() == {
        "type": "article",
        "author": [{"family": "Major", "given": "Mary"}, {"literal": "OpenAI"}],
        "issued": {"date-parts": [[2023, 5]]},
        "DOI": "10.1000/x",
        "number": "9901.00001",
        "archive": "arXiv",
    }


def test_the_file_name_is_no_title(read) -> None:
    assert Path("notes-on-release.txt").stem not in read("notes-on-release.txt", "Just text.").record.title
