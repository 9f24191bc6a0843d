from pathlib import Path

import pytest

from corpus.errors import UsageError
from corpus.model import Document, Name, Origin, Record
from corpus.reading import Hint, Reading
from corpus.records.record import EDITED, amend, assemble, carry_over, find_work


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


@pytest.mark.parametrize("arxiv", ["2404.17047", "2404.17047v2", "arXiv:2404.17047", "arxiv:2404.17047v1"])
def test_an_arxiv_identifier_is_known_in_every_form(arxiv: str) -> None:
    work = find_work(arxiv=arxiv)
    assert work is not None
    assert work.authors[0].family == "Eiras"
    assert len(work.authors) == 24
    assert work.year == 2024


@pytest.mark.parametrize("arxiv", ["", "9999.99999", "2404", "v2", "no identifier"])
def test_an_unknown_identifier_finds_nothing(arxiv: str) -> None:
    assert find_work(arxiv=arxiv) is None


def test_an_unknown_doi_finds_nothing() -> None:
    assert find_work(doi="10.1000/none") is None
    assert find_work() is None


def test_names_with_particles_are_read_right() -> None:
    work = find_work(arxiv="2404.17047")
    assert work is not None
    assert "Schroeder de Witt" in [name.family for name in work.authors]


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


ABSTRACT_AND_REFERENCES = "# T\n\n## Abstract\n\nShort.\n\n## Text\n\nLong.\n\n## References\n\nLee, A. (2020). X.\n"


@pytest.mark.parametrize(
    ("name", "source", "kind"),
    [
        ("a.md", "---\nkind: brief\n---\n\nText.\n", "brief"),
        ("a.md", "---\ntype: post\n---\n\nText.\n", "web"),
        ("my-essay.md", "---\nkind: paper\n---\n\nText.\n", "paper"),
        ("a.md", "---\nkind: sonnet\n---\n\nText.\n", "document"),
        ("essay-on-release.md", "Text.\n", "essay"),
        ("my_essay.md", "Text.\n", "essay"),
        ("a.md", "In this short essay I weigh both sides.\n", "essay"),
        ("a.md", "# Title\n\n> Critical Analysis\n\nText.\n", "essay"),
        ("a.md", "Text about essayists.\n", "document"),
        ("a.md", ABSTRACT_AND_REFERENCES, "paper"),
        ("a.txt", "Plain text.\n", "document"),
        ("a.md", "---\ntags: [x]\n---\n\nText.\n", "web"),
        ("a.md", "Title: T\n\nURL Source: https://arxiv.org/abs/2101.00001\n\nMarkdown Content:\nText.\n", "paper"),
        ("a.md", "Title: T\n\nURL Source: https://example.org/\n\nMarkdown Content:\nText.\n", "web"),
    ],
)
def test_the_kind_is_what_the_file_states_or_else_looks_like(read, name: str, source: str, kind: str) -> None:
    assert read(name, source).kind == kind
