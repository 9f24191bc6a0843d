"""Conversations are kept in the library and come back cut anew from its documents."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from assistant.workspace import Workspace
from corpus.errors import Cancelled, LibraryError, UnknownSession, UsageError
from corpus.starter import brief_paths

RISK = "What is marginal risk?"


@pytest.fixture
def briefs(tmp_path, embedder):
    """A library of copies of the starter briefs, which a test may change."""
    folder = tmp_path / "briefs"
    folder.mkdir()
    for path in brief_paths():
        shutil.copy(path, folder)
    with Workspace.open(tmp_path / "library", embedder=embedder) as workspace:
        assert not workspace.add([folder]).failed
        yield workspace


def asked(workspace, name, *questions):
    for question in questions:
        workspace.reply(question, name)
    return workspace.sessions


def test_an_answer_comes_back_as_it_was(briefs):
    answer = briefs.ask(RISK)
    assert briefs.keep("risk", answer) is answer
    assert [turn.answer for turn in briefs.sessions.turns("risk")] == [answer]


def test_cells_of_the_taxonomy_come_back(briefs):
    sessions = asked(briefs, "cells", "How open are the weights of GPT-4?", "What about BLOOM?")
    second = sessions.turns("cells")[1].answer
    assert second.standalone_question == "How open are the weights of BLOOM?"
    assert second.taxonomy == briefs.taxonomy("How open are the weights of BLOOM?")
    assert second.taxonomy.cells


def test_what_came_nearest_comes_back(briefs):
    answer = briefs.ask("How long does sourdough bread bake in a stone oven?")
    assert answer.abstained
    briefs.keep("bread", answer)
    assert briefs.sessions.turns("bread")[0].answer == answer


def test_a_session_reopened_after_a_restart_goes_on(briefs, embedder):
    asked(briefs, "risk", RISK)
    with Workspace.open(briefs.path, embedder=embedder) as again:
        history = again.sessions.history("RISK")
        assert [turn.question for turn in history] == [RISK]
        assert history[0].titles
        assert again.ask("Who proposed it?", history=history).standalone_question == "Who proposed marginal risk?"


def test_a_document_taken_out_is_told(briefs):
    answer = briefs.ask(RISK)
    briefs.keep("risk", answer)
    gone = answer.sources[0]
    briefs.remove([gone.document_id])
    restored = briefs.sessions.turns("risk")[0].answer
    assert gone.document_id not in {source.document_id for source in restored.sources}
    assert gone.quote not in {sentence.text for sentence in restored.sentences}
    assert f"[{gone.n}] is no longer in the library: {gone.title}" in restored.notices


def test_a_quotation_that_moved_is_found_again(briefs):
    answer = briefs.ask(RISK)
    briefs.keep("risk", answer)
    first = answer.sources[0]
    path = briefs.path.parent / "briefs" / first.path.rsplit("/", 1)[-1]
    head, mark, body = path.read_text("utf-8").partition("\n## ")
    path.write_text(f"{head}\nSomething new stands before all of it now.\n{mark}{body}", "utf-8")
    assert not briefs.add([path]).failed
    restored = briefs.sessions.turns("risk")[0].answer.sources[0]
    text = briefs.document(first.document_id).document.text
    assert restored.quote == first.quote == text[restored.locator.start : restored.locator.end]
    assert restored.locator.start > first.locator.start
    assert first.quote in restored.passage_text


def test_a_quotation_whose_words_are_gone_is_told(briefs):
    answer = briefs.ask(RISK)
    briefs.keep("risk", answer)
    first = answer.sources[0]
    path = briefs.path.parent / "briefs" / first.path.rsplit("/", 1)[-1]
    path.write_text("# Another text\n\nNothing of what stood here before is left in this file.\n", "utf-8")
    assert not briefs.add([path]).failed
    restored = briefs.sessions.turns("risk")[0].answer
    assert f"[{first.n}] no longer stands in its document: {first.title}" in restored.notices


def test_listing_renaming_removing(briefs):
    sessions = asked(briefs, "one", RISK)
    asked(briefs, "two", RISK, "Who proposed it?")
    assert [(s.name, s.turns, s.opening) for s in sessions.summaries()] == [("two", 2, RISK), ("one", 1, RISK)]
    sessions.rename("one", "  three\n")
    with pytest.raises(UsageError, match="there already"):
        sessions.rename("three", "TWO")
    sessions.remove("two")
    assert [session.name for session in sessions.summaries()] == ["three"]
    assert briefs.database.reader().execute("SELECT count(*) FROM turns").fetchone()[0] == 1
    for act in (sessions.turns, sessions.remove, lambda name: sessions.rename(name, "four")):
        with pytest.raises(UnknownSession, match="loccit sessions"):
            act("two")


@pytest.mark.parametrize("name", ["", " \n", "x" * 81])
def test_a_name_is_one_short_line(briefs, name):
    with pytest.raises(UsageError, match="1 to 80 characters"):
        briefs.sessions.history(name)
    with pytest.raises(UsageError, match="1 to 80 characters"):
        briefs.sessions.append(name, briefs.ask(RISK))


def test_new_names_are_free_and_short(briefs):
    long = "What do the authors of all these many papers say about the risks of open models?"
    name = briefs.sessions.new_name(long)
    assert len(name) <= 50
    assert long.startswith(name.removesuffix(" …"))
    asked(briefs, name, RISK)
    assert briefs.sessions.new_name(long) == f"{name} (2)"


def test_primary_works_come_back_as_the_library_holds_them_by_now(tmp_path, embedder, citing_papers):
    with Workspace.open(tmp_path / "library", embedder=embedder) as workspace:
        workspace.add([citing_papers])
        answer = workspace.ask("When do quokkas feed?")
        first = answer.sources[0]
        assert [(work.held, work.source is not None) for work in first.cites] == [(True, True), (False, False)]
        workspace.keep("mammals", answer)
        assert workspace.sessions.turns("mammals")[0].answer == answer
        workspace.remove(["lee2018counting"])
        again = workspace.sessions.turns("mammals")[0].answer.sources[0]
        assert [(work.held, work.source, work.entry) for work in again.cites] == [
            (False, None, work.entry) for work in first.cites
        ]
        workspace.add([citing_papers])
        held_again = workspace.sessions.turns("mammals")[0].answer.sources[0].cites[0]
        assert held_again == first.cites[0]


class Model:
    """Stands for a language model that writes one word."""

    def rewrite(self, answer, *, on_text=None, cancelled=None):
        if on_text:
            on_text("word")
        if cancelled is not None and cancelled():
            raise Cancelled("Writing was cancelled")
        return replace(answer, written_by="m")


def test_a_reply_is_answered_after_its_session_and_kept_there(briefs):
    first = briefs.reply(RISK, "")
    assert first.session == RISK
    second = briefs.reply("Who proposed it?", first.session)
    assert (second.answer.standalone_question, second.session) == ("Who proposed marginal risk?", RISK)
    assert [turn.answer for turn in briefs.sessions.turns(RISK)] == [first.answer, second.answer]
    assert briefs.reply(RISK, "").session == f"{RISK} (2)"


def test_a_reply_without_a_session_is_not_kept(briefs):
    reply = briefs.reply("Who proposed it?")
    assert (reply.answer.standalone_question, reply.session) == ("Who proposed it?", "")
    assert briefs.sessions.summaries() == []


def test_the_language_model_rewrites_what_was_found(briefs):
    briefs.writer = Model()
    found, texts = [], []
    reply = briefs.reply(RISK, "risk", on_found=found.append, on_text=texts.append)
    assert (found[0].written_by, reply.answer.written_by, texts) == ("", "m", ["word"])
    assert briefs.sessions.turns("risk")[0].answer.written_by == "m"
    assert briefs.reply(RISK, write=False).answer.written_by == ""
    found.clear()
    assert briefs.reply("How long does sourdough bread bake?", on_found=found.append).answer.abstained
    assert found == []


def test_a_cancelled_reply_is_not_kept(briefs):
    assert briefs.reply(RISK, "", cancelled=lambda: True).session == ""
    briefs.writer = Model()
    with pytest.raises(Cancelled):
        briefs.reply(RISK, "risk", cancelled=lambda: True)
    assert briefs.sessions.summaries() == []


def test_a_reply_that_cannot_be_kept_says_so(briefs, monkeypatch):
    def full(*_):
        raise LibraryError("The disk is full")

    monkeypatch.setattr(briefs.sessions, "append", full)
    reply = briefs.reply(RISK, "")
    assert reply.session == "" and reply.answer.sources
    assert "Not kept in the session: The disk is full." in reply.answer.notices
    assert briefs.reply(RISK, "risk").session == "risk"
