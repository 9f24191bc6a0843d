import pytest

from assistant.citing.quotation import Verdict, check_quotation

TEXT = (
    "The model is ineffective in practice. We use GPT-4 and 3.5 % of data, as in [12]. “Open” models – so called – do "
    "not improve by -5 points. A second sentence shows that weights matter, whatever the état-major says. In 3.5 km "
    "distance, effective work cost $40 in 1,024 cases; it didn’t stop.\n\nMore […] follows."
)


def verdict(quotation):
    return check_quotation(quotation, TEXT).verdict


@pytest.mark.parametrize(
    "quotation",
    (
        "The model is ineffective",
        "effective work",
        "GPT-4 and 3.5% of data",
        "as in [12]",
        "'Open' models--so called--do not",
        "``Open'' models — so called — do not",
        "improve by −5 points",
        "A sec-\nond sentence",
        "A sec- ond sentence",
        "A sec\u00adond sentence",
        "A sec\ufffe\nond sentence",
        "the e\u0301tat-\nmajor says",
        "e\ufb00ective   work\u00a0cost",
        "it didn't stop.\nMore […] follows",
    ),
)
def test_what_is_folded_stands(quotation):
    assert verdict(quotation) is Verdict.OK


@pytest.mark.parametrize(
    ("quotation", "expected", "found"),
    (
        ("The model is effective", "ineffective", "effective"),
        ("effective in practice", "ineffective", "effective"),
        ("do improve by -5 points", "not", ""),
        ("3.6 % of data", "3.5", "3.6"),
        ("3,5 % of data", "3.5", "3,5"),
        ("5 % of data", "3.5", "5"),
        ("In 3.5 miles distance", "km", "miles"),
        ("We use GPT-3 and", "GPT-4", "GPT-3"),
        ("weights count, whatever", "matter", "count"),
        ("the model is ineffective", "The", "the"),
        ("the etat-major says", "état-major", "etat-major"),
        ("as in [13]", "12", "13"),
    ),
)
def test_an_alteration_is_named_with_the_wording_that_stands_there(quotation, expected, found):
    check = check_quotation(quotation, TEXT)
    assert check.verdict is Verdict.ALTERED
    assert [(d.expected, d.found) for d in check.differences] == [(expected, found)]
    assert check.expected == check.spans[0].within(TEXT)
    assert expected in check.expected


@pytest.mark.parametrize("quotation", ("5 points", "GPT", "40 in", "effective in", "024 cases", "linear", "3.5 % o"))
def test_no_word_number_or_unit_is_cut(quotation):
    assert verdict(quotation) not in (Verdict.OK, Verdict.EDITED)


@pytest.mark.parametrize(
    ("quotation", "segments"),
    (
        ("[t]he model is ineffective […] weights matter", ["The model is ineffective", "weights matter"]),
        ("The model [...] in practice", ["The model", "in practice"]),
        ("The model is ineffective ... weights matter", ["The model is ineffective", "weights matter"]),
        ("effective work [sic] cost", ["effective work cost"]),
        ("effective work [emphasis added] cost", ["effective work cost"]),
        ("sentence show[ed] that weights", ["sentence shows that weights"]),
        ("[The system] is ineffective in practice", ["is ineffective in practice"]),
        ("We use [the model] and 3.5 % of data, as in [12]", ["We use", "and 3.5 % of data, as in [12]"]),
        ("[…] In 3.5 km distance […].", ["In 3.5 km distance"]),
    ),
)
def test_marked_edits_are_edits_whose_segments_stand_in_order(quotation, segments):
    check = check_quotation(quotation, TEXT)
    assert check.verdict is Verdict.EDITED
    assert [span.within(TEXT) for span in check.spans] == segments


@pytest.mark.parametrize(
    "quotation",
    (
        "weights matter […] the model is ineffective",
        "The model […] is effective",
        "The model is [not] ineffective",
        "do[n't] improve by",
        "[W]e use GPT-4 […] as in [13]",
        "[H]n 3.5 km",
        "We use GPT-4 and [4] % of data",
    ),
)
def test_a_bracket_excuses_no_other_statement(quotation):
    assert verdict(quotation) not in (Verdict.OK, Verdict.EDITED)


@pytest.mark.parametrize("quotation", ("", "   ", "[…]", "…", "\x00\x1b", "“”", "nobody wrote of apples and pears"))
def test_what_is_nowhere_is_missing(quotation):
    check = check_quotation(quotation, TEXT)
    assert check.verdict is Verdict.MISSING
    assert check.spans == ()


def test_an_empty_text_holds_nothing():
    assert check_quotation("anything at all", "").verdict is Verdict.MISSING


def test_the_closest_segments_are_chosen():
    text = "A model fails. Nobody knows. A model learns quickly and then forgets quickly."
    check = check_quotation("A model […] quickly", text)
    assert check.expected == "A model learns quickly"
