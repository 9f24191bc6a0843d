from time import perf_counter

import pytest

from assistant.writing.support import CitedPassage, Claim, read_claims, support
from corpus.text.sentences import split_sentences


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


TEXT = (
    "The licence of BLOOM does not allow medical advice. Kapoor and her coauthors interviewed 42 developers in 3 "
    "countries. About 7 % of the weights, some 12 million values, were released under an unrestricted licence. "
    "Training took 1,024 hours, and “nobody knows what was left out” of the data."
)


def check(claim, embedder, text=TEXT, about="Licences of models (Kapoor et al., 2024)"):
    passage = CitedPassage(text, tuple(split_sentences(text)), about)
    return support(Claim(claim, (1,)), [passage], embedder.encode)


@pytest.mark.parametrize(
    "claim",
    (
        "BLOOM's licence does not allow medical advice.",
        "They interviewed 42 developers in three countries.",
        "Kapoor et al. (2024) interviewed 42 developers.",
        "Some 12 million values, about 7 percent of the weights, were released.",
        "The training took 1024 hours.",
        "About 7 % of the weights, some 12M values, were released.",
        "Of the data, “nobody knows what was left out”.",
    ),
)
def test_what_a_passage_says_is_supported(claim, embedder):
    assert check(claim, embedder).reason == ""


@pytest.mark.parametrize(
    ("claim", "reason"),
    (
        ("BLOOM's licence allows medical advice.", "leaves out “not”"),
        ("Kapoor did not interview 42 developers in 3 countries.", "“not”"),
        ("They interviewed 43 developers in 3 countries.", "43"),
        ("They interviewed 42 developers in four countries.", "4 is not"),
        ("Some 12 billion values of the weights were released.", "12billion"),
        ("The training took 1,024 minutes.", "1024minute"),
        ("Seger et al. interviewed 42 developers in 3 countries.", "Seger"),
        ("The licence of LLaMA does not allow medical advice.", "LLaMA"),
        ("Seger interviewed 42 developers in 3 countries, and Kapoor Seger too.", "Seger"),
        ("The weights were released under a restricted licence.", "unrestricted"),
        ("Of the data, “everybody knows what was left out”.", "does not stand"),
        ("Whales sing in the northern sea.", "something else"),
    ),
)
def test_what_it_does_not_say_is_not_and_the_reason_is_named(claim, reason, embedder):
    found = check(claim, embedder)
    assert not found.supported
    assert reason in found.reason


def test_a_sentence_that_cites_nothing_is_not_supported(embedder):
    assert support(Claim("Weights are open.", ()), [], embedder.encode).reason == "it cites no passage"


def test_the_nearest_sentence_stands_behind_a_claim(embedder):
    found = check("They interviewed 42 developers.", embedder)
    assert [span.within(TEXT) for span in found.nearest] == [
        "Kapoor and her coauthors interviewed 42 developers in 3 countries."
    ]


@pytest.mark.parametrize(
    ("claim", "reason"),
    (
        ("The small model is slower than the large one.", "“slower” where what it cites says “faster”"),
        ("The error decreased with the size of the data.", "“decreased” where what it cites says “increased”"),
        ("The small model is faster than the large one.", ""),
    ),
)
def test_a_contrary_is_no_support(claim, reason, embedder):
    text = "The small model is faster than the large one. The error increased with the size of the data."
    assert reason in check(claim, embedder, text).reason
    assert bool(reason) != check(claim, embedder, text).supported
