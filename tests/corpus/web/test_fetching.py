import pytest

from corpus.errors import ServiceError
from corpus.web.fetching import Fetcher, Target, parse_target


@pytest.fixture
def waits():
    return []


@pytest.fixture
def fetcher(waits):
    return Fetcher(allow_private=True, pause=0.0, wait=waits.append)


def test_an_answer_comes_with_its_type(site, fetcher):
    site.put("/a", b"hello", Content_Type="text/HTML; charset=utf-8")
    answer = fetcher.get(f"{site.url}/a", accept="text/html")
    assert (answer.body, answer.media_type, answer.url) == (b"hello", "text/html", f"{site.url}/a")
    assert site.asked == [("/a", "text/html")]


def test_redirects_are_followed_but_not_for_ever(site, fetcher):
    site.put("/a", status=302, Location="/b")
    site.put("/b", b"there")
    assert fetcher.get(f"{site.url}/a").url == f"{site.url}/b"
    site.put("/round", status=301, Location="/round")
    with pytest.raises(ServiceError, match="Too many redirects"):
        fetcher.get(f"{site.url}/round")


def test_too_large_an_answer_is_refused(site, fetcher):
    site.put("/big", b"x" * 2_000_000)
    with pytest.raises(ServiceError, match="larger than 1 MB"):
        fetcher.get(f"{site.url}/big", max_bytes=1_000_000)


def test_a_busy_host_is_asked_again_after_the_time_it_names(site, fetcher, waits):
    site.put("/busy", status=429, Retry_After="7")
    site.put("/busy", b"now")
    assert fetcher.get(f"{site.url}/busy").body == b"now"
    assert waits == [7.0]


def test_a_host_that_stays_busy_is_let_be(site, fetcher):
    site.put("/busy", status=503)
    with pytest.raises(ServiceError, match="busy"):
        fetcher.get(f"{site.url}/busy")
    assert len(site.asked) == 3


def test_an_error_names_status_and_address(site, fetcher):
    with pytest.raises(ServiceError, match=r"404.*/missing"):
        fetcher.get(f"{site.url}/missing")


def test_no_server_is_a_service_error(fetcher):
    with pytest.raises(ServiceError, match="No answer") as caught:
        fetcher.get("http://127.0.0.1:9/")
    assert caught.value.exit_code == 4


@pytest.mark.parametrize(
    "url",
    (
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://10.1.2.3/",
        "http://192.168.0.1/",
        "http://169.254.169.254/latest",
        "http://[fe80::1]/",
        "http://0.0.0.0/",
    ),
)
def test_private_addresses_are_refused(url):
    with pytest.raises(ServiceError, match="Private addresses"):
        Fetcher(pause=0.0).get(url)


@pytest.mark.parametrize("url", ("file:///etc/passwd", "ftp://example.org/a"))
def test_only_http_is_spoken(url):
    with pytest.raises(ServiceError, match="Only http"):
        Fetcher(allow_private=True, pause=0.0).get(url)


def test_requests_to_one_host_keep_their_distance(site):
    waits = []
    fetcher = Fetcher(allow_private=True, pause=60.0, wait=waits.append)
    site.put("/a", b"1")
    fetcher.get(f"{site.url}/a")
    assert waits == []
    fetcher.get(f"{site.url}/a")
    assert len(waits) == 1 and 50 < waits[0] <= 60


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
