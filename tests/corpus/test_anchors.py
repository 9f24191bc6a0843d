import pytest

from corpus.anchors import Anchor, find_anchor, find_words
from corpus.model import Span

TEXT = "Quokkas hop at dusk. They hop at dawn too. Nobody counts them at noon, says Lee. They hop at night."


def anchor(exact: str, text: str = TEXT, nth: int = 0) -> Anchor:
    start = -1
    for _ in range(nth + 1):
        start = text.index(exact, start + 1)
    return Anchor.of(text, Span(start, start + len(exact)))


def found(old: Anchor, text: str) -> str | None:
    span = find_anchor(old, text)
    return None if span is None else span.within(text)


def test_an_anchor_holds_its_words_and_those_around_them() -> None:
    held = anchor("hop", nth=1)
    assert (held.start, held.end, held.exact) == (26, 29, "hop")
    assert (held.before, held.after) == ("Quokkas hop at dusk. They ", " at dawn too. Nobody counts them")


def test_words_between_the_same_words_go_first() -> None:
    text = f"They hop here. {TEXT}"
    span = find_anchor(anchor("hop", nth=1), text)
    assert span == Span(26 + 15, 29 + 15)


def test_of_several_equal_places_the_nearest_is_taken() -> None:
    twice = f"{TEXT}\n\n{TEXT}"
    assert find_anchor(anchor("Nobody counts"), twice) == find_anchor(anchor("Nobody counts"), TEXT)


def test_words_with_other_neighbours_are_found_where_they_stand_once() -> None:
    assert found(anchor("Nobody counts them"), "New. Nobody counts them now.") == "Nobody counts them"
    assert found(anchor("hop", nth=0), "We hop. You hop.") is None


@pytest.mark.parametrize(
    "text", ["No-\nbody counts them!", "Nobody\n\ncounts  them", "»Nobody« counts them", "Nobody co\u00adunts them."]
)
def test_folding_finds_words_that_were_set_otherwise(text: str) -> None:
    expected = None if "»" in text else find_words("Nobody counts them", text)[0]
    assert find_anchor(anchor("Nobody counts them"), text) == expected


@pytest.mark.parametrize("text", ["", "Somebody counts them", "Nobody counts 3 of them", "nobody counts them"])
def test_changed_words_are_not_found(text: str) -> None:
    assert found(anchor("Nobody counts them"), text) is None


def test_nothing_is_found_nowhere() -> None:
    assert find_anchor(Anchor.of(TEXT, Span(3, 3)), TEXT) is None
    assert find_words("", TEXT) == find_words(" - ", TEXT) == []
