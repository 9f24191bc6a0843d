import os
from pathlib import Path

import pytest

from corpus.errors import ReadError
from corpus.readers import FORMATS
from corpus.readers.formats import read_document

GARBAGE = bytes(range(256)) * 40


@pytest.mark.parametrize("name", ["a.md", "A.MD", "b.markdown", "c.mdown"])
def test_the_ending_names_the_format_in_any_case(read, name: str) -> None:
    assert read(name, "# Heading\n\nText.\n").media == "markdown"


@pytest.mark.parametrize("ending", sorted(FORMATS))
def test_an_empty_file_is_refused_with_what_to_do(read, ending: str) -> None:
    with pytest.raises(ReadError, match=r"The file is empty.*Save it again"):
        read(f"empty{ending}", b"")


BINARY = {".pdf", ".docx", ".odt", ".epub"}


@pytest.mark.parametrize("ending", sorted(FORMATS.keys() - BINARY))
def test_binary_data_under_a_text_ending_is_refused(read, ending: str) -> None:
    with pytest.raises(ReadError, match="not a text file"):
        read(f"garbage{ending}", GARBAGE)


@pytest.mark.parametrize("ending", sorted(BINARY))
def test_binary_data_under_a_binary_ending_is_refused(read, ending: str) -> None:
    with pytest.raises(ReadError, match=r".+: .*garbage.*\..+"):
        read(f"garbage{ending}", GARBAGE)


def test_a_picture_under_a_text_ending_is_refused(read) -> None:
    with pytest.raises(ReadError, match="not a text file"):
        read("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00\x00\x01\x00" * 40)


@pytest.mark.parametrize("content", ["\n\n  \n", "\ufeff", "---\ntitle: Only a head\n---\n"])
def test_a_file_without_words_is_refused(read, content: str) -> None:
    with pytest.raises(ReadError, match=r"No text was found|The file is empty"):
        read("blank.md", content)


def test_an_unknown_ending_names_those_that_are_read(read) -> None:
    with pytest.raises(ReadError, match=r"not read.*\.docx .*\.html .*\.pdf"):
        read("a.xlsx", b"PK\x03\x04")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file") as caught:
        read_document(tmp_path / "absent.md")
    assert caught.value.place == str(tmp_path / "absent.md")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    folder = tmp_path / "looks-like.md"
    folder.mkdir()
    with pytest.raises(ReadError, match="This is a folder"):
        read_document(folder)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_closed_file_is_refused(write) -> None:
    path = write("closed.md", "text")
    path.chmod(0)
    with pytest.raises(ReadError, match="may not be read"):
        read_document(path)


def test_a_refused_permission_is_explained(write, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, *_: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    path = write("closed.md", "text")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ReadError, match=r"may not be read.*Give yourself read permission"):
        read_document(path)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_text_in_old_encodings_is_no_binary_data(read, encoding: str) -> None:
    assert read("a.txt", "An English sentence, naïvely put.".encode(encoding)).text.endswith("naïvely put.")


def test_a_pdf_is_known_by_its_head_whatever_its_name(read) -> None:
    with pytest.raises(ReadError, match="PDF"):
        read("paper.txt", b"%PDF-1.7\nnothing behind the head")
