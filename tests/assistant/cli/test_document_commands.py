"""``loccit show --references`` and ``--cited-by``."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from assistant.cli.application import app

Command = Callable[..., Result]

ENTRY = "Lee, A. (2019). Counting quokkas from the air. Press."
REVIEW = (
    f"# Quokkas reviewed\n\nSome count (Lee, 2019).\n\n## References\n\n{ENTRY}\n\nKim, B. (2010). Numbats. Press.\n"
)
AIR = "---\ntitle: Counting quokkas from the air\nauthor: Ann Lee\ndate: 2019-05-01\n---\n\nQuokkas hop.\n"


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Command:
    library = tmp_path_factory.mktemp("cli") / "library"
    return lambda *arguments: CliRunner().invoke(app, ["--library", str(library), *arguments])


@pytest.fixture(scope="module")
def keys(command: Command, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("files")
    (folder / "review.md").write_text(REVIEW, "utf-8")
    (folder / "air.md").write_text(AIR, "utf-8")
    assert command("add", str(folder)).exit_code == 0
    found = json.loads(command("list", "--json").stdout)["documents"]
    return {Path(document["path"]).name: document["key"] for document in found}


def test_references_name_what_is_held(command: Command, keys: dict[str, str]) -> None:
    shown = json.loads(command("show", keys["review.md"], "--references", "--json").stdout)
    first, second = shown["references"]
    assert first["text"] == ENTRY
    assert first["held"]["key"] == keys["air.md"]
    assert second["held"] is None
    assert len(first["mentions"]) == 1
    words = command("show", keys["review.md"], "--references")
    assert f"[{keys['air.md']}] Counting quokkas from the air; cited once" in words.stdout
    assert "not held; cited 0 times" in words.stdout


def test_cited_by_gives_the_sentences_with_their_places(command: Command, keys: dict[str, str]) -> None:
    shown = json.loads(command("show", keys["air.md"], "--cited-by", "--json").stdout)
    (citing,) = shown["cited_by"]
    assert citing["key"] == keys["review.md"]
    (sentence,) = citing["sentences"]
    text = json.loads(command("show", keys["review.md"], "--json").stdout)["text"]
    assert text[sentence["locator"]["start"] : sentence["locator"]["end"]] == sentence["text"]
    assert "“Some count (Lee, 2019).”" in command("show", keys["air.md"], "--cited-by").stdout


def test_two_views_at_once_make_no_sense(command: Command, keys: dict[str, str]) -> None:
    assert command("show", keys["air.md"], "--cited-by", "--references").exit_code == 2
