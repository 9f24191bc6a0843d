"""What surrounds adding: records completed from registries, files fetched, progress and result in words."""

import importlib.util
import re
from pathlib import Path

import pytest

from assistant.adding import Pace, complete_records, fetch, progress_text, summary
from assistant.workspace import Workspace
from corpus.errors import ServiceError
from corpus.model import Document, Name, Origin, Record, Source
from corpus.records.record import EDITED
from corpus.store import StoredDocument
from corpus.web.fetching import Fetched, Fetcher, Target
from index.reports import AddItem, AddProgress, AddReport

REGISTERED = Record(
    type="article-journal", title="Jumping in Quokkas", authors=(Name("Byron", "Ada"),), year=2023, doi="10.1000/jump"
)


class Registry:
    """Stands for the network alone; what it answers is recorded above."""

    def __init__(self) -> None:
        self.searched: list[str] = []

    def record(self, target):
        if target.value != "10.1000/jump":
            raise ServiceError("The host answered 404", place=target.value)
        return REGISTERED, {}

    def search(self, title):
        self.searched.append(title)
        return [REGISTERED] if "Quokka" in title else []


def stored(kind="paper", origins=None, **fields):
    document = Document(text="x", record=Record(**fields), kind=kind, media="text", origins=origins or {})
    return StoredDocument("id1", "key1", Source("a.md", "0", 1, 0.0), document, False)


@pytest.fixture
def run():
    registry, written = Registry(), []

    def look_up(document):
        (completion,) = complete_records([document], registry, lambda _old, new: written.append(new))
        return completion, written, registry

    return look_up


def test_an_identifier_completes_and_says_where_from(run):
    sure = {"doi": Origin("first page", 0.9)}
    completion, (written,), _ = run(stored(title="Jumping in quokkas", doi="10.1000/jump", origins=sure))
    assert completion.status == "completed"
    assert set(completion.changed) == {"type", "title", "authors", "year"}
    assert written.record.authors == REGISTERED.authors
    assert written.origins["year"] == Origin("DOI registry", 1.0)


def test_what_a_person_set_stays(run):
    origins = {"doi": Origin("first page", 0.9), "year": Origin(EDITED, 1.0)}
    _, (written,), _ = run(stored(title="Jumping in Quokkas", year=1999, doi="10.1000/jump", origins=origins))
    assert written.record.year == 1999


def test_an_identifier_registered_under_another_title_is_only_offered(run):
    completion, written, _ = run(
        stored(title="Swimming in Otters", doi="10.1000/jump", origins={"doi": Origin("first page", 0.9)})
    )
    assert (completion.status, completion.candidates, written) == ("offered", (REGISTERED,), [])


def test_unless_a_person_named_the_identifier(run):
    completion, (written,), _ = run(
        stored(title="Swimming in Otters", doi="10.1000/jump", origins={"doi": Origin(EDITED, 1.0)})
    )
    assert completion.status == "completed"
    assert written.record.title == "Jumping in Quokkas"


def test_a_title_alone_is_only_offered(run):
    completion, written, registry = run(stored(title="Jumping in Quokkas"))
    assert (completion.status, completion.candidates, written) == ("offered", (REGISTERED,), [])
    assert registry.searched == ["Jumping in Quokkas"]


def test_an_essay_is_not_searched_by_the_title_it_discusses(run):
    completion, _, registry = run(stored(kind="essay", title="Jumping in Quokkas"))
    assert (completion.status, registry.searched) == ("nothing", [])


def test_a_failing_service_is_named(run):
    completion, _, _ = run(stored(doi="10.1000/gone", origins={"doi": Origin("first page", 0.9)}))
    assert completion.status == "failed"
    assert "404" in completion.reason


SPEC = importlib.util.spec_from_file_location(
    "web_server", Path(__file__).parents[1] / "corpus" / "web" / "conftest.py"
)

web_server = importlib.util.module_from_spec(SPEC)

SPEC.loader.exec_module(web_server)

site = web_server.site


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
    assert re.fullmatch(r"example\.org_open-models-[0-9a-f]{12}\.html", path.name)


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


def fetched(folder, url, body):
    answers = Answers(body, "text/plain")
    return fetch(Target("url", url), folder, answers, answers)


def test_each_url_has_a_file_of_its_own(tmp_path):
    urls = ["https://x.org/pdf?id=A", "https://x.org/pdf?id=B", "https://x.org/a/pdf", "http://x.org/pdf?id=A"]
    paths = [fetched(tmp_path, url, url.encode()) for url in urls]
    assert [path.read_bytes().decode() for path in paths] == urls
    assert sorted(tmp_path.iterdir()) == sorted(paths)


def test_the_same_url_finds_its_file_again(tmp_path):
    first = fetched(tmp_path, "https://x.org/pdf?id=A", b"one")
    assert fetched(tmp_path, "https://x.org/pdf?id=A#page=2", b"two") == first
    assert first.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [first]


def test_a_file_of_an_older_version_is_kept_where_it_still_holds_what_is_fetched(tmp_path):
    before = tmp_path / "x.org_pdf.txt"
    before.write_bytes(b"one")
    assert fetched(tmp_path, "https://x.org/pdf?id=A", b"one") == before
    assert fetched(tmp_path, "https://x.org/pdf?id=B", b"two") != before
    assert before.read_bytes() == b"one"


def test_dois_that_differ_in_punctuation_have_files_of_their_own(tmp_path):
    item = {"link": [{"URL": "https://x.org/x.pdf", "content-type": "application/pdf"}]}
    paths = set()
    for doi in ("10.1000/x(1)", "10.1000/x[1]", "10.1000/x_1_", "10.1000/x/1/"):
        answers = Answers(f"%PDF-{doi}".encode(), "application/pdf", item)
        paths.add(fetch(Target("doi", doi), tmp_path, answers, answers))
    assert len(paths) == 4


def test_a_write_that_fails_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    first = fetched(tmp_path, "https://x.org/a.txt", b"one")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        fetched(tmp_path, "https://x.org/a.txt", b"two")
    assert first.read_bytes() == b"one" and list(tmp_path.iterdir()) == [first]


def test_two_urls_that_differ_in_their_query_are_two_documents(site, tmp_path, embedder):
    for name in "AB":
        body = f"# Report {name}\n\nThe quokkas of island {name} were counted from the air in the dry season.\n"
        site.put(f"/pdf?id={name}", body.encode(), Content_Type="text/markdown")
    names = [f"{site.url}/pdf?id={name}" for name in "AB"]
    fetcher = Fetcher(allow_private=True, pause=0.0)

    def add(workspace):
        report, _ = workspace.add_targets(names, fetcher=fetcher)
        return [item.status for item in report.items]

    with Workspace.open(tmp_path / "library", embedder=embedder) as workspace:
        assert add(workspace) == ["added", "added"]
        assert len(workspace.documents()) == 2
        assert add(workspace) == ["unchanged", "unchanged"]
        site.answers["/pdf?id=B"].clear()
        site.put(
            "/pdf?id=B", b"# Report B\n\nNobody counted the numbats of the mainland.\n", Content_Type="text/markdown"
        )
        assert add(workspace) == ["unchanged", "updated"]
        assert len(workspace.documents()) == 2


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_rate_and_time_left_follow_the_counts_of_a_stage() -> None:
    clock = Clock()
    pace = Pace(clock)
    assert pace.moved("reading", 0, 40) == ""
    clock.now += 0.1
    assert pace.moved("reading", 9, 40) == ""  # too early
    clock.now += 1.9
    assert pace.moved("reading", 10, 40) == "5.0/s, 6 s left"
    clock.now += 2
    assert pace.moved("reading", 40, 40) == "10.0/s"


def test_each_stage_begins_anew_and_what_was_done_before_counts_for_nothing() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.moved("reading", 0, 2)
    clock.now += 60
    assert pace.moved("embedding", 500, 1000) == ""
    clock.now += 10
    assert pace.moved("embedding", 600, 1000) == "10.0/s, 40 s left"


def test_a_stage_that_stands_still_says_nothing() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.moved("reading", 0, 5)
    clock.now += 30
    assert pace.moved("reading", 0, 5) == ""


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.6, "1 s"), (89.4, "89 s"), (100, "2 min"), (3599, "1 h 0 min"), (9000, "2 h 30 min")]
)
def test_the_time_left_is_no_more_exact_than_an_estimate(seconds: float, words: str) -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.moved("reading", 0, 10_000)
    clock.now += seconds
    assert pace.moved("reading", 5_000, 10_000).endswith(f"/s, {words} left")


def test_progress_and_result_are_told_in_the_same_words_everywhere() -> None:
    assert progress_text(AddProgress("reading", 3, 1280)) == "reading 3 of 1,280"
    assert progress_text(AddProgress("embedding", 64, 2000)) == "embedding 64 of 2,000 passages"
    items = [AddItem("a.md", "failed"), AddItem("b.md", "added"), AddItem("c.md", "added")]
    assert summary(AddReport(items, embedded=1, seconds=3.21)) == ("2 added", "1 failed", "1 text embedded", "3.2 s")
    assert summary(AddReport()) == ("nothing to add", "0.0 s")
