"""Adding shows its progress, can be stopped, and reports each file."""

from __future__ import annotations

import asyncio
from threading import Event

from assistant.tui.widgets.chat_blocks import Report, TroubleBlock
from assistant.tui.widgets.dialogs import AddDialog, Confirm


def hold_first_step(workspace, monkeypatch):
    """Make adding wait after its first step until it is stopped."""
    moved, real = Event(), workspace.add

    def held(paths, *, progress, cancelled):
        def step(progressed):
            progress(progressed)
            if moved.is_set():
                return
            moved.set()
            for _ in range(1000):
                if cancelled():
                    return
                Event().wait(0.01)

        return real(paths, progress=step, cancelled=cancelled)

    monkeypatch.setattr(workspace, "add", held)
    return moved


async def until(moved, driver):
    while not moved.is_set():
        await asyncio.to_thread(moved.wait, 0.1)
    await driver.pilot.pause()


def add_and_stop(app, driver, moved, papers, *keys):
    async def steps():
        app.chat.prompt.value = f"/add {papers}"
        await driver.pilot.press("enter")
        await until(moved, driver)
        assert "Reading" in driver.screen
        assert "of 2" in driver.screen
        assert "Stop" in driver.screen
        await driver.press(*keys)
        report = app.chat.query_one(Report).report
        assert report.cancelled
        assert app.adding is False
        assert "Stopped" in driver.screen
        assert app.documents is not None
        assert len(app.documents) < 2 or report.embedded == 0

    return steps()


def test_adding_is_stopped_by_ctrl_x(empty, papers, drive, monkeypatch, size):
    moved = hold_first_step(empty, monkeypatch)
    drive(empty, lambda app, driver: add_and_stop(app, driver, moved, papers, "ctrl+x"), size)


def test_adding_is_stopped_by_two_escapes(empty, papers, drive, monkeypatch):
    moved = hold_first_step(empty, monkeypatch)
    drive(empty, lambda app, driver: add_and_stop(app, driver, moved, papers, "escape", "escape"))


def test_empty_library_names_the_key_and_the_dialog_fills_it(empty, papers, drive, hostile, size):
    async def scenario(app, driver):
        assert "This library is empty" in driver.screen
        assert "ctrl+o" in driver.screen
        await driver.press("ctrl+o")
        assert isinstance(app.screen, AddDialog)
        app.screen.query_one("#add-path").value = str(papers)
        await driver.press("enter")
        assert "2 added" in driver.screen
        assert f"added {hostile}" in driver.screen
        assert "2 documents" in driver.screen

    drive(empty, scenario, size)


def test_failures_name_file_and_reason(empty, tmp_path, drive):
    (tmp_path / "[b]void[").mkdir()
    (tmp_path / "[b]void[" / "x].md").write_text("", encoding="utf-8")

    async def scenario(app, driver):
        app.chat.prompt.value = f"/add '{tmp_path}/[b]void[/x].md'"
        await driver.press("enter")
        seen = driver.seen("#conversation")
        assert "1 failed" in seen
        assert "[b]void[/x].md" in seen.replace(" ", "")

    drive(empty, scenario, (120, 40))


def test_unknown_command_names_the_nearest(empty, drive):
    async def scenario(app, driver):
        await driver.enter("/ad x")
        assert "Did you mean /add?" in driver.screen
        assert app.chat.query_one(TroubleBlock)

    drive(empty, scenario)


def test_library_lists_and_removes_only_after_yes(empty, papers, drive, hostile, size):
    empty.add([papers])

    async def scenario(app, driver):
        await driver.press("f3")
        assert hostile in driver.screen
        table = app.screen.query_one("#documents")
        titles = [document.name for document in app.documents]
        table.move_cursor(row=titles.index(hostile))
        await driver.press("d")
        assert isinstance(app.screen, Confirm)
        assert hostile in driver.screen
        await driver.press("n")
        assert len(app.documents) == 2
        await driver.press("d", "y")
        assert len(app.documents) == 1
        assert f"Removed: {hostile}" in driver.screen
        await driver.press("escape")
        assert app.screen is app.chat

    drive(empty, scenario, size)
