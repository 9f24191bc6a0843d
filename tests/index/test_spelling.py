import pytest

from index.spelling import american


@pytest.mark.parametrize(
    ("british", "form"),
    [
        ("colour", "color"),
        ("behavioural", "behavioral"),
        ("neighbours", "neighbors"),
        ("organise", "organize"),
        ("minimised", "minimized"),
        ("optimisation", "optimization"),
        ("criticising", "criticizing"),
        ("analyse", "analyze"),
        ("analysis", "analyze"),
        ("paralysed", "paralyzed"),
        ("centre", "center"),
        ("centred", "centered"),
        ("kilometres", "kilometers"),
        ("catalogue", "catalog"),
        ("licence", "license"),
        ("defence", "defense"),
        ("programme", "program"),
        ("haemoglobin", "hemoglobin"),
        ("leukaemia", "leukemia"),
        ("oestrogen", "estrogen"),
        ("sulphate", "sulfate"),
        ("judgement", "judgment"),
        ("grey", "gray"),
    ],
)
def test_british_forms_are_led_to_american_ones(british: str, form: str) -> None:
    assert american(british) == form
    assert american(form) in (form, american(british))


@pytest.mark.parametrize(
    "word",
    "advise arise comprise compromise demise devise disguise enterprise exercise expertise four hour tour contour "
    "basis crisis emphasis improvise merchandise noise otherwise phrase praise precise premise promise raise revise "
    "rise supervise surprise wise increase disease courts genre timbre our are licenses aerial poem 日本語".split(),
)
def test_words_with_one_spelling_stay(word: str) -> None:
    assert american(word) == word
