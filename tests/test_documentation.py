"""The documents and the program say the same."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from assistant.cli.application import app

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = get_command(app).commands
TEXT = (ROOT / "docs" / "command-line.md").read_text("utf-8")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_stands_in_the_docs_and_explains_itself(name):
    assert re.search(rf"`{name}[ `]", TEXT)
    assert COMMANDS[name].help


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_of_a_command_stands_in_the_docs(name):
    for parameter in COMMANDS[name].params:
        for option in parameter.opts:
            if option.startswith("-") and option not in ("--help", "-h"):
                assert f"`{option}" in TEXT, f"{name} {option}"


def test_every_command_that_the_documents_show_exists():
    for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for line in path.read_text("utf-8").splitlines():
            if match := re.match(r"loccit (?:--library \S+ )?([a-z]+)\b", line):
                assert match.group(1) in COMMANDS, f"{path.name}: {line}"


def test_every_command_that_a_message_names_exists():
    for room in ("assistant", "corpus", "index"):
        for path in (ROOT / room).rglob("*.py"):
            for name, option in re.findall(
                r"[Rr]un:? loccit ([a-z]+)(?:[^\"'.]*? (--[a-z]+))?", path.read_text("utf-8")
            ):
                assert name in COMMANDS, f"{path}: loccit {name}"
                if option:
                    assert any(option in p.opts for p in COMMANDS[name].params), f"{path}: loccit {name} {option}"


def test_every_link_between_documents_leads_somewhere():
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name} -> {target}"
