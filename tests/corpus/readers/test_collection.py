import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ReadError
from corpus.model import BlockKind
from corpus.readers.collection import Entry, collection_of, list_entries, read_entry
from corpus.readers.formats import read_document
from corpus.readers.workers import read_all


def line(**fields: object) -> str:
    return json.dumps(fields, ensure_ascii=False) + "\n"


def causes(path: Path) -> list[str]:
    return [item.cause for item in list_entries(path) if isinstance(item, ReadError)]


def entries(path: Path) -> list[Entry]:
    return [item for item in list_entries(path) if isinstance(item, Entry)]


def test_each_line_is_a_document(write) -> None:
    path = write(
        "corpus.jsonl",
        line(_id="a/1", title="On Weights", text="First paragraph.\n\nSecond, “quoted”.", metadata={"year": 2021})
        + "\n"
        + line(_id=2, title="", text="Only text.", author="Mary Major"),
    )
    first, second = entries(path)
    assert first.source.path == f"{path}#a/1"
    assert second.source.path == f"{path}#2"
    document = read_entry(first)
    assert document.text == "On Weights\n\nFirst paragraph.\n\nSecond, “quoted”."
    assert [block.kind for block in document.blocks] == [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]
    assert (document.record.title, document.record.year, document.media) == ("On Weights", 2021, "jsonl")
    assert [name.display for name in read_entry(second).record.authors] == ["Mary Major"]


def test_the_hash_is_the_lines_own(write) -> None:
    one, two = line(_id="1", text="One."), line(_id="2", text="Two.")
    before = {entry.source.path: entry.source.sha256 for entry in entries(write("a.jsonl", one + two))}
    after = {
        entry.source.path: entry.source.sha256 for entry in entries(write("a.jsonl", line(_id="0", text="x") + two))
    }
    assert {place: digest for place, digest in after.items() if before.get(place) == digest}.keys() == {
        place for place in before if place.endswith("#2")
    }


def test_lines_that_are_no_documents_are_named_and_the_rest_is_read(write) -> None:
    path = write(
        "a.jsonl", "{broken\n[1]\n" + line(_id="1", text="One.") + line(_id="1", text="Again.") + line(_id="2")
    )
    assert [entry.source.path for entry in entries(path)] == [f"{path}#1"]
    errors = [item for item in list_entries(path) if isinstance(item, ReadError)]
    assert [error.place.rpartition(", ")[2] for error in errors] == ["line 1", "line 2", "line 4", "line 5"]
    assert all(error.remedy for error in errors)


def test_a_file_of_other_lines_is_refused_early(write) -> None:
    found = causes(write("log.jsonl", line(event="click") * 1000))
    assert len(found) == 21
    assert found[-1] == "The file holds no documents"


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_an_empty_collection_says_so(write, content: str) -> None:
    assert causes(write("a.jsonl", content)) == ["The file is empty"]


def test_a_line_without_an_id_is_named_by_its_number(write) -> None:
    (entry,) = entries(write("a.jsonl", "\n" + line(text="One.")))
    assert entry.source.path.endswith("#line 2")


def test_ids_hold_no_control_characters(write) -> None:
    (entry,) = entries(write("a.jsonl", line(_id="\x1b[31mred\n", text="One.")))
    assert entry.source.path.endswith("#[31mred")


def test_a_line_that_changed_meanwhile_is_refused(write) -> None:
    path = write("a.jsonl", line(_id="1", text="One."))
    (entry,) = entries(path)
    path.write_text(line(_id="1", text="Two."))
    with pytest.raises(ReadError, match="changed while it was read"):
        read_entry(entry)
    path.unlink()
    with pytest.raises(ReadError, match="cannot be opened"):
        read_entry(entry)
    assert causes(path) == ["The file cannot be opened (No such file or directory)"]


def test_a_line_without_words_is_refused(write) -> None:
    (entry,) = entries(write("a.jsonl", line(_id="1", text=" \n ")))
    with pytest.raises(ReadError, match="No text was found"):
        read_entry(entry)


def test_a_collection_is_never_one_document(write) -> None:
    with pytest.raises(ReadError, match="many documents"):
        read_document(write("a.jsonl", line(_id="1", text="One.")))


def test_workers_read_lines_like_files(write) -> None:
    path = write("a.jsonl", line(_id="1", text="One.") + line(_id="2", text=" "))
    (_, document), (_, error) = read_all(entries(path), cancelled=lambda: False, workers=1)
    assert document == read_entry(entries(path)[0])
    assert isinstance(error, ReadError)
    assert error.place == f"{path}#2"


@pytest.mark.parametrize(
    ("place", "file"),
    [("/a/b.jsonl#1", "/a/b.jsonl"), ("/a/b.JSONL#x.jsonl#1", "/a/b.JSONL"), ("/a/b#1.md", None), ("/a/b.jsonl", None)],
)
def test_a_place_names_a_line_or_a_file(place: str, file: str | None) -> None:
    assert collection_of(place) == file


@given(st.lists(st.one_of(st.binary(max_size=40), st.text(max_size=20).map(lambda t: line(_id=t, text=t).encode()))))
def test_any_bytes_give_entries_or_errors(tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]) -> None:
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    path.write_bytes(b"\n".join(lines))
    for item in list_entries(path):
        if isinstance(item, Entry):
            try:
                assert read_entry(item).text
            except ReadError as error:
                assert error.cause == "No text was found in the line"
