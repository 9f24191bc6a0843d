from pathlib import Path

import pytest

from corpus.readers.signatures import recognise


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"{\\rtf1 text}", "rtf"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html>\n<html>", "html"),
        (b"<?xml version='1.0'?><!-- saved --><html lang='en'>", "html"),
        (b"% a comment\n\n\\documentclass[a4paper]{article}", "latex"),
        (b"Prose about <html> and \\documentclass{article}.", None),
        (b"<p>A fragment</p>", None),
        (b"PK\x03\x04 but no package", None),
    ],
)
def test_content_that_leaves_no_doubt_goes_before_the_name(tmp_path: Path, head: bytes, kind: str | None) -> None:
    path = tmp_path / "file.txt"
    path.write_bytes(head)
    assert recognise(path, head) == kind
