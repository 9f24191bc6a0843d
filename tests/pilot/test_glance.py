"""A document at a glance, opened from the library with g."""

from __future__ import annotations

from assistant.citing.citation import paste
from assistant.tui.glance_screen import GlanceScreen
from assistant.tui.reader_screen import Reader


def test_a_document_at_a_glance_leads_to_where_its_sentences_stand(workspace, drive, size, copied):
    async def scenario(app, driver):
        await driver.press("f3")
        await driver.press("g")
        assert isinstance(app.screen, GlanceScreen)
        parts = app.screen.glance.parts
        assert all(
            part.role.capitalize() in app.screen.query("#glance-text Static.glance-part")[n].content.plain
            for n, part in enumerate(parts)
        )
        source = next(source for part in parts for source in part.sources)
        assert source.quote.split()[0] in driver.screen
        await driver.press("c")
        assert copied == [paste(source)]
        await driver.press("enter")
        assert isinstance(app.screen, Reader)
        await driver.press("escape", "escape")
        assert not isinstance(app.screen, GlanceScreen)

    drive(workspace, scenario, size)


def test_a_glance_begins_at_its_first_heading(workspace, drive):
    async def scenario(app, driver):
        await driver.press("f3", "g")
        await driver.settle()
        role = app.screen.glance.parts[0].role.capitalize()
        assert driver.seen("#glance-text").split()[0] == role
        assert app.screen.chosen == app.screen.glance.parts[0].sources[0]

    drive(workspace, scenario, (60, 12))
