"""The primary works behind an answer's quotations, on the command line."""

from __future__ import annotations

import json
import re

from typer.testing import CliRunner

from assistant.cli.application import app


def test_each_source_names_the_works_that_it_cites(citing):
    command = ["--library", str(citing.path), "ask", "When do quokkas feed?", "--in", "major2021small"]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    held = lines.index("    Cites Lee, 2018: held [lee2018counting] Counting quokkas from the air")
    assert lines[held + 1].startswith("      “Quokkas were feeding above all")
    assert "(Lee, 2018, § Results, ¶ 1)" in " ".join(" ".join(lines[held + 1 : held + 3]).split())
    other = lines.index("    Cites Ott, 2015: not held")
    assert lines[other + 1] == "      Ott, J. (2015). Grazing hours of island wallabies. Perth: Island Press."


def test_own_words_that_are_a_source_already_are_pointed_to(citing):
    result = CliRunner().invoke(app, ["--library", str(citing.path), "ask", "When do quokkas feed?"])
    (n,) = re.findall(r"held \[lee2018counting\] .*, see \[(\d)\]$", result.stdout, re.MULTILINE)
    assert f"[{n}] Counting quokkas from the air" in result.stdout


def test_what_stands_there_already_is_pointed_to(starter):
    result = CliRunner().invoke(app, ["--library", str(starter.path), "ask", "What is marginal risk?"])
    entries = [line for line in result.stdout.splitlines() if line.startswith("      Kapoor, Sayash;")]
    assert len(entries) == 1
    assert "    Cites Kapoor et al., 2024: not held, see [" in result.stdout


def test_programs_get_all_of_them(citing):
    result = CliRunner().invoke(app, ["--library", str(citing.path), "ask", "When do quokkas feed?", "--json"])
    source = json.loads(result.stdout)["sources"][0]
    assert source["second_hand"] is None
    assert [(work["short"], work["held"]) for work in source["cites"]] == [("Lee, 2018", True), ("Ott, 2015", False)]
