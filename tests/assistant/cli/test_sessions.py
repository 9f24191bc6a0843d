"""``loccit ask --session`` and ``loccit sessions``."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from assistant.cli.application import app
from corpus.errors import LoccitError

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
def command(tmp_path_factory):
    """Runs ``loccit --library DIR ...`` over one paper; gives exit code, standard output, standard error."""
    folder = tmp_path_factory.mktemp("sessions")
    (folder / "quokka.md").write_text(PAPER, "utf-8")

    def run(*arguments):
        result = CliRunner().invoke(app, ["--library", str(folder / "library"), *arguments])
        if isinstance(result.exception, LoccitError):
            return result.exception.exit_code, result.stdout, str(result.exception)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result.exit_code, result.stdout, result.stderr

    assert run("add", str(folder / "quokka.md"))[0] == 0
    return run


@pytest.fixture(scope="module")
def asked(command):
    """The answers to two questions of the session "animals"."""
    questions = ("What is a quokka?", "How long was its longest jump?")
    return [json.loads(command("ask", question, "--session", "animals", "--json")[1]) for question in questions]


def test_a_follow_up_is_understood_after_its_session(asked):
    assert [answer["question"] for answer in asked] == ["What is a quokka?", "How long was its longest jump?"]
    assert asked[0]["standalone_question"] == "What is a quokka?"
    assert "quokka" in asked[1]["standalone_question"]


def test_without_a_session_nothing_is_known_of_it(command, asked):
    alone = json.loads(command("ask", "How long was its longest jump?", "--json")[1])
    assert alone["standalone_question"] == alone["question"]


def test_the_question_used_is_told(command, asked):
    assert (
        f"Understood as: {asked[1]['standalone_question']}"
        in command("ask", asked[1]["question"], "--session", "animals")[2]
    )


def test_sessions_are_listed_and_shown(command, asked):
    listed = json.loads(command("sessions", "--json")[1])["sessions"]
    assert [(session["name"], session["opening"]) for session in listed] == [("animals", "What is a quokka?")]
    shown = json.loads(command("sessions", "animals", "--json")[1])
    assert [turn["question"] for turn in shown["turns"][:2]] == [answer["question"] for answer in asked]
    assert shown["turns"][0]["sources"] == asked[0]["sources"]
    out = command("sessions", "animals")[1]
    assert "> What is a quokka?" in out
    assert "(understood as: " in out
    assert "animals" in command("sessions")[1]


def test_sessions_are_renamed_and_removed(command, asked):
    command("ask", "What is a quokka?", "--session", "passing")
    assert command("sessions", "passing", "--rename", "gone")[0] == 0
    code, _, told = command("sessions", "gone", "--rename", "animals")
    assert (code, "there already" in told) == (2, True)
    kept = json.loads(command("sessions", "gone", "--remove", "--json")[1])["sessions"]
    assert [session["name"] for session in kept] == ["animals"]
    assert command("sessions", "gone")[0] == 3


@pytest.mark.parametrize("arguments", [("--remove",), ("--rename", "x"), ("animals", "--rename", "x", "--remove")])
def test_nothing_to_act_on_is_a_usage_error(command, arguments):
    assert command("sessions", *arguments)[0] == 2
