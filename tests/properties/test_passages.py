from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.analysis import analyse
from corpus.locating import section_at
from corpus.model import BlockKind, SectionKind
from corpus.passages import cut_passages
from corpus.readers.markdown import markdown_reading
from corpus.text.repair import repair
from index.embedding.embedding_model import TokenCounter, choose_model

LIMIT = 40
COUNTER = TokenCounter(choose_model())

SENTENCE = st.builds(
    lambda words, stop: " ".join(words) + stop,
    st.lists(
        st.sampled_from(
            ["open", "Weights", "naïve", "2005.14165", "unbelievably", "日本語", "x" * 130, "📘", "(2020)", "a-b"]
        ),
        min_size=1,
        max_size=60,
    ),
    st.sampled_from([". ", "? ", ".", " "]),
)
BLOCK = st.one_of(
    st.lists(SENTENCE, min_size=1, max_size=6).map("".join),
    SENTENCE.map(lambda text: f"- {text}"),
    st.sampled_from(
        [
            "# One",
            "## Two",
            "## References",
            "# Appendix A",
            "| A | B |\n|---|---|\n| one | two |\n| three. Four | five |",
            "Table 1: What it shows.",
            "```\nx = 1\n```",
        ]
    ),
)


@settings(max_examples=60)
@given(st.lists(BLOCK, min_size=1, max_size=14).map("\n\n".join))
def test_passages_keep_their_promises(source: str) -> None:
    document = analyse(markdown_reading(repair(source.encode())), Path("a.md"))
    passages = cut_passages(document, COUNTER.count, LIMIT)
    starts = {span.start for span in document.sentences}
    ends = {span.end for span in document.sentences}
    texts = [document.text[p.start : p.end] for p in passages]

    assert all(count <= LIMIT for count in COUNTER.count(texts))
    for passage, text in zip(passages, texts, strict=True):
        assert text.strip() == text != ""
        sections = {section_at(document.sections, offset) for offset in (passage.start, passage.end - 1)}
        assert sections == {passage.section}
        assert document.sections[passage.section].kind is not SectionKind.REFERENCES
    for left, right in pairwise(passages):
        assert left.end <= right.start

    # A border of a passage is one of a sentence, unless it cuts a sentence that is too long by itself.
    long = [s for s in document.sentences if COUNTER.count([document.text[s.start : s.end]])[0] > LIMIT]
    for passage in passages:
        assert passage.start in starts or any(s.start < passage.start < s.end for s in long)
        assert passage.end in ends or any(s.start < passage.end < s.end for s in long)

    # Whatever may be quoted stands in a passage.
    covered = {offset for p in passages for offset in range(p.start, p.end)}
    for block in document.blocks:
        section = document.sections[section_at(document.sections, block.start)]
        if block.kind is BlockKind.HEADING or section.kind is SectionKind.REFERENCES:
            assert covered.isdisjoint(range(block.start, block.end))
        else:
            missed = [i for i in range(block.start, block.end) if i not in covered and not document.text[i].isspace()]
            assert missed == []


@pytest.mark.parametrize("limit", [1, 2, 7])
def test_even_a_tiny_limit_is_kept(limit: int) -> None:
    document = analyse(markdown_reading(repair(b"Unbelievably open weights. And more of them.")), Path("a.md"))
    texts = [document.text[p.start : p.end] for p in cut_passages(document, COUNTER.count, limit)]
    assert max(COUNTER.count(texts)) <= limit
    assert "".join("".join(texts).split()) == "Unbelievablyopenweights.Andmoreofthem."
