"""The command ``taxonomy`` in all its forms."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from assistant.cli.application import app
from corpus.errors import LoccitError, ReadError, UsageError

TOOLS = "tool,field:maker,tests,docs\nAlpha,Acme,yes,no\n=Beta(),Acme,no,yes\n"


@pytest.fixture
def command(tmp_path):
    def run(*arguments: str) -> str:
        result = CliRunner().invoke(app, ["--library", str(tmp_path / "library"), "taxonomy", *arguments])
        if isinstance(result.exception, LoccitError):
            raise result.exception
        assert result.exit_code == 0, result.output
        return result.stdout

    return run


def test_a_question_needs_and_makes_no_library(command, tmp_path):
    data = json.loads(command("weights of OPT", "--json"))
    assert (data["value"]["raw"], data["cite"], data["taxonomy"]) == (
        "D3(OPT Data)",
        "[@eiras2024, Table 3]",
        "eiras-2024",
    )
    assert not (tmp_path / "library").exists()
    assert "Cite: [@eiras2024, Table 3]" in command("weights of OPT")


def test_own_taxonomies(command, write):
    path = str(write("tools.csv", TOOLS))
    added = json.loads(command("add", path, "--json"))
    assert (added["status"], added["things"], added["components"], added["fields"]) == (
        "added", 2, ["tests", "docs"], ["maker"],
    )  # fmt: skip
    listed = json.loads(command("list", "--json"))["taxonomies"]
    assert [row["name"] for row in listed if row["own"]] == ["tools"]
    assert len(listed) == 10
    assert json.loads(command("tests of Alpha", "--json"))["value"]["raw"] == "yes"
    assert json.loads(command("remove", "tools", "--json")) == {"removed": "tools"}
    with pytest.raises(UsageError):
        command("remove", "tools")


def test_a_faulty_file_is_told_by_line_and_column(command, write):
    with pytest.raises(ReadError, match="line 3, column docs"):
        command("add", str(write("tools.csv", "tool,tests,docs\nAlpha,yes,no\nBeta,no\n")))


def test_exports(command, write, tmp_path):
    command("add", str(write("tools.csv", TOOLS)))
    for name in ("map.svg", "map.csv", "map.md", "map.tex"):
        assert json.loads(command("--export", str(tmp_path / name), "--json"))["format"] == name[4:]
        assert "GPT-NeoX-20B" in (tmp_path / name).read_text("utf-8")
    command("--export", str(tmp_path / "counts.csv"), "--distribution")
    assert (tmp_path / "counts.csv").read_text("utf-8").splitlines()[1] == "Pre-training code,25,0,0,0,15,0,0"
    command("--export", str(tmp_path / "tools.csv"), "--in", "tools")
    assert "'=Beta()" in (tmp_path / "tools.csv").read_text("utf-8")
    with pytest.raises(UsageError, match=r"\.svg"):
        command("--export", str(tmp_path / "map.xlsx"))


def test_passages_and_contradictions(command, write, tmp_path):
    text = "# Releases\n\nA model that is published cannot be rolled back. Gemini is an open-source model.\n"
    added = CliRunner().invoke(app, ["--library", str(tmp_path / "library"), "add", str(write("a.md", text)), "--json"])
    identity = json.loads(added.stdout)["items"][0]["document_id"]
    data = json.loads(command("cannot be rolled back", "--passages", "--json"))
    assert [source["quote"] for source in data["passages"]] == ["A model that is published cannot be rolled back."]
    (found,) = json.loads(command("--contradictions", identity, "--json"))["contradictions"]
    assert (found["model"], found["document_says"]) == ("Gemini", "Gemini is an open-source model.")
    assert "D2" in found["table_says"] and "28 December 2023" in found["source"]
    assert "The table:" in command("--contradictions")
