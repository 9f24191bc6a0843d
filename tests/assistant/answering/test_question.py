import pytest

from assistant.answering.question import QuestionKind, Side, read_question, side_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("How many hours of audio are there?", QuestionKind.QUANTITY),
        ("What F1 did the classifier reach?", QuestionKind.QUANTITY),
        ("Who coined open-washing?", QuestionKind.PERSON),
        ("Which authors propose the framework?", QuestionKind.PERSON),
        ("When was the act adopted?", QuestionKind.TIME),
        ("In what year did it start?", QuestionKind.TIME),
        ("What is marginal risk?", QuestionKind.DEFINITION),
        ("What does open-washing mean?", QuestionKind.DEFINITION),
        ("What is the role of regulators in the paper?", QuestionKind.OTHER),
        ("Which papers are about hate speech?", QuestionKind.DOCUMENTS),
        ("List all essays on licences", QuestionKind.DOCUMENTS),
        ("Which studies examine release strategies?", QuestionKind.DOCUMENTS),
        ("Compare BLOOM and LLaMA-2", QuestionKind.COMPARISON),
        ("How does BLOOM differ from LLaMA-2?", QuestionKind.COMPARISON),
        ("What are the pros and cons of open weights?", QuestionKind.SIDES),
        ("What are the benefits and risks of open models?", QuestionKind.SIDES),
        ("Is GPT-3 open?", QuestionKind.POLAR),
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
    ("text", "asked"),
    [
        ("What word error rate does the paper report?", "word error rate"),
        ("How many attention heads does the analysis use?", "attention heads"),
        ("Which learning rate is used to link profiles?", "learning rate"),
        ("What is the context window of the model?", "context window"),
        ("What share of the keyphrases is absent?", ""),
        ("How accurate is the stemmer?", ""),
        ("How many annotators judged each concept?", "annotators"),
        ("How much is lost without it?", ""),
    ],
)
def test_the_phrase_asked_for_leaves_out_mere_measures(text, asked):
    assert read_question(text).asked == asked


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


@pytest.mark.parametrize(
    ("sentence", "heading", "side"),
    [
        ("Openness enables research and fosters innovation.", "", Side.FOR),
        ("Open weights can be misused for disinformation.", "", Side.AGAINST),
        ("Review by many eyes reduces the risk.", "", Side.FOR),
        ("The release happened in spring.", "Benefits", Side.FOR),
        ("The release happened in spring.", "Risks of release", Side.AGAINST),
        ("The release happened in spring.", "", None),
        ("It brings benefits and risks.", "", None),
    ],
)
def test_words_and_headings_tell_the_side(sentence, heading, side):
    assert side_of(sentence, heading) is side
