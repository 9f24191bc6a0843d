"""Search, ask, glance and sessions."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from assistant.cli.question_commands import nothing_found
from assistant.workspace import Workspace
from index.filters import Filters


def test_why_nothing_was_found_is_said(tmp_path, write, embedder) -> None:
    with Workspace.open(tmp_path / "library", embedder=embedder) as workspace:
        assert "loccit add PATH" in nothing_found(workspace, Filters())
        workspace.add([write("plums.md", "---\nauthor: Ada Byron\n---\n\n# Plums\n\nPlums are ripe.\n")])
        assert "loccit list" in nothing_found(workspace, Filters(authors=("Nobody",)))
        assert nothing_found(workspace, Filters(authors=("Byron",))) == "Nothing was found."
        assert nothing_found(workspace, Filters()) == "Nothing was found."


def test_each_source_names_the_works_that_it_cites(citing, on_library):
    result = on_library(citing.path)("ask", "When do quokkas feed?", "--in", "major2021small")
    assert result.code == 0
    lines = result.out.splitlines()
    held = lines.index("    Cites Lee, 2018: held [lee2018counting] Counting quokkas from the air")
    assert lines[held + 1].startswith("      “Quokkas were feeding above all")
    assert "(Lee, 2018, § Results, ¶ 1)" in " ".join(" ".join(lines[held + 1 : held + 3]).split())
    other = lines.index("    Cites Ott, 2015: not held")
    assert lines[other + 1] == "      Ott, J. (2015). Grazing hours of island wallabies. Perth: Island Press."


def test_own_words_that_are_a_source_already_are_pointed_to(citing, on_library):
    result = on_library(citing.path)("ask", "In which hours after sunset were quokkas feeding?")
    (n,) = re.findall(r"held \[lee2018counting\] .*, see \[(\d)\]$", result.out, re.MULTILINE)
    assert f"[{n}] Counting quokkas from the air" in result.out


def test_what_stands_there_already_is_pointed_to(starter, on_library):
    result = on_library(starter.path)("ask", "What is marginal risk?")
    entries = [line for line in result.out.splitlines() if line.startswith("      Kapoor, Sayash;")]
    assert len(entries) == 1
    assert "    Cites Kapoor et al., 2024: not held, see [" in result.out


def test_programs_get_all_of_them(citing, on_library):
    result = on_library(citing.path)("ask", "When do quokkas feed?", "--json")
    source = result.json["sources"][0]
    assert source["second_hand"] is None
    assert [(work["short"], work["held"]) for work in source["cites"]] == [("Lee, 2018", True), ("Ott, 2015", False)]


GLANCED = """# Recall [/x]

## Abstract

In this paper, we study the recall of models. Our results show that open weights {} recalled by their developers.
"""


@pytest.fixture(scope="module")
def glanced(tmp_path_factory, on_library):
    """Runs commands on a library of two documents that contradict each other."""
    folder = tmp_path_factory.mktemp("glanced")
    (folder / "can.md").write_text(GLANCED.format("can easily be"), "utf-8")
    (folder / "cannot.md").write_text(GLANCED.format("can never be"), "utf-8")
    run = on_library(folder / "library")
    assert run("add", str(folder)).code == 0
    return run


def test_one_document_by_its_parts_and_two_with_where_they_meet(glanced):
    listed = glanced("list", "--json").json["documents"]
    ids = [document["document_id"] for document in listed]
    done = glanced("glance", ids[0])
    assert done.code == 0
    assert "Aim\n  “In this paper, we study the recall of models.”" in done.out
    assert "They disagree" not in done.out
    both = glanced("glance", *ids)
    assert "They disagree" in both.out and "(“never”)" in both.out
    data = glanced("glance", *ids, "--json").json
    assert [document["form"] for document in data["documents"]] == ["paper", "paper"]
    texts = {i: glanced("show", i, "--json").json["text"] for i in ids}
    for meeting in data["meetings"]:
        for sentence in meeting["sentences"]:
            place = sentence["locator"]
            assert texts[sentence["document_id"]][place["start"] : place["end"]] == sentence["quote"]


def test_an_unknown_document_ends_with_3(glanced):
    assert glanced("glance", "nothing").code == 3


PAPER = """---
title: Quokkas
author: Ada Byron
---

## Method

A quokka is a small marsupial of Rottnest Island. We measured the jumps of each quokka with a ruler.

## Results

The longest jump of a quokka was 87 centimetres.
"""


@pytest.fixture(scope="module")
def animals(tmp_path_factory, on_library):
    """Runs commands on a library of one paper."""
    folder = tmp_path_factory.mktemp("sessions")
    (folder / "quokka.md").write_text(PAPER, "utf-8")
    run = on_library(folder / "library")
    assert run("add", str(folder / "quokka.md")).code == 0
    return run


@pytest.fixture(scope="module")
def asked(animals):
    """The answers to two questions of the session "animals"."""
    questions = ("What is a quokka?", "How long was its longest jump?")
    return [animals("ask", question, "--session", "animals", "--json").json for question in questions]


def test_a_follow_up_is_understood_after_its_session(asked):
    assert [answer["question"] for answer in asked] == ["What is a quokka?", "How long was its longest jump?"]
    assert asked[0]["standalone_question"] == "What is a quokka?"
    assert "quokka" in asked[1]["standalone_question"]


def test_without_a_session_nothing_is_known_of_it(animals, asked):
    alone = animals("ask", "How long was its longest jump?", "--json").json
    assert alone["standalone_question"] == alone["question"]


def test_the_question_used_is_told(animals, asked):
    assert (
        f"Understood as: {asked[1]['standalone_question']}"
        in animals("ask", asked[1]["question"], "--session", "animals").talk
    )


def test_sessions_are_listed_and_shown(animals, asked):
    listed = animals("sessions", "--json").json["sessions"]
    assert [(session["name"], session["opening"]) for session in listed] == [("animals", "What is a quokka?")]
    shown = animals("sessions", "animals", "--json").json
    assert [turn["question"] for turn in shown["turns"][:2]] == [answer["question"] for answer in asked]
    assert shown["turns"][0]["sources"] == asked[0]["sources"]
    out = animals("sessions", "animals").out
    assert "> What is a quokka?" in out
    assert "(understood as: " in out
    assert "animals" in animals("sessions").out


def test_sessions_are_renamed_and_removed(animals, asked):
    animals("ask", "What is a quokka?", "--session", "passing")
    assert animals("sessions", "passing", "--rename", "gone").code == 0
    done = animals("sessions", "gone", "--rename", "animals")
    assert (done.code, "there already" in done.talk) == (2, True)
    kept = animals("sessions", "gone", "--remove", "--json").json["sessions"]
    assert [session["name"] for session in kept] == ["animals"]
    assert animals("sessions", "gone").code == 3


@pytest.mark.parametrize("arguments", [("--remove",), ("--rename", "x"), ("animals", "--rename", "x", "--remove")])
def test_nothing_to_act_on_is_a_usage_error(animals, arguments):
    assert animals("sessions", *arguments).code == 2


SPEC = importlib.util.spec_from_file_location("model_server", Path(__file__).parents[1] / "writing" / "model_server.py")
model_server = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(model_server)

RECALL = (
    "# Recall\n\nA released model cannot be recalled, because copies of its weights stay with those who hold them.\n"
)
QUESTION = "Can a released model be recalled?"


@pytest.fixture(scope="module")
def written(tmp_path_factory, on_library):
    """A library with one document."""
    written = tmp_path_factory.mktemp("written")
    (written / "recall.md").write_text(RECALL, "utf-8")
    done = on_library(written / "library")("add", str(written / "recall.md"))
    assert done.code == 0
    return written / "library"


@pytest.fixture
def ask(written, tmp_path, monkeypatch, on_library):
    monkeypatch.setenv("LOCCIT_CONFIG", str(tmp_path / "own.toml"))

    def asked(base_url, *options):
        (tmp_path / "own.toml").write_text(f'[llm]\nbase_url = "{base_url}"\nmodel = "m"\ntimeout = 20\n')
        return on_library(written)("ask", QUESTION, *options)

    return asked


@pytest.mark.timeout(240)
def test_what_the_model_wrote_is_shown_as_its_own_with_what_is_not_supported(ask):
    reply = "A released model cannot be recalled [1]. It can be recalled in 14 days [1]."
    with model_server.serving(lambda _: reply) as server:
        done = ask(server.url())
        assert done.code == 0
        assert "Written by m at 127.0.0.1" in done.out
        assert "“A released model cannot be recalled." not in done.out
        assert "Not supported: 14" in done.out
        data = ask(server.url(), "--json").json
        assert [(s["verbatim"], s["supported"]) for s in data["answer"]] == [(False, True), (False, False)]
        assert data["written_by"].startswith("m at")
        before = len(server.requests)
        done = ask(server.url(), "--extractive")
        assert done.code == 0 and "Written by" not in done.out
        assert len(server.requests) == before


def test_a_model_that_does_not_answer_leaves_the_passages_and_ends_with_4(ask):
    with model_server.serving(lambda _: "") as server:
        done = ask(server.url("status/500"))
        assert done.code == 4
        assert "“A released model cannot be recalled" in done.out
        assert "status 500" in done.talk
        data = ask(server.url("status/500"), "--json").json
        assert data["service_failed"] and data["answer"][0]["verbatim"]


def test_a_library_sends_nothing_to_a_server_that_it_names(written, monkeypatch, on_library):
    """Neither the question nor what stands in an environment variable of its choice."""
    monkeypatch.setenv("SECRET_OF_MINE", "s3cr3t")
    file = written / "config.toml"
    with model_server.serving(lambda _: "A released model cannot be recalled [1].") as server:
        file.write_text(f'[llm]\nbase_url = "{server.url()}"\nmodel = "m"\napi_key_env = "SECRET_OF_MINE"\n')
        try:
            done, doctor = (on_library(written)(*command) for command in (("ask", QUESTION), ("doctor", "--json")))
        finally:
            file.unlink()
        assert server.requests == []
    assert done.code == 0 and "“A released model cannot be recalled" in done.out
    assert done.talk.count("file is ignored") == 1 and str(file) in done.talk
    (settings,) = (check for check in doctor.json["checks"] if check["name"] == "settings")
    assert settings["status"] == "note" and str(file) in settings["detail"]
    assert "move it to" in settings["remedy"]
