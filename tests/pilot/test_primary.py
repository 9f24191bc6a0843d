"""The works that a quotation cites: named beside it, read and copied with f7."""

from __future__ import annotations

import pytest

from assistant.citing.citation import paste
from assistant.tui.primary_screen import PrimaryScreen
from assistant.tui.reader_screen import Reader
from assistant.workspace import Workspace


@pytest.fixture(scope="module")
def mammals(workspace, citing_papers, tmp_path_factory):
    """A survey with one of the papers that it cites, over the model that is loaded already."""
    opened = Workspace.open(tmp_path_factory.mktemp("mammals"), embedder=workspace.embedder)
    assert not opened.add([citing_papers]).failed
    yield opened
    opened.database.close()


def test_a_held_work_is_read_and_the_entry_of_another_is_copied(mammals, drive, size, copied):
    async def scenario(app, driver):
        await driver.enter("When do quokkas feed?")
        assert "[1] cites Lee, 2018, in your library too" in driver.screen
        await driver.press("ctrl+s")
        assert "cites Lee, 2018 (held) and Ott, 2015 (not held)" in driver.screen
        source = app.chat.panel.source
        held, other = source.cites
        await driver.press("f7")
        assert isinstance(app.screen, PrimaryScreen)
        assert held.source.quote in driver.screen
        assert other.entry in driver.screen
        await driver.press("c")
        assert copied == [paste(held.source)]
        await driver.press("enter")
        assert isinstance(app.screen, Reader)
        assert app.screen.source == held.source
        await driver.press("escape", "down", "c", "enter")
        assert copied[1] == other.entry
        assert isinstance(app.screen, PrimaryScreen)
        await driver.press("escape")
        assert app.screen is app.chat

    drive(mammals, scenario, size)


def test_a_source_that_cites_nothing_opens_nothing(workspace, drive):
    async def scenario(app, driver):
        await driver.press("f7")
        await driver.enter("Who gains from openness?")
        await driver.press("f7")
        assert app.screen is app.chat
        assert "cites" not in driver.screen

    drive(workspace, scenario)


def test_a_reopened_conversation_has_its_primary_works(mammals, drive):
    async def scenario(app, driver):
        await driver.enter("When do quokkas feed?")
        before = app.chat.panel.source
        await driver.press("ctrl+t", "f5", "enter")
        assert app.chat.panel.source == before
        assert "[1] cites Lee, 2018, in your library too" in driver.screen

    drive(mammals, scenario)
