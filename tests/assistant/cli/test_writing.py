"""`loccit ask` with a configured language model that answers, fails, or is left out."""

import importlib.util
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli.application import app

SPEC = importlib.util.spec_from_file_location("model_server", Path(__file__).parents[1] / "writing" / "model_server.py")
model_server = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(model_server)

TEXT = "# Recall\n\nA released model cannot be recalled, because copies of its weights stay with those who hold them.\n"
QUESTION = "Can a released model be recalled?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A library with one document."""
    folder = tmp_path_factory.mktemp("written")
    (folder / "recall.md").write_text(TEXT, "utf-8")
    done = CliRunner().invoke(app, ["--library", str(folder / "library"), "add", str(folder / "recall.md")])
    assert done.exit_code == 0
    return folder / "library"


@pytest.fixture
def ask(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("LOCCIT_CONFIG", str(tmp_path / "own.toml"))

    def asked(base_url, *options):
        (tmp_path / "own.toml").write_text(f'[llm]\nbase_url = "{base_url}"\nmodel = "m"\ntimeout = 20\n')
        return CliRunner().invoke(app, ["--library", str(folder), "ask", QUESTION, *options])

    return asked


@pytest.mark.timeout(240)
def test_what_the_model_wrote_is_shown_as_its_own_with_what_is_not_supported(ask):
    reply = "A released model cannot be recalled [1]. It can be recalled in 14 days [1]."
    with model_server.serving(lambda _: reply) as server:
        done = ask(server.url())
        assert done.exit_code == 0
        assert "Written by m at 127.0.0.1" in done.stdout
        assert "“A released model cannot be recalled." not in done.stdout
        assert "Not supported: 14" in done.stdout
        data = json.loads(ask(server.url(), "--json").stdout)
        assert [(s["verbatim"], s["supported"]) for s in data["answer"]] == [(False, True), (False, False)]
        assert data["written_by"].startswith("m at")
        before = len(server.requests)
        done = ask(server.url(), "--extractive")
        assert done.exit_code == 0 and "Written by" not in done.stdout
        assert len(server.requests) == before


def test_a_model_that_does_not_answer_leaves_the_passages_and_ends_with_4(ask):
    with model_server.serving(lambda _: "") as server:
        done = ask(server.url("status/500"))
        assert done.exit_code == 4
        assert "“A released model cannot be recalled" in done.stdout
        assert "status 500" in done.stderr
        data = json.loads(ask(server.url("status/500"), "--json").stdout)
        assert data["service_failed"] and data["answer"][0]["verbatim"]


def test_a_library_sends_nothing_to_a_server_that_it_names(folder, monkeypatch):
    """Neither the question nor what stands in an environment variable of its choice."""
    monkeypatch.setenv("SECRET_OF_MINE", "s3cr3t")
    file = folder / "config.toml"
    with model_server.serving(lambda _: "A released model cannot be recalled [1].") as server:
        file.write_text(f'[llm]\nbase_url = "{server.url()}"\nmodel = "m"\napi_key_env = "SECRET_OF_MINE"\n')
        try:
            done, doctor = (
                CliRunner().invoke(app, ["--library", str(folder), *command])
                for command in (("ask", QUESTION), ("doctor", "--json"))
            )
        finally:
            file.unlink()
        assert server.requests == []
    assert done.exit_code == 0 and "“A released model cannot be recalled" in done.stdout
    assert done.stderr.count("file is ignored") == 1 and str(file) in done.stderr
    (settings,) = (check for check in json.loads(doctor.stdout)["checks"] if check["name"] == "settings")
    assert settings["status"] == "note" and str(file) in settings["detail"]
    assert "move it to" in settings["remedy"]
