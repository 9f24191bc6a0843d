"""Everything can be reached from the keyboard, and what is shown of others' text is never markup."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from threading import Event

import pytest
from textual.widgets import Footer

from assistant.tui.app import LoccitApp
from assistant.tui.help_screen import HelpScreen
from assistant.tui.reader_screen import Reader
from corpus.errors import ModelError


def test_help_lists_every_key_and_command(workspace, drive, size):
    async def scenario(app, driver):
        await driver.press("f1")
        assert isinstance(app.screen, HelpScreen)
        rows = [row.content.plain for row in app.screen.query(".help-row")]
        for key in ("^o", "^x", "f3", "^q", "c, ^y", "s, ^s", "1-9", "/add PATH", "d, "):
            assert any(row.startswith(key) for row in rows), key
        await driver.press("escape")
        assert app.screen is app.chat

    drive(workspace, scenario, size)


def test_footer_stands_in_palette_and_help(workspace, drive):
    async def scenario(app, driver):
        for place in ("f2", "f3"):
            await driver.press(place)
            offered = {command.title for command in app.get_system_commands(app.screen)}
            keys = [
                key
                for key in app.screen.query_one(Footer).query("FooterKey")
                if not key.classes & {"-command-palette", "-disabled"}
            ]
            assert keys
            for key in keys:
                assert key.description in offered | {"Ask"}, key.description
            await driver.press("f1")
            tooltips = " ".join(row.content.plain for row in app.screen.query(".help-row"))
            for key in keys:
                assert str(key.tooltip) in tooltips
            await driver.press("escape")

    drive(workspace, scenario, (120, 40))


def test_footer_fits_a_narrow_terminal(workspace, drive):
    async def scenario(app, driver):
        await driver.enter("Who gains from openness?")
        for keys in ((), ("escape",), ("s",)):
            await driver.press(*keys)
            last = driver.lines[-1]
            assert "Help" in last
            assert "palette" in last

    drive(workspace, scenario)


def test_typing_anywhere_goes_to_the_prompt(workspace, drive):
    async def scenario(app, driver):
        await driver.enter("Who gains from openness?")
        await driver.press("escape")
        assert app.focused is not app.chat.prompt
        await driver.type("what about")
        assert app.focused is app.chat.prompt
        assert app.chat.prompt.value == "what about"

    drive(workspace, scenario)


def test_examples_are_asked_by_number(workspace, drive):
    async def scenario(app, driver):
        example = next(iter(app.chat.query("Example")))
        await driver.press("escape")
        assert app.focused is example
        await driver.press("1")
        assert example.question.rstrip("?") in driver.screen
        assert app.chat.conversation.welcome is None

    drive(workspace, scenario)


def test_hostile_title_in_card_reader_palette_and_notice(workspace, drive, hostile, size):
    async def scenario(app, driver):
        await driver.enter("What does the classification token gather?")
        assert "[CLS]" in driver.screen
        await driver.press("ctrl+s")
        assert f"[1] {hostile}" in driver.screen
        await driver.press("enter")
        assert isinstance(app.screen, Reader)
        assert hostile in driver.screen
        assert "[SEP]" in driver.screen
        await driver.press("escape", "ctrl+p")
        await driver.type("tokens")
        await driver.settle()
        while not app.screen.query("CommandList > *") and hostile not in driver.screen:
            await driver.pilot.pause(0.05)
        assert hostile in driver.screen
        await driver.press("escape", "escape")
        app.say(hostile)
        await driver.settle()
        assert hostile in driver.screen

    drive(workspace, scenario, size)


@pytest.mark.parametrize("place", ["f2", "f3"])
def test_a_document_is_opened_from_the_palette(workspace, drive, hostile, place):
    async def scenario(app, driver):
        await driver.press(place, "ctrl+p")
        await driver.type("tokens and")
        while hostile not in driver.screen:
            await driver.pilot.pause(0.05)
        await driver.press("enter")
        while not isinstance(app.screen, Reader):
            await driver.press("enter")
        assert "[SEP]" in driver.screen
        await driver.press("escape")
        assert app.current_mode == {"f2": "chat", "f3": "library"}[place]

    drive(workspace, scenario)


def test_the_screen_loads_no_heavy_library():
    code = (
        "import sys, assistant.tui.app, assistant.workspace; "
        "sys.exit(', '.join({'torch', 'sentence_transformers', 'faiss', 'assistant.cli'} & set(sys.modules)) or None)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_leaving_while_getting_ready_ends_quietly(workspace, monkeypatch):
    """A model that fails because it was ended by leaving is not reported to a screen that is gone."""
    ended = Event()

    def warm_up():
        ended.wait(10)
        raise ModelError("The embedding process ended")

    monkeypatch.setattr(workspace, "warm_up", warm_up)
    monkeypatch.setattr(workspace.embedder, "close", ended.set)

    async def session():
        app = LoccitApp(workspace)
        async with app.run_test() as pilot:
            await pilot.press("ctrl+q")
        assert ended.wait(5)
        assert app.return_code == 0

    asyncio.run(session())


def test_a_library_that_cannot_be_written_is_named_as_such(workspace, drive, monkeypatch):
    async def scenario(app, driver):
        assert "This library is read-only" in driver.screen

    monkeypatch.setattr(workspace.database, "read_only", True)
    drive(workspace, scenario)
