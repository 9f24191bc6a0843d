from time import perf_counter

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
        ("Weights are open 【1†source】. Data is not 【2】.", [("Weights are open.", (1,)), ("Data is not.", (2,))]),
        ("Weights are open [^1]. Data is not [[2]].", [("Weights are open.", (1,)), ("Data is not.", (2,))]),
        (
            "Weights are open [Passage 1]. Data is not [sources 2 and 3].",
            [("Weights are open.", (1,)), ("Data is not.", (2, 3))],
        ),
        (
            "Weights are open \\[1\\]. Data is not [2](https://x.org).",
            [("Weights are open.", (1,)), ("Data is not.", (2,))],
        ),
        ("Weights are open ([1]). Data is not (see [2][3]).", [("Weights are open.", (1,)), ("Data is not.", (2, 3))]),
        ("Weights are open [3-1].", [("Weights are open.", (1, 2, 3))]),
        ("* Weights are open [1]\n* Data is not [2]", [("Weights are open", (1,)), ("Data is not", (2,))]),
        ("Weights are open.\n[1]\n\nSources:\n[1] Kapoor et al. 2024.", [("Weights are open.", (1,))]),
        ("According to [1], weights are open.", [("According to the source, weights are open.", (1,))]),
        ("[2] reports that weights are open.", [("The source reports that weights are open.", (2,))]),
        ("Weights are *open*, <b>all</b> of them [1].", [("Weights are open, all of them.", (1,))]),
        ("They write “<NOUN>” and f*ck [1].", [("They write “<NOUN>” and f*ck.", (1,))]),
        ("权重是开放的 [1]。数据不是 [2]。", [("权重是开放的。", (1,)), ("数据不是。", (2,))]),
        ("It may be [2].</think>Weights are open [1].", [("Weights are open.", (1,))]),
        ("<thinking>Hm [2].</thinking>Weights are open [1].", [("Weights are open.", (1,))]),
        ("\x00\x1b", []),
        ("", []),
    ),
)
def test_sentences_with_the_numbers_that_exist(text, claims):
    assert read_claims(text, 3) == [Claim(*claim) for claim in claims]


@pytest.mark.parametrize("part", ("\n", "[1]\n", "[1, ", "<think>", "- ", "([", "References\n"))
def test_a_senseless_text_of_full_length_is_read_at_once(part):
    start = perf_counter()
    read_claims((part * 12_000)[:12_000], 3)
    assert perf_counter() - start < 2
