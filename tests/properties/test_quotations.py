"""Laws of the quotation check."""

from __future__ import annotations

import unicodedata

from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.citing.quotation import Verdict, check_quotation
from corpus.text.folding import fold
from corpus.text.repair import normalise

WORDS = st.lists(
    st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzéü"), min_size=2, max_size=9), min_size=6, max_size=25
)
ANYTHING = st.text(st.sampled_from("ab 3.5,-–—“”'\"[]…()%$\n\u00ad\u0301é²"), max_size=60)


@given(ANYTHING)
def test_folding_is_settled_after_one_time(text: str) -> None:
    once = fold(normalise(text)).text
    assert fold(once).text.replace(" ", "") == once.replace(" ", "")


@given(ANYTHING, ANYTHING)
def test_every_span_lies_in_the_text_and_a_wording_is_its_slice(quotation: str, text: str) -> None:
    text = normalise(text)
    check = check_quotation(quotation, text)
    assert all(0 <= span.start < span.end <= len(text) for span in check.spans)
    if check.spans:
        assert check.expected == text[check.spans[0].start : check.spans[-1].end]
    assert check.stands <= bool(check.spans)


@given(WORDS, st.data())
def test_whole_words_of_a_text_stand_in_it(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    space = data.draw(st.sampled_from((" ", "\n", "  ", "\u00a0")))
    quotation = unicodedata.normalize(data.draw(st.sampled_from(("NFC", "NFD"))), space.join(words[start:end]))
    assert check_quotation(quotation, " ".join(words)).verdict is Verdict.OK


@given(WORDS, st.data())
def test_a_word_that_is_not_there_is_never_accepted(words: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(words) - 1))
    other = data.draw(st.sampled_from(("zzz", "42", "not", words[at] + "s", words[at][1:], words[at].upper())))
    assume(other not in words)
    altered = [*words[:at], other, *words[at + 1 :]]
    assert not check_quotation(" ".join(altered), " ".join(words)).stands


@given(WORDS, st.data())
def test_words_left_out_stand_only_where_that_is_marked(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(1, len(words) - 2))
    last = data.draw(st.integers(first + 1, len(words) - 1))
    text = " ".join(words)
    marked = " ".join((*words[:first], "[…]", *words[last:]))
    silent = " ".join((*words[:first], *words[last:]))
    assert check_quotation(marked, text).verdict is Verdict.EDITED
    assert (check_quotation(silent, text).verdict is Verdict.OK) == (f" {silent} " in f" {text} ")
