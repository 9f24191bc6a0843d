"""A language model writes: the passages stand first, its words below them as they come, then checked."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from assistant.configuration import ModelEndpoint
from assistant.tui.widgets.chat_blocks import Turn
from assistant.workspace import Workspace

SPEC = importlib.util.spec_from_file_location(
    "model_server", Path(__file__).parents[1] / "assistant" / "writing" / "model_server.py"
)
model_server = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(model_server)

BACK = "Can a model be taken back once its weights are public?"


@pytest.fixture
def writing(workspace):
    """The workspace with a model that writes ``reply``."""

    def configured(server, way=""):
        workspace.language_model = ModelEndpoint(server.url(way), "[b]m[/x]", timeout=30)
        workspace.__dict__.pop("writer", None)
        return workspace

    yield configured
    workspace.language_model = None
    workspace.__dict__.pop("writer", None)


def test_written_sentences_are_marked_as_the_models_own(writing, drive):
    reply = "A release therefore cannot be revoked [1]. All 17 copies are recalled by [/x] Norway [1]."

    async def scenario(app, driver):
        await driver.enter(BACK)
        seen = driver.seen("#conversation")
        assert "A release therefore cannot be revoked. [1] (the model’s own words)" in seen
        assert "not supported: 17 is not in what it cites" in seen
        assert "Written by [b]m[/x] at 127.0.0.1" in seen
        assert "not checked yet" not in seen

    with model_server.serving(lambda _: reply) as server:
        drive(writing(server), scenario, (120, 40))


def test_a_model_that_fails_leaves_the_passages_with_a_notice(writing, drive):
    async def scenario(app, driver):
        await driver.enter(BACK)
        answer = app.chat.query_one(Turn).answer
        assert all(sentence.verbatim for sentence in answer.sentences)
        assert "status 500" in driver.seen("#conversation")

    with model_server.serving(lambda _: "") as server:
        drive(writing(server, "status/500"), scenario, (120, 40))


def test_escape_twice_stops_the_writing_and_keeps_the_passages(writing, drive):
    async def scenario(app, driver):
        prompt = app.chat.prompt
        prompt.value = BACK
        await driver.pilot.press("enter")
        while "not checked yet … a" not in driver.seen("#conversation"):
            await driver.pilot.pause()
        await driver.pilot.press("escape", "escape")
        await driver.settle()
        seen = driver.seen("#conversation")
        assert "Writing was stopped" in seen
        assert "not checked yet" not in seen
        assert "“Once the weights" in seen

    with model_server.serving(lambda _: "") as server:
        drive(writing(server, "drip"), scenario, (120, 40))


def test_a_server_that_the_library_names_is_ignored_and_said_so(workspace, tmp_path, drive):
    (tmp_path / "config.toml").write_text('[llm]\nbase_url = "https://evil.example/v1"\nmodel = "[b]m[/x]"\n')

    async def scenario(app, driver):
        assert "[llm] in the library's file is ignored" in driver.screen

    opened = Workspace.open(tmp_path, embedder=workspace.embedder)
    assert opened.language_model is None
    drive(opened, scenario, (120, 40))
    opened.database.close()
