import pytest

from corpus.text.sentences import run_in_end, split_sentences


def cut(text: str) -> list[str]:
    return [span.within(text) for span in split_sentences(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["One ends here.", "Another begins."],
        ["Is it open?", "No!", "Perhaps."],
        ["“It works.”", "She left."],
        ["(They did.)", "Next came a pause."],
        ["One… two.", "Three follows."],
        ["The risk is marginal.", "α-helices are not.", "mRNA is something else."],
        ["This was said before.12", "Later it changed."],
        ["It was said before [3].", "Later it changed (Smith, 2020).", "So it stayed."],
        ["See https://example.org/a.b?c=d.", "Then go on."],
        ["We need vitamin C.", "The rest is luck."],
        ["日本語の文です。", "次の文です。"],
        ["It cost 3.5 million.", "2024 was worse."],
    ],
)
def test_sentences_are_told_apart(sentences: list[str]) -> None:
    assert cut(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    "sentence",
    [
        "Dr. Smith et al. (2020) found 3.5 percent, cf. Fig. 2 and Sec. 4.2 of the U.S. report.",
        "J. K. Smith and A. B. Jones wrote it.",
        "It is open, e.g. BLOOM, i.e. its weights are.",
        "Python 3.11 reads version 2.0 of the file.",
        "3. Results of the analysis",
        "The word … was left out.",
        "They asked “why?” and went home.",
        "There is no stop at the end",
        "Meta Inc. and Google LLC. disagree vs. the rest.",
        "No. 5 of vol. 3, pp. 12–14, ed. by K. Lee.",
    ],
)
def test_a_stop_inside_a_sentence_does_not_cut_it(sentence: str) -> None:
    assert cut(sentence) == [sentence]


def test_white_space_around_sentences_is_left_out() -> None:
    assert cut("  First one.\u00a0 \n Second one.  ") == ["First one.", "Second one."]


def test_only_the_range_asked_for_is_cut() -> None:
    text = "Before it. Inside it. Also inside. After it."
    spans = split_sentences(text, 11, 34)
    assert [span.within(text) for span in spans] == ["Inside it.", "Also inside."]


def test_blank_text_has_no_sentences() -> None:
    assert split_sentences("") == []
    assert split_sentences(" \n\t ") == []


@pytest.mark.parametrize(
    "text",
    [
        "Sent to J. Mach. Learn. Res. in May.",
        "Est. Fin. Hun. Arm. Jap. Total",
        "Model unigr. bigr. LSTM and others",
        "He wrote “Wie bitte?” (“Pardon?”) in reply.",
        "“ Is that so ? ” asked the planner.",
        "We minimise the loss L. (4) where D is the set.",
        "See Tech. Rep. 5 for more.",
    ],
)
def test_clipped_words_quotes_and_equation_numbers_end_no_sentence(text: str) -> None:
    assert [span.within(text) for span in split_sentences(text)] == [text]


@pytest.mark.parametrize(
    "text",
    [
        "We drop words with probability p.| For each, we draw again.",
        "They use nets, trees, etc.| One may ask why.",
        "This holds in NLP.| Fig. 3 shows it.",
        "It was late.| Then it rained.",
    ],
)
def test_single_letters_and_short_words_may_end_one(text: str) -> None:
    whole = text.replace("|", "")
    assert [span.within(whole) for span in split_sentences(whole)] == [part.strip() for part in text.split("|")]


@pytest.mark.parametrize(
    "heading, sentence",
    [
        ("Weights Cannot be Taken Back or Mended", "Once a model is public, anyone keeps it."),
        ("Open Code Helps Research on Safety", "Open code has been read by many."),
        ("CLAIM #2: Closed Systems Are Always Safer", "Several studies say so (Ng et al., 2023)."),
        ("Convolutional Neural Network (CNN):", "We use the one proposed by others."),
    ],
)
def test_a_heading_in_title_case_ends_where_a_sentence_begins(heading: str, sentence: str) -> None:
    text = f"{heading} {sentence}"
    assert text[run_in_end(text, 0, len(text)) :] == sentence


@pytest.mark.parametrize(
    "text",
    [
        "Once a model is public, anyone keeps it.",
        "The United States Department of Energy National Laboratories Program funds it.",
        "Open Models and Closed Models Compared",
        "Open Models Help Many People. The weights stay.",
        "Anna Lee, Ben Ito, Carla Diaz, and The Others write of it.",
        "Large Language Models trained on code write better.",
        ", , ,",
        "",
    ],
)
def test_in_doubt_nothing_is_cut(text: str) -> None:
    assert run_in_end(text, 0, len(text)) == 0


def test_only_the_given_part_is_looked_at() -> None:
    text = "Before. Weights Cannot be Taken Back Once a model is public."
    assert text[run_in_end(text, 8, len(text)) :] == "Once a model is public."
    assert run_in_end(text, 8, len(text) - 20) == 8
