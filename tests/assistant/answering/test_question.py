import pytest

from assistant.answering.question import QuestionKind, Side, read_question


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("How many hours of audio are there?", QuestionKind.OTHER),
        ("What is the role of regulators in the paper?", QuestionKind.OTHER),
        ("Which papers are about hate speech?", QuestionKind.DOCUMENTS),
        ("List all essays on licences", QuestionKind.DOCUMENTS),
        ("Which studies examine release strategies?", QuestionKind.DOCUMENTS),
        ("Compare BLOOM and LLaMA-2", QuestionKind.COMPARISON),
        ("How does BLOOM differ from LLaMA-2?", QuestionKind.COMPARISON),
        ("What are the pros and cons of open weights?", QuestionKind.SIDES),
        ("What are the benefits and risks of open models?", QuestionKind.SIDES),
        ("Is GPT-3 open?", QuestionKind.OTHER),
        ("Why can a released model not be recalled?", QuestionKind.OTHER),
    ],
)
def test_the_kind_is_told_by_the_words(text, kind):
    assert read_question(text).kind is kind


@pytest.mark.parametrize(
    ("text", "side", "topic"),
    [
        ("What are the downsides of open weights?", Side.AGAINST, "open weights"),
        ("and the drawbacks of releasing weights?", Side.AGAINST, "releasing weights"),
        ("What are the main advantages of open models?", Side.FOR, "open models"),
        ("arguments for openness", Side.FOR, "openness"),
        ("What are the pros and cons of open weights?", None, "open weights"),
    ],
)
def test_one_side_may_be_asked_for(text, side, topic):
    question = read_question(text)
    assert (question.kind, question.side, question.topic) == (QuestionKind.SIDES, side, topic)


@pytest.mark.parametrize("text", ["What is the advantage of the second model over the first?", "What are the results?"])
def test_a_side_is_no_part_of_other_questions(text):
    assert read_question(text).side is None


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        (
            "Which papers in the library are about gender bias in machine translation?",
            "gender bias in machine translation",
        ),
        ("Which papers deal with cyberbullying?", "cyberbullying"),
        ("List all papers that discuss the licences of models.", "licences of models"),
    ],
)
def test_the_topic_stands_without_its_frame(text, topic):
    assert read_question(text).topic == topic


def test_what_is_weighed_is_named_after_or_before_the_sides():
    assert read_question("What are the advantages and disadvantages of open weights?").topic == "open weights"
    assert read_question("Open weights: for and against").topic == "Open weights"


def test_subjects_are_compared_in_the_aspect_named():
    question = read_question("Compare the licences of BLOOM and LLaMA-2")
    assert question.subjects == ("BLOOM", "LLaMA-2")
    assert question.aspect == "the licences of"
    assert read_question("What is the difference between open data and open weights?").subjects == (
        "open data",
        "open weights",
    )
