"""What works while the embedding model is not on this machine."""

import json

import pytest
from typer.testing import CliRunner

from assistant.cli.application import app
from corpus.errors import ModelError


@pytest.fixture
def command(tmp_path):
    def run(*arguments: str):
        return CliRunner().invoke(app, ["--library", str(tmp_path / "library"), *arguments])

    return run


@pytest.fixture
def held(command, tmp_path, monkeypatch) -> str:
    """A document of a library whose model is then taken away."""
    path = tmp_path / "quokkas.md"
    path.write_text("# Quokkas\n\nThe quokka hops at dusk.\n", "utf-8")
    (item,) = json.loads(command("add", str(path), "--json").stdout)["items"]
    monkeypatch.setenv("LOCCIT_MODEL", str(tmp_path / "no-model"))
    return item["document_id"]


def test_documents_are_listed_shown_tagged_and_removed(command, held) -> None:
    assert [item["document_id"] for item in json.loads(command("list", "--json").stdout)["documents"]] == [held]
    assert json.loads(command("show", held, "--json").stdout)["record"]["title"] == "Quokkas"
    assert command("tag", held, "--add", "reading").exit_code == 0
    assert command("taxonomy", "Is BLOOM open?").exit_code == 0
    assert json.loads(command("remove", held, "--json").stdout) == {"removed": [held]}


def test_doctor_reports_it_and_goes_on(command, held) -> None:
    result = command("doctor", "--json")
    assert result.exit_code == 3
    checks = {check["name"]: check for check in json.loads(result.stdout)["checks"]}
    assert checks["model"]["status"] == "fail"
    assert "no-model" in checks["model"]["detail"] and "LOCCIT_MODEL" in checks["model"]["remedy"]
    assert checks["vectors"]["status"] == checks["questions"]["status"] == "note"
    assert checks["documents"]["status"] == checks["originals"]["status"] == "ok"


@pytest.mark.parametrize("arguments", [("search", "quokka"), ("ask", "When does the quokka hop?"), ("add", ".")])
def test_what_needs_it_says_so(command, held, arguments, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "numbats.md").write_text("# Numbats\n\nThe numbat eats termites.\n", "utf-8")
    error = command(*arguments).exception
    assert isinstance(error, ModelError)
    assert "LOCCIT_MODEL" in str(error)


def test_the_vectors_are_still_there_when_the_model_is_back(command, held, monkeypatch) -> None:
    command("list")
    monkeypatch.delenv("LOCCIT_MODEL")
    assert json.loads(command("search", "quokka", "--json").stdout)["results"]


def test_the_default_library_is_listed_though_its_starter_documents_cannot_be_added(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("LOCCIT_LIBRARY", str(tmp_path / "default"))
    monkeypatch.setenv("LOCCIT_MODEL", str(tmp_path / "no-model"))
    result = CliRunner().invoke(app, ["list"])
    assert result.exit_code == 0
    assert "starter library was not added" in result.stderr
    monkeypatch.delenv("LOCCIT_MODEL")
    assert len(json.loads(CliRunner().invoke(app, ["list", "--json"]).stdout)["documents"]) == 4
