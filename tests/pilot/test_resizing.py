"""What is read stays in sight, however long the question was and whatever becomes of the screen's size."""

from __future__ import annotations

from assistant.tui.widgets.chat_blocks import Turn
from assistant.tui.widgets.conversation import Conversation

BACK = "Can a model be taken back once its weights are public?"


def test_a_long_question_leaves_room_for_its_answer(workspace, drive, size):
    async def scenario(app, driver):
        await driver.enter(f"{BACK} {'And why are the weights of such a model public? ' * 60}")
        assert "You Can a model be taken back" in driver.screen
        assert " … " in driver.screen
        assert " evidence" in driver.screen or "nearest" in driver.screen

    drive(workspace, scenario, size)


def test_the_answer_in_sight_stays_there(workspace, drive):
    async def scenario(app, driver):
        for number in range(9):
            await driver.enter(f"{BACK} Question number {number}.")
        for width, height in ((120, 40), (80, 24)):
            # The whole conversation stands on the larger screen before the sources take their part of it.
            await driver.pilot.resize_terminal(width, height)
            await driver.settle()
            assert "Question number 8" in driver.seen("#conversation")
        app.query_one(Conversation).reveal(list(app.query(Turn))[1])
        await driver.settle()
        await driver.pilot.resize_terminal(60, 24)
        await driver.settle()
        assert "number 1" in driver.seen("#conversation").split("You")[1]

    drive(workspace, scenario, (80, 24))
