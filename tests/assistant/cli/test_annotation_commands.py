"""Notes and tags, and the searches that tags narrow."""

import pytest

TEXT = "# Potoroos\n\n## At night\n\nThe potoroo digs for truffles. It hides by day.\n"


def test_notes_are_written_listed_followed_and_removed(command, tmp_path) -> None:
    path = tmp_path / "a.md"
    path.write_text(TEXT, "utf-8")
    (item,) = command("add", str(path), "--json").json["items"]
    (note,) = command("note", item["document_id"], "hides by day", "From whom?", "--json").json["notes"]
    text = command("show", item["document_id"], "--json").json["text"]
    assert note["text"] == text[note["locator"]["start"] : note["locator"]["end"]] == "hides by day"
    assert (note["note"], note["body"], note["broken"]) == (1, "From whom?", False)
    listed = command("note", item["document_id"]).out
    assert "“hides by day”" in listed and "From whom?" in listed and "§ At night" in listed
    path.write_text(TEXT.replace("hides", "sleeps"), "utf-8")
    assert "note 1" in command("add", str(path)).out
    assert "no longer in the document" in command("note").out
    (note,) = command("note", "--json").json["notes"]
    assert note["broken"] and note["locator"] is None
    assert command("note", "--remove", "1").code == 0
    assert command("note", "--json").json == {"notes": []}


@pytest.mark.parametrize("arguments", [("a", "words"), ("a", "--remove", "1"), ("--remove", "9")])
def test_what_is_no_note_is_a_usage_error(command, arguments) -> None:
    assert command("note", *arguments).code == 2


def test_an_unknown_document_is_named(command) -> None:
    done = command("note", "nobody")
    assert done.code == 3 and "nobody" in done.talk


ENGLISH = (
    "# Potoroos\n\nThe potoroo digs for truffles, and it hides by day. Nobody knows for how long it has done so here.\n"
)
GERMAN = (
    "# Bilbys\n\nDer Bilby gräbt nach Trüffeln, und er ruht am Tag. Niemand weiß, seit wann er es in dem Land so tut.\n"
)


def test_documents_are_tagged_listed_and_searched_by_tag_and_language(command, tmp_path) -> None:
    for name, text in (("a.md", ENGLISH), ("b.md", GERMAN)):
        (tmp_path / name).write_text(text, "utf-8")
    items = command("add", str(tmp_path / "a.md"), str(tmp_path / "b.md"), "--json").json["items"]
    first, second = (item["document_id"] for item in items)
    assert command("tag", "--json").json == {"tags": []}

    printed = command("tag", first, second, "--add", "reading", "--add", "2026 essay").out
    assert "Potoroos: 2026 essay, reading" in printed
    (tagged,) = command("tag", second, "--remove", "Reading", "--json").json["documents"]
    assert (tagged["document_id"], tagged["tags"]) == (second, ["2026 essay"])
    assert command("tag", "--json").json["tags"] == [
        {"tag": "2026 essay", "documents": 2},
        {"tag": "reading", "documents": 1},
    ]
    assert "     1  reading" in command("tag").out
    listed = command("list", "--json").json["documents"]
    assert [(item["language"], item["tags"]) for item in listed] == [
        ("en", ["2026 essay", "reading"]),
        ("de", ["2026 essay"]),
    ]
    assert "passages, de, tags: 2026 essay" in command("list").out
    shown = command("show", second, "--json").json
    assert shown["record"]["language"] == "de" and shown["tags"] == ["2026 essay"]
    assert "language: de (from the words of the text)" in command("show", second).out

    def found(*options: str) -> list[str]:
        results = command("search", "truffles Trüffeln", *options, "--json").json["results"]
        return sorted(result["document_id"] for result in results)

    assert found() == sorted((first, second))
    assert found("--tag", "reading") == found("--language", "en") == [first]
    assert found("--tag", "2026 essay", "--language", "de") == [second]
    answer = command("ask", "What does the potoroo dig for?", "--tag", "reading", "--json").json
    assert {source["document_id"] for source in answer["sources"]} == {first}


def test_what_makes_no_sense_is_a_usage_error(command) -> None:
    assert command("tag", "--add", "reading").code == 2
    for options, told in (("--tag", "reading"), "No document has this tag"), (("--language", "german"), "ISO 639-1"):
        done = command("search", "truffles", *options)
        assert done.code == 2 and told in done.talk


def test_an_unknown_document_gets_no_tag(command) -> None:
    done = command("tag", "nobody", "--add", "reading")
    assert done.code == 3 and "nobody" in done.talk
    assert command("tag", "--json").json == {"tags": []}
