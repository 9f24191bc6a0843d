import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.hyphenation import Vocabulary, join_lines

DOCUMENT = Vocabulary(
    [
        "A mixed-mode tracer records the compilation and the state-of-the-art network.",
        "Rule-based and word-based systems, pre-trained and pre-computed, with training data.",
        "It was re-trained twice; research went on.",
    ]
)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("the compi-", "lation of", "the compilation of"),
        ("a mixed-", "mode tracer", "a mixed-mode tracer"),
        ("the state-of-the-", "art network", "the state-of-the-art network"),
        ("state-of-", "the-art", "state-of-the-art"),
        ("state-", "of-the-art,", "state-of-the-art,"),
        ("a rule-", "based parser", "a rule-based parser"),
        ("the network-", "based parser", "the network-based parser"),
        ("we pre-", "training data", "we pre-training data"),
        ("the un-", "known word", "the unknown word"),
        ("of re-", "search on", "of research on"),
    ],
)
def test_the_document_settles_its_own_words(left: str, right: str, expected: str) -> None:
    assert join_lines(left, right, DOCUMENT) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("BERT-", "based", "BERT-based"),
        ("GPT-", "3 models", "GPT-3 models"),
        ("Long Short-", "Term Memory", "Long Short-Term Memory"),
        ("INTRO-", "DUCTION", "INTRODUCTION"),
        ("Con-", "tinuing", "Continuing"),
        ("pre-", "and post-training", "pre- and post-training"),
        ("a dash -", "and more", "a dash - and more"),
        ("soft\u00ad", "ware", "software"),
        ("see https://example.org/a-", "long-name", "see https://example.org/a-long-name"),
        ("no hyphen", "here", "no hyphen here"),
        ("", "here", "here"),
        ("left", "", "left"),
        ("10-", "20 items", "10-20 items"),
        ("the @en-", "tity8 of", "the @entity8 of"),
        ("jane@long-", "host.org", "jane@long-host.org"),
        ("naï-", "vely", "naïvely"),
    ],
)
def test_an_unknown_word_is_judged_by_its_look(left: str, right: str, expected: str) -> None:
    assert join_lines(left, right, Vocabulary()) == expected


def test_two_words_that_stand_alone_keep_their_hyphen_unless_they_mostly_fuse() -> None:
    words = Vocabulary(["the target side and the target side", "some what able some what able"])
    assert join_lines("of target-", "side data", words) == "of target-side data"
    assert join_lines("we some-", "what agree", words) == "we somewhat agree"


def test_halves_of_words_are_no_vocabulary() -> None:
    words = Vocabulary(["the aver-", "age of"])
    assert words.count("aver") == 0
    assert words.count("age") == 0
    assert words.count("of") == 1


def test_a_suspended_hyphen_stays() -> None:
    assert join_lines("pre-", "and post-war", Vocabulary()) == "pre- and post-war"


@given(st.text(alphabet="aB1- ", max_size=20), st.text(alphabet="aB1- ", max_size=20))
def test_joining_never_loses_a_letter_or_digit(left: str, right: str) -> None:
    joined = join_lines(left, right, Vocabulary())
    assert [c for c in joined if c.isalnum()] == [c for c in left + right if c.isalnum()]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("publicly-", "available data", "publicly-available data"),
        ("the analy-", "sis of", "the analysis of"),
        ("we are multiply-", "ing them", "we are multiplying them"),
        ("of self-", "improvement by", "of self-improvement by"),
        ("a self-", "ish reader", "a selfish reader"),
        ("the so-", "called reader", "the so-called reader"),
        ("the so-", "cial reader", "the social reader"),
    ],
)
def test_english_settles_some_compounds_that_the_document_does_not_know(left: str, right: str, expected: str) -> None:
    assert join_lines(left, right, Vocabulary(["no word of use"])) == expected


def test_english_compounds_of_words_that_the_document_knows() -> None:
    words = Vocabulary(["Entities were annotated twice and documents performed.", "entity and characters and words"])
    assert join_lines("entity-", "rich text", words) == "entity-rich text"
    assert join_lines("an en-", "rich text", words) == "an enrich text"
    assert join_lines("double-", "annotated text", words) == "double-annotated text"
    assert join_lines("the best-", "performed test", words) == "the best-performed test"
