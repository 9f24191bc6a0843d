import pytest

from assistant.fetching import fetch
from corpus.errors import ServiceError
from corpus.web.fetching import Fetched
from corpus.web.identifiers import Target


class Answers:
    """Stands for the network alone."""

    def __init__(self, body=b"", media_type="", item=None):
        self.body, self.media_type, self.item, self.asked = body, media_type, item or {}, []

    def get(self, url, **_):
        self.asked.append(url)
        return Fetched(url, self.media_type, self.body)

    def record(self, _target):
        return None, self.item


def test_an_arxiv_paper_is_named_by_its_number(tmp_path):
    answers = Answers(b"%PDF-1.7", "application/pdf")
    path = fetch(Target("arxiv", "2404.17047"), tmp_path / "fetched", answers, answers)
    assert path.name == "2404.17047.pdf" and path.read_bytes() == b"%PDF-1.7"
    assert answers.asked == ["https://arxiv.org/pdf/2404.17047"]


def test_a_page_is_named_by_host_and_path(tmp_path):
    answers = Answers(b"<p>Hi</p>", "text/html")
    path = fetch(Target("url", "https://example.org/posts/open-models.html?x=1"), tmp_path, answers, answers)
    assert path.name == "example.org_open-models.html"


def test_a_doi_gives_the_open_file_that_is_registered_with_it(tmp_path):
    item = {
        "link": [
            {"URL": "https://example.org/x.xml"},
            {"URL": "https://example.org/x.pdf", "content-type": "application/pdf"},
        ]
    }
    answers = Answers(b"%PDF-1.4", "application/octet-stream", item)
    assert fetch(Target("doi", "10.1000/x"), tmp_path, answers, answers).name == "10.1000_x.pdf"
    assert answers.asked == ["https://example.org/x.pdf"]


def test_a_doi_without_an_open_file_says_what_to_do(tmp_path):
    answers = Answers()
    with pytest.raises(ServiceError, match=r"No open file.*Download it"):
        fetch(Target("doi", "10.1000/x"), tmp_path, answers, answers)


def test_what_is_not_read_is_not_kept(tmp_path):
    answers = Answers(b"MZ", "application/x-msdownload")
    with pytest.raises(ServiceError, match="x-msdownload"):
        fetch(Target("url", "https://example.org/a.exe"), tmp_path, answers, answers)
    assert not list(tmp_path.iterdir())


def test_a_name_never_leaves_the_folder(tmp_path):
    answers = Answers(b"text", "text/plain")
    path = fetch(Target("url", "https://example.org/../../etc/..%2f..%2fpasswd"), tmp_path, answers, answers)
    assert path.parent == tmp_path
