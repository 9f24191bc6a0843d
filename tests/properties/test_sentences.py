from hypothesis import given
from hypothesis import strategies as st

from corpus.text.sentences import split_sentences

WORDS = st.sampled_from(
    [
        *"aAbB1( )[]“”\"'’.,!?…;:-–",
        ". ",
        "? ",
        ".” ",
        "et al. ",
        "e.g. ",
        "Fig. 3 ",
        "The ",
        "mRNA ",
        "3.5 ",
        "12",
        "\u00a0",
        "。",
        "\n",
        "é",
    ]
)
PARAGRAPHS = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=40).map("".join))


@given(PARAGRAPHS, st.data())
def test_sentences_are_ordered_disjoint_and_cover_all_but_white_space(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    covered: set[int] = set()
    behind = start
    for span in split_sentences(text, start, end):
        assert behind <= span.start < span.end <= end
        assert not text[span.start].isspace() and not text[span.end - 1].isspace()
        covered.update(range(span.start, span.end))
        behind = span.end
    assert all(offset in covered for offset in range(start, end) if not text[offset].isspace())


@given(PARAGRAPHS)
def test_the_text_around_a_range_does_not_reach_into_it(text: str) -> None:
    alone = [(span.start, span.end) for span in split_sentences(text)]
    within = [(span.start - 3, span.end - 3) for span in split_sentences(f"## {text}", 3)]
    assert within == alone
