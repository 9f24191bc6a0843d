"""``loccit note`` in one process."""

import json

import pytest
from typer.testing import CliRunner

from assistant.cli.application import app
from corpus.errors import LoccitError

TEXT = "# Potoroos\n\n## At night\n\nThe potoroo digs for truffles. It hides by day.\n"


@pytest.fixture
def command(tmp_path):
    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, ["--library", str(tmp_path / "library"), *arguments])
        if isinstance(result.exception, LoccitError):
            return result.exception.exit_code, str(result.exception)
        return result.exit_code, result.stdout

    return run


def test_notes_are_written_listed_followed_and_removed(command, tmp_path) -> None:
    path = tmp_path / "a.md"
    path.write_text(TEXT, "utf-8")
    (item,) = json.loads(command("add", str(path), "--json")[1])["items"]
    (note,) = json.loads(command("note", item["document_id"], "hides by day", "From whom?", "--json")[1])["notes"]
    text = json.loads(command("show", item["document_id"], "--json")[1])["text"]
    assert note["text"] == text[note["locator"]["start"] : note["locator"]["end"]] == "hides by day"
    assert (note["note"], note["body"], note["broken"]) == (1, "From whom?", False)
    code, listed = command("note", item["document_id"])
    assert code == 0 and "“hides by day”" in listed and "From whom?" in listed and "§ At night" in listed
    path.write_text(TEXT.replace("hides", "sleeps"), "utf-8")
    assert "note 1" in command("add", str(path))[1]
    assert "no longer in the document" in command("note")[1]
    (note,) = json.loads(command("note", "--json")[1])["notes"]
    assert note["broken"] and note["locator"] is None
    assert command("note", "--remove", "1")[0] == 0
    assert json.loads(command("note", "--json")[1]) == {"notes": []}


@pytest.mark.parametrize("arguments", [("a", "words"), ("a", "--remove", "1"), ("--remove", "9")])
def test_what_is_no_note_is_a_usage_error(command, arguments) -> None:
    assert command("note", *arguments)[0] == 2


def test_an_unknown_document_is_named(command) -> None:
    code, message = command("note", "nobody")
    assert code == 3 and "nobody" in message
