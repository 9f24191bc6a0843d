"""The conversation is a session: kept as it grows, reopened from a list, begun anew."""

from __future__ import annotations

import pytest

from assistant.tui.widgets.chat_blocks import Turn
from assistant.tui.widgets.dialogs import Confirm, SessionList

BACK = "Can a model be taken back once its weights are public?"
CLASSIFICATION = "What is the classification token?"
FOLLOW_UP = "What does it gather?"


@pytest.fixture(autouse=True)
def none_kept(workspace):
    """Each test begins without sessions."""
    yield
    for session in workspace.sessions.summaries():
        workspace.sessions.remove(session.name)


def test_a_conversation_is_kept_and_reopened(workspace, drive, size):
    async def ask(app, driver):
        await driver.enter(BACK)
        assert app.chat.conversation.session.startswith("Can a model be taken back")
        assert "Conversation · Can a model" in driver.screen

    async def reopen(app, driver):
        assert app.chat.conversation.session == ""
        await driver.press("f5")
        assert isinstance(app.screen, SessionList)
        assert "1 question" in driver.screen
        await driver.press("enter")
        turn = app.chat.query_one(Turn)
        assert turn.answer.question == BACK
        assert app.chat.conversation.welcome is None
        assert turn.answer.sources[0].quote.split()[0] in driver.screen
        assert app.chat.panel.sources == turn.answer.sources
        await driver.enter(FOLLOW_UP)
        assert [kept.question for kept in workspace.sessions.turns(app.chat.conversation.session)] == [BACK, FOLLOW_UP]

    drive(workspace, ask, size)
    drive(workspace, reopen, size)


def test_a_follow_up_shows_how_it_was_understood(workspace, drive, size):
    async def scenario(app, driver):
        await driver.enter(CLASSIFICATION)
        await driver.enter(FOLLOW_UP)
        answer = list(app.chat.query(Turn))[1].answer
        assert answer.standalone_question == "What does the classification token gather?"
        assert f"Understood as: {answer.standalone_question}" in driver.screen

    drive(workspace, scenario, size)


def test_a_new_session_forgets_the_one_before(workspace, drive):
    async def scenario(app, driver):
        await driver.enter(CLASSIFICATION)
        first = app.chat.conversation.session
        await driver.press("ctrl+t")
        assert app.chat.conversation.session == ""
        assert app.chat.conversation.welcome is not None
        assert not app.chat.query(Turn)
        assert not app.chat.panel.sources
        assert "2 documents to ask" in driver.screen
        await driver.enter(FOLLOW_UP)
        assert app.chat.query_one(Turn).answer.standalone_question == FOLLOW_UP
        assert app.chat.conversation.session != first
        assert {session.name for session in workspace.sessions.summaries()} == {first, app.chat.conversation.session}

    drive(workspace, scenario)


def test_a_session_is_named_and_removed_after_yes(workspace, drive):
    async def scenario(app, driver):
        await driver.enter("/rename too early")
        assert "once it has an answer" in driver.screen
        await driver.enter(BACK)
        await driver.enter("/rename [b]Recall[/x]")
        assert app.chat.conversation.session == "[b]Recall[/x]"
        assert "Conversation · [b]Recall[/x]" in driver.screen
        await driver.enter("/sessions")
        assert "[b]Recall[/x]" in driver.screen
        await driver.press("d")
        assert isinstance(app.screen, Confirm)
        await driver.press("n")
        assert workspace.sessions.summaries()
        await driver.press("f5", "d", "y")
        assert not workspace.sessions.summaries()
        assert app.chat.conversation.session == ""

    drive(workspace, scenario)


def test_an_empty_list_says_how_it_fills(workspace, drive):
    async def scenario(app, driver):
        await driver.press("f5")
        assert "No conversation is kept yet" in driver.screen
        await driver.press("d", "escape")
        assert app.screen is app.chat

    drive(workspace, scenario)


def test_sources_of_a_document_taken_out_are_told(empty, papers, drive):
    empty.add([papers])

    async def ask(app, driver):
        await driver.enter(BACK)
        name = app.chat.query_one(Turn).answer.sources[0].document_id
        empty.remove([name])

    async def reopen(app, driver):
        await driver.press("f5", "enter")
        assert "is no longer in the library: Releasing models" in driver.screen

    drive(empty, ask, (120, 40))
    drive(empty, reopen, (120, 40))
