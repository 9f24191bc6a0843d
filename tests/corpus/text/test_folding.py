import pytest

from corpus.text.folding import bare_letters, fold, fold_loosely, latin_words, unbroken


@pytest.mark.parametrize(
    ("text", "folded"),
    (
        ("a – b", "a-b"),
        ("a --- b", "a-b"),
        ("« x »", '"x"'),
        ("``x''", '"x"'),
        ("p < 0.05 , as\n\nsaid ( 2020 )", "p<0.05,as said(2020)"),
        ("3. 5 and 1, 000", "3. 5 and 1, 000"),
        ("so\u00adft", "soft"),
        ("x² ≠ x2", "x²≠x2"),
    ),
)
def test_only_typesetting_is_folded(text, folded):
    assert fold(text).text == folded


def test_every_stretch_of_folded_text_leads_back_to_its_own():
    text = "One  “two” — three,\nfour\u00adfive (six) .  Seven"
    folded = fold(text)
    for start in range(len(folded.text)):
        for end in range(start + 1, len(folded.text) + 1):
            wanted = folded.text[start:end].strip()
            assert fold(folded.original(start, end).within(text)).text.strip() == wanted


def test_a_suspended_hyphen_is_left_open():
    assert unbroken("pre- and post-training") == ("pre", "and post-training")


def test_loose_folding_leads_a_ligature_back_to_itself():
    folded = fold_loosely("an e\ufb03-\ncient “one”")
    assert folded.text == 'anefficient"one"'
    start = folded.text.index("efficient")
    assert folded.original(start, start + 9).within("an e\ufb03-\ncient “one”") == "e\ufb03-\ncient"
    assert folded.original(start + 1, start + 3).within("an e\ufb03-\ncient “one”") == "\ufb03"


def test_keys_of_titles_and_names_keep_letters_and_digits_only():
    assert bare_letters("2.1 Ein „Test“: Größe") == "21eintestgrosse"
    assert latin_words("Sch\u00fctze & O’Neil 2") == ["schutze", "o", "neil", "2"]
