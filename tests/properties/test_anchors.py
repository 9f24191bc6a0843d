"""Anchors find their words again, whatever is written around them, and never other words."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.anchors import Anchor, find_anchor, find_words
from corpus.model import Span

TEXTS = st.text(alphabet="ab ﬁ-–“'\n.é", max_size=120)


@st.composite
def spans(draw: st.DrawFn) -> tuple[str, Span]:
    text = draw(TEXTS.filter(bool))
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))


@given(spans())
def test_in_the_same_text_an_anchor_is_where_it_was(case: tuple[str, Span]) -> None:
    text, span = case
    found = find_anchor(Anchor.of(text, span), text)
    # Overlapping repetitions apart ("aaa" in "aaaa"), the very place; then at least the very words.
    assert found is None or found.within(text) == span.within(text)
    if text.count(span.within(text)) == 1 and text.find(span.within(text), span.start + 1) < 0:
        assert found == span


@given(spans(), TEXTS, TEXTS)
def test_what_is_written_before_and_behind_moves_an_anchor(case: tuple[str, Span], head: str, tail: str) -> None:
    text, span = case
    anchor = Anchor.of(text, span)
    newer = f"{head}X{text}X{tail}"
    found = find_anchor(anchor, newer)
    if newer.count(anchor.exact) == 1 and newer.find(anchor.exact, len(head) + 1 + span.start + 1) < 0:
        assert found == Span(span.start + len(head) + 1, span.end + len(head) + 1)


@given(spans(), TEXTS)
def test_what_is_found_has_the_same_letters(case: tuple[str, Span], newer: str) -> None:
    text, span = case
    anchor = Anchor.of(text, span)
    found = find_anchor(anchor, newer)
    if found is not None:
        assert 0 <= found.start < found.end <= len(newer)
        assert letters(found.within(newer)) == letters(anchor.exact)


@given(TEXTS, st.text(alphabet="abé", min_size=1, max_size=4))
def test_words_are_found_wherever_they_stand(text: str, words: str) -> None:
    assert len(find_words(words, f"{text}{words}")) >= 1
    for span in find_words(words, text):
        assert letters(span.within(text)) == letters(words)


def letters(text: str) -> str:
    return "".join(char for char in text.replace("ﬁ", "fi") if char.isalnum())
