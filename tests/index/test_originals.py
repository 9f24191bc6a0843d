import json
from pathlib import Path

from corpus.errors import ReadError
from index.originals import Original, find_originals, hashes_now


def lines(*texts: str) -> str:
    return "".join(json.dumps({"_id": str(n), "text": text}) + "\n" for n, text in enumerate(texts))


def places(*paths: Path) -> list[str]:
    return [item.source.path for item in find_originals(paths) if isinstance(item, Original)]


def test_files_and_lines_of_collections_are_found_in_order(write) -> None:
    note, corpus = write("a.md", "text"), write("b.jsonl", lines("One.", "Two."))
    assert places(note, corpus) == [str(note), f"{corpus}#0", f"{corpus}#1"]


def test_a_collection_in_a_folder_is_passed_over(write) -> None:
    note, _ = write("a.md", "text"), write("b.jsonl", lines("One."))
    assert places(note.parent) == [str(note)]


def test_what_cannot_be_found_gives_its_error(tmp_path: Path) -> None:
    found = list(find_originals([tmp_path / "absent.md", tmp_path / "absent.jsonl"]))
    assert [isinstance(item, ReadError) and "no such file" in item.cause for item in found] == [True, True]


def test_hashes_tell_what_has_changed_and_what_is_gone(write) -> None:
    note, corpus = write("a.md", "text"), write("b.jsonl", lines("One.", "Two.", "Three."))
    before = dict(hashes_now(places(note, corpus)))
    assert None not in before.values()
    write("b.jsonl", lines("One.", "Two, changed."))
    note.unlink()
    after = dict(hashes_now(before))
    assert after[f"{corpus}#0"] == before[f"{corpus}#0"]
    assert after[f"{corpus}#1"] not in (None, before[f"{corpus}#1"])
    assert after[f"{corpus}#2"] is None
    assert after[str(note)] is None
