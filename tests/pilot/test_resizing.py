"""What is read stays in sight, however long the question was and whatever becomes of the screen's size."""

from __future__ import annotations

from assistant.tui.conversation import Conversation
from assistant.tui.turn import Turn

BACK = "Can a model be taken back once its weights are public?"


def test_a_long_question_leaves_room_for_its_answer(workspace, drive, size):
    async def scenario(app, driver):
        await driver.enter(f"{BACK} {'And why are the weights of such a model public? ' * 60}")
        assert "You Can a model be taken back" in driver.screen
        assert " … " in driver.screen
        assert "sure" in driver.screen or "nearest" in driver.screen

    drive(workspace, scenario, size)


def test_the_answer_in_sight_stays_there(workspace, drive, size):
    async def scenario(app, driver):
        for number in range(8):
            await driver.enter(f"{BACK} Question number {number}.")
        turn = list(app.query(Turn))[3]
        app.query_one(Conversation).reveal(turn)
        await driver.settle()
        for width, height in ((52, 24), (140, 24), (80, 24)):
            await driver.pilot.resize_terminal(width, height)
            await driver.settle()
            assert "number 3" in driver.seen("#conversation").split("You")[1]

    drive(workspace, scenario, size)
