import pytest

from assistant.answering.question import read_question
from assistant.answering.shortspan import short_span


@pytest.mark.parametrize(
    ("question", "sentence", "short"),
    [
        ("How many hours of audio are there?", "It holds 86 audio books comprising 547 hours of audio.", "547"),
        ("How many audio books are there?", "It holds 86 audio books comprising 547 hours of audio.", "86"),
        ("How accurate is the stemmer?", "The accuracy of the stemmer is 83.3%.", "83.3%"),
        (
            "When was the act adopted?",
            "After long talks the act was adopted on 13 June 2024 in Strasbourg.",
            "13 June 2024",
        ),
        ("How many refugees came?", "In 1685 the republic took in 75,000 to 100,000 refugees.", "75,000 to 100,000"),
        ("How many speakers are there?", "Table 2 lists 12 speakers (Li et al., 2019).", "12"),
        ("When did Denmark join?", "Denmark joined in 1972, Greece in 1979 and Spain in 1985.", "1972"),
        ("When was the siege?", "The siege in 1097 was long.", "1097"),
        ("Who proposed distillation?", "Distillation was proposed by Hinton et al. for ensembles.", "Hinton et al."),
        ("Who coined the term?", "The term was coined by Michelle Thorne in a talk.", "Michelle Thorne"),
    ],
)
def test_the_few_words_that_answer_are_found(question, sentence, short):
    span = short_span(read_question(question), sentence)
    assert span is not None
    assert span.within(sentence) == short


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many hours of audio are there?", "Nobody counted the hours."),
        ("How many models are open?", "It rose from 3 to 5."),  # two figures and nothing to tell them apart
        ("What is marginal risk?", "Marginal risk is what 5 models add."),
        ("How many speakers are there?", "Table 2: Number of speakers, by language."),
        ("How many colonists sailed to America?", "Colonists sailed to America in 1624."),
        ("How many parameters does it have?", "It has 40% fewer parameters."),
        ("Who paid homage to the king?", "Homage was paid in the Scottish Parliament."),
        (
            "How many of the 12 components are open?",
            "Of the 12 components, some are open.",
        ),  # the question's own figure
    ],
)
def test_where_nothing_is_plain_nothing_is_shown(question, sentence):
    assert short_span(read_question(question), sentence) is None
