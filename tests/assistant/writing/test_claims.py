import pytest

from assistant.writing.claims import Claim, read_claims


@pytest.mark.parametrize(
    ("text", "claims"),
    (
        ("Weights are open [1].", [("Weights are open.", (1,))]),
        ("Weights are open. [1][2] Data is closed [3]!", [("Weights are open.", (1, 2)), ("Data is closed!", (3,))]),
        ("Weights are open [1, 3]. ", [("Weights are open.", (1, 3))]),
        ("Weights are open [1-3].", [("Weights are open.", (1, 2, 3))]),
        ("Weights are open [7][2][0].", [("Weights are open.", (2,))]),
        ("Weights are open [9999].", [("Weights are open.", ())]),
        ("- **Weights** are open [1].\n2. Data is not [2].", [("Weights are open.", (1,)), ("Data is not.", (2,))]),
        ("<think>Which is [1]?</think>Weights are open [1].", [("Weights are open.", (1,))]),
        ("Weights are open [1]. And then it was bro", [("Weights are open.", (1,))]),
        ("\x00\x1b", []),
        ("", []),
    ),
)
def test_sentences_with_the_numbers_that_exist(text, claims):
    assert read_claims(text, 3) == [Claim(*claim) for claim in claims]
