import pytest

from corpus.records.bibliography import find_work


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
