"""The openness table on the screen: levels in letters and in colour, counted, copied."""

from __future__ import annotations

from textual.widgets import DataTable

from assistant.tui.openness_screen import OpennessScreen, heading


def test_the_map_shows_levels_in_letters_and_colour(workspace, drive, size):
    async def scenario(app, driver):
        await driver.press("f4")
        assert isinstance(app.screen, OpennessScreen)
        table = app.screen.query_one("#squares", DataTable)
        assert (table.row_count, len(table.columns)) == (40, 13)
        first = driver.screen
        assert "GPT-2" in first and "C1" in first and "N/A" in first
        assert table.get_cell_at((0, 11)).plain.strip() == "C5"
        assert "#009e73" in str(table.get_cell_at((0, 11)).style)
        assert table.virtual_size.width <= size[0], "the whole width is on the screen"
        titles = [column.label.plain for column in table.columns.values()]
        assert len(set(titles)) == len(titles), "no two columns have the same head"

    drive(workspace, scenario, size)


def test_the_square_under_the_cursor_is_told_and_copied(workspace, drive, copied, size):
    async def scenario(app, driver):
        await driver.press("f4", *["down"] * 2, *["right"] * 11)
        said = driver.seen("#square")
        assert said.startswith("GPT-3, Model architecture and weights: D2, semi-open.")
        await driver.press("c")
        assert copied and "GPT-3" in copied[-1] and "Table 3 [@eiras2024]" in copied[-1]

    drive(workspace, scenario, size)


def test_the_distribution_is_counted(workspace, drive, size):
    async def scenario(app, driver):
        await driver.press("f4", "d")
        table = app.screen.query_one("#squares", DataTable)
        assert (table.row_count, len(table.columns)) == (12, 8)
        numbers = [[int(table.get_cell_at((row, column)).plain) for column in range(1, 8)] for row in range(12)]
        assert sum(map(sum, numbers)) == 480
        assert numbers[11] == [11, 6, 4, 1, 18, 0, 0]
        await driver.press("d")
        assert table.row_count == 40
        await driver.press("escape")
        assert app.screen is app.chat

    drive(workspace, scenario, size)


def test_the_table_is_reached_by_command_and_palette(workspace, drive):
    async def scenario(app, driver):
        assert "Openness" in {command.title for command in app.get_system_commands(app.screen)}
        await driver.enter("/openness")
        assert isinstance(app.screen, OpennessScreen)

    drive(workspace, scenario)


def test_headings_fit_their_columns():
    assert heading("Model architecture and weights", 3) == "MAW"
    assert len(heading("Supervised fine-tuning data", 7)) <= 7
    assert heading("Level 1", 12) == "Level 1"
