"""Files that a newer reader reads again, and files whose text is nearly that of another one."""

import pytest

from corpus.model import Record
from corpus.readers import READER_VERSIONS
from corpus.readers.pandoc import pandoc_version
from corpus.records.record import REGISTRY, complete
from corpus.store import DocumentStore

SENTENCES = [
    f"Sentence {n} tells of quokka {n * 7} and of the {n * 3} leaves that it ate on day {n}." for n in range(60)
]
ARTICLE = "# Quokkas and their leaves\n\n" + "\n\n".join(SENTENCES) + "\n"


def statuses(report) -> list[str]:
    return [item.status for item in report.items]


def age(library) -> None:
    """Make all documents those of a library from before reader versions were kept."""
    with library.database.writing() as connection:
        connection.execute("UPDATE documents SET reader = 0")


def test_a_document_of_an_older_reader_is_read_again_and_stays_itself(library, write) -> None:
    path = write("a.md", ARTICLE)
    (first,) = library.add(path).items
    library.ingest.edit(first.document_id, {"year": "1999"})
    stored = library.store.get(first.document_id)
    library.ingest.rewrite(stored, complete(stored.document, Record(container_title="Journal of Leaves"), REGISTRY))
    passages = {passage.passage_id for passage in library.store.passages_of(first.document_id)}
    age(library)
    report = library.add(path)
    (item,) = report.items
    assert (item.status, item.reason, report.embedded) == ("updated", "read again by a newer reader", 0)
    assert item.document_id == first.document_id
    after = library.store.get(first.document_id)
    assert (after.key, after.document.record.year) == (stored.key, 1999)
    assert after.document.record.container_title == "Journal of Leaves"
    assert {passage.passage_id for passage in library.store.passages_of(first.document_id)} == passages
    assert statuses(library.add(path)) == ["unchanged"]


def test_an_edit_does_not_hide_that_a_reader_is_old(library, write) -> None:
    path = write("a.md", ARTICLE)
    (item,) = library.add(path).items
    age(library)
    library.ingest.edit(item.document_id, {"year": "1999"})
    assert DocumentStore(library.database).outdated() == [str(path)]


def test_a_file_that_the_present_reader_refuses_keeps_its_text(library, write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("a.md", ARTICLE)
    library.add(path)
    age(library)
    # Read by content: with another ending, the same bytes are refused.
    moved = path.rename(path.with_suffix(".unknown"))
    (item,) = library.add(moved).items
    assert item.status == "unchanged" and "older reader" in item.reason and "not read" in item.reason
    assert library.store.get(item.document_id).document.text.startswith("Quokkas and their leaves")


def test_only_documents_of_an_older_reader_are_read_again(library, write) -> None:
    one, other = write("a.md", ARTICLE), write("b.md", "# Plums\n\nPlums are ripe.\n")
    library.add(one, other)
    with library.database.writing() as connection:
        connection.execute("UPDATE documents SET reader = 0 WHERE path = ?", (str(one),))
    assert statuses(library.add(one, other)) == ["unchanged", "updated"]


def test_every_medium_has_a_version(library, write) -> None:
    assert all(version > 0 for version in READER_VERSIONS.values())
    library.add(write("c.jsonl", '{"_id": "1", "title": "T", "text": "Quokkas hop."}\n'))
    assert DocumentStore(library.database).outdated() == []


def test_a_file_of_nearly_the_same_text_is_added_and_named(library, write) -> None:
    first = write("a.md", ARTICLE)
    other = write("b.txt", ARTICLE.replace("# ", "").replace("day 30", "day thirty"))
    report = library.add(first, other, write("c.md", "# Plums\n\n" + "Plums are ripe in the garden of the king. " * 9))
    assert statuses(report) == ["added", "added", "added"]
    assert [item.reason for item in report.items] == [
        "",
        f"nearly the same as {first} (98 % of its wording)",
        "",
    ]
    assert report.items[0].document_id != report.items[1].document_id
    assert statuses(library.add(other)) == ["unchanged"]


def test_an_essay_in_two_formats_is_nearly_the_same(library, write) -> None:
    assert pandoc_version()
    first = write("essay.md", ARTICLE)
    latex = "\\documentclass{article}\\begin{document}\n" + "\n\n".join(SENTENCES) + "\n\\end{document}\n"
    report = library.add(first, write("essay.tex", latex))
    assert report.items[1].reason.startswith(f"nearly the same as {first} (9")
