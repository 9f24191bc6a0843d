""""""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import ReadError
from corpus.readers import pandoc as program
from corpus.readers.pandoc import find_pandoc, pandoc_version, parse


def test_the_program_is_there_and_states_its_version() -> None:
    assert find_pandoc() is not None
    assert int(pandoc_version().split(".")[0]) >= 3


@pytest.mark.parametrize("call", [pandoc_version, lambda: parse(b"x", "latex", name="LaTeX", place="a.tex")])
def test_without_the_program_the_remedy_is_named(call: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "find_pandoc", lambda: None)
    with pytest.raises(ReadError, match=r"not installed.*Run pip install pypandoc_binary"):
        call()


def test_a_program_that_does_not_run_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "find_pandoc", lambda: tmp_path / "absent")
    with pytest.raises(ReadError, match="pandoc cannot be run"):
        parse(b"x", "latex", name="LaTeX", place="a.tex")
    with pytest.raises(ReadError, match="pandoc cannot be run"):
        pandoc_version()


def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **options: Any) -> None:
        raise subprocess.TimeoutExpired("pandoc", options["timeout"])

    monkeypatch.setattr(subprocess, "run", never)
    with pytest.raises(ReadError, match="took too long"):
        parse(b"x", "latex", name="LaTeX", place="a.tex")


def test_macros_that_grow_without_end_are_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "_CPU_SECONDS", 1)
    doubling = "".join(
        rf"\newcommand{{\{a}}}{{\{b}\{b}\{b}\{b}}}" for a, b in zip("abcdefghijklm", "bcdefghijklmn", strict=True)
    )
    source = rf"\documentclass{{article}}\begin{{document}}{doubling}\newcommand{{\n}}{{word }}\a\end{{document}}"
    with pytest.raises(ReadError, match="took too long") as caught:
        parse(source.encode(), "latex", name="LaTeX", place="a.tex")
    assert caught.value.place == "a.tex"
    assert "Compile it" in caught.value.remedy


def test_no_other_file_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.tex"
    secret.write_text("not to be read")
    source = rf"\documentclass{{article}}\begin{{document}}Text. \input{{{secret}}}\end{{document}}"
    assert "not" not in str(parse(source.encode(), "latex", name="LaTeX", place="a.tex"))
