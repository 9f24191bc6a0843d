import pytest

from corpus.web.identifiers import Target, parse_target


@pytest.mark.parametrize(
    ("text", "target"),
    (
        ("10.1145/3571884.3604316", Target("doi", "10.1145/3571884.3604316")),
        ("doi:10.1145/3571884.3604316", Target("doi", "10.1145/3571884.3604316")),
        ("https://doi.org/10.1000/x%3C1%3E", Target("doi", "10.1000/x<1>")),
        ("arXiv:2404.17047v2", Target("arxiv", "2404.17047")),
        ("2404.17047", Target("arxiv", "2404.17047")),
        ("hep-th/9901001", Target("arxiv", "hep-th/9901001")),
        ("https://arxiv.org/pdf/2404.17047v1.pdf", Target("arxiv", "2404.17047")),
        ("https://example.org/a.html", Target("url", "https://example.org/a.html")),
        ("https://arxiv.org/list/cs.CL", Target("url", "https://arxiv.org/list/cs.CL")),
    ),
)
def test_what_is_named(text, target):
    assert parse_target(text) == target


@pytest.mark.parametrize(
    "text", ("paper.pdf", "~/papers", "2404.17047.pdf", "papers/10.1145/x", "ftp://example.org/a", "")
)
def test_a_path_is_no_target(text):
    assert parse_target(text) is None
