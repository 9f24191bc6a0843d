import pytest

from assistant.completing import Completer
from corpus.errors import ServiceError
from corpus.model import Document, Name, Origin, Record, Source
from corpus.records.editing import EDITED
from corpus.store import StoredDocument

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
    completer = Completer(registry, lambda _old, new: written.append(new))

    def look_up(document):
        (completion,) = completer.run([document])
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
