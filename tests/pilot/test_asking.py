"""A question typed into the prompt becomes an answer with numbered, marked sources."""

from __future__ import annotations

import pytest

from assistant.citing.citation import paste
from assistant.tui.phrases import MARK
from assistant.tui.reader_screen import Reader
from assistant.tui.widgets.chat_blocks import Turn
from assistant.tui.widgets.side import TaxonomyPanel
from corpus.errors import UsageError

BACK = "Can a model be taken back once its weights are public?"


def marked_text(static):
    return [static.content.plain[span.start : span.end] for span in static.content.spans if span.style == MARK]


def test_answer_quotes_numbers_and_marks_its_sources(workspace, drive, size):
    async def scenario(app, driver):
        await driver.enter(BACK)
        answer = app.chat.query_one(Turn).answer
        assert answer is not None
        assert not answer.abstained
        seen = driver.seen("#conversation")
        assert BACK in seen
        assert "passage" in seen
        assert f"{answer.evidence} evidence" in seen
        for sentence in answer.sentences:
            assert f"“{' '.join(sentence.text.split())}”" in seen
        assert "[1]" in seen

        await driver.press("ctrl+s")
        source = answer.sources[0]
        assert f"[1] {source.title}" in driver.screen
        assert source.place in driver.screen
        card = app.chat.panel.card()
        assert [text.replace("\n", " ") for text in marked_text(card.query_one(".card-passage"))] == [
            source.quote.replace("\n", " ")
        ]

    drive(workspace, scenario, size)


def test_sources_are_beside_when_wide_and_a_drawer_when_narrow(workspace, drive, size):
    async def scenario(app, driver):
        side = app.chat.query_one("#side")
        wide = size[0] >= 110
        assert side.display is wide
        await driver.enter(BACK)
        await driver.press("ctrl+s")
        assert side.display
        assert app.chat.conversation.display is wide
        await driver.press("escape")
        assert side.display is wide
        assert app.focused is app.chat.prompt

    drive(workspace, scenario, size)


def test_taxonomy_question_shows_its_cells(workspace, drive, size):
    async def scenario(app, driver):
        await driver.enter("How open are the weights of GPT-4?")
        taxonomy = app.chat.query_one(Turn).answer.taxonomy
        assert taxonomy is not None
        assert taxonomy.cells
        assert "[table]" in driver.screen
        assert taxonomy.cells[0].raw in driver.screen
        await driver.press("ctrl+s")
        panel = app.chat.query_one(TaxonomyPanel)
        assert panel.display
        assert f"{taxonomy.cells[0].model} · {taxonomy.cells[0].component_title}" in driver.screen

    drive(workspace, scenario, size)


def test_something_else_is_not_in_the_library(workspace, drive, size):
    async def scenario(app, driver):
        await driver.enter("How long does sourdough bread bake in a stone oven?")
        assert app.chat.query_one(Turn).answer.abstained
        assert "Not in your library" in driver.screen
        assert "/add" in driver.screen

    drive(workspace, scenario, size)


def test_number_selects_and_enter_reads_at_the_quotation(workspace, drive, size):
    async def scenario(app, driver):
        await driver.enter(BACK)
        await driver.press("escape", "1", "enter")
        assert isinstance(app.screen, Reader)
        source = app.chat.panel.source
        assert marked_text(app.screen.query_one("#reader-place"))[0].replace("\n", " ") == source.quote.replace(
            "\n", " "
        )
        assert source.title in driver.screen
        await driver.press("escape")
        assert app.screen is app.chat

    drive(workspace, scenario, size)


@pytest.mark.parametrize("keys", [("ctrl+y",), ("escape", "c"), ("ctrl+s", "c"), ("ctrl+r", "c")])
def test_copy_takes_quotation_citation_and_place(workspace, drive, copied, keys):
    async def scenario(app, driver):
        await driver.enter(BACK)
        await driver.press(*keys)
        expected = paste(app.chat.panel.source)
        assert copied == [expected]
        assert app.clipboard == expected
        assert "Lovelace, 2024" in expected
        assert "clipboard" in driver.screen

    drive(workspace, scenario)


def test_walking_back_shows_the_earlier_sources(workspace, drive):
    async def scenario(app, driver):
        await driver.enter(BACK)
        first = app.chat.panel.sources
        await driver.enter("What does the classification token gather?")
        second = app.chat.panel.sources
        assert second != first
        await driver.press("escape")
        await driver.press("up", "up", "up", "up")
        assert app.chat.panel.sources == first
        await driver.press("down", "down", "down", "down")
        assert app.chat.panel.sources == second

    drive(workspace, scenario, (120, 40))


def test_expected_errors_stand_as_they_are(workspace, drive):
    async def scenario(app, driver):
        with pytest.raises(UsageError) as refused:
            workspace.ask("a" * 5000)
        app.chat.prompt.value = "a" * 5000
        await driver.press("enter")
        app.chat.query_one(Turn).scroll_end(animate=False)
        app.chat.conversation.scroll_end(animate=False)
        await driver.settle()
        assert str(refused.value) in driver.screen

    drive(workspace, scenario, (120, 40))


def test_unforeseen_errors_show_a_traceback_and_the_app_goes_on(workspace, drive, monkeypatch, copied):
    def broken(question, **_):
        raise RuntimeError("all is lost [/x]")

    async def scenario(app, driver):
        with monkeypatch.context() as broke:
            broke.setattr(workspace, "ask", broken)
            await driver.enter("anything")
        assert "something unforeseen went wrong" in driver.screen
        assert "all is lost [/x]" in driver.screen
        await driver.press("escape", "c")
        assert "Traceback" in copied[0]
        await driver.press("escape")
        await driver.enter(BACK)
        assert "passage" in driver.screen

    drive(workspace, scenario, (120, 40))


def test_pasted_lines_become_one_question(workspace, drive):
    from textual import events

    async def scenario(app, driver):
        app.chat.prompt.post_message(events.Paste("Can a model\nbe taken back?\n"))
        await driver.settle()
        assert app.chat.prompt.value == "Can a model be taken back?"

    drive(workspace, scenario)
