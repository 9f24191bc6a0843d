import pytest

from corpus.text.identifiers import (
    arxiv_in,
    arxiv_of_doi,
    arxiv_of_file,
    bare_arxiv,
    doi_in,
    doi_of_arxiv,
    url_in,
    whole_arxiv,
    whole_doi,
    without_identifiers,
)


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("See (https://doi.org/10.1145/3571730).", "10.1145/3571730"),
        ("doi:10. 1016/S0140-6736(05)67889-7.", "10.1016/S0140-6736(05)67889-7"),
        ("doi 10.1002/(SICI)1097-0258(1999), 3", "10.1002/(SICI)1097-0258(1999)"),
        ("Version 10.2 of 2020/21", ""),
    ],
)
def test_a_doi_ends_before_the_punctuation_around_it(text: str, doi: str) -> None:
    assert doi_in(text) == doi


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("arXiv:2404.17047v2 [cs.CL]", "2404.17047"),
        ("https://arxiv.org/html/2404.17047", "2404.17047"),
        ("CoRR, abs/cs.CL/0101001", "cs.CL/0101001"),
        ("pages 2404.17047", ""),
    ],
)
def test_an_arxiv_number_has_to_be_marked(text: str, number: str) -> None:
    assert arxiv_in(text) == number


def test_a_url_is_made_whole() -> None:
    assert url_in("Online: https: //a.org/b.") == "https://a.org/b"
    assert without_identifiers("A. 2020. doi:10.1145/3571730").split() == ["A.", "2020.", "doi:"]


@pytest.mark.parametrize("text", ["2404.17047.pdf", "papers/2404.17047", "arxiv.org/list/2404.17047", "10.5"])
def test_paths_are_neither_numbers_nor_dois(text: str) -> None:
    assert whole_arxiv(text) == whole_doi(text) == ""


def test_a_number_and_its_doi_lead_to_each_other() -> None:
    assert arxiv_of_doi(doi_of_arxiv("2404.17047")) == "2404.17047"
    assert arxiv_of_doi("10.1145/3571730") == ""
    assert bare_arxiv("solv-int/9901001v1") == "solv-int/9901001"


def test_a_file_is_named_by_a_number_with_a_valid_month() -> None:
    assert (arxiv_of_file("arxiv-1601.03313v2"), arxiv_of_file("1613.03313")) == ("1601.03313", "")
