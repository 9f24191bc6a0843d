import pytest

from assistant.answering.form import fit
from assistant.answering.question import read_question


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
