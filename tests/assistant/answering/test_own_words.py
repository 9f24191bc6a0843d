"""The primary works behind an answer's quotations: held ones in their own words, the others by their entries."""

from __future__ import annotations

from assistant.answering.own_words import NEAR, without_citations
from assistant.citing import offered
from corpus.model import Span

FEEDING = "When do quokkas feed?"


def behind(answer, words):
    """The works that the source with these words cites."""
    return next(source for source in answer.sources if words in source.quote).cites


def test_a_held_work_speaks_for_itself_and_another_is_named_by_its_entry(citing):
    held, other = behind(citing.ask(FEEDING), "two hours after sunset (Lee")
    document = citing.document("lee2018counting")
    assert (held.held, held.document_id, held.key, held.title) == (
        True,
        document.document_id,
        "lee2018counting",
        "Counting quokkas from the air",
    )
    text, place = document.document.text, held.source.locator
    assert held.source.quote == text[place.start : place.end]
    assert held.source.quote.startswith("Quokkas were feeding above all")
    assert held.source.citation == "(Lee, 2018, § Results, ¶ 1)"
    assert (other.held, other.document_id, other.source) == (False, None, None)
    assert other.entry == "Ott, J. (2015). Grazing hours of island wallabies. Perth: Island Press."
    assert other.citation == "(Ott, 2015, as cited in Major, 2021, § Activity, ¶ 1)"


def test_a_held_work_that_does_not_speak_of_it_is_given_no_words(citing):
    (work,) = behind(citing.ask("Have the wages of park rangers risen?"), "wages")
    assert work.held
    assert work.source is None


def test_a_citation_that_leads_to_no_entry_is_left_out(citing):
    assert behind(citing.ask("Does anybody know why quokkas jump?"), "Nemo") == ()


def test_the_words_of_a_held_work_are_near_to_the_quotation(citing):
    source = citing.ask(FEEDING).sources[0]
    said = without_citations(
        citing.document(source.document_id).document, Span(source.locator.start, source.locator.end)
    )
    assert said == "Quokkas feed mostly in the two hours after sunset."
    own = next(work.source for work in source.cites if work.source is not None)
    one, other = citing.retriever.embed([said, own.quote])
    assert float(one @ other) >= NEAR


def test_the_shape_for_programs(citing):
    source = citing.ask(FEEDING).sources[0].as_json()
    held, other = source["cites"]
    assert held["source"]["quote"].startswith("Quokkas were feeding")
    assert held["source"]["cites"] == []
    assert other["reference"]["title"] == "Grazing hours of island wallabies"
    assert set(held) == set(other)
    assert set(other) >= {"entry", "short", "citation", "held", "document_id", "key", "title", "source"}


def test_of_many_works_those_that_are_held_are_named(citing):
    held, other = behind(citing.ask(FEEDING), "two hours after sunset (Lee")
    assert offered((other, other, other, held, other)) == (other, other, held)
    assert offered((held, other)) == (held, other)
