""" """

import pytest

from assistant.answering.question import read_question
from assistant.answering.short_span import fit, short_span


@pytest.mark.parametrize(
    ("question", "better", "worse"),
    [
        (
            "What is knowledge distillation?",
            "Knowledge distillation [Bucila et al., 2006] is a technique by which a small model learns.",
            "Thus, the objective function for knowledge distillation can be formulated.",
        ),
        (
            "What is TinyNet?",
            "We propose a way to train a smaller model, called TinyNet, on less data.",
            "We showed that TinyNet is a compelling option on phones.",
        ),
        ("Define marginal risk.", "Marginal risk (MR) refers to what is added.", "The marginal risk grows."),
        ("What is M-Net?", "M-Net is a network of 12 layers.", "A table is the place where M-Net stands."),
        ("How many speakers are there?", "They recorded 40 speakers.", "Table 2: Number of speakers (Li, 2019)."),
        ("What accuracy does it reach?", "It reaches 83.3%.", "Accuracy and F1 were recorded."),
    ],
)
def test_a_sentence_of_the_form_asked_for_gains(question, better, worse):
    asked = read_question(question)
    assert fit(asked, better) > fit(asked, worse)


def test_a_question_that_asks_for_no_form_favours_none():
    assert fit(read_question("Why do models forget?"), "Forgetting is a problem of 12 models.") == 0


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
