"""Why an answer is as it is, shown with f6."""

from __future__ import annotations

from assistant.tui.why_screen import AGAIN, WhyScreen
from assistant.tui.widgets.chat_blocks import Turn

GAINS = "Who gains from openness?"


async def read_through(driver):
    """All that a scroll shows from its top to its end."""
    seen = driver.screen
    view = driver.pilot.app.screen.query_one("#why-text")
    while view.scroll_offset.y < view.max_scroll_y:
        view.scroll_page_down(animate=False)
        await driver.settle()
        seen += " " + driver.screen
    return seen


def test_an_answer_tells_how_it_came_about(workspace, drive, size):
    async def scenario(app, driver):
        await driver.press("f6")
        assert app.screen is app.chat
        await driver.enter(GAINS)
        why = workspace.ask(GAINS).explanation
        await driver.press("f6")
        assert isinstance(app.screen, WhyScreen)
        seen = await read_through(driver)
        assert GAINS in seen
        assert f"{why.confidence:.2f}, needed {why.threshold:.2f}: enough" in seen
        first = why.passages[0]
        assert f"1. {first.score:.3f}" in seen
        assert f"({first.cosine:.2f})" in seen and f"({first.bm25:.1f})" in seen
        chosen = [item for item in why.sentences if item.chosen]
        assert chosen
        assert all(f"{item.score:.3f}" in seen for item in why.sentences)
        assert seen.count("●") >= len(chosen)
        assert AGAIN not in seen
        await driver.press("escape")
        assert app.screen is app.chat

    drive(workspace, scenario, size)


def test_the_answer_under_the_cursor_is_explained(workspace, drive):
    async def scenario(app, driver):
        await driver.enter(GAINS)
        await driver.enter("How long does sourdough bread bake?")
        await driver.press("f6")
        assert "not enough for an answer" in driver.screen
        await driver.press("escape")
        app.chat.query(Turn).first().focus()
        await driver.press("f6")
        assert app.screen.answer.question == GAINS

    drive(workspace, scenario)


def test_an_answer_of_an_earlier_session_is_worked_out_again(workspace, drive):
    async def scenario(app, driver):
        await driver.enter(GAINS)
        await driver.press("ctrl+t", "f5", "enter", "f6")
        assert isinstance(app.screen, WhyScreen)
        assert AGAIN in driver.screen
        assert app.screen.explanation == workspace.ask(GAINS).explanation

    drive(workspace, scenario)
