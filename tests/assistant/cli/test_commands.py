"""Every command in one process: exit codes, JSON shapes, messages."""

import sqlite3

import pytest

PAPER = """---
title: "On [CLS] tokens [/x] and \x1b[31m"
author: Ada Byron
date: 2023-04-05
---

## Method

A quokka is a small marsupial of Rottnest Island. We measured its jumps with a ruler.

## Results

The longest jump of a quokka was 87 centimetres. Nobody was hurt.
"""


@pytest.fixture(scope="module")
def command(tmp_path_factory, on_library):
    """Runs commands on a library that these tests share."""
    return on_library(tmp_path_factory.mktemp("cli") / "library")


@pytest.fixture(scope="module")
def paper(tmp_path_factory, command):
    path = tmp_path_factory.mktemp("papers") / "quokka.md"
    # Written as a YAML escape: a raw control character is no YAML.
    path.write_text(PAPER.replace("\x1b", "\\e"), "utf-8")
    added = command("add", str(path), "--json")
    assert added.code == 0
    return path, added.json


def test_add_reports_in_the_promised_shape(paper):
    path, report = paper
    (item,) = report["items"]
    assert item["path"] == str(path)
    assert item["status"] == "added"
    assert item["authors"] == ["Ada Byron"]
    assert item["year"] == 2023
    assert item["pages"] == 0 and item["pages_failed"] == []
    assert item["passages"] == 2 == report["embedded"]
    assert report["seconds"] > 0


def test_adding_again_changes_and_embeds_nothing(paper, command):
    again = command("add", str(paper[0]), "--json")
    assert [item["status"] for item in again.json["items"]] == ["unchanged"]
    assert again.json["embedded"] == 0


def test_a_hostile_title_is_shown_without_its_control_character_and_with_its_brackets(paper, command):
    shown = "On [CLS] tokens [/x] and [31m"
    assert command("list", "--json").json["documents"][0]["title"] == shown
    assert shown in command("list").out
    key = command("list", "--json").json["documents"][0]["key"]
    for arguments in (("show", key), ("ask", "How long was the longest jump of a quokka?"), ("search", "quokka")):
        out = command(*arguments).out
        assert shown in out
        assert "\x1b" not in out


def test_ask_answers_with_slices(paper, command):
    answer = command("ask", "How long was the longest jump of a quokka?", "--json").json
    assert not answer["abstained"] and answer["kind"] == "passages"
    assert answer["answer"][0]["text"] == "The longest jump of a quokka was 87 centimetres."
    document = command("show", answer["sources"][0]["document_id"], "--json").json
    for source in answer["sources"]:
        assert source["quote"] == document["text"][source["locator"]["start"] : source["locator"]["end"]]
        assert source["locator"]["section"] in (["Method"], ["Results"])
        assert source["citation"].startswith("(Byron, 2023")
    assert set(answer) >= {"question", "standalone_question", "confidence", "nearest", "taxonomy", "timings_ms"}
    assert answer["evidence"] in ("strong", "some", "weak")


def test_ask_in_words(paper, command):
    result = command("ask", "How long was the longest jump of a quokka?")
    assert "“The longest jump of a quokka was 87 centimetres.” [1]" in result.out
    assert "(Byron, 2023, § Results, ¶ 1)" in result.out
    assert "evidence, " in result.talk


def test_ask_says_when_the_library_has_nothing(paper, command):
    result = command("ask", "What is the melting point of tungsten carbide?", "--json").json
    assert result["abstained"] and result["answer"] == [] and result["sources"] == [] and result["nearest"]
    assert result["evidence"] == "none"
    words = command("ask", "What is the melting point of tungsten carbide?").out
    assert words.startswith("Not in your library.")
    assert "tungsten" in words


def test_search_gives_passages_that_are_slices(paper, command):
    found = command("search", "jump", "-k", "1", "--json").json
    (result,) = found["results"]
    text = command("show", result["document_id"], "--json").json["text"]
    assert result["rank"] == 1
    assert result["text"] == text[result["locator"]["start"] : result["locator"]["end"]]


def test_show_gives_record_origins_and_text(paper, command):
    key = command("list", "--json").json["documents"][0]["key"]
    shown = command("show", key, "--json").json
    assert shown["record"]["author"] == [{"family": "Byron", "given": "Ada"}]
    assert shown["origins"]["title"]["source"] == "front matter"
    assert [section["path"] for section in shown["sections"]] == [["Method"], ["Results"]]
    assert command("show", key, "--text").out.strip() == shown["text"].strip()


def test_taxonomy_needs_no_library_and_names_its_source(command):
    answer = command("taxonomy", "What openness level do the weights of LLaMA-2 have?", "--json").json
    assert answer["found"] and answer["value"]["raw"] == "D3(LLaMA-2)"
    assert "Table 3" in answer["source"]
    assert "D3(LLaMA-2)" in command("taxonomy", "What openness level do the weights of LLaMA-2 have?").out


def test_doctor_finds_everything_in_order(paper, command):
    result = command("doctor", "--json")
    assert result.code == 0
    statuses = {check["name"]: check["status"] for check in result.json["checks"]}
    assert statuses["model"] == statuses["library"] == statuses["vectors"] == statuses["originals"] == "ok"


def test_what_fails_is_named_and_the_rest_is_added(tmp_path, command):
    (tmp_path / "good.md").write_text("# Wombats\n\nA wombat digs burrows at night.\n", "utf-8")
    (tmp_path / "empty.md").write_bytes(b"")
    (tmp_path / "noise.pdf").write_bytes(bytes(range(256)) * 40)
    result = command("add", str(tmp_path), str(tmp_path / "missing.pdf"), "--json")
    assert result.code == 1
    statuses = {item["path"].rsplit("/", 1)[-1]: item["status"] for item in result.json["items"]}
    assert statuses == {"good.md": "added", "empty.md": "failed", "noise.pdf": "failed", "missing.pdf": "failed"}
    assert all(item["reason"] for item in result.json["items"] if item["status"] == "failed")


def test_a_folder_without_papers_is_said_to_be_one(tmp_path, command):
    result = command("add", str(tmp_path))
    assert result.code == 1
    assert "There are no readable files in this folder" in result.out


@pytest.mark.parametrize("words", ("", "    ", "x" * 100_000))
@pytest.mark.parametrize("name", ("ask", "search", "taxonomy"))
def test_an_empty_or_endless_question_is_a_usage_error(command, name, words):
    result = command(name, words)
    assert result.code == 2
    assert "question" in result.talk


def test_an_unknown_document_is_named_with_the_next_command(command):
    result = command("show", "nobody1999nothing")
    assert result.code == 3
    assert "nobody1999nothing" in result.talk and "loccit list" in result.talk


def test_removing_nothing_is_a_usage_error(command):
    assert command("remove").code == 2


def test_remove_takes_a_document_out(tmp_path, command):
    path = tmp_path / "numbat.md"
    path.write_text("# Numbats\n\nThe numbat eats termites all day long.\n", "utf-8")
    (item,) = command("add", str(path), "--json").json["items"]
    assert command("remove", item["document_id"], "--json").json == {"removed": [item["document_id"]]}
    assert item["document_id"] not in [d["document_id"] for d in command("list", "--json").json["documents"]]
    assert path.exists()


def test_a_library_of_ones_own_gets_no_starter_documents(paper, command):
    assert not any(document["starter"] for document in command("list", "--json").json["documents"])


def test_edit_corrects_the_record_for_good(tmp_path, command):
    path = tmp_path / "potoroo.md"
    path.write_text("# Potoro\n\nThe potoroo digs for truffles at dusk.\n", "utf-8")
    (item,) = command("add", str(path), "--json").json["items"]
    edited = command("edit", item["document_id"], "title=Potoroo", "authors=Gilbert, John", "year=1841", "--json").json
    assert edited["record"]["title"] == "Potoroo"
    assert edited["origins"]["year"]["source"] == "edited by hand"
    found = command("search", "potoroo truffles", "-k", "1", "--json").json["results"][0]
    assert (found["document_id"], found["title"]) == (item["document_id"], "Potoroo")
    path.write_text("# Potoro\n\nThe potoroo digs for truffles at dusk. It hides by day.\n", "utf-8")
    assert command("add", str(path), "--json").json["items"][0]["status"] == "updated"
    answer = command("ask", "When does the potoroo dig for truffles?", "--json").json
    assert answer["sources"][0]["citation"].startswith("(Gilbert, 1841")
    assert command("doctor", "--json").code == 0


def test_edit_refuses_what_is_no_field(command, paper):
    assert command("edit", "byron2023cls", "titel=x").code in (2, 3)
    assert command("edit", str(paper[0]), "title").code == 2


def test_an_empty_path_is_a_usage_error_and_adds_nothing(command):
    result = command("add", "")
    assert result.code == 2
    assert "unset variable" in result.talk


def test_a_home_that_does_not_exist_is_a_path_that_does_not_exist(command):
    result = command("add", "~nosuchuser/papers", "--json")
    assert result.code == 1
    assert [item["status"] for item in result.json["items"]] == ["failed"]


def test_versions_of_one_work_name_each_other(tmp_path, command):
    head = "---\ntitle: The Burrows of Bilbies\nauthor: Ann Lee\nyear: {}\n{}\n---\n\nBilbies dig {}.\n"
    (tmp_path / "preprint.md").write_text(head.format(2019, "arxiv: 1901.00007", "much"), "utf-8")
    (tmp_path / "printed.md").write_text(head.format(2020, "doi: 10.1000/b.7", "a lot"), "utf-8")
    items = command("add", str(tmp_path), "--json").json["items"]
    preprint, printed = (item["document_id"] for item in sorted(items, key=lambda item: item["path"]))
    versions = {item["document_id"]: item["versions"] for item in command("list", "--json").json["documents"]}
    assert (versions[preprint], versions[printed]) == ([printed], [preprint])
    assert command("show", printed, "--json").json["versions"] == [preprint]
    assert f"version of {printed}" in command("show", preprint).out
    listed = command("list").out
    assert "preprint arXiv:1901.00007, version of lee2020burrows" in listed
    assert "published, doi:10.1000/b.7, version of lee2019burrows" in listed
    command("remove", preprint, printed)


def test_doctor_names_old_readings_and_texts_that_are_nearly_the_same(tmp_path, command):
    text = " ".join(f"Dunnart {n} caught {n * 3} moths in night {n}." for n in range(40))
    (tmp_path / "one.md").write_text(f"# Dunnarts\n\n{text}\n", "utf-8")
    (tmp_path / "two.txt").write_text(f"Dunnarts\n\n{text}\n", "utf-8")
    items = command("add", str(tmp_path), "--json").json["items"]
    database = sqlite3.connect(command.library / "library.db")
    database.execute("UPDATE documents SET reader = 0 WHERE id = ?", (items[0]["document_id"],))
    database.commit()
    database.close()
    checks = {check["name"]: check for check in command("doctor", "--json").json["checks"]}
    assert checks["readers"]["remedy"] == f"Run loccit add {tmp_path}"
    assert "1 document was read by an older version" in checks["readers"]["detail"]
    assert "dunnarts and" in checks["likeness"]["detail"] and "%" in checks["likeness"]["detail"]
    again = {item["path"]: item["reason"] for item in command("add", str(tmp_path), "--json").json["items"]}
    assert again[items[0]["path"]] == "read again by a newer reader"
    command("remove", *(item["document_id"] for item in items))
    checks = {check["name"]: check["status"] for check in command("doctor", "--json").json["checks"]}
    assert checks["readers"] == checks["likeness"] == "ok"


def test_recognition_without_tesseract_says_how_to_install_it(command, paper, monkeypatch):
    monkeypatch.setenv("PATH", "")
    result = command("add", "--ocr", str(paper[0]))
    assert result.code == 2
    assert "tesseract-ocr" in result.talk and "brew install tesseract" in result.talk


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--author", "byron", "--year", "2020-2023", "--kind", "document", "--section", "method"], True),
        (["--author", "Lovelace"], False),
        (["--year", "2050-"], False),
        (["--kind", "essay"], False),
        (["--section", "discussion"], False),
    ],
)
def test_search_and_ask_are_narrowed(command, paper, options, found):
    results = command("search", "quokka", *options, "--json").json["results"]
    assert bool(results) == found
    assert ("no document fulfils these conditions. loccit list" in command("search", "quokka", *options).talk) != found
    answer = command("ask", "What is a quokka?", *options, "--json").json
    assert bool(answer["sources"] or answer["nearest"]) == found


@pytest.mark.parametrize("options", [["--year", "soon"], ["--year", "2023-2020"], ["--kind", "novel"]])
def test_conditions_that_make_no_sense_are_refused(command, paper, options):
    for name in ("search", "ask"):
        result = command(name, "quokka", *options)
        assert result.code == 2
        assert options[1] in result.talk


def test_copies_are_named(command, paper, tmp_path):
    path, _ = paper
    copy = tmp_path / "copy.md"
    copy.write_text(path.read_text("utf-8").replace("On [CLS]", "Again on [CLS]"), "utf-8")
    identity = command("add", str(copy), "--json").json["items"][0]["document_id"]
    found = command("search", "small marsupial of Rottnest Island", "-k", "1", "--json").json["results"][0]
    assert {found["document_id"], *(other["document_id"] for other in found["also"])} >= {identity}
    assert "Also in: " in command("search", "small marsupial of Rottnest Island").out
    command("remove", identity)


def test_a_library_is_measured_with_questions_of_ones_own(command, paper, tmp_path):
    path = tmp_path / "questions.csv"
    path.write_text("question,quote\nHow far is it?,longest jump of a quokka\nWho baked?,no such words\n", "utf-8")
    result = command("eval", str(path), "--json").json
    assert (result["questions"], result["hit@5"]) == (2, 0.5)
    printed = command("eval", str(path)).out
    assert "hit@1" in printed
    assert "line 3 (not in 20" in printed
    assert command("eval", str(tmp_path / "none.csv")).code == 1
