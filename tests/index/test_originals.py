""" """

import json
import os
from pathlib import Path

import pytest

from corpus.errors import ReadError
from index.originals import CurrentHashes, Original, collect, find_originals, fingerprint


def names(*paths: Path) -> list[str]:
    """File names in order; of what cannot be followed, the cause."""
    return [item.cause if isinstance(item, ReadError) else item.name for item in collect(paths)]


@pytest.fixture
def folder(write) -> Path:
    for name in (
        "b.md",
        "a.txt",
        "sub/c.PDF",
        "sub/deeper/d.html",
        "notes.xlsx",
        ".hidden.md",
        ".git/e.md",
        "picture.png",
        "data.jsonl",
    ):
        write(name, "text")
    return write("z.md", "text").parent


def test_a_folder_is_walked_in_order_without_what_nobody_reads(folder: Path) -> None:
    assert names(folder) == ["a.txt", "b.md", "z.md", "c.PDF", "d.html"]


def test_a_file_named_by_itself_is_never_passed_over(folder: Path) -> None:
    assert names(folder / "notes.xlsx", folder / ".hidden.md") == ["notes.xlsx", ".hidden.md"]


def test_every_file_comes_once(folder: Path) -> None:
    assert names(folder / "b.md", folder / "b.md", folder / "sub" / ".." / "b.md", folder / "sub", folder / "sub") == [
        "b.md",
        "c.PDF",
        "d.html",
    ]


def test_one_file_has_one_path_however_it_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "sub")
    assert list(collect([Path("../b.md"), "../b.md", folder / "b.md"])) == [folder / "b.md"]


def test_a_folder_without_papers_says_what_is_read(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (error,) = collect([tmp_path / "empty"])
    assert isinstance(error, ReadError)
    assert "no readable files" in error.cause
    assert ".pdf" in error.remedy


def test_a_tilde_is_the_home_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(folder))
    assert names(Path("~/b.md")) == ["b.md"]


def test_a_link_to_a_folder_inside_a_folder_does_not_lead_in_circles(folder: Path) -> None:
    (folder / "sub" / "loop").symlink_to(folder)
    assert names(folder).count("b.md") == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_closed_folder_is_reported_and_the_rest_is_read(folder: Path) -> None:
    (folder / "sub").chmod(0)
    found = names(folder)
    (folder / "sub").chmod(0o700)
    assert found == ["a.txt", "b.md", "z.md", "The folder may not be read"]


def test_a_name_that_is_no_text_is_refused_and_shown_with_a_mark(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text("text")
    (error,) = collect([tmp_path])
    assert isinstance(error, ReadError)
    assert error.place == f"{tmp_path}/caf?.txt"
    assert "Rename" in error.remedy


def test_a_fingerprint_tells_content_size_and_time(write) -> None:
    path = write("a.md", "Größe")
    source = fingerprint(path)
    assert source.path == str(path)
    assert source.size == 7
    assert source.modified == path.stat().st_mtime
    assert source.sha256 == fingerprint(write("b.md", "Größe")).sha256 != fingerprint(write("c.md", "Grösse")).sha256


@pytest.mark.parametrize(
    ("name", "cause"), [("absent.md", "no such file"), ("", "not a regular file"), ("b.md/x.md", "opened")]
)
def test_what_cannot_be_opened_is_a_read_error(folder: Path, name: str, cause: str) -> None:
    with pytest.raises(ReadError, match=cause) as caught:
        fingerprint(folder / name)
    assert caught.value.place == str(folder / name)


def test_nobody_waits_for_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(ReadError, match="not a regular file"):
        fingerprint(tmp_path / "pipe.txt")


def test_a_broken_link_is_a_missing_file(tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to(tmp_path / "gone.md")
    with pytest.raises(ReadError, match="no such file"):
        fingerprint(tmp_path / "link.md")


def test_a_refused_permission_is_explained(write, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, *_: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    path = write("closed.md", "text")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ReadError, match="may not be read"):
        fingerprint(path)


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


def hashes(paths) -> dict[str, str | None]:
    present = CurrentHashes()
    return {path: present.of(path) for path in paths}


def test_hashes_tell_what_has_changed_and_what_is_gone(write) -> None:
    note, corpus = write("a.md", "text"), write("b.jsonl", lines("One.", "Two.", "Three."))
    before = hashes(places(note, corpus))
    assert None not in before.values()
    write("b.jsonl", lines("One.", "Two, changed."))
    note.unlink()
    after = hashes(before)
    assert after[f"{corpus}#0"] == before[f"{corpus}#0"]
    assert after[f"{corpus}#1"] not in (None, before[f"{corpus}#1"])
    assert after[f"{corpus}#2"] is None
    assert after[str(note)] is None
