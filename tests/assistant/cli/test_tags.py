"""``loccit tag`` and the searches that it narrows, in one process."""

import json

import pytest
from typer.testing import CliRunner

from assistant.cli.application import app
from corpus.errors import LoccitError

ENGLISH = (
    "# Potoroos\n\nThe potoroo digs for truffles, and it hides by day. Nobody knows for how long it has done so here.\n"
)
GERMAN = (
    "# Bilbys\n\nDer Bilby gräbt nach Trüffeln, und er ruht am Tag. Niemand weiß, seit wann er es in dem Land so tut.\n"
)


@pytest.fixture
def command(tmp_path):
    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, ["--library", str(tmp_path / "library"), *arguments])
        if isinstance(result.exception, LoccitError):
            return result.exception.exit_code, str(result.exception)
        return result.exit_code, result.stdout

    return run


def test_documents_are_tagged_listed_and_searched_by_tag_and_language(command, tmp_path) -> None:
    for name, text in (("a.md", ENGLISH), ("b.md", GERMAN)):
        (tmp_path / name).write_text(text, "utf-8")
    items = json.loads(command("add", str(tmp_path / "a.md"), str(tmp_path / "b.md"), "--json")[1])["items"]
    first, second = (item["document_id"] for item in items)
    assert json.loads(command("tag", "--json")[1]) == {"tags": []}

    code, printed = command("tag", first, second, "--add", "reading", "--add", "2026 essay")
    assert code == 0 and "Potoroos: 2026 essay, reading" in printed
    (tagged,) = json.loads(command("tag", second, "--remove", "Reading", "--json")[1])["documents"]
    assert (tagged["document_id"], tagged["tags"]) == (second, ["2026 essay"])
    assert json.loads(command("tag", "--json")[1])["tags"] == [
        {"tag": "2026 essay", "documents": 2},
        {"tag": "reading", "documents": 1},
    ]
    assert "     1  reading" in command("tag")[1]
    listed = json.loads(command("list", "--json")[1])["documents"]
    assert [(item["language"], item["tags"]) for item in listed] == [
        ("en", ["2026 essay", "reading"]),
        ("de", ["2026 essay"]),
    ]
    assert "passages, de, tags: 2026 essay" in command("list")[1]
    shown = json.loads(command("show", second, "--json")[1])
    assert shown["record"]["language"] == "de" and shown["tags"] == ["2026 essay"]
    assert "language: de (from the words of the text)" in command("show", second)[1]

    def found(*options: str) -> list[str]:
        results = json.loads(command("search", "truffles Trüffeln", *options, "--json")[1])["results"]
        return sorted(result["document_id"] for result in results)

    assert found() == sorted((first, second))
    assert found("--tag", "reading") == found("--language", "en") == [first]
    assert found("--tag", "2026 essay", "--language", "de") == [second]
    answer = json.loads(command("ask", "What does the potoroo dig for?", "--tag", "reading", "--json")[1])
    assert {source["document_id"] for source in answer["sources"]} == {first}


def test_what_makes_no_sense_is_a_usage_error(command) -> None:
    assert command("tag", "--add", "reading")[0] == 2
    code, message = command("search", "truffles", "--tag", "reading")
    assert code == 2 and "No document has this tag" in message
    code, message = command("search", "truffles", "--language", "german")
    assert code == 2 and "ISO 639-1" in message


def test_an_unknown_document_gets_no_tag(command) -> None:
    code, message = command("tag", "nobody", "--add", "reading")
    assert code == 3 and "nobody" in message
    assert json.loads(command("tag", "--json")[1]) == {"tags": []}
