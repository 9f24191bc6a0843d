"""Questions wait in a line, are answered in order, and are stopped together."""

from __future__ import annotations

from threading import Event

from assistant.tui.widgets.chat_blocks import Turn

BACK = "Can a model be taken back once its weights are public?"
GAINS = "Who gains from openness?"


def held(workspace, monkeypatch):
    """Let no question be answered before the event is set."""
    go, real = Event(), workspace.ask

    def ask(question, **options):
        assert go.wait(20)
        return real(question, **options)

    monkeypatch.setattr(workspace, "ask", ask)
    return go


async def ask(driver, question):
    prompt = driver.pilot.app.chat.prompt
    prompt.value = question
    await driver.pilot.press("enter")


def turns(app):
    return [(turn.question, turn.answer is not None) for turn in app.chat.query(Turn)]


def test_questions_are_answered_in_order(workspace, drive, monkeypatch, size):
    async def scenario(app, driver):
        go = held(workspace, monkeypatch)
        await ask(driver, BACK)
        await ask(driver, GAINS)
        await driver.pilot.pause(0.3)
        assert turns(app) == [(BACK, False), (GAINS, False)]
        assert "looking …" in driver.screen
        go.set()
        await driver.settle()
        assert turns(app) == [(BACK, True), (GAINS, True)]
        assert not app.chat.conversation.busy
        assert "─ ready ─" in "".join(driver.lines)
        kept = workspace.sessions.turns(app.chat.conversation.session)
        assert [turn.question for turn in kept] == [BACK, GAINS]

    drive(workspace, scenario, size)


def test_stopping_stops_all_that_wait_and_the_next_is_answered(workspace, drive, monkeypatch):
    async def scenario(app, driver):
        go = held(workspace, monkeypatch)
        for question in (BACK, GAINS, BACK):
            await ask(driver, question)
        await driver.pilot.press("ctrl+x")
        await driver.pilot.pause()
        assert driver.seen("#conversation").count("Stopped.") == 3
        await ask(driver, GAINS)
        go.set()
        await driver.settle()
        assert turns(app) == [(BACK, False), (GAINS, False), (BACK, False), (GAINS, True)]
        session = app.chat.conversation.session
        assert [turn.question for turn in workspace.sessions.turns(session)] == [GAINS]

    drive(workspace, scenario)


def test_a_session_opened_while_a_question_runs_is_not_disturbed(workspace, drive, monkeypatch):
    async def scenario(app, driver):
        await driver.enter(BACK)
        go = held(workspace, monkeypatch)
        await ask(driver, GAINS)
        await driver.pilot.press("ctrl+t")
        await driver.pilot.pause()
        go.set()
        await driver.settle()
        assert not turns(app)
        assert app.chat.conversation.welcome is not None
        assert app.chat.conversation.session == ""

    drive(workspace, scenario)
