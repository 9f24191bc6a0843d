import pytest

from assistant.answering.answerer import MAX_QUESTION, clean_question
from corpus.errors import UsageError
from index.filters import Filters

QUESTIONS = (
    "What is marginal risk?",
    "What does the EU AI Act ask of open-source providers?",
    "Which options of release are there between closed and open?",
    "How many models have fully open weights?",
    "What is open-washing?",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_sentence_is_the_slice_that_its_locator_names(starter, question):
    answer = starter.ask(question)
    assert not answer.abstained
    for sentence in answer.sentences:
        source = answer.sources[sentence.sources[0] - 1]
        text = starter.document(source.document_id).document.text
        assert sentence.verbatim
        assert sentence.text == source.quote == text[source.locator.start : source.locator.end]
        assert source.passage_text == text[source.passage.start : source.passage.end]
        assert source.passage.start <= source.locator.start < source.locator.end <= source.passage.end


def test_sources_are_numbered_in_order_and_each_is_used(starter):
    answer = starter.ask("What is marginal risk?")
    assert [source.n for source in answer.sources] == list(range(1, len(answer.sources) + 1))
    assert {n for sentence in answer.sentences for n in sentence.sources} == {s.n for s in answer.sources}


def test_the_explanation_orders_words_of_equal_weight_by_the_word(starter):
    words = starter.ask("Which zebras, yaks and walruses read?").explanation.words
    assert len({weight for _, weight in words}) < len(words)
    assert list(words) == sorted(words, key=lambda pair: (-pair[1], pair[0]))


def test_no_sentence_is_given_twice(starter):
    for question in QUESTIONS:
        texts = [sentence.text for sentence in starter.ask(question).sentences]
        assert len(texts) == len(set(texts))


def test_a_brief_always_says_that_it_is_second_hand(starter):
    for question in QUESTIONS:
        for source in starter.ask(question).sources:
            assert source.second_hand is not None
            assert source.second_hand.works
            assert "as cited in loccit contributors, 2026" in source.citation


def test_the_primary_work_is_the_one_that_the_sentence_cites(starter):
    answer = starter.ask("What are the steps of the marginal risk framework of Kapoor et al.?")
    cited = [s for s in answer.sources if "Kapoor et al., 2024" in s.quote and "Seger" not in s.quote]
    assert cited
    for source in cited:
        assert "Kapoor" in source.second_hand.short
        assert any("On the Societal Impact of Open Foundation Models" in work for work in source.second_hand.works)


@pytest.mark.parametrize(
    "question",
    ("How do I bake an apple pie?", "What is the melting point of tungsten carbide?", "Who won the 1998 World Cup?"),
)
def test_what_is_not_there_is_said_not_to_be_there(starter, question):
    answer = starter.ask(question)
    assert answer.abstained
    assert answer.kind == "none"
    assert not answer.sentences and not answer.sources
    assert answer.nearest
    assert answer.confidence < 0.5


def test_words_that_occur_nowhere_are_named(starter):
    notices = starter.ask("What is the melting point of tungsten carbide?").notices
    assert any("tungsten" in notice for notice in notices)


def test_a_question_about_a_model_gets_its_cells_too(starter):
    answer = starter.ask("What openness level do the weights of LLaMA-2 have?")
    assert answer.kind in ("both", "taxonomy")
    assert answer.taxonomy.found
    assert [cell.raw for cell in answer.taxonomy.cells] == ["D3(LLaMA-2)"]


def test_asking_within_a_document_gives_only_that_document(starter):
    document = next(d for d in starter.documents() if "governance" in d.path)
    answer = starter.ask(
        "What does the EU AI Act ask of open-source providers?", filters=Filters(documents=(document.key,))
    )
    assert {source.document_id for source in answer.sources} == {document.document_id}


def test_the_answer_to_a_question_is_the_same_each_time(starter):
    first, second = (starter.ask("What is marginal risk?") for _ in range(2))
    assert [s.text for s in first.sentences] == [s.text for s in second.sentences]


@pytest.mark.parametrize("question", ("", "   ", "\n\t", "\x00\x1b"))
def test_an_empty_question_is_refused(question):
    with pytest.raises(UsageError, match="empty"):
        clean_question(question)


def test_an_over_long_question_is_refused_with_the_limit():
    with pytest.raises(UsageError, match="100,000 characters and at most 4,000"):
        clean_question("a" * 100_000)
    assert len(clean_question("a" * MAX_QUESTION)) == MAX_QUESTION


@pytest.mark.parametrize(
    "question", ('"unbalanced', "C++ AND NOT (", "don't", "arXiv:2404.17047", "¿qué?", "?!", "模型")
)
def test_no_question_breaks_the_search(starter, question):
    starter.ask(question)


def test_a_concept_gets_its_entry_and_what_each_document_says(starter):
    answer = starter.ask("cannot be rolled back")
    assert answer.taxonomy.kind == "entry" and answer.kind == "both"
    assert "Rolled Back" in answer.taxonomy.value[0]["name"]
    documents = [source.document_id for source in answer.sources]
    assert documents and len(set(documents)) == len(documents)
    for source in answer.sources:
        text = starter.document(source.document_id).document.text
        assert text[source.locator.start : source.locator.end] == source.quote


@pytest.mark.parametrize(
    "question",
    [
        "cannot be rolled back",
        "How is generative AI regulated in the European Union?",
        "What are the steps of the marginal risk framework?",
        "weights of LLaMA-2",
        "What does D2 mean?",
        "Which models license their weights under RAIL?",
        "Which claims about closed models does the paper argue against?",
    ],
)
def test_every_kind_of_concept_looks_for_passages(starter, question):
    answer = starter.taxonomy(question)
    assert answer.found
    sources = starter.taxonomy_passages(answer)
    assert len({source.document_id for source in sources}) == len(sources)
    for source in sources:
        text = starter.document(source.document_id).document.text
        assert text[source.locator.start : source.locator.end] == source.quote


def test_passages_speak_of_the_concept(starter):
    sources = starter.taxonomy_passages(starter.taxonomy("cannot be rolled back"))
    assert any("called back" in source.quote or "taken back" in source.quote for source in sources)


def test_a_concept_within_a_document_stays_in_it(starter):
    identity = next(item.document_id for item in starter.documents() if "release" in item.name.lower())
    answer = starter.ask("cannot be rolled back", filters=Filters(documents=(identity,)))
    assert {source.document_id for source in answer.sources} == {identity}


def test_what_is_not_found_has_no_passages(starter):
    assert starter.taxonomy_passages(starter.taxonomy("What is the melting point of tungsten?")) == []


def test_one_side_is_answered_in_other_words_than_the_question(starter):
    answer = starter.ask("What are the downsides of open models?")
    assert not answer.abstained
    assert {sentence.heading for sentence in answer.sentences} == {"against"}
    assert not any("downside" in source.quote.lower() for source in answer.sources)
